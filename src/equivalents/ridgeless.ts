import { certifiedDecimal, type RealBall, realBalls } from "../ball/index.js";
import { type Budget, unlimited } from "../core/index.js";
import { atoms } from "../law/index.js";
import { QQ } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicToBall,
  compareWithRational,
  signOf,
} from "../roots/index.js";
import { requirePopulation } from "./effective-penalty.js";
import { ridgeFormulas } from "./ridge-formulas.js";
import { numbersOf, type RidgeModel } from "./ridge-model.js";
import { ballArithmetic, pointOnBranch } from "./ridge-values.js";

/** The quantities that have a limit as λ → 0. */
export type RidgelessQuantity =
  | "kappa"
  | "df1"
  | "df2"
  | "bias"
  | "variance"
  | "risk"
  | "testError"
  | "trainingError"
  | "gcv";

export const ridgelessQuantities: readonly RidgelessQuantity[] = [
  "kappa",
  "df1",
  "df2",
  "bias",
  "variance",
  "risk",
  "testError",
  "trainingError",
  "gcv",
];

/** Decimal texts, every digit proved, or "infinity". */
export type RidgelessValues = Readonly<Record<RidgelessQuantity, string>>;

/**
 * Which side of the interpolation threshold a model is on. With A{0} the weight of zero eigenvalues of the population, c(1 − A{0}) is
 * the number of features that vary, over the number of samples.
 */
type Regime =
  /** Fewer than samples: κ → 0. */
  | { readonly kind: "under"; readonly zeros: AlgebraicNumber }
  | { readonly kind: "threshold" }
  /** More than samples: κ tends to the root of c·df1(κ) = 1, and the training error vanishes. */
  | { readonly kind: "over" };

/**
 * The limits as λ → 0, those of least squares of minimal norm: for c < 1 and a population without zeros, variance σ² c/(1 − c) and no
 * bias; at c = 1 the variance is infinite ("double descent"); beyond, κ > 0 regularises by itself. Certified: every digit is proved.
 *
 * @throws DomainError when the model has parameters or the population is not on [0, ∞).
 * @example ridgelessErrors(ridgeRegression(ensembles.atoms([[1, 1]]), { ratio: 2, noise: 1 })).testError // "2.5"
 */
export function ridgelessErrors(model: RidgeModel, digits = 15, budget: Budget = unlimited): RidgelessValues {
  const text = (quantity: RidgelessQuantity): string =>
    isInfinite(model, quantity, budget)
      ? "infinity"
      : certifiedDecimal((bits) => ridgelessBall(model, quantity, bits, budget), digits, budget);
  return Object.fromEntries(ridgelessQuantities.map((quantity) => [quantity, text(quantity)])) as Record<
    RidgelessQuantity,
    string
  >;
}

/** At the threshold all errors on new samples are infinite with noise. */
function isInfinite(model: RidgeModel, quantity: RidgelessQuantity, budget: Budget): boolean {
  const { noise } = numbersOf(model, "the limit of small penalties");
  const onNewSamples = ["variance", "risk", "testError", "gcv"].includes(quantity);
  return onNewSamples && !QQ.isZero(noise) && regimeOf(model, budget).kind === "threshold";
}

/** A finite limit as a ball of about so many bits. */
export function ridgelessBall(
  model: RidgeModel,
  quantity: RidgelessQuantity,
  bits: number,
  budget: Budget = unlimited,
): RealBall {
  const { ratio, noise } = numbersOf(model, "the limit of small penalties");
  const real = realBalls(bits);
  const regime = regimeOf(model, budget);
  if (regime.kind === "over") {
    const point = pointOnBranch(model, QQ.zero, bits, budget);
    // The training error and the square that gcv divides it by vanish together.
    return ridgeFormulas(ballArithmetic(bits), model, point, budget)[quantity === "gcv" ? "testError" : quantity]();
  }
  // κ → 0, so df1 and df2 tend to the mass outside 0, and the bias to 0 by dominated convergence, also over dλ/dκ.
  const c = real.fromRational(ratio);
  const sigma = real.fromRational(noise);
  const rest =
    regime.kind === "threshold"
      ? real.zero
      : real.sub(real.one, real.mul(c, real.sub(real.one, algebraicToBall(regime.zeros, bits))));
  switch (quantity) {
    case "kappa":
    case "bias":
      return real.zero;
    case "df1":
    case "df2":
      return real.div(real.sub(real.one, rest), c);
    case "trainingError":
      return real.mul(sigma, rest);
    case "variance":
    case "risk":
      return noise.num === 0n ? real.zero : real.div(real.mul(sigma, real.sub(real.one, rest)), rest);
    case "testError":
    case "gcv":
      return noise.num === 0n ? real.zero : real.div(sigma, rest);
  }
}

function regimeOf(model: RidgeModel, budget: Budget): Regime {
  const { ratio } = numbersOf(model, "the limit of small penalties");
  requirePopulation(model, budget);
  const zeros =
    atoms(model.population, budget).find(({ at }) => signOf(at) === 0)?.weight ?? algebraicFromRational(QQ.zero);
  // c(1 − A{0}) against 1.
  const side = compareWithRational(zeros, QQ.sub(QQ.one, QQ.inv(ratio)));
  if (side > 0) return { kind: "under", zeros };
  return side === 0 ? { kind: "threshold" } : { kind: "over" };
}
