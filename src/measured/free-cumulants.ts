/**
 * kappa_1, …, kappa_order of an empirical spectrum: mu_k = Σ_j kappa_j [x^(k−j)] M(x)^j with M = Σ mu_i x^i. The mean is taken
 * out first, which changes kappa_1 alone and keeps the others accurate. Eigenvalues missing to `size` count as zeros. Estimates in double precision.
 */
export function freeCumulants(
  eigenvalues: ArrayLike<number>,
  order: number,
  size: number = eigenvalues.length,
): number[] {
  const count = eigenvalues.length;
  let total = 0;
  for (let i = 0; i < count; i++) total += eigenvalues[i]!;
  const mean = total / size;
  const sums = new Float64Array(order + 1);
  for (let i = 0; i < count; i++) {
    const distance = eigenvalues[i]! - mean;
    for (let k = 0, power = 1; k <= order; k++, power *= distance) sums[k]! += power;
  }
  const centred = Array.from(sums, (sum, k) => (sum + (size - count) * (-mean) ** k) / size);
  const kappas: number[] = [];
  for (let k = 1; k <= order; k++) {
    let rest = centred[k]!;
    let power = [1, ...new Array<number>(order).fill(0)];
    for (let j = 1; j < k; j++) {
      power = power.map((_, i) => power.slice(0, i + 1).reduce((sum, value, a) => sum + value * centred[i - a]!, 0));
      rest -= kappas[j - 1]! * power[k - j]!;
    }
    kappas.push(rest);
  }
  kappas[0] = mean;
  return kappas;
}

/** How the free cumulants of one random matrix scatter about those of its law. */
export interface CumulantFluctuation {
  /** Entry [p − 1]: expectation of kappa_p of the matrix minus kappa_p of the law. */
  readonly bias: readonly number[];
  /** [p − 1][q − 1]: covariance of kappa_p and kappa_q of the matrix. */
  readonly covariance: readonly (readonly number[])[];
}

/**
 * Bias and covariance, to leading order in 1/n, of the first `order` free cumulants of the n x n corner that a projection in general position
 * (Haar) cuts from a fixed matrix of size n/alpha; `kappas` are those of the corner's law, 2·order of them. With
 * U(s, t) = Σ_k kappa_k (s^(k−1) t + … + s t^(k−1)), and beta = 1 for real, 2 for complex matrices,
 *
 *     cov(kappa_p, kappa_q) = (2/beta) (p q/n²) [s^p t^q] log((1 − alpha U(s, t))/(1 − U(s, t))),
 *     bias of kappa_p       = (1/beta − 1/2) (p/n) [s^p] log((1 − alpha U(s, s))/(1 − U(s, s))).
 *
 * Derivation: by the flow the logarithm of the spherical integral of a corner, as a function of its few non-zero variables, is that of the
 * whole matrix; for a matrix without fluctuations its mixed second derivative is ∂s ∂t log(1 − U), which gives the covariance by the
 * second-order R-transform of B. Collins, J. Mingo, P. Śniady and R. Speicher, Doc. Math. 12 (2007) 1–70; the bias is the saddle-point
 * correction of the integral with one variable (A. Guionnet and M. Maïda, J. Funct. Anal. 222 (2005) 435–490, theorem 3).
 * Estimate, to leading order in 1/n.
 */
export function cumulantFluctuation(
  kappas: readonly number[],
  order: number,
  size: number,
  alpha: number,
  beta: 1 | 2 = 1,
): CumulantFluctuation {
  const u = square(order, (i, j) => (i > 0 && j > 0 ? kappas[i + j - 1]! : 0));
  const logarithm = minusLogarithm(u, order, (m) => 1 - alpha ** m);
  const diagonal = square(order, (i, j) => (j === 0 && i > 1 ? (i - 1) * kappas[i - 1]! : 0));
  const diagonalLogarithm = minusLogarithm(diagonal, order, (m) => 1 - alpha ** m);
  const places = Array.from({ length: order }, (_, k) => k + 1);
  return {
    bias: places.map((p) => (1 / beta - 1 / 2) * (p / size) * diagonalLogarithm[p]![0]!),
    covariance: places.map((p) => places.map((q) => (2 / beta) * ((p * q) / size ** 2) * logarithm[p]![q]!)),
  };
}

type Series = readonly (readonly number[])[];

function square(order: number, entry: (i: number, j: number) => number): Series {
  return Array.from({ length: order + 1 }, (_, i) => Array.from({ length: order + 1 }, (_, j) => entry(i, j)));
}

/** Σ_m weight(m) u^m/m, which is −log(1 − u) for weight 1, up to degree `order` in each variable. */
function minusLogarithm(u: Series, order: number, weight: (m: number) => number): Series {
  let sum = square(order, () => 0);
  let power = square(order, (i, j) => (i === 0 && j === 0 ? 1 : 0));
  for (let m = 1; m <= order; m++) {
    power = product(power, u, order);
    const [known, term] = [sum, power];
    sum = square(order, (i, j) => known[i]![j]! + (weight(m) / m) * term[i]![j]!);
  }
  return sum;
}

function product(a: Series, b: Series, order: number): Series {
  return square(order, (i, j) => {
    let sum = 0;
    for (let k = 0; k <= i; k++) for (let l = 0; l <= j; l++) sum += a[k]![l]! * b[i - k]![j - l]!;
    return sum;
  });
}
