import { statistic } from "freecurve";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/index.js";
import { ensembles } from "../../src/ensembles/index.js";
import { type AnsweredLaw, answersOf, bandOf } from "../../src/fit/answers.js";
import { extrapolate } from "../../src/fit/index.js";
import { wishartEigenvalues } from "../../src/matrices/index.js";

describe("a 90 % band", () => {
  it.each([12, 39, 200])("of %i draws holds one more of the same distribution in nine cases of ten", (count) => {
    const random = seededRandom(count);
    const repetitions = 3000;
    let held = 0;
    for (let k = 0; k < repetitions; k++) {
      const values = Array.from({ length: count }, () => 10 + random.normal());
      const [low, high] = bandOf(values, count)!;
      const next = 10 + random.normal();
      if (low <= next && next <= high) held++;
    }
    // One standard deviation is 0.0055.
    expect(Math.abs(held / repetitions - 0.9)).toBeLessThan(0.02);
  });

  it("of few draws keeps the sign that all of them have", () => {
    const values = Array.from({ length: 12 }, (_, k) => 10 ** -k);
    const [low, high] = bandOf(values, 12)!;
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(1);
    expect(
      bandOf(
        values.map((value) => -value),
        12,
      ),
    ).toEqual([-high, -low]);
  });

  it("is not given where a tenth of the draws do not have the quantity, or there are hardly any", () => {
    expect(bandOf(new Array(17).fill(1), 20)).toBeUndefined();
    expect(bandOf(new Array(9).fill(1), 9)).toBeUndefined();
    expect(bandOf(new Array(19).fill(1), 20)).toEqual([1, 1]);
  });
});

describe("the bands of an extrapolation", () => {
  it("hold what is known of the large matrix in most samples", () => {
    // mp(1/32) to mp(1/4): edges (1 ± 1/2)², log-determinant by the exact statistic, half of the mass below the median.
    const exact = Number(statistic(ensembles.mp("1/4"), "logdet").value);
    const held = { left: 0, right: 0, logdet: 0 };
    const runs = 5;
    for (let seed = 1; seed <= runs; seed++) {
      const found = extrapolate(wishartEigenvalues(120, 32 * 120, seededRandom(seed)), { to: 960 });
      const holds = ([low, high]: readonly [number, number], value: number) => (low <= value && value <= high ? 1 : 0);
      held.left += holds(found.bands!.edges![0]!, 1 / 4);
      held.right += holds(found.bands!.edges![1]!, 9 / 4);
      held.logdet += holds(found.answers.find(({ name }) => name === "logdet")!.band!, exact);
    }
    for (const count of Object.values(held)) expect(count).toBeGreaterThan(1);
    expect(held.left + held.right + held.logdet).toBeGreaterThan(8);
  });
});

describe("the answers of a law", () => {
  it("contain the share of eigenvalues up to a place", () => {
    const uniform: AnsweredLaw = {
      bulks: [{ left: 0, right: 2 }],
      atoms: [],
      quantile: (p) => 2 * p,
      cumulative: (x) => x / 2,
    };
    const shares = answersOf(uniform, [1 / 2, 1]).filter(({ name }) => name === "share-below");
    expect(shares).toEqual([
      { name: "share-below", order: 1 / 2, value: 1 / 4 },
      { name: "share-below", order: 1, value: 1 / 2 },
    ]);
  });
});
