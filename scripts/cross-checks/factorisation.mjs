// Common divisors and factorisations: against Euclid's algorithm, Kronecker's substitution and Kronecker's search for divisors.
import { randomPolynomial } from "../random-polynomials.mjs";

export default async (load) => {
  const poly = await load("poly");
  const { factorByKronecker } = await load("factor");
  const { LimitError } = await load("core");
  const { degree, equals, isConstant, isZero, multiply, primitive, toText } = poly;

  const productOf = ({ unit, factors }) =>
    factors.reduce((p, f) => multiply(p, poly.power(f.factor, f.multiplicity)), poly.constant(unit));

  /** The gcd by the primitive remainder sequence, variable after variable. */
  const euclid = (p, q) => {
    if (isZero(p)) return primitive(q);
    if (isZero(q)) return primitive(p);
    const v = [...p.variables, ...q.variables][0];
    if (v === undefined) return poly.onePolynomial;
    const contentOf = (f) => poly.coefficients(f, v).reduce(euclid, poly.zeroPolynomial);
    const [contentP, contentQ] = [contentOf(p), contentOf(q)];
    let [a, b] = [poly.divideExact(p, contentP), poly.divideExact(q, contentQ)];
    if (degree(a, v) < degree(b, v)) [a, b] = [b, a];
    while (!isZero(b)) {
      if (degree(b, v) === 0) {
        a = poly.onePolynomial;
        break;
      }
      let rest = a;
      const lead = poly.leadingCoefficient(b, v);
      while (!isZero(rest) && degree(rest, v) >= degree(b, v)) {
        const step = multiply(poly.leadingCoefficient(rest, v), poly.monomial(v, degree(rest, v) - degree(b, v)));
        rest = poly.subtract(multiply(rest, lead), multiply(step, b));
      }
      [a, b] = [b, isZero(rest) ? rest : primitive(poly.divideExact(rest, contentOf(rest)))];
    }
    return primitive(multiply(a, euclid(contentP, contentQ)));
  };

  /** Whether an integer polynomial of degree n has no divisor of degree 1 … n/2: Kronecker's search through divisors of its values. */
  const hasNoDivisor = (f) => {
    const Z = poly.integerPoly;
    const points = [0n, 1n, -1n, 2n, -2n, 3n].slice(0, Math.floor((f.length - 1) / 2) + 1);
    const values = points.map((x) => Z.evaluateHomogeneous(f, x, 1n));
    if (values.includes(0n)) return f.length === 2;
    const divisors = values.map((value, k) => {
      const size = value < 0n ? -value : value;
      const list = [];
      for (let d = 1n; d * d <= size; d++) if (size % d === 0n) list.push(d, size / d);
      const distinct = [...new Set(list)];
      return k === 0 ? distinct : distinct.flatMap((d) => [d, -d]);
    });
    if (divisors.reduce((n, list) => n * list.length, 1) > 20_000) return undefined;
    for (let d = 1; 2 * d <= f.length - 1; d++) {
      const search = (chosen) => {
        if (chosen.length <= d) return divisors[chosen.length].some((value) => search([...chosen, value]));
        const g = lagrange(points.slice(0, d + 1), chosen);
        return g !== undefined && g.length === d + 1 && Z.divideExact(f, Z.primitive(g)) !== undefined;
      };
      if (search([])) return false;
    }
    return true;
  };
  /** A multiple of the interpolating polynomial with integer coefficients. */
  const lagrange = (points, values) => {
    const Z = poly.integerPoly;
    const weights = points.map((x, i) => points.reduce((w, y, j) => (i === j ? w : w * (x - y)), 1n));
    const common = weights.reduce((a, b) => a * b, 1n);
    let sum = [];
    for (const [i, value] of values.entries()) {
      let term = [value * (common / weights[i])];
      for (const [j, y] of points.entries()) if (i !== j) term = Z.mul(term, [-y, 1n]);
      sum = Z.add(sum, term);
    }
    return Z.trim(sum);
  };

  return [
    {
      name: "gcd",
      share: 4,
      check(random) {
        const names = ["x", "y", "z", "t"].slice(0, random.integer(1, 4));
        const highest = [0, 5, 2, 1, 1][names.length];
        const [a, b, g] = [0, 1, 2].map(() => randomPolynomial(poly, random, names, highest, 3));
        const [p, q] = random.integer(0, 3) === 0 ? [a, b] : [multiply(a, g), multiply(b, g)];
        const [mine, theirs] = [poly.gcd(p, q), euclid(p, q)];
        return (
          equals(mine, theirs) || `gcd of ${toText(p)} and ${toText(q)}: ${toText(mine)}, by Euclid ${toText(theirs)}`
        );
      },
    },
    {
      name: "factorisation",
      share: 3,
      check(random) {
        const names = ["x", "y", "z"].slice(0, random.integer(2, 3));
        const parts = Array.from({ length: random.integer(1, 3) }, () => randomPolynomial(poly, random, names, 2, 3));
        let p = parts.reduce(multiply, poly.constant(1));
        // A norm from a quadratic field, which factors only over the field or, for a square, at once.
        if (random.integer(0, 2) === 0) {
          const [a, b] = [0, 1].map(() => randomPolynomial(poly, random, names, 1, 3));
          const square = multiply(poly.constant([2n, 3n, -1n, 4n][random.integer(0, 3)]), multiply(b, b));
          p = multiply(p, poly.subtract(multiply(a, a), square));
        }
        if (isZero(p) || isConstant(p)) return undefined;
        const result = poly.factor(p);
        if (!equals(productOf(result), p)) return `${toText(p)}: the factors do not multiply to it`;
        let decided = false;
        for (const { factor } of result.factors) {
          if (factor.variables.length < 2) continue;
          try {
            const pieces = factorByKronecker(factor);
            if (pieces.length !== 1) return `${toText(p)}: ${toText(factor)} is a product by Kronecker's substitution`;
            decided = true;
          } catch (error) {
            if (!(error instanceof LimitError)) throw error;
          }
        }
        return decided ? true : undefined;
      },
    },
    {
      name: "integer-factorisation",
      share: 3,
      check(random) {
        const Z = poly.integerPoly;
        const part = () => Z.trim(Array.from({ length: random.integer(2, 4) }, () => BigInt(random.integer(-9, 9))));
        const parts = Array.from({ length: random.integer(1, 4) }, part);
        const p = parts.reduce(Z.mul, [1n]);
        if (p.length < 2) return undefined;
        const { unit, factors } = Z.factor(p);
        const product = factors.reduce((q, f) => Z.mul(q, Z.pow(f.factor, f.multiplicity)), [unit]);
        if (!Z.equals(product, p)) return `${Z.toText(p)}: the factors do not multiply to it`;
        let decided = false;
        for (const { factor } of factors) {
          if (factor.length > 12) continue;
          const irreducible = hasNoDivisor(factor);
          if (irreducible === false) return `${Z.toText(p)}: ${Z.toText(factor)} has a divisor`;
          decided ||= irreducible === true;
        }
        return decided ? true : undefined;
      },
    },
  ];
};
