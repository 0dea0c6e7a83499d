import { binaryPlaces, type Complex, fixed, type GaussianDyadic, scaled, scaledBy, unitRoundoff } from "./dyadic.js";

/** The dyadic number (re + i·im)·2^-places. */
export interface FineValue extends GaussianDyadic {
  readonly places: number;
}

/** A value of m: a pair of doubles and, where these do not tell it from its neighbours, what they are rounded from. */
export interface SheetValue {
  readonly m: Complex;
  readonly fine?: FineValue | undefined;
}

/** The number in doubles. */
export function roundedValue({ re, im, places }: FineValue): Complex {
  return { re: scaled(re, -places), im: scaled(im, -places) };
}

/** An upper bound of |a − b|, correct to a few units of the last place. */
export function apart(a: SheetValue, b: SheetValue): number {
  if (a.fine === undefined && b.fine === undefined) {
    return Math.hypot(a.m.re - b.m.re, a.m.im - b.m.im) * (1 + 4 * unitRoundoff);
  }
  const [x, y] = [exactly(a), exactly(b)];
  const places = Math.max(x.places, y.places);
  const [p, q] = [BigInt(places - x.places), BigInt(places - y.places)];
  const [re, im] = [(x.re << p) - (y.re << q), (x.im << p) - (y.im << q)];
  return Math.hypot(scaled(re, -places), scaled(im, -places)) * (1 + 8 * unitRoundoff);
}

function exactly({ m, fine }: SheetValue): FineValue {
  if (fine !== undefined) return fine;
  const places = Math.max(binaryPlaces(m.re), binaryPlaces(m.im));
  return { re: fixed(m.re, places), im: fixed(m.im, places), places };
}

/** The value of a disc's centre in doubles, and a radius about that. */
export function roundedDisc(point: SheetValue & { readonly radius: number }): {
  readonly m: Complex;
  readonly radius: number;
} {
  const { m, fine, radius } = point;
  return fine === undefined ? { m, radius } : { m, radius: (radius + apart(point, { m })) * (1 + 1e-15) };
}

/** The value times 2^exponent; exact unless doubles under- or overflow. */
export function timesPowerOfTwo({ m, fine }: SheetValue, exponent: number): SheetValue {
  return {
    m: { re: scaledBy(m.re, exponent), im: scaledBy(m.im, exponent) },
    fine: fine === undefined ? undefined : { ...fine, places: fine.places - exponent },
  };
}

/** The value with so many binary places, rounded. */
export function withPlaces(value: SheetValue, places: number): GaussianDyadic {
  const { m, fine } = value;
  if (fine === undefined) return { re: fixed(m.re, places), im: fixed(m.im, places) };
  const by = places - fine.places;
  if (by >= 0) return { re: fine.re << BigInt(by), im: fine.im << BigInt(by) };
  const half = 1n << BigInt(-by - 1);
  return { re: (fine.re + half) >> BigInt(-by), im: (fine.im + half) >> BigInt(-by) };
}
