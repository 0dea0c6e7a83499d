import type { Scalar } from "../law/index.js";
import { fractions, type RationalFunction } from "../poly/index.js";
import { atLeast, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula, type PointMass } from "./ensemble.js";
import { momentsFromFreeCumulants } from "./sequences.js";

/** (b z² + a z + 1) m² + ((1 + 2b) z + a) m + 1 + b = 0. */
export const freeMeixner: Ensemble<[a: Scalar, b: Scalar]> = defineEnsemble<[a: Scalar, b: Scalar]>({
  name: "freeMeixner",
  title: "free Meixner law of mean 0 and variance 1",
  arguments: [
    { name: "a", kind: "scalar", doc: "third cumulant" },
    { name: "b", kind: "scalar", doc: "fourth cumulant minus a²", domain: atLeast(-1) },
  ],
  source:
    "N. Saitoh and H. Yoshida, Probab. Math. Statist. 21 (2001) 159–170; M. Bożejko and W. Bryc, J. Funct. Anal. 236 (2006) 59–77",
  curve: (a, b, budget) => formula("(b*z^2 + a*z + 1)*m^2 + ((1 + 2*b)*z + a)*m + 1 + b", { a, b }, budget),
  closedForms(a, b) {
    const { add, mul, zero, one } = fractions;
    // R(g) = g + a g R + b g R².
    const cumulants = (n: number): RationalFunction[] => {
      const kappa: RationalFunction[] = [zero, one];
      while (kappa.length < n) {
        const last = kappa.length;
        let value = zero;
        for (let i = 0; i < last; i++) value = add(value, mul(kappa[i]!, kappa[last - 1 - i]!));
        kappa.push(add(mul(a, kappa[last - 1]!), mul(b, value)));
      }
      return kappa.slice(0, n);
    };
    const edges = (): number[] => {
      const width = 2 * Math.sqrt(1 + toNumber(b));
      return width === 0 ? [] : [toNumber(a) - width, toNumber(a) + width];
    };
    return {
      cumulants,
      moments: (n) => momentsFromFreeCumulants(cumulants(n)),
      edges,
      atoms: () => poles(toNumber(a), toNumber(b)),
      density() {
        const [p, q] = [toNumber(a), toNumber(b)];
        return (x) => {
          const square = 4 * (1 + q) - (x - p) ** 2;
          return square > 0 ? Math.sqrt(square) / (2 * Math.PI * (q * x * x + p * x + 1)) : 0;
        };
      },
    };
  },
});

/** The real zeros of b x² + a x + 1 at which the physical branch has a residue. */
function poles(a: number, b: number): PointMass[] {
  const discriminant = a * a - 4 * b;
  if (discriminant < 0) return [];
  const root = Math.sqrt(discriminant);
  // Written without cancellation, and so that b = 0 leaves one zero.
  const q = -(a + (a < 0 ? -root : root)) / 2;
  const zeros = [1 / q, q / b].filter(Number.isFinite);
  return zeros
    .map((at) => {
      const square = Math.sqrt(Math.max(0, (at - a) ** 2 - 4 * (1 + b)));
      const outside = at > a ? square : -square;
      return { at, weight: ((1 + 2 * b) * at + a - outside) / (2 * (2 * b * at + a)) };
    })
    .filter(({ weight }) => weight > 1e-12)
    .sort((x, y) => x.at - y.at);
}
