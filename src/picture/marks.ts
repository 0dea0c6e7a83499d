import { area, line } from "d3-shape";
import { colourOf, type Frame } from "./axes.js";
import { shortNumber } from "./number-text.js";
import type { PictureAtom } from "./picture.js";
import type { Bar, Cut, Piece, Scene } from "./scene.js";
import { element, estimateTextWidth, textElement } from "./svg.js";

/** Bars and curves of one spectrum, with the marks where the axis cuts them. */
export function spectrumMarks(scene: Scene, frame: Frame, spectrum: number): string {
  const s = scene.spectra[spectrum]!;
  const colour = colourOf(spectrum);
  const alone = scene.spectra.every((other, k) => k >= spectrum || other.bars.length === 0);
  const curves = s.pieces.map((p) => curve(p, scene, frame, colour, spectrum));
  const cuts = scene.cuts.filter((c) => c.spectrum === spectrum);
  return element(
    "g",
    {},
    element(
      "g",
      { "clip-path": "url(#plot)" },
      s.bars.length > 0 ? histogram(s.bars, frame, colour, alone) : "",
      ...curves,
      ...cuts.map((c) => fade(c, frame)),
    ),
    ...s.outliers.map((at) => {
      const attributes = { class: "outlier", cx: frame.x(at), cy: frame.bottom - 5, r: 3.5, fill: "#ffffff" };
      return element("circle", { ...attributes, stroke: colour, "stroke-width": 1.6 });
    }),
    ...cuts.filter((c, i) => cuts.findIndex((d) => d.at === c.at) === i).map((c) => arrow(c, frame, colour)),
  );
}

function histogram(all: readonly Bar[], frame: Frame, colour: string, filled: boolean): string {
  const limit = 2 * frame.y.domain()[1]!;
  const outline = all.flatMap((b): [number, number][] => [
    [frame.x(b.left), frame.y(Math.min(b.height, limit))],
    [frame.x(b.right), frame.y(Math.min(b.height, limit))],
  ]);
  const d = pathThrough([[outline[0]![0], frame.bottom], ...outline, [outline.at(-1)![0], frame.bottom]]);
  if (!filled) {
    return element("path", {
      class: "histogram",
      d,
      fill: "none",
      stroke: colour,
      "stroke-width": 1.3,
      "stroke-opacity": "0.9",
    });
  }
  const separators = all.map((b) => {
    const y = frame.y(Math.min(b.height, limit));
    return `M${frame.x(b.right).toFixed(1)},${frame.bottom}V${y.toFixed(1)}`;
  });
  return (
    element("path", {
      class: "histogram",
      d,
      fill: colour,
      "fill-opacity": "0.2",
      stroke: colour,
      "stroke-opacity": "0.45",
    }) + element("path", { d: separators.join(""), stroke: "#ffffff", "stroke-opacity": "0.55", fill: "none" })
  );
}

function curve(p: Piece, scene: Scene, frame: Frame, colour: string, spectrum: number): string {
  const limit = 2 * scene.top;
  const points = p.x.map((x, k): [number, number] => [frame.x(x), frame.y(Math.min(p.y[k]!, limit))]);
  const under = area<[number, number]>()
    .x((q) => q[0])
    .y0(frame.bottom)
    .y1((q) => q[1])
    .digits(2)(points);
  const over = pathThrough(points);
  const bars = scene.spectra.some((s) => s.bars.length > 0);
  const fill = bars || spectrum > 0 ? "" : element("path", { d: under ?? "", fill: colour, "fill-opacity": "0.12" });
  return (
    fill +
    element("path", {
      class: "density",
      d: over,
      fill: "none",
      stroke: colour,
      "stroke-width": 2.2,
      "stroke-linejoin": "round",
    })
  );
}

function pathThrough(points: readonly [number, number][]): string {
  return line<[number, number]>().digits(2)(points) ?? "";
}

/** White that grows towards the end of the axis: the curve goes on, the picture does not. */
function fade(cut: Cut, frame: Frame): string {
  const x = frame.x(cut.from) - 4;
  const width = frame.x(cut.to) + 4 - x;
  const layers = [1, 2, 3, 4, 5, 6].map((k) =>
    element("rect", { x, y: frame.top, width, height: 5 * k, fill: "#ffffff", "fill-opacity": "0.25" }),
  );
  return layers.join("");
}

function arrow(cut: Cut, frame: Frame, colour: string): string {
  const x = frame.x(cut.at);
  const label = Number.isFinite(cut.height) ? shortNumber(cut.height, 3) : "unbounded";
  const width = estimateTextWidth(label, 11);
  const rightwards = x + 8 + width < frame.right;
  return (
    element("path", { class: "cut", d: `M${x - 4.5},${frame.top - 1}h9l-4.5,-9z`, fill: colour }) +
    textElement(label, {
      x: rightwards ? x + 8 : x - 8,
      y: frame.top - 2,
      "text-anchor": rightwards ? "start" : "end",
      "font-size": 11,
      fill: "#414b5a",
    })
  );
}

/** Atoms: a filled head for an exact one, a hollow head for one that was counted in measured values. */
export function stems(scene: Scene, frame: Frame): string {
  const all = scene.spectra.flatMap((s, k) => [
    ...s.atoms.map((atom) => ({ atom, exact: true, colour: colourOf(k) })),
    ...s.measuredAtoms.map((atom) => ({ atom, exact: false, colour: colourOf(k) })),
  ]);
  all.sort((a, b) => b.atom.weight - a.atom.weight);
  const labels: { x: number; y: number }[] = [];
  const parts = all.map((s) => stem(s.atom, frame, s.colour, s.exact, labels));
  return parts.length === 0 ? "" : element("g", { "font-size": 12 }, ...parts);
}

function stem(
  a: PictureAtom,
  frame: Frame,
  colour: string,
  exact: boolean,
  labels: { x: number; y: number }[],
): string {
  const inGutter = frame.gutter !== undefined && a.at <= 0;
  const x = inGutter ? frame.gutter : frame.x(a.at);
  const y = frame.weight(a.weight);
  const label = a.label ?? shortNumber(a.weight, 4);
  const width = estimateTextWidth(label, 12);
  const rightwards = x + 11 + width < frame.right;
  let textY = y + 4;
  while (labels.some((l) => Math.abs(l.x - x) < width + 12 && Math.abs(l.y - textY) < 13)) textY += 14;
  labels.push({ x, y: textY });
  return (
    element("line", {
      x1: x,
      y1: frame.bottom,
      x2: x,
      y2: y + (exact ? 0 : 4.5),
      stroke: colour,
      "stroke-width": exact ? 2.6 : 1.6,
    }) +
    element("circle", {
      class: "atom",
      cx: x,
      cy: y,
      r: exact ? 5 : 4.5,
      fill: exact ? colour : "#ffffff",
      stroke: exact ? "#ffffff" : colour,
      "stroke-width": exact ? 1.2 : 1.8,
    }) +
    textElement(label, {
      x: rightwards ? x + 10 : x - 10,
      y: textY,
      "text-anchor": rightwards ? "start" : "end",
      fill: colour,
      stroke: "#ffffff",
      "stroke-width": 3,
      "paint-order": "stroke",
    })
  );
}
