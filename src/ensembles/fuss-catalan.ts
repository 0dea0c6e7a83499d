import type { Scalar } from "../law/index.js";
import { checkSize, gaussianMatrix, gram, multiply, scaleMatrix, symmetricEigenvalues } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { ArgumentError, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { fussCatalanNumber, upTo } from "./sequences.js";

const largestOrder = 1000;

/** (−1)^p z^p m^(p+1) − z m − 1 = 0. */
export const fussCatalan: Ensemble<[p: Scalar]> = defineEnsemble<[p: Scalar]>({
  name: "fussCatalan",
  title: "Fuss–Catalan law: squared singular values of a product of p independent square Gaussian matrices",
  arguments: [{ name: "p", kind: "integer", doc: "number of factors" }],
  source: "T. Banica, S. Belinschi, M. Capitaine and B. Collins, Canad. J. Math. 63 (2011) 3–37",
  check(p) {
    if (toNumber(p) > largestOrder) {
      throw new ArgumentError(`fussCatalan(p) is made for p up to ${largestOrder}; got ${toNumber(p)}`, {
        argument: 0,
      });
    }
  },
  curve(p, budget) {
    const order = toNumber(p);
    return formula(`${order % 2 === 0 ? "" : "-"}z^${order}*m^${order + 1} - z*m - 1`, {}, budget);
  },
  closedForms(p) {
    const order = toNumber(p);
    return {
      moments: (n) => upTo(n, (k) => fractions.fromInteger(fussCatalanNumber(order, k))),
      cumulants: (n) => upTo(n, (k) => fractions.fromInteger(fussCatalanNumber(order - 1, k))),
      edges: () => [0, (order + 1) ** (order + 1) / order ** order],
      atoms: () => [],
      density: () => (x) => density(order, x),
    };
  },
  sample(size, random, p, budget) {
    checkSize(size);
    const factor = () => scaleMatrix(gaussianMatrix(size, size, random, budget), 1 / Math.sqrt(size));
    let product = factor();
    for (let made = 1; made < toNumber(p); made++) product = multiply(factor(), product, budget);
    return symmetricEigenvalues(gram(product, budget).entries, size, budget);
  },
});

/**
 * With 0 < t < π/(p+1), x = sin^(p+1)((p+1)t) / (sin t · sin^p(pt)) falls from the right edge to 0 and the density is
 * sin²t · sin^(p−1)(pt) / (π sin^p((p+1)t)) (T. Neuschel, Random Matrices Theory
 * Appl. 3 (2014) 1450003).
 */
function density(p: number, x: number): number {
  if (!(x > 0) || x >= (p + 1) ** (p + 1) / p ** p) return 0;
  const location = (t: number): number => Math.sin((p + 1) * t) ** (p + 1) / (Math.sin(t) * Math.sin(p * t) ** p);
  let low = 0;
  let high = Math.PI / (p + 1);
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (location(middle) > x) low = middle;
    else high = middle;
  }
  const t = (low + high) / 2;
  return (Math.sin(t) ** 2 * Math.sin(p * t) ** (p - 1)) / (Math.PI * Math.sin((p + 1) * t) ** p);
}
