import type { Outcome } from "../core/index.js";
import type { EncodedCurve } from "../flow/index.js";
import type { Atom, BranchPoints, Law, Support, SupportInterval } from "../law/index.js";
import { shortNumber } from "../picture/index.js";
import { degree, type Polynomial, toText } from "../poly/index.js";
import { type Rational, rationalToText } from "../rings/index.js";
import type { AlgebraicNumber } from "../roots/index.js";
import { type AlgebraicJson, algebraicToJson, algebraicToText, shortRadicals } from "./algebraic.js";
import { alignedTable } from "./text.js";

/** What a reader may rely on: no error at all; an error bound that is proved; none. */
export type Guarantee = "exact" | "certified" | "estimate";

/** An answer as one JSON object; what it holds is fixed by the command it answers. */
export type JsonAnswer = Readonly<Record<string, unknown>> & { readonly guarantee: Guarantee };

/** What could not be decided, in the place of the answer. */
export function outcomeToJson<T>(outcome: Outcome<T>, value: (v: T) => unknown): unknown {
  if (outcome.kind === "ok") return value(outcome.value);
  return outcome.kind === "unable" ? { unable: outcome.reason } : { notDefined: outcome.reason };
}

export function curveToJson(law: Law): JsonAnswer {
  return {
    polynomial: toText(law.curve),
    degZ: degree(law.curve, "z"),
    degM: degree(law.curve, "m"),
    parameters: law.parameters,
    guarantee: "exact",
  };
}

export function curveToText(law: Law): string {
  return equationText(law.curve, "z", "m", law.parameters);
}

export function encodedCurveToJson(curve: EncodedCurve, parameters: readonly string[]): JsonAnswer {
  const { polynomial, argument, value, convention } = curve;
  return { polynomial: toText(polynomial), argument, value, convention, parameters, guarantee: "exact" };
}

export function encodedCurveToText(curve: EncodedCurve, parameters: readonly string[]): string {
  const { polynomial, argument, value, convention } = curve;
  return `${equationText(polynomial, argument, value, parameters)}\n${convention}`;
}

function equationText(polynomial: Polynomial, x: string, y: string, parameters: readonly string[]): string {
  const free =
    parameters.length === 0 ? "" : `, with free ${plural(parameters.length, "parameter")} ${parameters.join(", ")}`;
  return `${toText(polynomial)} = 0\n\ndegree ${degree(polynomial, x)} in ${x}, ${degree(polynomial, y)} in ${y}${free}`;
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}

export function supportToJson(support: Support, digits: number): JsonAnswer {
  return {
    intervals: support.intervals.map((v) => intervalToJson(v, digits)),
    atoms: support.atoms.map((a) => atomToJson(a, digits)),
    cusps: support.cusps.map((c) => algebraicToJson(c, digits)),
    guarantee: "exact",
  };
}

export function intervalToJson(v: SupportInterval, digits: number): Readonly<Record<string, unknown>> {
  return {
    left: algebraicToJson(v.left, digits),
    right: algebraicToJson(v.right, digits),
    leftExponent: outcomeToJson(v.leftExponent, rationalToText),
    rightExponent: outcomeToJson(v.rightExponent, rationalToText),
    mass: v.mass,
  };
}

export function atomToJson(atom: Atom, digits: number): { at: AlgebraicJson; weight: AlgebraicJson } {
  return { at: algebraicToJson(atom.at, digits), weight: algebraicToJson(atom.weight, digits) };
}

export function supportToText(support: Support, digits: number): string {
  const blocks = support.intervals.map((v, k) => {
    const rows = [edgeRow("from", v.left, v.leftExponent, digits), edgeRow("to", v.right, v.rightExponent, digits)];
    const table = alignedTable(rows).replace(/^/gm, "  ");
    return `interval ${k + 1} of ${support.intervals.length}, mass ${shortNumber(v.mass, 6)}\n${table}`;
  });
  if (support.cusps.length > 0) {
    blocks.push(support.cusps.map((c) => `cusp at ${describe(c, digits)}`).join("\n"));
  }
  if (support.atoms.length > 0) {
    blocks.push(
      alignedTable(
        support.atoms.map((a) => [`atom at ${describe(a.at, digits)}`, `weight ${describe(a.weight, digits)}`]),
      ),
    );
  }
  return blocks.length > 0 ? blocks.join("\n\n") : "no interval and no atom";
}

function edgeRow(name: string, at: AlgebraicNumber, exponent: Outcome<Rational>, digits: number): string[] {
  const exact = shortRadicals(at);
  const row = [name, algebraicToText(at, digits), exponentText(exponent)];
  return exact === undefined ? row : [...row, `= ${exact}`];
}

function exponentText(exponent: Outcome<Rational>): string {
  return exponent.kind === "ok"
    ? `exponent ${rationalToText(exponent.value)}`
    : `exponent not decided: ${exponent.reason}`;
}

function describe(a: AlgebraicNumber, digits: number): string {
  const exact = shortRadicals(a);
  return `${algebraicToText(a, digits)}${exact === undefined ? "" : ` = ${exact}`}`;
}

export function branchPointsToJson(points: BranchPoints, digits: number): JsonAnswer {
  return {
    real: points.real.map((a, k) => ({
      ...algebraicToJson(a, digits),
      onPhysicalBoundary: points.onPhysicalBoundary[k],
    })),
    complex: points.complex.map((p) => ({ re: p.re, im: p.im, onPhysicalSheet: p.onPhysicalSheet, side: p.side })),
    guarantee: "certified",
  };
}

export function branchPointsToText(points: BranchPoints, digits: number): string {
  const real = points.real.map((a, k) => {
    const exact = shortRadicals(a);
    const where = points.onPhysicalBoundary[k] ? "on the boundary of the physical sheet" : "on other sheets";
    return [algebraicToText(a, digits), where, ...(exact === undefined ? [] : [`= ${exact}`])];
  });
  const complex = points.complex.map((p) => [
    // A real part below the rounding of the modulus is not shown as if it were known.
    `${doubleText(Math.abs(p.re) < Number.EPSILON * Math.abs(p.im) ? 0 : p.re, digits)} ${p.im < 0 ? "-" : "+"} ${doubleText(Math.abs(p.im), digits)} i`,
    p.onPhysicalSheet ? "on the physical sheet" : "on other sheets",
  ]);
  return [listing("real", real), listing("not real", complex)].join("\n\n");
}

function listing(kind: string, rows: readonly string[][]): string {
  if (rows.length === 0) return `${kind}: none`;
  return `${kind}: ${rows.length}\n${alignedTable(rows).replace(/^/gm, "  ")}`;
}

function doubleText(value: number, digits: number): string {
  return String(Number(value.toPrecision(Math.min(digits, 17))));
}
