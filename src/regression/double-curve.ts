import { coefficients, constantValue, degree, type Polynomial } from "../poly/index.js";
import { QQ, rationalToNumber } from "../rings/index.js";

/** A real polynomial P(z, m) in doubles: `coeffs[k·(degZ + 1) + l]` multiplies m^k z^l. */
export interface DoubleCurve {
  readonly degM: number;
  readonly degZ: number;
  readonly coeffs: Float64Array;
}

/** Where {@link evaluateCurve} puts real and imaginary parts of P, dP/dm and dP/dz. */
export type CurveValue = [p: number, pIm: number, dm: number, dmIm: number, dz: number, dzIm: number];

/** P and its first derivatives at a complex point (Horner in z inside Horner in m). */
export function evaluateCurve(
  curve: DoubleCurve,
  zr: number,
  zi: number,
  mr: number,
  mi: number,
  out: CurveValue,
): void {
  const { degM, degZ, coeffs } = curve;
  let [pr, pi, ar, ai, br, bi] = [0, 0, 0, 0, 0, 0];
  for (let k = degM; k >= 0; k--) {
    let [cr, ci, er, ei] = [0, 0, 0, 0];
    const row = k * (degZ + 1);
    for (let l = degZ; l >= 0; l--) {
      const s = er * zr - ei * zi + cr;
      ei = er * zi + ei * zr + ci;
      er = s;
      const t = cr * zr - ci * zi + coeffs[row + l]!;
      ci = cr * zi + ci * zr;
      cr = t;
    }
    const a = ar * mr - ai * mi + pr;
    ai = ar * mi + ai * mr + pi;
    ar = a;
    const p = pr * mr - pi * mi + cr;
    pi = pr * mi + pi * mr + ci;
    pr = p;
    const b = br * mr - bi * mi + er;
    bi = br * mi + bi * mr + ei;
    br = b;
  }
  out[0] = pr;
  out[1] = pi;
  out[2] = ar;
  out[3] = ai;
  out[4] = br;
  out[5] = bi;
}

/** An exact curve in z and m in doubles, scaled to a largest coefficient of one. */
export function toDoubleCurve(polynomial: Polynomial): DoubleCurve {
  const degM = degree(polynomial, "m");
  const degZ = degree(polynomial, "z");
  const exact = Array.from({ length: (degM + 1) * (degZ + 1) }, () => QQ.zero);
  coefficients(polynomial, "m").forEach((row, k) => {
    coefficients(row, "z").forEach((value, l) => {
      exact[k * (degZ + 1) + l] = constantValue(value);
    });
  });
  const largest = exact.reduce((most, value) => (QQ.compare(QQ.abs(value), most) > 0 ? QQ.abs(value) : most), QQ.zero);
  return { degM, degZ, coeffs: Float64Array.from(exact, (value) => rationalToNumber(QQ.div(value, largest))) };
}
