import { writeSync } from "node:fs";
import { inspect } from "node:util";
import { parseLaw } from "freecurve";
import { bench, describe } from "vitest";
import { seededRandom } from "../../../src/core/index.js";
import { quantiles } from "../../../src/density/index.js";
import { catalogue, sample } from "../../../src/ensembles/index.js";
import { answersOf, extrapolate } from "../../../src/fit/index.js";
import type { Law } from "../../../src/law/index.js";
import { type LevyParameters, levySpectrum, type SpectrumEstimate } from "../../../src/regression/index.js";
import { boundDraws, decompressed } from "./cramer-rao.js";

// Eigenvalues of matrices of size 1000, extrapolated to 32 times the size without help, against the exact law there. `law`: the matrix has the law itself; `corner`: it is a corner of a matrix of 32 times the size that has it;
// `quantiles`: its quantiles in place of eigenvalues, for which no bound holds. Errors are given as median and worst over the seeds; `bound` is the root mean square of the same error over laws drawn at the
// Cramér–Rao bound (see cramer-rao.ts), `ratio` the root mean square of the error over it, where every seed has one. The tables are printed once; nothing asserts a time. `npm run bench -- fit`.

const size = 1000;
const factor = 32;
/** The median of five has 1.25/√5 = 0.56 times the spread of one error: enough to tell it from twice the bound. */
const seeds = 5;
const boundCount = 100;

type Form = "law" | "corner";

const levy = (
  variance: number,
  rate: number,
  jumps: readonly (readonly [t: number, weight: number])[],
): LevyParameters => ({
  drift: 0,
  variance,
  jumps: jumps.map(([t, weight]) => ({ t, rate: rate * weight })),
});
const pair = [
  [2, 3 / 4],
  [11 / 2, 1 / 4],
] as const;
const halves = [
  [1, 1 / 2],
  [6, 1 / 2],
] as const;

const laws: readonly (readonly [text: string, levy: LevyParameters, family: string])[] = [
  ["semicircle(1)", levy(1, 0, []), "semicircle"],
  ["mp(1/50)", levy(0, 50, [[1 / 50, 1]]), "free Poisson (Marchenko-Pastur up to scale)"],
  ["mp(1/2)", levy(0, 2, [[1 / 2, 1]]), "free Poisson (Marchenko-Pastur up to scale)"],
  ["mp(2)", levy(0, 1 / 2, [[2, 1]]), "free Poisson (Marchenko-Pastur up to scale)"],
  ["compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])", levy(0, 1 / 10, pair), "free Poisson with 2 jumps"],
  ["compoundFreePoisson(1/4, [[1, 1/2], [6, 1/2]])", levy(0, 1 / 4, halves), "free Poisson with 2 jumps"],
  ["freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])", levy(4 / 25, 1 / 10, pair), "free Lévy with 2 jumps"],
  [
    "freeLevy(0, 1, 1/4, [[4, 1]])",
    levy(1, 1 / 4, [[4, 1]]),
    "semicircle plus free Poisson (Pennington-Bahri up to scale)",
  ],
  [
    "wignerPlusWishart(1/10, 1)",
    levy(1 / 5, 1, [[1, 1]]),
    "semicircle plus free Poisson (Pennington-Bahri up to scale)",
  ],
];

/** What is compared, of an exact law, of an extrapolation and of a draw at the bound alike. */
interface Shape {
  readonly bulks: readonly { readonly left: number; readonly right: number }[];
  readonly atoms: readonly { readonly at: number; readonly weight: number }[];
  cumulative(x: number): number;
  quantile(p: number): number;
}

const shapeOf = ({ intervals, ...rest }: SpectrumEstimate): Shape => ({ bulks: intervals, ...rest });
const zeroWeight = ({ atoms }: Shape): number =>
  atoms.reduce((sum, { at, weight }) => (at === 0 ? sum + weight : sum), 0);
const logdet = (shape: Shape): number => answersOf(shape).find(({ name }) => name === "logdet")?.value ?? Number.NaN;

const quantities = ["KS", "W1", "atom", "edges", "logdet"] as const;
type Errors = Record<(typeof quantities)[number], number>;

/** KS of the bulk, given that a number is not in the atom at 0; edges relative to their size, or a tenth of the width where that is more; NaN where the number of bulks differs. */
function errorsOf(found: Shape, exact: Shape): Errors {
  const [foundZero, zero] = [zeroWeight(found), zeroWeight(exact)];
  const ends = ({ bulks }: Shape): number[] => bulks.flatMap(({ left, right }) => [left, right]);
  const [edges, others] = [ends(exact), ends(found)];
  const width = edges.at(-1)! - edges[0]!;
  const outside = (mass: number, atom: number, x: number): number => (mass - (x >= 0 ? atom : 0)) / (1 - atom);
  let KS = 0;
  for (const { left, right } of exact.bulks) {
    for (let k = 0; k <= 400; k++) {
      const x = (left + right) / 2 - 0.6 * (right - left) * Math.cos((k * Math.PI) / 400);
      KS = Math.max(KS, Math.abs(outside(exact.cumulative(x), zero, x) - outside(found.cumulative(x), foundZero, x)));
    }
  }
  let W1 = 0;
  const points = 1000;
  for (let k = 0; k < points; k++) {
    W1 += Math.abs(exact.quantile((k + 0.5) / points) - found.quantile((k + 0.5) / points)) / points;
  }
  return {
    KS,
    W1,
    atom: Math.abs(foundZero - zero),
    edges:
      edges.length === others.length
        ? Math.max(...edges.map((edge, k) => Math.abs(others[k]! - edge) / Math.max(Math.abs(edge), 0.1 * width)))
        : Number.NaN,
    logdet: Math.abs(logdet(found) - logdet(exact)),
  };
}

interface Found extends Errors {
  readonly name: string;
  readonly seconds: number;
}

function extrapolated(matrices: readonly Float64Array[], exact: Shape): Found {
  const start = process.cpuUsage();
  const found = extrapolate(matrices[0]!, {
    to: factor * size,
    bands: false,
    ...(matrices.length > 1 ? { samples: matrices.slice(1) } : {}),
  });
  const { user } = process.cpuUsage(start);
  const { quantiles: values, bulks, atoms, cumulative } = found;
  const quantile = (p: number): number => values[Math.floor(p * values.length)]!;
  return { name: found.fit.name, seconds: user / 1e6, ...errorsOf({ bulks, atoms, cumulative, quantile }, exact) };
}

const sizesOf = (form: Form, whole: LevyParameters): { small: LevyParameters; exact: Shape } =>
  form === "law"
    ? { small: whole, exact: shapeOf(levySpectrum(decompressed(whole, factor))!) }
    : { small: decompressed(whole, 1 / factor), exact: shapeOf(levySpectrum(whole)!) };

/** The root mean square of every error over draws at the bound; NaN where a draw in twenty has none. */
function boundOf(small: LevyParameters, exact: Shape, copies = 1): Errors {
  const all = boundDraws(small, { size, copies, factor, count: boundCount }).map((draw) =>
    errorsOf(shapeOf(draw), exact),
  );
  const of = (quantity: keyof Errors): number => {
    const values = all.map((errors) => errors[quantity]).filter((value) => !Number.isNaN(value));
    return values.length < 0.95 * boundCount ? Number.NaN : rootMeanSquare(values);
  };
  return Object.fromEntries(quantities.map((quantity) => [quantity, of(quantity)])) as unknown as Errors;
}

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const rounded = (value: number): string => (Number.isNaN(value) ? "–" : value.toPrecision(2));

function row(found: readonly Found[], bound: Errors | undefined, family: string): Record<string, string> {
  const cells = quantities.map((quantity) => {
    const values = found.map((errors) => errors[quantity]);
    const [middle, worst] = [rounded(median(values)), values.some(Number.isNaN) ? "–" : rounded(Math.max(...values))];
    const limit = bound?.[quantity] ?? Number.NaN;
    const ratio = limit > 1e-9 ? rounded(rootMeanSquare(values) / limit) : "–";
    return [quantity, bound === undefined ? `${middle} ${worst}` : `${middle} ${worst} | ${rounded(limit)} | ${ratio}`];
  });
  return {
    ...Object.fromEntries(cells),
    found: `${found.filter(({ name }) => name === family).length}/${found.length}`,
    "s (user)": median(found.map(({ seconds }) => seconds)).toFixed(1),
  };
}

/** The same laws compressed by 32, by their names, which have matrix models. */
const corners: Readonly<Record<string, string>> = {
  "semicircle(1)": "semicircle(1/32)",
  "mp(1/50)": "mp(1/1600)",
  "mp(1/2)": "mp(1/64)",
  "mp(2)": "mp(1/16)",
  "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])": "compoundFreePoisson(16/5, [[1/16, 3/4], [11/64, 1/4]])",
  "compoundFreePoisson(1/4, [[1, 1/2], [6, 1/2]])": "compoundFreePoisson(8, [[1/32, 1/2], [3/16, 1/2]])",
  "freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])": "freeLevy(0, 1/200, 16/5, [[1/16, 3/4], [11/64, 1/4]])",
  "freeLevy(0, 1, 1/4, [[4, 1]])": "freeLevy(0, 1/32, 8, [[1/8, 1]])",
  "wignerPlusWishart(1/10, 1)": "wignerPlusWishart(1/320, 1/32)",
};

const smallLaw = (form: Form, text: string): Law => parseLaw(form === "law" ? text : corners[text]!);

/** With several matrices pooled, the standard errors shrink like one over the root of their number. */
const pooled: readonly (readonly [law: number, form: Form, most: number])[] = [
  [4, "law", 4],
  [5, "corner", 16],
  [6, "corner", 16],
  [8, "corner", 4],
];
const pools = [
  { copies: 4, runs: 3 },
  { copies: 16, runs: 1 },
];

const made = new Map<string, Float64Array>();

/** Eigenvalues that were made already serve pooled rows again. */
function matrix(law: Law, form: Form, text: string, seed: number): Float64Array {
  const key = `${form} ${text} ${seed}`;
  const values = made.get(key) ?? sample(law, size, seed);
  made.set(key, values);
  return values;
}

/** At once: what is logged stays with the worker until the whole suite is made. */
const print = (title: string, cells: Record<string, string> = {}): void => {
  writeSync(1, `${title} ${Object.keys(cells).length > 0 ? inspect(cells, { breakLength: Infinity }) : ""}\n`);
};

describe("extrapolation of known laws by 32", () => {
  print(`matrices: median worst | bound | ratio, over ${seeds} seeds`);
  for (const form of ["law", "corner"] as const) {
    for (const [text, whole, family] of laws) {
      const { small, exact } = sizesOf(form, whole);
      const law = smallLaw(form, text);
      const found = Array.from({ length: seeds }, (_, seed) =>
        extrapolated([matrix(law, form, text, seed + 1)], exact),
      );
      print(`${form} ${text}`, row(found, boundOf(small, exact), family));
    }
  }
  print("quantiles");
  for (const form of ["law", "corner"] as const) {
    for (const [text, whole, family] of laws) {
      const { exact } = sizesOf(form, whole);
      print(`${form} ${text}`, row([extrapolated([quantiles(smallLaw(form, text), size)], exact)], undefined, family));
    }
  }
  print("pooled matrices");
  for (const [index, form, most] of pooled) {
    const [text, whole, family] = laws[index]!;
    const { small, exact } = sizesOf(form, whole);
    const law = smallLaw(form, text);
    for (const { copies, runs } of pools) {
      if (copies > most) continue;
      const found = Array.from({ length: runs }, (_, run) =>
        extrapolated(
          Array.from({ length: copies }, (_, k) => matrix(law, form, text, 1 + run * copies + k)),
          exact,
        ),
      );
      print(`${copies} pooled, ${runs} runs: ${form} ${text}`, row(found, boundOf(small, exact, copies), family));
    }
  }
  const mp = catalogue.find((entry) => entry.name === "mp")!.sample as (...all: unknown[]) => Float64Array;
  const many = mp(10_000, seededRandom(2), "1/4");
  bench(
    "mp(1/4), 10 000 eigenvalues, extrapolated by 32",
    () => {
      extrapolate(many, { to: 320_000 });
    },
    { iterations: 3, warmupIterations: 1, time: 0 },
  );
});
