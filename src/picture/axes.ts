import { scaleLinear } from "d3-scale";
import { shortNumber } from "./number-text.js";
import type { Scene } from "./scene.js";
import { coordinate, element, estimateTextWidth, textElement } from "./svg.js";

/** What pictures ask of a scale of d3-scale, whose types do not come with this package. */
export interface Scale {
  (value: number): number;
  domain(): number[];
  ticks(count?: number): number[];
}

/** Where things are on the page, and the scales that put them there. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly height: number;
  readonly legendTop: number;
  /** Where atoms at or below 0 stand on a logarithmic axis. */
  readonly gutter: number | undefined;
  readonly x: Scale;
  readonly y: Scale;
  readonly weight: Scale;
}

export const PALETTE: readonly string[] = ["#1f5fa8", "#c4621a", "#2f7d4f", "#7a4aa0"];
const INK = "#414b5a";
const GRID = "#e6e9ee";
const TICK = 12;

export function colourOf(spectrum: number): string {
  return PALETTE[spectrum % PALETTE.length]!;
}

export function axes(scene: Scene, frame: Frame, xLabel: string): string {
  return element(
    "g",
    { "font-size": TICK, fill: INK },
    horizontalAxis(scene, frame, xLabel),
    scene.spectra.some((s) => s.pieces.length + s.bars.length > 0) ? densityAxis(scene, frame) : "",
    scene.weightTop > 0 ? weightAxis(frame) : "",
    edgeMarks(scene, frame),
  );
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1): string {
  return element("line", { x1, y1, x2, y2, stroke, "stroke-width": width });
}

function horizontalAxis(scene: Scene, frame: Frame, xLabel: string): string {
  const { bottom, x } = frame;
  const parts = [line(frame.left, bottom, frame.right, bottom, INK)];
  const edges = (scene.spectra[0]?.edges ?? []).map((at) => ({ x: x(at), label: shortNumber(at) }));
  for (const { at, label: full } of scene.logarithmic ? decades(frame) : linearTicks(frame)) {
    const label = edges.some((e) => e.label === full && Math.abs(e.x - x(at)) < 2) ? "" : full;
    parts.push(line(x(at), bottom, x(at), bottom + (full === "" ? 3 : 5), INK));
    if (label !== "") parts.push(textElement(label, { x: x(at), y: bottom + 18, "text-anchor": "middle" }));
  }
  if (frame.gutter !== undefined) {
    const at = frame.gutter + 24;
    parts.push(textElement("0", { x: frame.gutter, y: bottom + 18, "text-anchor": "middle" }));
    parts.push(line(frame.gutter, bottom, frame.gutter, bottom + 5, INK));
    parts.push(element("rect", { x: at - 3, y: bottom - 4, width: 6, height: 8, fill: "#ffffff" }));
    parts.push(line(at - 5, bottom + 5, at - 1, bottom - 5, INK), line(at + 1, bottom + 5, at + 5, bottom - 5, INK));
  }
  parts.push(
    textElement(scene.logarithmic ? `${xLabel} (logarithmic)` : xLabel, {
      x: (frame.left + frame.right) / 2,
      y: frame.height - 12,
      "text-anchor": "middle",
      "font-size": 13,
    }),
  );
  return parts.join("");
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

function linearTicks(frame: Frame): Tick[] {
  const ticks = frame.x.ticks(8);
  return ticks.map((at) => ({ at, label: shortNumber(at, 6) }));
}

/** Powers of ten with labels (every so many when there are a lot), and bare ticks between them when there are few. */
function decades(frame: Frame): Tick[] {
  const [low, high] = frame.x.domain() as [number, number];
  const first = Math.ceil(Math.log10(low));
  const last = Math.floor(Math.log10(high));
  const step = Math.ceil((last - first + 1) / 9);
  const plain = first >= -4 && last <= 4;
  const ticks: Tick[] = [];
  for (let k = first - 1; k <= last; k++) {
    const at = 10 ** k;
    if (at >= low)
      ticks.push({
        at,
        label: (k - first) % step === 0 ? (plain || k === 0 || k === 1 ? shortNumber(10 ** k) : raisedTen(k)) : "",
      });
    if (last - first > 8) continue;
    for (let j = 2; j < 10; j++) if (j * at > low && j * at < high) ticks.push({ at: j * at, label: "" });
  }
  return ticks;
}

function raisedTen(k: number): string {
  const raised = [...String(Math.abs(k))].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]!).join("");
  return `10${k < 0 ? "⁻" : ""}${raised}`;
}

/** The numbers at the density axis; far from 1 with a power of ten, the same for all of them. */
export function densityTicks(top: number): Tick[] {
  const ticks = scaleLinear().domain([0, top]).ticks(5);
  const power = Math.floor(Math.log10(ticks.at(-1) ?? 1));
  const scaled = power < -3 || power > 3;
  const label = (at: number): string => {
    if (at === 0 || !scaled) return shortNumber(at, 6);
    return `${shortNumber(at / 10 ** power, 6)}·${raisedTen(power)}`;
  };
  return ticks.map((at) => ({ at, label: label(at) }));
}

export function densityLabelWidth(top: number): number {
  return Math.max(...densityTicks(top).map((tick) => estimateTextWidth(tick.label, TICK)));
}

function densityAxis(scene: Scene, frame: Frame): string {
  const parts: string[] = [];
  for (const { at, label } of densityTicks(scene.top)) {
    const y = frame.y(at);
    if (at > 0) parts.push(line(frame.left, y, frame.right, y, GRID));
    parts.push(textElement(label, { x: frame.left - 8, y: y + 4, "text-anchor": "end" }));
  }
  return parts.join("") + axisTitle(frame, 18, scene.logarithmic ? "density of log₁₀ x" : "density");
}

function weightAxis(frame: Frame): string {
  const parts = [line(frame.right, frame.top, frame.right, frame.bottom, INK)];
  for (const value of frame.weight.ticks(5)) {
    const y = frame.weight(value);
    parts.push(line(frame.right, y, frame.right + 5, y, INK));
    parts.push(textElement(shortNumber(value, 6), { x: frame.right + 9, y: y + 4 }));
  }
  return parts.join("") + axisTitle(frame, frame.right + 52, "weight of an atom");
}

function axisTitle(frame: Frame, x: number, label: string): string {
  const y = (frame.top + frame.bottom) / 2;
  const transform = `rotate(-90 ${x} ${y})`;
  return textElement(label, { x, y, transform, "text-anchor": "middle", "font-size": 13 });
}

/** Edges as ticks across the axis, labelled where there is room; cusps as diamonds on it. */
function edgeMarks(scene: Scene, frame: Frame): string {
  const parts: string[] = [];
  for (const [k, s] of scene.spectra.entries()) {
    const colour = colourOf(k);
    for (const at of s.edges) {
      parts.push(line(frame.x(at), frame.bottom - 6, frame.x(at), frame.bottom + 8, colour, 2));
    }
    for (const at of s.cusps) {
      const d = `M${coordinate(frame.x(at) - 4)},${frame.bottom}l4,-5l4,5l-4,5z`;
      parts.push(element("path", { d, fill: "#ffffff", stroke: colour, "stroke-width": 1.4 }));
    }
  }
  const edges = [...new Set(scene.spectra[0]?.edges ?? [])].sort((a, b) => a - b);
  const labels = edges.map((at) => ({ x: frame.x(at), text: shortNumber(at) }));
  for (const { x, text } of spreadLabels(labels)) {
    parts.push(textElement(text, { x, y: frame.bottom + 34, "text-anchor": "middle", fill: colourOf(0) }));
  }
  return parts.join("");
}

/** The label of a place on an axis. */
export interface AxisLabel {
  readonly x: number;
  readonly text: string;
}

/** Labels moved apart as far as they have to be; one that would end up too far from its edge is left out. */
export function spreadLabels(labels: readonly AxisLabel[]): AxisLabel[] {
  interface Cluster {
    readonly members: readonly AxisLabel[];
    readonly width: number;
    readonly centre: number;
  }
  const widthOf = (label: AxisLabel): number => estimateTextWidth(label.text, TICK) + 10;
  const clusters: Cluster[] = [];
  for (const label of labels) {
    let next: Cluster = { members: [label], width: widthOf(label), centre: label.x };
    let before = clusters.at(-1);
    while (before !== undefined && before.centre + before.width / 2 > next.centre - next.width / 2) {
      const members = [...before.members, ...next.members];
      // Together they stand so that their edges lie as much to the left of their labels as to the right.
      const centre = (before.centre * before.members.length + next.centre * next.members.length) / members.length;
      next = { members, width: before.width + next.width, centre };
      clusters.pop();
      before = clusters.at(-1);
    }
    clusters.push(next);
  }
  return clusters.flatMap(({ members, width, centre }) => {
    let from = centre - width / 2;
    return members.flatMap((label) => {
      const x = from + widthOf(label) / 2;
      from += widthOf(label);
      return Math.abs(x - label.x) <= 34 ? [{ x, text: label.text }] : [];
    });
  });
}
