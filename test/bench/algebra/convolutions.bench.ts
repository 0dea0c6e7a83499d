import { type Law, parseLaw } from "freecurve";
import { toText } from "freecurve/poly";
import { bench, describe } from "vitest";

// Laws made by operations, from their text to the proved factor. The curves or their degrees are compared before anything is timed.
// Nothing here asserts a time.

const few = { time: 200, iterations: 3, warmupTime: 0, warmupIterations: 1 };

const curves: readonly (readonly [string, string])[] = [
  ["semicircle(1) ⊞ mp(c)", "c*m^3 + c*m^2*z + m^2 + m*z + c*m - m + 1"],
  ["semicircle(1) ⊠ mp(1/2)", "m^4*z^2 - 2*m^3*z + m^2 + 4*m*z + 4"],
  ["square(semicircle(1))", "m^2*z + m*z + 1"],
  ["mp(c1) ⊠ mp(c2)", "c1*c2*m^3*z^2 + 2*c1*c2*m^2*z - c1*m^2*z - c2*m^2*z - m*z + c1*c2*m - c1*m - c2*m + m - 1"],
  ["mp(c1) ⊠ inverse(mp(c2))", "c2*m^2*z^2 + c1*m^2*z + c2*m*z + m*z + c1*m - m + 1"],
  ["commutator(semicircle(1), semicircle(1))", "m^3*z - m^2 - m*z - 1"],
];

/** Degrees in z and m of the laws that are joined, and of the result. */
const degrees: readonly (readonly [string, number, number])[] = [
  // (2, 3) and (2, 3)
  ["silverstein(1/2, [[1, 1/2], [3, 1/2]]) ⊞ silverstein(1/3, [[1, 1/3], [4, 2/3]])", 4, 10],
  ["silverstein(c, [[1, 1/2], [3, 1/2]]) ⊞ wachter(2, 3)", 4, 7],
  ["wachter(a, b) ⊠ wachter(c, d)", 3, 3],
  ["wachter(a, b) ⊞ wachter(c, d)", 4, 4],
  // (3, 4) and (3, 4)
  ["silverstein(1/2, [[1, 1/2], [3, 1/4], [4, 1/4]]) ⊞ silverstein(1/3, [[1, 1/3], [4, 1/3], [5, 1/3]])", 9, 23],
  ["silverstein(1/2, [[1, 1/2], [3, 1/4], [4, 1/4]]) ⊠ silverstein(1/3, [[1, 1/3], [4, 1/3], [5, 1/3]])", 22, 23],
  ["freeDifference(bures() ⊞ arcsine(0, 1), arcsine(0, 1))", 2, 3],
  ["freeQuotient(bures() ⊠ wachter(2, 3), bures())", 2, 2],
  ["commutator(mp(c), mp(d))", 3, 5],
];

function checked(text: string, holds: (law: Law) => boolean): void {
  if (!holds(parseLaw(text))) throw new Error(`${text} has another curve`);
}

const degreesOf = (law: Law): [number, number] => {
  const powers = ["z", "m"].map((name) => {
    const at = law.curve.variables.indexOf(name);
    return Math.max(...law.curve.terms.map((term) => term.exponents[at]!));
  });
  return [powers[0]!, powers[1]!];
};

describe("operations on laws", () => {
  for (const [text, curve] of curves) {
    checked(text, (law) => toText(law.curve) === curve);
    bench(text, () => void parseLaw(text), few);
  }
  for (const [text, inZ, inM] of degrees) {
    checked(text, (law) => degreesOf(law).join() === [inZ, inM].join());
    bench(`${text}: degrees ${inZ}, ${inM}`, () => void parseLaw(text), few);
  }
});
