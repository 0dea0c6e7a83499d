import { bitLength, type Rational } from "../rings/index.js";
import { binaryPlaces, type Complex, fixed, type GaussianDyadic, type Jet, scaled, scaledUp } from "./dyadic.js";
import type { LocalExpansion } from "./local-expansion.js";

/**
 * Taylor coefficients in fixed point: P = sum (re + i·im)[j][i]·U^i V^j with u = 2^zUnit·U and v = 2^mUnit·V, each off by less than `error` in its modulus, in units
 * of the last place.
 */
export interface FixedExpansion {
  readonly re: readonly bigint[][];
  readonly im: readonly bigint[][];
  readonly error: number;
  readonly zUnit: number;
  readonly mUnit: number;
}

/** Beyond so many terms a jet is not continued. */
const highestOrder = 40;
/** From so many terms it is estimated how far a jet and a tangent would lead. */
const lowestOrder = 4;
/** So many times as far as the tangent a jet has to lead, since it costs more. */
const worthwhile = 8;
const guardBits = 64;

/**
 * The expansion measured from a jet of the sheet itself instead of its tangent: P(z0 + u, m0 + jet(u) + v). Two sheets that run side by side, s
 * apart, are told apart as far as the jet is exact to s, which for the tangent is a disc of size sqrt(s); to go as far as the nearest critical
 * point lies, about half as many terms are taken as s has bits. The jet is computed with rounding and then taken at face value. Undefined where the
 * tangent leads nearly as far, and where the sheet is vertical.
 */
export function alongJet(expansion: FixedExpansion, bits: number): LocalExpansion | undefined {
  const K = expansion.re.length - 1;
  if (K < 1) return undefined;
  const { mUnit } = expansion;
  const places = bits + guardBits;
  const order = orderFor(expansion, places);
  if (order === undefined) return undefined;
  const terms = seriesOf(expansion, order, places);
  if (terms === undefined) return undefined;
  // The unit of u becomes the radius in which no term exceeds one.
  let growth = 0;
  for (let k = 1; k <= order; k++) {
    const length = Math.max(bitLength(terms.re[k]!), bitLength(terms.im[k]!));
    if (length > 0) growth = Math.max(growth, Math.ceil((length - places) / k));
  }
  const zUnit = expansion.zUnit - growth;
  const jet: Jet = {
    re: terms.re.map((c, k) => c >> BigInt(growth * k)),
    im: terms.im.map((c, k) => c >> BigInt(growth * k)),
    places,
    zUnit,
    mUnit,
  };
  const re = expansion.re.map((row) => row.map((c, i) => c >> BigInt(growth * i)));
  const im = expansion.im.map((row) => row.map((c, i) => c >> BigInt(growth * i)));
  const width = re[0]!.length + K * order;
  const errors = new Array<number>(K + 1).fill(expansion.error + Math.SQRT2);
  let total = 0;
  for (let k = 1; k <= order; k++) total += modulusOf(jet.re[k]!, jet.im[k]!, -places);
  for (let low = 0; low < K; low++) {
    for (let j = K - 1; j >= low; j--) {
      addProduct(re[j]!, im[j]!, re[j + 1]!, im[j + 1]!, jet);
      errors[j] = (errors[j]! + total * errors[j + 1]! + Math.SQRT2) * (1 + 1e-14);
    }
  }
  // Exponents are taken relative to the coefficient of v.
  const reference = Math.max(bitLength(re[1]![0]!), bitLength(im[1]![0]!)) - mUnit;
  const upper = new Float64Array(width * (K + 1));
  const lower = new Float64Array(K + 1);
  for (let j = 0; j <= K; j++) {
    const exponent = -mUnit * j - reference;
    const error = scaledUp(errors[j]!, exponent) + Number.MIN_VALUE;
    for (let i = 0; i < re[j]!.length; i++) {
      const modulus = modulusOf(re[j]![i]!, im[j]![i]!, exponent);
      upper[j * width + i] = modulus * (1 + 4e-15) + error;
      if (i === 0) lower[j] = Math.max(0, modulus * (1 - 4e-15) - error);
    }
  }
  const part = (list: readonly bigint[][], j: number): number => scaled(list[j]![0]!, -mUnit * j - reference);
  const slopeOf = (c: bigint): number => scaled(c, mUnit - zUnit - places);
  return {
    width,
    degreeM: K,
    upper,
    lower,
    value: { re: part(re, 0), im: part(im, 0) },
    slope: { re: part(re, 1), im: part(im, 1) },
    tangent: { re: slopeOf(jet.re[1]!), im: slopeOf(jet.im[1]!) },
    unit: zUnit,
    jet,
  };
}

function modulusOf(re: bigint, im: bigint, exponent: number): number {
  return Math.hypot(scaled(re, exponent), scaled(im, exponent));
}

/** How many terms are to be taken; undefined where a jet is not worthwhile. An estimate, in powers of two. */
function orderFor(expansion: FixedExpansion, places: number): number | undefined {
  const { re, im } = expansion;
  const first = seriesOf(expansion, lowestOrder, places);
  if (first === undefined) return undefined;
  const length = (a: bigint, b: bigint): number => Math.max(bitLength(a), bitLength(b));
  const slope = length(re[1]![0]!, im[1]![0]!);
  // The distance of the next sheet.
  let nearest = Number.POSITIVE_INFINITY;
  for (let j = 2; j < re.length; j++) {
    const here = length(re[j]![0]!, im[j]![0]!);
    if (here > 0) nearest = Math.min(nearest, (slope - here) / (j - 1));
  }
  const terms = first.re.map((c, k) => length(c, first.im[k]!) - places);
  // The radius of convergence, and the one in which what the tangent leaves out is small beside the distance of the next sheet.
  let [whole, tangent] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let k = 2; k <= lowestOrder; k++) {
    if (terms[k]! <= -places) continue;
    tangent = Math.min(tangent, (nearest - 2 - terms[k]!) / k);
    if (terms[1]! > -places) whole = Math.min(whole, (terms[1]! - terms[k]!) / (k - 1));
    else if (k > 2 && terms[2]! > -places) whole = Math.min(whole, (terms[2]! - terms[k]!) / (k - 2));
  }
  if (!Number.isFinite(tangent) || whole - tangent < Math.log2(worthwhile)) return undefined;
  if (!Number.isFinite(whole)) return highestOrder / 4;
  const size = Math.max(terms[1]! + whole, terms[2]! + 2 * whole);
  return Math.min(highestOrder, lowestOrder + Math.max(0, Math.ceil((size - nearest) / 2)));
}

/** The terms of V with P(U, V(U)) = P(0, 0), one after the other. */
function seriesOf(
  { re, im }: FixedExpansion,
  order: number,
  places: number,
): { readonly re: bigint[]; readonly im: bigint[] } | undefined {
  const K = re.length - 1;
  const [sre, sim] = [re[1]![0]!, im[1]![0]!];
  const norm = sre * sre + sim * sim;
  if (norm === 0n) return undefined;
  const drop = BigInt(places);
  // powers[j] are the terms of V^j.
  const zeros = (): bigint[] => new Array<bigint>(order + 1).fill(0n);
  const powerRe = Array.from({ length: K + 1 }, zeros);
  const powerIm = Array.from({ length: K + 1 }, zeros);
  powerRe[0]![0] = 1n << drop;
  const [vre, vim] = [powerRe[1]!, powerIm[1]!];
  for (let k = 1; k <= order; k++) {
    for (let j = 2; j <= K; j++) {
      const [lre, lim] = [powerRe[j - 1]!, powerIm[j - 1]!];
      let [x, y] = [0n, 0n];
      for (let l = 1; l <= k - j + 1; l++) {
        const [a, b, c, d] = [vre[l]!, vim[l]!, lre[k - l]!, lim[k - l]!];
        x += a * c - b * d;
        y += a * d + b * c;
      }
      powerRe[j]![k] = x >> drop;
      powerIm[j]![k] = y >> drop;
    }
    let [x, y] = [0n, 0n];
    for (let j = 0; j <= K; j++) {
      const [rowRe, rowIm] = [re[j]!, im[j]!];
      for (let i = 0; i < rowRe.length && i <= k - j; i++) {
        const [a, b, c, d] = [rowRe[i]!, rowIm[i]!, powerRe[j]![k - i]!, powerIm[j]![k - i]!];
        x += a * c - b * d;
        y += a * d + b * c;
      }
    }
    // −(x + iy)/(sre + i·sim).
    vre[k] = -(x * sre + y * sim) / norm;
    vim[k] = -(y * sre - x * sim) / norm;
  }
  return { re: vre, im: vim };
}

/** Adds jet·(from) to `to`, in place. */
function addProduct(toRe: bigint[], toIm: bigint[], fromRe: bigint[], fromIm: bigint[], jet: Jet): void {
  const drop = BigInt(jet.places);
  const order = jet.re.length - 1;
  const length = fromRe.length + order;
  for (let i = 1; i < length; i++) {
    let [x, y] = [0n, 0n];
    for (let k = Math.max(1, i - fromRe.length + 1); k <= Math.min(order, i); k++) {
      const [a, b, c, d] = [jet.re[k]!, jet.im[k]!, fromRe[i - k]!, fromIm[i - k]!];
      x += a * c - b * d;
      y += a * d + b * c;
    }
    toRe[i] = (toRe[i] ?? 0n) + (x >> drop);
    toIm[i] = (toIm[i] ?? 0n) + (y >> drop);
  }
}

/** to − from, the doubles at face value, in units of the last place of U. */
export function unitsBetween({ places, zUnit }: Jet, from: Complex, to: Complex): GaussianDyadic {
  const exact = Math.max(binaryPlaces(from.re), binaryPlaces(from.im), binaryPlaces(to.re), binaryPlaces(to.im));
  const by = places - zUnit - exact;
  const into = (n: bigint): bigint => (by >= 0 ? n << BigInt(by) : n >> BigInt(-by));
  return {
    re: into(fixed(to.re, exact) - fixed(from.re, exact)),
    im: into(fixed(to.im, exact) - fixed(from.im, exact)),
  };
}

/** A rational number in units of the last place of U. */
export function unitsOf({ places, zUnit }: Jet, { num, den }: Rational): GaussianDyadic {
  const by = places - zUnit;
  return { re: by >= 0 ? (num << BigInt(by)) / den : num / (den << BigInt(-by)), im: 0n };
}

/** m + jet(u) with the binary places of m, u in units of the last place of U, and a bound of how far that is off. */
export function jetValue(
  jet: Jet,
  m: GaussianDyadic,
  bits: number,
  { re: ure, im: uim }: GaussianDyadic,
): { readonly value: GaussianDyadic; readonly error: number } {
  const { places, mUnit } = jet;
  const drop = BigInt(places);
  const size = modulusOf(ure, uim, -places);
  let [x, y] = [0n, 0n];
  let error = 0;
  let reach = 0;
  for (let k = jet.re.length - 1; k >= 0; k--) {
    // What is off in u counts with the derivative of what is multiplied.
    error = error * size + 2 + 2 * reach;
    reach = reach * size + modulusOf(jet.re[k]!, jet.im[k]!, -places);
    const [p, q] = [x * ure - y * uim, x * uim + y * ure];
    x = (p >> drop) + jet.re[k]!;
    y = (q >> drop) + jet.im[k]!;
  }
  // From units of 2^(mUnit − places) into those of m.
  const shift = bits + mUnit - places;
  const out = (n: bigint): bigint => (shift >= 0 ? n << BigInt(shift) : n >> BigInt(-shift));
  return {
    value: { re: m.re + out(x), im: m.im + out(y) },
    error: (2 * error + 2) * 2 ** Math.max(-1000, mUnit - places) + 2 ** (1 - Math.min(bits, 1000)),
  };
}
