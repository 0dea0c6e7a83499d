import type { Outcome } from "../core/index.js";
import { QQ, type Rational } from "../rings/index.js";
import { type AlgebraicNumber, compareWithRational } from "../roots/index.js";
import { anatomy, locate, type SingularPoint } from "./anatomy.js";
import { type Atom, atoms } from "./atoms.js";
import { densityIntervals } from "./density-pieces.js";
import { type Law, requireNumeric } from "./law.js";
import { requireSpectrum } from "./spectrum.js";

/** A bulk: rho ~ (x − left)^leftExponent and (right − x)^rightExponent at its edges. */
export interface SupportInterval {
  readonly left: AlgebraicNumber;
  readonly right: AlgebraicNumber;
  readonly leftExponent: Outcome<Rational>;
  readonly rightExponent: Outcome<Rational>;
  /** The integral of the density over it: an estimate, usually to 14 digits. */
  readonly mass: number;
}

export interface Support {
  /** From left to right. Bulks that touch in a cusp are one interval. */
  readonly intervals: readonly SupportInterval[];
  readonly atoms: readonly Atom[];
  /** Points inside an interval where the density vanishes like a power of the distance. */
  readonly cusps: readonly AlgebraicNumber[];
}

/**
 * The support of a law: bulks with edges as real algebraic numbers, atoms with exact weights, cusps. Edges are real roots of
 * disc_m(P) or of the leading coefficient where the physical branch, followed from infinity with proof, stops being real. Exact
 * but for the masses.
 *
 * @throws DomainError when the law has parameters or its curve is no spectrum, LimitError when a certificate could not be reached.
 * @example support(ensembles.mp("1/4")).intervals[0].left // 1/4
 */
export function support(law: Law): Support {
  requireNumeric(law, "the support");
  requireSpectrum(law);
  const { singular } = anatomy(law);
  const pieces = densityIntervals(law);
  const intervals: SupportInterval[] = [];
  const cusps: AlgebraicNumber[] = [];
  let open: { from: (typeof singular)[number]; mass: number } | undefined;
  let next = 0;
  for (const point of singular) {
    if (point.left !== undefined && open !== undefined) {
      open.mass += pieces[next]!.mass;
      next++;
      if (point.right === undefined) {
        intervals.push({
          left: open.from.at,
          right: point.at,
          leftExponent: open.from.right!.exponent,
          rightExponent: point.left.exponent,
          mass: open.mass,
        });
        open = undefined;
      } else if (isCusp(point)) cusps.push(point.at);
    } else if (point.right !== undefined) open = { from: point, mass: 0 };
  }
  return { intervals, atoms: atoms(law), cusps };
}

/** Whether the density vanishes at a point inside an interval, from both sides. */
function isCusp({ left, right }: SingularPoint): boolean {
  return [left, right].every((side) => side?.exponent.kind === "ok" && QQ.sign(side.exponent.value) > 0);
}

/** Whether a rational x belongs to the support (edges and atoms included). Exact. */
export function pointOfSupport(law: Law, x: Rational): boolean {
  requireNumeric(law, "the support");
  const found = anatomy(law);
  const place = locate(found, x, compareWithRational);
  if ("cell" in place) return !place.cell.real;
  if (!place.left.real || !place.right.real) return true;
  return atoms(law).some((atom) => compareWithRational(atom.at, x) === 0);
}
