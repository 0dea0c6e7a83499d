import { DomainError } from "../core/index.js";
import type { Scalar } from "../law/index.js";
import { checkSize, symmetricEigenvalues } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { atLeast, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { binomial, catalan, times, upTo } from "./sequences.js";

/** (d² − z²) m² + (d − 2) z m + (d − 1) = 0, density d√(4(d − 1) − x²)/(2π(d² − x²)). */
export const kestenMcKay: Ensemble<[d: Scalar]> = defineEnsemble<[d: Scalar]>({
  name: "kestenMcKay",
  title: "Kesten–McKay law: the adjacency matrix of a random d-regular graph",
  arguments: [{ name: "d", kind: "scalar", doc: "degree, not necessarily an integer", domain: atLeast(2) }],
  source: "H. Kesten, Trans. AMS 92 (1959) 336–354; B. D. McKay, Linear Algebra Appl. 40 (1981) 203–216",
  curve: (d, budget) => formula("(d^2 - z^2)*m^2 + (d - 2)*z*m + d - 1", { d }, budget),
  closedForms: (d) => ({
    // The number of closed walks on the d-regular tree.
    moments: (n) =>
      upTo(n, (k) => {
        if (k % 2 === 1) return fractions.zero;
        const half = k / 2;
        return upTo(half, (j) =>
          times(
            (BigInt(j) * binomial(k - j, half)) / BigInt(k - j),
            fractions.mul(fractions.pow(d, j), fractions.pow(fractions.sub(d, fractions.one), half - j)),
          ),
        ).reduce(fractions.add, fractions.zero);
      }),
    cumulants: (n) =>
      upTo(n, (k) => {
        if (k % 2 === 1) return fractions.zero;
        return times((k % 4 === 0 ? -1n : 1n) * catalan(k / 2 - 1), d);
      }),
    edges: () => [-2 * Math.sqrt(toNumber(d) - 1), 2 * Math.sqrt(toNumber(d) - 1)],
    atoms: () => [],
    density() {
      const degree = toNumber(d);
      return (x) => {
        const square = 4 * (degree - 1) - x * x;
        return square > 0 ? (degree * Math.sqrt(square)) / (2 * Math.PI * (degree * degree - x * x)) : 0;
      };
    },
  }),
  sample(size, random, d, budget) {
    checkSize(size);
    const degree = toNumber(d);
    if (!Number.isInteger(degree)) throw new DomainError(`a regular graph has an integer degree; got ${degree}`);
    if (size % 2 === 1) throw new DomainError(`a perfect matching needs an even size; got ${size}`);
    // A sum of d uniform perfect matchings.
    const adjacency = new Float64Array(size * size);
    for (let matching = 0; matching < degree; matching++) {
      const order = Array.from({ length: size }, (_, index) => index);
      for (let i = size - 1; i > 0; i--) {
        const j = random.integer(0, i);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      for (let i = 0; i < size; i += 2) {
        const [a, b] = [order[i]!, order[i + 1]!];
        adjacency[a * size + b]! += 1;
        adjacency[b * size + a]! += 1;
      }
    }
    return symmetricEigenvalues(adjacency, size, budget);
  },
});
