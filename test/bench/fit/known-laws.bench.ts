import { parseLaw, statistic } from "freecurve";
import { bench, describe } from "vitest";
import { seededRandom } from "../../../src/core/index.js";
import { type Distribution, distribution, quantiles } from "../../../src/density/index.js";
import { catalogue } from "../../../src/ensembles/index.js";
import { type Extrapolation, extrapolate, fit as fitLaw } from "../../../src/fit/index.js";
import { compress } from "../../../src/flow/index.js";
import { type Law, support } from "../../../src/law/index.js";
import { levySpectrum, type SpectrumEstimate } from "../../../src/regression/index.js";
import { algebraicToNumber } from "../../../src/roots/index.js";

// Eigenvalues of a matrix of size 1000 sampled from the compressed law, extrapolated to 32 times the size without help and compared with the exact law there. `bound` is what no method can do much
// better than: the median Kolmogorov–Smirnov distance, and the standard error of the worst edge, of laws drawn with the inverse Fisher information of the true family at the true law (Cramér and Rao), in the Gaussian
// limit of the noise of the eigenvalues. The table is printed once; nothing asserts a time. `npm run bench -- fit`.

const size = 1000;
const factor = 32;

/** The law of the large matrix, and how its corner is sampled: an entry of the catalogue with arguments. */
const laws: readonly (readonly [large: string, name: string, ...values: unknown[]])[] = [
  ["semicircle(32)", "semicircle", 1],
  ["mp(8)", "mp", "1/4"],
  ["mp(1)", "mp", "1/32"],
  ["mp(1/2)", "mp", "1/64"],
  ["freePoisson(1/2, 8)", "freePoisson", 16, "1/4"],
  [
    "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])",
    "compoundFreePoisson",
    "16/5",
    [
      ["1/16", "3/4"],
      ["11/64", "1/4"],
    ],
  ],
  [
    "compoundFreePoisson(1/4, [[1, 1/2], [6, 1/2]])",
    "compoundFreePoisson",
    8,
    [
      ["1/32", "1/2"],
      ["3/16", "1/2"],
    ],
  ],
  [
    "freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])",
    "freeLevy",
    0,
    "1/200",
    "16/5",
    [
      ["1/16", "3/4"],
      ["11/64", "1/4"],
    ],
  ],
  ["freeLevy(0, 1, 1/4, [[4, 1]])", "freeLevy", 0, "1/32", 8, [["1/8", 1]]],
  ["wignerPlusWishart(1/2, 4)", "wignerPlusWishart", "1/64", "1/8"],
  ["wignerPlusWishart(1/10, 1)", "wignerPlusWishart", "1/320", "1/32"],
];

interface Row {
  readonly law: string;
  readonly found: string;
  readonly seconds: number;
  readonly ks: number;
  readonly w1: number;
  readonly atom: number;
  readonly edges: number;
  readonly second: number;
  /** NaN where 0 is in the spectrum or below it is some. */
  readonly logdet: number;
  readonly bound: { readonly ks: number; readonly edges: number };
}

const draws = 101;

/** Draws at the fit to quantiles of the small law, which have no noise: the fit is the law itself. */
function boundOf(law: Law): Row["bound"] {
  const { curve } = fitLaw(quantiles(compress(law, { num: 1n, den: BigInt(factor) }), size)).numeric;
  const spectrum = (normals: readonly number[]): SpectrumEstimate | undefined => {
    const { levy } = curve.draw(normals, factor);
    return levy && levySpectrum(levy);
  };
  const centre = spectrum(new Array<number>(curve.coordinates).fill(0));
  if (centre === undefined) return { ks: Number.NaN, edges: Number.NaN };
  const ends = ({ intervals }: SpectrumEstimate): number[] => intervals.flatMap(({ left, right }) => [left, right]);
  const edges = ends(centre);
  const width = edges.at(-1)! - edges[0]!;
  const random = seededRandom(7);
  const all = Array.from({ length: draws }, () =>
    spectrum(Array.from({ length: curve.coordinates }, () => random.normal())),
  ).filter((draw) => draw !== undefined);
  const nonzero = ({ atoms }: SpectrumEstimate): number => atoms.reduce((sum, { weight }) => sum - weight, 1);
  const above = (from: SpectrumEstimate, x: number): number => (1 - from.cumulative(x)) / nonzero(from);
  const places = centre.intervals.flatMap(({ left, right }) =>
    Array.from({ length: 101 }, (_, k) => (left + right) / 2 - ((right - left) / 2) * Math.cos((k * Math.PI) / 100)),
  );
  const distances = all
    .map((draw) => Math.max(...places.map((x) => Math.abs(above(draw, x) - above(centre, x)))))
    .sort((a, b) => a - b);
  const same = all.map(ends).filter((found) => found.length === edges.length);
  const errors = edges.map(
    (edge, k) =>
      Math.sqrt(same.reduce((sum, found) => sum + (found[k]! - edge) ** 2, 0) / same.length) /
      Math.max(Math.abs(edge), 0.1 * width),
  );
  return { ks: distances[distances.length >> 1]!, edges: Math.max(...errors) };
}

function atomAtZero(atoms: readonly { readonly at: number; readonly weight: number }[]): number {
  return atoms.reduce((sum, { at, weight }) => (at === 0 ? sum + weight : sum), 0);
}

function measure(law: string, name: string, values: readonly unknown[]): Row {
  const entry = catalogue.find((candidate) => candidate.name === name)!;
  const sample = entry.sample as (...all: unknown[]) => Float64Array;
  const eigenvalues = sample(size, seededRandom(1), ...values);
  const start = performance.now();
  const found = extrapolate(eigenvalues, { to: factor * size });
  const seconds = (performance.now() - start) / 1000;
  const exact = parseLaw(law);
  return { law, found: found.fit.name, seconds, bound: boundOf(exact), ...compare(found, exact, distribution(exact)) };
}

function compare(
  found: Extrapolation,
  law: Law,
  exact: Distribution,
): Omit<Row, "law" | "found" | "seconds" | "bound"> {
  const shape = support(law);
  const edges = shape.intervals.flatMap(({ left, right }) => [algebraicToNumber(left), algebraicToNumber(right)]);
  const zero = atomAtZero(
    shape.atoms.map(({ at, weight }) => ({ at: algebraicToNumber(at), weight: algebraicToNumber(weight) })),
  );
  const foundZero = atomAtZero(found.atoms);
  const [low, high] = [edges[0]!, edges.at(-1)!];
  let ks = 0;
  for (let k = 0; k <= 4000; k++) {
    const x = low + ((high - low) * k) / 4000;
    const conditional = (mass: number, atom: number): number => (mass - (x >= 0 ? atom : 0)) / (1 - atom);
    ks = Math.max(ks, Math.abs(conditional(exact.cumulative(x), zero) - conditional(found.cumulative(x), foundZero)));
  }
  let [w1, second] = [0, 0];
  const points = 2000;
  for (let k = 0; k < points; k++) {
    const [a, b] = [
      exact.quantile((k + 0.5) / points),
      found.quantiles[Math.floor(((k + 0.5) / points) * found.quantiles.length)]!,
    ];
    w1 += Math.abs(a - b) / points;
    second += (a * a - b * b) / points;
  }
  const ends = found.bulks.flatMap(({ left, right }) => [left, right]);
  const off =
    ends.length === edges.length
      ? Math.max(...edges.map((edge, k) => Math.abs(ends[k]! - edge) / Math.max(Math.abs(edge), 0.1 * (high - low))))
      : Number.NaN;
  return {
    ks,
    w1,
    atom: Math.abs(foundZero - zero),
    edges: off,
    second: Math.abs(second),
    logdet: logdetError(found, law),
  };
}

function logdetError(found: Extrapolation, law: Law): number {
  const value = found.answers.find(({ name }) => name === "logdet")?.value;
  return typeof value === "number" ? Math.abs(value - Number(statistic(law, "logdet").value)) : Number.NaN;
}

describe("extrapolation of known laws by 32", () => {
  const rows = laws.map(([law, name, ...values]) => measure(law, name, values));
  console.table(
    rows.map((row) => ({
      law: row.law,
      found: row.found,
      "KS (bulk)": row.ks.toFixed(4),
      "KS bound": row.bound.ks.toFixed(4),
      W1: row.w1.toFixed(4),
      atom: row.atom.toFixed(4),
      "edges (rel.)": row.edges.toFixed(4),
      "edge bound": row.bound.edges.toFixed(4),
      "second moment": row.second.toFixed(4),
      logdet: Number.isNaN(row.logdet) ? "not defined" : row.logdet.toFixed(4),
      seconds: row.seconds.toFixed(2),
    })),
  );
  const sample = catalogue.find((entry) => entry.name === "mp")!.sample as (...all: unknown[]) => Float64Array;
  const many = sample(10_000, seededRandom(2), "1/4");
  bench(
    "mp(1/4), 10 000 eigenvalues, extrapolated by 32",
    () => {
      extrapolate(many, { to: 320_000 });
    },
    { iterations: 3, warmupIterations: 1, time: 0 },
  );
});
