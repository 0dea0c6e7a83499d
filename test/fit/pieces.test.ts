import { expect, test } from "vitest";
import { seededRandom, unlimited } from "../../src/core/index.js";
import {
  extrapolate,
  extrapolateSteps,
  type Fit,
  orderOf,
  type Performer,
  packBatch,
  packResult,
  performedBy,
  performPiece,
  unpackBatch,
  unpackResult,
} from "../../src/fit/index.js";
import { tridiagonalEigenvalues } from "../../src/matrices/index.js";

/** Every batch and every result goes through a structured clone, as to another thread; the pieces are performed in the order that threads begin them in, the first one last. */
function cloning(seen: Set<string>): Performer {
  return {
    async perform({ batch, meanwhile }) {
      const there = unpackBatch(structuredClone(packBatch(batch)));
      const places = orderOf(batch);
      expect([...places].sort((a, b) => a - b)).toEqual(batch.pieces.map((_, place) => place));
      const results = batch.pieces.map(() => packResult(there, []));
      for (const place of places.reverse()) {
        const piece = batch.pieces[place]!;
        seen.add("kind" in piece ? piece.kind : "draws");
        results[place] = structuredClone(packResult(there, performPiece(there, place, unlimited)));
      }
      meanwhile?.();
      return results.map((result) => unpackResult(batch, result));
    },
  };
}

/** All that is in a value but functions; numbers to the last bit. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}

/** What the functions of a fitted curve give. */
function answers({ numeric: { curve, weighted } }: Fit): string {
  const normals = Array.from({ length: curve.coordinates }, (_, k) => Math.sin(k + 1));
  const deviation = weighted.whiten(weighted.mRe, weighted.mIm);
  return text([curve.draw(normals, 2), curve.exact(), curve.follow(deviation)]);
}

/** The squares of the singular values of a bidiagonal matrix whose squared singular values have the law of Marchenko and Pastur [Dumitriu and Edelman, J. Math. Phys. 43 (2002) 5830]. */
function wishart(size: number, ratio: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const rows = Math.round(size / ratio);
  const chi = (degrees: number): number =>
    Math.sqrt(Array.from({ length: degrees }, () => random.normal() ** 2).reduce((sum, value) => sum + value, 0));
  const upper = Array.from({ length: size }, (_, k) => chi(rows - k));
  const lower = Array.from({ length: size - 1 }, (_, k) => chi(size - 1 - k));
  const diagonal = Float64Array.from(upper, (value, k) => (value ** 2 + (lower[k - 1] ?? 0) ** 2) / rows);
  const beside = Float64Array.from(lower, (value, k) => (value * upper[k]!) / rows);
  return tridiagonalEigenvalues(diagonal, beside);
}

test("pieces that are performed elsewhere and in another order give every bit of what they give in line", async () => {
  const seen = new Set<string>();
  const cases = [
    { values: wishart(100, 1 / 2, 1), options: { to: 300, samples: [wishart(100, 1 / 2, 2)], below: [0.5] } },
    // Over decades: the jumps may be spread out.
    {
      values: wishart(150, 1 / 2, 3).map((value, k) => value * 10 ** (-3 * Math.abs(Math.sin(k)))),
      options: { to: 300, bands: false },
    },
    { values: wishart(150, 1 / 2, 4), options: { to: 300, degM: 3, degZ: 1 } },
  ];
  for (const { values, options } of cases) {
    const here = extrapolate(values, options);
    const there = await performedBy(extrapolateSteps(values, options, unlimited), cloning(seen));
    expect(text(there)).toBe(text(here));
    expect(answers(there.fit)).toBe(answers(here.fit));
    for (const [k, curve] of there.fit.numeric.choice.ordered.entries()) {
      expect(text(curve)).toBe(text(here.fit.numeric.choice.ordered[k]));
    }
  }
  expect([...seen].sort()).toEqual(["continuous", "dense", "draws", "levy", "populations"]);
}, 300_000);
