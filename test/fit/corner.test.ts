import { describe, expect, it } from "vitest";
import { freeSum } from "../../src/convolution/index.js";
import { seededRandom } from "../../src/core/index.js";
import { type Distribution, distribution, quantiles } from "../../src/density/index.js";
import { ensembles } from "../../src/ensembles/index.js";
import { type Extrapolation, extrapolate, fit as fitLaw } from "../../src/fit/index.js";
import { compress } from "../../src/flow/index.js";
import { symmetricEigenvalues } from "../../src/matrices/index.js";

// Half of the entries −1, half +1, plus a free Wishart matrix: the law cannot be decompressed at all, but its corners can, up to it.
const large = freeSum(
  ensembles.atoms([
    [-1, "1/2"],
    [1, "1/2"],
  ]),
  ensembles.mp("1/4"),
);
const exact = distribution(large);
/** Of the exact law, computed from its polynomial. */
const edges = [-0.60441, 0.695408, 1.45, 2.928232];

function ks(found: Pick<Extrapolation, "cumulative">, law: Pick<Distribution, "cumulative">): number {
  let most = 0;
  for (let k = 0; k <= 400; k++) {
    const x = -1 + (4.5 * k) / 400;
    most = Math.max(most, Math.abs(found.cumulative(x) - law.cumulative(x)));
  }
  return most;
}

/** A corner of size n of a matrix of size tau·n: n orthonormal vectors of the large space, and the corner of its Wishart matrix. */
function cornerEigenvalues(n: number, tau: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const whole = tau * n;
  const frame: Float64Array[] = [];
  for (let k = 0; k < n; k++) {
    const vector = Float64Array.from({ length: whole }, () => random.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of frame) {
        const part = other.reduce((sum, value, i) => sum + value * vector[i]!, 0);
        for (let i = 0; i < whole; i++) vector[i]! -= part * other[i]!;
      }
    }
    const length = Math.hypot(...vector);
    frame.push(vector.map((value) => value / length));
  }
  const columns = 4 * whole;
  const gaussian = Array.from({ length: n }, () => Float64Array.from({ length: columns }, () => random.normal()));
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < whole; k++) sum += (k % 2 === 0 ? 1 : -1) * frame[i]![k]! * frame[j]![k]!;
      for (let k = 0; k < columns; k++) sum += (gaussian[i]![k]! * gaussian[j]![k]!) / columns;
      matrix[i * n + j] = matrix[j * n + i] = sum;
    }
  }
  return symmetricEigenvalues(matrix, n);
}

describe("corners of two points plus a Wishart matrix", () => {
  it("are fitted by a law made for the size that is asked for", () => {
    const found = extrapolate(quantiles(compress(large, "1/4"), 1000), { to: 4000, bands: false });
    expect(found.fit.name).toBe("corner of 2 population atoms plus free Poisson");
    expect(found.projection).toMatchObject({ used: true });
    expect(found.warnings.join()).toMatch(/a law made for the size that is asked for has more evidence/);
    expect(ks(found, exact)).toBeLessThan(0.003);
    const ends = found.bulks.flatMap(({ left, right }) => [left, right]);
    expect(ends).toEqual(edges.map((edge) => expect.closeTo(edge, 2)));
  });

  it("are carried to the whole matrix from one simulated corner, with bands that hold its edges", () => {
    const found = extrapolate(cornerEigenvalues(300, 2, 1), { to: 600 });
    expect(found.fit.family).toBe("corner");
    expect(ks(found, exact)).toBeLessThan(0.03);
    expect(found.bulks).toHaveLength(2);
    const bands = found.bands!.edges!;
    expect(bands.filter(([low, high], k) => low < edges[k]! && edges[k]! < high).length).toBeGreaterThan(2);
  });

  it("have a metric also where no divisible law is anywhere near", () => {
    const values = quantiles(compress(large, "1/2"), 600);
    const found = fitLaw(values);
    expect(found.diagnosis.verdict).toBe("good");
    expect(found.ks).toBeLessThan(0.01);
  });
});
