import { type RealBall, realBalls, toNumber } from "../ball/index.js";
import { type Budget, DomainError, LimitError, orThrow } from "../core/index.js";
import { type DensityInterval, densityAtDistance, densityIntervals, type HalfInterval } from "../density/index.js";
import { anatomy, type Law, type SingularPoint } from "../law/index.js";
import { toIntegerPoly } from "../poly/index.js";
import { rationalToNumber } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicToBall,
  algebraicToNumber,
  compareAlgebraic,
  realRoots,
} from "../roots/index.js";
import { asRationalFunction, criticalParts, functionToText, type RealFunction, realValue } from "./real-function.js";

/** An integral with the error that is expected of it. */
export interface Estimate {
  readonly value: number;
  readonly absTol: number;
}

/** A stretch of one bulk on which neither f nor the density has a singularity but at the ends. */
interface Stretch {
  readonly from: AlgebraicNumber;
  readonly to: AlgebraicNumber;
  readonly bulk: DensityInterval;
  /** The exponents of the density at the ends. */
  readonly exponents: readonly [number, number];
}

/**
 * The integral of f over the absolutely continuous part by the double-exponential rule [Takahasi and Mori 1974] between the
 * singularities of f and of the density, distances from which are kept to full relative precision. An estimate: the error
 * is judged by halving the step.
 *
 * @throws DomainError where f is not real on the support or the integral diverges.
 */
export function quadratureStatistic(law: Law, f: RealFunction, budget: Budget): Estimate {
  const bulks = densityIntervals(law, budget);
  const stretches = bulks.flatMap((bulk) => stretchesOf(law, f, bulk, budget));
  for (const stretch of stretches) requireConvergence(f, stretch);
  let [value, absTol] = [0, 0];
  for (const stretch of stretches) {
    const part = integrate(f, stretch, budget);
    value += part.value;
    absTol += part.absTol;
  }
  return { value, absTol };
}

function stretchesOf(law: Law, f: RealFunction, bulk: DensityInterval, budget: Budget): readonly Stretch[] {
  const inside = criticalParts(f)
    .flatMap((part) => singularitiesOf(part, budget))
    .filter((at) => compareAlgebraic(at, bulk.left) > 0 && compareAlgebraic(at, bulk.right) < 0)
    .sort(compareAlgebraic)
    .filter((at, k, all) => k === 0 || compareAlgebraic(at, all[k - 1]!) !== 0);
  const points = [bulk.left, ...inside, bulk.right];
  const { singular } = anatomy(law, budget);
  const exponent = (side: SingularPoint["left"]): number =>
    side === undefined ? 0 : rationalToNumber(orThrow(side.exponent));
  const at = (point: AlgebraicNumber): SingularPoint | undefined => singular.find((known) => known.at === point);
  return points.slice(1).map((to, k) => {
    const from = points[k]!;
    return { from, to, bulk, exponents: [exponent(at(from)?.right), exponent(at(to)?.left)] };
  });
}

/** The real zeros and poles of a part of f at which f may be singular. */
function singularitiesOf(part: RealFunction, budget: Budget): readonly AlgebraicNumber[] {
  const rational = asRationalFunction(part);
  if (rational !== undefined) {
    return [rational.numerator, rational.denominator]
      .filter((p) => p.variables.includes("x"))
      .flatMap((p) => realRoots(toIntegerPoly(p, "x"), budget).map(({ root }) => root));
  }
  // exp never vanishes; where other functions do is not known.
  if (part.kind === "elementary" && part.name === "exp") return [];
  if (part.kind === "elementary" && part.name === "log") {
    const moved: RealFunction = {
      kind: "difference",
      left: part.argument,
      right: { kind: "constant", value: { num: 1n, den: 1n } },
    };
    if (asRationalFunction(moved) !== undefined) return singularitiesOf(moved, budget);
  }
  if (part.kind === "elementary" && part.name !== "sin" && part.name !== "cos") {
    return part.name === "log" ? [] : singularitiesOf(part.argument, budget);
  }
  if (part.kind === "product") return [...singularitiesOf(part.left, budget), ...singularitiesOf(part.right, budget)];
  return [];
}

/** Binary places that an end of a stretch is approached to, for the growth of f there. */
const nearEnd = 60;

/** Throws when |f|·density is not integrable at an end: where f grows like distance^(−k), the exponent less k must exceed −1. */
function requireConvergence(f: RealFunction, { from, to, exponents }: Stretch): void {
  const width = algebraicToNumber(to) - algebraicToNumber(from);
  for (const [end, side, exponent] of [
    [from, 1, exponents[0]],
    [to, -1, exponents[1]],
  ] as const) {
    const sizeAt = (binaryPlaces: number): number => {
      const value = valueNear(f, end, side, width * 2 ** -binaryPlaces);
      return Math.log2(Math.abs(value));
    };
    const growth = (sizeAt(2 * nearEnd) - sizeAt(nearEnd)) / nearEnd;
    if (!(growth > 0)) continue;
    // Logarithms pass for a small power.
    const order = Math.abs(growth - Math.round(12 * growth) / 12) < 0.03 ? Math.round(12 * growth) / 12 : growth;
    if (exponent - order <= -1 + 1e-9) {
      const place = algebraicToNumber(end);
      throw new DomainError(
        `not defined: the integral of ${functionToText(f)} diverges at x = ${place}, where the law has density`,
      );
    }
  }
}

/** f at a distance inside from an end, which may be far below the spacing of doubles there. */
function valueNear(f: RealFunction, end: AlgebraicNumber, side: 1 | -1, distance: number): number {
  const size = Math.abs(algebraicToNumber(end));
  const lost = size === 0 ? 0 : Math.max(0, Math.ceil(Math.log2(size / distance)));
  for (let bits = 80; bits < 8000; bits = Math.max(2 * bits, 80 + lost)) {
    const real = realBalls(bits);
    const x = real.add(algebraicToBall(end, bits), real.fromNumber(side * distance));
    const value = realOrThrow(f, x, bits);
    const center = toNumber(value);
    if (
      real.isBounded(value) &&
      toNumber(real.fromRational(real.radiusRational(value))) <= 1e-16 * Math.abs(center) + 1e-300
    ) {
      return center;
    }
    if (real.isBounded(value) && bits > 2000) return center;
  }
  throw new LimitError(
    `the function ${functionToText(f)} could not be evaluated next to x = ${algebraicToNumber(end)}`,
  );
}

function realOrThrow(f: RealFunction, x: RealBall, bits: number): RealBall {
  try {
    return realValue(f, x, bits);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(
      `not defined: ${functionToText(f)} is not real at x = ${Number(toNumber(x).toPrecision(6))}, where the law has density`,
    );
  }
}

const coarsest = 1 / 4;
const finest = 1 / 512;
/** Where the weights have fallen below 1e-250. */
const farthest = 5.9;
const relTol = 4e-15;

/** ∫ over one stretch in u with x = from + width·u, u = 1/(1 + exp(−pi sinh t)). */
function integrate(f: RealFunction, stretch: Stretch, budget: Budget): Estimate {
  const { from, to, bulk } = stretch;
  const [low, high] = [algebraicToNumber(from), algebraicToNumber(to)];
  const width = high - low;
  const [lower, upper] = bulk.halves;
  const startsAtEdge = from === bulk.left;
  const endsAtEdge = to === bulk.right;
  const term = (t: number): number => {
    const y = Math.PI * Math.sinh(t);
    const [left, right] = [width / (1 + Math.exp(-y)), width / (1 + Math.exp(y))];
    const isLeft = left <= right;
    const x = isLeft ? low + left : high - right;
    if (left === 0 || right === 0) return 0;
    const rho =
      x <= bulk.middle
        ? densityAtDistance(lower, startsAtEdge ? left : distanceFrom(lower, x))
        : densityAtDistance(upper, endsAtEdge ? right : distanceFrom(upper, x));
    const weight = Math.PI * Math.cosh(t) * (left / width) * right;
    if (!(rho * weight > 1e-280)) return 0;
    return valueNear(f, isLeft ? from : to, isLeft ? 1 : -1, isLeft ? left : right) * rho * weight;
  };
  let [sum, size] = [0, 0];
  let [previous, change] = [Number.NaN, Number.POSITIVE_INFINITY];
  for (let h = coarsest; h >= finest; h /= 2) {
    budget.spend(1, "integrating a function over a law");
    const isFirst = h === coarsest;
    // The even multiples of h are there already.
    for (let k = isFirst ? 0 : 1; k * h <= farthest; k += isFirst ? 1 : 2) {
      for (const t of k === 0 ? [0] : [k * h, -k * h]) {
        const value = term(t);
        sum += value;
        size += Math.abs(value);
      }
    }
    const value = sum * h;
    change = isFirst ? change : Math.abs(value - previous);
    if (change <= relTol * size * h) return { value, absTol: change + relTol * size * h };
    previous = value;
  }
  return { value: previous, absTol: Math.max(change, relTol * size * finest) };
}

function distanceFrom(half: HalfInterval, x: number): number {
  return half.side * (x - half.originHigh - half.originLow);
}
