import { expect, test } from "vitest";
import { seededRandom } from "../../src/core/index.js";

/** The first numbers of the streams of the seeds 1, 2, 3, …: streams[s][k]. */
const streams = Array.from({ length: 2000 }, (_, s) => {
  const random = seededRandom(s + 1);
  return Array.from({ length: 32 }, () => random.uniform());
});

/** In units of its standard deviation when all are independent and uniform. */
const standardMean = (values: readonly number[], mean: number, variance: number): number =>
  (values.reduce((sum, v) => sum + v, 0) / values.length - mean) / Math.sqrt(variance / values.length);

test("over consecutive seeds every number of a stream has the mean and the variance of a uniform one", () => {
  for (let k = 0; k < 32; k++) {
    const column = streams.map((stream) => stream[k]!);
    expect(Math.abs(standardMean(column, 1 / 2, 1 / 12))).toBeLessThan(4);
    const squares = column.map((u) => (u - 1 / 2) ** 2);
    expect(Math.abs(standardMean(squares, 1 / 12, 1 / 180))).toBeLessThan(4);
  }
});

test("streams of seeds that differ by a little are uncorrelated", () => {
  for (const step of [1, 2, 3, 4, 8, 256])
    for (let k = 0; k < 32; k++) {
      const products = streams.slice(step).map((stream, s) => (stream[k]! - 1 / 2) * (streams[s]![k]! - 1 / 2));
      expect(Math.abs(standardMean(products, 0, 1 / 144))).toBeLessThan(5);
    }
});

test("sums of normals over consecutive seeds have the variance of independent ones", () => {
  // The sum of 16 normals over 2000 consecutive seeds: 2000 degrees of freedom, standard deviation 3 %.
  const sums = streams.map((_, s) => {
    const random = seededRandom(s + 1);
    return Array.from({ length: 16 }, () => random.normal()).reduce((sum, x) => sum + x, 0) / 4;
  });
  const variance = sums.reduce((sum, x) => sum + x * x, 0) / sums.length;
  expect(Math.abs(variance - 1)).toBeLessThan(0.1);
});
