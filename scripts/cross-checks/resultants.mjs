// Resultants, discriminants and subresultants: every named algorithm on the same random polynomials.
import { randomPolynomial } from "../random-polynomials.mjs";

export default async (load) => {
  const poly = await load("poly");
  const { degree, equals, isZero, toText } = poly;
  const make = (random, names, degrees, terms) => randomPolynomial(poly, random, names, degrees, terms);
  /** One or two polynomials in x and up to three other variables, often with a common or repeated factor. */
  const instance = (random) => {
    const names = ["x", "y", "z", "t"].slice(0, random.integer(1, 4));
    const highest = [0, 4, 2, 1, 1][names.length];
    const p = make(random, names, highest, 4);
    const q = make(random, names, highest, 4);
    if (random.integer(0, 5) > 0) return [p, q];
    const shared = make(random, names, 1, 3);
    return [poly.multiply(p, shared), poly.multiply(q, shared)];
  };
  const compare = (inputs, results) => {
    const [[, expected], ...others] = Object.entries(results);
    const wrong = others.filter(([, value]) => !equals(value, expected));
    if (wrong.length === 0) return true;
    const texts = Object.entries(results).map(([name, value]) => `${name} gives ${toText(value)}`);
    return `${inputs.map(toText).join(" and ")}: ${texts.join("; ")}`;
  };

  return [
    {
      name: "resultants",
      share: 4,
      check(random) {
        const [p, q] = instance(random);
        if (degree(p, "x") < 1 || degree(q, "x") < 1) return undefined;
        // The determinant of the Sylvester matrix is slow: it takes part when it is small.
        const small = degree(p, "x") + degree(q, "x") < 5;
        return compare([p, q], {
          ...(small ? { resultantBySylvester: poly.resultantBySylvester(p, q, "x") } : {}),
          resultantByBezout: poly.resultantByBezout(p, q, "x"),
          resultantBySubresultants: poly.resultantBySubresultants(p, q, "x"),
          resultantByInterpolation: poly.resultantByInterpolation(p, q, "x"),
          resultant: poly.resultant(p, q, "x"),
        });
      },
    },
    {
      name: "discriminants",
      share: 3,
      check(random) {
        const [p] = instance(random);
        if (degree(p, "x") < 1) return undefined;
        const { unit, factors, rest } = poly.discriminantParts(p, "x");
        const parts = factors.reduce((d, f) => poly.multiply(d, poly.power(f.factor, f.multiplicity)), rest);
        return compare([p], {
          discriminantBySubresultants: poly.discriminantBySubresultants(p, "x"),
          discriminant: poly.discriminant(p, "x"),
          discriminantByInterpolation: poly.discriminantByInterpolation(p, "x"),
          discriminantParts: poly.scale(parts, unit),
        });
      },
    },
    {
      name: "subresultants",
      share: 1,
      check(random) {
        const [p, q] = instance(random);
        const m = degree(p, "x");
        const n = degree(q, "x");
        if (m < 1 || n < 1) return undefined;
        // The definition, entry by entry, as determinants of polynomials.
        const a = poly.coefficients(p, "x");
        const b = poly.coefficients(q, "x");
        const chain = poly.subresultants(p, q, "x");
        for (let j = 0; j < Math.min(m, n); j++) {
          const size = m + n - 2 * j;
          const row = (list, shift, last) =>
            Array.from({ length: size }, (_, column) => {
              const power = column === size - 1 ? last : m + n - j - 1 - column;
              return list[power - shift] ?? poly.zeroPolynomial;
            });
          const entries = Array.from({ length: j + 1 }, (_, i) =>
            poly.determinant([
              ...Array.from({ length: n - j }, (__, k) => row(a, n - j - 1 - k, i)),
              ...Array.from({ length: m - j }, (__, k) => row(b, m - j - 1 - k, i)),
            ]),
          );
          const expected = poly.fromCoefficients(entries, "x");
          if (!equals(chain[j], expected)) {
            return `subresultant ${j} of ${toText(p)} and ${toText(q)} is ${toText(chain[j])}, by definition ${toText(expected)}`;
          }
        }
        return chain.length === Math.min(m, n) && (m + n === 0 || !isZero(p)) ? true : "wrong length";
      },
    },
  ];
};
