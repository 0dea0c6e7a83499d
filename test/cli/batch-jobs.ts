import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { runCommand } from "./captured-run.js";

export interface TestJob {
  readonly command: readonly string[];
  readonly id?: string | number;
}

const version = (
  JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }
).version;

/** The lines of a file of jobs. */
export function jobsText(jobs: readonly TestJob[]): string {
  return jobs.map((job) => `${JSON.stringify(job)}\n`).join("");
}

/** Many different small jobs, every seventh a mistake, every fifth the same as one before. */
export function sweep(count: number): readonly TestJob[] {
  return Array.from({ length: count }, (_, k) => {
    const ratio = `${1 + (k % 5 === 4 ? k - 4 : k)}/${count}`;
    const law = k % 7 === 6 ? `mp(${ratio}` : `mp(${ratio})`;
    return { id: k, command: k % 2 === 0 ? ["moments", law, "-n", "3"] : ["curve", law] };
  });
}

/**
 * What jobs must come to, by way of the command line alone: one command after another in this process.
 *
 * @param files where each file that the jobs name stands; undefined for one that is not there
 */
export async function expectedResults(
  jobs: readonly TestJob[],
  files: Readonly<Record<string, string | undefined>> = {},
): Promise<string> {
  let text = "";
  for (const { id, command } of jobs) {
    const named = command.filter((word) => Object.hasOwn(files, word));
    const digests = named.map((name) => {
      const place = files[name];
      return [name, place === undefined ? "none" : sha256(readFileSync(place))];
    });
    const argv = command.map((word) => files[word] ?? word);
    const { code, out, error } = await runCommand([...argv, "--json"]);
    const told =
      code === 0 ? { answer: JSON.parse(out) as unknown } : { error: error.replace(/^freecurve: /, "").trimEnd() };
    const key = sha256(JSON.stringify([version, command, digests]));
    text += `${JSON.stringify({ key, ...(id === undefined ? {} : { id }), command, exit: code, ...told })}\n`;
  }
  return text;
}

function sha256(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
