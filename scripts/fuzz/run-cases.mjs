// The process that runs the cases it is sent, one after the other; the parent ends it when one takes too long.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderMark } from "./cases.mjs";
import { complaint } from "./property.mjs";

const [, , build, folder] = process.argv;
const { run } = await import(`${build}/cli/run.js`);
process.on("disconnect", () => process.exit());

process.on("message", async ({ one, limit }) => {
  for (const { name, bytes } of one.files) writeFileSync(join(folder, name), bytes);
  const argv = one.argv.map((word) => word.replaceAll(folderMark, folder));
  let [out, error] = ["", ""];
  const begun = process.cpuUsage();
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
  const { user, system } = process.cpuUsage(begun);
  const seconds = (user + system) / 1e6;
  const wrong = complaint(one, { code, out, error, seconds }, limit);
  process.send({ code, wrong, error: error.slice(0, 600), out: out.slice(0, 200), seconds });
});
process.send("ready");
