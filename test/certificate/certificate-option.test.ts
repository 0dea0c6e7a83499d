import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../src/cli/run.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "freecurve-certificate-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function ask(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const io = {
    writeOut: (text: string) => {
      out += text;
    },
    writeError: (text: string) => {
      err += text;
    },
    readInput: () => Promise.resolve(""),
    errorIsTerminal: false,
    signal: undefined,
  };
  const code = await run(argv, io);
  return { code, out, err };
}

test("a certificate that a command wrote is verified, and refuted when it was changed", async () => {
  const file = join(folder, "proof.json");
  const asked = await ask("support", "mp(1/4)", "--certificate", file);
  expect([asked.code, asked.out.includes("interval 1 of 1")]).toEqual([0, true]);
  const good = await ask("verify", file, "--json");
  expect(good.code).toBe(0);
  expect(JSON.parse(good.out)).toMatchObject({ verdict: "verified", question: "support", law: "mp(1/4)", trusted: [] });
  const said = await ask("verify", file);
  expect(said.out).toMatch(/not covered:\n {2}the masses of the intervals/);
  await writeFile(file, (await readFile(file, "utf8")).replace("9/4", "9/5"));
  const bad = await ask("verify", file);
  expect([bad.code, bad.out]).toEqual([2, ""]);
  expect(bad.err).toMatch(/^freecurve: the certificate is refuted: the digest does not fit/);
  // Readers of JSON that take the first of two fields would see another answer than the one that is checked.
  const again = '{"answer": {"intervals": [], "atoms": [], "cusps": []}, ';
  await ask("support", "mp(1/4)", "--certificate", file);
  const proof = await readFile(file, "utf8");
  for (const other of [proof.replace("{", again), proof.replace("mp(1/4)", "mp(1\\u002f4)")]) {
    await writeFile(file, other);
    const { code, err } = await ask("verify", file);
    expect([code, err]).toEqual([2, expect.stringMatching(/has a field twice, or a text or number in odd spelling/)]);
  }
  await writeFile(file, JSON.stringify(JSON.parse(proof)));
  expect((await ask("verify", file)).code).toBe(0);
  await writeFile(file, "{");
  expect(await ask("verify", file)).toMatchObject({ code: 2, out: "" });
});

test("events and horizon carry their proof too, in the size factor and without parameters only", async () => {
  const file = join(folder, "history.json");
  for (const question of ["events", "horizon"]) {
    expect((await ask(question, "mp(1/4)", "--certificate", file)).code).toBe(0);
    const { out } = await ask("verify", file);
    expect(out).toContain(`verified: the ${question} of mp(1/4)`);
  }
  const inParameter = await ask("events", "mp(c)", "--in", "c", "--certificate", file);
  expect([inParameter.code, inParameter.err.split("\n")[0]]).toEqual([
    2,
    "freecurve: --certificate proves the events in the size factor that happen to the spectrum; leave out --in and --all",
  ]);
  expect((await ask("horizon", "mp(c)", "--certificate", file)).code).toBe(2);
});
