import { type Budget, unlimited } from "../core/index.js";
import { anatomy, atoms, type Law } from "../law/index.js";
import type { AlgebraicNumber } from "../roots/index.js";

/** An end of a bulk: `from` where the density begins, `to` where it ends, from left to right. */
export interface ShapeEdge {
  readonly at: AlgebraicNumber;
  readonly side: "from" | "to";
}

/** What of a law its events are about. */
export interface Shape {
  /** In ascending order, `from` and `to` in turn. */
  readonly edges: readonly ShapeEdge[];
  readonly atoms: readonly AlgebraicNumber[];
}

/** The bulks and atoms of a law without parameters. Exact up to the certificates of the sheets. */
export function shapeOf(law: Law, budget: Budget = unlimited): Shape {
  const { cells, points } = anatomy(law, budget);
  const edges: ShapeEdge[] = [];
  points.forEach((point, k) => {
    const [left, right] = [cells[k]!, cells[k + 1]!];
    if (left.real !== right.real) edges.push({ at: point.at, side: left.real ? "from" : "to" });
  });
  return { edges, atoms: atoms(law, budget).map((atom) => atom.at) };
}

/** Whether two shapes have as many edges and atoms. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.edges.length === b.edges.length && a.atoms.length === b.atoms.length;
}
