import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { smallRational } from "../../property-tests/polynomials.js";
import { QQ, type Rational, rational, rationalToText } from "../../src/rings/index.js";
import { type PowerSeries, powerSeries } from "../../src/series/index.js";

const ring = powerSeries(QQ);
const texts = (series: PowerSeries<Rational>): string[] => series.map(rationalToText);
const series = (...values: (number | string)[]): PowerSeries<Rational> =>
  values.map((v) => {
    const [n, d = "1"] = String(v).split("/");
    return rational(BigInt(n!), BigInt(d));
  });

/** Σ a_k r(w)^k by Horner's rule on plain arrays: shares nothing with the ring's product. */
function compose(a: PowerSeries<Rational>, r: PowerSeries<Rational>): PowerSeries<Rational> {
  const order = Math.min(a.length, r.length);
  let result: Rational[] = new Array<Rational>(order).fill(QQ.zero);
  for (let k = order - 1; k >= 0; k--) {
    const next = new Array<Rational>(order).fill(QQ.zero);
    for (let i = 0; i < order; i++) {
      for (let j = 0; j <= i; j++) next[i] = QQ.add(next[i]!, QQ.mul(result[j]!, r[i - j]!));
    }
    next[0] = QQ.add(next[0]!, a[k]!);
    result = next;
  }
  return result;
}

describe("power series", () => {
  test("the inverse of 1 − w − w² has the Fibonacci numbers", () => {
    expect(texts(ring.inverse(series(1, -1, -1, 0, 0, 0, 0, 0, 0)))).toEqual("1 1 2 3 5 8 13 21 34".split(" "));
  });

  test("the binomial series of exponent 1/2 squares to 1 + w", () => {
    // binomial(1/2, k), by the product formula
    const root: Rational[] = [QQ.one];
    for (let k = 1; k < 12; k++) {
      root.push(QQ.div(QQ.mul(root[k - 1]!, QQ.sub(rational(1, 2), rational(k - 1))), rational(k)));
    }
    expect(texts(root).slice(0, 5)).toEqual(["1", "1/2", "-1/8", "1/16", "-5/128"]);
    expect(texts(ring.mul(root, root))).toEqual(["1", "1", ...new Array<string>(10).fill("0")]);
  });

  test("the reversion of w − w² has the Catalan numbers, that of exp(w) − 1 is log(1 + w)", () => {
    expect(texts(ring.reversion(series(0, 1, -1, 0, 0, 0, 0, 0)))).toEqual("0 1 1 2 5 14 42 132".split(" "));
    const exponential = series(0, 1, "1/2", "1/6", "1/24", "1/120", "1/720");
    expect(texts(ring.reversion(exponential))).toEqual(["0", "1", "-1/2", "1/3", "-1/4", "1/5", "-1/6"]);
  });

  test("a(r(w)) = r(a(w)) = w for the reversion r of random series, and 1/(1/a) = a", () => {
    const nonZero = smallRational.filter((r) => r.num !== 0n);
    let decided = 0;
    fc.assert(
      fc.property(nonZero, fc.array(smallRational, { minLength: 1, maxLength: 6 }), (first, rest) => {
        const a = [QQ.zero, first, ...rest];
        const r = ring.reversion(a);
        const identity = a.map((_, k) => (k === 1 ? QQ.one : QQ.zero));
        expect(texts(compose(a, r))).toEqual(texts(identity));
        expect(texts(compose(r, a))).toEqual(texts(identity));
        const unit = a.slice(1);
        expect(texts(ring.inverse(ring.inverse(unit)))).toEqual(texts(unit));
        decided++;
      }),
      { numRuns: 60 },
    );
    expect(decided).toBe(60);
  });

  test("the result is known to the smaller order of its arguments", () => {
    expect(ring.mul(series(1, 1, 1), series(1, 1))).toHaveLength(2);
    expect(ring.add(series(1), series(1, 1))).toHaveLength(1);
    expect(ring.inverse([])).toEqual([]);
  });

  test("what has no inverse or reversion is refused", () => {
    expect(() => ring.inverse(series(0, 1))).toThrow(/constant term zero/);
    expect(() => ring.reversion(series(1, 1))).toThrow(/reversion/);
    expect(() => ring.reversion(series(0, 0, 1))).toThrow(/reversion/);
  });
});
