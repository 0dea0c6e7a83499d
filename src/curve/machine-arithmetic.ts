import { bitLength, rationalToNumber } from "../rings/index.js";
import type { IntegerTable } from "./integer-table.js";
import {
  type Arithmetic,
  alongTangent,
  alongTangentTo,
  type Complex,
  type LocalExpansion,
  length,
  unitRoundoff,
} from "./local-expansion.js";

/**
 * Doubles. Every Taylor coefficient is a sum of products that each passed through at most degreeZ + degreeM complex
 * multiply-adds, so its error is below 8(degreeZ + degreeM + 2)·2^-53 times the same sum of absolute values [Higham,
 * Accuracy and Stability of Numerical Algorithms, 2002, §3.1, §5.1]; the bound is carried along.
 */
export function machineArithmetic(table: IntegerTable): Arithmetic<Complex> {
  const { degreeZ: L, degreeM: K } = table;
  const width = L + 1;
  const size = width * (K + 1);
  const coeffs = new Float64Array(size);
  const largest = table.rows.reduce((most, row) => row.reduce((a, c) => Math.max(a, bitLength(c)), most), 0);
  const drop = Math.max(0, largest - 600);
  for (let j = 0; j <= K; j++) {
    for (let i = 0; i <= L; i++) coeffs[j * width + i] = Number(table.rows[j]![i]! >> BigInt(drop));
  }
  // The shift by `drop` loses less than one unit of the scaled coefficient.
  const absoluteLoss = drop > 0 ? 1 : 0;
  const rounding = 8 * (L + K + 2) * unitRoundoff;
  const initialBound = Float64Array.from(coeffs, (c) => Math.abs(c) * rounding + absoluteLoss);
  // Written anew by every expansion, read by none after it.
  const [re, im, bound] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const taylor = (z: Complex, m: Complex, columns: number): LocalExpansion => {
    re.set(coeffs);
    im.fill(0);
    bound.set(initialBound);
    const [absZ, absM] = [length(z.re, z.im), length(m.re, m.im)];
    for (let j = 0; j <= K; j++) {
      const base = j * width;
      for (let low = 0; low < Math.min(L, columns); low++) {
        for (let i = L - 1; i >= low; i--) {
          const here = base + i;
          const [a, b] = [re[here + 1]!, im[here + 1]!];
          re[here] = re[here]! + z.re * a - z.im * b;
          im[here] = im[here]! + z.re * b + z.im * a;
          bound[here] = bound[here]! + absZ * bound[here + 1]!;
        }
      }
    }
    for (let i = 0; i < columns; i++) {
      for (let low = 0; low < K; low++) {
        for (let j = K - 1; j >= low; j--) {
          const here = j * width + i;
          const [a, b] = [re[here + width]!, im[here + width]!];
          re[here] = re[here]! + m.re * a - m.im * b;
          im[here] = im[here]! + m.re * b + m.im * a;
          bound[here] = bound[here]! + absM * bound[here + width]!;
        }
      }
    }
    return alongTangent(width, columns, K, re, im, bound);
  };
  return {
    fromComplex: (m) => m,
    toComplex: (m) => m,
    fromValue: ({ m }) => m,
    toValue: (m) => ({ m }),
    correct: (m, delta) => ({ re: m.re + delta.re, im: m.im + delta.im }),
    distance: (a, b) => Math.hypot(a.re - b.re, a.im - b.im) * (1 + 4 * unitRoundoff),
    expand: (z, m) => taylor(z, m, width),
    ahead({ tangent }, m, from, to) {
      const { by, error } = alongTangentTo(tangent, from, to);
      const value = { re: m.re + by.re, im: m.im + by.im };
      return { value, error: error + 2 ** -51 * length(m.re, m.im) };
    },
    aheadBy({ tangent }, m, u) {
      const by = rationalToNumber(u);
      const value = { re: m.re + by * tangent.re, im: m.im + by * tangent.im };
      return { value, error: 2 ** -50 * (Math.abs(by) * length(tangent.re, tangent.im) + length(m.re, m.im)) };
    },
    expandFibre: (z, m) => taylor(z, m, 1),
  };
}
