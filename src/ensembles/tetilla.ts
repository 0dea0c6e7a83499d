import { addMatrices, checkSize, multiply, symmetricEigenvalues, wignerMatrix } from "../matrices/index.js";
import { fractions } from "../poly/index.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { binomial, upTo } from "./sequences.js";

const edge = Math.sqrt((11 + 5 * Math.sqrt(5)) / 2);

/** z m³ − m² − z m − 1 = 0: R(g) = 1/(1 − g) − 1/(1 + g), the free difference of two copies of mp(1). */
export const tetilla: Ensemble<[]> = defineEnsemble<[]>({
  name: "tetilla",
  title:
    "tetilla law: the commutator i(XY − YX) and the anticommutator XY + YX of two free semicirculars of variance 1",
  arguments: [],
  source: "A. Deya and I. Nourdin, ALEA 9 (2012) 101–127; A. Nica and R. Speicher, Duke Math. J. 92 (1998) 553–592",
  curve: (budget) => formula("z*m^3 - m^2 - z*m - 1", {}, budget),
  closedForms: () => ({
    // Non-crossing partitions of 2n points into j blocks of even size, of which there are C(n, j) C(2n, j − 1)/n.
    moments: (n) =>
      upTo(n, (k) => {
        if (k % 2 === 1) return fractions.zero;
        const half = k / 2;
        const terms = upTo(half, (j) => 2n ** BigInt(j) * binomial(half, j) * binomial(k, j - 1));
        return fractions.fromInteger(terms.reduce((sum, term) => sum + term, 0n) / BigInt(half));
      }),
    cumulants: (n) => upTo(n, (k) => fractions.fromInteger(k % 2 === 0 ? 2n : 0n)),
    edges: () => [-edge, edge],
    atoms: () => [],
    density: () => density,
  }),
  sample(size, random, budget) {
    checkSize(size);
    const product = multiply(wignerMatrix(size, 1, random, budget), wignerMatrix(size, 1, random, budget), budget);
    const transposed = {
      ...product,
      entries: product.entries.map((_, k) => product.entries[(k % size) * size + Math.floor(k / size)]!),
    };
    return symmetricEigenvalues(addMatrices(product, transposed).entries, size, budget);
  },
});

/** Cardano's formula, with the difference of the two cube roots written without cancellation. */
function density(x: number): number {
  const square = 1 + 11 * x ** 2 - x ** 4;
  if (!(square > 0)) return 0;
  const root = Math.abs(x) * Math.sqrt(square / 27);
  const centre = 1 / 27 + (2 * x * x) / 3;
  const [u, v] = [Math.cbrt(centre + root), Math.cbrt(centre - root)];
  return Math.sqrt(square) / (3 * Math.PI * (u * u + u * v + v * v));
}
