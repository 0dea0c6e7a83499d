import fc from "fast-check";
import {
  add,
  constant,
  degree,
  determinant,
  discriminant,
  gcd,
  isZero,
  leadingCoefficient,
  monomial,
  multiply,
  negate,
  onePolynomial,
  type Polynomial,
  parsePolynomial,
  power,
  primitive,
  resultant,
  resultantByInterpolation,
  resultantBySubresultants,
  resultantBySylvester,
  scale,
  substitute,
  subtract,
  sylvesterMatrix,
  toText,
  variable,
  zeroPolynomial,
} from "freecurve/poly";
import { describe, expect, it } from "vitest";
import {
  polynomialWithRepeatedFactors,
  polynomialWithVanishingLead,
  sparsePolynomial,
} from "../../property-tests/polynomials.js";
import { QQ, rational } from "../../src/rings/index.js";

const read = parsePolynomial;
const x = variable("x");

/** c·∏ (x − root). */
function fromRoots(c: Polynomial, roots: readonly Polynomial[]): Polynomial {
  return roots.reduce((p, root) => multiply(p, subtract(x, root)), c);
}

describe("the resultant", () => {
  it("is the same by every algorithm", () => {
    let decided = 0;
    let vanishing = 0;
    const families = [
      polynomialWithVanishingLead("x", "y"),
      polynomialWithRepeatedFactors(["x", "y"]),
      sparsePolynomial(["x", "y", "z"], 2, 4),
      sparsePolynomial(["x"], 6, 5),
    ];
    for (const family of families) {
      fc.assert(
        fc.property(family, family, (p, q) => {
          const expected = resultantBySylvester(p, q, "x");
          expect(toText(resultantBySubresultants(p, q, "x"))).toBe(toText(expected));
          expect(toText(resultant(p, q, "x"))).toBe(toText(expected));
          if (degree(p, "x") > 0 && degree(q, "x") > 0) {
            expect(toText(resultantByInterpolation(p, q, "x"))).toBe(toText(expected));
            decided++;
            if (isZero(expected)) vanishing++;
          }
        }),
        { numRuns: 45 },
      );
    }
    expect(decided).toBeGreaterThan(40);
    expect(vanishing).toBeGreaterThan(2);
  });

  it("is the product of the differences of the roots", () => {
    const root = sparsePolynomial(["y"], 2, 2);
    const roots = fc.array(root, { maxLength: 4 });
    let common = 0;
    fc.assert(
      fc.property(root, root, roots, roots, fc.boolean(), (a, b, first, second, share) => {
        fc.pre(!isZero(a) && !isZero(b));
        const others = share && first.length > 0 ? [...second, first[0]!] : second;
        let expected = multiply(power(a, others.length), power(b, first.length));
        for (const r of first) for (const s of others) expected = multiply(expected, subtract(r, s));
        expect(resultant(fromRoots(a, first), fromRoots(b, others), "x")).toEqual(expected);
        if (isZero(expected)) common++;
      }),
    );
    expect(common).toBeGreaterThan(10);
  });

  it("is multiplicative, antisymmetric, and zero exactly for a common factor", () => {
    const family = polynomialWithRepeatedFactors(["x", "y"]);
    let zeros = 0;
    fc.assert(
      fc.property(family, family, family, (p, q, r) => {
        fc.pre(!isZero(p) && !isZero(q) && !isZero(r));
        const product = resultant(p, multiply(q, r), "x");
        expect(product).toEqual(multiply(resultant(p, q, "x"), resultant(p, r, "x")));
        const swapped = resultant(q, p, "x");
        const odd = (degree(p, "x") * degree(q, "x")) % 2 === 1;
        expect(resultant(p, q, "x")).toEqual(odd ? negate(swapped) : swapped);
        expect(isZero(product)).toBe(degree(gcd(p, multiply(q, r)), "x") > 0);
        if (isZero(product)) zeros++;
      }),
      { numRuns: 50 },
    );
    expect(zeros).toBeGreaterThan(3);
  });

  it("commutes with a specialisation that keeps the degrees", () => {
    const family = polynomialWithVanishingLead("x", "y");
    fc.assert(
      fc.property(family, family, fc.integer({ min: 5, max: 30 }), (p, q, value) => {
        const at = (f: Polynomial): Polynomial => substitute(f, { y: constant(value) });
        fc.pre(degree(at(p), "x") === degree(p, "x") && degree(at(q), "x") === degree(q, "x"));
        expect(at(resultant(p, q, "x"))).toEqual(resultantBySylvester(at(p), at(q), "x"));
      }),
    );
  });

  it("has the agreed values at the border", () => {
    const p = read("a*x^2 + b");
    expect(resultant(zeroPolynomial, p, "x")).toEqual(zeroPolynomial);
    expect(resultant(p, read("y"), "x")).toEqual(read("y^2"));
    expect(resultant(read("y"), p, "x")).toEqual(read("y^2"));
    expect(resultant(read("y"), read("z"), "x")).toEqual(onePolynomial);
    expect(toText(resultant(read("x^2 - y"), read("x - 3"), "x"))).toBe("-y + 9");
    expect(resultant(read("y*x^3 + y"), read("y^5*x^2 + y^5"), "x")).toEqual(
      multiply(read("y^2*y^15"), resultantBySylvester(read("x^3 + 1"), read("x^2 + 1"), "x")),
    );
  });

  it("is computed for high degrees, and refused for absurd ones", () => {
    // Res(x^m − y, x^n − 1) is the product over the n-th roots of unity, (1 − y^(n/g))^g up to sign with g = gcd(m, n).
    expect(resultant(read("x^100 - y"), read("x^60 - 1"), "x")).toEqual(power(read("y^3 - 1"), 20));
    expect(() => resultant(read("x^9000 + 3*x + 1"), read("x^8000 - 7*x^2 + 5"), "x")).toThrow("work limit");
  });

  it("is the determinant of the Sylvester matrix also by the formula of Leibniz", () => {
    const matrix = sylvesterMatrix(read("a*x^2 + b*x + c"), read("d*x^2 + e*x + f"), "x");
    let sum = zeroPolynomial;
    const permute = (row: number, free: readonly number[], product: Polynomial, sign: number): void => {
      if (row === matrix.length) {
        sum = add(sum, scale(product, rational(sign)));
        return;
      }
      for (const [i, column] of free.entries()) {
        permute(row + 1, free.toSpliced(i, 1), multiply(product, matrix[row]![column]!), i % 2 === 0 ? sign : -sign);
      }
    };
    permute(0, [0, 1, 2, 3], onePolynomial, 1);
    expect(determinant(matrix)).toEqual(sum);
    expect(determinant([])).toEqual(onePolynomial);
  });
});

describe("the discriminant", () => {
  it("has the classical closed forms", () => {
    const cases: [string, string][] = [
      ["a*x + b", "1"],
      ["a*x^2 + b*x + c", "b^2 - 4*a*c"],
      ["a*x^3 + b*x^2 + c*x + d", "b^2*c^2 - 4*a*c^3 - 4*b^3*d - 27*a^2*d^2 + 18*a*b*c*d"],
      ["x^4 + p*x^2 + q*x + r", "16*p^4*r - 4*p^3*q^2 - 128*p^2*r^2 + 144*p*q^2*r - 27*q^4 + 256*r^3"],
      ["x^2/2 + x + 1/3", "1/3"],
      ["(x - y)^2*(x + 1)", "0"],
    ];
    for (const [p, expected] of cases) expect(discriminant(read(p), "x")).toEqual(read(expected));
    // Marchenko–Pastur: the edges (1 ± √c)².
    expect(discriminant(read("c*m^2*z + m*z + c*m - m + 1"), "m")).toEqual(read("(z - 1 - c)^2 - 4*c"));
    expect(() => discriminant(read("y + 1"), "x")).toThrow("needs a polynomial in which x occurs");
  });

  it("of a trinomial x^n + a*x + b is known for every n [Gelfand, Kapranov, Zelevinsky, ch. 12, (1.38)]", () => {
    for (let n = 2; n <= 9; n++) {
      const inner = add(
        scale(monomial("b", n - 1), QQ.fromInteger(BigInt(n) ** BigInt(n))),
        scale(monomial("a", n), QQ.fromInteger((-1n) ** BigInt(n - 1) * BigInt(n - 1) ** BigInt(n - 1))),
      );
      const expected = (n * (n - 1)) % 4 === 0 ? inner : negate(inner);
      expect(discriminant(add(monomial("x", n), read("a*x + b")), "x")).toEqual(expected);
    }
  });

  it("of the Chebyshev polynomials is 2^((n-1)^2) n^n [Szegő, Orthogonal polynomials, 6.71]", () => {
    let [previous, current] = [onePolynomial, x];
    for (let n = 1; n <= 12; n++) {
      expect(discriminant(current, "x")).toEqual(constant(2n ** BigInt((n - 1) ** 2) * BigInt(n) ** BigInt(n)));
      [previous, current] = [current, subtract(scale(multiply(x, current), rational(2)), previous)];
    }
  });

  it("is the product of the squared differences of the roots", () => {
    const root = sparsePolynomial(["y"], 1, 2);
    fc.assert(
      fc.property(root, fc.array(root, { minLength: 1, maxLength: 4 }), (a, roots) => {
        fc.pre(!isZero(a));
        let expected = power(a, 2 * roots.length - 2);
        for (const [i, r] of roots.entries()) {
          for (const s of roots.slice(i + 1)) expected = multiply(expected, power(subtract(r, s), 2));
        }
        expect(discriminant(fromRoots(a, roots), "x")).toEqual(expected);
      }),
    );
  });

  it("obeys disc(p·q) = disc(p)·disc(q)·Res(p, q)²", () => {
    const family = polynomialWithVanishingLead("x", "y");
    let decided = 0;
    fc.assert(
      fc.property(family, family, (p, q) => {
        fc.pre(degree(p, "x") > 0 && degree(q, "x") > 0);
        const left = discriminant(multiply(p, q), "x");
        const right = multiply(multiply(discriminant(p, "x"), discriminant(q, "x")), power(resultant(p, q, "x"), 2));
        expect(left).toEqual(right);
        decided++;
      }),
      { numRuns: 20 },
    );
    expect(decided).toBe(20);
  });

  it("of a large curve is right at single points", () => {
    // Degrees (4, 6) in (z, m) and coefficients of 60 bits, made by a linear congruence.
    let state = 88172645463325252n;
    const next = (): bigint => {
      state = (state * 6364136223846793005n + 1442695040888963407n) % (1n << 64n);
      return (state >> 4n) - (1n << 59n);
    };
    let p = zeroPolynomial;
    for (let i = 0; i <= 6; i++) {
      for (let j = 0; j <= 4; j++) p = add(p, multiply(constant(next()), multiply(monomial("m", i), monomial("z", j))));
    }
    const found = discriminant(p, "m");
    for (const value of [0, 1, -7]) {
      const image = substitute(p, { z: constant(value) });
      // The derivative as the coefficient of h in p(m + h), so that only the determinant is shared.
      const derivative = coefficientOfH(substitute(image, { m: add(variable("m"), variable("h")) }));
      const res = resultantBySylvester(image, derivative, "m");
      const expected = negate(multiply(res, constant(QQ.inv(valueOfConstant(leadingCoefficient(image, "m"))))));
      expect(substitute(found, { z: constant(value) })).toEqual(expected);
    }
    expect(degree(found, "z")).toBe(40);
    expect(primitive(found).terms.length).toBe(41);
  });
});

function coefficientOfH(p: Polynomial): Polynomial {
  const i = p.variables.indexOf("h");
  const terms = p.terms.filter((t) => t.exponents[i] === 1);
  return substitute({ variables: p.variables, terms, denominator: p.denominator }, { h: onePolynomial });
}

function valueOfConstant(p: Polynomial): { num: bigint; den: bigint } {
  return { num: p.terms[0]!.coefficient, den: p.denominator };
}
