import { type ComplexBall, complexBalls, realBalls } from "../ball/index.js";
import { DomainError, LimitError, type Outcome, ok, unable } from "../core/index.js";
import { type IntegerPoly, integerPoly, type Polynomial } from "../poly/index.js";
import {
  arePairwiseDisjoint,
  type Disc,
  improve,
  inclusionDiscs,
  type RootSearch,
  squareAround,
  startSearch,
} from "./inclusion-discs.js";
import { univariateCoefficients } from "./real-roots.js";

export interface ComplexRoot {
  /** Holds this root and no other one. For a real root the imaginary part is exactly 0. */
  readonly ball: ComplexBall;
  readonly multiplicity: number;
  readonly real: boolean;
}

export interface ComplexRootsOptions {
  /** The radius is at most 10^-digits times the modulus of the root; 16 by default. */
  readonly digits?: number;
}

const FIRST_BITS = 96;
const LARGEST_BITS = 1 << 20;

/**
 * All complex roots with their multiplicities, in proven, pairwise disjoint balls. The polynomial is decomposed exactly into
 * square-free factors; then certified: around each candidate x a disc of radius n|p(x)/p'(x)|, evaluated in balls, holds at least one
 * root, and n disjoint discs therefore one each. The precision is doubled until the discs are disjoint and as small as asked for. A
 * disc that meets its own mirror image and that of no other disc holds a real root. Order: the real roots ascending; then the
 * conjugate pairs by the real parts of their midpoints, the upper root of each pair before the lower one.
 * DomainError for the zero polynomial and for two or more variables, LimitError beyond 2^20 bits.
 *
 * @example
 * complexRoots([1n, 0n, 1n]).map(({ ball }) => complexBallToText(ball, 5)) // the balls around i and −i
 */
export function complexRoots(p: Polynomial | IntegerPoly, options: ComplexRootsOptions = {}): ComplexRoot[] {
  const digits = options.digits ?? 16;
  if (!Number.isInteger(digits) || digits < 1) throw new DomainError(`digits is ${digits}; it must be an integer >= 1`);
  const factors = integerPoly.squareFree(univariateCoefficients(p));
  for (let relativeBits = Math.ceil(digits * Math.log2(10)) + 1; ; relativeBits *= 2) {
    const roots = factors.flatMap(({ factor, multiplicity }) =>
      rootsOfSquareFree(factor, relativeBits).map((root): ComplexRoot => ({ ...root, multiplicity })),
    );
    // Roots of different factors differ, so that enough digits tell them apart.
    if (factors.length < 2 || arePairwiseDisjoint(roots.map(({ ball }) => ball))) return inOrder(roots);
  }
}

function inOrder(roots: readonly ComplexRoot[]): ComplexRoot[] {
  const field = realBalls(64);
  const compare = (x: ComplexBall, y: ComplexBall): number =>
    field.compare(field.midpoint(x.re), field.midpoint(y.re)) ||
    field.compare(field.midpoint(y.im), field.midpoint(x.im)) ||
    0;
  const real = roots.filter((root) => root.real).sort((x, y) => compare(x.ball, y.ball));
  const isUpper = (root: ComplexRoot): boolean => field.sign(root.ball.im) === 1;
  const upper = roots.filter((root) => !root.real && isUpper(root)).sort((x, y) => compare(x.ball, y.ball));
  const pairs = upper.flatMap((root) => [root, { ...root, ball: complexBalls(64).conj(root.ball) }]);
  return [...real, ...pairs];
}

/** The roots of a square-free polynomial: the real ones, and of each conjugate pair both. */
function rootsOfSquareFree(p: IntegerPoly, relativeBits: number): { ball: ComplexBall; real: boolean }[] {
  if (p.length === 2) {
    const field = complexBalls(relativeBits + 53);
    return [{ ball: field.div(field.fromInteger(-p[0]!), field.fromInteger(p[1]!)), real: true }];
  }
  let search: RootSearch | undefined;
  let smallness = relativeBits;
  for (let bits = FIRST_BITS; bits <= LARGEST_BITS; bits = nextPrecision(bits, smallness)) {
    const field = complexBalls(bits);
    const coeffs = p.map((a) => field.fromInteger(a));
    search ??= startSearch(coeffs);
    const isSmall = (disc: Disc): boolean => isRelativelySmall(disc, smallness);
    improve(search, coeffs, bits, isSmall);
    if (bits < smallness && search.isolated.every(Boolean)) continue;
    const discs = inclusionDiscs(search, coeffs, bits);
    const squares = discs.map((disc) => squareAround(disc, bits));
    if (!discs.every((disc) => isRelativelySmall(disc, 4))) continue;
    const partners = arePairwiseDisjoint(squares) ? mirrorPartners(squares) : undefined;
    if (!discs.every(isSmall)) continue;
    if (partners !== undefined) return symmetric(squares, partners);
    smallness = 2 * smallness + 32;
  }
  throw new LimitError(
    `the roots of a polynomial of degree ${p.length - 1} were not separated with ${LARGEST_BITS} bits`,
  );
}

/** Doubled, but not past what should do for roots of that relative radius. */
function nextPrecision(bits: number, relativeBits: number): number {
  const enough = relativeBits + 96;
  return bits < enough ? Math.min(2 * bits, enough) : 2 * bits;
}

/** Whether the radius is at most 2^-bits times the modulus of every point of the disc. */
function isRelativelySmall(disc: Disc, bits: number): boolean {
  const field = realBalls(64);
  if (field.sign(disc.radius) === 0) return true;
  const modulus = complexBalls(64).absLower(disc.centre);
  return field.compare(field.scaleByPowerOfTwo(disc.radius, bits + 1), modulus) === -1;
}

/**
 * For disjoint balls with one root each of a real polynomial: the index of the ball that holds the conjugate of the root in ball i,
 * which is the only one that the mirror image of ball i meets. Undefined when a mirror image meets several.
 */
function mirrorPartners(balls: readonly ComplexBall[]): number[] | undefined {
  const field = complexBalls(64);
  const partners: number[] = [];
  for (const ball of balls) {
    const mirrored = field.conj(ball);
    const met = balls.flatMap((other, k) => (field.overlaps(mirrored, other) ? [k] : []));
    if (met.length !== 1) return undefined;
    partners.push(met[0]!);
  }
  return partners;
}

function symmetric(balls: readonly ComplexBall[], partners: readonly number[]): { ball: ComplexBall; real: boolean }[] {
  const field = complexBalls(64);
  return balls.flatMap((ball, i): { ball: ComplexBall; real: boolean }[] => {
    const partner = partners[i]!;
    if (partner === i) return [{ ball: field.fromReal(ball.re), real: true }];
    if (partner < i) return [];
    return [
      { ball, real: false },
      { ball: field.conj(ball), real: false },
    ];
  });
}

/**
 * Pairwise disjoint balls, one for each root of a polynomial of degree n = coeffs.length − 1 with coefficients in the given balls:
 * each holds exactly one root of every such polynomial. Certified, by the discs of {@link complexRoots}; computed at `bits` bits
 * and, where that does not separate the roots, at two and four times as many. Unable when the leading coefficient may be 0, and when
 * the coefficients leave room for a multiple root.
 */
export function complexRootsOfBalls(coeffs: readonly ComplexBall[], bits: number): Outcome<ComplexBall[]> {
  const field = complexBalls(bits);
  const n = coeffs.length - 1;
  if (n < 0 || field.containsZero(coeffs[n]!)) {
    return unable("the leading coefficient may be zero, so that the number of roots is not known; use more bits");
  }
  if (!coeffs.every((a) => field.isBounded(a))) return unable("a coefficient is not bounded");
  if (n === 0) return ok([]);
  const midpoints = coeffs.map((a) => field.midpoint(a));
  const search = startSearch(midpoints);
  for (const working of [bits, 2 * bits, 4 * bits]) {
    improve(search, midpoints, working, (disc) => isRelativelySmall(disc, bits + 4));
    const balls = inclusionDiscs(search, coeffs, working).map((disc) => squareAround(disc, working));
    if (balls.every((ball) => field.isBounded(ball)) && arePairwiseDisjoint(balls)) return ok(balls);
  }
  return unable(
    `the ${n} roots were not separated with ${4 * bits} bits: some may coincide, or the coefficients are too wide`,
  );
}
