import { type DyadicPoint, LOG_SLACK, logModulus, logSum, shifted } from "./dyadic-point.js";

/** A polynomial with the coefficients re[k] + i·im[k]; `im` is left out when all are real. */
export interface FixedPointPolynomial {
  readonly re: readonly bigint[];
  readonly im: readonly bigint[] | undefined;
  /** An upper bound of the log2 |coefficient k|, −Infinity for 0. */
  readonly heights: Float64Array;
}

export interface Evaluation {
  /** p(x), within 2^valueError. */
  readonly value: DyadicPoint;
  readonly valueError: number;
  /** p'(x), within 2^derivativeError. */
  readonly derivative: DyadicPoint;
  readonly derivativeError: number;
}

export function fixedPointPolynomial(re: readonly bigint[], im?: readonly bigint[]): FixedPointPolynomial {
  const heights = Float64Array.from(re, (a, k) => logModulus({ re: a, im: im?.[k] ?? 0n, exponent: 0 }) + LOG_SLACK);
  return { re, im, heights };
}

/** An upper bound of log2 Σ |coefficient k|·|x|^k, and at most log2(n + 1) + 1 above it, for log2 |x| = `logX`. */
export function logHeight(p: FixedPointPolynomial, logX: number): number {
  let top = Number.NEGATIVE_INFINITY;
  p.heights.forEach((h, k) => {
    if (h + k * logX > top) top = h + k * logX;
  });
  return top + Math.log2(p.heights.length) + LOG_SLACK;
}

/**
 * p(x) and p'(x) with an absolute error of a few n units of 2^-valueBits, and |x|·2^-slopeBits for the derivative. Fixed-point
 * arithmetic on integers. For x that is not real p is divided by the real polynomial t² − 2 Re(x) t + |x|², by
 * b_k = c_k + 2 Re(x) b_{k+1} − |x|² b_{k+2}, which takes two real products for each coefficient where Horner's rule takes four; then
 * p(x) = b_0 − conj(x) b_1. Rounding b_k by e_k gives the exact quotient for the coefficient c_k + e_k, so that the errors add up to
 * Σ |e_k||x|^k, whatever x is; the b_k carry as many fractional bits as make these terms equal.
 */
export function evaluateFixedPoint(
  p: FixedPointPolynomial,
  x: DyadicPoint,
  valueBits: number,
  slopeBits: number,
): Evaluation {
  const logX = logModulus(x) + LOG_SLACK;
  const evaluate = x.im === 0n ? evaluateOnRealLine : evaluateOffRealLine;
  const real = evaluate(p.re, x, logX, valueBits, slopeBits);
  const factor = p.im === undefined ? 1 : 2;
  const n = p.re.length;
  const slopeExponent = Math.ceil(logX) - slopeBits;
  let { value, slope } = real;
  if (p.im !== undefined) {
    const imaginary = evaluate(p.im, x, logX, valueBits, slopeBits);
    value = [value[0] - imaginary.value[1], value[1] + imaginary.value[0]];
    slope = [slope[0] - imaginary.slope[1], slope[1] + imaginary.slope[0]];
  }
  // 3 units for each b_k; 3 for the last step. The quotient's derivative errs by n/|x| times as much, and by 2|x| times its own error.
  const valueError = Math.log2(factor * (3 * n + 6)) - valueBits + LOG_SLACK;
  const own = Math.log2(factor * (6 * n + 16)) + slopeExponent + LOG_SLACK;
  return {
    value: { re: value[0], im: value[1], exponent: -valueBits },
    valueError,
    derivative: { re: slope[0], im: slope[1], exponent: slopeExponent },
    derivativeError: logSum(own, valueError + Math.log2(n) - logX + 2 * LOG_SLACK),
  };
}

interface Parts {
  value: [bigint, bigint];
  slope: [bigint, bigint];
}

function evaluateOffRealLine(
  c: readonly bigint[],
  x: DyadicPoint,
  logX: number,
  valueBits: number,
  slopeBits: number,
): Parts {
  const { re, im, exponent: e } = x;
  const r = 2n * re;
  const s = re * re + im * im;
  // b1 = b_{k+1}·2^f1 and b2 = b_{k+2}·2^f2 with f = valueBits + ceil(k log2|x|); q = Σ b_{k+2} t^k is divided once more into the d_k.
  let [b1, b2, d1, d2] = [0n, 0n, 0n, 0n];
  let [f1, f2, g1, g2] = [0, 0, 0, 0];
  for (let k = c.length - 1; k >= 1; k--) {
    const grade = Math.ceil(k * logX);
    const f = valueBits + grade;
    const g = slopeBits + grade;
    let d = shifted(b2, g - f2);
    if (d1 !== 0n) d += shifted(r * d1, e + g - g1);
    if (d2 !== 0n) d -= shifted(s * d2, 2 * e + g - g2);
    let b = shifted(c[k]!, f);
    if (b1 !== 0n) b += shifted(r * b1, e + f - f1);
    if (b2 !== 0n) b -= shifted(s * b2, 2 * e + f - f2);
    [b2, f2, b1, f1] = [b1, f1, b, f];
    [d2, g2, d1, g1] = [d1, g1, d, g];
  }
  // p(x) = c_0 − |x|² b_2 + x b_1 and p'(x) = b_1 + 2i Im(x) q(x), where q(x) = b_2 − |x|² d_2 + x d_1.
  const valueRe =
    shifted(c[0]!, valueBits) - shifted(s * b2, 2 * e + valueBits - f2) + shifted(re * b1, e + valueBits - f1);
  const valueIm = shifted(im * b1, e + valueBits - f1);
  const quotientRe =
    shifted(b2, slopeBits - f2) - shifted(s * d2, 2 * e + slopeBits - g2) + shifted(re * d1, e + slopeBits - g1);
  const quotientIm = shifted(im * d1, e + slopeBits - g1);
  const to = slopeBits - Math.ceil(logX);
  const y = 2n * im;
  return {
    value: [valueRe, valueIm],
    slope: [
      shifted(b1, to - f1) - shifted(y * quotientIm, e + to - slopeBits),
      shifted(y * quotientRe, e + to - slopeBits),
    ],
  };
}

/** Horner's rule for the value and the derivative. */
function evaluateOnRealLine(
  c: readonly bigint[],
  x: DyadicPoint,
  logX: number,
  valueBits: number,
  slopeBits: number,
): Parts {
  const n = c.length - 1;
  const e = x.exponent;
  let [b, d] = [0n, 0n];
  let f1 = 0;
  let g1 = 0;
  const to = slopeBits - Math.ceil(logX);
  for (let k = n; k >= 0; k--) {
    const f = valueBits + Math.ceil(k * logX);
    // d_k = b_{k+1} + x d_{k+1}
    const g = to + Math.ceil(k * logX);
    if (d !== 0n) d = shifted(x.re * d, e + g - g1);
    if (b !== 0n) d += shifted(b, g - f1);
    g1 = g;
    b = shifted(c[k]!, f) + (b === 0n ? 0n : shifted(x.re * b, e + f - f1));
    f1 = f;
  }
  return { value: [b, 0n], slope: [d, 0n] };
}
