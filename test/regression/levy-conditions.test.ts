import { describe, expect, it } from "vitest";
import { cumulantsOf, linearConditions, solveNear } from "../../src/regression/levy-conditions.js";
import { QQ, type Rational, rational } from "../../src/rings/index.js";

const r = (num: number, den = 1): Rational => rational(num, den);

describe("the exact conditions on a free Lévy law", () => {
  it("have free cumulants from moments: the Catalan numbers are those of rate 1, and their aerated form that of the semicircle", () => {
    expect(cumulantsOf([1, 2, 5, 14, 42].map((n) => r(n)))).toEqual([1, 1, 1, 1, 1].map((n) => r(n)));
    expect(cumulantsOf([0, 1, 0, 2, 0, 5].map((n) => r(n)))).toEqual([0, 1, 0, 0, 0, 0].map((n) => r(n)));
  });

  it("hold for Marchenko–Pastur with c = 1/4, whose moments are 1, 5/4 and whose edge 9/4 has m = −4/3", () => {
    // zeta'(y) = 0 is 1 + t y = −2 t y at the right edge: y = −1/(3 t).
    const targets = { rate: r(4), cumulants: cumulantsOf([r(1), r(5, 4)]), edges: [r(9, 4)] };
    for (const condition of linearConditions(QQ, targets, [r(-4, 3)])) {
      expect(QQ.mul(r(4), condition.jump(r(1, 4)))).toEqual(condition.right);
    }
  });

  it("are met by changing those numbers that count, and only where that is possible", () => {
    // x + y = 1, near (1/4, 1/2): the larger gives way.
    expect(solveNear([[r(1), r(1), r(1)]], [r(1, 4), r(1, 2)])).toEqual([r(1, 4), r(3, 4)]);
    expect(solveNear([[r(0), r(0), r(0)]], [r(1), r(2)])).toEqual([r(1), r(2)]);
    expect(solveNear([[r(0), r(0), r(1)]], [r(1), r(2)])).toBeUndefined();
  });
});
