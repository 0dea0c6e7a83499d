import { add, constant, type Polynomial, scale, substitute, variable } from "../poly/index.js";
import { QQ, type Rational, rational, rationalFromNumber } from "../rings/index.js";
import { type CurveValue, type DoubleCurve, evaluateCurve, toDoubleCurve } from "./double-curve.js";
import type { Samples } from "./samples.js";

/** A curve fitted to samples, in the coordinate of the samples and in that of the eigenvalues. */
export interface CurveFit {
  /** `dense`: every coefficient is free; `free Lévy`: a law by construction, at every tau. */
  readonly family: "dense" | "free Lévy";
  /** Exact, in z and m of the eigenvalues. */
  readonly polynomial: Polynomial;
  /** The same curve in doubles, in the scaled coordinate of the samples. */
  readonly scaled: DoubleCurve;
  readonly degrees: { readonly m: number; readonly z: number };
  /** How many numbers were fitted. */
  readonly freedom: number;
  /** Root mean square over the samples of |m_fit − m_n| (first order) in units of the standard error of m_n. */
  readonly residual: number;
  /** Largest over smallest nonzero singular value of the equilibrated least-squares problem: how well the data fix the answer. */
  readonly condition: number;
}

/** The rms residual, and 1/(|P_m| error) at every sample. */
export function residualOf(samples: Samples, curve: DoubleCurve): { residual: number; slopes: Float64Array } {
  const out: CurveValue = [0, 0, 0, 0, 0, 0];
  const slopes = new Float64Array(samples.zRe.length);
  let sum = 0;
  for (let j = 0; j < slopes.length; j++) {
    evaluateCurve(curve, samples.zRe[j]!, samples.zIm[j]!, samples.mRe[j]!, samples.mIm[j]!, out);
    slopes[j] = 1 / (Math.hypot(out[2], out[3]) * samples.error[j]!);
    sum += (Math.hypot(out[0], out[1]) * slopes[j]!) ** 2;
  }
  return { residual: Math.sqrt(sum / slopes.length), slopes };
}

/**
 * The curve of the fewest bits that is as near to the data as the doubles are, up to 1 % and a thousandth of a standard error. `build` makes the exact curve, in the scaled
 * coordinate, from coefficients rounded to so many bits, with the exact conditions solved again; undefined where they cannot be met.
 */
export function shortestFaithful(
  samples: Samples,
  build: (bits: number) => Polynomial | undefined,
): Pick<CurveFit, "polynomial" | "scaled" | "degrees" | "residual"> | undefined {
  const measured = (bits: number) => {
    const polynomial = build(bits);
    if (polynomial === undefined) return undefined;
    const scaled = toDoubleCurve(polynomial);
    return { polynomial, scaled, residual: residualOf(samples, scaled).residual };
  };
  const full = measured(53);
  if (full === undefined) return undefined;
  for (const bits of [8, 12, 16, 20, 24, 28, 32, 40, 53]) {
    const found = bits === 53 ? full : measured(bits);
    if (found === undefined || found.residual > 1.01 * full.residual + 1e-3) continue;
    const { polynomial, scaled, residual } = found;
    const degrees = { m: scaled.degM, z: scaled.degZ };
    return { polynomial: unscale(polynomial, samples), scaled, degrees, residual };
  }
  return undefined;
}

/** The dyadic rational nearest to x whose mantissa has at most `bits` bits. */
export function shortRational(x: number, bits: number): Rational {
  if (x === 0 || bits >= 53) return rationalFromNumber(x);
  const exponent = Math.floor(Math.log2(Math.abs(x))) - bits + 1;
  const mantissa = BigInt(Math.round(x / 2 ** exponent));
  return exponent >= 0 ? rational(mantissa << BigInt(exponent)) : rational(mantissa, 1n << BigInt(-exponent));
}

/** The curve in z and m of the eigenvalues of one in the scaled coordinate: w = (z − shift)/dilation, m_w = dilation·m. */
function unscale(polynomial: Polynomial, samples: Samples): Polynomial {
  const { shift, dilation } = samples;
  return substitute(polynomial, {
    z: scale(add(variable("z"), constant(QQ.neg(shift))), QQ.inv(dilation)),
    m: scale(variable("m"), dilation),
  });
}
