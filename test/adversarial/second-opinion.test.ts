import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adversarialCase } from "../../scripts/adversarial/cases.mjs";
import { judgeIsInstalled, startJudge } from "../../scripts/adversarial/judge.mjs";
import { verdictOn } from "../../scripts/adversarial/verdict.mjs";
import * as core from "../../src/core/index.js";
import * as density from "../../src/density/index.js";
import * as evolution from "../../src/evolution/index.js";
import * as lang from "../../src/lang/index.js";
import * as law from "../../src/law/index.js";
import * as poly from "../../src/poly/index.js";
import * as rings from "../../src/rings/index.js";
import * as roots from "../../src/roots/index.js";

// The short form of scripts/adversarial.mjs: laws near every cliff against PARI/GP (Debian package pari-gp), which follows all sheets at
// 150 digits. Nothing of the judge is the program's own. These cases are quick ones; the script runs thousands.

const engine = { core, density, evolution, lang, law, poly, rings, roots };

describe.skipIf(!judgeIsInstalled())("a slow second way at many digits says the same", () => {
  let judge: ReturnType<typeof startJudge>;
  beforeAll(() => {
    judge = startJudge();
  });
  afterAll(() => judge.stop());

  // Two of each cliff, in the order of the table.
  const answered = [91, 39, 79, 118, 67, 80, 55, 121, 30, 122, 31, 123, 71, 72, 20, 22, 114, 115, 24, 77, 12];
  const withoutLaw = [3, 8, 47, 126, 48, 88, 49];
  test.each([
    ...answered.map((number) => [number, "right"] as const),
    ...withoutLaw.map((number) => [number, "no law"] as const),
  ])(
    "case %i: %s",
    async (number, expected) => {
      const one = adversarialCase(1, number);
      const { outcome, why } = await verdictOn(engine, one, judge, { seconds: 600, patience: 600 });
      expect({ number, outcome, why: outcome === expected ? "" : why }).toEqual({ number, outcome: expected, why: "" });
    },
    300_000,
  );
});
