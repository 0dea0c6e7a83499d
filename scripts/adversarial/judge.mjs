// The second opinion: PARI/GP follows the sheet of a law at many digits (judge.gp). One process answers one question after the other.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("judge.gp", import.meta.url));

/** Seconds beyond the patience after which a judge that does not look at its clock is replaced by a new one. */
const grace = 20;

/** Whether PARI/GP can be asked here. */
export function judgeIsInstalled() {
  return spawnSync("gp", ["--version-short"]).status === 0;
}

/** A judge; `ask` gives the lines that a GP expression prints, or the reason why there is no answer. A process that ended is replaced. */
export function startJudge() {
  let running;
  return {
    async ask(expression, { digits = 150, seconds = 60 } = {}) {
      running ??= startProcess();
      const answer = await running.ask(expression, digits, seconds);
      if (answer.ended) running = undefined;
      return answer;
    },
    stop() {
      running?.kill();
      running = undefined;
    },
  };
}

function startProcess() {
  const gp = spawn("gp", ["-q", "-f"], { stdio: ["pipe", "pipe", "ignore"] });
  let text = "";
  let waiting;
  const answer = (value) => {
    const done = waiting;
    waiting = undefined;
    text = "";
    done?.(value);
  };
  gp.stdout.setEncoding("utf8");
  gp.stdout.on("data", (chunk) => {
    text += chunk;
    const end = text.indexOf("end of answer\n");
    if (end < 0) return;
    const lines = text.slice(0, end).split("\n").filter(Boolean);
    const last = lines.at(-1) ?? "";
    answer(last.startsWith("no answer") ? { reason: last.slice(10).trim() } : { lines });
  });
  const ended = () => answer({ reason: "the judge ended", ended: true });
  gp.on("exit", ended);
  gp.stdin.on("error", ended);
  gp.stdin.write(`default(parisizemax, "1G");\nread("${program}");\n`);
  return {
    ask(expression, digits, seconds) {
      return new Promise((done) => {
        const clock = setTimeout(() => gp.kill("SIGKILL"), 1000 * (seconds + grace));
        waiting = (value) => {
          clearTimeout(clock);
          done(value);
        };
        gp.stdin.write(
          `default(realprecision, ${digits}); iferr(if(type(x_ = alarm(${seconds}, ${expression}; 0)) == "t_ERROR", print("no answer in time")), E, print("no answer ", E)); print("end of answer");\n`,
        );
      });
    },
    kill: () => gp.kill(),
  };
}
