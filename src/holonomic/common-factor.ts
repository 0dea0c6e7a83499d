import type { Budget } from "../core/index.js";
import { constant, gcdOf, isZero, multiply, type Polynomial, rationalContent } from "../poly/index.js";
import { ZZ } from "../rings/index.js";
import { quotientExact } from "../sparse/index.js";

/** The multiple of a list with integer coefficients and without common factor whose last entry has the canonical sign. */
export function withoutCommonFactor(list: readonly Polynomial[], budget: Budget): readonly Polynomial[] {
  const common = gcdOf(list, budget);
  const divided = list.map((p) => quotientExact(p, common));
  const contents = divided.filter((p) => !isZero(p)).map(rationalContent);
  const num = contents.reduce((g, c) => ZZ.gcd(g, c.num), 0n);
  const den = contents.reduce((l, c) => (l / ZZ.gcd(l, c.den)) * c.den, 1n);
  const sign = rationalContent(divided.at(-1)!).num < 0n ? -1n : 1n;
  return divided.map((p) => multiply(p, constant({ num: sign * den, den: num < 0n ? -num : num })));
}
