import {
  type ComplexBall,
  type ComplexBalls,
  complexBalls,
  type RealBall,
  type RealBalls,
  realBalls,
} from "../ball/index.js";
import { estimateRoots } from "./root-candidates.js";

/** The disc of all z with |z − centre| <= radius; centre and radius are exact. */
export interface Disc {
  readonly centre: ComplexBall;
  readonly radius: RealBall;
}

/** What a search for inclusion discs at one precision carries from one precision to the next. */
export interface RootSearch {
  readonly centres: ComplexBall[];
  /** Whether a candidate is so near to its root that Newton's step alone doubles its digits. */
  readonly isolated: boolean[];
}

const coarse: ComplexBalls = complexBalls(64);
const bounds: RealBalls = realBalls(64);
/** Candidates whose steps do not get shorter in so many sweeps are left to a higher precision. */
const PATIENCE = 10;

/**
 * Candidates for the roots of the polynomial of the midpoints, in double precision. The leading coefficient must not contain 0;
 * a midpoint 0 of the lowest coefficients gives the candidate 0.
 */
export function startSearch(coeffs: readonly ComplexBall[]): RootSearch {
  let zeros = 0;
  while (zeros < coeffs.length - 1 && isZeroMidpoint(coeffs[zeros]!)) zeros++;
  const centres = Array.from({ length: zeros }, () => coarse.zero);
  for (const { re, im, exponent } of estimateRoots(coeffs.slice(zeros))) {
    centres.push(coarse.scaleByPowerOfTwo(coarse.fromNumbers(re, im), exponent));
  }
  return { centres, isolated: centres.map(() => false) };
}

function isZeroMidpoint(a: ComplexBall): boolean {
  return a.re.mantissa === 0n && a.im.mantissa === 0n;
}

/**
 * Moves the candidates by the iteration of Aberth and Ehrlich, later of Newton, at `bits` bits until the polynomial there is lost in
 * rounding, or `isDone` holds for the disc around a candidate. `coeffs` should have small radii.
 */
export function improve(
  search: RootSearch,
  coeffs: readonly ComplexBall[],
  bits: number,
  isDone: (disc: Disc) => boolean,
): void {
  const field = complexBalls(bits);
  const { centres, isolated } = search;
  const settled = centres.map(isZeroMidpoint);
  const shortest: (RealBall | undefined)[] = centres.map(() => undefined);
  const idle = centres.map(() => 0);
  while (settled.includes(false)) {
    for (let i = 0; i < centres.length; i++) {
      if (settled[i]) continue;
      const x = centres[i]!;
      const { value, derivative } = field.evaluateWithDerivative(coeffs, x);
      if (isMostlyNoise(value) || (isolated[i] && isDone(discAround(x, value, derivative, centres.length)))) {
        settled[i] = true;
        continue;
      }
      const newton = field.div(value, derivative);
      let step = newton;
      if (!isolated[i] || !field.isBounded(newton)) {
        const repulsion = sumOfInverseDistances(field, centres, i);
        step = coarse.inv(coarse.sub(coarse.div(derivative, value), repulsion));
        isolated[i] = isBelow(coarse.absUpper(coarse.mul(newton, repulsion)), coarse.absUpper(coarse.one), 12);
      }
      const size = coarse.absUpper(step);
      const before = shortest[i];
      const isShorter = before === undefined || isBelow(size, before, 0);
      // Newton's steps must shrink fast; one that does not was taken too early.
      if (before !== undefined && !isBelow(size, before, 2)) isolated[i] = false;
      idle[i] = isShorter ? 0 : idle[i]! + 1;
      if (isShorter) shortest[i] = size;
      // After a step of half the bits the next one would be below the last bit.
      if (idle[i]! >= PATIENCE || (isolated[i] && isBelow(size, coarse.absLower(x), bits >> 1))) settled[i] = true;
      centres[i] = moved(field, x, step);
    }
  }
}

/** Whether a·2^bits < b for exact balls. */
function isBelow(a: RealBall, b: RealBall, bits: number): boolean {
  return bounds.compare(bounds.scaleByPowerOfTwo(a, bits), b) === -1;
}

/** Whether not even the leading bit of |value| is known. */
function isMostlyNoise(value: ComplexBall): boolean {
  return !isBelow(coarse.absUpper(value), coarse.absLower(value), -1);
}

/** x − step, rounded; a little beside x when the step is of no use or meets a stationary point. */
function moved(field: ComplexBalls, x: ComplexBall, step: ComplexBall): ComplexBall {
  const target = field.midpoint(field.sub(x, field.midpoint(step)));
  const isUseful = field.isBounded(step) && isBelow(coarse.absUpper(target), coarse.absUpper(x), -20);
  return isUseful ? target : field.midpoint(field.mul(x, field.fromNumbers(1 + 2 ** -20, 2 ** -19)));
}

function sumOfInverseDistances(field: ComplexBalls, centres: readonly ComplexBall[], i: number): ComplexBall {
  let total = coarse.zero;
  for (let j = 0; j < centres.length; j++) {
    if (j === i) continue;
    const inverse = coarse.inv(coarse.midpoint(field.sub(centres[i]!, centres[j]!)));
    if (coarse.isBounded(inverse)) total = coarse.midpoint(coarse.add(total, inverse));
  }
  return total;
}

/** The disc around x of radius n|p(x)/p'(x)|: because p'/p = Σ 1/(x − root), it holds at least one root of p. */
function discAround(x: ComplexBall, value: ComplexBall, derivative: ComplexBall, degree: number): Disc {
  const ratio = bounds.div(coarse.absUpper(value), coarse.absLower(derivative));
  return { centre: x, radius: bounds.absUpper(bounds.mul(bounds.fromInteger(degree), ratio)) };
}

/** For every candidate a disc that holds at least one root of each polynomial with coefficients in `coeffs`; some may be unbounded. */
export function inclusionDiscs(search: RootSearch, coeffs: readonly ComplexBall[], bits: number): Disc[] {
  const field = complexBalls(bits);
  return search.centres.map((centre) => {
    const { value, derivative } = field.evaluateWithDerivative(coeffs, centre);
    return discAround(centre, value, derivative, coeffs.length - 1);
  });
}

/** A square with sides along the axes that contains the disc. */
export function squareAround(disc: Disc, bits: number): ComplexBall {
  return complexBalls(bits).inflate(disc.centre, disc.radius);
}

/**
 * Whether no two of the balls meet. Where n balls hold at least one root each of a polynomial of degree n and none meet, each holds
 * exactly one.
 */
export function arePairwiseDisjoint(balls: readonly ComplexBall[]): boolean {
  for (let i = 0; i < balls.length; i++) {
    for (let j = 0; j < i; j++) if (coarse.overlaps(balls[i]!, balls[j]!)) return false;
  }
  return true;
}
