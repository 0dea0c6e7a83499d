import { scaleLinear } from "d3-scale";
import { type Budget, unlimited } from "../core/index.js";
import type { PhaseDiagram } from "../phases/index.js";
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
import { rationalToNumber } from "../rings/index.js";
import { type PlanePoint, phaseNames, phaseShapes } from "./phases-shapes.js";

export interface PhasePictureOptions {
  readonly title?: string;
  readonly width?: number;
  readonly height?: number;
}

const INK = "#414b5a";
const FILLS = ["#cfe0f3", "#f6d9bd", "#cfe8d6", "#e2d5ee", "#f3efb8", "#d0ecec", "#f3cfd8", "#dcd8d2"];
const VOID = "#eceef1";
const MARGIN = { left: 64, right: 20, top: 44, bottom: 52 };

/**
 * A phase diagram as a self-contained SVG document: every cell in the colour of its phase, a line where the phase changes.
 * Estimate: borders between cells are roots over sampled x, joined by straight lines.
 */
export function phasesSvg(
  diagram: PhaseDiagram,
  options: PhasePictureOptions = {},
  budget: Budget = unlimited,
): string {
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
  const point = ([px, py]: PlanePoint): string => `${coordinate(toX(px))},${coordinate(toY(py))}`;
  const { areas, borders } = phaseShapes(diagram, budget);
  const painted = areas.map(({ phase, outline }) => {
    const fill = colourOf(names, phase);
    return element("path", { d: `M${outline.map(point).join("L")}Z`, fill, stroke: fill, "stroke-width": 0.7 });
  });
  const lines = borders.map((border) => element("path", { d: `M${border.map(point).join("L")}` }));
  const about = `The phases over ${x.name} and ${y.name}: ${names.join("; ")}.`;
  return svgDocument(
    { width, height, title: title ?? `Phases over ${x.name} and ${y.name}`, description: about },
    element("g", {}, ...painted),
    element("g", { fill: "none", stroke: INK, "stroke-width": 1.6, "stroke-linejoin": "round" }, ...lines),
    axes(diagram, toX, toY, width, bottom),
    ...legend.map((row, k) =>
      element("g", { transform: `translate(${MARGIN.left} ${bottom + MARGIN.bottom + 22 * k})` }, row),
    ),
  );
}

function colourOf(names: readonly string[], phase: string): string {
  if (phase === "no spectrum" || phase === "not decided") return VOID;
  const coloured = names.filter((name) => name !== "no spectrum" && name !== "not decided");
  return FILLS[coloured.indexOf(phase) % FILLS.length]!;
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
