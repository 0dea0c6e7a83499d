import type { Scalar } from "../law/index.js";
import { betaJacobi, tridiagonalEigenvalues } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { ArgumentError, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { binomial, catalan, times, upTo } from "./sequences.js";

/** (z − a)(z − b) m² − 1 = 0, density 1/(π√((x − a)(b − x))). */
export const arcsine: Ensemble<[a: Scalar, b: Scalar]> = defineEnsemble<[a: Scalar, b: Scalar]>({
  name: "arcsine",
  title: "arcsine law between a and b: the real part of a Haar unitary matrix",
  arguments: [
    { name: "a", kind: "scalar", doc: "one edge" },
    { name: "b", kind: "scalar", doc: "the other edge" },
  ],
  source: "A. Nica and R. Speicher, Lectures on the Combinatorics of Free Probability (2006), lecture 1",
  check(a, b) {
    if (fractions.equals(a, b)) throw new ArgumentError("arcsine(a, b) needs two different edges", { argument: 1 });
  },
  curve: (a, b, budget) => formula("(z - a)*(z - b)*m^2 - 1", { a, b }, budget),
  closedForms(a, b) {
    const half = fractions.fromInteger(2n);
    const centre = fractions.div(fractions.add(a, b), half);
    const radius = fractions.div(fractions.sub(b, a), half);
    const { add, mul, pow, zero, div } = fractions;
    return {
      moments: (n) =>
        upTo(n, (k) => {
          let value = zero;
          for (let j = 0; 2 * j <= k; j++) {
            const even = div(pow(radius, 2 * j), fractions.fromInteger(4n ** BigInt(j)));
            value = add(value, times(binomial(k, 2 * j) * binomial(2 * j, j), mul(pow(centre, k - 2 * j), even)));
          }
          return value;
        }),
      cumulants: (n) =>
        upTo(n, (k) => {
          if (k === 1) return centre;
          if (k % 2 === 1) return zero;
          const sign = k % 4 === 0 ? -2n : 2n;
          return times(sign * catalan(k / 2 - 1), pow(div(radius, half), k));
        }),
      edges: () => [toNumber(a), toNumber(b)].sort((x, y) => x - y),
      atoms: () => [],
      density() {
        const [left, right] = [toNumber(a), toNumber(b)];
        return (x) => {
          const square = (x - left) * (right - x);
          return square > 0 ? 1 / (Math.PI * Math.sqrt(square)) : 0;
        };
      },
    };
  },
  sample(size, random, a, b, budget) {
    // The cosines of a Haar rotation of twice the size, each once: a Jacobi ensemble with β = 2 and both exponents −1/2.
    const { diagonal, offDiagonal } = betaJacobi(size, 2, size - 0.5, size - 0.5, random);
    const [left, right] = [toNumber(a), toNumber(b)].sort((x, y) => x - y) as [number, number];
    return tridiagonalEigenvalues(diagonal, offDiagonal, budget).map((x) => left + (right - left) * x);
  },
});
