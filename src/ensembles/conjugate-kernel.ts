import { numericValue, type Scalar } from "../law/index.js";
import { checkSize, gaussianMatrix, gram, multiply, scaleMatrix, symmetricEigenvalues } from "../matrices/index.js";
import { fractions, type RationalFunction } from "../poly/index.js";
import { QQ, rationalToText } from "../rings/index.js";
import { ArgumentError, atLeast, positive, toNumber } from "./arguments.js";
import { defineEnsemble, type Ensemble, formula } from "./ensemble.js";
import { seriesProduct } from "./sequences.js";

type Arguments = [eta: Scalar, zeta: Scalar, phi: Scalar, psi: Scalar];

/**
 * With y = −1 − z m, g = φ/ψ and A = (1 + y)(1 + g y): y z (ψ z − ζ A) = (η − ζ) A (ψ z − ζ A) + ψ ζ z A. Of degree 4 in m, less
 * for ζ = 0 (a Marchenko–Pastur law) and ζ = η (a product of two Wishart matrices).
 */
export const conjugateKernel: Ensemble<Arguments> = defineEnsemble<Arguments>({
  name: "conjugateKernel",
  title:
    "Pennington–Worah law: Y Y*/m for Y = f(WX/√n0), the features of one random hidden layer (W is n1 x n0, X is n0 x m)",
  arguments: [
    { name: "eta", kind: "scalar", doc: "E f(g)² of a standard normal g, where E f(g) = 0", domain: positive },
    { name: "zeta", kind: "scalar", doc: "(E f'(g))², at most eta", domain: atLeast(0) },
    { name: "phi", kind: "scalar", doc: "n0/m: inputs per data point", domain: positive },
    { name: "psi", kind: "scalar", doc: "n0/n1: inputs per hidden unit", domain: positive },
  ],
  source:
    "J. Pennington and P. Worah, Adv. Neural Inf. Process. Syst. 30 (2017) 2637–2646; L. Benigni and S. Péché, Electron. J. Probab. 26 (2021) 150",
  check(eta, zeta) {
    const difference = numericValue(fractions.sub(eta, zeta));
    if (difference !== undefined && QQ.sign(difference) < 0) {
      throw new ArgumentError(
        `conjugateKernel(eta, zeta, phi, psi) needs zeta at most eta; it is ${rationalToText(QQ.neg(difference))} more`,
        { argument: 1 },
      );
    }
  },
  curve(eta, zeta, phi, psi, budget) {
    const y = formula("-1 - z*m", {}, budget);
    const a = formula("-z*m*(1 - g*(1 + z*m))", { g: fractions.div(phi, psi) }, budget);
    const values = { y, a, e: eta, f: zeta, q: psi };
    return formula("y*z*(q*z - f*a) - (e - f)*a*(q*z - f*a) - q*f*z*a", values, budget);
  },
  closedForms: (eta, zeta, phi, psi) => ({
    moments: (n) => moments(n, eta, zeta, fractions.div(phi, psi), psi),
    atoms() {
      const [ratio, inputs] = [toNumber(phi) / toNumber(psi), toNumber(psi)];
      // The rank is at most m, and that of W X for a linear f at most n0.
      const rank = Math.min(1, 1 / ratio, toNumber(eta) === toNumber(zeta) ? inputs : 1);
      return rank < 1 ? [{ at: 0, weight: 1 - rank }] : [];
    },
  }),
  sample(size, random, eta, zeta, phi, psi, budget) {
    checkSize(size);
    const inputs = Math.max(1, Math.round(size * toNumber(psi)));
    const points = Math.max(1, Math.round(inputs / toNumber(phi)));
    // The network itself, with f = √ζ x + √((η − ζ)/6) (x³ − 3x), which has these two Gaussian moments.
    const linear = Math.sqrt(toNumber(zeta));
    const cubic = Math.sqrt((toNumber(eta) - toNumber(zeta)) / 6);
    const weights = scaleMatrix(gaussianMatrix(size, inputs, random, budget), 1 / Math.sqrt(inputs));
    const hidden = multiply(weights, gaussianMatrix(inputs, points, random, budget), budget);
    const features = hidden.entries.map((x) => (linear * x + cubic * (x ** 3 - 3 * x)) / Math.sqrt(points));
    return symmetricEigenvalues(gram({ ...hidden, entries: features }, budget).entries, size, budget);
  },
});

/**
 * mu_1 … mu_n: with w = A(y)/z the curve is y = η w + ζ Σ_{k>1} (ζ/ψ)^(k−1) w^k, and y = Σ mu_k z^(−k) follows coefficient by
 * coefficient.
 */
function moments(
  n: number,
  eta: RationalFunction,
  zeta: RationalFunction,
  ratio: RationalFunction,
  psi: RationalFunction,
): RationalFunction[] {
  const { add, mul, div, zero, one } = fractions;
  const known: RationalFunction[] = [zero];
  for (let k = 1; k <= n; k++) {
    // [z^−k] needs mu_1 … mu_(k−1) only, as w = A/z.
    const left = [one, ...known.slice(1)];
    const right = [one, ...known.slice(1).map((mu) => mul(ratio, mu))];
    const w = [zero, ...seriesProduct(left, right, k - 1)];
    let power = w;
    let value = mul(eta, w[k]!);
    let factor = zeta;
    for (let j = 2; j <= k; j++) {
      power = seriesProduct(power, w, k);
      factor = mul(factor, div(zeta, psi));
      value = add(value, mul(factor, power[k]!));
    }
    known.push(value);
  }
  return known.slice(1);
}
