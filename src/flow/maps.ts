// Exact: rational functions with rational coefficients, in any parameters.
import { type Budget, unlimited } from "../core/index.js";
import { composeFraction, fractions, type RationalFunction } from "../poly/index.js";
import {
  type BirationalMap,
  composeMaps,
  coordinates,
  identityMap,
  invertMap,
  type Substitution,
} from "./birational-map.js";

// The rows of the table of closed-form operations. Each is written as old (z, m) in terms of new (z, m), with its inverse;
// both are checked against each other in the tests.

const { add, sub, mul, div, neg, zero, one } = fractions;
const { z, m } = coordinates;

/**
 * The linear map z' = a·z + b·F, F' = d·F of the (z, F)-plane, F = −1/m: the coordinates in which decompression, dilation and the free
 * convolution power are matrices, and lines stay lines. a and d are not zero.
 */
function linearMap(a: RationalFunction, b: RationalFunction, d: RationalFunction): BirationalMap {
  const forwards = linearSubstitution(a, b, d);
  const backwards = linearSubstitution(div(one, a), neg(div(b, mul(a, d))), div(one, d));
  return { old: backwards, inverse: forwards };
}

function linearSubstitution(a: RationalFunction, b: RationalFunction, d: RationalFunction): Substitution {
  return { z: sub(mul(a, z), div(b, m)), m: div(m, d) };
}

/**
 * Free decompression by tau = N/n: the shear z' = z + (tau − 1)F, F' = tau F, that is z ← z + (1 − 1/tau)/m, m ← tau m; free cumulants
 * kappa_n → tau^(n−1) kappa_n.
 */
export function decompressionMap(tau: RationalFunction): BirationalMap {
  return linearMap(one, sub(tau, one), tau);
}

/** X → X + b. */
export function shiftMap(b: RationalFunction): BirationalMap {
  return { old: { z: sub(z, b), m }, inverse: { z: add(z, b), m } };
}

/** X → a X, a ≠ 0: z' = a z, F' = a F; free cumulants kappa_n → a^n kappa_n. */
export function dilationMap(a: RationalFunction): BirationalMap {
  return linearMap(a, zero, a);
}

/** Free convolution power s [Nica–Speicher 1996]: z' = s z + (1 − s)F, F' = F; free cumulants kappa_n → s kappa_n. */
export function powerMap(s: RationalFunction): BirationalMap {
  return linearMap(s, sub(one, s), one);
}

/** Free sum with the law of rational R-transform R(s), a rational function of `name`: z ← z − R(−m). */
export function rationalSumMap(transform: RationalFunction, name: string, budget: Budget = unlimited): BirationalMap {
  const value = composeFraction(transform, { [name]: neg(m) }, budget);
  return { old: { z: sub(z, value), m }, inverse: { z: add(z, value), m } };
}

/**
 * Free product with the law of rational S-transform S(y), a rational function of `name`: z ← z S(y), m ← m/S(y) with y = −1 − z m,
 * which the map keeps.
 */
export function rationalProductMap(
  transform: RationalFunction,
  name: string,
  budget: Budget = unlimited,
): BirationalMap {
  const value = composeFraction(transform, { [name]: sub(neg(one), mul(z, m)) }, budget);
  return { old: { z: mul(z, value), m: div(m, value) }, inverse: { z: div(z, value), m: mul(m, value) } };
}

/** Free sum with the semicircle law of variance v: z ← z + v m. */
export function semicircularMap(v: RationalFunction): BirationalMap {
  return { old: { z: add(z, mul(v, m)), m }, inverse: { z: sub(z, mul(v, m)), m } };
}

/** X X* → X* X for aspect ratio c = p/n: m ← (m + (1−c)/z)/c. */
export function companionMap(c: RationalFunction): BirationalMap {
  const rest = div(sub(one, c), z);
  return { old: { z, m: div(add(m, rest), c) }, inverse: { z, m: sub(mul(c, m), rest) } };
}

/** A Gram matrix of aspect ratio c at fixed population, grown to aspect ratio tau c: companion, power tau, companion back. */
export function deformationMap(c: RationalFunction, tau: RationalFunction): BirationalMap {
  return [companionMap(c), powerMap(tau), invertMap(companionMap(mul(tau, c)))].reduce(composeMaps, identityMap);
}

/** X → X^(-1): z ← 1/z, m ← −z(1 + z m); its own inverse. */
export function inversionMap(): BirationalMap {
  const old = { z: div(one, z), m: neg(mul(z, add(one, mul(z, m)))) };
  return { old, inverse: old };
}

/** X → (aX + b)(cX + d)^(-1) with ad ≠ bc, by the rows above. */
export function mobiusMap(
  a: RationalFunction,
  b: RationalFunction,
  c: RationalFunction,
  d: RationalFunction,
): BirationalMap {
  if (fractions.isZero(c)) return composeMaps(dilationMap(div(a, d)), shiftMap(div(b, d)));
  const residue = div(sub(mul(b, c), mul(a, d)), c);
  return [dilationMap(c), shiftMap(d), inversionMap(), dilationMap(residue), shiftMap(div(a, c))].reduce(
    composeMaps,
    identityMap,
  );
}
