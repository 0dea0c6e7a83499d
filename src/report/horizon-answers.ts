import type { Outcome } from "../core/index.js";
import type { Horizon, HorizonCause, SpectrumReport } from "../evolution/index.js";
import type { HorizonCase } from "../phases/index.js";
import { algebraicToJson, algebraicToText, shortRadicals } from "./algebraic.js";
import { type JsonAnswer, outcomeToJson } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** The answer of `horizon`: tau*, why, and what ends the spectra there in one word. */
export function horizonToJson(found: Outcome<Horizon>, digits: number): JsonAnswer {
  if (found.kind !== "ok") return { ...(outcomeToJson(found, () => null) as object), guarantee: "exact" };
  const { cause, reason } = found.value;
  return { tau: horizonTimeToJson(found, digits), cause, reason, guarantee: "exact" };
}

export function horizonToText(found: Outcome<Horizon>, digits: number): string {
  return found.kind === "ok"
    ? `${horizonTimeToText(found, digits)}\n${found.value.reason}`
    : horizonTimeToText(found, digits);
}

/** tau* alone, or that it could not be decided. */
export function horizonTimeToJson(found: Outcome<Horizon>, digits: number): unknown {
  return outcomeToJson(found, ({ tau }) => (tau === "infinity" ? tau : algebraicToJson(tau, digits)));
}

export function horizonTimeToText(found: Outcome<Horizon>, digits: number): string {
  if (found.kind === "undefined") return `none: ${found.reason}`;
  if (found.kind === "unable") return `could not decide: ${found.reason}`;
  const { tau } = found.value;
  if (tau === "infinity") return "infinity";
  const exact = shortRadicals(tau);
  return `tau = ${algebraicToText(tau, digits)}${exact === undefined ? "" : ` = ${exact}`}`;
}

/** The answer of `horizon` for a law with parameters: the first case as `tau`, and all of them. */
export function symbolicHorizonToJson(found: Outcome<readonly HorizonCase[]>): JsonAnswer {
  if (found.kind !== "ok") return { ...(outcomeToJson(found, () => null) as object), guarantee: "exact" };
  const cases = found.value.map(({ symbolic, condition, cause }) => ({
    symbolic,
    condition: condition === "" ? null : condition,
    cause,
    reason: inWords[cause],
  }));
  const { symbolic, condition, reason, cause } = cases[0]!;
  return { tau: { symbolic, condition }, cause, reason, cases, guarantee: "exact" };
}

export function symbolicHorizonToText(found: Outcome<readonly HorizonCase[]>): string {
  if (found.kind === "undefined") return `none: ${found.reason}`;
  if (found.kind === "unable") return `could not decide: ${found.reason}`;
  return found.value
    .map(({ symbolic, condition, cause }) => {
      const value = symbolic.includes(" = 0") || symbolic === "infinity" ? symbolic : `tau = ${symbolic}`;
      return `${value}${condition === "" ? "" : `   where ${condition}`}\n  ${inWords[cause]}`;
    })
    .join("\n");
}

/** What ends the spectra, without numbers. */
const inWords: Readonly<Record<HorizonCause, string>> = {
  none: "the law is freely infinitely divisible",
  "zero-outside-bulks":
    "m vanishes in a gap of the support, from where a branch point leaves into the upper half-plane for every tau > 1",
  "atoms-exceed-mass-one": "there the law is atoms and no density, which beyond it would weigh more than 1",
  "branch-points": "beyond it the physical sheet has a branch point in the upper half-plane",
  poles: "beyond it the physical sheet has a pole in the upper half-plane",
  density: "beyond it the density is negative somewhere",
  integrability: "beyond it the transform grows too fast at a real point",
  atoms: "beyond it an atom has negative weight",
  mass: "beyond it the mass is not one",
  moments: "beyond it a Hankel determinant of the moments is negative",
};

/** The answer of `is-spectrum`: yes, no or undecided, and the criteria one by one. */
export function spectrumReportToJson({ spectrum, criteria }: SpectrumReport): JsonAnswer {
  return {
    spectrum: spectrum.kind === "undefined" ? false : outcomeToJson(spectrum, (v) => v),
    ...(spectrum.kind === "undefined" ? { reason: spectrum.reason } : {}),
    criteria: criteria.map(({ name, outcome, detail }) => ({ name, outcome, detail })),
    guarantee: "exact",
  };
}

export function spectrumReportToText({ spectrum, criteria }: SpectrumReport): string {
  const answer = {
    ok: () => "a spectrum",
    undefined: (reason: string) => `no spectrum: ${reason}`,
    unable: (reason: string) => `could not decide: ${reason}`,
  };
  const head = spectrum.kind === "ok" ? answer.ok() : answer[spectrum.kind](spectrum.reason);
  return `${head}\n\n${alignedTable(criteria.map(({ name, outcome, detail }) => [outcome, name, detail]))}`;
}
