import { fromIntegerPoly, toText } from "../poly/index.js";
import { QQ, type Rational, rational, rationalToText, simplestRationalBetween } from "../rings/index.js";
import { type AlgebraicNumber, algebraicToDecimal, radicals, rationalValue, refine } from "../roots/index.js";

/** An algebraic number as scripts read it: its decimals, and everything that makes it exact. */
export interface AlgebraicJson {
  /** Exact text when the number is rational, else correctly rounded decimals. */
  readonly value: string;
  /** Rational ends of an interval that holds this root of the minimal polynomial and no other. */
  readonly interval: readonly [string, string];
  /** In x, integer coefficients. */
  readonly minimalPolynomial: string;
  readonly radicals: string | null;
}

/** Bits that a decimal digit takes, and a few to spare. */
function bitsOf(digits: number): number {
  return Math.ceil(digits * Math.log2(10)) + 4;
}

/** The interval is as narrow as the digits shown, so that it proves them. Exact. */
export function algebraicToJson(a: AlgebraicNumber, digits: number): AlgebraicJson {
  const exact = rationalValue(a);
  const narrow = exact === undefined ? refine(a, bitsOf(digits)) : a;
  return {
    value: exact === undefined ? algebraicToDecimal(narrow, digits) : rationalToText(exact),
    interval: exact === undefined ? shortInterval(a, narrow, digits) : [rationalToText(exact), rationalToText(exact)],
    minimalPolynomial: toText(fromIntegerPoly(a.minimalPolynomial, "x")),
    radicals: radicals(a) ?? null,
  };
}

/** The narrow interval widened by less than a last digit, to ends that are short fractions; inside the isolating interval of `a`. */
function shortInterval(a: AlgebraicNumber, narrow: AlgebraicNumber, digits: number): [string, string] {
  const size = QQ.add(QQ.abs(narrow.lower), QQ.abs(narrow.upper));
  const slack = QQ.div(size, rational(16n * 10n ** BigInt(digits)));
  const lowest = greater(a.lower, QQ.sub(narrow.lower, slack));
  const highest = QQ.neg(greater(QQ.neg(a.upper), QQ.neg(QQ.add(narrow.upper, slack))));
  const between = (low: Rational, high: Rational, otherwise: Rational): string =>
    rationalToText(QQ.compare(low, high) < 0 ? simplestRationalBetween(low, high) : otherwise);
  return [between(lowest, narrow.lower, narrow.lower), between(narrow.upper, highest, narrow.upper)];
}

function greater(a: Rational, b: Rational): Rational {
  return QQ.compare(a, b) < 0 ? b : a;
}

/** The number as a table shows it: exact when it is a short rational, else decimals. */
export function algebraicToText(a: AlgebraicNumber, digits: number): string {
  const value = rationalValue(a);
  const exact = value === undefined ? undefined : rationalToText(value);
  return exact !== undefined && exact.length <= digits + 2 ? exact : algebraicToDecimal(a, digits);
}

/** Its radicals when they say more than the decimals and fit on a line. */
export function shortRadicals(a: AlgebraicNumber, width: number = 48): string | undefined {
  if (rationalValue(a) !== undefined) return undefined;
  const text = radicals(a);
  return text !== undefined && text.length <= width ? text : undefined;
}
