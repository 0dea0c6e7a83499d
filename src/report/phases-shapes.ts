import { type Budget, unlimited } from "../core/index.js";
import { type PhaseCell, type PhaseDiagram, phaseText, pointsOver, type Strip } from "../phases/index.js";
import { type Rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import { algebraicToNumber } from "../roots/index.js";

/** A point of the plane of the two parameters. */
export type PlanePoint = readonly [number, number];

/** The cells of a phase diagram as polygons, and the lines across which the phase changes. */
export interface PhaseShapes {
  /** One for each cell, in the order of `diagram.cells`. */
  readonly areas: readonly { readonly phase: string; readonly outline: readonly PlanePoint[] }[];
  readonly borders: readonly (readonly PlanePoint[])[];
}

const SAMPLES = 90;

/** The shapes of {@link phasesSvg}: the exact borders over sampled x, rounded to doubles and joined by straight lines. */
export function phaseShapes(diagram: PhaseDiagram, budget: Budget = unlimited): PhaseShapes {
  const outlines = diagram.strips.map((strip) => outlineOf(diagram, strip, budget));
  const areas: PhaseShapes["areas"][number][] = [];
  const borders: (readonly PlanePoint[])[] = [];
  diagram.strips.forEach((_, k) => {
    const { xs, rows } = outlines[k]!;
    const own = diagram.cells.filter((cell) => cell.strip === k);
    own.forEach((cell, level) => {
      const lower = xs.map((px, i): PlanePoint => [px, rows[i]![level]!]);
      const upper = xs.map((px, i): PlanePoint => [px, rows[i]![level + 1]!]).reverse();
      areas.push({ phase: phaseText(cell), outline: [...lower, ...upper] });
      const above = own[level + 1];
      if (above === undefined || phaseText(above) === phaseText(cell)) return;
      borders.push(upper);
    });
    for (const [px, from, to] of standingBorders(diagram, outlines, k)) {
      borders.push([
        [px, from],
        [px, to],
      ]);
    }
  });
  return { areas, borders };
}

/** The phases that occur, in the order of their texts, so that colours do not depend on the order of cells. */
export function phaseNames(cells: readonly PhaseCell[]): readonly string[] {
  return [...new Set(cells.map(phaseText))].sort();
}

interface Outline {
  readonly xs: readonly number[];
  /** For each x the heights from the lower to the upper border of the window, borders included. */
  readonly rows: readonly (readonly number[])[];
}

/** The curves over a strip, sampled more closely towards its ends, where they may stand upright. */
function outlineOf(diagram: PhaseDiagram, strip: Strip, budget: Budget): Outline {
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
    const heights = flat
      ? own
      : pointsOver(curves, x.name, inner(px, k), y, budget).map((point) => algebraicToNumber(point.y));
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
