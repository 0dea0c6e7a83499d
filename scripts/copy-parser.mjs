// tsc compiles TypeScript and does not copy the parser that peggy generated: put it beside the compiled room.
import { copyFileSync } from "node:fs";

for (const name of ["parser.js", "parser.d.ts"]) {
  copyFileSync(new URL(`../src/lang/${name}`, import.meta.url), new URL(`../dist/lang/${name}`, import.meta.url));
}
