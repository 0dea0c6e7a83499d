// What tsc leaves to do: it compiles TypeScript, does not copy the parser that peggy generated, and makes nothing executable.
import { chmodSync, copyFileSync, existsSync, rmSync, symlinkSync } from "node:fs";

const from = (path) => new URL(`../${path}`, import.meta.url);

for (const name of ["parser.js", "parser.d.ts"]) copyFileSync(from(`src/lang/${name}`), from(`dist/lang/${name}`));
chmodSync(from("dist/cli/main.js"), 0o755);

// npx finds a command of the checkout itself without installing the checkout into its own cache first.
if (process.platform !== "win32" && existsSync(from("node_modules/.bin"))) {
  rmSync(from("node_modules/.bin/freecurve"), { force: true });
  symlinkSync("../../dist/cli/main.js", from("node_modules/.bin/freecurve"));
}
