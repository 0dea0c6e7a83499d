// A stranger's project: installs the tarball, compiles a program against its types, runs it and the command.
// usage: node test/package/stranger.mjs freecurve-x.y.z.tgz EMPTY_FOLDER
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [tarball, folder] = process.argv.slice(2).map((path) => resolve(path));
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const run = (command, ...args) => execFileSync(command, args, { cwd: folder, encoding: "utf8" });

function expectText(what, found, expected) {
  if (found === expected) {
    console.log(`ok: ${what}`);
    return;
  }
  console.error(`${what}: expected\n${expected}\nbut got\n${found}`);
  process.exitCode = 1;
}

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
cpSync(here("stranger-program.ts"), join(folder, "program.ts"));
const tsconfig = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023", "dom"],
    types: [],
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
  },
  files: ["program.ts"],
};
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));

run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--silent", tarball);
run(process.execPath, here("../../node_modules/typescript/bin/tsc"), "-p", ".");
console.log("ok: compiles with strict types and without skipLibCheck");
expectText(
  "the program",
  run(process.execPath, "program.js"),
  `c*m^2*tau*z + m*z + c*m*tau - m + 1
0 3/8
true 0
-4*x^3 - 27
-1.4142135623730950488 1.4142135623730950488
0.333333333333333333 1.333333333
`,
);
expectText(
  "the installed command",
  run("npx", "--no-install", "freecurve", "curve", "mp(1/50) |> decompress(80)", "--json"),
  '{"polynomial":"8*m^2*z + 5*m*z + 3*m + 5","degZ":1,"degM":2,"parameters":[],"guarantee":"exact"}\n',
);
let code = 0;
try {
  execFileSync("npx", ["--no-install", "freecurve", "curve", "mp("], { cwd: folder, stdio: "pipe" });
} catch (error) {
  code = error.status;
}
expectText("the exit code of a mistake", String(code), "2");
