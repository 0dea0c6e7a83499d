import type { Scalar } from "../law/index.js";
import { monomialEnsemble, tridiagonalEigenvalues } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { ArgumentError, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { binomial, times, upTo } from "./sequences.js";

const largestOrder = 100;

/**
 * With V(x) = x^(2k)/(k C(2k, k)): m² + V'(z) m + V'(z)²/4 − h(z)² (z² − 4)/4 = 0, where h is the polynomial part of
 * V'(z)/√(z² − 4); density h(x) √(4 − x²)/(2π).
 */
export const monomialPotential: Ensemble<[k: Scalar]> = defineEnsemble<[k: Scalar]>({
  name: "monomialPotential",
  title:
    "equilibrium measure of an even monomial, scaled to [-2, 2]: matrices of density exp(-N tr V) with V = x^(2k)/(k binomial(2k, k))",
  arguments: [
    { name: "k", kind: "integer", doc: "half the degree of the potential; 1 is the semicircle of variance 1" },
  ],
  source:
    "J. L. Ullman, Michigan Math. J. 27 (1980) 353–363; E. B. Saff and V. Totik, Logarithmic Potentials with External Fields (1997), section IV.5",
  check(k) {
    if (toNumber(k) > largestOrder) {
      throw new ArgumentError(`monomialPotential(k) is made for k up to ${largestOrder}; got ${toNumber(k)}`, {
        argument: 0,
      });
    }
  },
  curve(k, budget) {
    const order = toNumber(k);
    const central = binomial(2 * order, order);
    const slope = `z^${2 * order - 1}`;
    const h = upTo(order, (i) => `${binomial(2 * i - 2, i - 1)}*z^${2 * order - 2 * i}`).join(" + ");
    // With M = C(2k, k) m: M² + 2 z^(2k−1) M + z^(4k−2) − H² (z² − 4), H = Σ_{i<k} C(2i, i) z^(2k−2−2i).
    return formula(`(${central}*m + ${slope})^2 - (${h})^2*(z^2 - 4)`, {}, budget);
  },
  closedForms: (k) => ({
    // A mixture over 0 < u < 1 of arcsine laws on [−2u^(1/2k), 2u^(1/2k)].
    moments: (n) =>
      upTo(n, (order) => {
        if (order % 2 === 1) return fractions.zero;
        const half = fractions.fromInteger(BigInt(order / 2));
        return times(binomial(order, order / 2), fractions.div(k, fractions.add(k, half)));
      }),
    edges: () => [-2, 2],
    atoms: () => [],
    density() {
      const order = toNumber(k);
      const central = Number(binomial(2 * order, order));
      const coefficients = upTo(order, (i) => (2 * Number(binomial(2 * i - 2, i - 1))) / central);
      return (x) => {
        const h = coefficients.reduce((value, coefficient) => value * x * x + coefficient, 0);
        return (h * Math.sqrt(Math.max(0, 4 - x * x))) / (2 * Math.PI);
      };
    },
  }),
  sample(size, random, k, budget) {
    const { diagonal, offDiagonal } = monomialEnsemble(size, 2, toNumber(k), random, budget);
    return tridiagonalEigenvalues(diagonal, offDiagonal, budget);
  },
});
