import { bitLength } from "../rings/index.js";

/** A complex number in double precision. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const unitRoundoff: number = 2 ** -53;

/** A Gaussian dyadic number (re + i im)·2^-bits. */
export interface GaussianDyadic {
  readonly re: bigint;
  readonly im: bigint;
}

/** v = 2^mUnit·sum (re + i·im)[k]·2^-places·U^k, k ≥ 1, u = 2^zUnit·U: what a sheet is over a disc, up to terms that are not known. */
export interface Jet {
  readonly re: readonly bigint[];
  readonly im: readonly bigint[];
  readonly places: number;
  readonly zUnit: number;
  readonly mUnit: number;
}

/** x·2^exponent, exact unless it under- or overflows. */
export function scaledBy(x: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return x * 2 ** half * 2 ** (exponent - half);
}

/** An e with |re|, |im| < 2^e, as small as may be; 0 for zero. */
export function exponentOf({ re, im }: Complex): number {
  const size = Math.max(Math.abs(re), Math.abs(im));
  return size === 0 ? 0 : Math.max(-1074, Math.floor(Math.log2(size))) + 2;
}

/** x·2^exponent as a double that is no smaller. */
export function scaledUp(x: number, exponent: number): number {
  if (exponent > 1000) return Number.POSITIVE_INFINITY;
  if (exponent < -1000) return Number.MIN_VALUE;
  return x * 2 ** exponent;
}

/** The smallest p ≥ 0 with x·2^p an integer. */
export function binaryPlaces(x: number): number {
  if (x === 0) return 0;
  const exponent = Math.max(-1074, Math.floor(Math.log2(Math.abs(x))) - 54);
  let places = Math.max(0, -exponent);
  while (places > 0 && Number.isInteger(x * 2 ** Math.min(1000, places - 1)) && places <= 1000) places--;
  return places;
}

/** x·2^places rounded to an integer, exactly where x has no more binary places. */
export function fixed(x: number, places: number): bigint {
  if (x === 0) return 0n;
  const exponent = Math.floor(Math.log2(Math.abs(x)));
  const shift = 60 - exponent;
  const mantissa = BigInt(Math.round(x * 2 ** Math.min(1000, shift) * 2 ** (shift - Math.min(1000, shift))));
  const left = places - shift;
  if (left >= 0) return mantissa << BigInt(left);
  const half = 1n << BigInt(-left - 1);
  return (mantissa + half) >> BigInt(-left);
}

/** n·2^exponent as a double, correct to a few units of the last place; 0 or infinity outside the range. */
export function scaled(n: bigint, exponent: number): number {
  const excess = bitLength(n) - 64;
  const [mantissa, e] = excess > 0 ? [Number(n >> BigInt(excess)), exponent + excess] : [Number(n), exponent];
  if (e > 960) return mantissa * 2 ** 960 * 2 ** Math.min(960, e - 960);
  if (e < -960) return mantissa * 2 ** -960 * 2 ** Math.max(-960, e + 960);
  return mantissa * 2 ** e;
}
