import type { Scalar } from "../law/index.js";
import {
  addMatrices,
  checkSize,
  gaussianMatrix,
  gram,
  scaleMatrix,
  symmetricEigenvalues,
  wignerMatrix,
} from "../matrices/index.js";
import { fractions, type RationalFunction } from "../poly/index.js";
import { positive, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { momentsFromFreeCumulants, times, upTo } from "./sequences.js";

type Arguments = [eps: Scalar, phi: Scalar];

/** 2 eps phi m³ + (2 eps + phi z) m² + (z + phi − 1) m + 1 = 0: semicircle(2 eps) ⊞ mp(phi). */
export const wignerPlusWishart: Ensemble<Arguments> = defineEnsemble<Arguments>({
  name: "wignerPlusWishart",
  title: "Hessian of a neural network: a Wishart matrix of aspect ratio phi plus a Wigner matrix of variance 2 eps",
  arguments: [
    { name: "eps", kind: "scalar", doc: "energy: half the variance of the Wigner part", domain: positive },
    { name: "phi", kind: "scalar", doc: "parameters per data point", domain: positive },
  ],
  source: "J. Pennington and Y. Bahri, Proc. ICML, PMLR 70 (2017) 2798–2806",
  curve: (eps, phi, budget) => formula("2*e*f*m^3 + (2*e + f*z)*m^2 + (z + f - 1)*m + 1", { e: eps, f: phi }, budget),
  closedForms(eps, phi) {
    const cumulants = (n: number): RationalFunction[] =>
      upTo(n, (k) => (k === 2 ? fractions.add(phi, times(2n, eps)) : fractions.pow(phi, k - 1)));
    return { cumulants, moments: (n) => momentsFromFreeCumulants(cumulants(n)), atoms: () => [] };
  },
  sample(size, random, eps, phi, budget) {
    checkSize(size);
    const columns = Math.max(1, Math.round(size / toNumber(phi)));
    const wishart = scaleMatrix(gram(gaussianMatrix(size, columns, random, budget), budget), 1 / columns);
    const sum = addMatrices(wishart, wignerMatrix(size, 2 * toNumber(eps), random, budget));
    return symmetricEigenvalues(sum.entries, size, budget);
  },
});
