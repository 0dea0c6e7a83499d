import { scaleLinear, scaleLog } from "d3-scale";
import { area, line } from "d3-shape";
import { PALETTE, type Scale, type Tick } from "./axes.js";
import { shortNumber } from "./number-text.js";
import { element, estimateTextWidth, svgDocument, textElement } from "./svg.js";

/** The edges of a spectrum over its size factor, as plain numbers. */
export interface EdgeDiagram {
  readonly title: string;
  /** The size factors at the ends of the axis. */
  readonly domain: readonly [number, number];
  /** Each bulk over a stretch of the axis; stretches that follow each other touch. */
  readonly bulks: readonly DiagramBulk[];
  /** Atoms from where they begin to where they end. */
  readonly atoms: readonly {
    readonly at: number;
    readonly from: number;
    readonly to: number;
    readonly label: string;
  }[];
  readonly events: readonly DiagramEvent[];
  /** From here on there is no spectrum. */
  readonly horizon?: number;
  /** Default `auto`: logarithmic when the domain spans more than a factor of 30. */
  readonly tauScale?: "auto" | "linear" | "log";
  /** Default `auto`: logarithmic when the bulks are positive and span more than a factor of 300. */
  readonly xScale?: "auto" | "linear" | "log";
  /** Pixels; default 800 by 520. */
  readonly width?: number;
  readonly height?: number;
}

export interface DiagramBulk {
  readonly tau: ArrayLike<number>;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

export interface DiagramEvent {
  readonly tau: number;
  readonly x: number | undefined;
  readonly kind: string;
  readonly label: string;
}

const INK = "#414b5a";
const GRID = "#e6e9ee";
const [BULK, ATOM, MARK] = PALETTE as [string, string, string];
/** Keeps text readable where a line runs under it. */
const HALO = { "paint-order": "stroke", stroke: "#ffffff", "stroke-width": 3, "stroke-opacity": "0.85" };
/** An edge that touches 0 must not stretch a logarithmic axis that was not asked for. */
const LARGEST_SPAN = 1e7;
const LABEL_SIZE = 11.5;
const LABEL_ROW = 15;

interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly tau: Scale;
  readonly x: Scale;
}

/** The diagram as one self-contained SVG document: bulks shaded between their edges, atoms as lines, events marked and named above. */
export function edgeDiagramSvg(diagram: EdgeDiagram): string {
  const [width, height] = [diagram.width ?? 800, diagram.height ?? 520];
  const tauLogarithmic = isLogarithmic(diagram.tauScale, diagram.domain, 30);
  // Atoms at or below 0 stand at the foot of a logarithmic axis.
  const positive = extent(diagram, true);
  const xLogarithmic = isLogarithmic(diagram.xScale, positive, 300);
  const range = xLogarithmic ? positive : extent(diagram, false);
  const ticks = (xLogarithmic ? scaleLog() : scaleLinear()).domain(range).ticks(6);
  const left = 46 + Math.max(...ticks.map((t) => estimateTextWidth(shortNumber(t), 12)), 20);
  const right = width - 24;
  const tau = (tauLogarithmic ? scaleLog() : scaleLinear()).domain(diagram.domain).range([left, right]);
  const labels = arrangeLabels(diagram, tau, right);
  const top = 50 + LABEL_ROW * labels.rows;
  const bottom = height - 56;
  const x = (xLogarithmic ? scaleLog() : scaleLinear()).domain(margins(range, xLogarithmic)).range([bottom, top]);
  const plot: Plot = { left, right, top, bottom, tau, x };
  const clip = element("rect", { x: left, y: top, width: right - left, height: bottom - top });
  return svgDocument(
    { width, height, title: diagram.title, description: inWords(diagram) },
    element("defs", {}, element("clipPath", { id: "diagram" }, clip)),
    beyond(diagram, plot),
    axes(plot, { tauLogarithmic, xLogarithmic }),
    element(
      "g",
      { "clip-path": "url(#diagram)" },
      ...diagram.bulks.map((bulk) => bulkShape(bulk, plot)),
      ...diagram.atoms.map((atom) => atomLine(atom, plot, xLogarithmic)),
    ),
    ...diagram.atoms.map((atom) => atomLabel(atom, plot, xLogarithmic)),
    eventMarks(diagram, plot, xLogarithmic),
    ...labels.placed.map(({ text, at, row, from }) => eventLabel(text, at, from, row, plot)),
  );
}

function isLogarithmic(
  scale: "auto" | "linear" | "log" | undefined,
  [low, high]: readonly [number, number],
  factor: number,
): boolean {
  if (low <= 0) return false;
  const span = high / low;
  return scale === "log" || ((scale ?? "auto") === "auto" && span > factor && span < LARGEST_SPAN);
}

/** The smallest and the largest x that is drawn; without the atoms at or below 0 when so wanted. */
function extent({ bulks, atoms }: EdgeDiagram, positiveAtoms: boolean): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const include = (x: number): void => {
    low = Math.min(low, x);
    high = Math.max(high, x);
  };
  for (const { lower, upper } of bulks) {
    for (let k = 0; k < lower.length; k++) {
      include(lower[k]!);
      include(upper[k]!);
    }
  }
  for (const { at } of atoms) if (at > 0 || !positiveAtoms) include(at);
  if (low > high) return [0, 1];
  return low === high ? [low - 1, high + 1] : [low, high];
}

function margins([low, high]: readonly [number, number], logarithmic: boolean): [number, number] {
  if (logarithmic) {
    const share = (high / low) ** 0.04;
    return [low / share, high * share];
  }
  const share = 0.04 * (high - low);
  return [low - share, high + share];
}

function stroke(x1: number, y1: number, x2: number, y2: number, colour: string, width = 1, dash?: string): string {
  return element("line", { x1, y1, x2, y2, stroke: colour, "stroke-width": width, "stroke-dasharray": dash });
}

function axes(plot: Plot, kinds: { tauLogarithmic: boolean; xLogarithmic: boolean }): string {
  const { left, right, top, bottom, tau, x } = plot;
  const parts: string[] = [];
  for (const { at, label } of ticksOf(x, kinds.xLogarithmic, 7)) {
    const y = x(at);
    if (label !== "") parts.push(stroke(left, y, right, y, GRID));
    parts.push(stroke(left - (label === "" ? 3 : 5), y, left, y, INK));
    if (label !== "") parts.push(textElement(label, { x: left - 8, y: y + 4, "text-anchor": "end" }));
  }
  for (const { at, label } of ticksOf(tau, kinds.tauLogarithmic, 9)) {
    parts.push(stroke(tau(at), bottom, tau(at), bottom + (label === "" ? 3 : 5), INK));
    if (label !== "") parts.push(textElement(label, { x: tau(at), y: bottom + 18, "text-anchor": "middle" }));
  }
  parts.push(stroke(left, bottom, right, bottom, INK), stroke(left, top, left, bottom, INK));
  const name = kinds.tauLogarithmic ? "size factor τ (logarithmic)" : "size factor τ";
  parts.push(
    textElement(name, { x: (left + right) / 2, y: bottom + 40, "text-anchor": "middle", "font-size": 13 }),
    textElement(kinds.xLogarithmic ? "x (logarithmic)" : "x", {
      x: 16,
      y: (top + bottom) / 2,
      transform: `rotate(-90 16 ${(top + bottom) / 2})`,
      "text-anchor": "middle",
      "font-size": 13,
    }),
  );
  return element("g", { "font-size": 12, fill: INK }, ...parts);
}

/** Ticks of an axis, most with labels; on a logarithmic axis at 1, 2, 5 times powers of ten when there are few decades, else at powers of ten. */
export function ticksOf(scale: Scale, logarithmic: boolean, count: number): readonly Tick[] {
  if (!logarithmic) return scale.ticks(count).map((at) => ({ at, label: shortNumber(at, 6) }));
  const [low, high] = scale.domain() as [number, number];
  const decades = Math.log10(high / low);
  const named = decades < 1.2 ? [1, 2, 3, 4, 5, 7] : decades < 3.2 ? [1, 2, 5] : [1];
  const every = Math.ceil(decades / 8);
  const ticks: { at: number; label: string }[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (let digit = 1; digit < 10; digit++) {
      const at = digit * 10 ** power;
      if (at < low * (1 - 1e-12) || at > high * (1 + 1e-12)) continue;
      const labelled = named.includes(digit) && power % every === 0;
      if (labelled || decades < 6) ticks.push({ at, label: labelled ? shortNumber(at) : "" });
    }
  }
  return ticks;
}

function bulkShape({ tau, lower, upper }: DiagramBulk, plot: Plot): string {
  const points = Array.from({ length: tau.length }, (_, k) => k);
  const shade = area<number>()
    .x((k) => plot.tau(tau[k]!))
    .y0((k) => plot.x(lower[k]!))
    .y1((k) => plot.x(upper[k]!))
    .digits(2)(points);
  const border = (edge: ArrayLike<number>): string =>
    element("path", {
      class: "edge",
      d:
        line<number>()
          .x((k) => plot.tau(tau[k]!))
          .y((k) => plot.x(edge[k]!))
          .digits(2)(points) ?? "",
      fill: "none",
      stroke: BULK,
      "stroke-width": 1.8,
      "stroke-linejoin": "round",
    });
  return (
    element("path", { class: "bulk", d: shade ?? "", fill: BULK, "fill-opacity": "0.16" }) +
    border(lower) +
    border(upper)
  );
}

function heightOf(x: number, plot: Plot, logarithmic: boolean): number {
  return logarithmic && x <= 0 ? plot.bottom - 4 : plot.x(x);
}

type DiagramAtom = EdgeDiagram["atoms"][number];

function atomLine({ at, from, to }: DiagramAtom, plot: Plot, logarithmic: boolean): string {
  const y = heightOf(at, plot, logarithmic);
  return element("line", {
    class: "atom",
    x1: plot.tau(from),
    y1: y,
    x2: plot.tau(to),
    y2: y,
    stroke: ATOM,
    "stroke-width": 3,
  });
}

/** At the end of the line, on the side where there is more room. */
function atomLabel({ at, to, label }: DiagramAtom, plot: Plot, logarithmic: boolean): string {
  const y = heightOf(at, plot, logarithmic);
  const above = y - plot.top > 24;
  const attributes = { x: plot.tau(to) - 4, y: above ? y - 6 : y + 15, "text-anchor": "end", "font-size": LABEL_SIZE };
  return textElement(label, { ...attributes, ...HALO, fill: ATOM });
}

/** The part of the axis without a spectrum. */
function beyond({ horizon, domain }: EdgeDiagram, plot: Plot): string {
  if (horizon === undefined || horizon > domain[1]) return "";
  const x = plot.tau(horizon);
  const parts = [
    element("rect", {
      x,
      y: plot.top,
      width: plot.right - x,
      height: plot.bottom - plot.top,
      fill: "#8a94a3",
      "fill-opacity": "0.12",
    }),
    stroke(x, plot.top, x, plot.bottom, INK, 1.6),
  ];
  const text = "no spectrum";
  if (plot.right - x > estimateTextWidth(text, 13) + 16) {
    const at = { x: (x + plot.right) / 2, y: (plot.top + plot.bottom) / 2, "text-anchor": "middle", "font-size": 13 };
    parts.push(textElement(text, { ...at, ...HALO, fill: INK }));
  }
  return element("g", { class: "horizon" }, ...parts);
}

function eventMarks({ events }: EdgeDiagram, plot: Plot, logarithmic: boolean): string {
  const parts: string[] = [];
  for (const tau of new Set(events.map((event) => event.tau))) {
    parts.push(stroke(plot.tau(tau), plot.top, plot.tau(tau), plot.bottom, MARK, 1, "3 3"));
  }
  for (const { tau, x, kind } of events) {
    if (x === undefined) continue;
    const [cx, cy] = [plot.tau(tau), heightOf(x, plot, logarithmic)];
    const paint = { class: "event", "data-kind": kind, fill: "#ffffff", stroke: MARK, "stroke-width": 1.8 };
    parts.push(
      kind.startsWith("atom")
        ? element("path", { ...paint, d: `M${cx.toFixed(2)},${(cy - 6).toFixed(2)}l6,6l-6,6l-6,-6z` })
        : element("circle", { ...paint, cx, cy, r: 4.5 }),
    );
  }
  return element("g", {}, ...parts);
}

interface PlacedLabel {
  readonly text: string;
  /** The middle of the text. */
  readonly at: number;
  /** Where the event is. */
  readonly from: number;
  /** 0 is next to the plot. */
  readonly row: number;
}

/** One label for each time, in as few rows above the plot as keep them apart. */
function arrangeLabels(
  { events, horizon, domain }: EdgeDiagram,
  tau: Scale,
  right: number,
): { placed: readonly PlacedLabel[]; rows: number } {
  const texts = new Map<number, string[]>();
  for (const { tau: at, label } of events) {
    const known = texts.get(at) ?? [];
    texts.set(at, known);
    if (!known.includes(label)) known.push(label);
  }
  const end = horizon !== undefined && horizon <= domain[1] ? horizon : undefined;
  if (end !== undefined) texts.set(end, [...(texts.get(end) ?? []), "horizon"]);
  const taken: number[] = [];
  const placed = [...texts.entries()]
    .sort(([a], [b]) => a - b)
    .map(([at, words]): PlacedLabel => {
      const text = `${words.join(", ")} ${shortNumber(at)}`;
      const half = estimateTextWidth(text, LABEL_SIZE) / 2;
      const from = tau(at);
      const middle = Math.max(half + 8, Math.min(from, right + 20 - half));
      let row = taken.findIndex((edge) => edge + 8 < middle - half);
      if (row < 0) row = taken.length;
      taken[row] = middle + half;
      return { text, at: middle, from, row };
    });
  return { placed, rows: Math.max(1, taken.length) };
}

function eventLabel(text: string, at: number, from: number, row: number, plot: Plot): string {
  const y = plot.top - 8 - LABEL_ROW * row;
  return (
    (row > 0 ? stroke(from, y + 3, from, plot.top, MARK, 0.7, "1 3") : "") +
    textElement(text, { x: at, y, "text-anchor": "middle", "font-size": LABEL_SIZE, fill: "#1f5c39" })
  );
}

/** The diagram in words: what a screen reader says, and what search finds. */
function inWords({ domain, events, atoms, horizon }: EdgeDiagram): string {
  const sentences = [`Edges of the spectrum for a size factor from ${domain.map((t) => shortNumber(t)).join(" to ")}.`];
  for (const { tau, x, label } of events) {
    sentences.push(`At ${shortNumber(tau)}: ${label}${x === undefined ? "" : `, x = ${shortNumber(x)}`}.`);
  }
  for (const { at, from } of atoms) sentences.push(`Atom at ${shortNumber(at)} from ${shortNumber(from)} on.`);
  if (horizon !== undefined && horizon <= domain[1]) sentences.push(`No spectrum beyond ${shortNumber(horizon)}.`);
  return sentences.join(" ");
}
