import { type Budget, unlimited } from "../core/index.js";
import { highTemperatureMp } from "../high-temperature/index.js";
import { rationalFromNumber } from "../rings/index.js";
import type { NumericLaw } from "./marchenko-pastur-bulk.js";

/** The Marchenko–Pastur law at high temperature, of the ratio of the matrix, fitted to its eigenvalues. */
export interface HighTemperatureFit {
  readonly law: NumericLaw;
  /** kappa → ∞ is the Marchenko–Pastur law; the smaller, the heavier the tail. */
  readonly kappa: number;
  /** kappa is at the upper end of its range: a larger one, nearer to the Marchenko–Pastur law, may be more likely. */
  readonly atLimit: boolean;
  /** Mean of the law. */
  readonly variance: number;
}

/** The likelihood is taken at so many quantiles of the data, the law tabulated at so many points. */
const quantileCount = 16;
const tableSize = 64;
const leastKappa = 1 / 20;
/**
 * kappa x/ratio at the largest eigenvalue: the density falls like exp of minus that, so that a sample of some thousand ends near 10. Much beyond, a value of the
 * density takes long, and the law is hardly another than the Marchenko–Pastur law.
 */
const mostArgument = 40;
const searchSteps = 7;
const tableDigits = 6;

/**
 * The mean is that of the positive ascending eigenvalues; kappa has the largest likelihood at 16 quantiles of them, within a factor of 8 of what the second
 * moment 1 + gamma + gamma/kappa says, and between 1/20 and 40 ratio/(largest eigenvalue over mean): at the upper end the most likely one
 * may be larger, up to the Marchenko–Pastur law; a tail heavier than exponential sets that end low. About 200 values of the density, a second or two; kappa to some per cent, density and distribution function to some 10^-3.
 * Estimates.
 */
export function fitHighTemperature(
  eigenvalues: Float64Array,
  ratio: number,
  budget: Budget = unlimited,
): HighTemperatureFit {
  const variance = eigenvalues.reduce((sum, value) => sum + value, 0) / eigenvalues.length;
  const values = eigenvalues.map((value) => value / variance);
  const largest = values.at(-1)!;
  const most = Math.max(2 * leastKappa, (mostArgument * ratio) / largest);
  const excess = values.reduce((sum, value) => sum + value * value, 0) / values.length - 1 - ratio;
  const guess = excess > 0 ? Math.min(most, Math.max(leastKappa, ratio / excess)) : most;
  const points = Float64Array.from(
    { length: quantileCount },
    (_, i) => values[Math.floor(((i + 0.5) / quantileCount) * values.length)]!,
  ).filter((value) => value > 0);
  const density = (kappa: number, x: Float64Array): Float64Array => {
    const law = highTemperatureMp(rationalFromNumber(shortened(ratio)), rationalFromNumber(shortened(kappa)));
    return x.map((at) => Number(law.densityAt(rationalFromNumber(shortened(at)), tableDigits, budget)));
  };
  const likelihood = (logKappa: number): number =>
    density(Math.exp(logKappa), points).reduce((sum, value) => sum + Math.log(value), 0);
  const [from, to] = [Math.max(leastKappa, guess / 8), Math.min(most, guess * 8)].map(Math.log) as [number, number];
  const kappa = Math.exp(largestPoint(likelihood, from, to));
  const table = tabulate((x) => density(kappa, x), points[0]! / 10, 1.5 * largest);
  return { law: scaled(table, variance), kappa, atLimit: kappa > 0.9 * most, variance };
}

/** Twelve bits are enough here, and make the exact arithmetic behind the density quicker. */
function shortened(x: number): number {
  const unit = 2 ** (Math.floor(Math.log2(x)) - 12);
  return Math.round(x / unit) * unit;
}

/** Golden-section search. */
function largestPoint(f: (x: number) => number, from: number, to: number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)];
  let [atLeft, atRight] = [f(left), f(right)];
  for (let step = 0; step < searchSteps; step++) {
    if (atLeft > atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - golden * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + golden * (high - low);
      atRight = f(right);
    }
  }
  return (low + high) / 2;
}

/** log density and distribution function on a grid that is even in log x, normalised to 1. */
function tabulate(density: (x: Float64Array) => Float64Array, from: number, to: number): NumericLaw {
  const step = Math.log(to / from) / (tableSize - 1);
  const places = Float64Array.from({ length: tableSize }, (_, i) => from * Math.exp(i * step));
  const heights = density(places);
  const mass = new Float64Array(tableSize);
  for (let i = 1; i < tableSize; i++) {
    mass[i] = mass[i - 1]! + (step * (heights[i - 1]! * places[i - 1]! + heights[i]! * places[i]!)) / 2;
  }
  const total = mass[tableSize - 1]!;
  const interpolate = (values: ArrayLike<number>, x: number): number => {
    const at = Math.min(tableSize - 1, Math.max(0, Math.log(x / from) / step));
    const i = Math.min(tableSize - 2, Math.floor(at));
    return values[i]! + (at - i) * (values[i + 1]! - values[i]!);
  };
  const logs = heights.map((height) => Math.log(height / total));
  return {
    logDensity: (x) => (x > 0 ? interpolate(logs, x) : Number.NEGATIVE_INFINITY),
    cumulative: (x) => (x > 0 ? interpolate(mass, x) / total : 0),
  };
}

function scaled(law: NumericLaw, factor: number): NumericLaw {
  return {
    logDensity: (x) => law.logDensity(x / factor) - Math.log(factor),
    cumulative: (x) => law.cumulative(x / factor),
  };
}
