import { type Budget, LimitError } from "../../core/index.js";
import type { Complex } from "../../curve/index.js";
import { branchPoints, type Law, physicalSheet, requireNumeric, support } from "../../law/index.js";
import { algebraicToNumber } from "../../roots/index.js";
import { permutationAlong, permutationToText } from "../../surface/index.js";
import type { Context } from "./context.js";
import { type NumberFacts, numberFacts } from "./flow-facts.js";
import { lawOf } from "./law-cache.js";
import { tableOf } from "./moving-spectrum.js";
import { type Fibre, followSheets, type SheetFollower } from "./sheets-in-doubles.js";

/** A point over which sheets of the curve meet. */
export interface BranchFacts {
  readonly re: number;
  readonly im: number;
  /** Where it is real: exact. */
  readonly exact?: NumberFacts;
  /** Whether the physical sheet branches there, for a real one seen from above. */
  readonly physical: boolean;
}

/** What the picture of the z-plane stands on. */
export interface PlaneFacts {
  readonly law: string;
  readonly sheets: number;
  readonly points: readonly BranchFacts[];
  /** Ends of the bulks. */
  readonly edges: Float64Array;
  /** A window that shows all of it: from left to right, and as far below the axis as above. */
  readonly window: PlaneWindow;
}

export interface PlaneWindow {
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

/**
 * The branch points of a law and a window around them. Real ones are exact; which are physical is proved.
 *
 * @throws DomainError when the law has parameters or is no spectrum, LimitError when a certificate could not be reached.
 */
export function planeFacts({ law: text }: { readonly law: string }, { budget }: Context): PlaneFacts {
  const law = lawOf(text, budget);
  requireNumeric(law, "the picture of its sheets");
  const { real, onPhysicalBoundary, complex } = branchPoints(law, budget);
  const shape = support(law, budget);
  const edges = Float64Array.from(shape.intervals.flatMap(({ left, right }) => [left, right].map(algebraicToNumber)));
  const points = [
    ...real.map(
      (at, k): BranchFacts => ({
        re: algebraicToNumber(at),
        im: 0,
        exact: numberFacts(at),
        physical: onPhysicalBoundary[k]!,
      }),
    ),
    ...complex.map(({ re, im, onPhysicalSheet }): BranchFacts => ({ re, im, physical: onPhysicalSheet })),
  ];
  const places = [...edges, ...shape.atoms.map(({ at }) => algebraicToNumber(at)), ...points.map(({ re }) => re)];
  const [low, high] = [Math.min(...places, Number.POSITIVE_INFINITY), Math.max(...places, Number.NEGATIVE_INFINITY)];
  const [left, right] = low < high ? [low, high] : Number.isFinite(low) ? [low - 1, low + 1] : [-1, 1];
  const margin = 0.22 * (right - left);
  const tallest = Math.max(0, ...points.map(({ im }) => im));
  return {
    law: text,
    sheets: tableOf(law.curve).degreeM,
    points,
    edges,
    window: {
      left: left - margin,
      right: right + margin,
      height: Math.max(0.32 * (right - left + 2 * margin), 1.25 * tallest),
    },
  };
}

/**
 * The sheets over the upper half-plane, cut straight down from its branch points: each continued from far above along vertical lines. Sheet 1 is the
 * physical one; the others follow by the real and then the imaginary part of m high above the real axis. Over the lower half-plane a sheet takes conjugate
 * values.
 */
interface SheetSystem {
  readonly follower: SheetFollower;
  readonly top: Complex;
  readonly values: Fibre;
}

const known = new WeakMap<Law, SheetSystem>();

function sheetSystem(law: Law, budget: Budget): SheetSystem {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const { real, complex } = branchPoints(law, budget);
  const places = [...real.map((at) => ({ re: algebraicToNumber(at), im: 0 })), ...complex];
  const centre = places.reduce((sum, { re }) => sum + re, 0) / Math.max(1, places.length);
  const reach = Math.max(1e-12, ...places.map(({ re, im }) => Math.hypot(re - centre, im)));
  // Not on an axis of symmetry, and above every branch point.
  const top = { re: centre + 0.0137 * reach, im: 3 * (places.length === 0 ? 1 : reach) };
  const reached = physicalSheet(law).to(top, budget);
  if (reached.kind !== "ok") throw new LimitError(reached.reason);
  const { m } = reached.value;
  const follower = followSheets(tableOf(law.curve));
  const found = follower.fibreOver(top);
  const away = (k: number): number => Math.hypot(found[2 * k]! - m.re, found[2 * k + 1]! - m.im);
  const order = Array.from({ length: follower.sheets }, (_, k) => k);
  const physical = order.reduce((best, k) => (away(k) < away(best) ? k : best), 0);
  order.sort((a, b) => {
    if (a === physical || b === physical) return a === physical ? -1 : 1;
    return found[2 * a]! - found[2 * b]! || found[2 * a + 1]! - found[2 * b + 1]!;
  });
  const values = Float64Array.from(order.flatMap((k) => [found[2 * k]!, found[2 * k + 1]!]));
  const system = { follower, top, values };
  known.set(law, system);
  return system;
}

export interface ColouringQuestion {
  readonly law: string;
  /** From 1, the physical one. */
  readonly sheet: number;
  readonly window: PlaneWindow;
  readonly columns: number;
  /** From the top of the window to the real axis. */
  readonly rows: number;
}

/** m on one sheet at the centres of the pixels over the upper half of a window, row by row from the top; below, the values are conjugate. */
export interface ColouringFacts {
  readonly question: ColouringQuestion;
  readonly re: Float32Array;
  readonly im: Float32Array;
  /** Columns in which the sheets came too close to be followed; NaN from there on. */
  readonly lost: number;
}

/** The values of m on a sheet over a window, followed in doubles; an estimate. */
export function sheetColouring(question: ColouringQuestion, { budget }: Context): ColouringFacts {
  const { sheet, window, columns, rows } = question;
  const { follower, top, values } = sheetSystem(lawOf(question.law, budget), budget);
  const k = Math.min(Math.max(1, sheet), follower.sheets) - 1;
  const [re, im] = [new Float32Array(columns * rows), new Float32Array(columns * rows)];
  const width = (window.right - window.left) / columns;
  const step = window.height / rows;
  const ceiling = Math.max(top.im, window.height);
  const start = { re: top.re, im: ceiling };
  let here: Complex = start;
  let along = follower.follow(top, values, start);
  let lost = 0;
  // From the middle to the right, and from the middle to the left.
  const middle = Math.min(columns, Math.max(0, Math.round((top.re - window.left) / width)));
  const sweep = [
    ...Array.from({ length: columns - middle }, (_, c) => middle + c),
    ...Array.from({ length: middle }, (_, c) => middle - 1 - c),
  ];
  const origin = along;
  for (const column of sweep) {
    budget.spend(rows / 10, "colouring the plane");
    if (column === middle - 1) [here, along] = [start, origin];
    const at = { re: window.left + (column + 0.5) * width, im: ceiling };
    along = follower.follow(here, along, at);
    here = at;
    let [z, down]: [Complex, Fibre] = [at, along];
    for (let row = 0; row < rows; row++) {
      const next = { re: at.re, im: (rows - row - 0.5) * step };
      try {
        down = follower.follow(z, down, next);
      } catch (error) {
        if (!(error instanceof LimitError)) throw error;
        lost++;
        for (let rest = row; rest < rows; rest++)
          re[rest * columns + column] = im[rest * columns + column] = Number.NaN;
        break;
      }
      z = next;
      re[row * columns + column] = down[2 * k]!;
      im[row * columns + column] = down[2 * k + 1]!;
    }
  }
  return { question, re, im, lost };
}

export interface LoopQuestion {
  readonly law: string;
  /** The corners of a closed polygon, the first one not repeated. */
  readonly loop: readonly (readonly [number, number])[];
}

/** What a loop does to the sheets, counted as in the pictures: sheet 1 is the physical one. */
export interface LoopFacts {
  readonly question: LoopQuestion;
  /** `permutation[i]` is where sheet i + 1 ends, minus 1. Certified. */
  readonly permutation: readonly number[];
  /** In cycle notation, sheets counted from 1. */
  readonly cycles: string;
  /** For each sheet m at equally many places of the way: re, im, re, im, …. */
  readonly strands: readonly Float64Array[];
}

const strandPlaces = 60;

/**
 * The permutation of the sheets along a loop, each sheet followed with a proof at every step.
 *
 * @throws DomainError for fewer than three corners, LimitError when the loop runs into a branch point.
 */
export function loopPermutation(question: LoopQuestion, { budget }: Context): LoopFacts {
  const law = lawOf(question.law, budget);
  const corners = question.loop.map(([re, im]) => ({ re, im }));
  const found = permutationAlong(law.curve, corners.length < 3 ? corners : refined(corners), budget);
  const labels = labelsOver(law, found.base, found.sheets, budget);
  const permutation = new Array<number>(labels.length);
  const strands = new Array<Float64Array>(labels.length);
  labels.forEach((label, k) => {
    permutation[label] = labels[found.permutation[k]!]!;
    strands[label] = Float64Array.from(found.paths[k]!.flatMap(({ re, im }) => [re, im]));
  });
  return { question, permutation, cycles: permutationToText(permutation), strands };
}

/** The same polygon with further corners on long sides. */
function refined(corners: readonly Complex[]): readonly Complex[] {
  const length = corners.map((from, k) => {
    const to = corners[(k + 1) % corners.length]!;
    return Math.hypot(to.re - from.re, to.im - from.im);
  });
  const piece = length.reduce((sum, l) => sum + l, 0) / strandPlaces;
  return corners.flatMap((from, k) => {
    const to = corners[(k + 1) % corners.length]!;
    const count = Math.max(1, Math.min(strandPlaces, Math.round(length[k]! / piece)));
    return Array.from({ length: count }, (_, i) => ({
      re: from.re + ((to.re - from.re) * i) / count,
      im: from.im + ((to.im - from.im) * i) / count,
    }));
  });
}

/** The number, from 0, that each of the values over a point has in the system of sheets. */
function labelsOver(law: Law, at: Complex, values: readonly Complex[], budget: Budget): readonly number[] {
  const { follower, top, values: start } = sheetSystem(law, budget);
  const sign = at.im < 0 ? -1 : 1;
  const above = { re: at.re, im: Math.max(top.im, Math.abs(at.im)) };
  const fibre = follower.follow(above, follower.follow(top, start, above), { re: at.re, im: Math.abs(at.im) });
  const labels = values.map(({ re, im }) => {
    let best = 0;
    const away = (k: number): number => Math.hypot(fibre[2 * k]! - re, sign * fibre[2 * k + 1]! - im);
    for (let k = 1; k < follower.sheets; k++) if (away(k) < away(best)) best = k;
    return best;
  });
  if (new Set(labels).size < labels.length) {
    throw new LimitError("the sheets over the beginning of the loop could not be told apart; begin it elsewhere");
  }
  return labels;
}
