import type { Complex, IntegerTable } from "../curve/index.js";
import { bitLength } from "../rings/index.js";

/** Newton's iteration over one real z: m to full double precision, undefined where that fails. An estimate. */
export type Refinement = (z: number, near: Complex) => Complex | undefined;

const splitter = 2 ** 27 + 1;

/**
 * Newton's iteration for P(z, m) = 0 over real z with the residual in pairs of doubles, about 32 digits [Dekker 1971; Hida, Li and
 * Bailey 2001], so that each part of m is right to a few units of its own last place even where sheets are close.
 */
export function compensatedNewton(table: IntegerTable): Refinement {
  const { degreeZ: L, degreeM: K, rows } = table;
  const width = L + 1;
  const high = new Float64Array(width * (K + 1));
  const low = new Float64Array(width * (K + 1));
  const longest = rows.reduce((most, row) => row.reduce((a, c) => Math.max(a, bitLength(c)), most), 1);
  const drop = BigInt(Math.max(0, longest - 900));
  const unit = 2 ** -Math.min(900, longest);
  for (let j = 0; j <= K; j++) {
    for (let i = 0; i <= L; i++) {
      const c = rows[j]![i]! >> drop;
      const rounded = Number(c);
      high[j * width + i] = rounded * unit;
      low[j * width + i] = Number(c - BigInt(rounded)) * unit;
    }
  }
  // A pair of doubles is handed from one operation to the next here.
  const pair = new Float64Array(2);
  const times = (ah: number, al: number, b: number): void => {
    const p = ah * b;
    const ca = splitter * ah;
    const a1 = ca - (ca - ah);
    const a2 = ah - a1;
    const cb = splitter * b;
    const b1 = cb - (cb - b);
    const b2 = b - b1;
    const e = a1 * b1 - p + a1 * b2 + a2 * b1 + a2 * b2 + al * b;
    const s = p + e;
    pair[0] = s;
    pair[1] = e - (s - p);
  };
  const plus = (ah: number, al: number, bh: number, bl: number): void => {
    const s = ah + bh;
    const v = s - ah;
    const e = ah - (s - v) + (bh - v);
    const t = al + bl;
    const w = t - al;
    const f = al - (t - w) + (bl - w);
    const g = e + t;
    const h = s + g;
    const k = g - (h - s) + f;
    pair[0] = h + k;
    pair[1] = k - (pair[0] - h);
  };
  const fibreHigh = new Float64Array(K + 1);
  const fibreLow = new Float64Array(K + 1);
  /** (h + l) becomes itself times b plus c, over four numbers that hold a complex pair. */
  const step = (value: Float64Array, m: Complex, ch: number, cl: number, dh: number, dl: number): void => {
    const [reh, rel, imh, iml] = [value[0]!, value[1]!, value[2]!, value[3]!];
    times(reh, rel, m.re);
    const [ah, al] = [pair[0]!, pair[1]!];
    times(imh, iml, -m.im);
    plus(ah, al, pair[0]!, pair[1]!);
    plus(pair[0]!, pair[1]!, ch, cl);
    value[0] = pair[0]!;
    value[1] = pair[1]!;
    times(reh, rel, m.im);
    const [bh, bl] = [pair[0]!, pair[1]!];
    times(imh, iml, m.re);
    plus(bh, bl, pair[0]!, pair[1]!);
    plus(pair[0]!, pair[1]!, dh, dl);
    value[2] = pair[0]!;
    value[3] = pair[1]!;
  };
  const value = new Float64Array(4);
  const slope = new Float64Array(4);
  return (z, near) => {
    for (let j = 0; j <= K; j++) {
      let [h, l] = [high[j * width + L]!, low[j * width + L]!];
      for (let i = L - 1; i >= 0; i--) {
        times(h, l, z);
        plus(pair[0]!, pair[1]!, high[j * width + i]!, low[j * width + i]!);
        h = pair[0]!;
        l = pair[1]!;
      }
      fibreHigh[j] = h;
      fibreLow[j] = l;
    }
    let m = near;
    for (let round = 0; round < 4; round++) {
      value.fill(0);
      slope.fill(0);
      value[0] = fibreHigh[K]!;
      value[1] = fibreLow[K]!;
      for (let j = K - 1; j >= 0; j--) {
        step(slope, m, value[0]!, value[1]!, value[2]!, value[3]!);
        step(value, m, fibreHigh[j]!, fibreLow[j]!, 0, 0);
      }
      const [a, b, c, d] = [value[0]!, value[2]!, slope[0]!, slope[2]!];
      const norm = c * c + d * d;
      const re = (a * c + b * d) / norm;
      const im = (b * c - a * d) / norm;
      if (!Number.isFinite(re) || !Number.isFinite(im)) return undefined;
      m = { re: m.re - re, im: m.im - im };
      if (round > 0 && Math.abs(re) + Math.abs(im) <= 1e-14 * Math.hypot(m.re, m.im)) return m;
    }
    return undefined;
  };
}
