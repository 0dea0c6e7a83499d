import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { distribution, quantiles } from "../../src/density/index.js";
import { ensembles } from "../../src/ensembles/index.js";
import { type Extrapolation, extrapolate, type Fit, fit as fitLaw } from "../../src/fit/index.js";
import { lawToText } from "../../src/lang/index.js";
import { support } from "../../src/law/index.js";
import { wignerEigenvalues, wishartEigenvalues } from "../../src/matrices/index.js";
import { parseRational, QQ, rational } from "../../src/rings/index.js";
import { rationalValue } from "../../src/roots/index.js";
import { namedStatistics } from "../../src/statistics/index.js";

const gram = (size: number, seed: number): Float64Array => wishartEigenvalues(size, 4 * size, seededRandom(seed));
const answer = (found: Extrapolation, name: string, order?: number) =>
  found.answers.find((a) => a.name === name && a.order === order)!;

describe("a fit of a known matrix", () => {
  it("finds the family by name and says it in the input language", () => {
    const found = fitLaw(gram(500, 1));
    expect(found.name).toBe("free Poisson (Marchenko-Pastur up to scale)");
    expect(lawToText(found.law)).toMatch(/^freePoisson\(/);
    expect(found.diagnosis.verdict).toBe("good");
    expect(fitLaw(wignerEigenvalues(500, 1, seededRandom(2))).name).toBe("semicircle");
  });

  it("meets a prescribed edge exactly", () => {
    const values = quantiles(ensembles.wachter(2, 3), 300);
    const edge = parseRational("97/100");
    const found = fitLaw(values, { degM: 2, degZ: 2, constraints: { edges: [edge] } });
    const ends = support(found.law).intervals.flatMap(({ left, right }) => [left, right]);
    expect(ends.some((end) => QQ.equals(rationalValue(end) ?? QQ.zero, edge))).toBe(true);
  });

  it("pools independent matrices", () => {
    for (const first of [30, 40, 50]) {
      const others = [1, 2, 3].map((k) => gram(200, first + k));
      const found = fitLaw(gram(200, first), { samples: others });
      expect(found.numeric.copies).toBe(4);
      expect(found.name).toMatch(/^free Poisson/);
    }
    expect(() => fitLaw(gram(200, 30), { samples: [gram(100, 1)] })).toThrow(/one size/);
  });
});

describe("a fit of what is no random matrix", () => {
  it("sees that independent numbers fluctuate more than eigenvalues", () => {
    const law = distribution(ensembles.semicircle(1));
    const random = seededRandom(5);
    const independent = Float64Array.from({ length: 400 }, () =>
      law.quantile(Math.min(0.9999, Math.max(1e-4, random.uniform()))),
    );
    const found: Fit = fitLaw(independent, { degM: 2, degZ: 1 });
    expect(found.diagnosis.scatter).toBe("independent");
    expect(found.warnings.join()).toMatch(/not of the eigenvalues of a random matrix/);
  });
});

describe("what is no bulk", () => {
  it("is refused where nearly all eigenvalues are repeated", () => {
    const integers = Array.from({ length: 200 }, (_, k) => k % 10);
    expect(() => fitLaw(integers)).toThrow(/only 9 of 180 nonzero eigenvalues differ from one another/);
    expect(() => fitLaw([...new Array<number>(199).fill(2), 5])).toThrow(/only 2 of 200 nonzero eigenvalues differ/);
  });
});

describe("extrapolation", () => {
  it("by 32 has the law of the large matrix, and bands that hold it", () => {
    const found = extrapolate(gram(1000, 3), { to: 32_000 });
    const exact = distribution(ensembles.mp(8));
    let ks = 0;
    for (let k = 0; k <= 400; k++) {
      const x = 3 + (12 * k) / 400;
      ks = Math.max(ks, Math.abs(found.cumulative(x) - exact.cumulative(x)) * 8);
    }
    expect(ks).toBeLessThan(0.02);
    expect(Math.abs(found.atoms[0]!.weight - 7 / 8)).toBeLessThan(0.002);
    const right = (1 + Math.sqrt(8)) ** 2;
    expect(Math.abs(found.bulks.at(-1)!.right / right - 1)).toBeLessThan(0.01);
    const [low, high] = found.bands!.edges!.at(-1)!;
    expect(low).toBeLessThan(right);
    expect(high).toBeGreaterThan(right);
  });

  it("answers like the exact statistics of the same law", () => {
    const found = extrapolate(gram(300, 4), { to: 600 });
    for (const [name, order] of [
      ["logdet", undefined],
      ["trace-of-power", 2],
      ["nuclear-norm", undefined],
      ["condition-number", undefined],
      ["effective-rank", undefined],
    ] as const) {
      const statistic = namedStatistics.find((candidate) => candidate.name === name)!;
      const exact = statistic.compute(found.law, rational(order ?? 1), 8, {
        signal: undefined,
        spend: () => undefined,
      });
      const value = "value" in exact ? answer(found, name, order).value! : Number.NaN;
      expect(value / numberOf(exact)).toBeCloseTo(1, 2);
    }
    expect(answer(found, "negative-share").value).toBe(0);
    expect(answer(found, "largest-edge").band).toHaveLength(2);
  });

  it("puts the nearest law in the place of a curve that cannot go so far, and says the price", () => {
    const values = quantiles(
      ensembles.deformedWigner("1/4", [
        [-1, "1/2"],
        [1, "1/2"],
      ]),
      300,
    );
    const found = extrapolate(values, { to: 900, bands: false });
    expect(found.projection).toMatchObject({ used: true });
    expect(found.fit.family).toBe("free Lévy");
    expect(found.warnings.join()).toMatch(/at a price: residual/);
  });

  it("adds rows to a Gram matrix", () => {
    // mp(1/4) to mp(1): at fixed columns and at a corner of a square matrix it is the same.
    const found = extrapolate(gram(300, 6), { to: 1200, deform: rational(1, 4) });
    expect(found.bulks.at(-1)!.right).toBeCloseTo(4, 0);
    expect(found.fit.name).toMatch(/^free Poisson/);
  });
});

/** The middle of what a statistic found. */
function numberOf(finding: { readonly kind: string }): number {
  const { value } = finding as unknown as {
    value: { mantissa?: bigint; exponent?: number; lower?: { num: bigint; den: bigint } };
  };
  if (value.mantissa !== undefined) return Number(value.mantissa) * 2 ** value.exponent!;
  return Number(value.lower!.num) / Number(value.lower!.den);
}
