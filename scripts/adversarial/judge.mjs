// The second opinion: PARI/GP follows all sheets at many digits (judge.gp). One process answers one question after the other.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("judge.gp", import.meta.url));

/** Whether PARI/GP can be asked here. */
export function judgeIsInstalled() {
  return spawnSync("gp", ["--version-short"]).status === 0;
}

/** A running judge; `ask` gives the lines that a GP expression prints, or the reason why there is no answer. */
export function startJudge() {
  const gp = spawn("gp", ["-q", "-f"], { stdio: ["pipe", "pipe", "ignore"] });
  let text = "";
  let waiting;
  gp.stdout.setEncoding("utf8");
  gp.stdout.on("data", (chunk) => {
    text += chunk;
    const end = text.indexOf("end of answer\n");
    if (end < 0 || waiting === undefined) return;
    const lines = text.slice(0, end).split("\n").filter(Boolean);
    text = "";
    const done = waiting;
    waiting = undefined;
    const last = lines.at(-1) ?? "";
    done(last.startsWith("no answer") ? { reason: last.slice(10).trim() } : { lines });
  });
  gp.on("exit", () => waiting?.({ reason: "the judge ended" }));
  gp.stdin.write(`default(parisizemax, "1G");\nread("${program}");\n`);
  return {
    ask(expression, { digits = 150, seconds = 60 } = {}) {
      return new Promise((done) => {
        waiting = done;
        gp.stdin.write(
          `default(realprecision, ${digits}); iferr(if(type(x_ = alarm(${seconds}, ${expression}; 0)) == "t_ERROR", print("no answer in time")), E, print("no answer ", E)); print("end of answer");\n`,
        );
      });
    },
    stop: () => gp.kill(),
  };
}
