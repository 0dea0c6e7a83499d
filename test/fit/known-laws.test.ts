import { expect, test } from "vitest";
import { quantiles } from "../../src/density/index.js";
import { sample } from "../../src/ensembles/index.js";
import { extrapolate } from "../../src/fit/index.js";
import { decompress } from "../../src/flow/index.js";
import { parseLaw } from "../../src/lang/index.js";
import { kolmogorovSmirnov } from "../../src/measured/index.js";

// Ten laws, from matrices that are one of their own models, extrapolated to twice the size and compared with the exact law there.
const texts = [
  "semicircle(1)",
  "mp(1/4)",
  "mp(2)",
  "freePoisson(3, 1/2)",
  "compoundFreePoisson(1/2, [[2, 3/4], [11/2, 1/4]])",
  "freeLevy(0, 1, 1/4, [[4, 1]])",
  "wignerPlusWishart(1/10, 1/2)",
  "compoundFreePoisson(3, [[1, 1/2], [4, 1/2]])",
  "freeLevy(1, 1/2, 2, [[1, 1]])",
  "mp(1/2)",
];
const seeds = [1, 2, 3];

test("the errors of ten laws fall like 1/n, the rate of linear statistics of a random matrix", {
  timeout: 600_000,
}, () => {
  const shrinks = texts.map((text) => {
    const law = parseLaw(text);
    const exact = quantiles(decompress(law, 2), 2000);
    const error = (n: number): number => {
      const squares = seeds.map((seed) => {
        const found = extrapolate(sample(law, n, seed), { to: 2 * n, bands: false });
        return kolmogorovSmirnov((x) => found.cumulative(x), exact) ** 2;
      });
      return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / seeds.length);
    };
    return Math.log(error(60) / error(240));
  });
  const rate = Math.exp(shrinks.reduce((sum, value) => sum + value, 0) / texts.length);
  // 4 in theory, 2 if it were 1/√n; three seeds of ten laws tell the logarithm to about 0.16.
  expect(rate).toBeGreaterThan(2.8);
});
