import fc from "fast-check";
import {
  composeFraction,
  fractionConstant,
  fractions,
  gcd,
  isConstant,
  isZero,
  multiply,
  type Polynomial,
  parsePolynomial,
  parseRationalFunction,
  primitive,
  type RationalFunction,
  rationalFunction,
  rationalFunctionToText,
  substituteFractions,
} from "freecurve/poly";
import { describe, expect, it } from "vitest";
import { smallRational, sparsePolynomial, valueAt } from "../../property-tests/polynomials.js";
import { checkFieldLaws } from "../../property-tests/ring-laws.js";
import { QQ, type Rational, rational } from "../../src/rings/index.js";

const small = sparsePolynomial(["x", "y"], 1, 3);
const fraction: fc.Arbitrary<RationalFunction> = fc
  .tuple(small, small, small)
  // A common factor that has to be cancelled.
  .map(([p, q, g]) => (isZero(q) || isZero(g) ? fractions.zero : rationalFunction(multiply(p, g), multiply(q, g))));

function value(f: RationalFunction, at: Readonly<Record<string, Rational>>): Rational | undefined {
  const below = valueAt(f.denominator, at);
  return QQ.isZero(below) ? undefined : QQ.div(valueAt(f.numerator, at), below);
}

const point = fc.record({ x: smallRational, y: smallRational });

describe("rational functions", () => {
  it("satisfy every law of a field", () => {
    expect(checkFieldLaws(fractions, fraction, 80)).toBeGreaterThan(1000);
  });

  it("are canonical", () => {
    fc.assert(
      fc.property(fraction, fraction, (f, g) => {
        for (const h of [fractions.add(f, g), fractions.mul(f, g), fractions.sub(f, g)]) {
          expect(isConstant(gcd(h.numerator, h.denominator))).toBe(true);
          expect(h.denominator).toEqual(primitive(h.denominator));
        }
      }),
    );
  });

  it("are computed with as their values are", () => {
    let decided = 0;
    fc.assert(
      fc.property(fraction, fraction, point, (f, g, at) => {
        const [a, b] = [value(f, at), value(g, at)];
        if (a === undefined || b === undefined) return;
        expect(value(fractions.add(f, g), at)).toEqual(QQ.add(a, b));
        expect(value(fractions.mul(f, g), at)).toEqual(QQ.mul(a, b));
        decided++;
      }),
    );
    expect(decided).toBeGreaterThan(30);
  });

  it("are put into polynomials all at once", () => {
    let decided = 0;
    fc.assert(
      fc.property(
        sparsePolynomial(["x", "y", "t"], 3, 4),
        fraction,
        fraction,
        point,
        smallRational,
        (p, f, g, at, t) => {
          const image = substituteFractions(p, { x: f, y: g });
          expect(isConstant(gcd(image.numerator, image.denominator))).toBe(true);
          const [a, b] = [value(f, at), value(g, at)];
          const found = value(image, { ...at, t });
          if (a === undefined || b === undefined || found === undefined) return;
          expect(found).toEqual(valueAt(p, { x: a, y: b, t }));
          // And the slow way, by the arithmetic of the field.
          expect(image).toEqual(bySteps(p, { x: f, y: g }));
          decided++;
        },
      ),
    );
    expect(decided).toBeGreaterThan(20);
  });

  it("decompress the law of Marchenko and Pastur", () => {
    // z ← z + (1 − 1/tau)/m, m ← tau·m takes MP(c) to MP(tau·c).
    const image = substituteFractions(parsePolynomial("c*m^2*z + m*z + c*m - m + 1"), {
      z: parseRationalFunction("z + (1 - 1/tau)/m"),
      m: parseRationalFunction("tau*m"),
    });
    expect(rationalFunctionToText(image)).toBe(
      rationalFunctionToText(parseRationalFunction("tau*(tau*c*m^2*z + m*z + tau*c*m - m + 1)")),
    );
  });

  it("cancel a denominator in part", () => {
    const image = substituteFractions(parsePolynomial("x^2 + x*y"), {
      x: parseRationalFunction("1/(s*(s + 1))"),
      y: parseRationalFunction("-1/(s*(s + 1)) + s"),
    });
    expect(rationalFunctionToText(image)).toBe("1/(s + 1)");
  });

  it("compose and invert", () => {
    const f = parseRationalFunction("(a*x + b)/(c*x + d)");
    const g = parseRationalFunction("(d*x - b)/(-c*x + a)");
    expect(composeFraction(f, { x: g })).toEqual(parseRationalFunction("x"));
    expect(() => composeFraction(parseRationalFunction("1/(x - 1)"), { x: fractions.one })).toThrow("division by zero");
    expect(() => rationalFunction(parsePolynomial("1"), parsePolynomial("0"))).toThrow("division by zero");
    expect(fractionConstant(parseRationalFunction("3/4"))).toEqual(rational(3, 4));
    expect(() => fractionConstant(parseRationalFunction("x/4"))).toThrow();
  });
});

function bySteps(p: Polynomial, values: Readonly<Record<string, RationalFunction>>): RationalFunction {
  let sum = fractions.zero;
  for (const term of p.terms) {
    let product = rationalFunction({ variables: [], terms: [{ exponents: [], coefficient: 1n }], denominator: 1n });
    product = fractions.mul(product, fractions.fromInteger(term.coefficient));
    product = fractions.div(product, fractions.fromInteger(p.denominator));
    for (const [i, name] of p.variables.entries()) {
      const base = values[name] ?? parseRationalFunction(name);
      product = fractions.mul(product, fractions.pow(base, term.exponents[i]!));
    }
    sum = fractions.add(sum, product);
  }
  return sum;
}
