import { DomainError } from "../core/index.js";

/** What two sizes of one matrix say about the flow: kappa_k grows by tau^(k−1). */
export interface AssumptionCheck {
  readonly size: { readonly small: number; readonly large: number };
  /** [k − 1]: kappa_k(large)/kappa_k(small)/tau^(k−1), 1 when the flow holds. NaN where a cumulant is too small to compare. */
  readonly ratios: readonly number[];
  /** The largest |ratio − 1| over k = 1, …, 4. */
  readonly deviation: number;
  /**
   * `flow`: the ratios are near 1; `by-size`: they fall like tau^-k, as for a matrix divided by its own size (1/n times a Gram matrix), which the flow does
   * not describe until that division is undone; `neither`.
   */
  readonly verdict: "flow" | "by-size" | "neither";
}

const orders = 4;

/**
 * Compares the free cumulants of two sizes of one matrix. The exponent e in ratio_k ~ tau^(−e·k) is estimated over k = 1, …, 4; below
 * 0.15 the flow holds, between 0.85 and 1.15 the matrix is divided by its size.
 *
 * @throws DomainError when the sizes are equal.
 */
export function checkAssumption(
  first: { readonly eigenvalues: ArrayLike<number>; readonly size?: number },
  second: { readonly eigenvalues: ArrayLike<number>; readonly size?: number },
): AssumptionCheck {
  const sized = [first, second]
    .map(({ eigenvalues, size }) => ({ size: size ?? eigenvalues.length, eigenvalues }))
    .sort((a, b) => a.size - b.size);
  const [small, large] = [sized[0]!, sized[1]!];
  const tau = large.size / small.size;
  if (tau === 1) throw new DomainError(`two sizes are needed to test the flow; both spectra have size ${small.size}`);
  const [before, after] = [
    freeCumulants(small.eigenvalues, orders, small.size),
    freeCumulants(large.eigenvalues, orders, large.size),
  ];
  const spread = Math.sqrt(Math.abs(before[1]!));
  const ratios = before.map((kappa, j) =>
    // A cumulant below the sampling noise of its order says nothing.
    Math.abs(kappa) > 3 * (spread / Math.sqrt(small.size)) * spread ** j ? after[j]! / kappa / tau ** j : Number.NaN,
  );
  const known = ratios.flatMap((ratio, j) => (ratio > 0 ? [-Math.log(ratio) / ((j + 1) * Math.log(tau))] : []));
  const exponent = known.reduce((sum, e) => sum + e, 0) / known.length;
  return {
    size: { small: small.size, large: large.size },
    ratios,
    deviation: ratios.reduce((most, ratio) => (Number.isNaN(ratio) ? most : Math.max(most, Math.abs(ratio - 1))), 0),
    verdict: Math.abs(exponent) < 0.15 ? "flow" : Math.abs(exponent - 1) < 0.15 ? "by-size" : "neither",
  };
}

/**
 * kappa_1, …, kappa_order of an empirical spectrum in doubles: mu_k = Σ_j kappa_j [x^(k−j)] M(x)^j with M = Σ mu_i x^i. The mean is taken
 * out first, which changes kappa_1 alone and keeps the others accurate.
 */
export function freeCumulants(
  eigenvalues: ArrayLike<number>,
  order: number,
  size: number = eigenvalues.length,
): number[] {
  const values = Float64Array.from(eigenvalues);
  const mean = values.reduce((sum, value) => sum + value, 0) / size;
  const centred = Array.from({ length: order + 1 }, (_, k) => {
    const present = values.reduce((sum, value) => sum + (value - mean) ** k, 0);
    return (present + (size - values.length) * (-mean) ** k) / size;
  });
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
