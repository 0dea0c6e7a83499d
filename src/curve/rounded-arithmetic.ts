import { bitLength } from "../rings/index.js";
import { binaryPlaces, exponentOf, fixed, type GaussianDyadic, scaled, scaledUp } from "./dyadic.js";
import { dyadicArithmetic } from "./exact-arithmetic.js";
import type { IntegerTable } from "./integer-table.js";
import { alongJet } from "./jet.js";
import { type Arithmetic, alongTangent, type Complex, type LocalExpansion } from "./local-expansion.js";

/**
 * {@link exactArithmetic} with rounding: m has `bits` binary places and z is taken at face value as there, but the Taylor coefficients are computed in integers
 * of about 2·bits places, however high the degrees, and their error is bounded. In the units |z| ~ 2^e and |m| ~ 2^f both are below sqrt(2), so
 * what is rounded away once, less than sqrt(2) units of the last place, comes to less than (1 + sqrt 2)^(L + K + 2) times as much in a coefficient of a
 * Taylor shift of degrees L and K; it happens once in every term and every multiplication.
 */
export function roundedArithmetic(table: IntegerTable, bits: number): Arithmetic<GaussianDyadic> {
  const { degreeZ: L, degreeM: K, rows } = table;
  const width = L + 1;
  const growth = 1.28 * (L + K + 2);
  const places = 2 * bits + 64 + Math.ceil(growth);
  const roundings = width * (K + 1) * (1 + (L + K) / 2);
  // In units of the last place.
  const error = Math.SQRT2 * roundings * 2 ** growth;
  const lengths = rows.map((row) => row.map(bitLength));
  const taylor = (z: Complex, m: GaussianDyadic, columns: number, reach?: number): LocalExpansion => {
    // Next to 0 the unit is not taken from the variable: it says nothing of how far the neighbours are.
    const step = reach === undefined ? -(bits >> 1) : exponentOf({ re: reach, im: 0 });
    const e = Math.max(step, z.re === 0 && z.im === 0 ? step : exponentOf(z));
    const f = Math.max(-16, Math.max(bitLength(m.re), bitLength(m.im)) - bits);
    const zPlaces = Math.max(0, e + Math.max(binaryPlaces(z.re), binaryPlaces(z.im)));
    const [zre, zim] = [fixed(z.re, zPlaces - e), fixed(z.im, zPlaces - e)];
    const mPlaces = bits + f;
    const highest = Math.max(
      ...lengths.map((row, j) =>
        Math.max(...row.map((n, i) => (n === 0 ? Number.NEGATIVE_INFINITY : n + e * i + f * j))),
      ),
    );
    const re: bigint[][] = [];
    const im: bigint[][] = [];
    for (let j = 0; j <= K; j++) {
      const rowRe = rows[j]!.map((c, i) => shiftedBy(c, places - highest + e * i + f * j));
      const rowIm = rowRe.map(() => 0n);
      shiftRounded(rowRe, rowIm, zre, zim, zPlaces, columns);
      re.push(rowRe);
      im.push(rowIm);
    }
    for (let i = 0; i < columns; i++) {
      const columnRe = re.map((row) => row[i]!);
      const columnIm = im.map((row) => row[i]!);
      shiftRounded(columnRe, columnIm, m.re, m.im, mPlaces, K);
      for (let j = 0; j <= K; j++) {
        re[j]![i] = columnRe[j]!;
        im[j]![i] = columnIm[j]!;
      }
    }
    if (reach !== undefined) {
      const finer = (row: bigint[]): bigint[] => row.map((c, i) => c >> BigInt((e - step) * i));
      const expansion = { re: re.map(finer), im: im.map(finer), error: error + Math.SQRT2, zUnit: step, mUnit: f };
      const found = alongJet(expansion, bits);
      if (found !== undefined) return found;
    }
    // In units of 2^e, a_{ji} = A_{ji} 2^(−f·j) up to a common factor; the exponents are taken relative to a_{10}.
    const one = Math.min(1, K);
    const reference = Math.max(bitLength(re[one]![0]!), bitLength(im[one]![0]!)) - f * one;
    const size = width * (K + 1);
    const [roundedRe, roundedIm, bound] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
    for (let j = 0; j <= K; j++) {
      for (let i = 0; i < columns; i++) {
        const here = j * width + i;
        const exponent = -f * j - reference;
        roundedRe[here] = scaled(re[j]![i]!, exponent);
        roundedIm[here] = scaled(im[j]![i]!, exponent);
        bound[here] =
          1e-15 * Math.hypot(roundedRe[here]!, roundedIm[here]!) + scaledUp(error, exponent) + Number.MIN_VALUE;
      }
    }
    return alongTangent(width, columns, K, roundedRe, roundedIm, bound, e);
  };
  return dyadicArithmetic(bits, taylor, width);
}

function shiftedBy(n: bigint, places: number): bigint {
  return places >= 0 ? n << BigInt(places) : n >> BigInt(-places);
}

/** The first `passes` coefficients of the Taylor shift by (byRe + i·byIm)·2^-places, in place; every product is rounded. */
function shiftRounded(re: bigint[], im: bigint[], byRe: bigint, byIm: bigint, places: number, passes: number): void {
  const drop = BigInt(places);
  const real = byIm === 0n && im.every((c) => c === 0n);
  for (let low = 0; low < Math.min(passes, re.length - 1); low++) {
    for (let k = re.length - 2; k >= low; k--) {
      const a = re[k + 1]!;
      if (real) {
        re[k] = re[k]! + ((byRe * a) >> drop);
        continue;
      }
      const b = im[k + 1]!;
      re[k] = re[k]! + ((byRe * a - byIm * b) >> drop);
      im[k] = im[k]! + ((byRe * b + byIm * a) >> drop);
    }
  }
}
