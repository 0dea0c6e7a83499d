import { leadingDouble } from "./dyadic-point.js";

/** Complex coefficients as (re + i·im)·2^exponent, leading coefficients last; `height` is the log2 of the modulus, −Infinity at 0. */
export interface LeadingCoefficients {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly exponent: Float64Array;
  readonly height: Float64Array;
}

/** Complex numbers (re + i·im)·2^exponent with a modulus of about 1 before scaling. */
export interface RootCandidates {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly exponent: Float64Array;
}

/** The leading 53 bits of (re[k] + i·im[k])·2^exponents[k]. */
export function leadingCoefficients(
  re: readonly bigint[],
  im: readonly bigint[] | undefined,
  exponents?: readonly number[],
): LeadingCoefficients {
  const n = re.length;
  const result = {
    re: new Float64Array(n),
    im: new Float64Array(n),
    exponent: new Float64Array(n),
    height: new Float64Array(n),
  };
  for (let k = 0; k < n; k++) {
    const a = leadingDouble(re[k]!);
    const b = leadingDouble(im?.[k] ?? 0n);
    const exponent = a.value === 0 ? b.exponent : b.value === 0 ? a.exponent : Math.max(a.exponent, b.exponent);
    const x = a.value * 2 ** Math.max(-1070, a.exponent - exponent);
    const y = b.value * 2 ** Math.max(-1070, b.exponent - exponent);
    result.re[k] = a.value === 0 ? 0 : x;
    result.im[k] = b.value === 0 ? 0 : y;
    result.exponent[k] = exponent + (exponents?.[k] ?? 0);
    result.height[k] = Math.log2(Math.hypot(result.re[k]!, result.im[k]!)) + result.exponent[k]!;
  }
  return result;
}

/** |p(x)| below this many ulps of the sum of the moduli of its terms is rounding. */
const NOISE = 2 ** -50;
/** A relative step after which the next one would be below rounding, because convergence is cubic. */
const SHORT_STEP = 2 ** -30;

/**
 * Approximate roots in double precision, by the iteration of Aberth and Ehrlich from the starting points of Bini (Numer.
 * Algorithms 13 (1996) 179): on circles whose radii are read off the Newton polygon of the log |coeffs[k]|. Every number carries its own
 * exponent, so that neither coefficients nor roots overflow. The first and the last coefficient must not be 0. An estimate:
 * nothing is claimed about the candidates.
 */
export function estimateRoots(coeffs: LeadingCoefficients): RootCandidates {
  const candidates = startingPoints(coeffs);
  const n = candidates.re.length;
  const settled = new Uint8Array(n);
  const scaled: Map<number, ScaledCoefficients> = new Map();
  let open = n;
  for (let sweep = 40 + 2 * Math.ceil(Math.sqrt(n)); sweep > 0 && open > 0; sweep--) {
    for (let i = 0; i < n; i++) {
      if (settled[i] === 1) continue;
      const exponent = candidates.exponent[i]!;
      let unit = scaled.get(exponent);
      if (unit === undefined) {
        unit = scaledTo(coeffs, exponent);
        scaled.set(exponent, unit);
      }
      if (aberthStep(unit, candidates, i)) {
        settled[i] = 1;
        open--;
      }
    }
  }
  return candidates;
}

/** The moduli of the roots as exponents of 2, one for each, with the number of the circle; from the Newton polygon. */
function startingPoints(coeffs: LeadingCoefficients): RootCandidates {
  const { height } = coeffs;
  const hull: number[] = [];
  for (let k = 0; k < height.length; k++) {
    if (height[k] === Number.NEGATIVE_INFINITY) continue;
    while (hull.length >= 2) {
      const last = hull[hull.length - 1]!;
      const before = hull[hull.length - 2]!;
      const slope = (height[k]! - height[before]!) / (k - before);
      if (height[before]! + slope * (last - before) < height[last]!) break;
      hull.pop();
    }
    hull.push(k);
  }
  const n = height.length - 1;
  const points = { re: new Float64Array(n), im: new Float64Array(n), exponent: new Float64Array(n) };
  let next = 0;
  for (let edge = 1; edge < hull.length; edge++) {
    const from = hull[edge - 1]!;
    const to = hull[edge]!;
    const logRadius = (height[from]! - height[to]!) / (to - from);
    const exponent = Math.round(logRadius);
    const radius = 2 ** (logRadius - exponent);
    for (let k = 0; k < to - from; k++, next++) {
      // An angle that is not symmetric to the real axis, and another one on each circle.
      const angle = (2 * Math.PI * k) / (to - from) + (2 * Math.PI * edge) / height.length + 0.7;
      points.re[next] = radius * Math.cos(angle);
      points.im[next] = radius * Math.sin(angle);
      points.exponent[next] = exponent;
    }
  }
  return points;
}

interface ScaledCoefficients {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly size: Float64Array;
  readonly isReal: boolean;
}

/** The coefficients c_k·2^(exponent·k − top) of the polynomial in the unit 2^exponent, all of them at most about 1. */
function scaledTo(coeffs: LeadingCoefficients, exponent: number): ScaledCoefficients {
  const length = coeffs.re.length;
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < length; k++) top = Math.max(top, Math.round(coeffs.height[k]! + exponent * k));
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  const size = new Float64Array(length);
  let isReal = true;
  for (let k = 0; k < length; k++) {
    const shift = coeffs.exponent[k]! + exponent * k - top;
    // Two factors: the exponent alone may leave the range of doubles where the product does not.
    const half = Math.trunc(shift / 2);
    const [p, q] = [2 ** half, 2 ** (shift - half)];
    re[k] = coeffs.re[k]! * p * q;
    im[k] = coeffs.im[k]! * p * q;
    size[k] = Math.abs(re[k]!) + Math.abs(im[k]!);
    if (im[k] !== 0) isReal = false;
  }
  return { re, im, size, isReal };
}

/** Moves candidate i by one step; whether it has settled, because p is as small there as rounding lets it be or the step was short. */
function aberthStep(coeffs: ScaledCoefficients, candidates: RootCandidates, i: number): boolean {
  const { re: res, im: ims, exponent: exponents } = candidates;
  const x = res[i]!;
  const y = ims[i]!;
  const exponent = exponents[i]!;
  const modulus = Math.sqrt(x * x + y * y);
  const { re, im, size, isReal } = coeffs;
  let [valueRe, valueIm, slopeRe, slopeIm, total] = [0, 0, 0, 0, 0];
  for (let k = re.length - 1; k >= 0; k--) {
    const nextSlope = slopeRe * x - slopeIm * y + valueRe;
    slopeIm = slopeRe * y + slopeIm * x + valueIm;
    slopeRe = nextSlope;
    const nextValue = valueRe * x - valueIm * y + re[k]!;
    valueIm = valueRe * y + valueIm * x + (isReal ? 0 : im[k]!);
    valueRe = nextValue;
    total = total * modulus + size[k]!;
  }
  const norm = valueRe * valueRe + valueIm * valueIm;
  if (norm <= NOISE * NOISE * total * total) return true;
  // 1/step = p'/p − Σ 1/(x − root)
  let inverseRe = (slopeRe * valueRe + slopeIm * valueIm) / norm;
  let inverseIm = (slopeIm * valueRe - slopeRe * valueIm) / norm;
  for (let j = 0; j < res.length; j++) {
    const shift = exponents[j]! - exponent;
    let dRe = x;
    let dIm = y;
    if (shift === 0) {
      dRe -= res[j]!;
      dIm -= ims[j]!;
    } else if (shift > 300) continue;
    else if (shift > -300) {
      const unit = 2 ** shift;
      dRe -= res[j]! * unit;
      dIm -= ims[j]! * unit;
    }
    const d = dRe * dRe + dIm * dIm;
    if (d === 0) continue;
    const inverse = 1 / d;
    inverseRe -= dRe * inverse;
    inverseIm += dIm * inverse;
  }
  const inverse = inverseRe * inverseRe + inverseIm * inverseIm;
  const stepRe = inverseRe / inverse;
  const stepIm = -inverseIm / inverse;
  let nextRe = x - stepRe;
  let nextIm = y - stepIm;
  let length = Math.hypot(nextRe, nextIm);
  if (!(length > 1e-100 && length < 1e100)) {
    // A stationary point, or two equal candidates: step aside.
    nextRe = x * 1.01 - y * 0.02;
    nextIm = y * 1.01 + x * 0.02;
    length = modulus;
  }
  const shift = length > 0.7 && length < 1.5 ? 0 : Math.round(Math.log2(length));
  res[i] = nextRe * 2 ** -shift;
  ims[i] = nextIm * 2 ** -shift;
  exponents[i] = exponent + shift;
  return Math.abs(stepRe) + Math.abs(stepIm) < SHORT_STEP * length;
}
