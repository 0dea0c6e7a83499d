import type { Law } from "../law/index.js";
import {
  equals,
  fractions,
  type Polynomial,
  parsePolynomial,
  primitive,
  scale,
  substitute,
  variable,
} from "../poly/index.js";
import { rational } from "../rings/index.js";

/** The curve of the atom at 0. */
export const atomAtZero: Polynomial = parsePolynomial("m*z + 1");

/**
 * Whether the law is symmetric, that of X and of −X: its curve is kept by (z, m) → (−z, −m), which carries branches at infinity to
 * branches at infinity, and of the moments that had to be given to single one out the odd ones are zero. Exact, also with parameters.
 */
export function isSymmetric(law: Law): boolean {
  const minus = rational(-1);
  const reflected = substitute(law.curve, { z: scale(variable("z"), minus), m: scale(variable("m"), minus) });
  if (!equals(primitive(reflected), law.curve)) return false;
  return law.meanBetween === undefined && law.givenMoments.every((mu, k) => k % 2 === 1 || fractions.isZero(mu));
}

/**
 * Whether two laws are seen to be equal: the same curve, and the same branch of it, since the moments that singled out the one
 * are among those of the other. Decidable; false says nothing.
 */
export function areVisiblyEqual(a: Law, b: Law): boolean {
  if (a === b) return true;
  if (!equals(a.curve, b.curve) || a.meanBetween !== undefined || b.meanBetween !== undefined) return false;
  const shared = Math.min(a.givenMoments.length, b.givenMoments.length);
  return a.givenMoments.slice(0, shared).every((mu, k) => fractions.equals(mu, b.givenMoments[k]!));
}

/** Whether the law is the atom at 0. */
export function isAtomAtZero(law: Law): boolean {
  return equals(law.curve, atomAtZero);
}
