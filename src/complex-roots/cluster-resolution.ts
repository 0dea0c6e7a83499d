import { type DyadicPoint, differenceOf, logModulus, quotientOf, shifted, sumOf } from "./dyadic-point.js";
import { type FixedPointPolynomial, logHeight } from "./fixed-point-evaluation.js";
import { estimateRoots, leadingCoefficients } from "./root-candidates.js";

/**
 * Estimates of the m roots of p near the given m points, which are close to each other against all other roots: the roots of the
 * Taylor polynomial of degree m at their centre, which is first moved to the mean of the roots by Newton's iteration for the
 * derivative of order m − 1. Undefined when `bits` bits do not tell the cluster from a multiple root.
 */
export function resolveCluster(
  p: FixedPointPolynomial,
  points: readonly DyadicPoint[],
  bits: number,
): readonly DyadicPoint[] | undefined {
  const m = points.length;
  let centre = meanOf(points);
  for (let round = 0; round < 40; round++) {
    const logX = logModulus(centre);
    if (logX === Number.NEGATIVE_INFINITY) return undefined;
    const grid = Math.floor(logX) - bits;
    const taylor = taylorCoefficients(p, centre, m + 1, Math.ceil(bits - logHeight(p, logX)));
    const { re: leadRe, im: leadIm, exponent: leadExponent } = taylor[m]!;
    if (leadRe === 0n && leadIm === 0n) return undefined;
    const n = BigInt(m);
    const step = quotientOf(taylor[m - 1]!, { re: leadRe * n, im: leadIm * n, exponent: leadExponent }, grid);
    const t0 = logModulus(taylor[0]!);
    const radius = (t0 - logModulus(taylor[m]!)) / m;
    if (t0 === Number.NEGATIVE_INFINITY) return undefined;
    if (logModulus(step) <= Math.max(radius - 3, grid + 1)) {
      const candidates = estimateRoots(
        leadingCoefficients(
          taylor.map((t) => t.re),
          taylor.map((t) => t.im),
          taylor.map((t) => t.exponent),
        ),
      );
      return Array.from(candidates.re, (re, k) =>
        sumOf(centre, {
          re: BigInt(Math.round(re * 2 ** 52)),
          im: BigInt(Math.round(candidates.im[k]! * 2 ** 52)),
          exponent: candidates.exponent[k]! - 52,
        }),
      );
    }
    centre = differenceOf(centre, step);
  }
  return undefined;
}

function meanOf(points: readonly DyadicPoint[]): DyadicPoint {
  const { re, im, exponent } = points.reduce(sumOf);
  const n = BigInt(points.length);
  // 16 more bits than the sum has keep what the division would cut off.
  return { re: (re << 16n) / n, im: (im << 16n) / n, exponent: exponent - 16 };
}

/**
 * The first `count` coefficients of p(x + t), by repeated Horner's rule in fixed-point arithmetic; `bits` fractional bits for p(x), and
 * as many more for the others as make them as precise against |x|^k.
 */
function taylorCoefficients(p: FixedPointPolynomial, x: DyadicPoint, count: number, bits: number): DyadicPoint[] {
  const logX = logModulus(x);
  const fraction = (k: number): number => bits + Math.ceil(k * logX);
  const re = p.re.map((c, k) => shifted(c, fraction(k)));
  const im = p.im?.map((c, k) => shifted(c, fraction(k))) ?? re.map(() => 0n);
  const result: DyadicPoint[] = [];
  // After `low` divisions the entry k >= low belongs to t^(k − low) of the quotient and has fraction(k) fractional bits.
  for (let low = 0; low < count; low++) {
    for (let k = re.length - 2; k >= low; k--) {
      const [a, b] = [re[k + 1]!, im[k + 1]!];
      const shift = x.exponent + fraction(k) - fraction(k + 1);
      re[k] = re[k]! + shifted(x.re * a - x.im * b, shift);
      im[k] = im[k]! + shifted(x.re * b + x.im * a, shift);
    }
    result.push({ re: re[low]!, im: im[low]!, exponent: -fraction(low) });
  }
  return result;
}
