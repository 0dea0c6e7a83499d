import { EigenvalueDecomposition, inverse, Matrix } from "ml-matrix";
import { seededRandom } from "../../../src/core/index.js";
import { type LevyParameters, levySpectrum, type SpectrumEstimate } from "../../../src/regression/index.js";

// What no method can do much better than: the Fisher information of the linear statistics of n eigenvalues about the parameters of a free Lévy law, in the Gaussian limit, at the true law. Written in the inverse function
// zeta(m) = −1/m + drift − variance·m + Σ rate t/(1 + t m) alone, without the fit: contours, metric and derivatives are made here. Linear statistics of functions that vary faster than the edges fluctuate (n^(−2/3)) are
// not Gaussian and are left out.

type Complex = readonly [re: number, im: number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const plus = ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d];
const minus = ([a, b]: Complex, [c, d]: Complex): Complex => [a - c, b - d];
const scaled = ([a, b]: Complex, s: number): Complex => [a * s, b * s];
const over = (a: Complex, [c, d]: Complex): Complex => scaled(times(a, [c, -d]), 1 / (c * c + d * d));
const one: Complex = [1, 0];

/** zeta and its first three derivatives. */
function jetsOf({ drift, variance, jumps }: LevyParameters, m: Complex): [Complex, Complex, Complex, Complex] {
  const p = over(one, m);
  const p2 = times(p, p);
  let zeta: Complex = minus(minus([drift, 0], p), scaled(m, variance));
  let first: Complex = minus(p2, [variance, 0]);
  let second: Complex = scaled(times(p2, p), -2);
  let third: Complex = scaled(times(p2, p2), 6);
  for (const { t, rate } of jumps) {
    const q = over([t, 0], plus(one, scaled(m, t)));
    const q2 = times(q, q);
    zeta = plus(zeta, scaled(q, rate));
    first = minus(first, scaled(q2, rate));
    second = plus(second, scaled(times(q2, q), 2 * rate));
    third = minus(third, scaled(times(q2, q2), 6 * rate));
  }
  return [zeta, first, second, third];
}

/** m(z), from far above z downwards. */
function transformAt(levy: LevyParameters, z: Complex, width: number): Complex {
  let m: Complex | undefined;
  const steps = 60;
  for (let k = 0; k <= steps; k++) {
    const height = z[1] * ((100 * width) / z[1]) ** (1 - k / steps);
    const at: Complex = [z[0], height];
    m ??= over([-1, 0], at);
    for (let round = 0; round < 30; round++) {
      const [zeta, slope] = jetsOf(levy, m);
      const step: Complex = over(minus(zeta, at), slope);
      m = minus(m, step);
      if (Math.hypot(...step) < 1e-13 * Math.hypot(...m)) break;
    }
  }
  return m!;
}

const pointsAround = 48;
/** Below this share of the largest the eigenvalues of the correlation matrix are rounding. */
const rounding = 1e-7;

/** The information about log t_i, log rate_i and the logarithm of the variance if there is one; a total rate below one without variance is known, since zeros are counted. Undefined for a hard edge at 0. */
function informationOf(levy: LevyParameters, size: number): Matrix | undefined {
  const found = levySpectrum(levy);
  if (found === undefined) return undefined;
  const edges = found.intervals.map(({ left, right }) => [left, right] as const);
  const around = edges.length > 1 ? [[edges[0]![0], edges.at(-1)![1]] as const, ...edges] : edges;
  const width = edges.at(-1)![1] - edges[0]![0];
  const points: Complex[] = around.flatMap(([left, right]) => {
    const [centre, half] = [(left + right) / 2, (right - left) / 2];
    const reach = size ** (-2 / 3);
    const r = 1 + reach + Math.sqrt(reach * (2 + reach));
    return Array.from({ length: pointsAround }, (_, k): Complex => {
      const angle = ((k + 0.5) / pointsAround) * Math.PI;
      return [centre + (half / 2) * (r + 1 / r) * Math.cos(angle), (half / 2) * (r - 1 / r) * Math.sin(angle)];
    });
  });
  const ms = points.map((z) => transformAt(levy, z, width));
  const jets = ms.map((m) => jetsOf(levy, m));
  const count = points.length;
  const mirrored = ([a, b]: Complex, sign: number): Complex => [a, sign * b];
  // E(x y) and E(x conj(y)) of the deviations of m, times n²/2: m'm'/(m − m)² − 1/(z − w)².
  const product = (i: number, j: number, sign: 1 | -1): Complex => {
    const slope = over(one, jets[i]![1]);
    if (i === j && sign === 1) {
      // A sixth of the Schwarzian derivative of m, by that of its inverse.
      const [, a, b, c] = jets[i]!;
      const bend = over(b, a);
      return scaled(times(minus(over(c, a), scaled(times(bend, bend), 1.5)), times(slope, slope)), -1 / 6);
    }
    const [u, v] = [minus(ms[i]!, mirrored(ms[j]!, sign)), minus(points[i]!, mirrored(points[j]!, sign))];
    const slopes = times(slope, mirrored(over(one, jets[j]![1]), sign));
    return minus(over(slopes, times(u, u)), over(one, times(v, v)));
  };
  const covariance = Matrix.zeros(2 * count, 2 * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const [p, q] = [product(i, j, 1), product(i, j, -1)];
      covariance.set(i, j, (p[0] + q[0]) / size ** 2);
      covariance.set(i + count, j + count, (q[0] - p[0]) / size ** 2);
      covariance.set(i, j + count, (p[1] - q[1]) / size ** 2);
      covariance.set(j + count, i, (p[1] - q[1]) / size ** 2);
    }
  }
  const scales = covariance.diagonal().map((value) => 1 / Math.sqrt(value));
  const correlation = Matrix.zeros(2 * count, 2 * count);
  for (let i = 0; i < 2 * count; i++) {
    for (let j = 0; j < 2 * count; j++) {
      correlation.set(i, j, ((covariance.get(i, j) + covariance.get(j, i)) / 2) * scales[i]! * scales[j]!);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(correlation, { assumeSymmetric: true });
  const derivatives = tangents(levy).map((tangent) => ms.map((m, k) => scaled(over(tangent(m), jets[k]![1]), -1)));
  const whitened = derivatives.map((column) =>
    realEigenvalues.flatMap((value, k) => {
      if (value < rounding * Math.max(...realEigenvalues)) return [];
      let sum = 0;
      for (let i = 0; i < count; i++) {
        sum += eigenvectorMatrix.get(i, k) * scales[i]! * column[i]![0];
        sum += eigenvectorMatrix.get(i + count, k) * scales[i + count]! * column[i]![1];
      }
      return [sum / Math.sqrt(value)];
    }),
  );
  const information = new Matrix(whitened.map((a) => whitened.map((b) => a.reduce((sum, v, k) => sum + v * b[k]!, 0))));
  const total = levy.jumps.reduce((sum, { rate }) => sum + rate, 0);
  if (levy.variance === 0 && total < 1) {
    const gradient = levy.jumps.flatMap(({ rate }) => [0, rate]);
    for (let i = 0; i < gradient.length; i++) {
      for (let j = 0; j < gradient.length; j++) {
        information.set(i, j, information.get(i, j) + 1e12 * gradient[i]! * gradient[j]!);
      }
    }
  }
  return information;
}

/** d zeta/d parameter. */
function tangents({ variance, jumps }: LevyParameters): ((m: Complex) => Complex)[] {
  const all = jumps.flatMap(({ t, rate }): ((m: Complex) => Complex)[] => {
    const factor = (m: Complex): Complex => over([t, 0], plus(one, scaled(m, t)));
    return [(m) => scaled(over(factor(m), plus(one, scaled(m, t))), rate), (m) => scaled(factor(m), rate)];
  });
  return variance > 0 ? [...all, (m): Complex => scaled(m, -variance)] : all;
}

/** Laws of the large matrix that unbiased estimates at the bound would give from matrices of a size, so many pooled; none where the bound is not known. */
export function boundDraws(
  levy: LevyParameters,
  { size, copies, factor, count }: { size: number; copies: number; factor: number; count: number },
): SpectrumEstimate[] {
  const information = informationOf(levy, size);
  if (information === undefined) return [];
  const covariance = inverse(information).div(copies);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const random = seededRandom(7);
  return Array.from({ length: count }, () => {
    const normals = realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)) * random.normal());
    const change = normals.map((_, i) =>
      normals.reduce((sum, value, k) => sum + eigenvectorMatrix.get(i, k) * value, 0),
    );
    return levySpectrum(decompressed(moved(levy, change), factor));
  }).filter((found) => found !== undefined);
}

function moved({ drift, variance, jumps }: LevyParameters, change: readonly number[]): LevyParameters {
  return {
    drift,
    variance: variance > 0 ? variance * Math.exp(change.at(-1)!) : 0,
    jumps: jumps.map(({ t, rate }, k) => ({
      t: t * Math.exp(change[2 * k]!),
      rate: rate * Math.exp(change[2 * k + 1]!),
    })),
  };
}

/** Rates over tau, jumps and variance times tau. */
export function decompressed({ drift, variance, jumps }: LevyParameters, tau: number): LevyParameters {
  return { drift, variance: variance * tau, jumps: jumps.map(({ t, rate }) => ({ t: t * tau, rate: rate / tau })) };
}
