import {
  algebraicToDecimal,
  decompress,
  type Horizon,
  horizon,
  type Law,
  lawFromCurve,
  orThrow,
  parseLaw,
} from "freecurve";
import { bench, describe } from "vitest";

// The time of a horizon of a law that is new each time, since what is known about a law is kept with it. The result is checked once
// before anything is timed. Nothing here asserts a time.

/** Laws with horizons in closed form; the last one was bracketed by Hankel determinants. */
const reference: readonly (readonly [string, string])[] = [
  ["semicircle(1)", "infinity"],
  ["mp(1/50)", "infinity"],
  ["compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])", "infinity"],
  ["freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])", "infinity"],
  ["fussCatalan(3)", "infinity"],
  ["bures()", "infinity"],
  ["kestenMcKay(4)", "4"],
  ["wachter(2, 3)", "5"],
  ["deformedWigner(2, [[-1, 1/2], [1, 1/2]])", "1.125"],
  ["deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])", "1"],
  ["deformedWigner(1011/1000, [[-1, 1/2], [1, 1/2]])", "1.000029921"],
  ["deformedWigner(5, [[-2, 1/3], [0, 1/3], [3, 1/3]])", "1.053778203"],
];

/**
 * Dense curves of degrees (K, L) in m and z: the terms that make m = −1/z − … a branch at infinity, and small coefficients in all others. By
 * horizon(decompress(L, 1/2)) = 2 horizon(L) each checks itself.
 */
function denseCurve(degreeM: number, degreeZ: number, seed: number): string {
  let state = seed;
  const next = (): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return (state % 9) + 1;
  };
  // Near the semicircle law of variance 1, times a polynomial without common factor: P = (m² + z m + 1) Q + small terms that vanish at infinity.
  const terms: string[] = [];
  for (let j = 0; j + 2 <= degreeM; j++) {
    for (let i = 0; i + 1 <= degreeZ; i++) terms.push(`${next()}/${i + j === 0 ? 1 : 20}*m^${j}*z^${i}`);
  }
  return `(m^2 + z*m + 1)*(${terms.join(" + ")}) + 1/1000*m^${degreeM}`;
}

const dense: readonly (readonly [string, Law])[] = (
  [
    [2, 1, 1],
    [3, 1, 2],
    [3, 2, 3],
  ] as const
).map(([m, z, seed]) => [`dense, degrees ${m} and ${z}`, lawFromCurve(denseCurve(m, z, seed))]);

const text = ({ tau }: Horizon): string => (tau === "infinity" ? tau : algebraicToDecimal(tau, 10));

for (const [law, expected] of reference) {
  const found = text(orThrow(horizon(parseLaw(law))));
  if (found !== expected && Number(found) !== Number(expected)) {
    throw new Error(`${law}: horizon ${found}, expected ${expected}`);
  }
}
for (const [name, law] of dense) {
  const [here, there] = [law, decompress(law, "1/2")].map((l) => text(orThrow(horizon(l))));
  if (here !== there && Math.abs(2 * Number(here) - Number(there)) > 1e-8) {
    throw new Error(`${name}: horizon ${here}, ${there} after compression by 1/2`);
  }
}

const few = { time: 300, iterations: 3, warmupTime: 0, warmupIterations: 1 };

describe("horizon of a new reference law", () => {
  for (const [law] of reference) bench(law, () => void horizon(parseLaw(law)), few);
});

describe("horizon of a new dense curve", () => {
  for (const [name, law] of dense) bench(name, () => void horizon({ ...law }), few);
});
