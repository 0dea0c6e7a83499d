/** A fraction of two whole numbers in lowest terms; the denominator is positive. The page has its own, so that it need not load the kernel. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

export function fraction(num: bigint, den: bigint): Fraction {
  const sign = den < 0n ? -1n : 1n;
  const common = greatestCommonDivisor(num < 0n ? -num : num, den < 0n ? -den : den);
  return { num: (sign * num) / common, den: (sign * den) / common };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/** The exact value of "3", "-1/2", "0.02" or "1e-3"; undefined for any other text. */
export function readFraction(text: string): Fraction | undefined {
  const match = /^\s*(-?)(\d{0,60})(?:\.(\d{0,60}))?(?:e([-+]?\d{1,2}))?(?:\/(\d{1,60}))?\s*$/i.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", decimals = "", exponent = "0", below = "1"] = match;
  if (whole + decimals === "" || (match[5] !== undefined && (match[3] !== undefined || match[4] !== undefined)))
    return undefined;
  const den = BigInt(below);
  if (den === 0n) return undefined;
  const power = Number(exponent) - decimals.length;
  const digits = BigInt(`${whole}${decimals}`) * (sign === "-" ? -1n : 1n);
  return power >= 0 ? fraction(digits * 10n ** BigInt(power), den) : fraction(digits, den * 10n ** BigInt(-power));
}

/** As a decimal where that is exact with at most four places, else as a fraction. */
export function fractionToText({ num, den }: Fraction): string {
  const places = [1n, 10n, 100n, 1000n, 10_000n].findIndex((power) => power % den === 0n);
  if (den === 1n || places < 0 || den < 10n) return den === 1n ? String(num) : `${num}/${den}`;
  const digits = String((num < 0n ? -num : num) * (10n ** BigInt(places) / den)).padStart(places + 1, "0");
  return `${num < 0n ? "-" : ""}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

export function fractionToNumber({ num, den }: Fraction): number {
  return Number(num) / Number(den);
}

/** from + k · step. */
export function stepped(from: Fraction, step: Fraction, k: number): Fraction {
  return fraction(from.num * step.den + BigInt(k) * step.num * from.den, from.den * step.den);
}

/** A short exact number within half a percent of a positive double: three significant digits, whole where it can be. */
export function roundFraction(value: number): Fraction {
  const near = Math.round(value);
  if (near >= 1 && Math.abs(value / near - 1) < 1e-9) return fraction(BigInt(near), 1n);
  const below = Math.round(1 / value);
  if (below >= 1 && Math.abs(value * below - 1) < 1e-9) return fraction(1n, BigInt(below));
  return readFraction(Number(value.toPrecision(3)).toString()) ?? fraction(1n, 1n);
}
