// What tsc leaves to do: it compiles TypeScript, does not copy the parser that peggy generated, and makes nothing executable. And the command
// line becomes a few files instead of 450: it starts in a fifth of the time, and so does each thread of a batch.
import { chmodSync, copyFileSync, existsSync, rmSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const from = (path) => new URL(`../${path}`, import.meta.url);

for (const name of ["parser.js", "parser.d.ts"]) copyFileSync(from(`src/lang/${name}`), from(`dist/lang/${name}`));

// What processes and threads begin with; run.js for scripts.
const entries = {
  main: "cli/main",
  run: "cli/run",
  "command-thread": "cli/command-thread",
  "batch/thread": "cli/batch/thread",
  "fit-worker": "threads/fit-worker",
};
await build({
  configFile: false,
  root: fileURLToPath(from("")),
  logLevel: "warn",
  build: {
    ssr: true,
    target: "node20",
    outDir: "dist/cli",
    emptyOutDir: true,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, `src/${path}.ts`])),
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-part.js" },
    },
  },
});
chmodSync(from("dist/cli/main.js"), 0o755);

// npx finds a command of the checkout itself without installing the checkout into its own cache first.
if (process.platform !== "win32" && existsSync(from("node_modules/.bin"))) {
  rmSync(from("node_modules/.bin/freecurve"), { force: true });
  symlinkSync("../../dist/cli/main.js", from("node_modules/.bin/freecurve"));
}
