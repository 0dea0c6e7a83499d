import { DomainError } from "../core/index.js";
import { wishartEigenvalues } from "../matrices/index.js";
import { defineEnsemble, type Ensemble } from "./ensemble.js";

/**
 * Density √(4 − x²)/π on [0, 2]. It jumps at 0 from 0 to 2/π, so that the Stieltjes transform has a logarithm there, and no
 * algebraic function has one: the law has no curve.
 */
export const quarterCircle: Ensemble<[]> = defineEnsemble<[]>({
  name: "quarterCircle",
  title: "quarter-circle law of the singular values of a square Gaussian matrix: no algebraic law, its square is mp(1)",
  arguments: [],
  source: "A. Nica and R. Speicher, Lectures on the Combinatorics of Free Probability (2006), lecture 11",
  curve() {
    throw new DomainError(
      "the quarter-circle law has no curve: its density jumps at 0, so its Stieltjes transform has a logarithm there and is not algebraic (its mean is 8/(3*pi)); its square is mp(1), and with random signs it is semicircle(1)",
    );
  },
  closedForms: () => ({
    edges: () => [0, 2],
    atoms: () => [],
    density: () => (x) => (x > 0 && x < 2 ? Math.sqrt(4 - x * x) / Math.PI : 0),
  }),
  sample: (size, random, budget) => wishartEigenvalues(size, size, random, budget).map(Math.sqrt),
});
