import type { Scalar } from "../law/index.js";
import { wishartEigenvalues } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { positive, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { narayana, times, upTo } from "./sequences.js";

/** c z m² + (z + c − 1) m + 1 = 0. */
export const mp: Ensemble<[c: Scalar]> = defineEnsemble<[c: Scalar]>({
  name: "mp",
  title: "Marchenko–Pastur law: X X*/n for a p x n matrix X of independent entries of variance 1, c = p/n",
  arguments: [{ name: "c", kind: "scalar", doc: "aspect ratio p/n", domain: positive }],
  source: "V. A. Marchenko and L. A. Pastur, Math. USSR Sb. 1 (1967) 457–483",
  curve: (c, budget) => formula("c*z*m^2 + (z + c - 1)*m + 1", { c }, budget),
  closedForms: (c) => ({
    moments: (n) =>
      upTo(n, (k) =>
        upTo(k, (j) => times(narayana(k, j), fractions.pow(c, k - j))).reduce(fractions.add, fractions.zero),
      ),
    cumulants: (n) => upTo(n, (k) => fractions.pow(c, k - 1)),
    edges: () => [(1 - Math.sqrt(toNumber(c))) ** 2, (1 + Math.sqrt(toNumber(c))) ** 2],
    atoms: () => (toNumber(c) > 1 ? [{ at: 0, weight: 1 - 1 / toNumber(c) }] : []),
    density() {
      const ratio = toNumber(c);
      return (x) => {
        const square = 4 * ratio - (x - 1 - ratio) ** 2;
        return square > 0 ? Math.sqrt(square) / (2 * Math.PI * ratio * x) : 0;
      };
    },
  }),
  sample: (size, random, c, budget) => wishartEigenvalues(size, size / toNumber(c), random, budget),
});
