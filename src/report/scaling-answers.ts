import { shortNumber } from "../picture/index.js";
import type {
  ExponentEstimate,
  LearningPoint,
  LogDeterminantScaling,
  ModeSpectrum,
  SpectralExponents,
} from "../scaling/index.js";
import type { JsonAnswer } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** A spectrum's exponents and learning curve; `changed` after pruning or noise. */
export interface ScalingAnswer {
  readonly modes: ModeSpectrum;
  readonly exponents: SpectralExponents;
  readonly curve: readonly LearningPoint[];
  readonly changed?: { readonly modes: ModeSpectrum; readonly curve: readonly LearningPoint[] };
}

export function scalingToJson({ modes, exponents, curve, changed }: ScalingAnswer): JsonAnswer {
  return {
    modes: modes.eigenvalues.length,
    exponents,
    curve: curve.map(pointToJson),
    floor: modes.floor,
    ...(changed === undefined
      ? {}
      : {
          changed: {
            modes: changed.modes.eigenvalues.length,
            curve: changed.curve.map(pointToJson),
            floor: changed.modes.floor,
          },
        }),
    guarantee: "estimate",
  };
}

/** What is not defined where nothing is left to learn becomes null. */
function pointToJson(point: LearningPoint): Readonly<Record<string, unknown>> {
  return {
    ...point,
    exponent: Number.isNaN(point.exponent) ? null : point.exponent,
    tailShare: Number.isNaN(point.tailShare) ? null : point.tailShare,
  };
}

export function scalingToText({ modes, exponents, curve, changed }: ScalingAnswer): string {
  const { a, b, learning, ranks } = exponents;
  const rows = [
    ["modes", `${modes.eigenvalues.length}; exponents from ranks ${ranks.first} to ${ranks.last}`],
    ["a", `${withError(a)}   eigenvalues ~ k^-a`],
    ["b", `${withError(b)}   losses lambda w^2 ~ k^-b`],
    [
      "loss",
      "none" in learning ? `no exponent: ${learning.none}` : `~ t^-${withError(learning)}   where its tail dominates`,
    ],
  ];
  const table = [
    ["time", "loss", "exponent", "modes learned", "share of the tail", ...(changed ? ["loss when changed"] : [])],
    ...curve.map((point, k) => [
      shortNumber(point.time, 4),
      shortNumber(point.loss, 5),
      numberOrNone(point.exponent),
      String(point.frontier.modes),
      numberOrNone(point.tailShare),
      ...(changed ? [shortNumber(changed.curve[k]!.loss, 5)] : []),
    ]),
  ];
  return [alignedTable(rows), alignedTable(table, [0, 1, 2, 3, 4, 5])].join("\n\n");
}

interface SizedDeterminant {
  readonly size: number;
  readonly value: number;
  readonly rank: number;
}

/** The scaling law of log-determinants of nested sizes. */
export function logDeterminantToJson(found: readonly SizedDeterminant[], law: LogDeterminantScaling): JsonAnswer {
  return {
    sizes: found.map(({ size }) => size),
    logDeterminants: found.map(({ value }) => value),
    ranks: found.map(({ rank }) => rank),
    ...law,
    guarantee: "estimate",
  };
}

export function logDeterminantToText(found: readonly SizedDeterminant[], law: LogDeterminantScaling): string {
  const table = [
    ["size", "rank", "log-determinant"],
    ...found.map(({ size, rank, value }) => [String(size), String(rank), shortNumber(value, 6)]),
    [String(law.predicted.size), "", `${withError(law.predicted, 6)} predicted`],
  ];
  const singular = found.some(({ size, rank }) => rank < size)
    ? "\n\nnote: some sizes have zero eigenvalues, which are left out; the law is blind to a rank that stops growing"
    : "";
  return `pdet(K_n)/pdet(K_(n-1)) ~ exp(c) n^nu with nu = ${withError(law.nu)}, c = ${withError(law.c)}\n\n${alignedTable(table, [0, 1])}${singular}`;
}

function withError({ value, error }: ExponentEstimate, digits = 4): string {
  return `${shortNumber(value, digits)} +- ${shortNumber(error, 2)}`;
}

function numberOrNone(value: number): string {
  return Number.isNaN(value) ? "-" : shortNumber(value, 4);
}
