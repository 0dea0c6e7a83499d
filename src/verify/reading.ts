// The reading of untrusted values: every field has its reader, and what is not expected is refused.
import { parseRational, QQ, type Rational } from "../rings/index.js";

/** What refutes the step that is being checked. */
export class Refuted extends Error {}

export function claim(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Refuted(otherwise);
}

export type Reader<T> = (value: unknown) => T;
type Values<R> = { readonly [K in keyof R]: R[K] extends Reader<infer T> ? T : never };

export const anything: Reader<unknown> = (value) => value;

/** An object with exactly these fields, all of its own. */
export function object<R extends Readonly<Record<string, Reader<unknown>>>>(value: unknown, readers: R): Values<R> {
  const own = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const odd = Object.keys(readers).find((key) => !own.includes(key)) ?? own.find((key) => !Object.hasOwn(readers, key));
  claim(odd === undefined, `the field "${odd?.slice(0, 40)}" is missing, or not known here`);
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(readers).map(([key, reader]) => [key, reader(fields[key])])) as Values<R>;
}

export const listOf =
  <T>(reader: Reader<T>): Reader<readonly T[]> =>
  (value) => {
    claim(Array.isArray(value) && value.length <= 20_000, "a list is missing or too long");
    return value.map((entry: unknown) => reader(entry));
  };

/** A list with an entry for each reader. */
export const tuple =
  <R extends readonly Reader<unknown>[]>(...readers: R): Reader<Values<R>> =>
  (value) => {
    const entries = listOf(anything)(value);
    claim(entries.length === readers.length, "a list has the wrong length");
    return readers.map((reader, k) => reader(entries[k])) as unknown as Values<R>;
  };

export const textOf: Reader<string> = (value) => {
  claim(typeof value === "string" && value.length <= 400_000, "a text is missing or too long");
  return value;
};

/** So many integers in one text, with single spaces between them. */
export const integers =
  (count: number): Reader<readonly bigint[]> =>
  (value) => {
    const parts = textOf(value).split(" ");
    const right = parts.every((part) => part.length <= 20_000 && /^(0|-?[1-9]\d*)$/.test(part));
    claim(right && parts.length === count, `${count} integers are needed`);
    return parts.map(BigInt);
  };

/** A number from 0 to 20 000, as text. */
export const natural: Reader<number> = (value) => {
  const n = Number(integers(1)(value)[0]);
  claim(n >= 0 && n <= 20_000, "a number from 0 to 20000 is needed");
  return n;
};

/** A number from 1 to 20 000, as text. */
export const positive: Reader<number> = (value) => {
  claim(natural(value) > 0, "a number from 1 to 20000 is needed");
  return natural(value);
};

/** A rational number in lowest terms. */
export const rationalOf: Reader<Rational> = (value) => {
  const text = textOf(value);
  const number = text.length < 40_000 && /^-?\d+(\/\d*[1-9]\d*)?$/.test(text) ? parseRational(text) : undefined;
  claim(number !== undefined && QQ.toText(number) === text, "a rational number in lowest terms is needed");
  return number;
};
