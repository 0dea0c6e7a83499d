import { type ComplexBall, complexBalls, toNumber } from "../ball/index.js";
import { LimitError, orThrow } from "../core/index.js";
import { certifiedRootOfBalls, type SheetPoint, type Tracker } from "../curve/index.js";

/**
 * m over each point of a small rectangle around point.z, from the proved point of a sheet, as a ball of about so many bits. Certified.
 *
 * @throws LimitError when the sheet could not be told from others over the rectangle.
 */
export function sheetBall(tracker: Tracker, point: SheetPoint, z: ComplexBall, bits: number): ComplexBall {
  const balls = complexBalls(Math.max(bits, 80));
  const away = toNumber(balls.absUpper(balls.sub(z, balls.fromNumbers(point.z.re, point.z.im)))) * (1 + 1e-9);
  const spread = tracker.spread(point, away);
  if (spread === undefined) {
    throw new LimitError(`the physical branch at z = ${point.z.re} + ${point.z.im}i could not be certified`);
  }
  const fibre = (precision: number): ComplexBall[] => {
    const finer = complexBalls(precision);
    return tracker.table.rows.map((row) =>
      finer.horner(
        row.map((c) => finer.fromInteger(c)),
        z,
      ),
    );
  };
  return orThrow(certifiedRootOfBalls(fibre, point, spread.isolation, bits));
}
