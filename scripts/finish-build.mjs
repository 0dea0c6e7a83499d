// What tsc leaves to do: it compiles TypeScript, does not copy the parser that peggy generated, and makes nothing executable.
import { chmodSync, copyFileSync } from "node:fs";

for (const name of ["parser.js", "parser.d.ts"]) {
  copyFileSync(new URL(`../src/lang/${name}`, import.meta.url), new URL(`../dist/lang/${name}`, import.meta.url));
}
chmodSync(new URL("../dist/cli/main.js", import.meta.url), 0o755);
