import type { Scalar } from "../law/index.js";
import { numericValue } from "../law/index.js";
import { wishartEigenvalues } from "../matrices/index.js";
import { fractions, type RationalFunction } from "../poly/index.js";
import { QQ, rationalToText } from "../rings/index.js";
import { ArgumentError, positive, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { mp } from "./marchenko-pastur.js";
import { binomial, productCoefficient, seriesProduct, times, upTo } from "./sequences.js";

/**
 * The law of x/(x + λ) for mp(c), λ = κ(1 + κ − c)/(1 + κ): in terms of κ its moments are rational, in terms of λ they are not.
 * Both branches of the curve look like −1/z at infinity; the mean 1/(1 + κ) tells them apart.
 */
export const ridgeHat: Ensemble<[c: Scalar, kappa: Scalar]> = defineEnsemble<[c: Scalar, kappa: Scalar]>({
  name: "ridgeHat",
  title:
    "hat matrix of ridge regression, S (S + lambda)^-1 for S of law mp(c), by its effective penalty kappa: lambda = kappa (1 + kappa - c)/(1 + kappa)",
  arguments: [
    { name: "c", kind: "scalar", doc: "aspect ratio p/n of the data", domain: positive },
    {
      name: "kappa",
      kind: "scalar",
      doc: "effective penalty, more than c - 1: the mean is 1/(1 + kappa)",
      domain: positive,
    },
  ],
  source: "E. Dobriban and S. Wager, Ann. Statist. 46 (2018) 247–279; F. Bach, SIAM J. Math. Data Sci. 6 (2024) 26–50",
  check(c, kappa) {
    const penalty = numericValue(penaltyOf(c, kappa));
    if (penalty !== undefined && QQ.sign(penalty) <= 0) {
      throw new ArgumentError(
        `ridgeHat(c, kappa) needs kappa > c - 1, so that lambda > 0; lambda is ${rationalToText(penalty)}`,
        { argument: 1 },
      );
    }
  },
  curve(c, kappa, budget) {
    const values = { c, l: penaltyOf(c, kappa) };
    // m(x) at x = λz/(1 − z) in terms of the new transform.
    const x = fractions.div(formula("l*z", values, budget), formula("1 - z", {}, budget));
    const m = fractions.div(formula("(1 - z)*((1 - z)*m - 1)", {}, budget), values.l);
    return formula("c*z*m^2 + (z + c - 1)*m + 1", { c, z: x, m }, budget);
  },
  branch: (_, kappa) => [fractions.inv(fractions.add(fractions.one, kappa))],
  closedForms(c, kappa) {
    const penalty = (): number => toNumber(penaltyOf(c, kappa));
    const original = mp.closedForms(c);
    return {
      moments: (n) => moments(n, c, kappa),
      edges: () => original.edges!().map((x) => x / (x + penalty())),
      atoms: () => original.atoms!(),
      density() {
        const lambda = penalty();
        const density = original.density!();
        return (s) => (s > 0 && s < 1 ? (density((lambda * s) / (1 - s)) * lambda) / (1 - s) ** 2 : 0);
      },
    };
  },
  sample(size, random, c, kappa, budget) {
    const lambda = toNumber(penaltyOf(c, kappa));
    return wishartEigenvalues(size, size / toNumber(c), random, budget).map((x) => x / (x + lambda));
  },
});

/** λ = κ − cκ/(1 + κ): tr S(S + λ)⁻¹ is tr of 1/(1 + κ). */
function penaltyOf(c: RationalFunction, kappa: RationalFunction): RationalFunction {
  const { sub, mul, div, add, one } = fractions;
  return sub(kappa, div(mul(c, kappa), add(one, kappa)));
}

/**
 * mu_1 … mu_n from E (x + λ)^(−j): with κ + ε in place of κ, λ grows by δ = ε (1 − c/(a(a + ε))), a = 1 + κ, and E 1/(x + λ + δ) is
 * 1/(a − c + ε), of which Lagrange's inversion gives the coefficients in δ.
 */
function moments(n: number, c: RationalFunction, kappa: RationalFunction): RationalFunction[] {
  const { add, sub, mul, div, inv, neg, pow, one, zero } = fractions;
  const a = add(one, kappa);
  const b = sub(a, c);
  // 1/(x + ε) as a series in ε; of it φ = ε/δ = (a + ε)/(a − c/a + ε) and the derivative −1/(b + ε)² are made.
  const geometric = (x: RationalFunction): RationalFunction[] =>
    Array.from({ length: n + 1 }, (_, k) => inv(k % 2 === 0 ? pow(x, k + 1) : neg(pow(x, k + 1))));
  const phi = seriesProduct([a, one], geometric(sub(a, div(c, a))), n);
  const slope = seriesProduct(geometric(b), geometric(b).map(neg), n);
  const inverses = [one, inv(b)];
  let power = [one];
  for (let j = 1; j < n; j++) {
    power = seriesProduct(power, phi, n);
    const coefficient = div(productCoefficient(slope, power, j - 1), fractions.fromInteger(BigInt(j)));
    inverses.push(j % 2 === 0 ? coefficient : neg(coefficient));
  }
  const lambda = penaltyOf(c, kappa);
  return upTo(n, (k) => {
    let value = zero;
    for (let j = 0; j <= k; j++) value = add(value, times(binomial(k, j), mul(pow(neg(lambda), j), inverses[j]!)));
    return value;
  });
}
