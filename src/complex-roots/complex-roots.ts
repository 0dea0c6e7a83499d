import { type ComplexBall, complexBalls, type RealBall, realBalls } from "../ball/index.js";
import { type Budget, DomainError, LimitError, type Outcome, ok, unable, unlimited } from "../core/index.js";
import { univariateCoefficients } from "../isolation/index.js";
import { type IntegerPoly, integerPoly, type Polynomial } from "../poly/index.js";
import { type DyadicPoint, LOG_SLACK, logModulus, shifted } from "./dyadic-point.js";
import { fixedPointPolynomial } from "./fixed-point-evaluation.js";
import { isolateRoots } from "./inclusion-discs.js";
import { type RefinedRoot, refineRoot } from "./newton-refinement.js";

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

const LARGEST_BITS = 1 << 20;

/**
 * All complex roots with their multiplicities, in pairwise disjoint balls. Certified: in each of the
 * square-free factors, around each candidate x a disc of radius n|p(x)/p'(x)|, evaluated in balls, holds at least one
 * root, and n disjoint discs therefore one each. The precision is doubled until the discs are disjoint and as small as asked for. A
 * disc that meets its own mirror image and that of no other disc holds a real root. Order: the real roots ascending; then the
 * conjugate pairs by the real parts of their midpoints, the upper root of each pair before the lower one.
 * DomainError for the zero polynomial and for two or more variables, LimitError beyond 2^20 bits.
 *
 * @example
 * complexRoots([1n, 0n, 1n]).map(({ ball }) => complexBallToText(ball, 5)) // the balls around i and −i
 */
export function complexRoots(
  p: Polynomial | IntegerPoly,
  options: ComplexRootsOptions = {},
  budget: Budget = unlimited,
): ComplexRoot[] {
  const digits = options.digits ?? 16;
  if (!Number.isInteger(digits) || digits < 1) throw new DomainError(`digits is ${digits}; it must be an integer >= 1`);
  const factors = integerPoly.squareFree(univariateCoefficients(p), budget);
  for (let relativeBits = Math.ceil(digits * Math.log2(10)) + 1; ; relativeBits *= 2) {
    const roots = factors.flatMap(({ factor, multiplicity }) =>
      rootsOfSquareFree(factor, relativeBits, budget).map((root): ComplexRoot => ({ ...root, multiplicity })),
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
function rootsOfSquareFree(
  p: IntegerPoly,
  relativeBits: number,
  budget: Budget,
): { ball: ComplexBall; real: boolean }[] {
  const field = complexBalls(relativeBits + 53);
  if (p.length === 2) return [{ ball: field.div(field.fromInteger(-p[0]!), field.fromInteger(p[1]!)), real: true }];
  if (p[0] === 0n) return [{ ball: field.zero, real: true }, ...rootsOfSquareFree(p.slice(1), relativeBits, budget)];
  const polynomial = fixedPointPolynomial(p);
  const isolated = isolateRoots(polynomial, budget, LARGEST_BITS);
  if (isolated === undefined) {
    throw new LimitError(
      `the roots of a polynomial of degree ${p.length - 1} were not separated with ${LARGEST_BITS} bits`,
    );
  }
  return isolated.flatMap((root): { ball: ComplexBall; real: boolean }[] => {
    const ball = ballAround(refineRoot(polynomial, root, relativeBits, budget));
    if (root.real) return [{ ball: field.fromReal(ball.re), real: true }];
    return [
      { ball, real: false },
      { ball: field.conj(ball), real: false },
    ];
  });
}

/** A square with sides along the axes that contains the disc. */
function ballAround({ centre, radius }: RefinedRoot): ComplexBall {
  const field = complexBalls(64 + Math.max(0, Math.ceil(logModulus(centre) - radius)));
  const exponent = Math.ceil(radius);
  const bounds = realBalls(64);
  const error = bounds.scaleByPowerOfTwo(bounds.fromNumber(2 ** (radius - exponent) * (1 + LOG_SLACK)), exponent);
  return field.inflate(exactPoint(centre, field.bits), error);
}

function exactPoint({ re, im, exponent }: DyadicPoint, bits: number): ComplexBall {
  const real = realBalls(bits);
  const part = (m: bigint): RealBall => real.scaleByPowerOfTwo(real.fromInteger(m), exponent);
  return complexBalls(bits).fromParts(part(re), part(im));
}

/**
 * Pairwise disjoint balls, one for each root of a polynomial of degree n = coeffs.length − 1 with coefficients in the given balls:
 * each holds exactly one root of every such polynomial. Certified, by the discs of {@link complexRoots}; computed at `bits` bits
 * and, where that does not separate the roots, at two and four times as many. Unable when the leading coefficient may be 0, and when
 * the coefficients leave room for a multiple root.
 */
export function complexRootsOfBalls(
  coeffs: readonly ComplexBall[],
  bits: number,
  budget: Budget = unlimited,
): Outcome<ComplexBall[]> {
  const field = complexBalls(bits);
  const n = coeffs.length - 1;
  if (n < 0 || field.containsZero(coeffs[n]!)) {
    return unable("the leading coefficient may be zero, so that the number of roots is not known; use more bits");
  }
  if (!coeffs.every((a) => field.isBounded(a))) return unable("a coefficient is not bounded");
  if (n === 0) return ok([]);
  const polynomial = midpointPolynomial(coeffs);
  const zeros = polynomial.re.findIndex((re, k) => re !== 0n || polynomial.im?.[k]);
  const nonzero = fixedPointPolynomial(polynomial.re.slice(zeros), polynomial.im?.slice(zeros));
  const isolated = zeros > 1 ? undefined : isolateRoots(nonzero, budget, Math.max(256, 4 * bits));
  if (isolated !== undefined) {
    const centres = isolated.flatMap((root): ComplexBall[] => {
      const { centre } = refineRoot(nonzero, root, bits + 4, budget);
      const point = exactPoint(centre, 4 * bits);
      return root.real || nonzero.im !== undefined ? [point] : [point, field.conj(point)];
    });
    if (zeros === 1) centres.push(field.zero);
    for (const working of [bits, 2 * bits, 4 * bits]) {
      const balls = centres.map((centre) => inclusionSquare(coeffs, centre, working));
      if (balls.every((ball) => field.isBounded(ball)) && arePairwiseDisjoint(balls)) return ok(balls);
    }
  }
  return unable(
    `the ${n} roots were not separated with ${4 * bits} bits: some may coincide, or the coefficients are too wide`,
  );
}

/** The polynomial of the midpoints, times a power of 2 that makes its coefficients integers. */
function midpointPolynomial(coeffs: readonly ComplexBall[]): { re: bigint[]; im: bigint[] | undefined } {
  let exponent = Number.POSITIVE_INFINITY;
  for (const { re, im } of coeffs) {
    if (re.mantissa !== 0n) exponent = Math.min(exponent, re.exponent);
    if (im.mantissa !== 0n) exponent = Math.min(exponent, im.exponent);
  }
  const integer = (a: RealBall): bigint => (a.mantissa === 0n ? 0n : shifted(a.mantissa, a.exponent - exponent));
  const im = coeffs.some((a) => a.im.mantissa !== 0n) ? coeffs.map((a) => integer(a.im)) : undefined;
  return { re: coeffs.map((a) => integer(a.re)), im };
}

/** The square around the disc of radius n|p(x)/p'(x)|, which holds a root of every polynomial with coefficients in the balls. */
function inclusionSquare(coeffs: readonly ComplexBall[], x: ComplexBall, bits: number): ComplexBall {
  const field = complexBalls(bits);
  const bounds = realBalls(64);
  const { value, derivative } = field.evaluateWithDerivative(coeffs, x);
  const ratio = bounds.div(field.absUpper(value), field.absLower(derivative));
  return field.inflate(x, bounds.mul(bounds.fromInteger(coeffs.length - 1), ratio));
}

/** n balls that hold at least one root each of a polynomial of degree n, and do not meet, hold exactly one each. */
function arePairwiseDisjoint(balls: readonly ComplexBall[]): boolean {
  const field = complexBalls(64);
  return balls.every((ball, i) => balls.every((other, j) => j >= i || !field.overlaps(ball, other)));
}
