import type { Scalar } from "../law/index.js";
import { checkSize, symmetricEigenvalues, weightedWishart } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { type AtomList, nonZero, positive, quantilesOfAtoms, toNumber } from "./arguments.js";
import { cleared, defineEnsemble, type Ensemble, formula, m } from "./ensemble.js";
import { momentsFromFreeCumulants, upTo } from "./sequences.js";

/** 1 + z m = rate·m Σ w t/(1 + t m): z + 1/m is a rational function of m, so the curve is irreducible. */
export const compoundFreePoisson: Ensemble<[rate: Scalar, jumps: AtomList]> = defineEnsemble<
  [rate: Scalar, jumps: AtomList]
>({
  name: "compoundFreePoisson",
  title: "compound free Poisson law: free jumps of several heights t with weights w",
  arguments: [
    { name: "rate", kind: "scalar", doc: "expected number of jumps per dimension", domain: positive },
    { name: "jumps", kind: "atoms", doc: "heights and their weights", domain: nonZero },
  ],
  source: "A. Nica and R. Speicher, Lectures on the Combinatorics of Free Probability (2006), lecture 12",
  curve: (rate, jumps, budget) =>
    cleared(
      formula("1 + z*m", {}, budget),
      jumps.map(({ at, weight }) => ({
        numerator: fractions.mul(fractions.mul(rate, m), fractions.mul(weight, at)),
        denominator: formula("1 + t*m", { t: at }, budget),
      })),
      budget,
    ),
  closedForms(rate, jumps) {
    const cumulants = (n: number) =>
      upTo(n, (k) =>
        jumps
          .map(({ at, weight }) => fractions.mul(fractions.mul(rate, weight), fractions.pow(at, k)))
          .reduce(fractions.add, fractions.zero),
      );
    return {
      cumulants,
      moments: (n) => momentsFromFreeCumulants(cumulants(n)),
      atoms: () => (toNumber(rate) < 1 ? [{ at: 0, weight: 1 - toNumber(rate) }] : []),
    };
  },
  sample(size, random, rate, jumps, budget) {
    checkSize(size);
    const heights = quantilesOfAtoms(jumps, Math.round(size * toNumber(rate)));
    return symmetricEigenvalues(weightedWishart(size, heights, random, budget).entries, size, budget);
  },
});
