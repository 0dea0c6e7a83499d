import { parseLaw, parseRational, stieltjes, stieltjesAt, type TransformValue } from "freecurve";
import { describe, expect, test } from "vitest";
import { plainStieltjes } from "../law/plain-numbers.js";

const at = (law: string, re: string, im: string, digits?: number): TransformValue =>
  stieltjesAt(parseLaw(law), { re: parseRational(re), im: parseRational(im) }, digits);

describe("the certified transform", () => {
  test("of the semicircle law: (−z + √(z² − 4))/2", () => {
    // at 2i: (√2 − 1)i; mpmath, 50 digits
    expect(at("semicircle(1)", "0", "2", 50)).toEqual({
      re: "0",
      im: "0.41421356237309504880168872420969807856967187537695",
    });
    expect(at("semicircle(1)", "0", "-2", 10)).toEqual({ re: "0", im: "-0.4142135624" });
    // at 1 + i0: (−1 + i√3)/2, thirty digits of |m| = 1
    expect(at("semicircle(1)", "1", "0", 30)).toEqual({ re: "-0.5", im: "0.86602540378443864676372317075" });
    // at the edge, and outside where it is real
    expect(at("semicircle(1)", "2", "0")).toEqual({ re: "-1", im: "0" });
    expect(at("semicircle(1)", "5/2", "0")).toEqual({ re: "-0.5", im: "0" });
  });

  test("a value half way between two texts", () => {
    // m = −0.125 at z = 8 + 1/8, to two digits
    expect(at("semicircle(1)", "65/8", "0", 2).re).toMatch(/^-0\.1[23]$/);
    expect(at("semicircle(1)", "65/8", "0", 3)).toEqual({ re: "-0.125", im: "0" });
  });

  test("of mp(1/2) at 10^-30 above 1/3, and across a tiny height", () => {
    const { re, im } = at("mp(1/2)", "1/3", "1e-30", 20);
    // z m²/2 + (z − 1/2) m + 1 = 0 at z = 1/3: m = 1/2 ± i√(23)/2
    expect(Number(re)).toBeCloseTo(1 / 2, 14);
    expect(Number(im)).toBeCloseTo(Math.sqrt(23) / 2, 14);
  });

  test("is refused at atoms and hard edges", () => {
    expect(() => at("mp(4)", "0", "0")).toThrow(/infinite at x = 0/);
    expect(() => at("mp(1)", "0", "0")).toThrow(/infinite at x = 0/);
    expect(() => at("mp(c)", "1", "1")).toThrow(/free parameter c/);
  });
});

describe("the evaluator", () => {
  test.each([
    "fussCatalan(2)",
    "semicircle(1) [*] mp(1/2)",
    "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]]) |> decompress(2)",
  ])("of %s agrees with the certified values on both sides of the axis, and on it", (text) => {
    const law = parseLaw(text);
    const re = Float64Array.from({ length: 40 }, (_, k) => -3 + ((k * 37) % 40) / 3.1);
    const im = Float64Array.from({ length: 40 }, (_, k) => (k % 5 === 0 ? 0 : Math.sin(k) / (k % 3 === 0 ? 50 : 1)));
    const values = stieltjes(law)(re, im);
    for (let k = 0; k < re.length; k++) {
      const exact = stieltjesAt(law, { re: exactly(re[k]!), im: exactly(im[k]!) }, 17);
      const [a, b] = [Number(exact.re), Number(exact.im)];
      const error = Math.hypot(values.re[k]! - a, values.im[k]! - b);
      expect(error).toBeLessThan(1e-13 * Math.hypot(a, b));
    }
  });

  test("agrees with plain continuation, which shares no code with it", () => {
    const law = parseLaw("mp(1/2) [*] mp(1/4)");
    const x = Float64Array.of(0.3, 1.7, 3.1);
    const { re, im } = stieltjes(law)(x, new Float64Array(3));
    for (const [k, point] of x.entries()) {
      const [a, b] = plainStieltjes(law.curve, point);
      expect(Math.hypot(re[k]! - a, im[k]! - b)).toBeLessThan(1e-10);
    }
  });

  test("what is not a number, or not a point of the sheet, gives NaN", () => {
    const evaluate = stieltjes(parseLaw("mp(1)"));
    const { re, im } = evaluate(Float64Array.of(Number.NaN, 0, Number.POSITIVE_INFINITY), Float64Array.of(1, 0, 0));
    expect([...re, ...im].every(Number.isNaN)).toBe(true);
    expect(evaluate(new Float64Array(), new Float64Array())).toEqual({
      re: new Float64Array(),
      im: new Float64Array(),
    });
  });
});

/** The exact value of a double. */
function exactly(x: number): { num: bigint; den: bigint } {
  let [num, den] = [x, 1n];
  while (!Number.isInteger(num)) {
    num *= 2;
    den *= 2n;
  }
  const common = gcd(BigInt(Math.abs(num)), den);
  return { num: BigInt(num) / common, den: den / common };
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
