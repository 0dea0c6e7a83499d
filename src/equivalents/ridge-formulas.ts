import type { Budget } from "../core/index.js";
import { moments } from "../law/index.js";
import { coefficients, fractions, type RationalFunction, rationalFunction } from "../poly/index.js";
import type { RidgeModel } from "./ridge-model.js";

/**
 * What can be asked of a ridge regression at a penalty λ, each the almost sure limit of the quantity in words; S = X*X/n, tr is the
 * trace of p×p matrices, and x, y is a new sample.
 */
export type RidgeQuantity =
  | "kappa"
  | "df1"
  | "df2"
  | "resolventTrace"
  | "companionTrace"
  | "resolventSlope"
  | "companionSlope"
  | "bias"
  | "variance"
  | "risk"
  | "testError"
  | "trainingError"
  | "gcv"
  | "coefficientError";

/** The quantities with what they are the limits of. */
export const ridgeQuantities: Readonly<Record<RidgeQuantity, string>> = {
  kappa: "the effective regularisation kappa = 1/v(-lambda): kappa = lambda + c*kappa*df1",
  df1: "the degrees of freedom per feature tr S(S + lambda)^(-1)/p = tr A(A + kappa)^(-1)/p",
  df2: "the second degrees of freedom per feature tr A^2 (A + kappa)^(-2)/p",
  resolventTrace: "m(-lambda) = tr (S + lambda)^(-1)/p",
  companionTrace: "v(-lambda) = the trace of (X X*/n + lambda)^(-1) over n",
  resolventSlope: "m'(-lambda) = tr (S + lambda)^(-2)/p",
  companionSlope: "v'(-lambda) = the trace of (X X*/n + lambda)^(-2) over n",
  bias: "the part of the prediction risk that the signal causes",
  variance: "the part of the prediction risk that the noise causes",
  risk: "the prediction risk E (x.(b - beta))^2 of the estimate b, bias + variance",
  testError: "the test error E (y - x.b)^2 on a new sample, risk + noise",
  trainingError: "the training error |y - X b|^2/n",
  gcv: "generalised cross-validation, training error/(1 - tr S(S + lambda)^(-1)/n)^2",
  coefficientError: "the error of the coefficients E |b - beta|^2",
};

/** The field operations that the formulas need; they are the same for numbers, functions and series. */
export interface RidgeArithmetic<T> {
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  constant(f: RationalFunction): T;
}

/** Where the formulas are evaluated: the penalty, the effective regularisation and the slope dλ/dκ = 1 − c·df2. */
export interface RidgePoint<T> {
  readonly lambda: T;
  readonly kappa: T;
  readonly slope: T;
}

/** All quantities at a point, each computed when it is asked for. */
export type RidgeFormulas<T> = { readonly [Q in RidgeQuantity]: () => T };

/**
 * The formulas in λ, κ and dλ/dκ. With df1 = (1 − λ/κ)/c and df2 = (1 − dλ/dκ)/c they need nothing of the population but its moments
 * below the degree of the alignment [Dobriban–Wager, Ann. Statist. 46 (2018) 247–279; Hastie–Montanari–Rosset–Tibshirani, Ann.
 * Statist. 50 (2022) 949–986; Bach, SIAM J. Math. Data Sci. 6 (2024) 26–50].
 */
export function ridgeFormulas<T>(
  a: RidgeArithmetic<T>,
  model: RidgeModel,
  point: RidgePoint<T>,
  budget: Budget,
): RidgeFormulas<T> {
  const { add, sub, mul, div } = a;
  const { lambda, kappa, slope } = point;
  const [one, c] = [a.constant(fractions.one), a.constant(model.ratio)];
  const [signal, noise] = [a.constant(model.signal), a.constant(model.noise)];
  const share = div(lambda, kappa);
  const df1 = div(sub(one, share), c);
  const df2 = div(sub(one, slope), c);
  const resolventTrace = (): T => div(sub(one, df1), lambda);
  // −d df1/dλ = m(−λ) − λ m'(−λ).
  const decay = (): T => div(sub(df1, df2), mul(kappa, slope));
  const integrals = alignedIntegrals(a, model, { kappa, df1, df2 }, budget);
  const bias = (): T => div(mul(signal, integrals.square()), slope);
  const variance = (): T => div(mul(noise, mul(c, df2)), slope);
  const risk = (): T => add(bias(), variance());
  const testError = (): T => add(risk(), noise);
  const trainingError = (): T => mul(mul(share, share), testError());
  const freedom = sub(one, mul(c, df1));
  return {
    kappa: () => kappa,
    df1: () => df1,
    df2: () => df2,
    resolventTrace,
    companionTrace: () => div(one, kappa),
    resolventSlope: () => div(sub(resolventTrace(), decay()), lambda),
    companionSlope: () => div(one, mul(mul(kappa, kappa), slope)),
    bias,
    variance,
    risk,
    testError,
    trainingError,
    gcv: () => div(trainingError(), mul(freedom, freedom)),
    coefficientError() {
      // β*λ²(S + λ)^(−2)β is −λ² d/dλ of β*(S + λ)^(−1)β, which is r²/λ times the simple integral.
      const fromSquare = div(mul(share, integrals.square()), mul(kappa, slope));
      return add(mul(signal, sub(integrals.simple(), fromSquare)), mul(mul(noise, c), decay()));
    },
  };
}

interface AlignedIntegrals<T> {
  /** κ ∫ w(t)/(t + κ) dA(t). */
  simple(): T;
  /** κ² ∫ t w(t)/(t + κ)² dA(t). */
  square(): T;
}

/** The integrals against w by division with remainder by t + κ: what is left over are moments of A, and df1 and df2. */
function alignedIntegrals<T>(
  a: RidgeArithmetic<T>,
  { population, alignment }: RidgeModel,
  { kappa, df1, df2 }: { readonly kappa: T; readonly df1: T; readonly df2: T },
  budget: Budget,
): AlignedIntegrals<T> {
  const { add, sub, mul } = a;
  const [zero, one] = [a.constant(fractions.zero), a.constant(fractions.one)];
  const minusKappa = sub(zero, kappa);
  const w = coefficients(alignment, "x").map((part) => a.constant(rationalFunction(part)));
  const mu = [fractions.one, ...(w.length < 2 ? [] : moments(population, w.length - 1, budget))].map((f) =>
    a.constant(f),
  );
  const mean = (p: readonly T[]): T => p.reduce((sum, coefficient, k) => add(sum, mul(coefficient, mu[k]!)), zero);
  /** p(t) = quotient(t)·(t + κ) + value. */
  const divided = (p: readonly T[]): { readonly quotient: readonly T[]; readonly value: T } => {
    const rows = p.toReversed();
    for (let k = 1; k < rows.length; k++) rows[k] = add(rows[k]!, mul(rows[k - 1]!, minusKappa));
    return { quotient: rows.slice(0, -1).toReversed(), value: rows.at(-1) ?? zero };
  };
  const rest = sub(one, df1);
  return {
    simple() {
      const { quotient, value } = divided(w);
      return add(mul(value, rest), mul(kappa, mean(quotient)));
    },
    square() {
      const first = divided([zero, ...w]);
      const second = divided(first.quotient);
      // ∫ κ/(t + κ) = 1 − df1 and ∫ κ²/(t + κ)² = 1 − 2 df1 + df2.
      const linear = mul(kappa, add(mul(second.value, rest), mul(kappa, mean(second.quotient))));
      return add(mul(first.value, add(sub(rest, df1), df2)), linear);
    },
  };
}
