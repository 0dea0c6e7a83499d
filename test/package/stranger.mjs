// A stranger's project: installs the tarball, compiles a program against its types, runs it and the command.
// usage: node test/package/stranger.mjs freecurve-x.y.z.tgz EMPTY_FOLDER
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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

// The tarball holds every module of the library and nothing that has no source; the command line is bundled.
const sources = readdirSync(here("../../src"), { recursive: true })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.(ts|js)$/.test(path) && !path.endsWith(".d.ts") && !/^(web|cli)\//.test(path))
  .map((path) => path.replace(/\.[tj]s$/, ""));
const data = readdirSync(here("../../data")).map((name) => `package/data/${name}`);
const expected = [...new Set(sources)].flatMap((path) => [`package/dist/${path}.js`, `package/dist/${path}.d.ts`]);
const command = ["main", "run", "command-thread", "batch/thread", "fit-worker"].map(
  (name) => `package/dist/cli/${name}.js`,
);
const pages = ["README.md", "CHANGELOG.md", "LICENSE", "package.json"].map((name) => `package/${name}`);
expectText(
  "what the package holds",
  execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" })
    .trim()
    .split("\n")
    .filter((path) => !/^package\/dist\/cli\/[a-z-]+-part\.js$/.test(path))
    .sort()
    .join("\n"),
  [...expected, ...command, ...data, ...pages].sort().join("\n"),
);

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
the same in threads: true
`,
);
expectText(
  "the installed command",
  run("npx", "--no-install", "freecurve", "curve", "mp(1/50) |> decompress(80)", "--json"),
  '{"polynomial":"8*m^2*z + 5*m*z + 3*m + 5","degZ":1,"degM":2,"parameters":[],"guarantee":"exact"}\n',
);
writeFileSync(
  join(folder, "jobs.jsonl"),
  '{"command": ["curve", "mp(2)"], "id": 1}\n{"command": "moments mp(2) -n 2"}\n',
);
expectText(
  "a batch in threads",
  run("npx", "--no-install", "freecurve", "batch", "jobs.jsonl").replaceAll(/"key":"[0-9a-f]{64}"/g, '"key":""'),
  `{"key":"","id":1,"command":["curve","mp(2)"],"exit":0,"answer":{"polynomial":"2*m^2*z + m*z + m + 1","degZ":1,"degM":2,"parameters":[],"guarantee":"exact"}}
{"key":"","command":["moments","mp(2)","-n","2"],"exit":0,"answer":{"values":["1","3"],"guarantee":"exact"}}
`,
);

run("npx", "--no-install", "freecurve", "sample", "mp(1/2)", "-n", "200", "-o", "eigenvalues.txt");
const fitIn = (threads) =>
  run("npx", "--no-install", "freecurve", "fit", "eigenvalues.txt", "--json", "--threads", threads);
expectText("a fit in threads", fitIn("2"), fitIn("1"));

// Nothing that came along runs anything when it is installed, and the queue's packages came not along.
const modules = readdirSync(join(folder, "node_modules"), { recursive: true }).filter((path) =>
  /(^|node_modules[/\\])(@[^/\\]+[/\\])?[^/\\]+[/\\]package\.json$/.test(path),
);
const running = modules.filter((path) => {
  const { scripts = {} } = JSON.parse(readFileSync(join(folder, "node_modules", path), "utf8"));
  return ["preinstall", "install", "postinstall"].some((name) => name in scripts) || /bullmq|ioredis/.test(path);
});
expectText(`install scripts of ${modules.length} packages`, running.join("\n"), "");

let code = 0;
try {
  execFileSync("npx", ["--no-install", "freecurve", "curve", "mp("], { cwd: folder, stdio: "pipe" });
} catch (error) {
  code = error.status;
}
expectText("the exit code of a mistake", String(code), "2");
