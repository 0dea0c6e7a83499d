import { certifiedDecimal, piBall, realBalls } from "../ball/index.js";
import { type Budget, DomainError, orThrow, unlimited } from "../core/index.js";
import { anatomy, type Law, locate, requireNumeric, requireSpectrum } from "../law/index.js";
import { QQ, type Rational, rationalToNumber } from "../rings/index.js";
import { algebraicToNumber, compareWithRational } from "../roots/index.js";
import { boundaryValue } from "./boundary-value.js";
import { densityIntervals, densityOfHalf } from "./density-pieces.js";

/** Evaluates a density: x in, rho(x) out, one for one. */
export type DensityEvaluator = (x: Float64Array) => Float64Array;

/**
 * The density of the absolutely continuous part as a fast evaluator: piecewise Chebyshev interpolants through proved values of the
 * physical branch. Estimate between the nodes, usually good to 1e-14 of its own value, from a soft edge, where it is small, to a
 * hard one, where it is unbounded. {@link densityAt} proves its digits. Zero outside the support, infinite at a hard edge.
 *
 * @throws DomainError when the law has parameters or its curve is no spectrum.
 * @example density(ensembles.semicircle(1))(Float64Array.of(0)) // 1/pi
 */
export function density(law: Law, budget: Budget = unlimited): DensityEvaluator {
  requireNumeric(law, "the density");
  requireSpectrum(law, budget);
  const intervals = densityIntervals(law, budget).map((interval) => ({
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
      result[k] = densityOfHalf(interval.halves[point <= interval.middle ? 0 : 1], point);
    }
    return result;
  };
}

/**
 * The density of the absolutely continuous part at a rational x to the given number of significant digits, as decimal text. Certified: every one of
 * them is proved. Zero outside the support and at its soft edges.
 *
 * @throws DomainError when the density is infinite at x, LimitError when a certificate could not be reached.
 * @example densityAt(ensembles.fussCatalan(2), rational(1), 20)
 */
export function densityAt(law: Law, x: Rational, digits = 15, budget: Budget = unlimited): string {
  requireNumeric(law, "the density");
  requireSpectrum(law, budget);
  if (vanishes(law, x, budget)) return "0";
  const value = boundaryValue(law, x, "continuous", budget);
  if (value.kind === "infinite") throw infiniteAt(x);
  return certifiedDecimal((bits) => realBalls(bits + 20).div(value.ball(bits).im, piBall(bits + 20)), digits, budget);
}

/** Whether the density is 0 outside the support, at a soft edge or at a cusp; throws where it is infinite. */
function vanishes(law: Law, x: Rational, budget: Budget): boolean {
  const found = anatomy(law, budget);
  const place = locate(found, x, compareWithRational);
  if ("cell" in place) return place.cell.real;
  if (place.left.real && place.right.real) return true;
  const singular = found.singular.find((candidate) => candidate.at === place.point.at);
  const signs = [singular?.left, singular?.right].flatMap((side) =>
    side === undefined ? [] : [QQ.sign(orThrow(side.exponent))],
  );
  if (signs.some((sign) => sign < 0)) throw infiniteAt(x);
  return signs.some((sign) => sign > 0);
}

function infiniteAt(x: Rational): DomainError {
  return new DomainError(`the density is infinite at x = ${rationalToNumber(x)}; ask at another point`);
}
