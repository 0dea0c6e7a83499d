#!/usr/bin/env node
// The law of every operation against the eigenvalues of one matrix that is made by that operation.
//
//   node scripts/simulate-operations.mjs [--size 1000] [--seed 1]
//
// Needs a build (npm run build). Operands have exact spectra: the quantiles of their laws on a diagonal, turned by Haar matrices where
// they have to be free. Prints the largest distance between the two distribution functions times the number of eigenvalues,
// which stays bounded as the matrix grows; exit code 1 where it is above 8.
import { parseArgs } from "node:util";
import { distribution, parseLaw, quantiles, seededRandom } from "../dist/index.js";
import {
  addMatrices,
  gaussianMatrix,
  gram,
  haarOrthogonal,
  multiply,
  scaleMatrix,
  scaleRows,
  symmetricEigenvalues,
  wignerMatrix,
} from "../dist/matrices/index.js";

const { values: options } = parseArgs({
  options: { size: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } },
});
const n = Number(options.size);
const random = seededRandom(Number(options.seed));
const bound = 8;

const spectrum = (text, size = n) => Float64Array.from(quantiles(parseLaw(text), size));
const eigenvalues = (matrix) => symmetricEigenvalues(matrix.entries, matrix.rows);
const diagonal = (values) => {
  const entries = new Float64Array(values.length ** 2);
  values.forEach((value, k) => {
    entries[k * (values.length + 1)] = value;
  });
  return { rows: values.length, columns: values.length, entries };
};
const transpose = ({ rows, columns, entries }) => ({
  rows: columns,
  columns: rows,
  entries: Float64Array.from(
    { length: entries.length },
    (_, k) => entries[(k % rows) * columns + Math.floor(k / rows)],
  ),
});
const block = ({ entries, columns }, rows, width) => ({
  rows,
  columns: width,
  entries: Float64Array.from(
    { length: rows * width },
    (_, k) => entries[Math.floor(k / width) * columns + (k % width)],
  ),
});

const q = haarOrthogonal(n, random);
const second = haarOrthogonal(n, random);
/** Qᵀ D Q for the diagonal D: free from every diagonal matrix. */
const turned = (values) => multiply(transpose(q), scaleRows(q, values));
const gaussian = (rows, columns) => gaussianMatrix(rows, columns, random);
const sqrt = (values) => values.map(Math.sqrt);

const A = "atoms([[1, 1/2], [4, 1/2]])";
const S = "arcsine(-1, 1)";
const a = spectrum(A);
const s = spectrum(S);
const half = n / 2;

/** The law in the input language, and the eigenvalues of the matrix. */
const cases = [
  [`compress(${A}, 1/2)`, () => eigenvalues(block(turned(a), half, half))],
  [
    `project(${A}, 1/2)`,
    () => [...eigenvalues(block(turned(a), half, half)), ...new Float64Array(half)].sort((x, y) => x - y),
  ],
  ["mp(1/4) |> decompress(2)", () => eigenvalues(scaleMatrix(gram(gaussian(n, 2 * n)), 1 / (2 * n)))],
  ["power(arcsine(-1, 1), 2)", () => eigenvalues(addMatrices(diagonal(s), turned(s)))],
  [`freeSum(${A}, ${S})`, () => eigenvalues(addMatrices(diagonal(a), turned(s)))],
  [`freeProduct(${A}, ${S})`, () => eigenvalues(scaleRows(transpose(scaleRows(turned(s), sqrt(a))), sqrt(a)))],
  [
    `freeProduct(${A}, wachter(3, 2))`,
    () => eigenvalues(scaleRows(transpose(scaleRows(turned(spectrum("wachter(3, 2)")), sqrt(a))), sqrt(a))),
  ],
  [`multiplicativePower(${A}, 2)`, () => eigenvalues(scaleRows(transpose(scaleRows(turned(a), sqrt(a))), sqrt(a)))],
  [`freeDifference(freeSum(${A}, ${S}), ${S})`, () => a],
  [`freeQuotient(freeProduct(${A}, wachter(3, 2)), wachter(3, 2))`, () => a],
  [`semicircularFlow(${A}, 1/2)`, () => eigenvalues(addMatrices(diagonal(a), wignerMatrix(n, 0.5, random)))],
  [`mix(1/4, ${A}, ${S})`, () => [...spectrum(A, n / 4), ...spectrum(S, (3 * n) / 4)].sort((x, y) => x - y)],
  [`augment(${A}, 1/4, -1)`, () => [...new Float64Array(n / 4).fill(-1), ...spectrum(A, (3 * n) / 4)]],
  [
    "square(mp(1/2) |> shift(-1))",
    () =>
      eigenvalues(
        gram(addMatrices(scaleMatrix(gram(gaussian(n, 2 * n)), 1 / (2 * n)), diagonal(new Float64Array(n).fill(-1)))),
      ),
  ],
  [
    "squareRoot(mp(1))",
    () => {
      const v = sqrt(eigenvalues(gram(scaleMatrix(gaussian(n, n), n ** -0.5))).map((x) => Math.max(x, 0)));
      return [...v.map((x) => -x).reverse(), ...v];
    },
  ],
  [
    "inverse(mp(1/4))",
    () =>
      eigenvalues(scaleMatrix(gram(gaussian(n, 4 * n)), 0.25 / n))
        .map((x) => 1 / x)
        .reverse(),
  ],
  [
    "mobius(mp(1/4), 1, 2, 1, 1)",
    () =>
      eigenvalues(scaleMatrix(gram(gaussian(n, 4 * n)), 0.25 / n))
        .map((x) => (x + 2) / (x + 1))
        .reverse(),
  ],
  ["companion(mp(1/2), 1/2)", () => eigenvalues(scaleMatrix(gram(gaussian(n, half)), 1 / n))],
  [
    `deform(sampleCovariance(${A}, 1/4), 1/4, 2)`,
    () => eigenvalues(scaleMatrix(gram(scaleRows(gaussian(n, 2 * n), sqrt(a))), 0.5 / n)),
  ],
  [
    `square(commutator(${A}, ${S}))`,
    () => {
      const ab = scaleRows(turned(s), a);
      return eigenvalues(gram(addMatrices(ab, scaleMatrix(transpose(ab), -1))));
    },
  ],
  [
    `anticommutator(${S}, semicircle(1))`,
    () => {
      const ab = scaleRows(wignerMatrix(n, 1, random), s);
      return eigenvalues(addMatrices(ab, transpose(ab)));
    },
  ],
  [
    `sampleCovariance(${A}, 1/2)`,
    () => eigenvalues(scaleMatrix(gram(scaleRows(gaussian(n, 2 * n), sqrt(a))), 0.5 / n)),
  ],
  [
    `weightedWishart(${A}, 2)`,
    () => eigenvalues(scaleMatrix(gram(transpose(scaleRows(gaussian(half, n), sqrt(spectrum(A, half))))), 1 / half)),
  ],
  [
    `informationPlusNoise(${A}, 1/2, 1/2)`,
    () => {
      const x = scaleMatrix(gaussian(n, 2 * n), Math.sqrt(0.5));
      a.forEach((t, k) => {
        x.entries[k * 2 * n + k] += Math.sqrt(t * 2 * n);
      });
      return eigenvalues(scaleMatrix(gram(x), 0.5 / n));
    },
  ],
  [
    `doublyCorrelatedWishart(${A}, atoms([[1, 1/2], [2, 1/2]]), 1)`,
    () => {
      const b = spectrum("atoms([[1, 1/2], [2, 1/2]])");
      return eigenvalues(
        scaleMatrix(gram(transpose(scaleRows(transpose(scaleRows(gaussian(n, n), sqrt(a))), sqrt(b)))), 1 / n),
      );
    },
  ],
  [
    "productOfWisharts([1, 1/2])",
    () => eigenvalues(scaleMatrix(gram(multiply(gaussian(n, n), gaussian(n, 2 * n))), 1 / (2 * n * n))),
  ],
  [
    `rectangularFreeSum(${A}, atoms([[1, 1]]), 1)`,
    () => eigenvalues(gram(addMatrices(diagonal(sqrt(a)), multiply(transpose(q), second)))),
  ],
  [
    `rectangularPower(${A}, 2, 1)`,
    () => eigenvalues(gram(addMatrices(diagonal(sqrt(a)), multiply(transpose(q), scaleRows(second, sqrt(a)))))),
  ],
];

let worst = 0;
for (const [text, sampled] of cases) {
  const values = [...sampled()];
  const { cumulative } = distribution(parseLaw(text));
  // The distribution function just below and at every eigenvalue; an atom within rounding of one is met at its place.
  let distance = 0;
  values.forEach((x, k) => {
    const width = 1e-7 * (1 + Math.abs(x));
    const [below, above] = [cumulative(x - width), cumulative(x + width)];
    const [low, high] = [k / values.length, (k + 1) / values.length];
    distance = Math.max(distance, below - high, low - above);
  });
  const scaled = distance * values.length;
  worst = Math.max(worst, scaled);
  console.log(
    `${scaled > bound ? "FAR " : "near"} ${values.length} eigenvalues, distance ${distance.toFixed(5)}, times their number ${scaled.toFixed(2)}: ${text}`,
  );
}
console.log(`${cases.length} operations, the largest distance times the number of eigenvalues ${worst.toFixed(2)}`);
if (worst > bound) process.exitCode = 1;
