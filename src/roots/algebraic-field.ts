import { type Budget, DomainError, LimitError, unlimited } from "../core/index.js";
import { type Field, powerBySquaring, QQ, type Rational, rationalToText } from "../rings/index.js";
import { type IntegerPoly, integerPoly } from "../univariate/index.js";
import {
  type AlgebraicNumber,
  affineImage,
  algebraicEquals,
  algebraicFromRational,
  compareAlgebraic,
  isRational,
  refine,
  signOf,
} from "./algebraic-number.js";
import { composedProduct, composedSum } from "./composed-polynomials.js";
import { polynomialValue } from "./real-number-field.js";
import { algebraicRoots } from "./real-roots.js";

/** The field of the real algebraic numbers with its order. */
export interface AlgebraicField extends Field<AlgebraicNumber> {
  compare(a: AlgebraicNumber, b: AlgebraicNumber): -1 | 0 | 1;
  sign(a: AlgebraicNumber): -1 | 0 | 1;
  fromRational(r: Rational): AlgebraicNumber;
}

export interface AlgebraicFieldOptions {
  /** The largest product of degrees of two operands that is worked with; 100 by default. */
  readonly largestDegree?: number;
  readonly budget?: Budget;
}

const zero = algebraicFromRational(QQ.zero);
const one = algebraicFromRational(QQ.one);

/** A closed interval with rational ends. */
type Enclosure = readonly [Rational, Rational];

/** An enclosure of relative width at most 2^-bits that does not reach 0 unless the number is 0. */
function enclose(a: AlgebraicNumber, bits: number): Enclosure {
  const { lower, upper } = refine(a, bits);
  return [lower, upper];
}

function productOf([a, b]: Enclosure, [c, d]: Enclosure): Enclosure {
  const products = [QQ.mul(a, c), QQ.mul(a, d), QQ.mul(b, c), QQ.mul(b, d)];
  return [products.reduce(QQ.min), products.reduce(QQ.max)];
}

/** The one real root of the polynomial that lies in all enclosures of a number that is known to be a root. */
function rootEnclosed(p: IntegerPoly, enclosure: (bits: number) => Enclosure, budget: Budget): AlgebraicNumber {
  let candidates = algebraicRoots(p, budget);
  for (let bits = 16; ; bits *= 2) {
    budget.spend(candidates.length * p.length, "telling algebraic numbers apart");
    if (candidates.length === 1) return candidates[0]!;
    const [lower, upper] = enclosure(bits);
    candidates = candidates
      .map((root) => refine(root, bits))
      .filter((root) => QQ.compare(root.upper, lower) >= 0 && QQ.compare(root.lower, upper) <= 0);
  }
}

/**
 * The field of real algebraic numbers. Sums and products of irrational operands come from the polynomial of all sums or products of
 * conjugates, factored over QQ, with the factor found by refining the operands; rational operands and powers cost little. Exact.
 * LimitError when the product of the degrees of two operands passes `largestDegree`: numbers that live in one field Q(alpha) are
 * better computed with there, by `realNumberField`.
 *
 * @example
 * const reals = algebraicField();
 * reals.add(sqrt2, sqrt3).minimalPolynomial // x^4 - 10x^2 + 1
 */
export function algebraicField(options: AlgebraicFieldOptions = {}): AlgebraicField {
  const largestDegree = options.largestDegree ?? 100;
  const budget = options.budget ?? unlimited;
  const allow = (a: AlgebraicNumber, b: AlgebraicNumber): void => {
    const [m, n] = [a.minimalPolynomial.length - 1, b.minimalPolynomial.length - 1];
    if (m * n > largestDegree) {
      throw new LimitError(
        `algebraic numbers of degree ${m} and ${n} may combine to one of degree ${m * n}, beyond ${largestDegree}; raise \`largestDegree\` or compute in one number field`,
      );
    }
  };
  const neg = (a: AlgebraicNumber): AlgebraicNumber => affineImage(a, QQ.neg(QQ.one), QQ.zero);
  const add = (a: AlgebraicNumber, b: AlgebraicNumber): AlgebraicNumber => {
    if (isRational(b)) return affineImage(a, QQ.one, b.lower);
    if (isRational(a)) return affineImage(b, QQ.one, a.lower);
    if (algebraicEquals(a, b)) return affineImage(a, QQ.fromInteger(2n), QQ.zero);
    const mirrored = neg(b);
    if (algebraicEquals(a, mirrored)) return zero;
    allow(a, b);
    return rootEnclosed(
      composedSum(a.minimalPolynomial, b.minimalPolynomial, budget),
      (bits) => {
        const [x, y] = [enclose(a, bits), enclose(b, bits)];
        return [QQ.add(x[0], y[0]), QQ.add(x[1], y[1])];
      },
      budget,
    );
  };
  const mul = (a: AlgebraicNumber, b: AlgebraicNumber): AlgebraicNumber => {
    if (isRational(a)) return isRational(b) ? algebraicFromRational(QQ.mul(a.lower, b.lower)) : mul(b, a);
    if (isRational(b)) return QQ.isZero(b.lower) ? zero : affineImage(a, b.lower, QQ.zero);
    if (algebraicEquals(a, b)) return pow(a, 2);
    allow(a, b);
    return rootEnclosed(
      composedProduct(a.minimalPolynomial, b.minimalPolynomial, budget),
      (bits) => productOf(enclose(a, bits), enclose(b, bits)),
      budget,
    );
  };
  const inv = (a: AlgebraicNumber): AlgebraicNumber => {
    if (isRational(a)) return algebraicFromRational(QQ.inv(a.lower));
    const { lower, upper } = refine(a, 4);
    return {
      minimalPolynomial: integerPoly.primitive(integerPoly.reverse(a.minimalPolynomial)),
      lower: QQ.inv(upper),
      upper: QQ.inv(lower),
    };
  };
  const pow = (a: AlgebraicNumber, n: number): AlgebraicNumber => {
    if (!Number.isInteger(n)) throw new DomainError(`the exponent ${n} of a power is no integer`);
    if (n < 0) return pow(inv(a), -n);
    if (n === 0) return one;
    if (n === 1) return a;
    if (isRational(a)) return algebraicFromRational(powerBySquaring(QQ.one, QQ.mul, a.lower, n));
    return polynomialValue([...new Array<bigint>(n).fill(0n), 1n], a, budget);
  };
  return {
    name: "real algebraic numbers",
    zero,
    one,
    add,
    sub: (a, b) => add(a, neg(b)),
    mul,
    neg,
    inv,
    div: (a, b) => mul(a, inv(b)),
    pow,
    equals: algebraicEquals,
    isZero: (a) => isRational(a) && QQ.isZero(a.lower),
    fromInteger: (n) => algebraicFromRational(QQ.fromInteger(n)),
    fromRational: algebraicFromRational,
    toText: (a) => algebraicToText(a),
    compare: compareAlgebraic,
    sign: signOf,
  };
}

/** A text that tells the number: `3/2`, or `root 2 of x^2 - 2` for the second real root in ascending order. Exact. */
export function algebraicToText(a: AlgebraicNumber): string {
  if (isRational(a)) return rationalToText(a.lower);
  const roots = algebraicRoots(a.minimalPolynomial);
  const index = roots.findIndex((root) => algebraicEquals(root, a));
  return `root ${index + 1} of ${integerPoly.toText(a.minimalPolynomial)}`;
}
