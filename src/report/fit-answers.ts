import { type Budget, type Outcome, unlimited } from "../core/index.js";
import { type Extrapolation, type Fit, horizonOfFit } from "../fit/index.js";
import { lawToText } from "../lang/index.js";
import { shortNumber } from "../picture/index.js";
import { toText } from "../poly/index.js";
import { plainCheck, verdictText } from "./check-answers.js";
import { horizonTimeToJson, horizonTimeToText } from "./horizon-answers.js";
import { atomToJson, intervalToJson, type JsonAnswer, outcomeToJson, supportToText } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** A fitted law, and how good it is. */
export function fitToJson(fit: Fit, digits: number, budget: Budget = unlimited): JsonAnswer {
  return {
    law: lawToText(fit.law),
    polynomial: toText(fit.law.curve),
    family: fit.family,
    name: fit.name,
    degrees: fit.degrees,
    residual: fit.residual,
    diagnosis: fit.diagnosis,
    ks: fit.ks,
    condition: fit.condition,
    physical: truthToJson(fit.physical),
    horizon: horizonTimeToJson(horizonOfFit(fit, budget), digits),
    size: fit.preparation.size / fit.numeric.copies,
    pooled: fit.numeric.copies,
    zeros: fit.preparation.zeros,
    outliers: Array.from(fit.preparation.outliers),
    candidates: fit.candidates,
    warnings: fit.warnings,
    guarantee: "estimate",
  };
}

export function fitToText(fit: Fit, digits: number, budget: Budget = unlimited): string {
  const rows = [
    [
      "law",
      `${fit.name}: degree ${fit.degrees.m} in m, ${fit.degrees.z} in z, for ${fit.preparation.size} eigenvalues${fit.numeric.copies > 1 ? ` of ${fit.numeric.copies} matrices` : ""}`,
    ],
    ...expressionRows(fit),
    ["curve", curveText(fit)],
    ["residual", `${shortNumber(fit.residual, 3)} standard errors of the data (1 is expected of a right law)`],
    ["verdict", `${fit.diagnosis.verdict}: ${fit.diagnosis.text}`],
    ["distance", `${shortNumber(fit.ks, 3)} to the eigenvalues (Kolmogorov-Smirnov)`],
    ["spectrum", truthToText(fit.physical)],
    ["horizon", horizonTimeToText(horizonOfFit(fit, budget), digits)],
  ];
  return [alignedTable(rows), candidatesText(fit), ...notes(fit.warnings)].join("\n\n");
}

/** The law as the input language has it, where it has a name and the expression can be read. */
function expressionRows({ law }: Fit): string[][] {
  const text = lawToText(law);
  return text.startsWith("curve(") || text.length > 240 ? [] : [["expression", text]];
}

const shownCandidates = 8;

/** The least score first; of pooled matrices, those that predict a matrix from the others clearly worse than the best come after all others. */
function candidatesText(fit: Fit): string {
  const { candidates, numeric } = fit;
  const shown = candidates.filter((candidate, k) => k < shownCandidates || candidate.chosen);
  const rest = candidates.length - shown.length;
  const pooled = numeric.copies > 1;
  const table = alignedTable([
    ["tried", "degrees", "numbers", "residual", ...(pooled ? ["left out"] : []), "score", "spectrum", ""],
    ...shown.map((c) => [
      c.name,
      `${c.degrees.m}, ${c.degrees.z}`,
      String(c.freedom),
      shortNumber(c.residual, 3),
      ...(pooled ? [c.heldOut === undefined ? "" : shortNumber(c.heldOut, 4)] : []),
      shortNumber(c.score, 4),
      c.physical,
      c.chosen ? "chosen" : "",
    ]),
  ]);
  const lines = [table];
  if (rest > 0) lines.push(`and ${rest} more`);
  lines.push(...betterScores(fit));
  if (pooled)
    lines.push(
      "left out: how far each matrix is from what the others predict, in standard errors of one matrix (1 is expected of a right law); curves that predict clearly worse than the best are not chosen",
    );
  return lines.join("\n");
}

/** Why candidates with a better score than the chosen one were not chosen. */
function betterScores({ candidates }: Fit): string[] {
  const chosen = candidates.findIndex((candidate) => candidate.chosen);
  const better = candidates.slice(0, Math.max(0, chosen));
  const some = (physical: string): boolean => better.some((candidate) => candidate.physical === physical);
  const reasons = [
    ...(some("not tested")
      ? [
          "a curve that is no law by construction is tested for being a spectrum, and chosen, only where its score is better with odds of 20 to 1 or more",
        ]
      : []),
    ...(some("no") ? ["what is no spectrum is not chosen"] : []),
    ...(some("unknown") ? ["what could not be decided to be a spectrum is not chosen"] : []),
    ...(some("yes") ? ["of laws by construction with nearly the same score the one without a shift is chosen"] : []),
  ];
  if (reasons.length === 0) return [];
  const count = better.length === 1 ? "one candidate has" : `${better.length} candidates have`;
  return [`${count} a better (a smaller) score than the chosen one: ${reasons.join("; ")}`];
}

/** Fitted coefficients have dozens of digits: a curve that is no longer a sight is left to its file. */
function curveText(fit: Fit): string {
  const text = toText(fit.law.curve);
  return text.length <= 240 ? `${text} = 0` : `a polynomial of ${text.length} characters (-o or --json show it)`;
}

/** The spectrum of a larger matrix. */
export function extrapolationToJson(answer: Extrapolation, digits: number): JsonAnswer {
  return {
    size: answer.size,
    degrees: answer.degrees,
    residual: answer.residual,
    physical: {
      fitted: truthToJson(answer.physical.fitted),
      extrapolated: truthToJson(answer.physical.extrapolated),
    },
    horizon: horizonTimeToJson(answer.horizon, digits),
    support: answer.support?.intervals.map((v) => intervalToJson(v, digits)) ?? answer.bulks,
    atoms: answer.atoms.map((a) =>
      a.exact === undefined ? { at: a.at, weight: a.weight } : atomToJson(a.exact, digits),
    ),
    quantiles: Array.from(answer.quantiles),
    outliers: answer.outliers,
    mass: answer.mass,
    answers: answer.answers,
    ...(answer.bands === undefined ? {} : { bands: answer.bands }),
    ...(answer.projection === undefined
      ? {}
      : { projection: { ...answer.projection, law: lawToText(answer.projection.law) } }),
    family: answer.fit.family,
    name: answer.fit.name,
    law: lawToText(answer.fit.law),
    diagnosis: answer.fit.diagnosis,
    pooled: answer.fit.numeric.copies,
    candidates: answer.fit.candidates,
    ...(answer.distances === undefined ? {} : answer.distances),
    normalisation: answer.normalisation,
    ...(answer.assumption === undefined ? {} : { assumption: plainCheck(answer.assumption) }),
    ...(answer.agreement === undefined ? {} : { agreement: plainCheck(answer.agreement) }),
    warnings: answer.warnings,
    guarantee: answer.guarantee,
  };
}

export function extrapolationToText(answer: Extrapolation, digits: number): string {
  const { from, to } = answer.size;
  const rows = [
    ["size", `${from} to ${to}`],
    [
      "law",
      `${answer.fit.name}: degree ${answer.degrees.m} in m, ${answer.degrees.z} in z; residual ${shortNumber(answer.residual, 3)} standard errors`,
    ],
    ...expressionRows(answer.fit),
    ["verdict", `${answer.fit.diagnosis.verdict}: ${answer.fit.diagnosis.text}`],
    ["fitted law", truthToText(answer.physical.fitted)],
    ["larger law", truthToText(answer.physical.extrapolated)],
    ["horizon", horizonTimeToText(answer.horizon, digits)],
  ];
  if (answer.assumption !== undefined) {
    const ratios = answer.assumption.ratios.map((r) => shortNumber(r, 3)).join(", ");
    rows.push([
      "assumption",
      `free cumulants over tau^(k-1): ${ratios} (1 where the flow holds). ${verdictText(answer.assumption)}`,
    ]);
    const { undone } = answer.assumption;
    if (undone !== undefined) rows.push(["", `Multiplied by their sizes: ${verdictText(undone)}`]);
  }
  return [
    alignedTable(rows),
    answer.fit.numeric.copies > 1 ? candidatesText(answer.fit) : "",
    shapeText(answer, digits),
    answersText(answer),
    distancesText(answer),
    ...notes(answer.warnings),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function shapeText(answer: Extrapolation, digits: number): string {
  const outliers = answer.outliers.map((o) => ["outlier", `${shortNumber(o.from)} moves to ${shortNumber(o.to)}`]);
  const body =
    answer.support !== undefined
      ? supportToText(answer.support, Math.min(digits, 15))
      : alignedTable([
          ...answer.bulks.map((b) => [
            "bulk",
            `${shortNumber(b.left)} to ${shortNumber(b.right)}, mass ${shortNumber(b.mass)} (estimate)`,
          ]),
          ...answer.atoms.map((a) => ["atom", `at ${shortNumber(a.at)}, weight ${shortNumber(a.weight)} (estimate)`]),
        ]);
  return outliers.length === 0 ? body : `${body}\n\n${alignedTable(outliers)}`;
}

function answersText({ answers, bands }: Extrapolation): string {
  const rows = answers.map(({ name, order, value, why, band }) => [
    order === undefined ? name : `${name} ${order}`,
    value === null ? `not defined: ${why}` : shortNumber(value, 5),
    band === undefined ? "" : `${shortNumber(band[0], 4)} to ${shortNumber(band[1], 4)}`,
  ]);
  return alignedTable([["of the law of the bulk", "", bands === undefined ? "" : "90 % band"], ...rows]);
}

function distancesText({ distances, agreement, size }: Extrapolation): string {
  if (distances === undefined) return "";
  const table = alignedTable([
    ["distance to the measured spectrum (Kolmogorov-Smirnov)", shortNumber(distances.ks, 3)],
    [`without extrapolation, the spectrum of size ${size.from} itself`, shortNumber(distances.ksWithout, 3)],
    ["of the nonzero eigenvalues alone", shortNumber(distances.ksBulk, 3)],
    ["mean difference of the eigenvalues in order", shortNumber(distances.w1, 3)],
  ]);
  return agreement === undefined ? table : `${table}\n\nBetween the two measured spectra: ${verdictText(agreement)}`;
}

function notes(warnings: readonly string[]): string[] {
  return warnings.length === 0 ? [] : [warnings.map((w) => `note: ${w}`).join("\n")];
}

/** Yes, no, or why it could not be decided; why it is no is among the warnings. */
function truthToJson(truth: Outcome<true>): unknown {
  return truth.kind === "undefined" ? false : outcomeToJson(truth, (v) => v);
}

function truthToText(truth: Outcome<true>): string {
  if (truth.kind === "ok") return "is a spectrum";
  return truth.kind === "undefined" ? `is no spectrum: ${truth.reason}` : `could not decide: ${truth.reason}`;
}
