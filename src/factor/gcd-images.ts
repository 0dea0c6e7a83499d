import { type Budget, InternalError, type Random, seededRandom } from "../core/index.js";
import {
  absorbResidues,
  type ChineseRemainders,
  type EvaluationPlan,
  evaluationPlan,
  gcdModulo,
  interpolateGrid,
  visitGrid,
} from "../modular/index.js";
import { multiplyModulo, wordPrime } from "../rings/index.js";
import {
  degree,
  divideExact,
  onePolynomial,
  type Polynomial,
  polynomialFromTerms,
  type Term,
} from "../sparse/index.js";
import { gcdResidues, scaleResidues, trimResidues } from "../univariate/index.js";
import { imageAt, reduceTerms, termTable } from "./residue-terms.js";
import { coefficientsOf, type ImageOracle, interpolateSparse, type Skeleton } from "./sparse-interpolation.js";

/** Two polynomials with integer coefficients in the same variables, primitive with respect to `main`. */
export interface GcdProblem {
  readonly p: Polynomial;
  readonly q: Polynomial;
  readonly main: string;
  /** A common divisor of their leading coefficients that the leading coefficient of the gcd divides. */
  readonly lead: Polynomial;
  /** Upper bounds of the degrees of the gcd, in the order of the variables of p. */
  readonly bounds: readonly number[];
}

/** From so many points of a dense grid on, sparse interpolation is used. */
const largestDenseGrid = 5000;
const seed = 20_240_302;

/** What one prime says: the coefficients of lead/lead(g)·g on a support; "smaller" when the degree was too large so far. */
type PrimeImage = { readonly values: Float64Array; readonly support: Support } | "smaller" | undefined;

/** Turns coefficients into a polynomial. */
interface Support {
  readonly terms: (values: readonly bigint[]) => Term[];
}

/**
 * The gcd by images modulo primes at points of all variables but one, scaled to a multiple of the leading coefficient,
 * interpolated, lifted with the Chinese remainder theorem until they stay, and then tried by division: on a grid [Brown,
 * J. ACM 18 (1971) 478–504], or with sparse interpolation when the grid would be large [Zippel 1979].
 *
 * Right, because no image has a degree below that of the gcd in `main`, so that a primitive common divisor of the degree of
 * the images is the gcd. A point or prime that does not lift makes the degree too large, and is thrown away; one that
 * shows a smaller degree starts everything anew.
 */
export function gcdByImages(
  problem: GcdProblem,
  primitivePart: (multiple: Polynomial) => Polynomial,
  budget: Budget,
): Polynomial {
  const { p, q, main, lead, bounds } = problem;
  const axes = p.variables.filter((name) => name !== main);
  const counts = axes.map((name) => bounds[p.variables.indexOf(name)]! + Math.max(0, degree(lead, name)) + 1);
  const points = counts.reduce((n, c) => n * c, 1);
  const random = seededRandom(seed);
  const state = { expected: bounds[p.variables.indexOf(main)]! };
  const source = points > largestDenseGrid ? sparseImages : denseImages;
  const imageModulo = source(problem, axes, counts, state, random, budget);
  let remainders: ChineseRemainders = { values: [], modulus: 1n };
  let support: Support | undefined;
  for (let k = 0; k < 20_000; k++) {
    if (state.expected === 0) return onePolynomial;
    budget.spend(1, "taking a common divisor modulo primes");
    const image = imageModulo(wordPrime(k));
    if (image === undefined) continue;
    if (image === "smaller" || image.support !== support) {
      remainders = { values: [], modulus: 1n };
      support = image === "smaller" ? undefined : image.support;
    }
    if (image === "smaller" || !absorbResidues(remainders, image.values, wordPrime(k))) continue;
    const multiple = polynomialFromTerms([main, ...axes], image.support.terms(remainders.values));
    const candidate = primitivePart(multiple);
    if (divideExact(p, candidate) !== undefined && divideExact(q, candidate) !== undefined) return candidate;
    imageModulo(0);
  }
  throw new InternalError("the modular gcd ran out of primes");
}

/** Images for one prime after the other; called with 0, it forgets what it guessed, because it was wrong. */
type ImageSource = (
  problem: GcdProblem,
  axes: readonly string[],
  counts: readonly number[],
  state: { expected: number },
  random: Random,
  budget: Budget,
) => (prime: number) => PrimeImage;

const denseImages: ImageSource = ({ p, q, main, lead }, axes, counts, state, random, budget) => {
  const plans: readonly EvaluationPlan[] = [p, q, lead].map((f) => evaluationPlan(f, main, axes));
  const points = counts.reduce((n, c) => n * c, 1);
  let support: Support | undefined;
  return (prime) => {
    if (prime === 0) return undefined;
    budget.spend(points, "taking a common divisor modulo primes");
    const { expected } = state;
    const grid = counts.map((count) => distinctPoints(count, prime, random));
    const width = expected + 1;
    const values = new Float64Array(points * width);
    let found = expected;
    const complete = visitGrid(plans, grid, prime, (index, [a, b, c]) => {
      const factor = c![0]!;
      if (factor === 0) return false;
      const g = gcdModulo(a!, b!, prime);
      found = g.length - 1;
      if (found !== expected) return false;
      for (let k = 0; k < width; k++) values[index * width + k] = multiplyModulo(g[k]!, factor, prime, 1 / prime);
      return true;
    });
    if (!complete) {
      if (found >= expected) return undefined;
      state.expected = found;
      support = undefined;
      return "smaller";
    }
    interpolateGrid(values, width, grid, prime);
    support ??= { terms: (list) => termsOfBox(list, [width, ...counts]) };
    return { values, support };
  };
};

const sparseImages: ImageSource = ({ p, q, main, lead }, axes, counts, state, random, budget) => {
  const tables = [p, q, lead].map((f) => termTable(f, main, axes));
  let known: { readonly skeleton: Skeleton; readonly support: Support } | undefined;
  return (prime) => {
    if (prime === 0) {
      known = undefined;
      return undefined;
    }
    const terms = tables.map((table) => reduceTerms(table, prime));
    const { expected } = state;
    let lowest = expected;
    const oracle: ImageOracle = (point) => {
      const factor = imageAt(terms[2]!, point)[0]!;
      if (factor === 0 || lowest < expected) return undefined;
      const [a, b] = [imageAt(terms[0]!, point), imageAt(terms[1]!, point)];
      const g = gcdResidues(trimResidues(a), trimResidues(b), prime);
      lowest = Math.min(lowest, g.length - 1);
      return g.length - 1 === expected ? scaleResidues(g, factor, prime) : undefined;
    };
    let values: Float64Array | undefined;
    if (known === undefined) {
      const degrees = counts.map((count) => count - 1);
      const image = interpolateSparse(oracle, degrees, prime, random, budget);
      values = image?.values;
      if (image !== undefined) known = { skeleton: image.skeleton, support: supportOf(image.skeleton) };
    } else {
      values = coefficientsOf(oracle, known.skeleton, [], prime, random, budget);
      // The skeleton may be too small: it is found anew.
      if (values === undefined) known = undefined;
    }
    if (lowest < expected) {
      state.expected = lowest;
      known = undefined;
      return "smaller";
    }
    return values === undefined ? undefined : { values, support: known!.support };
  };
};

function supportOf(skeleton: Skeleton): Support {
  const exponents = skeleton.flatMap((monomials, power) => monomials.map((list) => [power, ...list]));
  return { terms: (values) => values.map((coefficient, k) => ({ exponents: exponents[k]!, coefficient })) };
}

function distinctPoints(count: number, prime: number, random: Random): number[] {
  const points = new Set<number>();
  while (points.size < count) points.add(random.integer(1, prime - 1));
  return [...points];
}

/** The terms of coefficients that stand in a box of exponents, the first exponent running fastest. */
export function termsOfBox(values: readonly bigint[], box: readonly number[]): Term[] {
  const terms: Term[] = [];
  for (const [k, coefficient] of values.entries()) {
    if (coefficient === 0n) continue;
    let rest = k;
    const exponents = box.map((length) => {
      const e = rest % length;
      rest = Math.floor(rest / length);
      return e;
    });
    terms.push({ exponents, coefficient });
  }
  return terms;
}
