import { algebraicToDecimal, algebraicToNumber, type Law, parseLaw, support } from "freecurve";
import { bench, describe } from "vitest";

// The support of each reference law, new each time: what is known about a law is kept with it, so every round takes a slightly different
// parameter and reads the law anew. Edges and masses are checked before anything is timed. Nothing here asserts a time.

/** The laws of the catalogue with `e` for a small rational, and their edges for e = 0. */
const laws: readonly (readonly [name: string, text: string, edges: readonly number[]])[] = [
  ["semicircle", "semicircle(1 + e)", [-2, 2]],
  ["mp, no atom", "mp(1/2 + e)", [0.0857864376269, 2.9142135623731]],
  ["mp, atom at 0", "mp(3 + e)", [0.5358983848622, 7.4641016151378]],
  ["freePoisson", "freePoisson(1/2 + e, 2)", [0.1715728752538, 5.8284271247462]],
  [
    "compoundFreePoisson",
    "compoundFreePoisson(1/10 + e, [[2, 3/4], [11/2, 1/4]])",
    [1.005518159668944, 3.125689231439146, 4.162723779878571, 7.595354543299054],
  ],
  [
    "freeLevy",
    "freeLevy(0, 4/25, 1/10 + e, [[2, 3/4], [11/2, 1/4]])",
    [
      -0.7651182134080943, 0.7493129929009757, 1.117625760395267, 3.187763768939657, 4.19744005606059,
      7.620443167579137,
    ],
  ],
  ["atoms", "atoms([[e, 1/2], [1, 1/3], [5/2, 1/6]])", []],
  ["arcsine", "arcsine(0, 1 + e)", [0, 1]],
  ["kestenMcKay", "kestenMcKay(5 + e)", [-4, 4]],
  ["wachter", "wachter(1/2 + e, 3/4)", [0.16808164115469, 0.95191835884531]],
  ["freeMeixner", "freeMeixner(3 + e, 1)", [0.1715728752538, 5.8284271247462]],
  ["fussCatalan(2)", "scale(fussCatalan(2), 1 + e)", [0, 6.75]],
  ["fussCatalan(3)", "scale(fussCatalan(3), 1 + e)", [0, 256 / 27]],
  ["bures", "scale(bures(), 1 + e)", [0, 3 * Math.sqrt(3)]],
  ["deformedWigner, one bulk", "deformedWigner(2 + e, [[-1, 1/2], [1, 1/2]])", [-3.3301906767856, 3.3301906767856]],
  [
    "deformedWigner, two bulks",
    "deformedWigner(1/4 + e, [[-1, 1/2], [1, 1/2]])",
    [-1.7601725930461, -0.36900872982819, 0.36900872982819, 1.7601725930461],
  ],
  ["deformedWigner, cusp", "shift(deformedWigner(1, [[-1, 1/2], [1, 1/2]]), e)", [-2.598076211, 2.598076211]],
  ["silverstein", "silverstein(1/2 + e, [[1, 1/2], [3, 1/2]])", []],
  ["inverseMp", "inverseMp(1/4 + e)", [4 / 9, 4]],
  ["wignerPlusWishart", "wignerPlusWishart(3/128, 3/8 + e)", [0, 2.646867509]],
  ["semicircle [+] mp", "semicircle(1) [+] mp(1/2 + e)", [-1.3214539015227, 3.6657262271695]],
  ["mp [*] mp", "mp(1/2 + e) [*] mp(1/4)", [0.0559355743, 3.7466902227]],
  ["Fisher", "mp(1/2 + e) [*] inverseMp(1/4)", []],
  [
    "compoundFreePoisson at tau = 6",
    "compoundFreePoisson(1/10 + e, [[2, 3/4], [11/2, 1/4]]) |> decompress(6)",
    [9.40115016055379, 14.7399171820737, 29.1226221893949, 37.6255962822631],
  ],
];

const few = { time: 250, iterations: 5, warmupTime: 100, warmupIterations: 5 };
let round = 0;
/** The law with a parameter that no round before had. */
const fresh = (text: string): Law => {
  round++;
  return parseLaw(text.replaceAll(/\be\b/g, `1/${1e9 + round}`));
};

function check(name: string, text: string, edges: readonly number[]): void {
  const { intervals, atoms } = support(parseLaw(text.replaceAll(/\be\b/g, "0")));
  const found = intervals.flatMap(({ left, right }) => [left, right].map(algebraicToNumber));
  const wrong = edges.length > 0 && found.some((x, k) => !(Math.abs(x - edges[k]!) < 1e-6 * (1 + Math.abs(x))));
  const mass = atoms.reduce(
    (sum, { weight }) => sum + algebraicToNumber(weight),
    intervals.reduce((sum, bulk) => sum + bulk.mass, 0),
  );
  if (wrong || (edges.length > 0 && found.length !== edges.length) || !(Math.abs(mass - 1) < 1e-9)) {
    throw new Error(`${name}: edges ${found.join(", ")} where ${edges.join(", ")} were expected, mass ${mass}`);
  }
}

for (const [name, text, edges] of laws) check(name, text, edges);

describe("support of a new law, and the law read from text", () => {
  for (const [name, text] of laws) {
    bench(
      name,
      () => {
        support(fresh(text));
      },
      few,
    );
  }
});

describe("the law read from text alone", () => {
  for (const [name, text] of laws) {
    bench(
      name,
      () => {
        fresh(text);
      },
      few,
    );
  }
});

const compound = "compoundFreePoisson(1/10 + e, [[2, 3/4], [11/2, 1/4]])";
const references = ["1.00551815966894", "3.12568923143915", "4.16272377987857", "7.59535454329905"];
const decimals = (law: Law, digits: number): string[] =>
  support(law).intervals.flatMap(({ left, right }) => [left, right].map((edge) => algebraicToDecimal(edge, digits)));
const thousand = decimals(parseLaw(compound.replace("+ e", "")), 1000);
if (!thousand.every((edge, k) => edge.startsWith(references[k]!.slice(0, 14)) && edge.length > 990)) {
  throw new Error(`edges ${thousand.join(", ")}`);
}

describe("the four edges of a new compound free Poisson law", () => {
  for (const digits of [15, 100, 1000]) {
    bench(
      `${digits} digits`,
      () => {
        decimals(fresh(compound), digits);
      },
      few,
    );
  }
});
