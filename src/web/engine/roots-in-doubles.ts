/** The polynomial Σ (re[j] + i im[j]) m^j in double precision. */
export interface DoublePolynomial {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Writes the step P/P' of Newton's iteration at p + iq to `out`; not finite at a zero of P'. */
export function newtonStep({ re, im }: DoublePolynomial, p: number, q: number, out: Float64Array): void {
  const n = re.length - 1;
  let [a, b, c, d] = [re[n]!, im[n]!, 0, 0];
  for (let j = n - 1; j >= 0; j--) {
    const slope = c * p - d * q + a;
    d = c * q + d * p + b;
    c = slope;
    const value = a * p - b * q + re[j]!;
    b = a * q + b * p + im[j]!;
    a = value;
  }
  const norm = c * c + d * d;
  out[0] = (a * c + b * d) / norm;
  out[1] = (b * c - a * d) / norm;
}

const mostRounds = 200;

/** All roots, interleaved as re, im, re, im, …, by the simultaneous iteration of Aberth and Ehrlich. An estimate. */
export function rootsInDoubles(polynomial: DoublePolynomial): Float64Array {
  const size = Array.from(polynomial.re, (re, j) => Math.hypot(re, polynomial.im[j]!));
  const n = size.findLastIndex((c) => c !== 0);
  if (n < 1) return new Float64Array();
  const trimmed = { re: polynomial.re.subarray(0, n + 1), im: polynomial.im.subarray(0, n + 1) };
  let radius = 0;
  for (let k = 0; k < n; k++) radius = Math.max(radius, (size[k]! / size[n]!) ** (1 / (n - k)));
  const roots = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    const angle = (2 * Math.PI * k) / n + 0.4;
    roots[2 * k] = radius * Math.cos(angle);
    roots[2 * k + 1] = radius * Math.sin(angle);
  }
  const step = new Float64Array(2);
  for (let round = 0; round < mostRounds; round++) {
    let largest = 0;
    for (let k = 0; k < n; k++) {
      const [p, q] = [roots[2 * k]!, roots[2 * k + 1]!];
      newtonStep(trimmed, p, q, step);
      const [dp, dq] = [step[0]!, step[1]!];
      if (!Number.isFinite(dp + dq)) continue;
      // Each root is repelled by the others: P/P' over 1 − P/P' · Σ 1/(m_k − m_other).
      let [sumRe, sumIm] = [0, 0];
      for (let other = 0; other < n; other++) {
        if (other === k) continue;
        const [x, y] = [p - roots[2 * other]!, q - roots[2 * other + 1]!];
        const norm = x * x + y * y;
        if (norm === 0) continue;
        sumRe += x / norm;
        sumIm -= y / norm;
      }
      const [u, v] = [1 - (dp * sumRe - dq * sumIm), -(dp * sumIm + dq * sumRe)];
      const norm = u * u + v * v;
      const [x, y] = [(dp * u + dq * v) / norm, (dq * u - dp * v) / norm];
      roots[2 * k] = p - x;
      roots[2 * k + 1] = q - y;
      largest = Math.max(largest, Math.hypot(x, y) / (Math.hypot(p, q) + Number.MIN_VALUE));
    }
    if (largest < 1e-14) break;
  }
  return roots;
}
