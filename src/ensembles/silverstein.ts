import type { Scalar } from "../law/index.js";
import { checkSize, gaussianMatrix, gram, scaleRows, symmetricEigenvalues } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { type AtomList, positive, quantilesOfAtoms, toNumber } from "./arguments.js";
import { cleared, defineEnsemble, type Ensemble, formula, m } from "./ensemble.js";
import { momentsFromFreeCumulants, upTo } from "./sequences.js";

type Arguments = [c: Scalar, population: AtomList];

/** m = Σ w/(t(1 − c − c z m) − z), which is irreducible because its companion is a compound free Poisson law. */
export const silverstein: Ensemble<Arguments> = defineEnsemble<Arguments>({
  name: "silverstein",
  title: "sample covariance matrix T^(1/2) X X* T^(1/2)/n of a population covariance T, c = p/n",
  arguments: [
    { name: "c", kind: "scalar", doc: "aspect ratio p/n", domain: positive },
    { name: "population", kind: "atoms", doc: "eigenvalues of T and their weights", domain: positive },
  ],
  source: "J. W. Silverstein, J. Multivariate Anal. 55 (1995) 331–339",
  curve: (c, population, budget) =>
    cleared(
      m,
      population.map(({ at, weight }) => ({
        numerator: weight,
        denominator: formula("t*(1 - c - c*z*m) - z", { t: at, c }, budget),
      })),
      budget,
    ),
  closedForms: (c, population) => ({
    // c times the moments of the law are those of its companion, whose free cumulants are c Σ w t^k.
    moments: (n) =>
      momentsFromFreeCumulants(
        upTo(n, (k) =>
          population
            .map(({ at, weight }) => fractions.mul(fractions.mul(c, weight), fractions.pow(at, k)))
            .reduce(fractions.add, fractions.zero),
        ),
      ).map((moment) => fractions.div(moment, c)),
    atoms: () => (toNumber(c) > 1 ? [{ at: 0, weight: 1 - 1 / toNumber(c) }] : []),
  }),
  sample(size, random, c, population, budget) {
    checkSize(size);
    const columns = Math.max(1, Math.round(size / toNumber(c)));
    const deviations = quantilesOfAtoms(population, size).map((variance) => Math.sqrt(variance / columns));
    const data = scaleRows(gaussianMatrix(size, columns, random, budget), deviations);
    return symmetricEigenvalues(gram(data, budget).entries, size, budget);
  },
});
