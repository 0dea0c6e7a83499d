import { type Budget, DomainError, unlimited } from "../core/index.js";
import {
  cumulantsOfMoments,
  type Derivation,
  derivationOf,
  type Law,
  type LawOptions,
  lawFromCurve,
  momentsOfCumulants,
  numericValue,
  pointOfSupport,
  type Scalar,
  toRationalFunction,
  transformAt,
} from "../law/index.js";
import { constant, fractions, type RationalFunction, rationalFunction, rationalFunctionToText } from "../poly/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import { rationalValue, refine } from "../roots/index.js";
import { carryCumulants } from "./action.js";
import { type BirationalMap, transformCurve } from "./birational-map.js";
import {
  companionMap,
  decompressionMap,
  deformationMap,
  dilationMap,
  inversionMap,
  mobiusMap,
  powerMap,
  semicircularMap,
  shiftMap,
} from "./maps.js";

/**
 * Free decompression: the law of the N×N matrix of which `law` is the law of an n×n corner, tau = N/n. Exact; tau may be
 * symbolic. The corner must be free from the projection that cuts it (eigenvectors in general position). Past the horizon
 * the curve is still right, and the law is no longer a spectrum: {@link support} says so.
 *
 * @throws DomainError when tau is not positive.
 * @example decompress(ensembles.mp("c"), "tau") // Marchenko–Pastur of ratio c*tau
 */
export function decompress(law: Law, tau: Scalar, budget: Budget = unlimited): Law {
  const factor = positive(toRationalFunction(tau), "decompress", "tau");
  return transformLaw(law, "decompress", [factor], decompressionMap(factor), undefined, budget);
}

/** The law of a corner of relative size alpha, 0 < alpha ≤ 1: {@link decompress} by alpha. Exact. */
export function compress(law: Law, alpha: Scalar, budget: Budget = unlimited): Law {
  const factor = positive(toRationalFunction(alpha), "compress", "alpha");
  const value = numericValue(factor);
  if (value !== undefined && QQ.compare(value, QQ.one) > 0) {
    throw new DomainError(`compress needs 0 < alpha <= 1; got ${rationalFunctionToText(factor)}`);
  }
  return transformLaw(law, "compress", [factor], decompressionMap(factor), undefined, budget);
}

/** The law of X + b. Exact. */
export function shift(law: Law, b: Scalar, budget: Budget = unlimited): Law {
  const by = toRationalFunction(b);
  return transformLaw(law, "shift", [by], shiftMap(by), undefined, budget);
}

/** The law of a X, a ≠ 0. Exact. */
export function scale(law: Law, a: Scalar, budget: Budget = unlimited): Law {
  const by = nonZero(toRationalFunction(a), "scale", "a");
  return transformLaw(law, "scale", [by], dilationMap(by), undefined, budget);
}

/** The free convolution power s: free cumulants times s. For s < 1 it need not be a law. Exact. */
export function power(law: Law, s: Scalar, budget: Budget = unlimited): Law {
  const by = positive(toRationalFunction(s), "power", "s");
  return transformLaw(law, "power", [by], powerMap(by), undefined, budget);
}

/** The free sum with a semicircle law of variance v. Exact. */
export function semicircularFlow(law: Law, v: Scalar, budget: Budget = unlimited): Law {
  const by = positive(toRationalFunction(v), "semicircularFlow", "v");
  return transformLaw(law, "semicircularFlow", [by], semicircularMap(by), undefined, budget);
}

/** X X* → X* X for a Gram matrix of aspect ratio c = p/n. Exact. */
export function companion(law: Law, c: Scalar, budget: Budget = unlimited): Law {
  const ratio = positive(toRationalFunction(c), "companion", "c");
  return transformLaw(law, "companion", [ratio], companionMap(ratio), undefined, budget);
}

/** The law of a Gram matrix of aspect ratio c when its aspect ratio grows to tau c at fixed population. Exact. */
export function deform(law: Law, c: Scalar, tau: Scalar, budget: Budget = unlimited): Law {
  const ratio = positive(toRationalFunction(c), "deform", "c");
  const factor = positive(toRationalFunction(tau), "deform", "tau");
  return transformLaw(law, "deform", [ratio, factor], deformationMap(ratio, factor), undefined, budget);
}

/**
 * The law of X^(-1). Exact.
 *
 * @throws DomainError when 0 is in the support, since the inverse is unbounded or undefined then (decided for laws without
 * parameters).
 */
export function inverse(law: Law, budget: Budget = unlimited): Law {
  avoid(law, rational(0), "inverse", budget);
  const choice = inverseMean(law, rational(0), QQ.zero, QQ.one, budget);
  return transformLaw(law, "inverse", [], inversionMap(), choice, budget);
}

/** The law of (aX + b)(cX + d)^(-1), ad ≠ bc. Exact; {@link DomainError} when −d/c is in the support. */
export function mobius(law: Law, a: Scalar, b: Scalar, c: Scalar, d: Scalar, budget: Budget = unlimited): Law {
  const [p, q, r, s] = [toRationalFunction(a), toRationalFunction(b), toRationalFunction(c), toRationalFunction(d)];
  if (fractions.equals(fractions.mul(p, s), fractions.mul(q, r))) {
    throw new DomainError("mobius(law, a, b, c, d) needs a*d - b*c different from zero");
  }
  const scalars = [p, q, r, s];
  const map = mobiusMap(p, q, r, s);
  if (fractions.isZero(r)) return transformLaw(law, "mobius", scalars, map, undefined, budget);
  const pole = numericValue(fractions.neg(fractions.div(s, r)));
  if (pole !== undefined) avoid(law, pole, "mobius", budget);
  // (aX + b)/(cX + d) = a/c + (bc − ad)/c² · (X − pole)^(-1)
  const residue = fractions.div(fractions.sub(fractions.mul(q, r), fractions.mul(p, s)), fractions.mul(r, r));
  const [offset, factor] = [numericValue(fractions.div(p, r)), numericValue(residue)];
  const known = pole !== undefined && offset !== undefined && factor !== undefined;
  const choice = known ? inverseMean(law, pole, offset, factor, budget) : {};
  return transformLaw(law, "mobius", scalars, map, choice, budget);
}

/** What is known about the moments of a law: enough to tell its branch at infinity from others. */
type BranchChoice = Pick<LawOptions, "moments" | "meanBetween">;

/**
 * Applies a map of the plane to a law, recording the operation and its operands, the law first; by default what is known of its moments
 * is carried by the map too, which then must not move infinity.
 */
export function transformLaw(
  law: Law,
  operation: string,
  scalars: readonly RationalFunction[],
  map: BirationalMap,
  choice: BranchChoice | undefined = undefined,
  budget: Budget = unlimited,
): Law {
  const derivation: Derivation = {
    ...derivationOf(operation, [law], scalars),
    substitution: { of: law, ...map.old },
  };
  return lawFromCurve(
    transformCurve(law.curve, map, budget),
    { derivation, ...(choice ?? carryChoice(map, law, budget)) },
    budget,
  );
}

function carryChoice(map: BirationalMap, law: Law, budget: Budget): BranchChoice {
  const moments = carryMoments(map, law.givenMoments, budget);
  if (law.meanBetween === undefined) return { moments };
  // The mean follows from the mean alone, by an affine function.
  const ends = law.meanBetween.map((mean) =>
    numericValue(carryMoments(map, [rationalFunction(constant(mean))], budget)[0]!),
  );
  const [one, other] = ends;
  return one === undefined || other === undefined ? { moments } : { moments, meanBetween: inOrder(one, other) };
}

function carryMoments(
  map: BirationalMap,
  given: readonly RationalFunction[],
  budget: Budget,
): readonly RationalFunction[] {
  if (given.length === 0) return [];
  return momentsOfCumulants(carryCumulants(map, cumulantsOfMoments(given, budget)), budget);
}

/**
 * The mean of offset + factor·(X − point)^(-1), from that of (X − point)^(-1), which is m(point): itself where it is rational, else
 * bounds. It tells branches at infinity apart.
 */
function inverseMean(law: Law, point: Rational, offset: Rational, factor: Rational, budget: Budget): BranchChoice {
  if (law.parameters.length > 0) return {};
  const image = (mean: Rational): Rational => QQ.add(offset, QQ.mul(factor, mean));
  const value = transformAt(law, point, budget);
  const exact = rationalValue(value);
  if (exact !== undefined) return { moments: [rationalFunction(constant(image(exact)))] };
  const { lower, upper } = refine(value, 128);
  return { meanBetween: inOrder(image(lower), image(upper)) };
}

function inOrder(a: Rational, b: Rational): readonly [Rational, Rational] {
  return QQ.compare(a, b) <= 0 ? [a, b] : [b, a];
}

function avoid(law: Law, point: Rational, operation: string, budget: Budget): void {
  if (law.parameters.length > 0) return;
  if (pointOfSupport(law, point, budget)) {
    const place = rationalFunctionToText(rationalFunction(constant(point)));
    throw new DomainError(
      `${operation} needs a law without ${place} in its support; here ${place} belongs to it, so the result is unbounded`,
    );
  }
}

function positive(f: RationalFunction, operation: string, name: string): RationalFunction {
  const value = numericValue(f);
  if (value !== undefined && QQ.sign(value) <= 0) {
    throw new DomainError(`${operation} needs ${name} > 0; got ${rationalFunctionToText(f)}`);
  }
  return f;
}

function nonZero(f: RationalFunction, operation: string, name: string): RationalFunction {
  if (fractions.isZero(f)) throw new DomainError(`${operation} needs ${name} different from 0`);
  return f;
}
