import { type Budget, type Random, unlimited } from "../core/index.js";
import { addMatrices, type DenseMatrix, gram, scaleMatrix, zeroMatrix } from "./dense-matrix.js";

/** Normal numbers that are drawn in about the time of a unit of work. */
const drawnPerUnit = 50;
const drawing = "drawing a random matrix";

/** Independent standard normal entries. */
export function gaussianMatrix(rows: number, columns: number, random: Random, budget: Budget = unlimited): DenseMatrix {
  const matrix = zeroMatrix(rows, columns);
  for (let i = 0; i < matrix.entries.length; i++) {
    if (i % columns === 0) budget.spend(columns / drawnPerUnit, drawing);
    matrix.entries[i] = random.normal();
  }
  return matrix;
}

/** Gaussian orthogonal ensemble whose law tends to the semicircle of variance v. */
export function wignerMatrix(size: number, variance: number, random: Random, budget: Budget = unlimited): DenseMatrix {
  const matrix = zeroMatrix(size, size);
  const scale = Math.sqrt(variance / size);
  for (let i = 0; i < size; i++) {
    budget.spend(i / drawnPerUnit, drawing);
    matrix.entries[i * size + i] = Math.SQRT2 * scale * random.normal();
    for (let j = 0; j < i; j++) {
      const entry = scale * random.normal();
      matrix.entries[i * size + j] = entry;
      matrix.entries[j * size + i] = entry;
    }
  }
  return matrix;
}

/**
 * A Haar-distributed orthogonal matrix: a uniform direction as the first column, and below it one of a size less, turned by the
 * reflection that makes room for it (G. W. Stewart, SIAM J. Numer. Anal. 17 (1980) 403–409).
 */
export function haarOrthogonal(size: number, random: Random, budget: Budget = unlimited): DenseMatrix {
  const matrix = zeroMatrix(size, size);
  const { entries } = matrix;
  const dots = new Float64Array(size);
  for (let corner = size - 1; corner >= 0; corner--) {
    budget.spend((size - corner) ** 2 / 1000, drawing);
    const v = Float64Array.from({ length: size - corner }, () => random.normal());
    const length = Math.hypot(...v);
    const sign = v[0]! < 0 ? -1 : 1;
    // The reflection takes the first basis vector to −sign·v/|v|.
    entries[corner * size + corner] = -sign;
    v[0]! += sign * length;
    const factor = 1 / (length * Math.abs(v[0]!));
    dots.fill(0, corner);
    for (let i = corner; i < size; i++) {
      for (let j = corner; j < size; j++) dots[j]! += v[i - corner]! * entries[i * size + j]!;
    }
    for (let i = corner; i < size; i++) {
      const step = factor * v[i - corner]!;
      for (let j = corner; j < size; j++) entries[i * size + j]! -= step * dots[j]!;
    }
  }
  return matrix;
}

/** Σ t_k g_k g_kᵀ/size over independent standard normal vectors g_k: a weighted Wishart matrix. */
export function weightedWishart(
  size: number,
  jumps: Float64Array,
  random: Random,
  budget: Budget = unlimited,
): DenseMatrix {
  const part = (sign: 1 | -1): DenseMatrix => {
    const factors = jumps.filter((jump) => sign * jump > 0).map((jump) => Math.sqrt((sign * jump) / size));
    const vectors = gaussianMatrix(size, factors.length, random, budget);
    const entries = vectors.entries.map((value, k) => factors[k % factors.length]! * value);
    return gram({ ...vectors, entries }, budget);
  };
  return addMatrices(part(1), scaleMatrix(part(-1), -1));
}
