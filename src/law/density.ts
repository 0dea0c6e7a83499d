import { piBall, realBalls } from "../ball/index.js";
import { DomainError, LimitError, orThrow } from "../core/index.js";
import { type Complex, certifiedRoot, fibre } from "../curve/index.js";
import { QQ, type Rational, rationalToDecimal, rationalToNumber } from "../rings/index.js";
import { algebraicToNumber, compareWithRational } from "../roots/index.js";
import { anatomy, locate } from "./anatomy.js";
import { densityIntervals, evaluateHalf } from "./density-pieces.js";
import { type Law, requireNumeric } from "./law.js";
import { physicalSheet } from "./physical-sheet.js";
import { requireSpectrum } from "./spectrum.js";

/** Evaluates a density: x in, rho(x) out, one for one. */
export type DensityEvaluator = (x: Float64Array) => Float64Array;

/**
 * The density of the absolutely continuous part as a fast evaluator: piecewise Chebyshev interpolants through proved values of the
 * physical branch, about 1e-13 of the local scale. Zero outside the support, infinite at a hard edge. An estimate between
 * the nodes; {@link densityAt} is certified.
 *
 * @throws DomainError when the law has parameters or its curve is no spectrum.
 * @example density(ensembles.semicircle(1))(Float64Array.of(0)) // 1/pi
 */
export function density(law: Law): DensityEvaluator {
  requireNumeric(law, "the density");
  requireSpectrum(law);
  const intervals = densityIntervals(law).map((interval) => ({
    ...interval,
    from: algebraicToNumber(interval.left),
    to: algebraicToNumber(interval.right),
  }));
  return (x) => {
    const result = new Float64Array(x.length);
    let at = 0;
    for (let k = 0; k < x.length; k++) {
      const point = x[k]!;
      if (Number.isNaN(point)) {
        result[k] = Number.NaN;
        continue;
      }
      while (at > 0 && point < intervals[at]!.from) at--;
      while (at + 1 < intervals.length && point > intervals[at]!.to) at++;
      const interval = intervals[at];
      if (interval === undefined || point < interval.from || point > interval.to) continue;
      result[k] = evaluateHalf(interval.halves[point <= interval.middle ? 0 : 1], point).density;
    }
    return result;
  };
}

/**
 * The density at a rational x to the given number of significant digits, as decimal text, all of them certified. Zero outside the
 * support and at its soft edges.
 *
 * @throws DomainError when the density is infinite at x, LimitError when a certificate could not be reached.
 * @example densityAt(ensembles.fussCatalan(2), rational(1), 20)
 */
export function densityAt(law: Law, x: Rational, digits = 15): string {
  requireNumeric(law, "the density");
  requireSpectrum(law);
  const found = anatomy(law);
  const place = locate(found, x, compareWithRational);
  if ("point" in place) {
    const { left, right, point } = place;
    if (left.real && right.real) return "0";
    const singular = found.singular.find((candidate) => candidate.at === point.at);
    if (singular !== undefined) {
      const signs = [singular.left, singular.right].flatMap((side) =>
        side === undefined ? [] : [QQ.sign(orThrow(side.exponent))],
      );
      const at = algebraicToNumber(point.at);
      if (signs.some((sign) => sign < 0))
        throw new DomainError(`the density is infinite at x = ${at}; ask at another point`);
      if (signs.some((sign) => sign > 0)) return "0";
      throw new LimitError(
        `the density at x = ${at}, where sheets of the curve meet, is not available yet; ask next to it`,
      );
    }
  } else if (place.cell.real) return "0";
  const z: Complex = { re: rationalToNumber(x), im: 0 };
  const reached = physicalSheet(law).to(z);
  if (reached.kind !== "ok") {
    throw new LimitError(`the density at x = ${z.re} could not be certified: ${reached.reason}`);
  }
  return imaginaryPart(law, x, reached.value.m, digits);
}

/** Im m/pi from the point of the fibre over x that is next to m. */
function imaginaryPart(law: Law, x: Rational, near: Complex, digits: number): string {
  const { tracker } = physicalSheet(law);
  const point = tracker.certify({ re: rationalToNumber(x), im: 0 }, near);
  // The disc that isolates the root over the double next to x must do so over x itself.
  const step = Math.abs(rationalToNumber(x)) * 2 ** -52;
  if (point === undefined || !tracker.ordinaryWithin(point, step)) {
    throw new LimitError(`the density at x = ${rationalToNumber(x)} could not be certified`);
  }
  const polynomial = fibre(tracker.table, x);
  for (let bits = Math.ceil(digits * 3.33) + 20; bits < 1 << 20; bits *= 2) {
    const root = certifiedRoot(polynomial, point.m, tracker.isolation(point), bits);
    if (root.kind !== "ok") throw new LimitError(`the density at x = ${rationalToNumber(x)}: ${root.reason}`);
    const real = realBalls(bits + 20);
    const value = real.div(root.value.im, piBall(bits + 20));
    if (real.sign(value) === undefined) continue;
    const [low, high] = [real.lower(value), real.upper(value)];
    const text = rationalToDecimal(low, digits);
    if (text === rationalToDecimal(high, digits)) return text;
  }
  throw new LimitError(`the density at x = ${rationalToNumber(x)} could not be rounded to ${digits} digits`);
}
