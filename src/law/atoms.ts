import { type Budget, InternalError, LimitError, unlimited } from "../core/index.js";
import type { CriticalPoint } from "../curve/index.js";
import {
  add,
  coefficients,
  constant,
  fromIntegerPoly,
  integerPoly,
  multiply,
  power,
  resultant,
  substitute,
  toIntegerPoly,
  variable,
} from "../poly/index.js";
import { powerOfTwo, rationalFromNumber } from "../rings/index.js";
import { type AlgebraicNumber, affineImage, algebraicToNumber, rootsBetween, signOf } from "../roots/index.js";
import { type Anatomy, anatomy, located } from "./anatomy.js";
import { type Law, requireNumeric } from "./law.js";
import { isNormalised, normalisation } from "./normalisation.js";

/** A point mass: exact place and exact weight. */
export interface Atom {
  readonly at: AlgebraicNumber;
  readonly weight: AlgebraicNumber;
}

interface RealPoles {
  readonly atoms: readonly Atom[];
  readonly steep: readonly AlgebraicNumber[];
}

const known = new WeakMap<Law, RealPoles>();

/**
 * The atoms of a law, from left to right: the real poles m ~ −w/(z − a) of the physical sheet with their weights w, which are roots
 * of the equation that −(z − a)m satisfies at z = a. Exact; which root it is, is proved. A weight is positive for every law; for a
 * curve that is no spectrum (decompressed beyond its horizon) it can be negative and is reported so.
 *
 * @throws DomainError when the law has parameters, LimitError when a certificate could not be reached.
 * @example atoms(decompress(ensembles.mp("1/50"), 80)) // weight 3/8 at 0
 */
export function atoms(law: Law, budget: Budget = unlimited): readonly Atom[] {
  return realPoles(law, budget).atoms;
}

/** The real points where the physical sheet grows faster than a simple pole, from left to right: a spectrum has none. Exact. */
export function steepPoles(law: Law, budget: Budget = unlimited): readonly AlgebraicNumber[] {
  return realPoles(law, budget).steep;
}

function realPoles(law: Law, budget: Budget): RealPoles {
  requireNumeric(law, "the list of atoms");
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const frame = normalisation(law, budget);
  if (!isNormalised(frame)) {
    const normal = realPoles(frame.law, budget);
    const moved = (at: AlgebraicNumber): AlgebraicNumber => affineImage(at, powerOfTwo(frame.exponent), frame.centre);
    const result = {
      atoms: normal.atoms.map(({ at, weight }) => ({ at: moved(at), weight })),
      steep: normal.steep.map(moved),
    };
    known.set(law, result);
    return result;
  }
  const found = anatomy(law, budget);
  const poles: Atom[] = [];
  const steep: AlgebraicNumber[] = [];
  found.points.forEach((point, k) => {
    if (point.sheetsAtInfinity === 0) return;
    const weight = residue(law, found, point, k, budget);
    if (weight === "steep") steep.push(point.at);
    else if (weight !== undefined) poles.push({ at: point.at, weight });
  });
  const result = { atoms: poles, steep };
  known.set(law, result);
  return result;
}

function residue(
  law: Law,
  found: Anatomy,
  point: CriticalPoint,
  index: number,
  budget: Budget,
): AlgebraicNumber | "steep" | undefined {
  const right = found.cells[index + 1]!;
  const left = found.cells[index]!;
  // Away from other critical behaviour there is one simple pole on one real sheet.
  if (point.multiplicity === 0 && !(left.real && right.real)) return undefined;
  const limit = located(law, point, right, 1, "residue", budget);
  if (limit.kind !== "ok") {
    throw new LimitError(
      `whether there is an atom at ${algebraicToNumber(point.at)} could not be decided: ${limit.reason}`,
    );
  }
  const { place } = limit.value;
  if (place === undefined) return "steep";
  const { centre, error, real } = place.point;
  if (!real) throw new InternalError("the residue of the physical branch at a real point is not real");
  if (place.point.exact !== undefined && limit.value.curve.field.isZero(place.point.exact)) return undefined;
  const equation = weightEquation(law, point, budget);
  const low = rationalFromNumber(centre.re - 4 * error - Math.abs(centre.re) * 1e-12);
  const high = rationalFromNumber(centre.re + 4 * error + Math.abs(centre.re) * 1e-12);
  const [weight, ...others] = rootsBetween(equation, low, high, budget);
  if (weight === undefined) throw new InternalError("the weight of an atom is no root of its own equation");
  if (others.length > 0) {
    throw new LimitError(`two possible weights of an atom at ${algebraicToNumber(point.at)} could not be told apart`);
  }
  return signOf(weight) === 0 ? undefined : weight;
}

/** The polynomial over the rationals that the weights of all sheets at the point satisfy. */
function weightEquation(law: Law, point: CriticalPoint, budget: Budget): ReturnType<typeof toIntegerPoly> {
  // P(a + u, −w/u): the lowest power of u, as a polynomial in w and a, then the norm over a.
  const a = variable("a_");
  const w = variable("w_");
  const u = variable("u_");
  const shifted = coefficients(substitute(law.curve, { z: add(a, u) }), "m");
  const degree = shifted.length - 1;
  const minimal = fromIntegerPoly(point.at.minimalPolynomial, "a_");
  const cleared = shifted
    .map((c, j) => multiply(c, multiply(power(multiply(constant(-1), w), j), power(u, degree - j))))
    .reduce(add, constant(0));
  for (const row of coefficients(cleared, "u_")) {
    if (row.terms.length === 0) continue;
    const norm = resultant(minimal, row, "a_", budget);
    if (norm.terms.length === 0) continue;
    if (!norm.variables.includes("w_")) break;
    return integerPoly.squareFreePart(toIntegerPoly(norm, "w_"), budget);
  }
  throw new InternalError("no sheet of the curve has a finite residue at a point where the physical one has");
}
