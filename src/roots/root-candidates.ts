import type { ComplexBall } from "../ball/index.js";

/** The complex number (re + i·im)·2^exponent with a modulus between 1/4 and 4 before scaling. */
export interface RootCandidate {
  readonly re: number;
  readonly im: number;
  readonly exponent: number;
}

interface ScaledCoefficient {
  readonly re: number;
  readonly im: number;
  readonly exponent: number;
}

const ROUNDING = 2 ** -48;

/**
 * Approximate roots of the polynomial of the midpoints, in double precision, by the iteration of Aberth and Ehrlich from the
 * starting points of Bini (Numer. Algorithms 13 (1996) 179): on circles whose radii are read off the Newton polygon of the log
 * |coeffs[k]|. Every number carries its own exponent, so that neither coefficients nor roots overflow. The first and the last
 * coefficient must have midpoints other than 0. An estimate: nothing is claimed about the candidates.
 */
export function estimateRoots(coeffs: readonly ComplexBall[]): RootCandidate[] {
  const scaled = coeffs.map(scaledCoefficient);
  const candidates = startingPoints(scaled);
  const settled = candidates.map(() => false);
  const sweeps = 30 + 2 * Math.ceil(Math.sqrt(candidates.length));
  for (let sweep = 0; sweep < sweeps && settled.includes(false); sweep++) {
    for (let i = 0; i < candidates.length; i++) {
      if (settled[i]) continue;
      const next = aberthStep(scaled, candidates, i);
      if (next === undefined) settled[i] = true;
      else candidates[i] = next;
    }
  }
  return candidates;
}

function scaledCoefficient(a: ComplexBall): ScaledCoefficient {
  const reTop = a.re.exponent + a.re.length;
  const imTop = a.im.exponent + a.im.length;
  if (a.re.head === 0 && a.im.head === 0) return { re: 0, im: 0, exponent: 0 };
  const exponent = a.re.head === 0 ? imTop : a.im.head === 0 ? reTop : Math.max(reTop, imTop);
  const re = a.re.head === 0 ? 0 : a.re.head * 2 ** (reTop - exponent);
  const im = a.im.head === 0 ? 0 : a.im.head * 2 ** (imTop - exponent);
  return { re, im, exponent };
}

function startingPoints(coeffs: readonly ScaledCoefficient[]): RootCandidate[] {
  const heights = coeffs.map((c) => Math.log2(Math.hypot(c.re, c.im)) + c.exponent);
  const hull: number[] = [];
  for (let k = 0; k < heights.length; k++) {
    if (heights[k] === Number.NEGATIVE_INFINITY) continue;
    while (hull.length >= 2) {
      const last = hull[hull.length - 1]!;
      const before = hull[hull.length - 2]!;
      const slope = (heights[k]! - heights[before]!) / (k - before);
      if (heights[before]! + slope * (last - before) < heights[last]!) break;
      hull.pop();
    }
    hull.push(k);
  }
  const points: RootCandidate[] = [];
  for (let edge = 1; edge < hull.length; edge++) {
    const from = hull[edge - 1]!;
    const to = hull[edge]!;
    const logRadius = (heights[from]! - heights[to]!) / (to - from);
    const exponent = Math.round(logRadius);
    const radius = 2 ** (logRadius - exponent);
    for (let k = 0; k < to - from; k++) {
      // An angle that is not symmetric to the real axis, and another one on each circle.
      const angle = (2 * Math.PI * k) / (to - from) + (2 * Math.PI * edge) / heights.length + 0.7;
      points.push({ re: radius * Math.cos(angle), im: radius * Math.sin(angle), exponent });
    }
  }
  return points;
}

/** The candidate i after one step; undefined when the polynomial there is as small as rounding lets it be. */
function aberthStep(
  coeffs: readonly ScaledCoefficient[],
  candidates: readonly RootCandidate[],
  i: number,
): RootCandidate | undefined {
  const x = candidates[i]!;
  // In the unit 2^exponent of this candidate the coefficients become c_k·2^(exponent·k − top), all of them at most 1.
  let top = Number.NEGATIVE_INFINITY;
  coeffs.forEach((c, k) => {
    if (c.re !== 0 || c.im !== 0) top = Math.max(top, c.exponent + x.exponent * k);
  });
  let valueRe = 0;
  let valueIm = 0;
  let slopeRe = 0;
  let slopeIm = 0;
  let size = 0;
  const modulus = Math.hypot(x.re, x.im);
  for (let k = coeffs.length - 1; k >= 0; k--) {
    const c = coeffs[k]!;
    const unit = 2 ** Math.max(-1070, c.exponent + x.exponent * k - top);
    const nextSlope = slopeRe * x.re - slopeIm * x.im + valueRe;
    slopeIm = slopeRe * x.im + slopeIm * x.re + valueIm;
    slopeRe = nextSlope;
    const nextValue = valueRe * x.re - valueIm * x.im + c.re * unit;
    valueIm = valueRe * x.im + valueIm * x.re + c.im * unit;
    valueRe = nextValue;
    size = size * modulus + (Math.abs(c.re) + Math.abs(c.im)) * unit;
  }
  if (Math.hypot(valueRe, valueIm) <= ROUNDING * size) return undefined;
  // 1/step = p'/p − Σ 1/(x − y)
  const norm = valueRe * valueRe + valueIm * valueIm;
  let inverseRe = (slopeRe * valueRe + slopeIm * valueIm) / norm;
  let inverseIm = (slopeIm * valueRe - slopeRe * valueIm) / norm;
  for (let j = 0; j < candidates.length; j++) {
    if (j === i) continue;
    const y = candidates[j]!;
    const shift = y.exponent - x.exponent;
    if (shift > 300) continue;
    const unit = shift < -300 ? 0 : 2 ** shift;
    const dRe = x.re - y.re * unit;
    const dIm = x.im - y.im * unit;
    const d = dRe * dRe + dIm * dIm;
    if (d === 0) continue;
    inverseRe -= dRe / d;
    inverseIm += dIm / d;
  }
  const inverse = inverseRe * inverseRe + inverseIm * inverseIm;
  let re = x.re - inverseRe / inverse;
  let im = x.im + inverseIm / inverse;
  const length = Math.hypot(re, im);
  if (!(length > 1e-100 && length < 1e100)) {
    // A stationary point, or two equal candidates: step aside.
    re = x.re * 1.01 - x.im * 0.02;
    im = x.im * 1.01 + x.re * 0.02;
    return { re, im, exponent: x.exponent };
  }
  const shift = Math.round(Math.log2(length));
  return { re: re * 2 ** -shift, im: im * 2 ** -shift, exponent: x.exponent + shift };
}
