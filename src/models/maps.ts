// Exact: rational functions with rational coefficients, in any parameters.
import { type BirationalMap, coordinates } from "../flow/index.js";
import { fractions, type RationalFunction } from "../poly/index.js";

// Every map is written as old (z, m) in terms of new (z, m), with its inverse; the tests check both against each other.

const { add, sub, mul, div, neg, one } = fractions;
const { z, m } = coordinates;
const zm = mul(z, m);

/** 1 − c − c z m: minus z times the companion transform c m − (1 − c)/z. */
function companionFactor(c: RationalFunction): RationalFunction {
  return sub(sub(one, c), mul(c, zm));
}

/**
 * A → A^(1/2) X X* A^(1/2)/n for X p×n with independent entries of variance 1, c = p/n: z ← z/g, m ← g m with g = 1 − c − c z m
 * [Silverstein 1995]. z m stays.
 */
export function sampleCovarianceMap(c: RationalFunction): BirationalMap {
  const g = companionFactor(c);
  return { old: { z: div(z, g), m: mul(g, m) }, inverse: { z: mul(z, g), m: div(m, g) } };
}

/**
 * B → X B X* /n for X p×n with independent entries of variance 1, c = p/n: z ← −1/(c m), m ← c m (1 − c − c z m);
 * free cumulants of the new law c^(k−1) mu_k(B).
 */
export function weightedWishartMap(c: RationalFunction): BirationalMap {
  const inverse = { z: neg(mul(z, add(sub(one, c), zm))), m: neg(div(one, mul(c, z))) };
  return { old: { z: neg(div(one, mul(c, m))), m: mul(mul(c, m), companionFactor(c)) }, inverse };
}

/**
 * The law of R R* /n → that of (R + √v X)(R + √v X)* /n for X p×n with independent entries of variance 1, c = p/n:
 * z ← g(g z − v(1 − c)), m ← m/g with g = 1 + v c m [Dozier–Silverstein 2007].
 */
export function informationPlusNoiseMap(v: RationalFunction, c: RationalFunction): BirationalMap {
  const rest = mul(v, sub(one, c));
  const g = add(one, mul(mul(v, c), m));
  const h = sub(one, mul(mul(v, c), m));
  return {
    old: { z: mul(g, sub(mul(g, z), rest)), m: div(m, g) },
    inverse: { z: mul(add(mul(z, h), rest), h), m: div(m, h) },
  };
}

/** A → (1 − w) A + w δ_x as measures: m ← (m − w/(x − z))/(1 − w). */
export function augmentationMap(w: RationalFunction, x: RationalFunction): BirationalMap {
  const pole = div(w, sub(x, z));
  const rest = sub(one, w);
  return { old: { z, m: div(sub(m, pole), rest) }, inverse: { z, m: add(mul(rest, m), pole) } };
}
