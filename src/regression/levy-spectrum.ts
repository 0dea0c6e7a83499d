import { Matrix } from "ml-matrix";
import type { LevyParameters } from "./curve-fit.js";
import { eigenvaluesOf } from "./eigenvalues.js";
import { assemble, nodes, type Piece, type SpectrumEstimate } from "./spectrum-estimate.js";

/** The parameters after decompression by tau: rates over tau, jumps and variance times tau. */
export function decompressLevy({ drift, variance, jumps }: LevyParameters, tau: number): LevyParameters {
  return { drift, variance: variance * tau, jumps: jumps.map(({ t, rate }) => ({ t: t * tau, rate: rate / tau })) };
}

/**
 * The spectrum of a free Lévy law from its inverse function zeta(m) = −1/m + a − v m + Σ rate_i t_i/(1 + t_i m), in a millisecond: the complement of the support is the image of the real m with
 * zeta' > 0 [Silverstein and Choi, J. Multivariate Anal. 54 (1995) 295, section 4], and above the support m is followed by Newton's iteration from edge to edge. An estimate in doubles.
 *
 * @returns undefined when the iteration fails or there is no density.
 */
export function levySpectrum(levy: LevyParameters): SpectrumEstimate | undefined {
  const shape = shapeOf(levy);
  if (shape === undefined) return undefined;
  const { bulks, atoms } = shape;
  const pieces: Piece[] = [];
  for (const bulk of bulks) {
    const piece = follow(levy, bulk);
    if (piece === undefined) return undefined;
    pieces.push(piece);
  }
  return pieces.length === 0 ? undefined : assemble(pieces, atoms, 0);
}

interface BulkEnds {
  readonly left: number;
  readonly right: number;
  /** m at the left edge. */
  readonly mLeft: number;
}

function zeta({ drift, variance, jumps }: LevyParameters, m: number): number {
  return jumps.reduce((sum, { t, rate }) => sum + (rate * t) / (1 + t * m), drift - 1 / m - variance * m);
}

function slope({ variance, jumps }: LevyParameters, m: number): number {
  return jumps.reduce((sum, { t, rate }) => sum - rate * (t / (1 + t * m)) ** 2, 1 / (m * m) - variance);
}

function shapeOf(levy: LevyParameters): { bulks: BulkEnds[]; atoms: { at: number; weight: number }[] } | undefined {
  const { drift, variance, jumps } = levy;
  const critical = criticalPoints(levy);
  if (critical === undefined) return undefined;
  const places = [...critical, 0, ...jumps.map(({ t }) => -1 / t)].sort((a, b) => a - b);
  const gaps: { from: number; to: number; mFrom: number; mTo: number }[] = [];
  const outer = 1 + 2 * Math.max(...places.map(Math.abs));
  for (let k = 0; k <= places.length; k++) {
    const [low, high] = [places[k - 1], places[k]];
    const inside = low === undefined ? -outer : high === undefined ? outer : (low + high) / 2;
    if (!(slope(levy, inside) > 0)) continue;
    // zeta grows on (low, high), through 0 from +infinity to −infinity, and is `drift` at infinity when there is no variance.
    const from = low === undefined ? drift : low === 0 ? Number.NEGATIVE_INFINITY : zeta(levy, low);
    const to = high === undefined ? drift : high === 0 ? Number.POSITIVE_INFINITY : zeta(levy, high);
    gaps.push({ from, to, mFrom: low ?? Number.NaN, mTo: high ?? Number.NaN });
  }
  gaps.sort((a, b) => a.from - b.from);
  const bulks: BulkEnds[] = [];
  for (let k = 0; k + 1 < gaps.length; k++) {
    const [left, right] = [gaps[k]!.to, gaps[k + 1]!.from];
    if (right > left && !Number.isNaN(gaps[k]!.mTo)) bulks.push({ left, right, mLeft: gaps[k]!.mTo });
  }
  const total = jumps.reduce((sum, { rate }) => sum + rate, 0);
  return { bulks, atoms: variance === 0 && total < 1 ? [{ at: drift, weight: 1 - total }] : [] };
}

/** The real zeros of zeta', polished by Newton's iteration; undefined where the parameters are beyond doubles. */
function criticalPoints(levy: LevyParameters): number[] | undefined {
  const { variance, jumps } = levy;
  const times = (p: readonly number[], q: readonly number[]): number[] => {
    const out = new Array<number>(p.length + q.length - 1).fill(0);
    p.forEach((a, i) => {
      q.forEach((b, j) => {
        out[i + j]! += a * b;
      });
    });
    return out;
  };
  const squares = jumps.map(({ t }) => [1, 2 * t, t * t]);
  const product = (without?: number): number[] =>
    squares.reduce<number[]>((p, q, i) => (i === without ? p : times(p, q)), [1]);
  const whole = times([1, 0, -variance], product());
  jumps.forEach(({ t, rate }, i) => {
    times([0, 0, rate * t * t], product(i)).forEach((value, k) => {
      whole[k]! -= value;
    });
  });
  let degree = whole.length - 1;
  const largest = Math.max(...whole.map(Math.abs));
  while (degree > 0 && Math.abs(whole[degree]!) < 1e-14 * largest) degree--;
  if (degree < 1) return [];
  const companion = Matrix.zeros(degree, degree);
  for (let k = 0; k < degree; k++) {
    companion.set(k, degree - 1, -whole[k]! / whole[degree]!);
    if (k > 0) companion.set(k, k - 1, 1);
  }
  const found = eigenvaluesOf(companion);
  if (found === undefined) return undefined;
  const { realEigenvalues, imaginaryEigenvalues } = found;
  return realEigenvalues
    .filter((re, k) => Math.abs(imaginaryEigenvalues[k]!) <= 1e-7 * Math.abs(re) && re !== 0)
    .map((re) => polished(levy, re));
}

function polished(levy: LevyParameters, start: number): number {
  let m = start;
  for (let round = 0; round < 4; round++) {
    const bend = levy.jumps.reduce((sum, { t, rate }) => sum + 2 * rate * (t / (1 + t * m)) ** 3, -2 / m ** 3);
    const step = slope(levy, m) / bend;
    if (!(Math.abs(step) < 0.01 * Math.abs(m))) return m;
    m -= step;
  }
  return m;
}

/** m above a bulk at nodes x = middle − half·cos(theta), by continuation from the left edge, and the masses between them. */
function follow(levy: LevyParameters, { left, right, mLeft }: BulkEnds): Piece | undefined {
  const [middle, half] = [(left + right) / 2, (right - left) / 2];
  const x = new Float64Array(nodes + 1);
  const upTo = new Float64Array(nodes + 1);
  x[0] = left;
  const bend = levy.jumps.reduce((sum, { t, rate }) => sum + 2 * rate * (t / (1 + t * mLeft)) ** 3, -2 / mLeft ** 3);
  let before: [number, number] = [mLeft, 0];
  let last: [number, number] | undefined;
  let mass = 0;
  for (let k = 0; k < nodes; k++) {
    const theta = ((k + 0.5) / nodes) * Math.PI;
    const at = middle - half * Math.cos(theta);
    const start: [number, number] =
      last === undefined
        ? [mLeft, Math.sqrt((2 * (at - left)) / Math.max(Math.abs(bend), 1e-300))]
        : [2 * last[0] - before[0], Math.max(0.3 * last[1], 2 * last[1] - before[1])];
    const found =
      solveAbove(levy, at, 0, start) ??
      (last === undefined ? undefined : solveAbove(levy, at, 0, last)) ??
      descend(levy, at, right - left);
    if (found === undefined) return undefined;
    if (last !== undefined) before = last;
    last = found;
    mass += (found[1] / Math.PI) * half * Math.sin(theta) * (Math.PI / nodes);
    x[k + 1] = middle - half * Math.cos(((k + 1) / nodes) * Math.PI);
    upTo[k + 1] = mass;
  }
  return { left, right, mass, negative: 0, x, upTo };
}

/** The solution of zeta(m) = x by continuation from far above x, where m is near −1/z; for where two bulks are about to part. */
function descend(levy: LevyParameters, x: number, width: number): [number, number] | undefined {
  let found: [number, number] | undefined;
  for (let height = 16 * width; height > 1e-9 * width; height /= 2) {
    const norm = (x - levy.drift) ** 2 + height ** 2;
    found = solveAbove(levy, x, height, found ?? [(levy.drift - x) / norm, height / norm]);
    if (found === undefined) return undefined;
  }
  return found && solveAbove(levy, x, 0, found);
}

/** A real solution, which Newton's iteration may come upon, belongs to another branch. */
const leastHeight = 1e-8;

/** The solution of zeta(m) = x + i·height in the upper half-plane, which is unique for a free Lévy law. */
function solveAbove(
  levy: LevyParameters,
  x: number,
  height: number,
  start: readonly [number, number],
): [number, number] | undefined {
  const { drift, variance, jumps } = levy;
  let [re, im] = start;
  for (let round = 0; round < 30; round++) {
    const norm = re * re + im * im;
    const [ir, ii] = [re / norm, -im / norm];
    let [vr, vi] = [drift - ir - variance * re - x, -ii - variance * im - height];
    let [sr, si] = [ir * ir - ii * ii - variance, 2 * ir * ii];
    for (const { t, rate } of jumps) {
      const [dr, di] = [1 + t * re, t * im];
      const size = dr * dr + di * di;
      const [fr, fi] = [(t * dr) / size, (-t * di) / size];
      vr += rate * fr;
      vi += rate * fi;
      sr -= rate * (fr * fr - fi * fi);
      si -= rate * 2 * fr * fi;
    }
    const size = sr * sr + si * si;
    const [stepRe, stepIm] = [(vr * sr + vi * si) / size, (vi * sr - vr * si) / size];
    re -= stepRe;
    im = im - stepIm > 0 ? im - stepIm : im / 2;
    const length = Math.hypot(re, im);
    if (Math.hypot(stepRe, stepIm) < 1e-11 * length) return im > leastHeight * length ? [re, im] : undefined;
  }
  return undefined;
}
