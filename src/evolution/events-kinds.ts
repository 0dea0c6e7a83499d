import { type AlgebraicNumber, compareAlgebraic } from "../roots/index.js";
import { cellOf, type Neighbourhood, type Place } from "./events-places.js";
import type { Shape } from "./events-shape.js";

/**
 * What happens to a spectrum as its size factor (or another parameter) grows through a value:
 * `cusp-split` — a bulk splits in two; `cusp-merge` — two become one; `bulk-appears`, `bulk-vanishes` — at a point;
 * `atom-born`, `atom-absorbed` — the weight of an atom begins to be, ceases to be positive; `edge-meets-atom` — the end of a bulk is at
 * the place of the atom just then; `atoms-meet` — two atoms are at one place just then; `spectrum-collapses` — all bulks and atoms come to
 * one point, so that the law is a point mass just then, and part again; `acnode` — two conjugate branch points meet on the real axis: beyond
 * it (or before) they are on the physical sheet, and there is no spectrum; `spectrum-ends`, `spectrum-begins` — there is none beyond
 * (before) for another reason: a density or the weight of an atom would be negative, or the law is not defined.
 *
 * What closes and opens again at one value is two kinds: `cusp-merge` and `cusp-split` where a gap does, `bulk-vanishes` and `bulk-appears` where a
 * bulk that is not all of the law does, `spectrum-ends` and `spectrum-begins` where some of the law goes to infinity on one side and
 * comes back on the other. None of them is a cusp that for one value is in a bulk, with no gap on either side, and an atom whose weight is zero
 * for one value.
 */
export type EventKind =
  | "cusp-split"
  | "cusp-merge"
  | "bulk-appears"
  | "bulk-vanishes"
  | "atom-born"
  | "atom-absorbed"
  | "edge-meets-atom"
  | "atoms-meet"
  | "spectrum-collapses"
  | "acnode"
  | "spectrum-ends"
  | "spectrum-begins";

/** Next to one place: what has changed from before to after. `alone`: no other branch point ends up elsewhere in the cell. */
export function kindsBetween(before: Shape, after: Shape, place: Place, alone: boolean): EventKind[] {
  const kinds = changes(before, after);
  const edges = before.edges.length + after.edges.length;
  if (alone && before.atoms.length !== after.atoms.length && edges > 0) kinds.push("edge-meets-atom");
  if (!alone) return kinds;
  if (before.edges.length === after.edges.length && place.multiple) kinds.push(...closings(before, after));
  if (before.atoms.length === after.atoms.length && place.pole && before.atoms.length > 0) {
    if (edges > 0 && !(isAtAtom(before) && isAtAtom(after))) kinds.push("edge-meets-atom");
    if (before.atoms.length > 1) kinds.push("atoms-meet");
  }
  return kinds;
}

/** {@link kindsBetween} where all of the law comes to the place. */
export function kindsOfCollapse(before: Shape, after: Shape): EventKind[] {
  return ["spectrum-collapses", ...changes(before, after)];
}

/** What is more or less of afterwards. */
function changes(before: Shape, after: Shape): EventKind[] {
  const kinds: EventKind[] = [];
  if (after.edges.length > before.edges.length) kinds.push(isSplit(before, after) ? "cusp-split" : "bulk-appears");
  if (after.edges.length < before.edges.length) kinds.push(isSplit(after, before) ? "cusp-merge" : "bulk-vanishes");
  if (after.atoms.length > before.atoms.length) kinds.push("atom-born");
  if (after.atoms.length < before.atoms.length) kinds.push("atom-absorbed");
  return kinds;
}

/** What comes to one point before and parts again after it. */
function closings(before: Shape, after: Shape): EventKind[] {
  if (hasBulk(before) && hasBulk(after)) return ["bulk-vanishes", "bulk-appears"];
  return gaps(before) > 0 && gaps(after) > 0 ? ["cusp-merge", "cusp-split"] : [];
}

/** Next to one place, where there are spectra on one side alone: a bulk of which both ends come to the place. */
export function kindsOnOneSide(only: Shape, place: Place, alone: boolean, begins: boolean): EventKind[] {
  if (!alone || !place.multiple || !hasBulk(only)) return [];
  return [begins ? "bulk-appears" : "bulk-vanishes"];
}

/** What has gone to infinity, from before to after. */
export function kindsAtInfinity(before: Shape, after: Shape): EventKind[] {
  const [old, young] = [before, after].map(({ edges, atoms }) => edges.length + atoms.length);
  if (old! > 0 && young! > 0) return ["spectrum-ends", "spectrum-begins"];
  return changes(before, after);
}

/** What of a shape is in some of the cells next to a critical value. */
export function partOf({ edges, atoms }: Shape, { separators }: Neighbourhood, cells: readonly number[]): Shape {
  const isInside = (at: AlgebraicNumber): boolean => cells.includes(cellOf(separators, at));
  return { edges: edges.filter((edge) => isInside(edge.at)), atoms: atoms.filter(isInside) };
}

/** Whether the new edges come from within a bulk, and not out of nothing. */
function isSplit(few: Shape, many: Shape): boolean {
  return gaps(many) > gaps(few);
}

function gaps({ edges }: Shape): number {
  return edges.filter((edge, k) => edge.side === "to" && edges[k + 1]?.side === "from").length;
}

function hasBulk({ edges }: Shape): boolean {
  return edges.some((edge, k) => edge.side === "from" && edges[k + 1]?.side === "to");
}

function isAtAtom({ edges, atoms }: Shape): boolean {
  return edges.some((edge) => atoms.some((at) => compareAlgebraic(edge.at, at) === 0));
}
