import { areVisiblyEqual, isAtomAtZero, lawOfEliminant, substitutedLaw } from "../convolution/index.js";
import { type Budget, unlimited } from "../core/index.js";
import { type BirationalMap, composeMaps, coordinates, invertMap, transformCurve } from "../flow/index.js";
import { type Derivation, derivationOf, type Law, moments, type Scalar, withoutContents } from "../law/index.js";
import {
  coefficients,
  degree,
  fractions,
  type Polynomial,
  type RationalFunction,
  rationalFunction,
  resultant,
  substitute,
  subtract,
  variable,
} from "../poly/index.js";
import { positiveScalar, requireGram } from "./domain.js";
import { momentsOfRectangularCumulants, rectangularCumulantsOfMoments } from "./moment-series.js";

const { add, sub, mul, div, neg, one } = fractions;
const { z, m } = coordinates;
const two = fractions.fromInteger(2n);

/**
 * The rectangular free convolution of ratio c = p/n: the law of (R + S)(R + S)* for p×n matrices R and S whose singular vectors are
 * in general position to each other (R and U S V with Haar U, V), where A is the law of R R* and B that of S S*: laws of *squared* singular
 * values, on p×p. Their square roots, made symmetric, are what the source convolves. With y = −1 − z m and w = −m(1 − c − c z m) the
 * curve becomes that of the rectangular R-transform y = C(w), and C_A + C_B is the C of the sum.
 * Where C of one of them is rational (noise: C = v w) it is a substitution in the curve of the other; else y_A is eliminated and the
 * law's factor is the one whose rectangular free cumulants are the sums. Exact.
 *
 * @throws DomainError when c is not positive, or A or B is the law of no Gram matrix of a p×n one (decided where it has no
 * parameters), LimitError when the eliminant could not be factored with proof.
 * @see F. Benaych-Georges, Rectangular random matrices, related convolution, Probab. Theory Relat. Fields 144 (2009) 471–515.
 * @example rectangularFreeSum(ensembles.atoms([[1, "1/2"], [4, "1/2"]]), ensembles.mp("1/2"), "1/2") // informationPlusNoise with v = 1
 */
export function rectangularFreeSum(a: Law, b: Law, c: Scalar, budget: Budget = unlimited): Law {
  const call = "rectangularFreeSum(A, B, c)";
  const ratio = positiveScalar(c, call, "c");
  requireGram(a, ratio, call, "A", budget);
  requireGram(b, ratio, call, "B", budget);
  const derivation = derivationOf("rectangularFreeSum", [a, b], [ratio]);
  if (isAtomAtZero(a)) return { ...b, derivation };
  if (isAtomAtZero(b)) return { ...a, derivation };
  if (areVisiblyEqual(a, b)) return formalPower(a, two, ratio, derivation, budget);
  const expected = (n: number): readonly RationalFunction[] => {
    const right = rectangularCumulants(b, n, ratio, budget);
    const sums = rectangularCumulants(a, n, ratio, budget).map((value, k) => add(value, right[k]!));
    return [one, ...momentsOfRectangularCumulants(sums, ratio, budget)];
  };
  const plane = rectangularPlane(ratio);
  const [inA, inB] = [transformCurve(a.curve, plane, budget), transformCurve(b.curve, plane, budget)];
  const [rational, simple, other] = degree(inA, "m") === 1 ? [inA, a, b] : [inB, b, a];
  if (degree(rational, "m") === 1) {
    const [shift] = moments(simple, 1, budget);
    const map = [plane, additionMap(rational), invertMap(plane)].reduce(composeMaps);
    return substitutedLaw(other, map, { expected, mean: (of) => add(of, shift!) }, derivation, budget);
  }
  const first = substitute(inA, { m: variable("y1_") });
  const second = substitute(inB, { m: subtract(variable("m"), variable("y1_")) });
  const inPlane = resultant(first, second, "y1_", budget);
  const eliminant = transformCurve(withoutContents(inPlane, ["m", "z"], budget), invertMap(plane), budget);
  return lawOfEliminant(eliminant, expected, derivation, { budget });
}

/**
 * The rectangular free convolution power s of ratio c: rectangular free cumulants times s, for whole s the sum of s copies in general
 * position ({@link rectangularFreeSum}). For s < 1 it need not be a law. Exact; a substitution.
 *
 * @throws DomainError when s or c is not positive, or A is the law of no Gram matrix of a p×n one.
 * @example rectangularPower(ensembles.atoms([[1, 1]]), "s", 1) // squared singular values of a sum of s Haar unitary matrices
 */
export function rectangularPower(a: Law, s: Scalar, c: Scalar, budget: Budget = unlimited): Law {
  const call = "rectangularPower(A, s, c)";
  const exponent = positiveScalar(s, call, "s");
  const ratio = positiveScalar(c, call, "c");
  requireGram(a, ratio, call, "A", budget);
  const derivation = derivationOf("rectangularPower", [a], [exponent, ratio]);
  return isAtomAtZero(a) ? { ...a, derivation } : formalPower(a, exponent, ratio, derivation, budget);
}

function formalPower(law: Law, s: RationalFunction, c: RationalFunction, derivation: Derivation, budget: Budget): Law {
  const plane = rectangularPlane(c);
  const dilation: BirationalMap = { old: { z, m: div(m, s) }, inverse: { z, m: mul(s, m) } };
  const map = [plane, dilation, invertMap(plane)].reduce(composeMaps);
  const expected = (n: number): readonly RationalFunction[] => {
    const multiples = rectangularCumulants(law, n, c, budget).map((value) => mul(s, value));
    return [one, ...momentsOfRectangularCumulants(multiples, c, budget)];
  };
  return substitutedLaw(law, map, { expected, mean: (of) => mul(s, of) }, derivation, budget);
}

/**
 * The rectangular free cumulants c_1, …, c_n of ratio c of the law of R R*, which {@link rectangularFreeSum} adds. For mp(c) they are
 * 1, 0, 0, …: noise is the Gaussian of this convolution; for a sample covariance A ⊠ mp(c) they are the free cumulants of A. Exact.
 *
 * @example rectangularCumulants(ensembles.atoms([[1, 1]]), 3, "c") // 1, -c, 2*c^2
 */
export function rectangularCumulants(
  law: Law,
  n: number,
  c: Scalar,
  budget: Budget = unlimited,
): readonly RationalFunction[] {
  const ratio = positiveScalar(c, "rectangularCumulants(law, n, c)", "c");
  return rectangularCumulantsOfMoments(moments(law, n, budget), ratio, budget);
}

/** The plane (w, y) of the rectangular R-transform y = C(w): w stands in the place of z and y in that of m. */
function rectangularPlane(c: RationalFunction): BirationalMap {
  const level = neg(add(one, mul(z, m)));
  const scaled = add(one, mul(c, m));
  return {
    old: { z: div(mul(add(one, m), scaled), z), m: neg(div(z, scaled)) },
    inverse: { z: neg(mul(m, add(one, mul(c, level)))), m: level },
  };
}

/** y → y + C(w) in that plane, for a curve of degree one in y. */
function additionMap(inPlane: Polynomial): BirationalMap {
  const [free, factor] = coefficients(inPlane, "m");
  const value = neg(div(rationalFunction(free!), rationalFunction(factor!)));
  return { old: { z, m: sub(m, value) }, inverse: { z, m: add(m, value) } };
}
