import type { Scalar } from "../law/index.js";
import { wishartEigenvalues } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { nonZero, positive, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { narayana, times, upTo } from "./sequences.js";

/** jump·z m² + (z + jump − rate·jump) m + 1 = 0. */
export const freePoisson: Ensemble<[rate: Scalar, jump: Scalar]> = defineEnsemble<[rate: Scalar, jump: Scalar]>({
  name: "freePoisson",
  title: "free Poisson law: a sum of rate·N free rank-one matrices of height jump",
  arguments: [
    { name: "rate", kind: "scalar", doc: "expected number of jumps per dimension", domain: positive },
    { name: "jump", kind: "scalar", doc: "height of a jump", domain: nonZero },
  ],
  source: "A. Nica and R. Speicher, Lectures on the Combinatorics of Free Probability (2006), lecture 12",
  curve: (rate, jump, budget) => formula("a*z*m^2 + (z + a - r*a)*m + 1", { a: jump, r: rate }, budget),
  closedForms: (rate, jump) => ({
    moments: (n) =>
      upTo(n, (k) =>
        fractions.mul(
          fractions.pow(jump, k),
          upTo(k, (j) => times(narayana(k, j), fractions.pow(rate, j))).reduce(fractions.add, fractions.zero),
        ),
      ),
    cumulants: (n) => upTo(n, (k) => fractions.mul(rate, fractions.pow(jump, k))),
    edges() {
      const root = Math.sqrt(toNumber(rate));
      const height = toNumber(jump);
      return [height * (1 - root) ** 2, height * (1 + root) ** 2].sort((a, b) => a - b);
    },
    atoms: () => (toNumber(rate) < 1 ? [{ at: 0, weight: 1 - toNumber(rate) }] : []),
    density() {
      const height = toNumber(jump);
      const r = toNumber(rate);
      return (x) => {
        const y = x / height;
        const square = 4 * r - (y - 1 - r) ** 2;
        return square > 0 ? Math.sqrt(square) / (2 * Math.PI * y * Math.abs(height)) : 0;
      };
    },
  }),
  sample(size, random, rate, jump, budget) {
    const factor = toNumber(rate) * toNumber(jump);
    return wishartEigenvalues(size, size * toNumber(rate), random, budget)
      .map((value) => factor * value)
      .sort();
  },
});
