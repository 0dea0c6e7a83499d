import { scaleLinear } from "d3-scale";
import { type PhaseCell, type PhaseDiagram, phaseText, pointsOver, type Strip } from "../phases/index.js";
import {
  coordinate,
  element,
  estimateTextWidth,
  fitText,
  shortNumber,
  svgDocument,
  textElement,
} from "../picture/index.js";
import { toText } from "../poly/index.js";
import { type Rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import { algebraicToNumber } from "../roots/index.js";

export interface PhasePictureOptions {
  readonly title?: string;
  readonly width?: number;
  readonly height?: number;
}

const INK = "#414b5a";
const FILLS = ["#cfe0f3", "#f6d9bd", "#cfe8d6", "#e2d5ee", "#f3efb8", "#d0ecec", "#f3cfd8", "#dcd8d2"];
const VOID = "#eceef1";
const MARGIN = { left: 64, right: 20, top: 44, bottom: 52 };
const SAMPLES = 90;

/**
 * A phase diagram as a self-contained SVG document: every cell in the colour of its phase, a line where the phase changes. Borders between cells are
 * exact roots over sampled x, joined by straight lines.
 */
export function phasesSvg(diagram: PhaseDiagram, options: PhasePictureOptions = {}): string {
  const { title, width = 720, height = 560 } = options;
  const [x, y] = [diagram.x, diagram.y];
  const names = phaseNames(diagram.cells);
  const legend = legendRows(diagram, names, width - MARGIN.left - MARGIN.right);
  const bottom = height - MARGIN.bottom - 22 * legend.length;
  const toX = scaleLinear()
    .domain([rationalToNumber(x.from), rationalToNumber(x.to)])
    .range([MARGIN.left, width - MARGIN.right]);
  const toY = scaleLinear()
    .domain([rationalToNumber(y.from), rationalToNumber(y.to)])
    .range([bottom, MARGIN.top]);
  const outlines = diagram.strips.map((strip) => outlineOf(diagram, strip));
  const point = (px: number, py: number): string => `${coordinate(toX(px))},${coordinate(toY(py))}`;
  const areas: string[] = [];
  const borders: string[] = [];
  diagram.strips.forEach((_, k) => {
    const { xs, rows } = outlines[k]!;
    const own = diagram.cells.filter((cell) => cell.strip === k);
    own.forEach((cell, level) => {
      const lower = xs.map((px, i) => point(px, rows[i]![level]!));
      const upper = xs.map((px, i) => point(px, rows[i]![level + 1]!)).reverse();
      const fill = colourOf(names, phaseText(cell));
      areas.push(
        element("path", { d: `M${[...lower, ...upper].join("L")}Z`, fill, stroke: fill, "stroke-width": 0.7 }),
      );
      const above = own[level + 1];
      if (above === undefined || phaseText(above) === phaseText(cell)) return;
      borders.push(element("path", { d: `M${upper.join("L")}` }));
    });
    borders.push(
      ...standingBorders(diagram, outlines, k).map(([px, from, to]) =>
        element("path", { d: `M${point(px, from)}L${point(px, to)}` }),
      ),
    );
  });
  const about = `The phases over ${x.name} and ${y.name}: ${names.join("; ")}.`;
  return svgDocument(
    { width, height, title: title ?? `Phases over ${x.name} and ${y.name}`, description: about },
    element("g", {}, ...areas),
    element("g", { fill: "none", stroke: INK, "stroke-width": 1.6, "stroke-linejoin": "round" }, ...borders),
    axes(diagram, toX, toY, width, bottom),
    ...legend.map((row, k) =>
      element("g", { transform: `translate(${MARGIN.left} ${bottom + MARGIN.bottom + 22 * k})` }, row),
    ),
  );
}

/** The phases that occur, the most frequent first, so that colours do not depend on the order of cells. */
function phaseNames(cells: readonly PhaseCell[]): readonly string[] {
  return [...new Set(cells.map(phaseText))].sort();
}

function colourOf(names: readonly string[], phase: string): string {
  if (phase === "no spectrum" || phase === "not decided") return VOID;
  const coloured = names.filter((name) => name !== "no spectrum" && name !== "not decided");
  return FILLS[coloured.indexOf(phase) % FILLS.length]!;
}

interface Outline {
  readonly xs: readonly number[];
  /** For each x the heights from the lower to the upper border of the window, borders included. */
  readonly rows: readonly (readonly number[])[];
}

/** The curves over a strip, sampled more closely towards its ends, where they may stand upright. */
function outlineOf(diagram: PhaseDiagram, strip: Strip): Outline {
  const { x, y, curves } = diagram;
  const [from, to] = [strip.left, strip.right].map((end) => algebraicToNumber(end!)) as [number, number];
  const whole = rationalToNumber(x.to) - rationalToNumber(x.from);
  const count = Math.max(8, Math.ceil((SAMPLES * (to - from)) / whole));
  const flat = to - from < 1e-6 * whole || strip.points.length === 0;
  const xs = flat
    ? [from, to]
    : Array.from({ length: count + 1 }, (_, k) => from + ((to - from) * (1 - Math.cos((Math.PI * k) / count))) / 2);
  const inner = (px: number, k: number): Rational => {
    const share = k === 0 ? 1e-7 : k === xs.length - 1 ? -1e-7 : 0;
    return rationalFromNumber(px + share * (to - from));
  };
  const ends = [rationalToNumber(y.from), rationalToNumber(y.to)] as const;
  const own = strip.points.map((point) => algebraicToNumber(point.y));
  const rows = xs.map((px, k) => {
    const heights = flat ? own : pointsOver(curves, x.name, inner(px, k), y).map((point) => algebraicToNumber(point.y));
    return [ends[0], ...(heights.length === own.length ? heights : own), ends[1]];
  });
  return { xs, rows };
}

/** The stretches of the line to the right of a strip on whose sides the phases differ. */
function standingBorders(
  diagram: PhaseDiagram,
  outlines: readonly Outline[],
  k: number,
): readonly (readonly [number, number, number])[] {
  const next = outlines[k + 1];
  if (next === undefined) return [];
  const here = outlines[k]!;
  const [left, right] = [here.rows.at(-1)!, next.rows[0]!];
  const phaseOver = (strip: number, heights: readonly number[], at: number): string => {
    const level = heights.slice(1, -1).filter((height) => height < at).length;
    return phaseText(diagram.cells.find((cell) => cell.strip === strip && cell.level === level)!);
  };
  const all = [...left, ...right].sort((a, b) => a - b);
  const height = all.at(-1)! - all[0]!;
  return all.slice(1).flatMap((to, index) => {
    const from = all[index]!;
    if (to - from < 1e-4 * height) return [];
    const middle = (from + to) / 2;
    if (phaseOver(k, left, middle) === phaseOver(k + 1, right, middle)) return [];
    return [[here.xs.at(-1)!, from, to] as const];
  });
}

type Scale = ReturnType<typeof scaleLinear<number, number>>;

function axes(diagram: PhaseDiagram, toX: Scale, toY: Scale, width: number, bottom: number): string {
  const right = width - MARGIN.right;
  const frame = { x: MARGIN.left, y: MARGIN.top, width: right - MARGIN.left, height: bottom - MARGIN.top };
  const middle = (MARGIN.top + bottom) / 2;
  return element(
    "g",
    { "font-size": 12, fill: INK },
    element("rect", { ...frame, fill: "none", stroke: INK }),
    ...toX
      .ticks(8)
      .flatMap((at) => [
        element("line", { x1: toX(at), y1: bottom, x2: toX(at), y2: bottom + 5, stroke: INK }),
        textElement(shortNumber(at, 6), { x: toX(at), y: bottom + 18, "text-anchor": "middle" }),
      ]),
    ...toY
      .ticks(8)
      .flatMap((at) => [
        element("line", { x1: MARGIN.left - 5, y1: toY(at), x2: MARGIN.left, y2: toY(at), stroke: INK }),
        textElement(shortNumber(at, 6), { x: MARGIN.left - 9, y: toY(at) + 4, "text-anchor": "end" }),
      ]),
    textElement(diagram.x.name, {
      x: (MARGIN.left + right) / 2,
      y: bottom + 36,
      "text-anchor": "middle",
      "font-size": 14,
    }),
    textElement(diagram.y.name, {
      x: 20,
      y: middle,
      transform: `rotate(-90 20 ${middle})`,
      "text-anchor": "middle",
      "font-size": 14,
    }),
  );
}

/** Phases as coloured squares, as many in a row as fit; then the equations of the lines that are short enough. */
function legendRows(diagram: PhaseDiagram, names: readonly string[], width: number): readonly string[] {
  const rows: string[][] = [[]];
  let at = 0;
  const place = (length: number): number => {
    if (at > 0 && at + length > width) {
      rows.push([]);
      at = 0;
    }
    at += length;
    return at - length;
  };
  for (const name of names) {
    const from = place(estimateTextWidth(name, 12) + 44);
    rows.at(-1)!.push(
      element("rect", {
        x: from,
        y: -11,
        width: 14,
        height: 14,
        fill: colourOf(names, name),
        stroke: INK,
        "stroke-width": 0.6,
      }),
      textElement(name, { x: from + 20, y: 1, "font-size": 12, fill: INK }),
    );
  }
  for (const { curve } of diagram.transitions) {
    const text = fitText(`${toText(curve)} = 0`, 12, width - 60);
    const from = place(estimateTextWidth(text, 12) + 54);
    rows
      .at(-1)!
      .push(
        element("line", { x1: from, y1: -4, x2: from + 22, y2: -4, stroke: INK, "stroke-width": 1.6 }),
        textElement(text, { x: from + 28, y: 1, "font-size": 12, fill: INK }),
      );
  }
  return rows.map((row) => row.join(""));
}
