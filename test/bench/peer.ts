import { spawnSync } from "node:child_process";

/** What PARI/GP prints for a script; undefined where it is not installed or failed. The script times itself, by its own clock. */
export function askPari(script: string): string | undefined {
  const options = { input: `${script}\n`, encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  const { status, stdout } = spawnSync("gp", ["-q", "-f", "-s", "1G"], options);
  return status === 0 ? stdout : undefined;
}

/** The median time of a call in milliseconds: 5 to 25 rounds, as many as three seconds hold. */
export function medianTime(run: () => unknown): number {
  const times: number[] = [];
  for (let k = 0, begin = performance.now(); k < 25 && (k < 5 || performance.now() - begin < 3000); k++) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!;
}
