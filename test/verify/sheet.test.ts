import { type Certificate, certify, parseLaw, type Question, verifyCertificate } from "freecurve";
import { describe, expect, test } from "vitest";
import { withDigest } from "../../src/certificate/index.js";

type AnyStep = Record<string, unknown>;

/** With some steps of one kind changed, and the digest that belongs to it. */
function forged(
  { digest: _, ...body }: Certificate,
  kind: string,
  change: (step: AnyStep) => AnyStep,
  question: Question = body.question,
): Certificate {
  const steps = body.steps.map((step) => (step.kind === kind ? { ...change({ ...step }), kind } : step));
  return withDigest({ ...body, question, steps });
}

function expectRefuted(certificate: Certificate, reason: RegExp): void {
  const { verdict, reason: said, verified } = verifyCertificate(certificate);
  expect([verdict, verified]).toEqual(["refuted", []]);
  expect(said).toMatch(reason);
}

const supportOf = (text: string): Certificate => certify(parseLaw(text), "support");

describe("wrong claims about the physical sheet of mp(2), which has an atom of weight 1/2 at 0", () => {
  const mp = supportOf("mp(2)");
  const changed = (change: (step: AnyStep) => AnyStep): Certificate => forged(mp, "sheet", change);
  const cells = mp.steps.at(-1)!.cells as readonly string[];

  test("the disc of a cell: that of another cell, one of the upper half-plane, none", () => {
    expect(cells).toHaveLength(2);
    expectRefuted(
      changed((step) => ({ ...step, cells: [cells[1], cells[1]] })),
      /the disc of a cell is elsewhere/,
    );
    expectRefuted(
      changed((step) => ({ ...step, cells: ["0", cells[1]] })),
      /the disc of a cell is elsewhere/,
    );
    expectRefuted(
      changed((step) => ({ ...step, cells: ["99999", cells[1]] })),
      /20000|none of those/,
    );
    expectRefuted(
      changed((step) => ({ ...step, cells: [cells[0]] })),
      /has no entry/,
    );
  });

  test("the disc of the pole: none, and one elsewhere", () => {
    expectRefuted(
      changed((step) => ({ ...step, places: [[], [], []] })),
      /no disc shows whether there is an atom/,
    );
    expectRefuted(
      changed((step) => ({ ...step, places: [["0"], [], []] })),
      /does not reach over its critical point/,
    );
  });

  test("coordinates that are not those of the curve", () => {
    const charts = mp.steps.at(-1)!.charts as readonly (readonly string[])[];
    const [[h, g, power, curve]] = charts as [[string, string, string, string]];
    expect([h, g]).toEqual(["z", "0"]);
    for (const other of [
      ["z + 1", g, power, curve],
      [h, "1", power, curve],
      [h, g, "7", curve],
      [h, g, power, "m^2 + z"],
      ["0", g, power, curve],
    ])
      expectRefuted(
        changed((step) => ({ ...step, charts: [other] })),
        /another curve/,
      );
  });

  test("a region about infinity that is too large, or too near to the branch, and a disc that hangs in the air", () => {
    const [q] = mp.steps.at(-1)!.infinity as [string, string];
    expectRefuted(
      changed((step) => ({ ...step, infinity: [q, "0 5"] })),
      /alone about infinity/,
    );
    expectRefuted(
      changed((step) => ({ ...step, infinity: [q, "4 50"] })),
      /alone about infinity/,
    );
    expectRefuted(
      changed((step) => ({ ...step, infinity: ["-1000", "4 3"] })),
      /alone about infinity/,
    );
    expectRefuted(
      changed((step) => ({ ...step, infinity: [q, "12 5"] })),
      /comes from nowhere/,
    );
    const orphan = (disc: string, k: number): string => (k === 3 ? disc.replace(/^\d+/, "-1") : disc);
    expectRefuted(
      changed((step) => ({ ...step, discs: (step.discs as string[]).map(orphan) })),
      /comes from nowhere/,
    );
  });

  test("a weight that is another root, or the root of another polynomial", () => {
    const third = ["0", "3*x - 1", "", ["0", "1/3", "1/3"]];
    expectRefuted(
      changed((step) => ({ ...step, weights: [third] })),
      /weight does not divide/,
    );
    expectRefuted(
      changed((step) => ({ ...step, weights: [] })),
      /the answer/,
    );
  });
});

test("a branch point of the upper half-plane that is not reached, or not from infinity along a vertical line", () => {
  const certificate = supportOf("silverstein(1/2, [[1, 1/2], [3, 1/2]])");
  const { upper, cells } = certificate.steps.at(-1) as unknown as { upper: string[]; cells: string[] };
  expect(upper).toHaveLength(1);
  const changed = (to: readonly string[]): Certificate =>
    forged(certificate, "sheet", (step) => ({ ...step, upper: to }));
  expectRefuted(changed([cells[0]!]), /analytic in the upper half-plane/);
  expectRefuted(changed(["0"]), /analytic in the upper half-plane/);
  expectRefuted(changed([]), /has no entry/);
});

test("the transform of a signed measure is no support: weights 3/2 and -1/2", () => {
  const signed = certify(parseLaw('curve("m*(0-z)*(1-z) - (3/2*(1-z) - 1/2*(0-z))")'), "branch-points");
  expect(verifyCertificate(signed).verdict).toBe("verified");
  expectRefuted(
    forged(signed, "sheet", (step) => step, "support"),
    /a weight that is not positive/,
  );
});

test("a factor of an eliminant that is not the curve of the law", () => {
  const product = certify(parseLaw("semicircle(1) [*] mp(1/2)"), "curve");
  const { factors } = product.steps.at(-1) as unknown as { factors: (readonly [string, string])[] };
  // The curve of the point mass at 0 is among them: it has a branch -1/z too, and is excluded by the laws that are multiplied.
  expect(factors.map(([text]) => text)).toEqual(["m^4*z^2 - 2*m^3*z + m^2 + 4*m*z + 4", "z", "m*z + 1"]);
  for (const chosen of ["1", "2", "7"])
    expectRefuted(
      forged(product, "operation", (step) => ({ ...step, chosen })),
      /not that of the chosen factor alone/,
    );
  // A product that is left as one factor holds the branch of the law and that of the point mass.
  const merged = [["(m^4*z^2 - 2*m^3*z + m^2 + 4*m*z + 4)*(m*z + 1)", "1"], factors[1], [factors[2]![0], "3"]];
  const { verdict, reason } = verifyCertificate(forged(product, "operation", (step) => ({ ...step, factors: merged })));
  expect([verdict, reason]).toEqual(["refuted", "the answer is not the one that the steps show"]);
});

test("a point where no sheets ramify: a branch point, one of two crossings left out, one given twice", () => {
  const withCrossings = (certificate: Certificate, at: string, crossings: readonly unknown[]): Certificate =>
    forged(certificate, "critical-points", (step) => ({
      ...step,
      factors: (step.factors as unknown[][]).map(([f, power, own, witness]) => [
        f,
        power,
        f === at ? crossings : own,
        witness,
      ]),
    }));
  const semicircle = certify(parseLaw("semicircle(1)"), "branch-points");
  expectRefuted(withCrossings(semicircle, "z - 2", [["1", "0", "0", "m^2 + m*z + 1"]]), /a crossing is none/);
  // Over z = 0 two sheets cross at a pole, z m = 1, and two others at z m = 0.
  const product = certify(parseLaw("semicircle(1) [*] mp(1/2)"), "branch-points");
  expect(verifyCertificate(product).verdict).toBe("verified");
  const { factors } = product.steps.find(({ kind }) => kind === "critical-points") as unknown as {
    factors: (readonly [string, string, (readonly string[])[]])[];
  };
  const [, , crossings] = factors.find(([f]) => f === "z")!;
  expect(crossings.map(([h, g]) => [h, g]).sort()).toEqual([
    ["z", "0"],
    ["z", "1"],
  ]);
  for (const wrong of [[crossings[0]], [crossings[0], crossings[0]], [...crossings, crossings[1]]])
    expectRefuted(withCrossings(product, "z", wrong), /a crossing is none/);
});
