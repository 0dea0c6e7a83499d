import { DomainError } from "../core/index.js";
import { QQ, type Rational } from "./rationals.js";

/** The largest decimal exponent that is read; beyond it a text is more likely a mistake than a number. */
const largestExponent = 10_000;

const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

function parseDecimal(text: string, whole: string): Rational {
  const match = decimalPattern.exec(text);
  const integerDigits = match?.[2] ?? "";
  const fractionDigits = match?.[3] ?? "";
  if (match === null || integerDigits.length + fractionDigits.length === 0) {
    throw new DomainError(`"${whole}" is not a number; write for example 1/50, 0.02, -3 or 1e-3`);
  }
  const exponent = Number(match[4] ?? "0");
  if (Math.abs(exponent) > largestExponent) {
    throw new DomainError(`the exponent of "${whole}" lies beyond ${largestExponent}`);
  }
  const magnitude = BigInt(integerDigits + fractionDigits);
  const num = match[1] === "-" ? -magnitude : magnitude;
  const shift = exponent - fractionDigits.length;
  return shift >= 0 ? QQ.fromInteger(num * 10n ** BigInt(shift)) : QQ.fromRatio(num, 10n ** BigInt(-shift));
}

/**
 * The rational number of a text: an integer, a decimal, a decimal with exponent, or a quotient of two of them. Exact.
 * `DomainError` for anything else and for a denominator 0.
 *
 * @example
 * parseRational("0.02") // { num: 1n, den: 50n }
 */
export function parseRational(text: string): Rational {
  const parts = text
    .replace(/\u2212/g, "-")
    .split("/")
    .map((part) => part.trim());
  if (parts.length > 2) throw new DomainError(`"${text}" is not a number; write one quotient, for example 1/50`);
  const num = parseDecimal(parts[0] ?? "", text);
  if (parts.length === 1) return num;
  const den = parseDecimal(parts[1] ?? "", text);
  if (QQ.isZero(den)) throw new DomainError(`"${text}" divides by zero`);
  return QQ.div(num, den);
}

/**
 * r in decimal, rounded to the given number of significant digits, a half away from zero, without trailing zeros. Plain
 * notation when the decimal exponent lies in -6 … 20, scientific otherwise, as decimal.js prints.
 *
 * @example
 * rationalToDecimal(rational(2, 3), 5) // "0.66667"
 */
export function rationalToDecimal(r: Rational, digits: number): string {
  if (!Number.isInteger(digits) || digits < 1) throw new DomainError(`digits is ${digits}; it must be an integer >= 1`);
  if (r.num === 0n) return "0";
  const magnitude = r.num < 0n ? -r.num : r.num;
  // A first guess at the exponent from the lengths is right or one too large.
  let exponent = magnitude.toString().length - r.den.toString().length;
  const below =
    exponent >= 0 ? magnitude < r.den * 10n ** BigInt(exponent) : magnitude * 10n ** BigInt(-exponent) < r.den;
  if (below) exponent--;
  const shift = digits - 1 - exponent;
  const num = shift >= 0 ? magnitude * 10n ** BigInt(shift) : magnitude;
  const den = shift >= 0 ? r.den : r.den * 10n ** BigInt(-shift);
  let mantissa = ((2n * num + den) / (2n * den)).toString();
  if (mantissa.length > digits) {
    mantissa = mantissa.slice(0, digits);
    exponent++;
  }
  mantissa = mantissa.replace(/0+$/, "");
  return (r.num < 0n ? "-" : "") + placePoint(mantissa, exponent);
}

/** The decimal d.ddd · 10^exponent from its digits d, d, d, … */
function placePoint(digits: string, exponent: number): string {
  if (exponent <= -7 || exponent >= 21) {
    const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
  }
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, "0");
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}
