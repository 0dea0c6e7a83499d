import { numericValue, type Scalar } from "../law/index.js";
import { manovaEigenvalues } from "../matrices/index.js";
import { fractions, type RationalFunction } from "../poly/index.js";
import { QQ, rational, rationalToText } from "../rings/index.js";
import { ArgumentError, positive, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { wachter } from "./wachter.js";

/** c₁c₂ z(1 − z) m² + (c₁c₂ − c₂ + (c₁ + c₂ − 2c₁c₂) z) m + c₁ + c₂ − c₁c₂ = 0: wachter(1/c₁, 1/c₂). */
export const manova: Ensemble<[c1: Scalar, c2: Scalar]> = defineEnsemble<[c1: Scalar, c2: Scalar]>({
  name: "manova",
  title: "MANOVA (Jacobi) law: W1 (W1 + W2)^-1 for p x p Wishart matrices of n1 and n2 degrees of freedom",
  arguments: [
    { name: "c1", kind: "scalar", doc: "aspect ratio p/n1 of W1", domain: positive },
    { name: "c2", kind: "scalar", doc: "aspect ratio p/n2 of W2", domain: positive },
  ],
  source: "K. W. Wachter, Ann. Statist. 8 (1980) 937–957; J. W. Silverstein, SIAM J. Math. Anal. 16 (1985) 641–646",
  check(c1, c2) {
    const sum = numericValue(fractions.add(fractions.inv(c1), fractions.inv(c2)));
    if (sum !== undefined && QQ.compare(sum, rational(1)) <= 0) {
      throw new ArgumentError(`manova(c1, c2) needs 1/c1 + 1/c2 > 1; got ${rationalToText(sum)}`, { argument: 1 });
    }
  },
  curve: (c1, c2, budget) =>
    formula("a*b*z*(1 - z)*m^2 + (a*b - b + (a + b - 2*a*b)*z)*m + a + b - a*b", { a: c1, b: c2 }, budget),
  closedForms: (c1, c2) => wachter.closedForms(reciprocal(c1), reciprocal(c2)),
  sample: (size, random, c1, c2, budget) =>
    manovaEigenvalues(size, size / toNumber(c1), size / toNumber(c2), random, budget),
});

function reciprocal(c: RationalFunction): RationalFunction {
  return fractions.inv(c);
}
