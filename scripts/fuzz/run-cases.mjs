// The process that runs the cases it is sent, one after the other; the parent ends it when one takes too long.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderMark } from "./cases.mjs";
import { complaint } from "./property.mjs";

const { run } = await import(`${process.argv[2]}/cli/run.js`);
const folder = mkdtempSync(join(tmpdir(), "freecurve-fuzz-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

process.on("message", async ({ one, limit }) => {
  for (const { name, bytes } of one.files) writeFileSync(join(folder, name), Uint8Array.from(bytes));
  const argv = one.argv.map((word) => word.replaceAll(folderMark, folder));
  let [out, error] = ["", ""];
  const begun = performance.now();
  const code = await run(argv, {
    writeOut: (text) => {
      out += text;
    },
    writeError: (text) => {
      error += text;
    },
    readInput: async () => one.input,
    errorIsTerminal: false,
    signal: undefined,
  });
  const seconds = (performance.now() - begun) / 1000;
  const wrong = complaint(one, { code, out, error, seconds }, limit);
  process.send({ code, wrong, error: error.slice(0, 600), out: out.slice(0, 200), seconds });
});
process.send("ready");
