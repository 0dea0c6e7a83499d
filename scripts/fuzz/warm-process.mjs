// A process that runs one case after the other; it is ended, and another one started, where a case takes too long or brings it down.
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("run-cases.mjs", import.meta.url));

/** `run` gives what a case did; `end` ends the process. `patience` is in seconds on the clock. */
export function warmProcess(build, limit, patience) {
  const folder = mkdtempSync(join(tmpdir(), "freecurve-fuzz-"));
  let child;
  return {
    async run(one) {
      if (child === undefined) {
        child = fork(script, [build, folder], {
          execArgv: ["--max-old-space-size=2048"],
          stdio: ["ignore", "ignore", "ignore", "ipc"],
          serialization: "advanced",
        });
        await answerOf(child, 600);
      }
      child.send({ one, limit });
      const answer = await answerOf(child, patience);
      if (!child.connected || answer.ended) {
        child.kill("SIGKILL");
        child = undefined;
      }
      return answer;
    },
    end() {
      child?.kill("SIGKILL");
      child = undefined;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the child says next; how it ended, when it says nothing more. */
function answerOf(child, seconds) {
  return new Promise((done) => {
    const finish = (answer) => {
      clearTimeout(timer);
      child.off("message", finish);
      child.off("exit", died);
      done(answer);
    };
    const ended = (wrong) => finish({ wrong, error: "", out: "", ended: true });
    const died = (code, signal) => ended(`the process ended with ${signal ?? code}`);
    const timer = setTimeout(() => ended(`it was ended after ${seconds} s`), 1000 * seconds);
    child.on("message", finish);
    child.on("exit", died);
  });
}
