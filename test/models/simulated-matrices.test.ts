import { distribution, type Law, parseLaw, type Random, seededRandom } from "freecurve";
import { describe, expect, test } from "vitest";
import {
  addMatrices,
  type DenseMatrix,
  gaussianMatrix,
  gram,
  haarOrthogonal,
  multiply,
  scaleMatrix,
  scaleRows,
  symmetricEigenvalues,
  zeroMatrix,
} from "../../src/matrices/index.js";

// Rows and columns of the matrices; ratio 1/2. Eigenvalues repel each other, so the error of sampling of their distribution
// function is a few of them: of the order log(p)/p, not 1/√p.
const p = 240;
const n = 480;
const tolerance = 4 / p;

/** Halves of the value low and of the value high: the atoms of the law [[low, 1/2], [high, 1/2]]. */
const halves = (size: number, low: number, high: number): Float64Array =>
  Float64Array.from({ length: size }, (_, k) => (2 * k < size ? low : high));

const roots = (values: Float64Array): Float64Array => values.map(Math.sqrt);

/** The p×n matrix with singular values √(n t) for the halves t, in its diagonal. */
function signal(low: number, high: number): DenseMatrix {
  const result = zeroMatrix(p, n);
  for (const [k, value] of halves(p, low, high).entries()) result.entries[k * n + k] = Math.sqrt(n * value);
  return result;
}

/** Rows that are autoregressive series of variance 1: x_t = x_(t−1)/2 + √(3/4) e_t. */
function autoregressive(rows: number, columns: number, random: Random): DenseMatrix {
  const result = gaussianMatrix(rows, columns, random);
  for (let i = 0; i < rows; i++) {
    for (let t = 1; t < columns; t++) {
      const at = i * columns + t;
      result.entries[at] = result.entries[at - 1]! / 2 + Math.sqrt(3 / 4) * result.entries[at]!;
    }
  }
  return result;
}

/** The symmetric part of Σ x_t x_(t+1)* over the columns x_t, in a circle. */
function lagged(x: DenseMatrix): DenseMatrix {
  const next = zeroMatrix(x.rows, x.columns);
  for (let i = 0; i < x.rows; i++) {
    for (let t = 0; t < x.columns; t++) {
      next.entries[i * x.columns + t] = x.entries[i * x.columns + ((t + 1) % x.columns)]!;
    }
  }
  // (a + b)² − (a − b)² = 2 (ab + ba)
  const difference = addMatrices(
    gram(addMatrices(x, next)),
    scaleMatrix(gram(addMatrices(x, scaleMatrix(next, -1))), -1),
  );
  return scaleMatrix(difference, 1 / 4);
}

/** The product of Gaussian matrices with p rows and then so many columns, each over the root of its number of columns. */
function productOfGaussians(columns: readonly number[], random: Random): DenseMatrix {
  let rows = p;
  let product: DenseMatrix | undefined;
  for (const width of columns) {
    const factor = scaleMatrix(gaussianMatrix(rows, width, random), 1 / Math.sqrt(width));
    product = product === undefined ? factor : multiply(product, factor);
    rows = width;
  }
  return product!;
}

const models: [string, (random: Random) => DenseMatrix][] = [
  [
    "atoms([[1, 1/2], [5, 1/2]]) |> sampleCovariance(1/2)",
    (random) => scaleMatrix(gram(scaleRows(gaussianMatrix(p, n, random), roots(halves(p, 1, 5)))), 1 / n),
  ],
  ["arcsine(-1, 1) |> weightedWishart(1/2)", (random) => scaleMatrix(lagged(gaussianMatrix(p, n, random)), 1 / n)],
  [
    "doublyCorrelatedWishart(atoms([[1, 1/2], [3, 1/2]]), arcsine(-1, 1) |> mobius(0, 3/4, -1, 5/4), 1/2)",
    (random) => scaleMatrix(gram(scaleRows(autoregressive(p, n, random), roots(halves(p, 1, 3)))), 1 / n),
  ],
  [
    "atoms([[0, 1/2], [4, 1/2]]) |> informationPlusNoise(1/2, 1/2)",
    (random) => {
      const noise = scaleMatrix(gaussianMatrix(p, n, random), Math.SQRT1_2);
      return scaleMatrix(gram(addMatrices(signal(0, 4), noise)), 1 / n);
    },
  ],
  [
    "rectangularFreeSum(atoms([[1, 1/2], [4, 1/2]]), atoms([[2, 1]]), 1/2)",
    (random) => {
      const rotation = haarOrthogonal(n, random).entries;
      const rows: DenseMatrix = { rows: p, columns: n, entries: rotation.subarray(0, p * n) };
      return scaleMatrix(gram(addMatrices(signal(1, 4), scaleMatrix(rows, Math.sqrt(2 * n)))), 1 / n);
    },
  ],
  ["productOfWisharts([1/2, 3/2, 1])", (random) => gram(productOfGaussians([2 * p, (2 * p) / 3, p], random))],
  [
    "mp(1/2) |> project(2/3)",
    (random) => {
      const x = gaussianMatrix(p, n, random);
      x.entries.fill(0, ((2 * p) / 3) * n);
      return scaleMatrix(gram(x), 1 / n);
    },
  ],
];

/** The largest difference of the distribution functions on a grid, whose points are off the atoms. */
function distance(values: Float64Array, law: Law): number {
  const { cumulative } = distribution(law);
  const [low, high] = [values[0]! - 0.1, values.at(-1)! + 0.1];
  let [largest, below] = [0, 0];
  for (let k = 1; k <= 500; k++) {
    const x = low + ((high - low) * (k - 0.5)) / 500;
    while (below < values.length && values[below]! <= x) below++;
    largest = Math.max(largest, Math.abs(cumulative(x) - below / values.length));
  }
  return largest;
}

describe("eigenvalues of simulated matrices", () => {
  test.each(models)("%s", (text, make) => {
    const { entries, rows } = make(seededRandom(20081));
    expect(distance(symmetricEigenvalues(entries, rows), parseLaw(text))).toBeLessThan(tolerance);
  });

  test("would tell a wrong ratio", () => {
    const { entries, rows } = models[0]![1](seededRandom(20081));
    const law = parseLaw("atoms([[1, 1/2], [5, 1/2]]) |> sampleCovariance(3/5)");
    expect(distance(symmetricEigenvalues(entries, rows), law)).toBeGreaterThan(2 * tolerance);
  });
});
