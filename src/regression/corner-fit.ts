import { freeSum } from "../convolution/index.js";
import { type Budget, unlimited } from "../core/index.js";
import { ensembles } from "../ensembles/index.js";
import { decompress, shift as shiftLaw } from "../flow/index.js";
import type { Law } from "../law/index.js";
import { QQ, type Rational, rationalToNumber } from "../rings/index.js";
import { divide, transformOfAtoms } from "./atom-transform.js";
import { type CurveFit, decimal, followerOf, misfitOf, reachOf, shortestFaithful } from "./curve-fit.js";
import type { DoubleCurve } from "./double-curve.js";
import { type LeastSquares, levenbergMarquardt, sensitivityOf } from "./least-squares.js";
import type { Weighted } from "./noise.js";

/** The large matrix: a diagonal one of few different entries plus, free from it, a Wigner matrix or a Wishart matrix of jumps of one sign. */
interface Shape {
  readonly places: 2 | 3;
  readonly partner: "wigner" | "positive jumps" | "negative jumps";
}

const shapes: readonly Shape[] = [
  { places: 2, partner: "wigner" },
  { places: 3, partner: "wigner" },
  { places: 2, partner: "positive jumps" },
  { places: 2, partner: "negative jumps" },
];

/** The large law in the scaled coordinate: entries of the diagonal with their weights, the variance of the Wigner matrix, and a free Poisson law. */
interface Deformed {
  readonly places: readonly number[];
  readonly weights: readonly number[];
  readonly variance: number;
  readonly rate: number;
  readonly jump: number;
}

/**
 * Laws of corners, 1/tau of the size, of a diagonal matrix of two or three different entries plus a free Wigner or Wishart matrix. They are no members of these families themselves (a corner of a diagonal matrix in
 * general position is not diagonal), need not be freely infinitely divisible, and are by construction decompressible up to tau: a law that is known to exist at the size that is asked for, fitted at the size that was measured.
 *
 * With M = m/tau and R the R-transform of the partner, M = Σ w_i/(t_i − omega) for omega = z − (tau − 1)/m − R(−M). Levenberg–Marquardt in the metric of the noise from populations that have the variance of the data.
 *
 * @param bulk the eigenvalues in the scaled coordinate.
 * @param tau above one.
 */
export function fitCornerCurves(
  weighted: Weighted,
  bulk: Float64Array,
  tau: Rational,
  budget: Budget = unlimited,
): CurveFit[] {
  return shapes.map((shape) => {
    budget.spend(1, "fitting corners of deformed matrices");
    const problem: Problem = { weighted, shape, tau, factor: rationalToNumber(tau) };
    const tried = startsOf(problem, bulk).map((start) => refine(problem, start, 10));
    const best = tried.reduce((a, b) => (b.sum < a.sum ? b : a));
    return curveOf(problem, refine(problem, best.at, 80));
  });
}

interface Problem {
  readonly weighted: Weighted;
  readonly shape: Shape;
  readonly tau: Rational;
  readonly factor: number;
}

/** The places, the weights but the last against the last as logarithms, then the logarithm of the variance, or those of rate and jump. */
function unpack({ shape }: Problem, vector: readonly number[]): Deformed {
  const count = shape.places;
  const raw = [...vector.slice(count, 2 * count - 1).map(Math.exp), 1];
  const total = raw.reduce((sum, value) => sum + value, 0);
  const [first, second] = vector.slice(2 * count - 1).map(Math.exp);
  const population = { places: vector.slice(0, count), weights: raw.map((value) => value / total) };
  if (shape.partner === "wigner") return { ...population, variance: first!, rate: 0, jump: 0 };
  return { ...population, variance: 0, rate: first!, jump: shape.partner === "positive jumps" ? second! : -second! };
}

/**
 * The flow keeps the mean and multiplies the variance by tau: the population takes half of it, or nearly all. Shares, weights and rates were chosen by hand and calibrated on nothing: they cover the thinkable
 * coarsely, and decide which minimum the least squares reach, not whether its law is believed.
 */
function startsOf({ shape, factor }: Problem, bulk: Float64Array): number[][] {
  const mean = bulk.reduce((sum, value) => sum + value, 0) / bulk.length;
  const variance = (factor * bulk.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / bulk.length;
  const starts: number[][] = [];
  for (const share of [0.5, 0.9]) {
    for (const logit of [-1, 0, 1]) {
      const deviation = Math.sqrt(share * variance);
      const ratio = Math.exp(logit / 2);
      const [low, high] = [mean - deviation / ratio, mean + deviation * ratio];
      const rest = (1 - share) * variance;
      if (shape.partner === "wigner") {
        starts.push(
          shape.places === 2 ? [low, high, logit, Math.log(rest)] : [low, mean, high, logit, 0, Math.log(rest)],
        );
        continue;
      }
      for (const rate of [0.5, 4]) {
        const jump = Math.sqrt(rest / rate);
        const moved = (shape.partner === "positive jumps" ? -1 : 1) * rate * jump;
        starts.push([low + moved, high + moved, logit, Math.log(rate), Math.log(jump)]);
      }
    }
  }
  return starts;
}

function refine(problem: Problem, start: readonly number[], rounds: number): LeastSquares {
  const { weighted, factor } = problem;
  const { samples, mRe, mIm } = weighted;
  const [re, im] = [new Float64Array(mRe.length), new Float64Array(mRe.length)];
  const g = new Float64Array(4);
  const residual = (vector: readonly number[]): Float64Array => {
    const { places, weights, variance, rate, jump } = unpack(problem, vector);
    for (let j = 0; j < mRe.length; j++) {
      const [mr, mi] = [mRe[j]!, mIm[j]!];
      const norm = mr * mr + mi * mi;
      const [ir, ii] = [mr / norm, -mi / norm];
      const [Mr, Mi] = [mr / factor, mi / factor];
      // jump/(1 + jump M) and its square
      const [dr, di] = [1 + jump * Mr, jump * Mi];
      const size = jump / (dr * dr + di * di);
      const [qr, qi] = [dr * size, -di * size];
      const omegaRe = samples.zRe[j]! - (factor - 1) * ir + variance * Mr - rate * qr;
      const omegaIm = samples.zIm[j]! - (factor - 1) * ii + variance * Mi - rate * qi;
      // d omega/dm
      const slopeRe = (factor - 1) * (ir * ir - ii * ii) + (variance + rate * (qr * qr - qi * qi)) / factor;
      const slopeIm = (factor - 1) * 2 * ir * ii + (rate * 2 * qr * qi) / factor;
      transformOfAtoms(places, weights, omegaRe, omegaIm, g);
      const [hr, hi] = [g[2]!, g[3]!];
      const [br, bi] = [1 / factor - (hr * slopeRe - hi * slopeIm), -(hr * slopeIm + hi * slopeRe)];
      divide(Mr - g[0]!, Mi - g[1]!, br, bi, re, im, j);
    }
    return weighted.whiten(re, im);
  };
  return levenbergMarquardt(residual, start, rounds);
}

interface CornerRecord {
  readonly shape: Shape;
  readonly tau: Rational;
  readonly found: LeastSquares;
}

/** The curve of a record of this family. */
export function reviveCorner(weighted: Weighted, { shape, tau, found }: CornerRecord): CurveFit {
  return curveOf({ weighted, shape, tau, factor: rationalToNumber(tau) }, found);
}

function curveOf(problem: Problem, found: LeastSquares): CurveFit {
  const { weighted, shape, tau, factor } = problem;
  const curve = cornerCurve(unpack(problem, found.at), factor);
  const { values, spread } = sensitivityOf(found.jacobian);
  const partner = shape.partner === "wigner" ? "Wigner matrix" : "free Poisson";
  return {
    family: "corner",
    name: `corner of ${shape.places} population atoms plus ${partner}`,
    shifted: false,
    curve,
    degrees: { m: curve.degM, z: curve.degZ },
    freedom: found.at.length,
    misfit: misfitOf(weighted, curve),
    condition: found.condition,
    follow: followerOf(found.jacobian),
    reach: reachOf(values, 0),
    reaches: tau,
    coordinates: found.at.length,
    draw(normals, target) {
      const change = spread(normals);
      const moved = unpack(
        problem,
        found.at.map((value, k) => value + change[k]!),
      );
      const part = Math.min(target, factor);
      return { curve: cornerCurve(moved, factor / part), tau: part };
    },
    exact: (budget = unlimited) =>
      shortestFaithful(weighted, (digits) => exactLaw(problem, unpack(problem, found.at), digits, budget)),
    record: { shape, tau, found } satisfies CornerRecord,
  };
}

/** The large law of short decimals, and its corner. */
function exactLaw(
  { weighted, shape, tau }: Problem,
  { places, weights, variance, rate, jump }: Deformed,
  digits: number,
  budget: Budget,
): Law | undefined {
  const { shift, dilation } = weighted.samples;
  const factor = rationalToNumber(dilation);
  const population = places.map((place, k): [Rational, Rational] => [
    decimal(place * factor, digits),
    decimal(weights[k]!, digits),
  ]);
  const others = population.slice(1).reduce((sum, [, weight]) => QQ.add(sum, weight), QQ.zero);
  population[0]![1] = QQ.sub(QQ.one, others);
  const distinct = new Set(population.map(([place]) => QQ.toText(place))).size === population.length;
  const numbers = (shape.partner === "wigner" ? [variance * factor ** 2] : [rate, Math.abs(jump) * factor]).map(
    (value) => decimal(value, digits),
  );
  const positive = [...population.map(([, weight]) => weight), ...numbers].every((value) => QQ.sign(value) > 0);
  if (!distinct || !positive) return undefined;
  const [first, second] = numbers;
  const large =
    shape.partner === "wigner"
      ? ensembles.deformedWigner(first!, population)
      : freeSum(
          ensembles.atoms(population),
          ensembles.freePoisson(first!, jump > 0 ? second! : QQ.neg(second!)),
          budget,
        );
  const law = decompress(large, QQ.inv(tau), budget);
  return QQ.isZero(shift) ? law : shiftLaw(law, shift, budget);
}

/** A polynomial in m and z: [k][l] multiplies m^k z^l. */
type Rows = readonly (readonly number[])[];

function product(a: Rows, b: Rows): Rows {
  const rows = Array.from({ length: a.length + b.length - 1 }, () =>
    new Array<number>(a[0]!.length + b[0]!.length - 1).fill(0),
  );
  for (const [i, row] of a.entries()) {
    for (const [j, value] of row.entries()) {
      for (const [k, other] of b.entries()) {
        for (const [l, factor] of other.entries()) rows[i + k]![j + l]! += value * factor;
      }
    }
  }
  return rows;
}

/**
 * With Q = 1 + jump·M and D_i = m Q (t_i − omega), a polynomial in z and m: Π D_i = tau Q Σ w_i Π_{j≠i} D_j, divided by m^(count − 1) where tau is one. The factor of m that the left side lacks is that of M = m/tau.
 */
function cornerCurve({ places, weights, variance, rate, jump }: Deformed, tau: number): DoubleCurve {
  const t = jump / tau;
  const divisor: Rows = [[1], [t]];
  // m (place − z) + tau − 1 − variance m²/tau, times Q, and m·rate·jump.
  const factors = places.map((place) => {
    const own = product(divisor, [
      [tau - 1, 0],
      [place, -1],
      [-variance / tau, 0],
    ]).map((row) => [...row]);
    own[1]![0]! += rate * jump;
    return own as Rows;
  });
  const one: Rows = [[1]];
  const size = places.length;
  const degM = 3 * size;
  const whole = Array.from({ length: degM + 1 }, () => new Array<number>(size + 1).fill(0));
  const put = (rows: Rows, weight: number): void => {
    for (const [k, row] of rows.entries()) {
      for (const [l, value] of row.entries()) if (value !== 0) whole[k]![l]! += weight * value;
    }
  };
  put(factors.reduce(product, one), 1);
  weights.forEach((weight, i) => {
    const others = factors.filter((_, j) => j !== i).reduce(product, divisor);
    put(others, -tau * weight);
  });
  const first = tau === 1 ? size - 1 : 0;
  const rows = whole.slice(first);
  while (rows.at(-1)!.every((value) => value === 0)) rows.pop();
  return { degM: rows.length - 1, degZ: size, coeffs: Float64Array.from(rows.flat()) };
}
