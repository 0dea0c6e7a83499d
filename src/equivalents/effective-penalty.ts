import { type RealBall, realBalls } from "../ball/index.js";
import { isPositive } from "../convolution/index.js";
import { type Budget, DomainError, InternalError, LimitError, orThrow, unlimited } from "../core/index.js";
import { certifiedRoot, fibre, integerTable } from "../curve/index.js";
import { physicalSheet, support } from "../law/index.js";
import { constant, constantValue, primitive, substitute, toIntegerPoly, toText } from "../poly/index.js";
import { QQ, type Rational, rationalToText } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicRoots,
  compareAlgebraic,
  rationalBetween,
  realRoots,
  signOf,
} from "../roots/index.js";
import { kappaCurve } from "./ridge-curve.js";
import { argumentName, kappaName, numbersOf, type RidgeModel } from "./ridge-model.js";

const known = new WeakMap<RidgeModel, Map<string, AlgebraicNumber>>();

/**
 * The effective regularisation κ > 0 at a rational penalty λ, exact: the root of λ = κ(1 − c·df1(κ)); λ = 0 has one when c·df1(0) > 1. It
 * is among the roots of the curve of κ over this λ. Where there are several positive ones, it is the one at which the right-hand
 * side, which grows with κ once it is positive, passes λ.
 *
 * @throws DomainError when the model has parameters, the population is not on [0, ∞), or the alignment is negative on its support.
 */
export function kappaAt(model: RidgeModel, lambda: Rational, budget: Budget = unlimited): AlgebraicNumber {
  let values = known.get(model);
  if (values === undefined) {
    requirePopulation(model, budget);
    values = new Map();
    known.set(model, values);
  }
  const key = rationalToText(lambda);
  const value = values.get(key) ?? findKappa(model, lambda, budget);
  values.set(key, value);
  return value;
}

/** Throws the plain sentence when the population has negative eigenvalues, or the alignment is negative somewhere on its support. */
export function requirePopulation({ population, alignment }: RidgeModel, budget: Budget = unlimited): void {
  if (!isPositive(population, budget)) {
    throw new DomainError("ridge regression needs a population on [0, infinity); this one has negative eigenvalues");
  }
  // Where it is constant the model has seen to it, and where it has parameters nothing is known.
  if (alignment.variables.join() !== "x") return;
  const roots = realRoots(alignment, budget).map(({ root }) => root);
  const { intervals, atoms } = support(population, budget);
  for (let k = 0; k <= roots.length; k++) {
    const [low, high] = [roots[k - 1], roots[k]];
    const x = betweenRoots(low, high);
    if (QQ.sign(constantValue(substitute(alignment, { x: constant(x) }))) >= 0) continue;
    const above = (a: AlgebraicNumber): boolean => low === undefined || compareAlgebraic(a, low) > 0;
    const below = (a: AlgebraicNumber): boolean => high === undefined || compareAlgebraic(a, high) < 0;
    if (
      intervals.some(({ left, right }) => above(right) && below(left)) ||
      atoms.some(({ at }) => above(at) && below(at))
    ) {
      throw new DomainError(
        `the alignment ${toText(alignment)} is negative on a part of the population's support; a mean square is not`,
      );
    }
  }
}

/** A rational number between neighbouring roots, or beyond the outermost. */
function betweenRoots(low: AlgebraicNumber | undefined, high: AlgebraicNumber | undefined): Rational {
  if (low !== undefined && high !== undefined) return rationalBetween(low, high);
  if (low !== undefined) return QQ.add(low.upper, QQ.one);
  return high === undefined ? QQ.zero : QQ.sub(high.lower, QQ.one);
}

function findKappa(model: RidgeModel, lambda: Rational, budget: Budget): AlgebraicNumber {
  const here = primitive(substitute(kappaCurve(model, budget), { [argumentName]: constant(lambda) }));
  const roots = algebraicRoots(toIntegerPoly(here, kappaName), budget).filter((root) => signOf(root) > 0);
  const found = roots.find((root, k) => {
    const next = roots[k + 1];
    return next === undefined || exceeds(model, rationalBetween(root, next), lambda, budget);
  });
  if (found === undefined) throw new InternalError("the effective regularisation is no root of its curve");
  return found;
}

/** Whether κ(1 − c·df1(κ)) > λ at a rational κ > 0 where the two are not equal. */
function exceeds(model: RidgeModel, kappa: Rational, lambda: Rational, budget: Budget): boolean {
  for (let bits = 128; bits <= 8192; bits *= 2) {
    const real = realBalls(bits);
    const order = real.compare(penaltyAt(model, kappa, bits, budget), real.fromRational(lambda));
    if (order !== undefined) return order === 1;
  }
  throw new LimitError("the effective regularisation could not be told from a root of another sheet");
}

/** κ(1 − c·df1(κ)) = κ(1 − c + c κ h(−κ)) with the population's Stieltjes transform h. */
function penaltyAt(model: RidgeModel, kappa: Rational, bits: number, budget: Budget): RealBall {
  const { ratio } = numbersOf(model, "a value");
  const law = model.population;
  const real = realBalls(bits);
  const at = QQ.neg(kappa);
  const value = orThrow(physicalSheet(law, budget).over(at, budget));
  const h = orThrow(certifiedRoot(fibre(integerTable(law.curve), at), value, value.isolation, bits)).re;
  const share = real.add(
    real.fromRational(QQ.sub(QQ.one, ratio)),
    real.mul(real.fromRational(QQ.mul(ratio, kappa)), h),
  );
  return real.mul(real.fromRational(kappa), share);
}
