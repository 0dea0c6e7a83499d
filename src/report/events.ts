import type { EdgePolynomial, SpectralEvent } from "../evolution/index.js";
import { toText } from "../poly/index.js";
import { algebraicToJson, algebraicToText, shortRadicals } from "./algebraic.js";
import type { JsonAnswer } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** The answer of `events`; `in` is the name of what grows. */
export function eventsToJson(events: readonly SpectralEvent[], name: string, all: boolean, digits: number): JsonAnswer {
  return {
    in: name,
    events: events.map((event) => ({
      at: algebraicToJson(event.at, digits),
      kind: event.kind,
      where: event.where === undefined ? null : algebraicToJson(event.where, digits),
      ...(event.kinds.length > 1 ? { kinds: event.kinds } : {}),
      ...(all ? { physical: event.physical } : {}),
    })),
    guarantee: "exact",
  };
}

export function eventsToText(events: readonly SpectralEvent[], name: string, digits: number): string {
  if (events.length === 0) return `no events in ${name}`;
  const rows = events.map((event) => {
    const exact = shortRadicals(event.at);
    return [
      `${name} = ${algebraicToText(event.at, digits)}`,
      event.kinds.join(" + "),
      event.where === undefined ? "" : `x = ${algebraicToText(event.where, digits)}`,
      event.physical ? "" : "off the physical sheet or beyond the horizon",
      exact === undefined ? "" : `${name} = ${exact}`,
    ];
  });
  return alignedTable(rows);
}

/** The edge polynomial and the factors of the discriminant that are no part of it. */
export function edgePolynomialToJson(edges: EdgePolynomial): JsonAnswer {
  return {
    polynomial: toText(edges.polynomial),
    lines: edges.lines.map(({ factor, multiplicity, ramified, reason }) => ({
      factor: toText(factor),
      multiplicity,
      ramified,
      reason,
    })),
    guarantee: "exact",
  };
}

export function edgePolynomialToText(edges: EdgePolynomial): string {
  const equation = `${toText(edges.polynomial)} = 0`;
  if (edges.lines.length === 0) return equation;
  const rows = edges.lines.map(({ factor, multiplicity, ramified, reason }) => [
    `(${toText(factor)})^${multiplicity}`,
    ramified ? "kept" : "removed",
    reason,
  ]);
  return `${equation}\n\nother factors of the discriminant:\n${alignedTable(rows).replace(/^/gm, "  ")}`;
}
