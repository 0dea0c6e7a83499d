import { DomainError } from "../core/index.js";
import { type Law, numericValue, type Scalar, toRationalFunction } from "../law/index.js";
import {
  constantValue,
  isConstant,
  isZero,
  onePolynomial,
  type Polynomial,
  parsePolynomial,
  type RationalFunction,
  rationalFunctionToText,
  toText,
} from "../poly/index.js";
import { QQ, type Rational } from "../rings/index.js";

/**
 * Ridge regression on n samples y = x·β + ε of p features, in the limit n, p → ∞ with p/n → c: the features have a population
 * covariance of spectral law A, the coefficients β are drawn with E β = 0 and E ββ* = (r²/p) w(A), and the noise ε has variance
 * σ². The estimate is β̂ = (S + λ)^(−1) X*y/n with S = X*X/n, λ > 0.
 */
export interface RidgeModel {
  /** The law of the eigenvalues of the population covariance, on [0, ∞). */
  readonly population: Law;
  /** c = p/n. */
  readonly ratio: RationalFunction;
  /** r²: for w = 1 the mean of |β|². */
  readonly signal: RationalFunction;
  /** σ². */
  readonly noise: RationalFunction;
  /** w(x), a polynomial in x; 1 when the signal has no preferred direction. */
  readonly alignment: Polynomial;
}

export interface RidgeOptions {
  /** c = p/n > 0. */
  readonly ratio: Scalar;
  /** r² ≥ 0, by default 1. */
  readonly signal?: Scalar;
  /** σ² ≥ 0, by default 1. */
  readonly noise?: Scalar;
  /** w(x) ≥ 0 on the population's support: how the signal leans on its eigenvectors; a polynomial in x, by default "1". */
  readonly alignment?: string | Polynomial;
}

/** The names that the exact curves of a model use for themselves. */
export const argumentName = "lambda";
export const valueName = "q";
export const kappaName = "kappa_";

/**
 * The model of a ridge regression from its population covariance. That the population is on
 * [0, ∞), and that w is not negative on its support, is checked when numbers are asked for. Exact.
 *
 * @throws DomainError when a number is out of its range or a parameter has a name that the curves need.
 * @example ridgeRegression(ensembles.atoms([[1, "1/2"], [4, "1/2"]]), { ratio: "1/2", signal: 1, noise: "1/4" })
 */
export function ridgeRegression(population: Law, options: RidgeOptions): RidgeModel {
  const ratio = toRationalFunction(options.ratio);
  requireSign(ratio, "ratio", 1);
  const signal = toRationalFunction(options.signal ?? 1);
  requireSign(signal, "signal", 0);
  const noise = toRationalFunction(options.noise ?? 1);
  requireSign(noise, "noise", 0);
  const alignment = toAlignment(options.alignment ?? onePolynomial);
  const model = { population, ratio, signal, noise, alignment };
  const taken = parametersOf(model).find((name) => [argumentName, valueName, kappaName, "x", "z", "m"].includes(name));
  if (taken !== undefined) {
    throw new DomainError(`${taken} has a meaning of its own in ridge regression and cannot be a parameter`);
  }
  return model;
}

/** The free parameters, in alphabetical order. */
export function parametersOf({ population, ratio, signal, noise, alignment }: RidgeModel): readonly string[] {
  const names = new Set([
    ...population.parameters,
    ...[ratio, signal, noise].flatMap((f) => [...f.numerator.variables, ...f.denominator.variables]),
    ...alignment.variables.filter((name) => name !== "x"),
  ]);
  return [...names].sort();
}

/** The values of a model without parameters. */
export interface RidgeNumbers {
  readonly ratio: Rational;
  readonly signal: Rational;
  readonly noise: Rational;
}

/** Throws the plain sentence when a question that needs numbers meets a model with parameters. */
export function numbersOf(model: RidgeModel, question: string): RidgeNumbers {
  const [first] = parametersOf(model);
  if (first !== undefined) {
    throw new DomainError(
      `${question} needs numbers, and the model still has the free parameter ${first}; give it a value, on the command line with --set ${first}=1/2`,
    );
  }
  const [ratio, signal, noise] = [model.ratio, model.signal, model.noise].map((f) => numericValue(f)!);
  return { ratio: ratio!, signal: signal!, noise: noise! };
}

/** Whether the signal has no preferred direction. */
export function isIsotropic({ alignment }: RidgeModel): boolean {
  return !alignment.variables.includes("x");
}

function toAlignment(alignment: string | Polynomial): Polynomial {
  const w = typeof alignment === "string" ? parsePolynomial(alignment) : alignment;
  if (isZero(w)) throw new DomainError("the alignment is 0; for a model without a signal give the signal 0");
  if (isConstant(w) && QQ.sign(constantValue(w)) < 0) {
    throw new DomainError(`the alignment must not be negative; got ${toText(w)}`);
  }
  return w;
}

function requireSign(f: RationalFunction, name: string, least: 0 | 1): void {
  const value = numericValue(f);
  if (value === undefined || QQ.sign(value) >= least) return;
  const wanted = least === 1 ? "positive" : "at least 0";
  throw new DomainError(`the ${name} must be ${wanted}; got ${rationalFunctionToText(f)}`);
}
