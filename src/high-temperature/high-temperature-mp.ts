import { certifiedDecimal, complexBalls, type RealBall, realBalls } from "../ball/index.js";
import { type Budget, DomainError, type Random, unlimited } from "../core/index.js";
import { numericValue, type Scalar, toRationalFunction } from "../law/index.js";
import { betaLaguerre, checkSize, tridiagonalEigenvalues } from "../matrices/index.js";
import { fractionsWithin, type RationalFunction, rationalFunctionToText } from "../poly/index.js";
import { QQ, type Rational, rationalFromNumber, rationalToDecimal, rationalToNumber } from "../rings/index.js";
import type { ExactComplex, TransformValue } from "../statistics/index.js";
import { densityBall, transformBall } from "./associated-laguerre.js";

/** The exponents of a density: x^power at 0, there over log² x when so said, and x^power·e^(−rate·x) at infinity. */
export interface Tails {
  readonly atZero: { readonly power: Rational; readonly overSquaredLogarithm: boolean };
  readonly atInfinity: { readonly power: Rational; readonly rate: Rational };
}

/** What is said where a curve is needed. */
export const highTemperatureHasNoCurve: string =
  "highTemperatureMp(gamma, kappa) has no algebraic curve; what it has is its density, transform, moments, exponents and samples, on the command line by the command high-temperature";

/**
 * A probability measure that is no algebraic law: it has a density, a Stieltjes transform, moments and samples, but no curve P(z, m) = 0,
 * and so is no Law. The compiler refuses it where a law is taken, and a program that is not checked gets a DomainError.
 */
export interface HighTemperatureMp {
  readonly gamma: RationalFunction;
  readonly kappa: RationalFunction;
  /** Throws the sentence that there is none, and so do the parameters of one. */
  readonly curve: never;
  readonly parameters: never;
  /** mu_1, …, mu_n: polynomials in γ and 1/κ, exact, with parameters too. */
  moments(n: number, budget?: Budget): readonly RationalFunction[];
  /** The weight (1 − 1/γ)+ of the atom at 0. */
  atomAtZero(): Rational;
  /** The density of the continuous part at x to so many significant digits, all proved; "infinity" at 0 where it is unbounded. */
  densityAt(x: Rational, digits?: number, budget?: Budget): string;
  /** {@link HighTemperatureMp.densityAt} on an array, as doubles; about a millisecond each. */
  density(x: Float64Array, budget?: Budget): Float64Array;
  /** m(z) = ∫ rho(dx)/(x − z), on the positive real line its limit from above; every digit of each part proved. */
  stieltjesAt(z: ExactComplex, digits?: number, budget?: Budget): TransformValue;
  tails(): Tails;
  /** The eigenvalues, ascending, of one tridiagonal matrix of the β-Laguerre ensemble with β = 2κ/size. */
  sample(size: number, random: Random, budget?: Budget): Float64Array;
}

/**
 * The Marchenko–Pastur law at high temperature: the limit of the eigenvalues of the β-Laguerre ensemble, those of X X* /n for a p×n
 * matrix X of variance 1 continued in β, with β = 2κ/p and p/n → γ. Its mean is 1, and κ → ∞ gives mp(γ). In t = k x, k = κ/γ, it is
 * the measure of associated Laguerre polynomials of `densityBall`: with Tricomi's U
 *
 *     rho(x) = k t^(k−κ−1) e^(−t)/(Γ(κ + 1) Γ(k) |U(κ, κ − k + 1, t e^(−iπ))|²),
 *
 * and an atom 1 − 1/γ at 0 when γ > 1 [R. Allez, J.-P. Bouchaud, S. N. Majumdar, P. Vivo, J. Phys. A 46 (2013) 015001, where c is
 * κ; H. D. Trinh, K. D. Trinh, Osaka J. Math. 58 (2021) 435–450]. Not algebraic for any κ < ∞.
 * Certified density and transform; moments and exponents of the tails are exact, samples an estimate.
 *
 * @throws DomainError when γ or κ is not positive.
 * @example highTemperatureMp("gamma", "kappa").moments(2) // 1, (gamma*kappa + gamma + kappa)/kappa
 */
export function highTemperatureMp(gamma: Scalar, kappa: Scalar): HighTemperatureMp {
  const [ratio, inverseTemperature] = [toRationalFunction(gamma), toRationalFunction(kappa)];
  requirePositive(ratio, "gamma");
  requirePositive(inverseTemperature, "kappa");
  const shape = (question: string): Shape => shapeOf(ratio, inverseTemperature, question);
  return {
    gamma: ratio,
    kappa: inverseTemperature,
    get curve(): never {
      throw new DomainError(highTemperatureHasNoCurve);
    },
    get parameters(): never {
      throw new DomainError(highTemperatureHasNoCurve);
    },
    moments: (n, budget = unlimited) => momentsOf(ratio, inverseTemperature, n, budget),
    atomAtZero: () => QQ.max(QQ.zero, QQ.sub(QQ.one, QQ.inv(shape("the atom").gamma))),
    densityAt: (x, digits = 15, budget = unlimited) => densityText(shape("the density"), x, digits, budget),
    density(x, budget = unlimited) {
      const known = shape("the density");
      return x.map((at) =>
        Number.isFinite(at) ? toDouble(densityText(known, rationalFromNumber(at), 17, budget)) : Number.NaN,
      );
    },
    stieltjesAt: (z, digits = 15, budget = unlimited) =>
      transformText(shape("the Stieltjes transform"), z, digits, budget),
    tails: () => tailsOf(shape("the list of exponents")),
    sample: (size, random, budget = unlimited) => sampleOf(shape("a sample"), size, random, budget),
  };
}

/** The numbers of a measure without parameters, with k = κ/γ. */
interface Shape {
  readonly gamma: Rational;
  readonly kappa: Rational;
  readonly k: Rational;
}

function shapeOf(ratio: RationalFunction, inverseTemperature: RationalFunction, question: string): Shape {
  const [gamma, kappa] = [numericValue(ratio), numericValue(inverseTemperature)];
  if (gamma === undefined || kappa === undefined) {
    throw new DomainError(`${question} needs numbers for gamma and kappa; only the moments take parameters`);
  }
  return { gamma, kappa, k: QQ.div(kappa, gamma) };
}

function requirePositive(f: RationalFunction, name: string): void {
  const value = numericValue(f);
  if (value !== undefined && QQ.sign(value) <= 0) {
    throw new DomainError(`highTemperatureMp(gamma, kappa) needs ${name} > 0; got ${rationalFunctionToText(f)}`);
  }
}

/** From the Riccati equation of the transform: mu_(j+1) = (1 − γ + j γ/κ) mu_j + γ Σ mu_i mu_(j−i). */
function momentsOf(
  gamma: RationalFunction,
  kappa: RationalFunction,
  n: number,
  budget: Budget,
): readonly RationalFunction[] {
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new DomainError(`the number of moments is ${n}; it must be an integer >= 1`);
  }
  const { add, sub, mul, div, one, zero, fromInteger } = fractionsWithin(budget);
  const mu = [one];
  for (let j = 0; j < n; j++) {
    budget.spend(j, "computing moments");
    const squares = mu.reduce((sum, left, i) => add(sum, mul(left, mu[j - i]!)), zero);
    const factor = add(sub(one, gamma), div(mul(fromInteger(BigInt(j)), gamma), kappa));
    mu.push(add(mul(factor, mu[j]!), mul(gamma, squares)));
  }
  return mu.slice(1);
}

function tailsOf({ gamma, kappa, k }: Shape): Tails {
  return {
    atZero: { power: QQ.sub(QQ.abs(QQ.sub(k, kappa)), QQ.one), overSquaredLogarithm: QQ.equals(gamma, QQ.one) },
    atInfinity: { power: QQ.sub(QQ.add(k, kappa), QQ.one), rate: k },
  };
}

function densityText(shape: Shape, x: Rational, digits: number, budget: Budget): string {
  const { gamma, k } = shape;
  if (QQ.sign(x) < 0) return "0";
  if (QQ.sign(x) > 0) {
    const scaled = (bits: number): RealBall =>
      realBalls(bits).mul(realBalls(bits).fromRational(k), densityBall(shape, QQ.mul(k, x), bits, budget));
    return certifiedDecimal(scaled, digits, budget);
  }
  const power = QQ.sign(tailsOf(shape).atZero.power);
  if (power !== 0) return power > 0 ? "0" : "infinity";
  // |k − κ| = 1: the limits of U at 0 leave k for γ < 1, and the density of the other end of the matrix over γ beyond.
  return rationalToDecimal(QQ.div(k, QQ.max(QQ.one, gamma)), digits);
}

function toDouble(text: string): number {
  return text === "infinity" ? Number.POSITIVE_INFINITY : Number(text);
}

function transformText(shape: Shape, z: ExactComplex, digits: number, budget: Budget): TransformValue {
  if (QQ.isZero(z.re) && QQ.isZero(z.im)) {
    throw new DomainError("the Stieltjes transform is asked for at 0, where the support begins; ask at another point");
  }
  const scaled: ExactComplex = { re: QQ.mul(shape.k, z.re), im: QQ.mul(shape.k, z.im) };
  const values = new Map<number, { readonly re: RealBall; readonly im: RealBall }>();
  const at = (bits: number): { readonly re: RealBall; readonly im: RealBall } => {
    const balls = complexBalls(bits);
    const value =
      values.get(bits) ??
      balls.scaleReal(transformBall(shape, scaled, bits, budget), realBalls(bits).fromRational(shape.k));
    values.set(bits, value);
    return value;
  };
  return {
    re: certifiedDecimal((bits) => at(bits).re, digits, budget),
    // Real on the negative line, where the balls may not know it.
    im: QQ.isZero(z.im) && QQ.sign(z.re) < 0 ? "0" : certifiedDecimal((bits) => at(bits).im, digits, budget),
  };
}

function sampleOf({ gamma, kappa }: Shape, size: number, random: Random, budget: Budget): Float64Array {
  checkSize(size);
  const [ratio, beta] = [rationalToNumber(gamma), (2 * rationalToNumber(kappa)) / size];
  const eigenvalues = (rank: number, degrees: number): Float64Array => {
    const { diagonal, offDiagonal } = betaLaguerre(rank, beta, degrees, random);
    return tridiagonalEigenvalues(diagonal, offDiagonal, budget).map((value) => Math.max(0, value));
  };
  if (ratio <= 1) return eigenvalues(size, size / ratio);
  // X X* has the eigenvalues of X* X and zeros.
  const rank = Math.max(1, Math.round(size / ratio));
  const values = new Float64Array(size);
  values.set(
    eigenvalues(rank, size).map((value) => value * ratio),
    size - rank,
  );
  return values;
}
