import { type Budget, DomainError, InternalError, seededRandom, unlimited } from "../core/index.js";
import { multiplyModulo, QQ, type Rational, reduceModulo, wordPrime } from "../rings/index.js";
import {
  constant,
  degree,
  fromIntegerPoly,
  isConstant,
  isZero,
  leadingCoefficient,
  type Polynomial,
  substitute,
  toIntegerPoly,
  toText,
  totalDegree,
} from "../sparse/index.js";
import {
  countFactors,
  distinctDegreeFactors,
  type IntegerPoly,
  integerPoly,
  isSquareFreeModulo,
  lightPrime,
  monicResidues,
} from "../univariate/index.js";
import type { ImagedPolynomial } from "./factor-images.js";
import { factorsFromImage } from "./factor-reconstruction.js";
import { boundNumberOfFactors } from "./factor-screening.js";
import { imageAt, reduceTerms, termTable } from "./residue-terms.js";
import { type PolynomialPower, splitSquareFree } from "./square-free.js";

/** The factorisation unit · ∏ factor^multiplicity into irreducible factors. */
export interface Factorization {
  readonly unit: Rational;
  readonly factors: readonly PolynomialPower[];
}

/** Integer points that are looked at modulo a prime, and how many of them are factored over ZZ. */
const pointsScreened = 5;
const pointsFactored = 3;

/**
 * The factorisation over QQ into irreducible polynomials, primitive with the canonical sign, sorted by total degree, then by
 * number of terms and text. Exact, and each factor proved irreducible; `DomainError` for 0, `LimitError` when the budget is
 * spent.
 *
 * Monomials, contents and square-free parts are split off. One variable: see `integerPoly.factor`. Several: most irreducible
 * polynomials are proved so by images modulo primes; else the factors of an image at an integer point are put
 * together and carried over (`factorsFromImage`), as in von zur Gathen & Gerhard, Modern Computer Algebra, 15–16, with linear
 * algebra in the place of a search.
 *
 * @example
 * factor(parsePolynomial("2*x^2*y - 2*y^3")) // 2 · y · (x + y) · (x − y)
 */
export function factor(p: Polynomial, budget: Budget = unlimited): Factorization {
  if (isZero(p)) throw new DomainError("the zero polynomial has no factorisation");
  const found: PolynomialPower[] = [];
  for (const part of splitSquareFree(p, budget)) {
    for (const irreducible of factorPrimitive(part.factor, budget)) {
      found.push({ factor: irreducible, multiplicity: part.multiplicity });
    }
  }
  const factors = found.sort((a, b) => compareFactors(a.factor, b.factor));
  return { unit: unitOf(p, factors), factors };
}

/**
 * Whether p is irreducible over QQ: not constant, and not a product of two polynomials that are not. `LimitError` when the budget is spent.
 * Exact.
 */
export function isIrreducible(p: Polynomial, budget: Budget = unlimited): boolean {
  if (isConstant(p)) return false;
  const { factors } = factor(p, budget);
  return factors.length === 1 && factors[0]!.multiplicity === 1;
}

function compareFactors(a: Polynomial, b: Polynomial): number {
  const first = totalDegree(a) - totalDegree(b) || a.terms.length - b.terms.length;
  if (first !== 0) return first;
  return toText(a) < toText(b) ? -1 : 1;
}

/**
 * The quotient of the leading coefficients (the order of terms is lexicographic, so leading terms multiply); `InternalError`
 * when the product has another degree or another value modulo a prime.
 */
function unitOf(p: Polynomial, factors: readonly PolynomialPower[]): Rational {
  let lead = 1n;
  for (const { factor: f, multiplicity } of factors) lead *= f.terms[0]!.coefficient ** BigInt(multiplicity);
  const unit = QQ.fromRatio(p.terms[0]!.coefficient, lead * p.denominator);
  const prime = wordPrime(0);
  const random = seededRandom(p.terms.length);
  const point = new Map(p.variables.map((name) => [name, random.integer(1, prime - 1)]));
  const times = (a: number, b: number): number => multiplyModulo(a, b, prime, 1 / prime);
  const raise = (a: number, n: number): number => {
    let result = 1;
    for (let k = 0; k < n; k++) result = times(result, a);
    return result;
  };
  const value = (q: Polynomial): number => {
    const main = q.variables[0] ?? "";
    const axes = q.variables.slice(1);
    const image = imageAt(
      reduceTerms(termTable(q, main, axes), prime),
      axes.map((name) => point.get(name)!),
    );
    let sum = 0;
    for (let k = image.length - 1; k >= 0; k--) sum = (times(sum, point.get(main) ?? 0) + image[k]!) % prime;
    return sum;
  };
  const product = factors.reduce((v, f) => times(v, raise(value(f.factor), f.multiplicity)), 1);
  const expected = times(value(p), reduceModulo(unit.den * p.denominator, prime));
  const obtained = times(product, reduceModulo(unit.num * p.denominator * p.denominator, prime));
  const degrees = p.variables.every(
    (name) =>
      degree(p, name) === factors.reduce((sum, f) => sum + Math.max(0, degree(f.factor, name)) * f.multiplicity, 0),
  );
  if (!degrees || expected !== obtained) throw new InternalError("the factors do not multiply to the polynomial");
  return unit;
}

/** The irreducible factors of a square-free polynomial that is primitive with respect to each of its variables. */
function factorPrimitive(p: Polynomial, budget: Budget): Polynomial[] {
  if (p.variables.length === 1) {
    const v = p.variables[0]!;
    return integerPoly.factor(toIntegerPoly(p, v), budget).factors.map((f) => fromIntegerPoly(f.factor, v));
  }
  if (p.variables.some((name) => degree(p, name) === 1)) return [p];
  const main = mainVariable(p);
  const axes = p.variables.filter((name) => name !== main).sort((a, b) => degree(p, b) - degree(p, a));
  const table = termTable(p, main, axes);
  const random = seededRandom(p.terms.length);
  const bound = boundNumberOfFactors(table, random, budget);
  if (bound === 1) return [p];
  const image = bestImage({ polynomial: p, main, axes, table }, bound, budget);
  return image.factors.length === 1 ? [p] : factorsFromImage(image, image.factors.length > bound, random, budget);
}

/** The variable of lowest degree; among these the one with the simplest leading coefficient. */
function mainVariable(p: Polynomial): string {
  const cost = new Map(p.variables.map((name) => [name, leadingCoefficient(p, name).terms.length]));
  return [...p.variables].sort((a, b) => degree(p, a) - degree(p, b) || cost.get(a)! - cost.get(b)!)[0]!;
}

/**
 * An integer point of the axes at which the degree in the main variable is kept and the image is square-free, with the factors
 * of the image over ZZ: of the points with the fewest factors modulo a prime, the one with the fewest over ZZ. `bound` is the largest
 * number of factors that the polynomial itself can have.
 */
function bestImage(
  source: Omit<ImagedPolynomial, "point" | "factors">,
  bound: number,
  budget: Budget,
): ImagedPolynomial {
  const { polynomial, main, axes, table } = source;
  const random = seededRandom(polynomial.terms.length + 1);
  const candidates: { point: number[]; image: IntegerPoly; count: number }[] = [];
  for (let attempt = 0; candidates.length < pointsScreened; attempt++) {
    budget.spend(table.degree, "looking for a point with few factors");
    const size = 1 + Math.floor(attempt / 3);
    const point = axes.map(() => random.integer(-size, size));
    if (candidates.some((c) => c.point.join() === point.join())) continue;
    const prime = lightPrime(attempt % 64);
    const residues = imageAt(
      reduceTerms(table, prime),
      point.map((x) => (x < 0 ? x + prime : x)),
    );
    if (residues[table.degree] === 0 || !isSquareFreeModulo(residues, prime)) continue;
    const count = countFactors(distinctDegreeFactors(monicResidues(residues, prime), prime, budget));
    const values = Object.fromEntries(axes.map((name, j) => [name, constant(point[j]!)]));
    candidates.push({ point, image: toIntegerPoly(substitute(polynomial, values), main), count });
  }
  candidates.sort((a, b) => a.count - b.count);
  let best: ImagedPolynomial | undefined;
  for (const { point, image } of candidates.slice(0, pointsFactored)) {
    const factors = integerPoly.factor(image, budget).factors.map((f) => f.factor);
    if (best === undefined || factors.length < best.factors.length) best = { ...source, point, factors };
    if (best.factors.length <= Math.max(2, bound)) break;
  }
  return best!;
}
