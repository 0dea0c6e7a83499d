import { type Budget, orThrow, unlimited } from "../core/index.js";
import { type EdgeSample, type EventKind, horizon, type SpectralEvent, trajectories } from "../evolution/index.js";
import type { Law } from "../law/index.js";
import {
  type DiagramBulk,
  type DiagramEvent,
  type EdgeDiagram,
  edgeDiagramSvg,
  shortNumber,
} from "../picture/index.js";
import { type Rational, rationalToNumber } from "../rings/index.js";
import { algebraicToNumber } from "../roots/index.js";

export interface EdgePlotOptions {
  readonly title?: string;
  /**
   * The size factors at the ends of the axis. Default: 1 and 20, or twice the horizon where that is less; where the horizon is 1, so that the law cannot grow,
   * 1/20 and 1.
   */
  readonly from?: Rational | number;
  readonly to?: Rational | number;
  readonly tauScale?: "auto" | "linear" | "log";
  readonly xScale?: "auto" | "linear" | "log";
  readonly width?: number;
  readonly height?: number;
  /** Sample points on every stretch between events; default 160. */
  readonly points?: number;
}

const names: Readonly<Record<EventKind, string>> = {
  "cusp-split": "split",
  "cusp-merge": "merge",
  "bulk-appears": "bulk appears",
  "bulk-vanishes": "bulk vanishes",
  "atom-born": "atom born",
  "atom-absorbed": "atom absorbed",
  "edge-meets-atom": "edge at atom",
  "atoms-meet": "atoms meet",
  "spectrum-collapses": "collapse",
  acnode: "branch points",
  "spectrum-ends": "end",
  "spectrum-begins": "begin",
};

/**
 * The edges of a law over its size factor as a self-contained SVG document: bulks shaded, atoms as lines, events and the horizon marked.
 * Estimate: the edges are followed in double precision.
 *
 * @throws DomainError when the law has parameters or the interval is empty; LimitError when something could not be decided.
 * @example plotEdgesSvg(ensembles.kestenMcKay(4), { from: 1, to: 6 }) // "<svg …", with the horizon at 4
 */
export function plotEdgesSvg(law: Law, options: EdgePlotOptions = {}, budget: Budget = unlimited): string {
  return edgeDiagramSvg(edgeDiagramOf(law, options, budget));
}

/** The numbers of {@link plotEdgesSvg}: edges and atoms sampled between the events, the events and the horizon. */
export function edgeDiagramOf(law: Law, options: EdgePlotOptions = {}, budget: Budget = unlimited): EdgeDiagram {
  const { from, to, title = "edges", points = 160, ...rest } = { ...defaultRange(law, options, budget), ...options };
  const paths = trajectories(law, from, to, budget);
  const domain: [number, number] = [asNumber(from), asNumber(to)];
  const end = "num" in paths.to ? rationalToNumber(paths.to) : algebraicToNumber(paths.to);
  const breaks = [domain[0], ...paths.events.map((event) => algebraicToNumber(event.at)), end];
  const stretches = breaks
    .filter((t, k) => k === 0 || t > breaks[k - 1]!)
    .flatMap((t, k, all) => (k === 0 ? [] : [samplesBetween(all[k - 1]!, t, points)]));
  const samples = stretches.map((taus) => paths.evaluate(taus));
  const horizon = paths.horizon === "infinity" ? {} : { horizon: algebraicToNumber(paths.horizon) };
  return {
    title,
    domain,
    bulks: samples.flatMap(bulksOf),
    atoms: atomsOf(samples),
    events: paths.events.map(markOf),
    ...horizon,
    ...rest,
  };
}

/** The ends of the axis that are not given. */
function defaultRange(
  law: Law,
  { from, to }: EdgePlotOptions,
  budget: Budget,
): { readonly from: Rational | number; readonly to: Rational | number } {
  if (from !== undefined && to !== undefined) return { from, to };
  const { tau } = orThrow(horizon(law, budget));
  const reach = tau === "infinity" ? tau : algebraicToNumber(tau);
  if (reach === "infinity") return { from: 1, to: 20 };
  return reach <= 1 ? { from: reach / 20, to: reach } : { from: 1, to: Math.min(20, 2 * reach) };
}

function asNumber(value: Rational | number): number {
  return typeof value === "number" ? value : rationalToNumber(value);
}

/** Inside a stretch, dense towards both ends, where edges may run like the square root of the distance. */
function samplesBetween(from: number, to: number, count: number): number[] {
  const nudge = 1e-9 * (to - from);
  return Array.from({ length: count }, (_, k) => {
    const share = (1 - Math.cos((Math.PI * k) / (count - 1))) / 2;
    return Math.min(to - nudge, Math.max(from + nudge, from + share * (to - from)));
  });
}

function bulksOf(samples: readonly EdgeSample[]): readonly DiagramBulk[] {
  const count = (samples[0]?.edges.length ?? 0) / 2;
  const tau = samples.map((sample) => sample.tau);
  return Array.from({ length: count }, (_, k) => ({
    tau,
    lower: samples.map((sample) => sample.edges[2 * k]!),
    upper: samples.map((sample) => sample.edges[2 * k + 1]!),
  }));
}

/** Each place of an atom from its first to its last sample, with the weight it ends with. */
function atomsOf(samples: readonly (readonly EdgeSample[])[]): EdgeDiagram["atoms"] {
  const found = new Map<number, { from: number; to: number; weight: number }>();
  for (const stretch of samples) {
    for (const { tau, atoms } of stretch) {
      for (const { at, weight } of atoms) {
        const known = found.get(at);
        found.set(at, { from: known?.from ?? tau, to: tau, weight });
      }
    }
  }
  return [...found.entries()].map(([at, { from, to, weight }]) => ({
    at,
    from,
    to,
    label: `atom at ${shortNumber(at)}, weight ${weightText(weight)}`,
  }));
}

/** Three digits, or as many as tell it from 1. */
function weightText(weight: number): string {
  for (let digits = 3; digits < 12; digits++) {
    const text = shortNumber(weight, digits);
    if (text !== "1" || weight === 1) return text;
  }
  return "1";
}

function markOf(event: SpectralEvent): DiagramEvent {
  return {
    tau: algebraicToNumber(event.at),
    x: event.where === undefined ? undefined : algebraicToNumber(event.where),
    kind: event.kind,
    label: names[event.kind],
  };
}
