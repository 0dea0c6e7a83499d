import { checkSize } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { type AtomList, quantilesOfAtoms, toNumber } from "./arguments.js";
import { cleared, defineEnsemble, type Ensemble, m, z } from "./ensemble.js";
import { upTo } from "./sequences.js";

/** m = Σ w/(x − z). */
export const atoms: Ensemble<[points: AtomList]> = defineEnsemble<[points: AtomList]>({
  name: "atoms",
  title: "a law of finitely many atoms",
  arguments: [{ name: "points", kind: "atoms", doc: "locations and their weights" }],
  source: "the resolvent of a diagonal matrix",
  curve: (points, budget) =>
    cleared(
      m,
      points.map(({ at, weight }) => ({ numerator: weight, denominator: fractions.sub(at, z) })),
      budget,
    ),
  closedForms: (points) => ({
    moments: (n) =>
      upTo(n, (k) =>
        points
          .map(({ at, weight }) => fractions.mul(weight, fractions.pow(at, k)))
          .reduce(fractions.add, fractions.zero),
      ),
    edges: () => [],
    atoms: () =>
      points.map(({ at, weight }) => ({ at: toNumber(at), weight: toNumber(weight) })).sort((a, b) => a.at - b.at),
    density: () => () => 0,
  }),
  sample(size, _random, points) {
    checkSize(size);
    return quantilesOfAtoms(points, size);
  },
});
