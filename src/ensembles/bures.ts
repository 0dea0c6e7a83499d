import {
  checkSize,
  gaussianMatrix,
  gram,
  haarOrthogonal,
  multiply,
  scaleMatrix,
  symmetricEigenvalues,
} from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { binomial, upTo } from "./sequences.js";

const rightEdge = 3 * Math.sqrt(3);

/** 2 z² m³ + z² m² − 1 = 0. */
export const bures: Ensemble<[]> = defineEnsemble<[]>({
  name: "bures",
  title: "Bures law of random quantum states, scaled to mean 1: free product of an arcsine law on [0, 2] and mp(1)",
  arguments: [],
  source: "H.-J. Sommers and K. Życzkowski, J. Phys. A 37 (2004) 8457–8466",
  curve: (budget) => formula("2*z^2*m^3 + z^2*m^2 - 1", {}, budget),
  closedForms: () => ({
    // 2^n Γ((3n+1)/2) / (Γ((n+1)/2) (n+1)!)
    moments: (n) =>
      upTo(n, (k) => {
        let num = 1n;
        let den = 1n;
        for (let j = 0; j < k; j++) num *= BigInt(k + 1 + 2 * j);
        for (let j = 2; j <= k + 1; j++) den *= BigInt(j);
        return fractions.div(fractions.fromInteger(num), fractions.fromInteger(den));
      }),
    cumulants: (n) =>
      upTo(n, (k) => fractions.div(fractions.fromInteger(binomial(2 * k, k)), fractions.fromInteger(2n ** BigInt(k)))),
    edges: () => [0, rightEdge],
    atoms: () => [],
    density: () => (x) => {
      if (!(x > 0) || x >= rightEdge) return 0;
      const ratio = rightEdge / x;
      // The product of the two terms is 1; taking the inverse avoids the cancellation near x = 0.
      const large = (ratio + Math.sqrt(ratio * ratio - 1)) ** (2 / 3);
      return (large - 1 / large) / (4 * Math.PI * Math.sqrt(3));
    },
  }),
  sample(size, random, budget) {
    checkSize(size);
    const shifted = haarOrthogonal(size, random, budget);
    for (let i = 0; i < size; i++) shifted.entries[i * size + i]! += 1;
    const product = gram(multiply(shifted, gaussianMatrix(size, size, random, budget), budget), budget);
    return symmetricEigenvalues(scaleMatrix(product, 1 / (2 * size)).entries, size, budget);
  },
});
