import { cumulants, decompress, ensembles, freeSum, type Law, lawFromCurve, moments, parseLaw } from "freecurve";
import { fractions, rationalFunctionToText, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { laws } from "../law/golden.js";

const curve = (law: Law): string => toText(law.curve);

describe("golden results of operations", () => {
  test.each(laws.operations.filter((entry) => entry.curve !== undefined))("$law", ({ law, curve: expected }) => {
    expect(curve(parseLaw(law))).toBe(expected);
  });
});

const projection = ensembles.atoms([
  [0, "1/2"],
  [1, "1/2"],
]);
const spin = ensembles.atoms([
  [-1, "1/3"],
  [2, "2/3"],
]);

describe("the free sum", () => {
  test.each([
    ["a rational R-transform on the left", ensembles.mp("c"), spin],
    ["a rational R-transform on the right", ensembles.bures(), ensembles.semicircle("v")],
    ["elimination, two atomic laws", projection, spin],
    ["elimination, arcsine and Bures", ensembles.arcsine(0, 1), ensembles.bures()],
    ["elimination, Fuss–Catalan and a projection", ensembles.fussCatalan(2), projection],
  ])("adds free cumulants: %s", (_name, a, b) => {
    const sum = cumulants(freeSum(a, b), 7);
    const [left, right] = [cumulants(a, 7), cumulants(b, 7)];
    expect(sum.map(rationalFunctionToText)).toEqual(
      left.map((kappa, k) => rationalFunctionToText(fractions.add(kappa, right[k]!))),
    );
  });

  test("is commutative, also between a substitution and an elimination", () => {
    for (const [a, b] of [
      [projection, spin],
      [ensembles.mp("1/2"), spin],
    ] as const) {
      expect(curve(freeSum(a, b))).toBe(curve(freeSum(b, a)));
    }
  });

  test("is associative", () => {
    const [a, b, c] = [ensembles.mp("1/2"), projection, ensembles.semicircle("1/3")];
    expect(curve(freeSum(freeSum(a, b), c))).toBe(curve(freeSum(a, freeSum(b, c))));
  });

  test("of a law with itself is its convolution power", () => {
    expect(curve(freeSum(projection, projection))).toBe(curve(parseLaw("power(atoms([[0, 1/2], [1, 1/2]]), 2)")));
    expect(curve(freeSum(ensembles.mp("c"), ensembles.mp("c")))).toBe(curve(parseLaw("power(mp(c), 2)")));
  });

  test("of Gaussian, Poisson and constant parts is what their cumulants say", () => {
    expect(curve(freeSum(ensembles.semicircle("v"), ensembles.semicircle("w")))).toBe(
      curve(ensembles.semicircle("v + w")),
    );
    expect(curve(freeSum(ensembles.freePoisson("r", "a"), ensembles.freePoisson("s", "a")))).toBe(
      curve(ensembles.freePoisson("r + s", "a")),
    );
    expect(curve(freeSum(ensembles.bures(), ensembles.atoms([["b", 1]])))).toBe(curve(parseLaw("bures() |> shift(b)")));
    expect(
      curve(
        freeSum(
          ensembles.semicircle("4/25"),
          ensembles.compoundFreePoisson("1/10", [
            [2, "3/4"],
            ["11/2", "1/4"],
          ]),
        ),
      ),
    ).toBe(
      curve(
        ensembles.freeLevy(0, "4/25", "1/10", [
          [2, "3/4"],
          ["11/2", "1/4"],
        ]),
      ),
    );
    expect(curve(parseLaw("semicircle(v) [+] atoms([[-1, 1/2], [1, 1/2]])"))).toBe(
      curve(parseLaw("deformedWigner(v, [[-1, 1/2], [1, 1/2]])")),
    );
  });

  test("commutes with decompression", () => {
    const apart = freeSum(decompress(ensembles.bures(), "t"), ensembles.semicircle("t/3"));
    expect(curve(decompress(freeSum(ensembles.bures(), ensembles.semicircle("1/3")), "t"))).toBe(curve(apart));
  });

  test("keeps the branch of a law that had to be singled out by a moment", () => {
    // Irreducible, two branches at infinity: free cumulants ±(1, 1/2, −1/8)
    const law = parseLaw('curve("(m*z + 1)^2 - m^2*(1 - m)", [1])');
    expect(cumulants(freeSum(law, ensembles.mp(1)), 3).map(rationalFunctionToText)).toEqual(["2", "3/2", "7/8"]);
    expect(cumulants(freeSum(projection, law), 2).map(rationalFunctionToText)).toEqual(["3/2", "3/4"]);
  });

  test("records what it was made of", () => {
    const { derivation } = freeSum(projection, ensembles.mp(1));
    expect(derivation.operation).toBe("freeSum");
    expect(derivation.operands.map((operand) => operand.kind)).toEqual(["law", "law"]);
  });
});

test("a sum with something that is no law is refused in a sentence", () => {
  expect(() => moments(freeSum(lawFromCurve("z*m + 2"), projection), 2)).toThrow(
    expect.objectContaining({ name: "DomainError" }),
  );
});
