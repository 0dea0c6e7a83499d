import { createBudget, ensembles, genus, monodromy, parseLaw, seededRandom } from "freecurve";
import { describe, expect, test } from "vitest";
import {
  cycleType,
  followedBy,
  identityPermutation,
  isIdentity,
  type Monodromy,
  permutationToText,
  ramifications,
} from "../../src/surface/index.js";

/** All loops, one after the other, and then the one around infinity. */
const product = ({ loops, infinity, sheets }: Monodromy): boolean => {
  let all = identityPermutation(sheets.length);
  for (const { permutation } of loops) all = followedBy(all, permutation);
  return isIdentity(followedBy(all, infinity));
};
const genera = (of: Parameters<typeof genus>[0]): number[] => genus(of).components.map((part) => part.genus);

/** A polynomial with random coefficients at all lattice points (i, j), z^i m^j, of a polygon that is given by a predicate. */
function dense(inside: (i: number, j: number) => boolean, seed: number): string {
  const random = seededRandom(seed);
  const terms: string[] = [];
  for (let i = 0; i < 8; i++) {
    for (let j = 0; j < 8; j++) {
      if (!inside(i, j)) continue;
      let c = 0;
      while (c === 0) c = random.integer(-99, 99);
      terms.push(`(${c})*z^${i}*m^${j}`);
    }
  }
  return terms.join(" + ");
}

describe("permutations of curves that are known", () => {
  test.each([2, 3, 5, 7])("m^%i = z: one cycle around 0 and the inverse one around infinity", (n) => {
    const found = monodromy(`m^${n} - z`);
    expect(found.loops).toHaveLength(1);
    expect(found.loops[0]).toMatchObject({ real: true, at: { re: 0, im: 0 } });
    expect(cycleType(found.loops[0]!.permutation)).toEqual([n]);
    // Counterclockwise around 0 the argument of m grows by 2 pi/n.
    found.loops[0]!.permutation.forEach((image, sheet) => {
      const [from, to] = [found.sheets[sheet]!, found.sheets[image]!];
      const turn = Math.atan2(from.re * to.im - from.im * to.re, from.re * to.re + from.im * to.im);
      expect(turn).toBeCloseTo(n === 2 ? Math.sign(turn) * Math.PI : (2 * Math.PI) / n, 10);
    });
    expect(product(found)).toBe(true);
  });

  test("m^2 = z^3 − z: three branch points and infinity; a node and a pole are none", () => {
    const elliptic = monodromy("m^2 - z^3 + z");
    expect(elliptic.loops.map((loop) => permutationToText(loop.permutation))).toEqual(Array(3).fill("(1 2)"));
    expect(permutationToText(elliptic.infinity)).toBe("(1 2)");
    const node = monodromy("m^2 - z^2*(z + 1)");
    // In counterclockwise order as seen from below: the point on the right comes first.
    expect(node.loops.map(({ at, permutation }) => [at.re, permutationToText(permutation)])).toEqual([
      [0, "()"],
      [-1, "(1 2)"],
    ]);
    expect(monodromy("z*m - 1").loops.map((loop) => permutationToText(loop.permutation))).toEqual(["()"]);
  });

  test("z = m^3 − 3m: two transpositions that meet, a cycle of three around infinity", () => {
    const found = monodromy("m^3 - 3*m - z");
    expect(found.loops.map((loop) => loop.at.re)).toEqual([expect.closeTo(2, 12), expect.closeTo(-2, 12)]);
    for (const { permutation } of found.loops) expect(cycleType(permutation)).toEqual([2, 1]);
    expect(cycleType(found.infinity)).toEqual([3]);
    expect(found.components).toEqual([[0, 1, 2]]);
    expect(product(found)).toBe(true);
  });

  test("a curve that is irreducible over the rationals and falls apart over the complex numbers", () => {
    // m² = 2 z² and (m² + z)² + z² = (m² + z + iz)(m² + z − iz)
    expect(monodromy("m^2 - 2*z^2 - 4*z - 2").components).toEqual([[0], [1]]);
    expect(genera("m^2 - 2*z^2")).toEqual([0, 0]);
    const halves = genus("(m^2 + z)^2 + z^2");
    expect(halves.components).toEqual([
      { sheets: 2, genus: 0 },
      { sheets: 2, genus: 0 },
    ]);
  });
});

describe("the product of all loops and of the one around infinity is the identity", () => {
  test("for random dense curves and for laws", () => {
    for (let seed = 1; seed <= 6; seed++) {
      expect(product(monodromy(dense((i, j) => i + j <= 3, seed)))).toBe(true);
      expect(product(monodromy(dense((i, j) => i <= 2 && j <= 3, 100 + seed)))).toBe(true);
    }
    for (const text of [
      "fussCatalan(3)",
      "semicircle(1) [*] mp(1/2)",
      "freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])",
      "mix(1/2, arcsine(0, 1), semicircle(2))",
    ]) {
      expect(product(monodromy(parseLaw(text)))).toBe(true);
    }
  });
});

describe("the genus", () => {
  test("of laws whose z is a rational function of m, or that are parametrised otherwise: 0", () => {
    for (const law of [
      ensembles.mp("1/2"),
      ensembles.semicircle(3),
      ensembles.fussCatalan(3),
      parseLaw("compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]]) |> decompress(6)"),
      parseLaw("freeLevy(1, 2, 1/2, [[1, 1/2], [-3, 1/2]])"),
      parseLaw("semicircle(1) [+] mp(2)"),
      parseLaw("bures()"),
    ]) {
      expect(genera(law)).toEqual([0]);
    }
  });

  test.each([
    ["m^2 - z^3 - z", 1],
    ["m^2 - z^3 - 1", 1],
    ["m^2 - z^3 + 3*z + 2", 0],
    ["m^2 - z^5 - z - 1", 2],
    ["m^2 - (z^6 + 1)", 2],
    ["m^3 + z^3 + 1", 1],
    // Fermat's quartic and Klein's: (4 − 1)(4 − 2)/2
    ["m^4 + z^4 + 1", 3],
    ["z^3*m + m^3 + z", 3],
    // A cusp takes one from the genus of a quartic, an ordinary triple point three.
    ["m^4 + z^4 + z^3 - m^2", 2],
    ["m^4 + z^4 + z^3 - m^2*z", 0],
  ] as const)("of %s is %i", (curve, expected) => {
    expect(genera(curve)).toEqual([expected]);
  });

  test("of dense curves is the number of interior lattice points of the Newton polygon", () => {
    // (triangle of side d: (d − 1)(d − 2)/2; rectangle a × b: (a − 1)(b − 1))
    expect(genera(dense((i, j) => i + j <= 3, 11))).toEqual([1]);
    expect(genera(dense((i, j) => i + j <= 4, 12))).toEqual([3]);
    expect(genera(dense((i, j) => i <= 2 && j <= 3, 13))).toEqual([2]);
    expect(genera(dense((i, j) => i <= 3 && j <= 3, 14))).toEqual([4]);
    // 2i + 3j <= 12: interior points (1,1) (2,1) (3,1) (4,1) (1,2) (2,2) (1,3)
    expect(genera(dense((i, j) => 2 * i + 3 * j <= 12, 15))).toEqual([7]);
  });

  test("of a mixture of two laws with two branch points each is that of a fibre product: 1", () => {
    // sqrt(z² − 4) and sqrt(z² − 6z + 5) together: 4·(−2) + 4·2 = 2g − 2.
    expect(genera(parseLaw("mix(1/2, semicircle(1), shift(semicircle(1), 3))"))).toEqual([1]);
  });

  test("exact ramification: over conjugate points, over infinity", () => {
    expect(ramifications("m^3 - z^2 + 2")).toEqual([
      { over: [-2n, 0n, 1n], indices: [3] },
      { over: "infinity", indices: [3] },
    ]);
    expect(ramifications("z*m - 1")).toEqual([]);
  });
});

describe("refusals", () => {
  test("say what is missing", () => {
    expect(() => monodromy(ensembles.mp("c"))).toThrow(
      "the sheets of a curve need numbers, and it still has the free parameter c",
    );
    expect(() => monodromy("z^2 - 1")).toThrow("without m");
    expect(() => genus("(m - z)^2*(m + 1)")).toThrow("repeated factor");
    expect(() => monodromy("m^5 - m*z^3 + 7*z - 2", createBudget({ limit: 10 }))).toThrow(/work limit of 10 units/);
  });
});
