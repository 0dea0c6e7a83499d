import type { Scalar } from "../law/index.js";
import { wignerEigenvalues } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { positive, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { catalan, times, upTo } from "./sequences.js";

/** v m² + z m + 1 = 0, density √(4v − x²)/(2πv). */
export const semicircle: Ensemble<[variance: Scalar]> = defineEnsemble<[variance: Scalar]>({
  name: "semicircle",
  title: "Wigner's semicircle law of mean 0 and the given variance",
  arguments: [{ name: "v", kind: "scalar", doc: "variance", domain: positive }],
  source: "E. P. Wigner, Ann. of Math. 62 (1955) 548–564",
  curve: (v, budget) => formula("v*m^2 + z*m + 1", { v }, budget),
  closedForms: (v) => ({
    moments: (n) => upTo(n, (k) => (k % 2 === 1 ? fractions.zero : times(catalan(k / 2), fractions.pow(v, k / 2)))),
    cumulants: (n) => upTo(n, (k) => (k === 2 ? v : fractions.zero)),
    edges: () => [-2 * Math.sqrt(toNumber(v)), 2 * Math.sqrt(toNumber(v))],
    atoms: () => [],
    density() {
      const variance = toNumber(v);
      return (x) => Math.sqrt(Math.max(0, 4 * variance - x * x)) / (2 * Math.PI * variance);
    },
  }),
  sample: (size, random, v, budget) => wignerEigenvalues(size, toNumber(v), random, budget),
});
