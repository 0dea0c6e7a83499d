import type { Scalar } from "../law/index.js";
import { manovaEigenvalues } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { below, positive, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { binomial, times, upTo } from "./sequences.js";

/** (c₁ z + c₂ z²) m² + (c₁ − 1 + (1 + c₂) z) m + 1 = 0: the free product of mp(c₁) and the inverse of mp(c₂). */
export const fisher: Ensemble<[c1: Scalar, c2: Scalar]> = defineEnsemble<[c1: Scalar, c2: Scalar]>({
  name: "fisher",
  title: "Fisher law: S1 S2^-1 for two sample covariance matrices of aspect ratios c1 = p/n1 and c2 = p/n2",
  arguments: [
    { name: "c1", kind: "scalar", doc: "aspect ratio p/n1 of S1", domain: positive },
    { name: "c2", kind: "scalar", doc: "aspect ratio p/n2 of S2, which is inverted", domain: below(1) },
  ],
  source: "J. W. Silverstein, SIAM J. Math. Anal. 16 (1985) 641–646; K. W. Wachter, Ann. Statist. 8 (1980) 937–957",
  curve: (c1, c2, budget) => formula("(a*z + b*z^2)*m^2 + (a - 1 + (1 + b)*z)*m + 1", { a: c1, b: c2 }, budget),
  closedForms(c1, c2) {
    const { add, sub, mul, div, pow, one, zero } = fractions;
    const edges = (): number[] => {
      const [a, b] = [toNumber(c1), toNumber(c2)];
      const root = Math.sqrt(a + b - a * b);
      return [((1 - root) / (1 - b)) ** 2, ((1 + root) / (1 - b)) ** 2];
    };
    return {
      // Lagrange inversion of the S-transform (1 − c₂ − c₂ y)/(1 + c₁ y).
      moments: (n) =>
        upTo(n, (k) => {
          let value = zero;
          for (let i = 0; i < k; i++) {
            for (let j = 0; i + j < k; j++) {
              const rest = k - 1 - i - j;
              const count = binomial(k, i) * binomial(k, j) * binomial(k + rest - 1, rest);
              value = add(value, times(count, div(mul(pow(c1, j), pow(c2, rest)), pow(sub(one, c2), k + rest))));
            }
          }
          return div(value, fractions.fromInteger(BigInt(k)));
        }),
      edges,
      atoms: () => (toNumber(c1) > 1 ? [{ at: 0, weight: 1 - 1 / toNumber(c1) }] : []),
      density() {
        const [a, b] = [toNumber(c1), toNumber(c2)];
        const [left, right] = edges() as [number, number];
        return (x) => {
          const square = (right - x) * (x - left);
          return square > 0 ? ((1 - b) * Math.sqrt(square)) / (2 * Math.PI * x * (a + b * x)) : 0;
        };
      },
    };
  },
  sample(size, random, c1, c2, budget) {
    const [a, b] = [toNumber(c1), toNumber(c2)];
    return manovaEigenvalues(size, size / a, size / b, random, budget).map((x) => ((a / b) * x) / (1 - x));
  },
});
