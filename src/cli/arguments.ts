import { DomainError } from "../core/index.js";
import { parseRational, QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";

/** The largest number of points or values that one command computes. */
const MOST = 1_000_000;

/** A whole number in a range, or one sentence that names the option. */
export function wholeNumber(option: string, text: string, least: number, most: number = MOST): number {
  const value = /^\+?\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) {
    throw new DomainError(`${option} must be a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}

/** An exact number: 1/50, 0.02, -3, 1e-3. */
function exactNumber(option: string, text: string): Rational {
  try {
    return parseRational(text.trim());
  } catch (error) {
    if (error instanceof DomainError) throw new DomainError(`${option}: ${error.message}`);
    throw error;
  }
}

/** A positive number of any size, as a double. */
export function positiveNumber(option: string, text: string): number {
  const value = rationalToNumber(exactNumber(option, text));
  if (!(value > 0)) throw new DomainError(`${option} must be a positive number, not "${text}"`);
  return value;
}

export function exactNumbers(option: string, text: string): Rational[] {
  return text.split(",").map((part) => exactNumber(option, part));
}

/** `a:b:n`: n points from a to b, both included, equally spaced and exact. */
export function grid(option: string, text: string): Rational[] {
  const parts = text.split(":");
  if (parts.length !== 3) throw new DomainError(`${option} must look like a:b:n, for example 0:4:101, not "${text}"`);
  const from = exactNumber(option, parts[0]!);
  const to = exactNumber(option, parts[1]!);
  const count = wholeNumber(`the number of points of ${option}`, parts[2]!, 2);
  if (QQ.compare(from, to) >= 0)
    throw new DomainError(`${option} needs its first number below its second, not "${text}"`);
  const step = QQ.div(QQ.sub(to, from), rational(count - 1));
  return Array.from({ length: count }, (_, k) => QQ.add(from, QQ.mul(step, rational(k))));
}

/** `a:b` with a < b, both exact. */
export function interval(option: string, text: string): { from: Rational; to: Rational } {
  const parts = text.split(":");
  if (parts.length !== 2) throw new DomainError(`${option} must look like a:b, for example 1:20, not "${text}"`);
  const [from, to] = [exactNumber(option, parts[0]!), exactNumber(option, parts[1]!)];
  if (QQ.compare(from, to) >= 0)
    throw new DomainError(`${option} needs its first number below its second, not "${text}"`);
  return { from, to };
}

/** `name=value` pairs of a repeatable option. */
export function assignments(option: string, pairs: readonly string[]): Record<string, Rational> {
  // Without a prototype, so that no name is special.
  const values: Record<string, Rational> = Object.create(null);
  for (const pair of pairs) {
    const match = /^\s*([A-Za-z_]\w*)\s*=(.*)$/s.exec(pair);
    if (match === null) throw new DomainError(`${option} must look like name=value, for example c=1/2, not "${pair}"`);
    const name = match[1]!;
    if (Object.hasOwn(values, name)) throw new DomainError(`${option} gives ${name} a value twice`);
    values[name] = exactNumber(`${option} ${name}`, match[2]!);
  }
  return values;
}

/** Complex numbers a+bi with exact parts, separated by commas. */
export function complexNumbers(option: string, text: string): { readonly re: Rational; readonly im: Rational }[] {
  return text.split(",").map((part) => complexNumber(option, part.replaceAll(/\s/g, "")));
}

function complexNumber(option: string, text: string): { readonly re: Rational; readonly im: Rational } {
  try {
    return partsOf(option, text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(`${option}: "${text}" is no complex number such as 1/2+3i, 0.1i or -2`);
  }
}

function partsOf(option: string, text: string): { readonly re: Rational; readonly im: Rational } {
  if (!text.endsWith("i")) return { re: exactNumber(option, text), im: rational(0) };
  // The last sign that belongs to no exponent parts the two.
  const match = /^(.*?)([+-]?)([^+-]*?(?:[eE][+-]?\d+)?)\*?i$/.exec(text);
  const [re, sign, size] = [match?.[1] ?? "", match?.[2] ?? "", match?.[3] ?? ""];
  if (re !== "" && sign === "") throw new DomainError(`${option}: no sign between the parts`);
  const im = exactNumber(option, size === "" ? "1" : size);
  return { re: re === "" ? rational(0) : exactNumber(option, re), im: sign === "-" ? QQ.neg(im) : im };
}
