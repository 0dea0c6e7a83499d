import { numericValue, type Scalar } from "../law/index.js";
import { manovaEigenvalues } from "../matrices/index.js";
import { fractions, type RationalFunction } from "../poly/index.js";
import { QQ, rational, rationalToText } from "../rings/index.js";
import { ArgumentError, positive, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { momentsFromFreeCumulants } from "./sequences.js";

/** z(1 − z) m² − (a − 1 − (a + b − 2) z) m + a + b − 1 = 0. */
export const wachter: Ensemble<[a: Scalar, b: Scalar]> = defineEnsemble<[a: Scalar, b: Scalar]>({
  name: "wachter",
  title: "Wachter (Jacobi, MANOVA) law: W1 (W1 + W2)^-1 for Wishart matrices of a·p and b·p degrees of freedom",
  arguments: [
    { name: "a", kind: "scalar", doc: "degrees of freedom of W1 per dimension", domain: positive },
    { name: "b", kind: "scalar", doc: "degrees of freedom of W2 per dimension", domain: positive },
  ],
  source: "K. W. Wachter, Ann. Statist. 8 (1980) 937–957",
  check(a, b) {
    const sum = numericValue(fractions.add(a, b));
    if (sum !== undefined && QQ.compare(sum, rational(1)) <= 0) {
      throw new ArgumentError(`wachter(a, b) needs a + b > 1; got ${rationalToText(sum)}`, { argument: 1 });
    }
  },
  curve: (a, b, budget) => formula("z*(1 - z)*m^2 - (a - 1 - (a + b - 2)*z)*m + a + b - 1", { a, b }, budget),
  closedForms(a, b) {
    const { add, sub, mul, div } = fractions;
    const s = add(a, b);
    // R(g) = (a + g R − g R²)/s, the R-transform's quadratic equation read as a recursion.
    const cumulants = (n: number): RationalFunction[] => {
      const kappa: RationalFunction[] = [div(a, s)];
      while (kappa.length < n) {
        const last = kappa.length;
        let value = kappa[last - 1]!;
        for (let i = 0; i < last; i++) value = sub(value, mul(kappa[i]!, kappa[last - 1 - i]!));
        kappa.push(div(value, s));
      }
      return kappa.slice(0, n);
    };
    const edges = (): number[] => {
      const [x, y] = [toNumber(a), toNumber(b)];
      const root = Math.sqrt(x * (x + y - 1));
      return [((root - Math.sqrt(y)) / (x + y)) ** 2, ((root + Math.sqrt(y)) / (x + y)) ** 2];
    };
    return {
      cumulants,
      moments: (n) => momentsFromFreeCumulants(cumulants(n)),
      edges,
      atoms: () =>
        [
          { at: 0, weight: 1 - toNumber(a) },
          { at: 1, weight: 1 - toNumber(b) },
        ].filter(({ weight }) => weight > 0),
      density() {
        const [left, right] = edges() as [number, number];
        const sum = toNumber(s);
        return (x) => {
          const square = (right - x) * (x - left);
          return square > 0 ? (sum * Math.sqrt(square)) / (2 * Math.PI * x * (1 - x)) : 0;
        };
      },
    };
  },
  sample: (size, random, a, b, budget) =>
    manovaEigenvalues(size, size * toNumber(a), size * toNumber(b), random, budget),
});
