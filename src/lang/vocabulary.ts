import {
  anticommutator,
  commutator,
  freeDifference,
  freeProduct,
  freeQuotient,
  freeSum,
  mix,
  multiplicativePower,
  square,
  squareRoot,
} from "../convolution/index.js";
import { type Budget, DomainError, InternalError } from "../core/index.js";
import { ArgumentError, type ArgumentValue, catalogue, type Domain, nonZero, positive } from "../ensembles/index.js";
import {
  companion,
  compress,
  decompress,
  deform,
  inverse,
  mobius,
  power,
  scale,
  semicircularFlow,
  shift,
} from "../flow/index.js";
import { type Law, lawFromCurve, type Operand } from "../law/index.js";
import {
  augment,
  doublyCorrelatedWishart,
  informationPlusNoise,
  productOfWisharts,
  project,
  rectangularFreeSum,
  rectangularPower,
  sampleCovariance,
  weightedWishart,
} from "../models/index.js";
import type { Polynomial, RationalFunction } from "../poly/index.js";
import { QQ, rational } from "../rings/index.js";

/** What an argument must be. `integer` is a positive integer; `pairs` a list `[[location, weight], …]`; `scalars` a list. */
export type ArgumentKind = "law" | "scalar" | "integer" | "pairs" | "polynomial" | "scalars";

/** One argument of a law or an operation, as help texts and completion show it. */
export interface ParameterSpec {
  readonly name: string;
  readonly kind: ArgumentKind;
  readonly doc: string;
  /** What a numeric scalar must satisfy. */
  readonly domain?: Domain;
  readonly optional?: boolean;
}

/** A law or an operation of the input language. */
export interface VocabularyEntry {
  readonly name: string;
  readonly doc: string;
  readonly arguments: readonly ParameterSpec[];
  /** What it makes of arguments that have the kinds of `arguments`. */
  make(values: ArgumentReader): Law;
}

/** The evaluated arguments of a call, by position. */
export interface ArgumentReader {
  readonly length: number;
  /** What eliminations may cost. */
  readonly budget: Budget;
  law(position: number): Law;
  scalar(position: number): RationalFunction;
  polynomial(position: number): Polynomial;
  scalars(position: number): readonly RationalFunction[];
  /** A scalar or a list of pairs, as the catalogue takes it. */
  catalogueValue(position: number): ArgumentValue;
}

export function argumentReader(operands: readonly Operand[], budget: Budget): ArgumentReader {
  const at = <K extends Operand["kind"]>(position: number, kind: K): Extract<Operand, { kind: K }> => {
    const operand = operands[position];
    if (operand?.kind !== kind) throw new InternalError(`argument ${position} is not a ${kind}`);
    return operand as Extract<Operand, { kind: K }>;
  };
  return {
    budget,
    length: operands.length,
    law: (position) => at(position, "law").law,
    scalar: (position) => at(position, "scalar").value,
    polynomial: (position) => at(position, "polynomial").value,
    scalars: (position) => at(position, "scalars").values,
    catalogueValue: (position) =>
      operands[position]?.kind === "pairs" ? at(position, "pairs").pairs : at(position, "scalar").value,
  };
}

const curveEntry: VocabularyEntry = {
  name: "curve",
  doc: "the law of any curve, given as a polynomial in z and m",
  arguments: [
    { name: "polynomial", kind: "polynomial", doc: 'text such as "m^2 + z*m + 1"' },
    {
      name: "moments",
      kind: "scalars",
      doc: "mu_1, mu_2, … when several branches of the curve look like a law at infinity",
      optional: true,
    },
  ],
  make(values) {
    try {
      return lawFromCurve(values.polynomial(0), values.length > 1 ? { moments: values.scalars(1) } : {}, values.budget);
    } catch (error) {
      if (error instanceof DomainError) throw new ArgumentError(error.message, { argument: 0 });
      throw error;
    }
  },
};

const productEntry: VocabularyEntry = {
  name: "productOfWisharts",
  doc: "Y Y* for a product Y of k independent Gaussian matrices, Y with p rows and the k-th with n_k columns: mp(c1) ⊠ mp(c2) ⊠ …",
  arguments: [{ name: "ratios", kind: "scalars", doc: "c1, c2, …, the aspect ratios p/n_k" }],
  make: (values) => productOfWisharts(values.scalars(0), values.budget),
};

/** The laws of the input language: the catalogue, products of any number of Wisharts, and `curve` for any other. */
export const laws: readonly VocabularyEntry[] = [
  ...catalogue.map(
    (entry): VocabularyEntry => ({
      name: entry.name,
      doc: entry.title,
      arguments: entry.arguments.map((spec) => ({ ...spec, kind: spec.kind === "atoms" ? "pairs" : spec.kind })),
      make: (values) =>
        entry.lawWithin(
          values.budget,
          ...Array.from({ length: values.length }, (_, position) => values.catalogueValue(position)),
        ),
    }),
  ),
  productEntry,
  curveEntry,
];

const operand: ParameterSpec = { name: "L", kind: "law", doc: "the law it is applied to" };
const first: ParameterSpec = { name: "A", kind: "law", doc: "a law" };
const second: ParameterSpec = { name: "B", kind: "law", doc: "a law" };
const third: ParameterSpec = { name: "C", kind: "law", doc: "a law" };
const scalar = (name: string, doc: string, domain?: Domain): ParameterSpec => ({
  name,
  kind: "scalar",
  doc,
  ...(domain === undefined ? {} : { domain }),
});

const aspectRatio: ParameterSpec = scalar("c", "aspect ratio p/n", positive);

const unitInterval: Domain = {
  text: "with 0 < alpha <= 1",
  holds: (value) => QQ.sign(value) > 0 && QQ.compare(value, rational(1)) <= 0,
};
const properWeight: Domain = {
  text: "between 0 and 1",
  holds: (value) => QQ.sign(value) > 0 && QQ.compare(value, rational(1)) < 0,
};

const nonNegative: Domain = { text: ">= 0", holds: (value) => QQ.sign(value) >= 0 };

/** The operations of the input language. In a pipeline the law on the left is the first argument that is a law. */
export const operations: readonly VocabularyEntry[] = [
  {
    name: "decompress",
    doc: "the law of a matrix tau times as large, of which L is a free corner",
    arguments: [operand, scalar("tau", "ratio of the matrix sizes", positive)],
    make: (values) => decompress(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "compress",
    doc: "the law of a free corner of relative size alpha",
    arguments: [operand, scalar("alpha", "relative size of the corner", unitInterval)],
    make: (values) => compress(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "shift",
    doc: "X + b",
    arguments: [operand, scalar("b", "what is added")],
    make: (values) => shift(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "scale",
    doc: "a X",
    arguments: [operand, scalar("a", "the factor", nonZero)],
    make: (values) => scale(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "power",
    doc: "free convolution power: the free sum of s copies",
    arguments: [operand, scalar("s", "the exponent", positive)],
    make: (values) => power(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "semicircularFlow",
    doc: "the free sum with a semicircle law of variance v",
    arguments: [operand, scalar("v", "variance", positive)],
    make: (values) => semicircularFlow(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "inverse",
    doc: "X^-1",
    arguments: [operand],
    make: (values) => inverse(values.law(0), values.budget),
  },
  {
    name: "mobius",
    doc: "(a X + b)(c X + d)^-1",
    arguments: [
      operand,
      scalar("a", "numerator"),
      scalar("b", "numerator"),
      scalar("c", "denominator"),
      scalar("d", "denominator"),
    ],
    make: (values) =>
      mobius(values.law(0), values.scalar(1), values.scalar(2), values.scalar(3), values.scalar(4), values.budget),
  },
  {
    name: "square",
    doc: "X^2",
    arguments: [operand],
    make: (values) => square(values.law(0), values.budget),
  },
  {
    name: "squareRoot",
    doc: "the symmetric law whose square is the positive law L",
    arguments: [operand],
    make: (values) => squareRoot(values.law(0), values.budget),
  },
  {
    name: "companion",
    doc: "the law of X* X from that of X X*, for a p x n matrix X",
    arguments: [operand, scalar("c", "aspect ratio p/n", positive)],
    make: (values) => companion(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "deform",
    doc: "decompression of a Gram matrix of aspect ratio c with n fixed: the ratio becomes tau c",
    arguments: [
      operand,
      scalar("c", "aspect ratio p/n", positive),
      scalar("tau", "ratio of the matrix sizes", positive),
    ],
    make: (values) => deform(values.law(0), values.scalar(1), values.scalar(2), values.budget),
  },
  {
    name: "freeSum",
    doc: "the free sum A ⊞ B, also written A [+] B",
    arguments: [first, second],
    make: (values) => freeSum(values.law(0), values.law(1), values.budget),
  },
  {
    name: "freeProduct",
    doc: "the free product A ⊠ B, also written A [*] B; one factor is positive",
    arguments: [first, second],
    make: (values) => freeProduct(values.law(0), values.law(1), values.budget),
  },
  {
    name: "freeDifference",
    doc: "the B with A ⊞ B = C; `is-spectrum` tells whether it is a law",
    arguments: [third, first],
    make: (values) => freeDifference(values.law(0), values.law(1), values.budget),
  },
  {
    name: "freeQuotient",
    doc: "the B with A ⊠ B = C; `is-spectrum` tells whether it is a law",
    arguments: [third, first],
    make: (values) => freeQuotient(values.law(0), values.law(1), values.budget),
  },
  {
    name: "multiplicativePower",
    doc: "free multiplicative power: the free product of s copies of a positive law",
    arguments: [operand, scalar("s", "the exponent, a positive number", positive)],
    make: (values) => multiplicativePower(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "commutator",
    doc: "i(ab − ba) for free a and b of the laws A and B",
    arguments: [first, second],
    make: (values) => commutator(values.law(0), values.law(1), values.budget),
  },
  {
    name: "anticommutator",
    doc: "ab + ba for free a and b of the symmetric laws A and B",
    arguments: [first, second],
    make: (values) => anticommutator(values.law(0), values.law(1), values.budget),
  },
  {
    name: "mix",
    doc: "the mixture w A + (1 − w) B",
    arguments: [scalar("w", "the weight of A", properWeight), first, second],
    make: (values) => mix(values.scalar(0), values.law(1), values.law(2), values.budget),
  },
  {
    name: "augment",
    doc: "A with a block x times the identity, which is the share w of the whole",
    arguments: [first, scalar("w", "share of the block", properWeight), scalar("x", "its eigenvalue")],
    make: (values) => augment(values.law(0), values.scalar(1), values.scalar(2), values.budget),
  },
  {
    name: "project",
    doc: "P A P on the whole space, for a free projection P of rank alpha times the size",
    arguments: [first, scalar("alpha", "relative rank of the projection", unitInterval)],
    make: (values) => project(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "sampleCovariance",
    doc: "A^(1/2) X X* A^(1/2)/n for a p x n matrix X of independent entries and population covariance A: A ⊠ mp(c)",
    arguments: [first, aspectRatio],
    make: (values) => sampleCovariance(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "weightedWishart",
    doc: "X B X*/n for a p x n matrix X of independent entries and n weights of law B",
    arguments: [second, aspectRatio],
    make: (values) => weightedWishart(values.law(0), values.scalar(1), values.budget),
  },
  {
    name: "doublyCorrelatedWishart",
    doc: "A^(1/2) X B X* A^(1/2)/n for a p x n matrix X of independent entries; A or B is non-negative",
    arguments: [first, second, aspectRatio],
    make: (values) => doublyCorrelatedWishart(values.law(0), values.law(1), values.scalar(2), values.budget),
  },
  {
    name: "informationPlusNoise",
    doc: "(R + sqrt(v) X)(R + sqrt(v) X)*/n for a p x n matrix X of independent entries, where R R*/n has the law A",
    arguments: [first, scalar("v", "variance of the noise", nonNegative), aspectRatio],
    make: (values) => informationPlusNoise(values.law(0), values.scalar(1), values.scalar(2), values.budget),
  },
  {
    name: "rectangularFreeSum",
    doc: "(R + S)(R + S)* for p x n matrices in general position, where R R* has the law A and S S* the law B",
    arguments: [first, second, aspectRatio],
    make: (values) => rectangularFreeSum(values.law(0), values.law(1), values.scalar(2), values.budget),
  },
  {
    name: "rectangularPower",
    doc: "the rectangular free sum of s copies",
    arguments: [first, scalar("s", "the exponent", positive), aspectRatio],
    make: (values) => rectangularPower(values.law(0), values.scalar(1), values.scalar(2), values.budget),
  },
];

/** `decompress(L, tau)`; optional arguments in brackets. */
export function signature(entry: VocabularyEntry): string {
  const names = entry.arguments.map((spec) => spec.name);
  const required = entry.arguments.filter((spec) => spec.optional !== true).length;
  const optional = names.slice(required).map((name) => `[, ${name}]`);
  return `${entry.name}(${names.slice(0, required).join(", ")}${optional.join("")})`;
}

/** The name that was most likely meant: the nearest in edit distance, if it is near; case does not count. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and exchanges of neighbours that turn one word into another. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 12) return Number.POSITIVE_INFINITY;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : replaced;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
