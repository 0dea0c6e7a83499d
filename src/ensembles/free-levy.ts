import type { Scalar } from "../law/index.js";
import { addMatrices, checkSize, symmetricEigenvalues, weightedWishart, wignerMatrix } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { type AtomList, nonZero, positive, quantilesOfAtoms, toNumber } from "./arguments.js";
import { cleared, defineEnsemble, type Ensemble, formula, m } from "./ensemble.js";
import { momentsFromFreeCumulants, upTo } from "./sequences.js";

type Arguments = [drift: Scalar, variance: Scalar, rate: Scalar, jumps: AtomList];

/** 1 + z m − drift·m + variance·m² = rate·m Σ w t/(1 + t m). */
export const freeLevy: Ensemble<Arguments> = defineEnsemble<Arguments>({
  name: "freeLevy",
  title: "free Lévy law: drift, semicircular part and compound free Poisson jumps",
  arguments: [
    { name: "drift", kind: "scalar", doc: "added to the mean" },
    { name: "variance", kind: "scalar", doc: "of the semicircular part", domain: positive },
    { name: "rate", kind: "scalar", doc: "expected number of jumps per dimension", domain: positive },
    { name: "jumps", kind: "atoms", doc: "heights and their weights", domain: nonZero },
  ],
  source: "H. Bercovici and D. Voiculescu, Pacific J. Math. 153 (1992) 217–248",
  curve: (drift, variance, rate, jumps, budget) =>
    cleared(
      formula("1 + z*m - a*m + v*m^2", { a: drift, v: variance }, budget),
      jumps.map(({ at, weight }) => ({
        numerator: fractions.mul(fractions.mul(rate, m), fractions.mul(weight, at)),
        denominator: formula("1 + t*m", { t: at }, budget),
      })),
      budget,
    ),
  closedForms(drift, variance, rate, jumps) {
    const extra = [drift, variance];
    const cumulants = (n: number) =>
      upTo(n, (k) =>
        jumps
          .map(({ at, weight }) => fractions.mul(fractions.mul(rate, weight), fractions.pow(at, k)))
          .reduce(fractions.add, extra[k - 1] ?? fractions.zero),
      );
    return { cumulants, moments: (n) => momentsFromFreeCumulants(cumulants(n)), atoms: () => [] };
  },
  sample(size, random, drift, variance, rate, jumps, budget) {
    checkSize(size);
    const heights = quantilesOfAtoms(jumps, Math.round(size * toNumber(rate)));
    const jumpsPart = weightedWishart(size, heights, random, budget);
    const matrix = addMatrices(jumpsPart, wignerMatrix(size, toNumber(variance), random, budget));
    return symmetricEigenvalues(matrix.entries, size, budget).map((value) => value + toNumber(drift));
  },
});
