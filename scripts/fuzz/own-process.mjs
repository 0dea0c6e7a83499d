// A case as a user runs it: a process of its own, with its files in a folder and its input on standard input.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { folderMark } from "./cases.mjs";
import { complaint } from "./property.mjs";

export async function runInProcess(build, one, limit, patience) {
  // No process can be given such a word.
  if (one.argv.some((word) => word.includes("\0"))) return { code: 2, error: "", out: "" };
  const folder = mkdtempSync(join(tmpdir(), "freecurve-fuzz-"));
  try {
    for (const { name, bytes } of one.files) writeFileSync(join(folder, name), bytes);
    const argv = one.argv.map((word) => word.replaceAll(folderMark, folder));
    const child = spawn(process.execPath, [`${build}/cli/main.js`, ...argv], { cwd: folder });
    const timer = setTimeout(() => child.kill("SIGKILL"), 1000 * patience);
    child.stdin.on("error", () => undefined);
    child.stdin.end(one.input);
    const [out, error, [code, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    clearTimeout(timer);
    const wrong =
      signal === null
        ? complaint(one, { code, out, error }, limit)
        : `the process was ended by ${signal} (patience ${patience} s)`;
    return { code, wrong, error: error.slice(0, 600), out: out.slice(0, 200) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
