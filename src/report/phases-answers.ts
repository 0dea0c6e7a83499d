import { type PhaseDiagram, phaseText } from "../phases/index.js";
import { toText } from "../poly/index.js";
import { rationalToText } from "../rings/index.js";
import type { AlgebraicNumber } from "../roots/index.js";
import { algebraicToJson } from "./algebraic.js";
import { type JsonAnswer, outcomeToJson } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/**
 * The answer of `phases`. A cell lies over the strip of x between `from` and `to`, above `below` and under `above`: each is a curve, by
 * its place in `curves`, with the number of its root from below among those in the window over the strip, or null for the border.
 */
export function phasesToJson(diagram: PhaseDiagram, digits: number): JsonAnswer {
  const { x, y, curves, strips, cells, transitions } = diagram;
  const place = (a: AlgebraicNumber | undefined): unknown => (a === undefined ? null : algebraicToJson(a, digits));
  const bound = (strip: number, index: number): unknown => {
    const points = strips[strip]!.points;
    const point = points[index];
    if (point === undefined) return null;
    const root = points.slice(0, index).filter((other) => other.curve === point.curve).length;
    return { curve: point.curve, root };
  };
  return {
    x: { name: x.name, from: rationalToText(x.from), to: rationalToText(x.to) },
    y: { name: y.name, from: rationalToText(y.from), to: rationalToText(y.to) },
    curves: curves.map(toText),
    transitions: transitions.map(({ curve, between }) => ({ curve: toText(curve), between })),
    cells: cells.map((cell) => ({
      at: { [x.name]: rationalToText(cell.x), [y.name]: rationalToText(cell.y) },
      from: place(strips[cell.strip]!.left),
      to: place(strips[cell.strip]!.right),
      below: bound(cell.strip, cell.level - 1),
      above: bound(cell.strip, cell.level),
      phase: phaseText(cell),
      spectrum: cell.spectrum.kind === "undefined" ? false : outcomeToJson(cell.spectrum, (v) => v),
      ...(cell.spectrum.kind === "undefined" ? { reason: cell.spectrum.reason } : {}),
      bulks: cell.bulks,
      atoms: cell.atoms,
    })),
    guarantee: "exact",
  };
}

export function phasesToText(diagram: PhaseDiagram): string {
  const { x, y, cells, transitions } = diagram;
  const lines = transitions.map(({ curve, between }) => [
    `${toText(curve)} = 0`,
    between.map(([a, b]) => `${a} | ${b}`).join("; "),
  ]);
  const byPhase = new Map<string, typeof cells>();
  for (const cell of cells) byPhase.set(phaseText(cell), [...(byPhase.get(phaseText(cell)) ?? []), cell]);
  const samples = [...byPhase].map(([phase, members]) => {
    const shown = members.slice(0, 3).map((cell) => `(${rationalToText(cell.x)}, ${rationalToText(cell.y)})`);
    return [phase, `at (${x.name}, ${y.name}) = ${shown.join(", ")}${members.length > 3 ? ", …" : ""}`];
  });
  const window = `${x.name} from ${rationalToText(x.from)} to ${rationalToText(x.to)}, ${y.name} from ${rationalToText(y.from)} to ${rationalToText(y.to)}, ${cells.length} cells`;
  const boundary = lines.length === 0 ? "one phase alone" : `boundaries\n${alignedTable(lines).replace(/^/gm, "  ")}`;
  return `${window}\n\n${boundary}\n\nphases\n${alignedTable(samples).replace(/^/gm, "  ")}`;
}
