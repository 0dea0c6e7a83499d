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

  test("composition, by Horner's rule on plain arrays", () => {
    const a = series(1, "1/2", 0, -3, 2, 5);
    const b = series(0, 2, -1, "1/3", 1, 0);
    expect(texts(ring.compose(a, b))).toEqual(texts(compose(a, b)));
    expect(() => ring.compose(a, a)).toThrow(/without a constant term/);
  });

  test("exp, log and powers: known series, and exp(log a) = a, log(ab) = log a + log b, (a^r)^q = a^p", () => {
    expect(texts(ring.exp(series(0, 1, 0, 0, 0, 0)))).toEqual(["1", "1", "1/2", "1/6", "1/24", "1/120"]);
    expect(texts(ring.log(series(1, 1, 0, 0, 0)))).toEqual(["0", "1", "-1/2", "1/3", "-1/4"]);
    expect(texts(ring.pow(series(1, 1, 0, 0, 0), rational(1, 2)))).toEqual(["1", "1/2", "-1/8", "1/16", "-5/128"]);
    // Bell numbers: exp(exp(w) − 1) = Σ B_n w^n/n!
    const bell = ring.exp(ring.sub(ring.exp(series(0, 1, 0, 0, 0, 0, 0)), series(1, 0, 0, 0, 0, 0, 0)));
    const factorials = [1, 1, 2, 6, 24, 120, 720];
    expect(bell.map((c, n) => rationalToText(QQ.mul(c, rational(factorials[n]!))))).toEqual(
      "1 1 2 5 15 52 203".split(" "),
    );
    const rest = fc.array(smallRational, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rest, rest, fc.integer({ min: -3, max: 4 }), fc.integer({ min: 1, max: 3 }), (u, v, p, q) => {
        const [a, b] = [
          [QQ.one, ...u],
          [QQ.one, ...v],
        ];
        expect(texts(ring.exp(ring.log(a)))).toEqual(texts(a));
        expect(texts(ring.log(ring.mul(a, b)))).toEqual(texts(ring.add(ring.log(a), ring.log(b))));
        const root = ring.pow(a, rational(p, q));
        const power = Array.from({ length: q }, () => root).reduce((x, y) => ring.mul(x, y));
        const positive = Array.from({ length: Math.abs(p) }, () => a).reduce(
          (x, y) => ring.mul(x, y),
          ring.constant(QQ.one, a.length),
        );
        expect(texts(power)).toEqual(texts(p < 0 ? ring.inverse(positive) : positive));
        expect(texts(ring.integral(ring.derivative(u)))).toEqual(texts(u.map((c, k) => (k === 0 ? QQ.zero : c))));
      }),
      { numRuns: 40 },
    );
    expect(() => ring.exp(series(1, 1))).toThrow(/constant term/);
    expect(() => ring.log(series(2, 1))).toThrow(/constant term 1/);
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
