import { type Certificate, certify, parseLaw, type Question, verifyCertificate } from "freecurve";
import { describe, expect, test } from "vitest";
import { withDigest } from "../../src/certificate/index.js";
import { parsePolynomial, toText } from "../../src/poly/index.js";

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

/** The discs of a step, each as numbers: the one before it, its chart, the count, z and y (re and im), reach and radius. */
const numbersOf = (step: AnyStep): bigint[][] => (step.discs as string[]).map((disc) => disc.split(" ").map(BigInt));

/** The step without one of its discs, to which no other refers. */
function withoutDisc(step: AnyStep, index: number): AnyStep {
  const discs = numbersOf(step);
  expect(discs.some(([from]) => Number(from) === index)).toBe(false);
  const kept = discs.filter((_, k) => k !== index);
  const moved = kept.map(([from, ...rest]) => [Number(from) > index ? from! - 1n : from!, ...rest].join(" "));
  return { ...step, discs: moved };
}

describe("wrong claims about the physical sheet of mp(2), which has an atom of weight 1/2 at 0", () => {
  const mp = supportOf("mp(2)");
  const changed = (change: (step: AnyStep) => AnyStep): Certificate => forged(mp, "sheet", change);
  const sheet = mp.steps.at(-1)!;
  const bits = BigInt(sheet.bits as string);
  const discs = numbersOf(sheet);

  test("the disc of a cell: none, and one of the upper half-plane", () => {
    const unit = 2 ** Number(bits);
    const inside = discs.findLastIndex(([, chart, , x, im]) => chart === 0n && im === 0n && Number(x) / unit > 1 / 5);
    expect(Number(discs[inside]![3]) / unit).toBeLessThan(5.8);
    expectRefuted(
      changed((step) => withoutDisc(step, inside)),
      /no disc decides the density on a cell/,
    );
    const raised = discs.map((disc, k) => (k === inside ? disc.with(4, 1n) : disc).join(" "));
    expectRefuted(
      changed((step) => ({ ...step, discs: raised })),
      /no disc decides the density on a cell/,
    );
  });

  test("the disc of the pole: none, and one that does not reach over it", () => {
    const pole = discs.findIndex(([, chart]) => chart === 1n);
    expectRefuted(
      changed((step) => withoutDisc(step, pole)),
      /no disc shows whether there is an atom/,
    );
    const beside = discs.map((disc, k) => (k === pole ? disc.with(3, disc[3]! + disc[7]!) : disc).join(" "));
    expectRefuted(
      changed((step) => ({ ...step, discs: beside })),
      /hold as many sheets|middle of the one before|whether there is an atom/,
    );
  });

  test("other coordinates than those of the pole", () => {
    expect(sheet.charts).toEqual([["z", "0"]]);
    for (const [other, reason] of [
      [["z + 1", "0"], /hold as many sheets|hold the sheet/],
      [["z", "1"], /hold as many sheets|hold the sheet/],
      [["z^2", "0"], /hold as many sheets|hold the sheet/],
      [["0", "0"], /h = 0/],
    ] as const)
      expectRefuted(
        changed((step) => ({ ...step, charts: [other] })),
        reason,
      );
  });

  test("a region about infinity that is too large, or too near to the branch, and a disc that hangs in the air", () => {
    const [q, beyond, part] = (sheet.infinity as string).split(" ").map(BigInt) as [bigint, bigint, bigint];
    const region = (...numbers: readonly bigint[]): Certificate =>
      changed((step) => ({ ...step, infinity: numbers.join(" ") }));
    expectRefuted(region(q, 1n << bits, part), /alone about infinity/);
    expectRefuted(region(q, beyond, part >> 45n), /alone about infinity/);
    expectRefuted(region(-1000n << bits, beyond, part), /alone about infinity/);
    expectRefuted(region(q, beyond << 8n, part), /comes from nowhere/);
    expectRefuted(region(q, 0n, part), /region is empty/);
    const orphan = discs.map((disc, k) => (k === 3 ? disc.with(0, -1n) : disc).join(" "));
    expectRefuted(
      changed((step) => ({ ...step, discs: orphan })),
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

test("a branch point of the upper half-plane that is not reached, or not from infinity along a vertical line, or not told", () => {
  const certificate = supportOf("silverstein(1/2, [[1, 1/2], [3, 1/2]])");
  const sheet = certificate.steps.at(-1)!;
  const [[, x]] = (sheet.upper as string[]).map((text) => text.split(" ").map(BigInt)) as [[bigint, bigint]];
  expect(sheet.upper).toHaveLength(1);
  const above = numbersOf(sheet).flatMap(([, , , re], k) => (re === x ? [k] : []));
  const changed = (change: (step: AnyStep) => AnyStep): Certificate => forged(certificate, "sheet", change);
  expectRefuted(
    changed((step) => above.slice(2).reduceRight(withoutDisc, step)),
    /analytic in the upper half-plane/,
  );
  // A line that begins one unit beside the point is not above it.
  const beside = numbersOf(sheet).map((disc, k) => (k === above[0] ? disc.with(3, x + 1n) : disc).join(" "));
  expectRefuted(
    changed((step) => ({ ...step, discs: beside })),
    /analytic in the upper half-plane/,
  );
  expectRefuted(
    changed((step) => ({ ...step, upper: [] })),
    /not all of them/,
  );
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
  const both = toText(parsePolynomial("(m^4*z^2 - 2*m^3*z + m^2 + 4*m*z + 4)*(m*z + 1)"));
  const merged = [[both, "1"], factors[1], [factors[2]![0], "3"]];
  const { verdict, reason } = verifyCertificate(forged(product, "operation", (step) => ({ ...step, factors: merged })));
  expect([verdict, reason]).toEqual(["refuted", "the answer is not the one that the steps show"]);
});

test("a point where no sheets ramify: a branch point, one of two crossings left out, one given twice", () => {
  const withCrossings = (certificate: Certificate, at: string, crossings: readonly string[]): Certificate =>
    forged(certificate, "sheet", (step) => ({
      ...step,
      factors: (step.factors as unknown[][]).map(([f, power, witness, own]) => [
        f,
        power,
        witness,
        f === at ? crossings : own,
      ]),
    }));
  const semicircle = certify(parseLaw("semicircle(1)"), "branch-points");
  expectRefuted(withCrossings(semicircle, "z - 2", ["0"]), /a crossing is none/);
  expectRefuted(withCrossings(semicircle, "z - 2", ["5"]), /a crossing is none/);
  // Over z = 0 two sheets cross at a pole, z m = 1, and two others at z m = 0.
  const product = certify(parseLaw("semicircle(1) [*] mp(1/2)"), "branch-points");
  expect(verifyCertificate(product).verdict).toBe("verified");
  const { factors, charts } = product.steps.at(-1) as unknown as {
    factors: (readonly [string, string, string, readonly string[]])[];
    charts: readonly (readonly string[])[];
  };
  const [, , , crossings] = factors.find(([f]) => f === "z")!;
  expect(crossings.map((index) => charts[Number(index) - 1]!).sort()).toEqual([
    ["z", "0"],
    ["z", "1"],
  ]);
  const [one, other] = crossings as [string, string];
  for (const wrong of [[one], [one, one], [one, other, other]])
    expectRefuted(withCrossings(product, "z", wrong), /a crossing is none/);
});

test("a parameter with the name of the unknown that is eliminated, and arguments that are no formulas by themselves", () => {
  // Res_t of the equations of semicircle(t) and mp(1/2) with t for both: no curve of the sum.
  const sum = certify(parseLaw("semicircle(t) [+] mp(1/2)"), "curve");
  expect(verifyCertificate(sum).verdict).toBe("verified");
  expect((sum.answer as { parameters: string[] }).parameters).toEqual(["t"]);
  const named = (law: string): Certificate => {
    const { digest: _, ...body } = certify(parseLaw("semicircle(1/2)"), "curve");
    return withDigest({ ...body, law, steps: body.steps.map((step) => ({ ...step, law })) });
  };
  expect(verifyCertificate(named("semicircle(1/2)")).verdict).toBe("verified");
  for (const law of ["semicircle(1)/(2)", "semicircle(1/2)+(0)"]) expectRefuted(named(law), /cannot be read/);
  expectRefuted(named("semicircle(z)"), /no parameters/);
  expectRefuted(named("semicircle($t)"), /a character/);
});
