import type { Scalar } from "../law/index.js";
import { checkSize, symmetricEigenvalues, wignerMatrix } from "../matrices/index.js";
import { fractions, type RationalFunction } from "../poly/index.js";
import { type AtomList, positive, quantilesOfAtoms, toNumber } from "./arguments.js";
import { cleared, defineEnsemble, type Ensemble, formula, m } from "./ensemble.js";
import { freeCumulantsFromMoments, momentsFromFreeCumulants, upTo } from "./sequences.js";

type Arguments = [variance: Scalar, points: AtomList];

/** Pastur's equation m = Σ w/(x − z − v m): in s = z + v m and m it is the graph of m(s), so it is irreducible. */
export const deformedWigner: Ensemble<Arguments> = defineEnsemble<Arguments>({
  name: "deformedWigner",
  title: "deformed Wigner law: a diagonal matrix with the given atoms plus a Wigner matrix of variance v",
  arguments: [
    { name: "v", kind: "scalar", doc: "variance of the Wigner matrix", domain: positive },
    { name: "points", kind: "atoms", doc: "locations and weights of the diagonal" },
  ],
  source: "L. A. Pastur, Theor. Math. Phys. 10 (1972) 67–74",
  curve: (v, points, budget) =>
    cleared(
      m,
      points.map(({ at, weight }) => ({
        numerator: weight,
        denominator: formula("x - z - v*m", { x: at, v }, budget),
      })),
      budget,
    ),
  closedForms(v, points) {
    const cumulants = (n: number): RationalFunction[] => {
      const moments = upTo(n, (k) =>
        points
          .map(({ at, weight }) => fractions.mul(weight, fractions.pow(at, k)))
          .reduce(fractions.add, fractions.zero),
      );
      return freeCumulantsFromMoments(moments).map((kappa, index) => (index === 1 ? fractions.add(kappa, v) : kappa));
    };
    return { cumulants, moments: (n) => momentsFromFreeCumulants(cumulants(n)), atoms: () => [] };
  },
  sample(size, random, v, points, budget) {
    checkSize(size);
    const { entries } = wignerMatrix(size, toNumber(v), random, budget);
    for (const [i, value] of quantilesOfAtoms(points, size).entries()) entries[i * size + i]! += value;
    return symmetricEigenvalues(entries, size, budget);
  },
});
