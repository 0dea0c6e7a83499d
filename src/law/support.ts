import { type Budget, type Outcome, unlimited } from "../core/index.js";
import { powerOfTwo, QQ, type Rational } from "../rings/index.js";
import { type AlgebraicNumber, affineImage, compareWithRational } from "../roots/index.js";
import { anatomy, locate, type SingularPoint } from "./anatomy.js";
import { type Atom, atoms } from "./atoms.js";
import { bulkMasses } from "./bulk-masses.js";
import { type Law, requireNumeric } from "./law.js";
import { isNormalised, normalisation } from "./normalisation.js";
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
 * but for the masses, which are estimates.
 *
 * @throws DomainError when the law has parameters or its curve is no spectrum, LimitError when a certificate could not be reached.
 * @example support(ensembles.mp("1/4")).intervals[0].left // 1/4
 */
export function support(law: Law, budget: Budget = unlimited): Support {
  requireNumeric(law, "the support");
  requireSpectrum(law, budget);
  const frame = normalisation(law, budget);
  if (isNormalised(frame)) return supportOfModerateLaw(law, budget);
  const moved = (at: AlgebraicNumber): AlgebraicNumber => affineImage(at, powerOfTwo(frame.exponent), frame.centre);
  const normal = supportOfModerateLaw(frame.law, budget);
  return {
    intervals: normal.intervals.map((bulk) => ({ ...bulk, left: moved(bulk.left), right: moved(bulk.right) })),
    atoms: atoms(law, budget),
    cusps: normal.cusps.map(moved),
  };
}

function supportOfModerateLaw(law: Law, budget: Budget): Support {
  const bulks: Omit<SupportInterval, "mass">[] = [];
  const cusps: AlgebraicNumber[] = [];
  let open: SingularPoint | undefined;
  for (const point of anatomy(law, budget).singular) {
    if (point.left !== undefined && open !== undefined) {
      if (point.right === undefined) {
        bulks.push({
          left: open.at,
          right: point.at,
          leftExponent: open.right!.exponent,
          rightExponent: point.left.exponent,
        });
        open = undefined;
      } else if (isCusp(point)) cusps.push(point.at);
    } else if (point.right !== undefined) open = point;
  }
  const masses = bulkMasses(
    law,
    bulks.map(({ left, right }) => [left, right] as const),
    budget,
  );
  return { intervals: bulks.map((bulk, k) => ({ ...bulk, mass: masses[k]! })), atoms: atoms(law, budget), cusps };
}

/** Whether the density vanishes at a point inside an interval, from both sides. */
function isCusp({ left, right }: SingularPoint): boolean {
  return [left, right].every((side) => side?.exponent.kind === "ok" && QQ.sign(side.exponent.value) > 0);
}

/** Whether a rational x belongs to the support (edges and atoms included). Exact. */
export function pointOfSupport(law: Law, x: Rational, budget: Budget = unlimited): boolean {
  requireNumeric(law, "the support");
  const found = anatomy(law, budget);
  const place = locate(found, x, compareWithRational);
  if ("cell" in place) return !place.cell.real;
  if (!place.left.real || !place.right.real) return true;
  return atoms(law, budget).some((atom) => compareWithRational(atom.at, x) === 0);
}
