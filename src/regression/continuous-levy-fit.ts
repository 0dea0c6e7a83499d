import { type Budget, InternalError, unlimited } from "../core/index.js";
import {
  add,
  constant,
  divideExact,
  multiply,
  type Polynomial,
  power,
  productOf,
  scale,
  subtract,
  sumOf,
  variable,
} from "../poly/index.js";
import { QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";
import { type CurveFit, decimal, followerOf, misfitOf, reachOf, shortestFaithful, unscaledLaw } from "./curve-fit.js";
import { type DoubleCurve, toDoubleCurve } from "./double-curve.js";
import { type LeastSquares, levenbergMarquardt, sensitivityOf } from "./least-squares.js";
import type { LevyKnown } from "./levy-conditions.js";
import type { Weighted } from "./noise.js";
import type { Samples } from "./samples.js";

/**
 * A jump measure nu on (0, ∞): t·nu(dt) = (height/pi)·√((t − a)(b − t))/(t + r) dt on [a, b], plus jumps of the given rates. With 0 < k < 1 and
 * 0 ≤ rho ≤ 1: a = R·k·(1 − rho), b = R/k − r, r = R·k·rho, so that √((r + a)(r + b)) = R is rational. On the scale of log t its density rises
 * like t^(1/2) up to r and falls like t^(−1/2) beyond.
 */
interface JumpMeasure {
  readonly radius: number;
  readonly k: number;
  readonly rho: number;
  readonly height: number;
  readonly jumps: readonly { readonly t: number; readonly rate: number }[];
}

/** rho = 0: r = 0; rho = 1: a = 0; `free`: both positive. */
interface Shape {
  readonly rho: 0 | 1 | "free";
  readonly jumps: number;
}

/** Weight of the exact conditions against the data, whose rows have unit variance. */
const firm = 3e4;
const mostJumps = 2;
/** Laws of spectra that were measured have their largest jump within five times the farthest sample; where none of them fits, the least squares let it run away, to 10^8 times and more: no law of the data, and out of the reach of doubles. */
const farthest = 100;

/**
 * Laws of Gram matrices whose population spectrum is spread out: free Lévy laws z = −1/m + ∫ t/(1 + t m) nu(dt) with a jump measure that has a
 * continuous part of square-root type, and jumps. With x = −1/m and S = √((x − a)(x − b)) ~ x the continuous part adds
 * height·(x − x (S + R)/(x + r)), so the curve has degree 2 in z, and in m degree 2 (r = 0) or 3, and 2 more for every jump. Laws by construction at
 * every tau: nu ≥ 0 is checked in exact arithmetic. Levenberg–Marquardt from several starts, each shape also from the shape before it.
 *
 * @param weighted of a positive spectrum (shift 0).
 * @param known at most one moment, and no edges.
 */
export function fitContinuousLevyCurves(weighted: Weighted, known: LevyKnown, budget: Budget = unlimited): CurveFit[] {
  const problem = createProblem(weighted, known);
  const [low, high] = extent(weighted.samples);
  const fits: CurveFit[] = [];
  const kinds: Shape["rho"][] = known.zeroWeight === undefined ? [0, 1, "free"] : [0, 1];
  const best = new Map<string, Refined>();
  for (let jumps = 0; jumps <= mostJumps; jumps++) {
    for (const rho of kinds) {
      budget.spend(1, "fitting continuous jump measures");
      const shape: Shape = { rho, jumps };
      const fewer = best.get(`${rho} ${jumps - 1}`)?.measure;
      const starts =
        fewer !== undefined
          ? [0.2, 0.45, 0.65, 0.85].map((place) => ({
              ...fewer,
              jumps: [...fewer.jumps, { t: low ** (1 - place) * high ** place, rate: 0.02 }],
            }))
          : coldStarts(low, high);
      const warm = rho === "free" ? [0, 1].flatMap((end) => best.get(`${end} ${jumps}`)?.measure ?? []) : [];
      const all = [...starts, ...warm].map((start) => ({
        ...start,
        rho: rho === "free" ? Math.min(0.9, Math.max(0.1, start.rho)) : rho,
      }));
      // A few rounds show which start is worth the whole way.
      const tried = all.map((start) => refine(problem, shape, start, 12)).sort((a, b) => a.sum - b.sum);
      const found = refine(problem, shape, tried[0]!.measure, 80);
      best.set(`${rho} ${jumps}`, found);
      const fit = curveOf(problem, shape, found);
      if (fit !== undefined) fits.push(fit);
    }
  }
  return fits;
}

interface ContinuousRecord {
  readonly known: LevyKnown;
  readonly shape: Shape;
  readonly found: Refined;
}

/** The curve of a record of this family. */
export function reviveContinuousLevy(weighted: Weighted, { known, shape, found }: ContinuousRecord): CurveFit {
  return curveOf(createProblem(weighted, known), shape, found)!;
}

function curveOf(problem: Problem, shape: Shape, found: Refined): CurveFit | undefined {
  const { weighted, known } = problem;
  const { radius, k, rho } = found.measure;
  if (!(radius * (1 / k - k * rho) < farthest * extent(weighted.samples)[1])) return undefined;
  const sketch = (measure: JumpMeasure): DoubleCurve | undefined => {
    const exact = exactMeasure(problem, measure, shape, 16);
    return exact && toDoubleCurve(continuousPolynomial(exact));
  };
  // Drawn measures are decompressed, which changes the weight at 0: they meet no condition exactly.
  const free = (measure: JumpMeasure): DoubleCurve | undefined => {
    const exact = exactMeasure({ known: {}, mean: undefined }, measure, shape, 16);
    return exact && toDoubleCurve(continuousPolynomial(exact));
  };
  const curve = sketch(found.measure);
  if (curve === undefined) return undefined;
  const conditions = [known.zeroWeight, known.moments?.[0]].filter((value) => value !== undefined).length;
  const { values, spread } = sensitivityOf(found.jacobian);
  return {
    family: "continuous free Lévy",
    name: `free Poisson with a continuous jump measure${shape.jumps === 0 ? "" : ` and ${shape.jumps} jump${shape.jumps > 1 ? "s" : ""}`}`,
    shifted: false,
    curve,
    degrees: { m: curve.degM, z: curve.degZ },
    freedom: found.at.length - conditions,
    misfit: misfitOf(weighted, curve),
    condition: found.condition,
    follow: followerOf(found.jacobian),
    reach: reachOf(values, conditions),
    coordinates: found.at.length,
    draw(normals, tau) {
      const change = spread(normals);
      const moved = found.at.map((value, k) => value + change[k]!);
      const decompressed = free(decompressMeasure(fromVector(moved, shape), tau));
      return decompressed === undefined ? { curve, tau: 1 } : { curve: decompressed, tau };
    },
    exact: () =>
      shortestFaithful(weighted, (digits) => {
        const exact = exactMeasure(problem, found.measure, shape, digits);
        return exact && unscaledLaw(continuousPolynomial(exact), weighted.samples);
      }),
    record: { known, shape, found } satisfies ContinuousRecord,
  };
}

type Vector = readonly number[];

interface Problem {
  readonly weighted: Weighted;
  readonly known: LevyKnown;
  /** The known mean in the scaled coordinate. */
  readonly mean: Rational | undefined;
  residual(measure: JumpMeasure): Float64Array;
}

function extent(samples: Samples): [number, number] {
  const moduli = Array.from(samples.zRe, (re, j) => Math.hypot(re, samples.zIm[j]!));
  return [Math.min(...moduli), Math.max(...moduli)];
}

function coldStarts(low: number, high: number): JumpMeasure[] {
  return [0.5, 0.65, 0.8].map((place) => {
    const k = Math.sqrt(low / high);
    return { radius: low ** (1 - place) * high ** place, k, rho: 0.5, height: 0.2 * Math.sqrt(k), jumps: [] };
  });
}

/** The deviation of m to first order, whitened, and the rows of the exact conditions. */
function createProblem(weighted: Weighted, known: LevyKnown): Problem {
  const { samples, mRe, mIm } = weighted;
  const given = known.moments?.[0];
  const mean = given === undefined ? undefined : QQ.div(given, samples.dilation);
  const meanNumber = mean === undefined ? undefined : rationalToNumber(mean);
  const rate = known.zeroWeight === undefined ? undefined : 1 - rationalToNumber(known.zeroWeight);
  const count = mRe.length;
  const [outRe, outIm] = [new Float64Array(count), new Float64Array(count)];
  return {
    weighted,
    known,
    mean,
    residual({ radius, k, rho, height, jumps }) {
      const r = radius * k * rho;
      const [a, b] = [radius * k * (1 - rho), radius / k - r];
      for (let j = 0; j < count; j++) {
        const [re, im] = [mRe[j]!, mIm[j]!];
        const norm = re * re + im * im;
        const [xr, xi] = [-re / norm, im / norm];
        const [ur, ui] = squareRoot(xr - a, xi);
        const [vr, vi] = squareRoot(xr - b, xi);
        const [pr, pi] = [ur * vr - ui * vi + radius, ur * vi + ui * vr];
        // x/(x + r)
        const size = (xr + r) ** 2 + xi * xi;
        const [fr, fi] = [(xr * (xr + r) + xi * xi) / size, (xi * r) / size];
        let hr = height * (xr - (fr * pr - fi * pi));
        let hi = height * (xi - (fr * pi + fi * pr));
        for (const jump of jumps) {
          const [dr, di] = [1 + jump.t * re, jump.t * im];
          const factor = (jump.rate * jump.t) / (dr * dr + di * di);
          hr += dr * factor;
          hi -= di * factor;
        }
        outRe[j] = samples.zRe[j]! - xr - hr;
        outIm[j] = samples.zIm[j]! - xi - hi;
      }
      const extra: number[] = [];
      if (meanNumber !== undefined) {
        const share = jumps.reduce((sum, jump) => sum + jump.rate * jump.t, 0);
        extra.push((firm * (meanNumber - share - height * radius * ((k + 1 / k) / 2 - 1))) / meanNumber);
      }
      if (rate !== undefined) {
        const jumping = jumps.reduce((sum, jump) => sum + jump.rate, 0);
        extra.push(firm * (rate - jumping - height * (rho === 0 ? (k + 1 / k) / 2 - 1 : 1 / k - 1)));
      }
      return Float64Array.from([...weighted.whitenShift(outRe, outIm), ...extra]);
    },
  };
}

/** The principal square root. */
function squareRoot(re: number, im: number): [number, number] {
  const modulus = Math.hypot(re, im);
  const root = Math.sqrt((modulus + Math.abs(re)) / 2);
  if (root === 0) return [0, 0];
  return re >= 0 ? [root, im / (2 * root)] : [Math.abs(im) / (2 * root), im >= 0 ? root : -root];
}

/** log R, log(1/k − 1), log height, the logit of a free rho, and logs for the jumps. */
function toVector({ radius, k, rho, height, jumps }: JumpMeasure, shape: Shape): number[] {
  return [
    Math.log(radius),
    Math.log(1 / k - 1),
    Math.log(height),
    ...(shape.rho === "free" ? [Math.log(rho / (1 - rho))] : []),
    ...jumps.flatMap(({ t, rate }) => [Math.log(t), Math.log(rate)]),
  ];
}

function fromVector(vector: Vector, shape: Shape): JumpMeasure {
  const rest = vector.slice(shape.rho === "free" ? 4 : 3);
  return {
    radius: Math.exp(vector[0]!),
    k: 1 / (1 + Math.exp(vector[1]!)),
    rho: shape.rho === "free" ? 1 / (1 + Math.exp(-vector[3]!)) : shape.rho,
    height: Math.exp(vector[2]!),
    jumps: Array.from({ length: shape.jumps }, (_, i) => ({
      t: Math.exp(rest[2 * i]!),
      rate: Math.exp(rest[2 * i + 1]!),
    })),
  };
}

/** Jumps times tau at rates over tau. */
function decompressMeasure({ radius, height, jumps, ...same }: JumpMeasure, tau: number): JumpMeasure {
  return {
    ...same,
    radius: radius * tau,
    height: height / tau,
    jumps: jumps.map(({ t, rate }) => ({ t: t * tau, rate: rate / tau })),
  };
}

interface Refined extends LeastSquares {
  readonly measure: JumpMeasure;
}

function refine(problem: Problem, shape: Shape, start: JumpMeasure, rounds: number): Refined {
  const found = levenbergMarquardt(
    (vector) => problem.residual(fromVector(vector, shape)),
    toVector(start, shape),
    rounds,
  );
  return { ...found, measure: fromVector(found.at, shape) };
}

interface ExactMeasure {
  readonly radius: Rational;
  readonly k: Rational;
  /** r = R·k·rho. */
  readonly pole: Rational;
  readonly height: Rational;
  readonly jumps: readonly { readonly t: Rational; readonly rate: Rational }[];
}

/** Decimals that satisfy the conditions exactly, in the scaled coordinate; undefined where the measure would not stay positive. */
function exactMeasure(
  problem: Pick<Problem, "known" | "mean">,
  measure: JumpMeasure,
  shape: Shape,
  digits: number,
): ExactMeasure | undefined {
  const { mean, known } = problem;
  const rate = known.zeroWeight === undefined ? undefined : QQ.sub(QQ.one, known.zeroWeight);
  const k = decimal(measure.k, digits);
  if (QQ.sign(k) <= 0 || QQ.compare(k, QQ.one) >= 0) return undefined;
  // Per unit of height: the mean over R, and the rate (used for rho = 0 and 1, where it is rational).
  const excess = QQ.sub(QQ.div(QQ.add(k, QQ.inv(k)), rational(2)), QQ.one);
  const rateOfUnit = shape.rho === 0 ? excess : QQ.sub(QQ.inv(k), QQ.one);
  const jumps = measure.jumps.map((jump) => ({ t: decimal(jump.t, digits), rate: decimal(jump.rate, digits) }));
  let radius = decimal(measure.radius, digits);
  let height = decimal(measure.height, digits);
  if (rate !== undefined) {
    height = QQ.div(
      jumps.reduce((sum, jump) => QQ.sub(sum, jump.rate), rate),
      rateOfUnit,
    );
    if (QQ.sign(height) <= 0) return undefined;
  }
  if (mean !== undefined) {
    const missing = jumps.reduce((sum, jump) => QQ.sub(sum, QQ.mul(jump.t, jump.rate)), mean);
    if (rate === undefined) height = QQ.div(missing, QQ.mul(radius, excess));
    else radius = QQ.div(missing, QQ.mul(height, excess));
  }
  const rho = shape.rho === "free" ? decimal(measure.rho, digits) : rational(shape.rho);
  const lawful =
    QQ.sign(radius) > 0 &&
    QQ.sign(height) > 0 &&
    QQ.sign(rho) >= 0 &&
    QQ.compare(rho, QQ.one) <= 0 &&
    jumps.every((jump) => QQ.sign(jump.rate) > 0 && QQ.sign(jump.t) > 0);
  return lawful ? { radius, k, pole: QQ.mul(QQ.mul(radius, k), rho), height, jumps } : undefined;
}

/**
 * With T = Π (1 + t_i m), D = (1 + a m)(1 + b m) and J = m Σ rate_i t_i Π_{j≠i} (1 + t_j m):
 * ([(1 + z m + height)(1 − r m) + height·R m]·T − (1 − r m)·J)² − height²·D·T², divided by 1 − r m, which it contains since
 * (r + a)(r + b) = R².
 */
function continuousPolynomial({ radius, k, pole, height, jumps }: ExactMeasure): Polynomial {
  const [z, m] = [variable("z"), variable("m")];
  const one = constant(1);
  const [a, b] = [QQ.sub(QQ.mul(radius, k), pole), QQ.sub(QQ.div(radius, k), pole)];
  const linear = (factor: Rational): Polynomial => add(one, scale(m, factor));
  const factors = jumps.map(({ t }) => linear(t));
  const all = productOf([one, ...factors]);
  const tail = jumps.reduce(
    (sum, { t, rate }, i) => add(sum, scale(productOf([m, ...factors.filter((_, j) => j !== i)]), QQ.mul(t, rate))),
    constant(0),
  );
  const clearing = linear(QQ.neg(pole));
  const head = add(
    multiply(sumOf([one, multiply(z, m), constant(height)]), clearing),
    scale(m, QQ.mul(height, radius)),
  );
  const squared = power(subtract(multiply(head, all), multiply(clearing, tail)), 2);
  const root = scale(productOf([linear(a), linear(b), all, all]), QQ.mul(height, height));
  const whole = subtract(squared, root);
  if (QQ.isZero(pole)) return whole;
  const divided = divideExact(whole, clearing);
  if (divided === undefined)
    throw new InternalError("the factor of the pole does not divide the curve of a continuous jump measure");
  return divided;
}
