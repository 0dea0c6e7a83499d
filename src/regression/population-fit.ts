import { type Budget, unlimited } from "../core/index.js";
import { ensembles } from "../ensembles/index.js";
import { shift as shiftLaw } from "../flow/index.js";
import type { Law } from "../law/index.js";
import { QQ, type Rational, rationalToNumber } from "../rings/index.js";
import { divide, transformOfAtoms } from "./atom-transform.js";
import { type CurveFit, decimal, type Family, followerOf, misfitOf, reachOf, shortestFaithful } from "./curve-fit.js";
import type { DoubleCurve } from "./double-curve.js";
import { type LeastSquares, levenbergMarquardt, sensitivityOf } from "./least-squares.js";
import type { Weighted } from "./noise.js";

/** A discrete population: places and weights of sum 1. */
interface Population {
  readonly places: readonly number[];
  readonly weights: readonly number[];
}

/** A law that a population and one number determine, in the scaled coordinate. */
interface Model {
  readonly family: Family;
  readonly name: string;
  /** Places as they stand in the vector of the iteration, and back. */
  toPlace(x: number): number;
  fromPlace(place: number): number;
  /** The deviation m_j − m_fit(z_j) to first order, written to the arrays. */
  deviation(weighted: Weighted, number: number, population: Population, re: Float64Array, im: Float64Array): void;
  /** The curve, as m·Π D_i − Σ w_i Π_{j≠i} D_j with m = Σ w_i/D_i, D_i a polynomial of degree one in z and in m. */
  factors(number: number, place: number): Factor;
  law(number: Rational, population: readonly (readonly [Rational, Rational])[]): Law;
  /** From the scaled coordinate to that of the eigenvalues. */
  unscaleNumber(number: number, dilation: number): number;
}

/** c + x·z + y·m + w·z·m. */
interface Factor {
  readonly one: number;
  readonly z: number;
  readonly m: number;
  readonly zm: number;
}

/** What is known exactly. */
export interface PopulationKnown {
  /** The weight of an atom at 0 of a Silverstein law, which fixes c. */
  readonly zeroWeight?: Rational;
}

/** m = Σ w/(x − z − v m). The first-order deviation divides by 1 − v·g'(z + v m), g the transform of the population. */
const deformedWigner: Model = {
  family: "deformed Wigner",
  name: "deformed Wigner",
  toPlace: (x) => x,
  fromPlace: (place) => place,
  deviation({ samples, mRe, mIm }, v, { places, weights }, re, im) {
    const g = new Float64Array(4);
    for (let j = 0; j < mRe.length; j++) {
      transformOfAtoms(places, weights, samples.zRe[j]! + v * mRe[j]!, samples.zIm[j]! + v * mIm[j]!, g);
      divide(mRe[j]! - g[0]!, mIm[j]! - g[1]!, 1 - v * g[2]!, -v * g[3]!, re, im, j);
    }
  },
  factors: (v, place) => ({ one: place, z: -1, m: -v, zm: 0 }),
  law: (v, population) => ensembles.deformedWigner(v, population),
  unscaleNumber: (v, dilation) => v * dilation * dilation,
};

/** m = Σ w/(t (1 − c − c z m) − z). */
const silverstein: Model = {
  family: "Silverstein",
  name: "Silverstein",
  toPlace: Math.exp,
  fromPlace: Math.log,
  deviation({ samples, mRe, mIm }, c, { places, weights }, re, im) {
    for (let j = 0; j < mRe.length; j++) {
      const [zr, zi] = [samples.zRe[j]!, samples.zIm[j]!];
      const [fr, fi] = [1 - c - c * (zr * mRe[j]! - zi * mIm[j]!), -c * (zr * mIm[j]! + zi * mRe[j]!)];
      let [gr, gi, hr, hi] = [0, 0, 0, 0];
      for (let k = 0; k < places.length; k++) {
        const [dr, di] = [places[k]! * fr - zr, places[k]! * fi - zi];
        const norm = dr * dr + di * di;
        const [ir, ii] = [dr / norm, -di / norm];
        gr += weights[k]! * ir;
        gi += weights[k]! * ii;
        hr += weights[k]! * places[k]! * (ir * ir - ii * ii);
        hi += weights[k]! * places[k]! * 2 * ir * ii;
      }
      // d/dm of the sum is Σ w t c z/D².
      divide(mRe[j]! - gr, mIm[j]! - gi, 1 - c * (zr * hr - zi * hi), -c * (zr * hi + zi * hr), re, im, j);
    }
  },
  factors: (c, place) => ({ one: place * (1 - c), z: -1, m: 0, zm: -place * c }),
  law: (c, population) => ensembles.silverstein(c, population),
  unscaleNumber: (c) => c,
};

/**
 * Deformed Wigner laws (a diagonal matrix of two or three different entries plus a Wigner matrix) and, for a positive spectrum, Silverstein laws (sample covariance of two or three population
 * eigenvalues), by Levenberg–Marquardt in the metric of the noise from quantiles of the spectrum. Laws by construction; how far they can be decompressed is another question.
 *
 * @param bulk the eigenvalues in the scaled coordinate, ascending.
 */
export function fitPopulationCurves(
  weighted: Weighted,
  bulk: Float64Array,
  positive: boolean,
  known: PopulationKnown,
  budget: Budget = unlimited,
): CurveFit[] {
  const fits: CurveFit[] = [];
  const nonzero = bulk.filter((value) => value !== 0);
  const models: Model[] = [];
  if (known.zeroWeight === undefined) models.push(deformedWigner);
  if (positive) models.push(silverstein);
  for (const model of models) {
    let before: Refined | undefined;
    for (const count of [2, 3]) {
      budget.spend(1, "fitting populations");
      const problem: Problem = { weighted, model, count, fixed: fixedRatio(model, known) };
      const starts = startsOf(problem, nonzero, before);
      const tried = starts.map((start) => refine(problem, start, 10)).sort((a, b) => a.sum - b.sum);
      const found = refine(problem, [...tried[0]!.at], 60);
      before = found;
      fits.push(curveOf(problem, found));
    }
  }
  return fits;
}

interface Problem {
  readonly weighted: Weighted;
  readonly model: Model;
  readonly count: number;
  /** The exact aspect ratio when the weight of the atom at 0 gives it. */
  readonly fixed: Rational | undefined;
}

interface Refined extends LeastSquares {
  readonly number: number;
  readonly population: Population;
}

/** An atom of weight w at 0 of a sample covariance matrix says c = 1/(1 − w). */
function fixedRatio(model: Model, known: PopulationKnown): Rational | undefined {
  if (model !== silverstein || known.zeroWeight === undefined) return undefined;
  return QQ.inv(QQ.sub(QQ.one, known.zeroWeight));
}

/** The logarithm of the number unless it is fixed, the places, and the weights but the last against the last, as logarithms. */
function unpack({ model, count, fixed }: Problem, vector: readonly number[]): Pick<Refined, "number" | "population"> {
  const rest = fixed === undefined ? vector.slice(1) : vector;
  const raw = [...rest.slice(count).map(Math.exp), 1];
  const total = raw.reduce((sum, value) => sum + value, 0);
  return {
    number: fixed === undefined ? Math.exp(vector[0]!) : rationalToNumber(fixed),
    population: { places: rest.slice(0, count).map(model.toPlace), weights: raw.map((value) => value / total) },
  };
}

function startsOf(problem: Problem, nonzero: Float64Array, before: Refined | undefined): number[][] {
  const { model, count, fixed } = problem;
  const at = (p: number): number => nonzero[Math.min(nonzero.length - 1, Math.floor(p * nonzero.length))]!;
  const width = at(0.9) - at(0.1);
  const numbers =
    model === silverstein ? [0.1, 0.4, fixed === undefined ? 1.5 : 0.8] : [0.02, 0.1].map((v) => v * width ** 2);
  const levels =
    count === 2
      ? [
          [0.2, 0.8],
          [0.5, 0.95],
        ]
      : [
          [0.15, 0.5, 0.85],
          [0.3, 0.7, 0.97],
        ];
  const pack = (number: number, places: readonly number[], logits: readonly number[]): number[] => [
    ...(fixed === undefined ? [Math.log(number)] : []),
    ...places.map((place) => model.fromPlace(place)),
    ...logits,
  ];
  const cold = numbers.flatMap((number) =>
    levels.map((level) => pack(number, level.map(at), new Array<number>(count - 1).fill(0))),
  );
  if (before === undefined) return cold;
  const { number, population } = before;
  const warm = [0.1, 0.9].map((p) =>
    pack(number, [...population.places, at(p)], [...population.weights.map((w) => Math.log(w / 0.05))]),
  );
  return [...cold, ...warm];
}

function refine(problem: Problem, start: readonly number[], rounds: number): Refined {
  const { weighted, model } = problem;
  const [re, im] = [new Float64Array(weighted.mRe.length), new Float64Array(weighted.mRe.length)];
  const residual = (vector: readonly number[]): Float64Array => {
    const { number, population } = unpack(problem, vector);
    model.deviation(weighted, number, population, re, im);
    return weighted.whiten(re, im);
  };
  const found = levenbergMarquardt(residual, start, rounds);
  return { ...found, ...unpack(problem, found.at) };
}

interface PopulationRecord {
  readonly family: Family;
  readonly count: number;
  readonly fixed: Rational | undefined;
  readonly found: Refined;
}

/** The curve of a record of one of these families. */
export function revivePopulation(weighted: Weighted, { family, count, fixed, found }: PopulationRecord): CurveFit {
  return curveOf(
    { weighted, model: family === silverstein.family ? silverstein : deformedWigner, count, fixed },
    found,
  );
}

function curveOf(problem: Problem, found: Refined): CurveFit {
  const { weighted, model, count, fixed } = problem;
  const curve = populationCurve(model, found.number, found.population);
  const { values, spread } = sensitivityOf(found.jacobian);
  return {
    family: model.family,
    name: `${model.name} with ${count} population ${model === silverstein ? "eigenvalues" : "atoms"}`,
    shifted: false,
    curve,
    degrees: { m: curve.degM, z: curve.degZ },
    freedom: found.at.length,
    misfit: misfitOf(weighted, curve),
    condition: found.condition,
    follow: followerOf(found.jacobian),
    reach: reachOf(values, 0),
    coordinates: found.at.length,
    draw(normals) {
      const change = spread(normals);
      const { number, population } = unpack(
        problem,
        found.at.map((value, k) => value + change[k]!),
      );
      return { curve: populationCurve(model, number, population), tau: 1 };
    },
    exact: () => shortestFaithful(weighted, (digits) => exactLaw(problem, found, digits)),
    record: { family: model.family, count, fixed, found } satisfies PopulationRecord,
  };
}

function exactLaw({ weighted, model, fixed }: Problem, found: Refined, digits: number): Law | undefined {
  const { shift, dilation } = weighted.samples;
  const factor = rationalToNumber(dilation);
  const order = found.population.weights
    .map((_, k) => k)
    .sort((a, b) => found.population.weights[b]! - found.population.weights[a]!);
  const pairs = order.map((k): [Rational, Rational] => [
    decimal(found.population.places[k]! * factor, digits),
    decimal(found.population.weights[k]!, digits),
  ]);
  const others = pairs.slice(1).reduce((sum, [, weight]) => QQ.add(sum, weight), QQ.zero);
  pairs[0]![1] = QQ.sub(QQ.one, others);
  const number = fixed ?? decimal(model.unscaleNumber(found.number, factor), digits);
  const distinct = new Set(pairs.map(([place]) => `${place.num}/${place.den}`)).size === pairs.length;
  const lawful =
    distinct &&
    QQ.sign(number) > 0 &&
    pairs.every(([place, weight]) => QQ.sign(weight) > 0 && (model === deformedWigner || QQ.sign(place) > 0));
  if (!lawful) return undefined;
  const law = model.law(number, pairs);
  return QQ.isZero(shift) ? law : shiftLaw(law, shift);
}

/** m·Π D_i − Σ w_i Π_{j≠i} D_j in doubles. */
function populationCurve(model: Model, number: number, { places, weights }: Population): DoubleCurve {
  const size = places.length;
  const [degM, degZ] = [size + 1, size];
  const stride = degZ + 2;
  const times = (p: Float64Array, f: Factor): Float64Array => {
    const out = new Float64Array(p.length);
    p.forEach((value, i) => {
      if (value === 0) return;
      out[i]! += value * f.one;
      if (f.z !== 0) out[i + 1]! += value * f.z;
      if (f.m !== 0) out[i + stride]! += value * f.m;
      if (f.zm !== 0) out[i + stride + 1]! += value * f.zm;
    });
    return out;
  };
  const unit = (): Float64Array => {
    const one = new Float64Array((degM + 2) * stride);
    one[0] = 1;
    return one;
  };
  const factors = places.map((place) => model.factors(number, place));
  const whole = times(factors.reduce(times, unit()), { one: 0, z: 0, m: 1, zm: 0 });
  weights.forEach((weight, i) => {
    const part = factors.filter((_, j) => j !== i).reduce(times, unit());
    part.forEach((value, index) => {
      whole[index]! -= weight * value;
    });
  });
  const coeffs = new Float64Array((degM + 1) * (degZ + 1));
  for (let k = 0; k <= degM; k++) for (let l = 0; l <= degZ; l++) coeffs[k * (degZ + 1) + l] = whole[k * stride + l]!;
  return { degM, degZ, coeffs };
}
