// Estimates: closed formulas in double precision.
import { type Budget, DomainError, unlimited } from "../core/index.js";
import { gamma, lowerIncompleteGamma } from "./incomplete-gamma.js";
import { checkExponents, type ModeSpectrum } from "./mode-spectrum.js";

/** g(lambda, t): a mode's error falls as exp(−g), its loss as exp(−2 g). Grows with t. */
export type LearningDynamics = (lambda: number, time: number) => number;

/** Gradient flow: g = lambda t. */
export function gradientFlow(lambda: number, time: number): number {
  return lambda * time;
}

/**
 * t steps of gradient descent: exp(−g) = |1 − rate·lambda|^t.
 *
 * @throws DomainError for a rate that is not positive.
 */
export function gradientDescent(rate: number): LearningDynamics {
  if (!(rate > 0 && Number.isFinite(rate))) throw new DomainError(`the learning rate must be positive; got ${rate}`);
  return (lambda, time) => (time === 0 ? 0 : -time * Math.log(Math.abs(1 - rate * lambda)));
}

/** A learning curve at one time. */
export interface LearningPoint {
  readonly time: number;
  readonly loss: number;
  /** How many modes are past 2 g = 1, and the smallest eigenvalue among them (null when there is none). */
  readonly frontier: { readonly modes: number; readonly eigenvalue: number | null };
  /** −d log(loss − floor)/d log t; NaN where nothing is left to learn. */
  readonly exponent: number;
  /** The share of loss − floor that lies in modes beyond the frontier: near 1 the curve is dominated by its tail. */
  readonly tailShare: number;
}

/**
 * The test loss L(t) = floor + Σ_k lambda_k w_k² exp(−2 g(lambda_k, t)) with its learning frontier and local exponent.
 *
 * @throws DomainError for negative times, or a dynamics that diverges on these modes.
 */
export function learningCurve(
  modes: ModeSpectrum,
  times: readonly number[],
  dynamics: LearningDynamics = gradientFlow,
  budget: Budget = unlimited,
): LearningPoint[] {
  return times.map((time) => {
    if (!(time >= 0 && Number.isFinite(time))) throw new DomainError(`a time must be at least 0; got ${time}`);
    budget.spend(modes.eigenvalues.length / 10, "computing a learning curve");
    let [learned, tail, count] = [0, 0, 0];
    let eigenvalue: number | null = null;
    modes.eigenvalues.forEach((lambda, k) => {
      const g = dynamics(lambda, time);
      if (!(g >= 0)) {
        throw new DomainError(
          `training diverges in the mode of eigenvalue ${lambda}; with gradient descent the rate must stay below ${2 / modes.eigenvalues[0]!}`,
        );
      }
      const loss = modes.losses[k]! * Math.exp(-2 * g);
      if (2 * g >= 1) {
        count++;
        eigenvalue = lambda;
        learned += loss;
      } else tail += loss;
    });
    const open = learned + tail;
    return {
      time,
      loss: modes.floor + open,
      frontier: { modes: count, eigenvalue },
      exponent: open > 0 && time > 0 ? localExponent(modes, time, dynamics) : open > 0 ? 0 : Number.NaN,
      tailShare: open > 0 ? tail / open : Number.NaN,
    };
  });
}

/** By a central difference in log t, to about 8 digits. */
function localExponent(modes: ModeSpectrum, time: number, dynamics: LearningDynamics): number {
  const step = 1e-4;
  const logLoss = (t: number): number =>
    Math.log(
      modes.eigenvalues.reduce((sum, lambda, k) => sum + modes.losses[k]! * Math.exp(-2 * dynamics(lambda, t)), 0),
    );
  return (logLoss(time * Math.exp(-step)) - logLoss(time * Math.exp(step))) / (2 * step);
}

/** The exponent of a tail-dominated learning curve: L(t) ~ t^−(b−1)/a for lambda_k ~ k^−a, lambda_k w_k² ~ k^−b, a > 0, b > 1. */
export function tailExponent(a: number, b: number): number {
  checkExponents(a, b);
  return (b - 1) / a;
}

/**
 * Gradient flow over a continuous power law, in closed form: with s = (b − 1)/a,
 * ∫_1^N k^−b exp(−2 t k^−a) dk = (1/a) (2t)^−s (gamma(s, 2t) − gamma(s, 2t N^−a)), N infinite by default.
 *
 * @throws DomainError unless a > 0, b > 1, N ≥ 1, t ≥ 0.
 */
export function powerLawLoss(a: number, b: number, time: number, count: number = Number.POSITIVE_INFINITY): number {
  const s = tailExponent(a, b);
  if (!(count >= 1)) throw new DomainError(`the number of modes must be at least 1; got ${count}`);
  if (!(time >= 0)) throw new DomainError(`a time must be at least 0; got ${time}`);
  if (time === 0) return (1 - count ** (1 - b)) / (b - 1);
  const [whole, cut] = [2 * time, 2 * time * count ** -a];
  return (whole ** -s / a) * (lowerIncompleteGamma(s, whole) - (cut > 0 ? lowerIncompleteGamma(s, cut) : 0));
}

/** The constant C of {@link powerLawLoss} ~ C t^−(b−1)/a for large t: Gamma((b−1)/a) 2^(−(b−1)/a)/a. */
export function powerLawAmplitude(a: number, b: number): number {
  const s = tailExponent(a, b);
  return (gamma(s) * 2 ** -s) / a;
}
