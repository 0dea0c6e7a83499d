import fc from "fast-check";
import { type Law, parseLaw } from "freecurve";

/** A positive rational as text, with awkward and round ones. */
export const positiveText: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 1, 2, 3, 5, 7))
  .map(([n, d]) => `${n}/${d}`);

/** A rational as text, 0 often. */
export const anyText: fc.Arbitrary<string> = fc
  .tuple(fc.integer({ min: -6, max: 6 }), fc.constantFrom(1, 1, 2, 3))
  .map(([n, d]) => `${n}/${d}`);

const jump = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom(1, 1, -1), fc.constantFrom(1, 2))
  .map(([n, sign, d]) => `${sign * n}/${d}`);

/** `[[x, w], …]` with `count` different places and weights that sum to one. */
const pairs = (place: fc.Arbitrary<string>, count: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.uniqueArray(place, { minLength: count, maxLength: count, selector: value }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: count, maxLength: count }),
    )
    .map(([places, weights]) => {
      const total = weights.reduce((sum, w) => sum + w, 0);
      return `[${places.map((x, k) => `[${x}, ${weights[k]}/${total}]`).join(", ")}]`;
    });

function value(text: string): number {
  const [n, d] = text.split("/");
  return Number(n) / Number(d);
}

const freelyDivisible: fc.Arbitrary<string> = fc.oneof(
  positiveText.map((c) => `mp(${c})`),
  positiveText.map((v) => `semicircle(${v})`),
  fc.tuple(anyText, fc.constantFrom("0", "1/3", "1", "5/2")).map(([a, b]) => `freeMeixner(${a}, ${b})`),
  fc.tuple(positiveText, pairs(jump, 1)).map(([rate, list]) => `compoundFreePoisson(${rate}, ${list})`),
  fc.tuple(positiveText, pairs(jump, 2)).map(([rate, list]) => `compoundFreePoisson(${rate}, ${list})`),
  fc
    .tuple(anyText, positiveText, positiveText, pairs(jump, 1))
    .map(([drift, variance, rate, list]) => `freeLevy(${drift}, ${variance}, ${rate}, ${list})`),
);

/** Freely infinitely divisible laws: they can be decompressed by any tau. */
export const divisibleLaw: fc.Arbitrary<string> = freelyDivisible;

/** Laws of many kinds: with atoms, several bulks, hard edges, irrational edges. */
export const anyLaw: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: freelyDivisible },
  {
    weight: 1,
    arbitrary: fc.tuple(positiveText, pairs(anyText, 2)).map(([v, list]) => `deformedWigner(${v}, ${list})`),
  },
  { weight: 1, arbitrary: pairs(anyText, 3).map((list) => `atoms(${list})`) },
  { weight: 1, arbitrary: fc.tuple(freelyDivisible, positiveText).map(([law, v]) => `(${law}) [+] semicircle(${v})`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .filter(([a, b]) => a + b > 2)
      .map(([a, b]) => `wachter(${a}/2, ${b}/2)`),
  },
);

/** A law with the text that made it, so that a counterexample can be read. */
export function lawOf(text: string): Law {
  return parseLaw(text);
}
