import { cumulants, type Encoding, encode, type Law, lawFromEncoding, moments, parseLaw } from "freecurve";
import {
  coefficients,
  constantValue,
  fractions,
  type Polynomial,
  parsePolynomial,
  parseRationalFunction,
  type RationalFunction,
  rationalFunction,
  toText,
} from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { QQ, type Rational } from "../../src/rings/index.js";
import { powerSeries } from "../../src/series/index.js";

const names: readonly Encoding[] = ["stieltjes", "cauchy", "r", "s", "moment", "eta"];
const laws = [
  "mp(1/3)",
  "semicircle(2)",
  "fussCatalan(2)",
  "bures()",
  "wignerPlusWishart(1/5, 1/2)",
  "wachter(3/2, 2)",
  "freeLevy(1, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])",
  "deformedWigner(1/2, [[0, 1/3], [1, 2/3]])",
];

const numeric = (list: readonly RationalFunction[]): Rational[] =>
  list.map((f) => QQ.div(constantValue(f.numerator), constantValue(f.denominator)));

/** The value of the transform as a power series in its argument, from moments or cumulants alone. */
const seriesOf: Record<"r" | "s" | "moment" | "eta", (law: Law, n: number) => Rational[]> = {
  r: (law, n) => numeric(cumulants(law, n)),
  moment: (law, n) => [QQ.zero, ...numeric(moments(law, n))],
  eta: (law, n) => [QQ.one, ...numeric(moments(law, n)).map((mu, k) => (k % 2 === 0 ? QQ.neg(mu) : mu))],
  s: (law, n) => {
    const ring = powerSeries(QQ);
    const chi = ring.reversion([QQ.zero, ...numeric(moments(law, n))]);
    const overY = chi.slice(1);
    return [...ring.mul(overY, [QQ.one, QQ.one, ...new Array<Rational>(n).fill(QQ.zero)].slice(0, overY.length))];
  },
};

/** The polynomial along value = series(argument), as far as the series goes. */
function along(p: Polynomial, argument: string, value: string, series: readonly Rational[]): readonly Rational[] {
  const ring = powerSeries(QQ);
  const order = series.length;
  let sum = ring.constant(QQ.zero, order);
  let power = ring.constant(QQ.one, order);
  for (const inArgument of coefficients(p, value)) {
    for (const [k, c] of coefficients(inArgument, argument).entries()) {
      const shifted = [...new Array<Rational>(k).fill(QQ.zero), ...power].slice(0, order);
      sum = ring.add(sum, ring.scale(shifted, constantValue(c)));
    }
    power = ring.mul(power, series);
  }
  return sum;
}

describe("encodings of a curve", () => {
  test.each(names)("%s and back is the same curve", (name) => {
    for (const text of laws) {
      const law = parseLaw(text);
      expect(toText(lawFromEncoding(encode(law, name).polynomial, name).curve), text).toBe(toText(law.curve));
    }
  });

  test.each(["r", "s", "moment", "eta"] as const)("%s vanishes along the series of the transform", (name) => {
    let checked = 0;
    for (const text of laws) {
      const law = parseLaw(text);
      const first = numeric(moments(law, 1))[0]!;
      if (name === "s" && QQ.isZero(first)) continue; // the S-transform is no power series for a centred law
      const { polynomial, argument, value } = encode(law, name);
      const rest = along(polynomial, argument, value, seriesOf[name](law, 8));
      expect(rest.length).toBeGreaterThanOrEqual(8);
      expect(
        rest.every((c) => QQ.isZero(c)),
        text,
      ).toBe(true);
      checked++;
    }
    expect(checked).toBeGreaterThanOrEqual(6);
  });

  test.each([
    ["mp(c)", "r", "r = 1/(1 - c*s)"],
    ["mp(c)", "s", "s = 1/(1 + c*y)"],
    ["freePoisson(rate, jump)", "r", "r = rate*jump/(1 - jump*s)"],
    ["freePoisson(rate, jump)", "s", "s = 1/(jump*(rate + y))"],
    ["semicircle(v)", "r", "r = v*s"],
    ["mp(c1) [*] mp(c2)", "s", "s = 1/((1 + c1*y)*(1 + c2*y))"],
    ["fussCatalan(3)", "s", "s = 1/(1 + y)^3"],
    ["inverseMp(c)", "s", "s = 1 - c - c*y"],
  ] as const)("%s has the closed form %s: %s", (text, name, formula) => {
    const [value, right] = formula.split(" = ");
    const relation = fractions.sub(rationalFunction(parsePolynomial(value!)), parseRationalFunction(right!));
    const { polynomial } = encode(parseLaw(text), name);
    expect(toText(polynomial)).toBe(toText(relation.numerator));
  });

  test("the S-transforms of a free product multiply, the R-transforms of a free sum add", () => {
    const [a, b] = ["freePoisson(2, 1/2)", "mp(1/4)"].map(parseLaw as (text: string) => Law);
    const ring = powerSeries(QQ);
    const product = parseLaw("freePoisson(2, 1/2) [*] mp(1/4)");
    const sum = parseLaw("freePoisson(2, 1/2) [+] mp(1/4)");
    const s = encode(product, "s");
    const r = encode(sum, "r");
    expect(
      along(s.polynomial, s.argument, s.value, ring.mul(seriesOf.s(a!, 8), seriesOf.s(b!, 8))).every(QQ.isZero),
    ).toBe(true);
    expect(
      along(r.polynomial, r.argument, r.value, ring.add(seriesOf.r(a!, 8), seriesOf.r(b!, 8))).every(QQ.isZero),
    ).toBe(true);
  });

  test("a parameter with the name of a variable of the transform is refused, and so is a stray variable", () => {
    expect(() => encode(parseLaw("mp(s)"), "r")).toThrow(
      /has a parameter named s, which is a variable of the R-transform/,
    );
    expect(toText(encode(parseLaw("mp(s)"), "moment").polynomial)).toContain("psi");
    expect(() => lawFromEncoding("r*s - 1 + z", "r")).toThrow(/contains z, which is no variable of the R-transform/);
    expect(() => lawFromEncoding("r - 1", "r")).toThrow(/lacks s/);
  });
});
