// The reading of untrusted values: every field has its reader, and what is not expected is refused.
import { DomainError } from "../core/index.js";
import { parseRational, QQ, type Rational } from "../rings/index.js";
import { most, type Poly, parseFraction } from "./polynomial.js";

export type Reader<T> = (value: unknown) => T;
type Values<R> = { readonly [K in keyof R]: R[K] extends Reader<infer T> ? T : never };

export const anything: Reader<unknown> = (value) => value;

/** An object with exactly these fields, all of its own. */
export function object<R extends Readonly<Record<string, Reader<unknown>>>>(value: unknown, readers: R): Values<R> {
  const own = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const odd = Object.keys(readers).find((key) => !own.includes(key)) ?? own.find((key) => !Object.hasOwn(readers, key));
  if (odd !== undefined) throw new DomainError(`the field "${odd.slice(0, 40)}" is missing, or not known here`);
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(readers).map(([key, read]) => [key, read(fields[key])])) as Values<R>;
}

export const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value) => {
    if (!Array.isArray(value) || value.length > most.entries) throw new DomainError("a list is missing or too long");
    return value.map((entry: unknown) => read(entry));
  };

/** A list with an entry for each reader. */
export const tuple =
  <R extends readonly Reader<unknown>[]>(...readers: R): Reader<Values<R>> =>
  (value) => {
    const entries = listOf(anything)(value);
    if (entries.length !== readers.length) throw new DomainError("a list has the wrong length");
    return readers.map((read, k) => read(entries[k])) as unknown as Values<R>;
  };

export function textOf(value: unknown): string {
  if (typeof value !== "string" || value.length > most.characters)
    throw new DomainError("a text is missing or too long");
  return value;
}

/** So many integers in one text, with single spaces between them. */
export const integers =
  (count: number): Reader<readonly bigint[]> =>
  (value) => {
    const parts = textOf(value).split(" ");
    const right = (part: string): boolean => part.length <= most.digits && /^(0|-?[1-9]\d*)$/.test(part);
    if (parts.length !== count || !parts.every(right)) throw new DomainError(`${count} integers are needed`);
    return parts.map(BigInt);
  };

/** A number from 0 to 20 000, as text. */
export function natural(value: unknown): number {
  const n = Number(integers(1)(value)[0]);
  if (!(n >= 0 && n <= most.entries)) throw new DomainError("a number from 0 to 20000 is needed");
  return n;
}

/** A rational number in lowest terms. */
export function rationalOf(value: unknown): Rational {
  const text = textOf(value);
  const result = text.length < 2 * most.digits && /^-?\d+(\/\d+)?$/.test(text) ? parseRational(text) : undefined;
  if (result === undefined || QQ.toText(result) !== text)
    throw new DomainError("a rational number in lowest terms is needed");
  return result;
}

/** The polynomial of a text with integer coefficients and no division. */
export function polyOf(value: unknown): Poly {
  if (textOf(value).includes("/")) throw new DomainError("a polynomial with integer coefficients is needed");
  return parseFraction(textOf(value)).num;
}

/** A product of powers of polynomials. */
export const powersOf: Reader<readonly (readonly [Poly, number])[]> = listOf(tuple(polyOf, natural));
