import type { Scalar } from "../law/index.js";
import { wishartEigenvalues } from "../matrices/index.js";
import { fractions, type RationalFunction } from "../poly/index.js";
import { below, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { catalan, momentsFromFreeCumulants, times, upTo } from "./sequences.js";

/** c z² m² + ((1 + c) z − 1) m + 1 = 0. */
export const inverseMp: Ensemble<[c: Scalar]> = defineEnsemble<[c: Scalar]>({
  name: "inverseMp",
  title: "inverse Marchenko–Pastur law: the inverse of a Wishart matrix of aspect ratio c",
  arguments: [{ name: "c", kind: "scalar", doc: "aspect ratio p/n of the Wishart matrix", domain: below(1) }],
  source: "J. Bun, J.-P. Bouchaud and M. Potters, Phys. Rep. 666 (2017) 1–109",
  curve: (c, budget) => formula("c*z^2*m^2 + ((1 + c)*z - 1)*m + 1", { c }, budget),
  closedForms(c) {
    const { div, pow, sub, one } = fractions;
    const cumulants = (n: number): RationalFunction[] =>
      upTo(n, (k) => times(catalan(k - 1), div(pow(c, k - 1), pow(sub(one, c), 2 * k - 1))));
    return {
      cumulants,
      moments: (n) => momentsFromFreeCumulants(cumulants(n)),
      edges: () => [1 / (1 + Math.sqrt(toNumber(c))) ** 2, 1 / (1 - Math.sqrt(toNumber(c))) ** 2],
      atoms: () => [],
      density() {
        const ratio = toNumber(c);
        return (x) => {
          const square = 4 * ratio - (1 / x - 1 - ratio) ** 2;
          return square > 0 ? Math.sqrt(square) / (2 * Math.PI * ratio * x) : 0;
        };
      },
    };
  },
  sample: (size, random, c, budget) =>
    wishartEigenvalues(size, size / toNumber(c), random, budget)
      .map((value) => 1 / value)
      .reverse(),
});
