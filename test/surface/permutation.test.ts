import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cycles,
  cycleType,
  followedBy,
  identityPermutation,
  inversePermutation,
  isIdentity,
  orbits,
  type Permutation,
  permutationToText,
} from "../../src/surface/index.js";

const permutation: fc.Arbitrary<Permutation> = fc
  .integer({ min: 1, max: 9 })
  .chain((n) => fc.shuffledSubarray([...identityPermutation(n)], { minLength: n, maxLength: n }));

describe("permutations", () => {
  test("one after the other, back and in cycles", () => {
    const [a, b] = [
      [1, 2, 0, 3],
      [0, 1, 3, 2],
    ];
    expect(followedBy(a, b)).toEqual([1, 3, 0, 2]);
    expect(permutationToText(a)).toBe("(1 2 3)");
    expect(permutationToText(followedBy(a, b))).toBe("(1 2 4 3)");
    expect(permutationToText([1, 0, 3, 2])).toBe("(1 2)(3 4)");
    expect(permutationToText([0, 1])).toBe("()");
    expect(cycleType([1, 0, 2, 4, 5, 3])).toEqual([3, 2, 1]);
  });

  test("the inverse undoes, cycles partition, a power by the order of the cycles is the identity", () => {
    fc.assert(
      fc.property(permutation, (p) => {
        expect(isIdentity(followedBy(p, inversePermutation(p)))).toBe(true);
        expect([...cycles(p).flat()].sort((a, b) => a - b)).toEqual(identityPermutation(p.length));
        const order = cycleType(p).reduce((product, e) => product * e, 1);
        let power = identityPermutation(p.length);
        for (let k = 0; k < order; k++) power = followedBy(power, p);
        expect(isIdentity(power)).toBe(true);
      }),
    );
  });

  test("orbits of a group are unions of the cycles of its generators", () => {
    expect(
      orbits(5, [
        [1, 0, 2, 3, 4],
        [0, 1, 2, 4, 3],
      ]),
    ).toEqual([[0, 1], [2], [3, 4]]);
    expect(
      orbits(5, [
        [1, 0, 2, 3, 4],
        [0, 2, 1, 4, 3],
      ]),
    ).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
    expect(orbits(3, [])).toEqual([[0], [1], [2]]);
  });
});
