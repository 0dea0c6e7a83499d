import { distribution, type Law, moments, parseLaw, seededRandom } from "freecurve";
import { fractionConstant } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import {
  addMatrices,
  type DenseMatrix,
  gaussianMatrix,
  gram,
  multiply,
  scaleMatrix,
  symmetricEigenvalues,
  wignerMatrix,
} from "../../src/matrices/index.js";
import { rationalToNumber } from "../../src/rings/index.js";

// Traces of words in independent Gaussian matrices of size n differ from their limits by O(1/n), on real matrices with a bias of that order.
const size = 400;
const random = seededRandom(20240607);
const [x, y] = [wignerMatrix(size, 1, random), wignerMatrix(size, 1, random)];
const wishart = (ratio: number): DenseMatrix => {
  const columns = Math.round(size / ratio);
  return scaleMatrix(gram(gaussianMatrix(size, columns, random)), 1 / columns);
};
const transposed = (a: DenseMatrix): DenseMatrix => {
  const entries = new Float64Array(a.entries.length);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) entries[j * a.rows + i] = a.entries[i * a.columns + j]!;
  }
  return { rows: a.columns, columns: a.rows, entries };
};
const xy = multiply(x, y);
const [sum, difference] = [addMatrices(xy, transposed(xy)), addMatrices(xy, scaleMatrix(transposed(xy), -1))];
const [w, v] = [wishart(1 / 2), wishart(1 / 3)];

describe("eigenvalues of simulated matrices", () => {
  test.each<[string, string, () => DenseMatrix]>([
    ["X + W", "semicircle(1) ⊞ mp(1/2)", () => addMatrices(x, w)],
    ["X²", "square(semicircle(1))", () => gram(x)],
    ["(X + 1)²", "square(semicircle(1) |> shift(1))", () => squareOfShifted(x)],
    ["XY + YX", "anticommutator(semicircle(1), semicircle(1))", () => sum],
    // For real matrices i(XY − YX) has the eigenvalues in pairs ±λ, and (XY − YX)(XY − YX)ᵀ has the λ².
    ["−(XY − YX)²", "square(commutator(semicircle(1), semicircle(1)))", () => gram(difference)],
  ])("%s is distributed as %s", (_name, text, matrix) => {
    const values = symmetricEigenvalues(matrix().entries.slice(), size);
    expect(largestGap(parseLaw(text), values)).toBeLessThan(0.02);
  });

  test.each<[string, string, () => DenseMatrix]>([
    ["W V", "mp(1/2) ⊠ mp(1/3)", () => multiply(w, v)],
    ["X W", "semicircle(1) ⊠ mp(1/2)", () => multiply(x, w)],
    ["W V − V W", "commutator(mp(1/2), mp(1/3))", () => addMatrices(multiply(w, v), scaleMatrix(multiply(v, w), -1))],
  ])("traces of powers of %s tend to the moments of %s", (_name, text, matrix) => {
    const word = matrix();
    const square = multiply(word, word);
    const traces = [traceOf(word), traceOf(square), traceOfProduct(square, word), traceOfProduct(square, square)];
    moments(parseLaw(text), 4).forEach((mu, k) => {
      // Of an antisymmetric matrix the eigenvalues are i times those of the law.
      const sign = text.startsWith("commutator") && k === 1 ? -1 : 1;
      const limit = rationalToNumber(fractionConstant(mu));
      expect(Math.abs((sign * traces[k]!) / size - limit) / (1 + Math.abs(limit))).toBeLessThan(0.08);
    });
  });
});

function squareOfShifted(a: DenseMatrix): DenseMatrix {
  const entries = a.entries.slice();
  for (let i = 0; i < a.rows; i++) entries[i * a.columns + i]! += 1;
  return gram({ ...a, entries });
}

function traceOf(a: DenseMatrix): number {
  let trace = 0;
  for (let i = 0; i < a.rows; i++) trace += a.entries[i * a.columns + i]!;
  return trace;
}

function traceOfProduct(a: DenseMatrix, b: DenseMatrix): number {
  let trace = 0;
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) trace += a.entries[i * a.columns + j]! * b.entries[j * b.columns + i]!;
  }
  return trace;
}

/** The Kolmogorov–Smirnov distance of ascending values from a law. */
function largestGap(law: Law, values: Float64Array): number {
  const { cumulative } = distribution(law);
  return Math.max(
    ...Array.from(values, (value, i) =>
      Math.max(cumulative(value) - i / values.length, (i + 1) / values.length - cumulative(value)),
    ),
  );
}
