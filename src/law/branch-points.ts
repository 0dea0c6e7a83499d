import { type Outcome, ok, orThrow } from "../core/index.js";
import { type Complex, complexCriticalPoints, criticalPoints, decideRamification } from "../curve/index.js";
import { type AlgebraicNumber, algebraicToNumber } from "../roots/index.js";
import { type Law, requireNumeric } from "./law.js";
import { physicalSheet } from "./physical-sheet.js";
import { upperPoints } from "./spectrum.js";

export interface BranchPoints {
  /** On whatever sheet, in ascending order; most of them are no edges of the support. */
  readonly real: readonly AlgebraicNumber[];
  /** With conjugates, to double precision; `onPhysicalSheet` makes the curve no spectrum. */
  readonly complex: readonly (Complex & { readonly onPhysicalSheet: boolean })[];
}

/**
 * The finite branch points of the curve: roots of disc_m(P) at which two sheets really ramify. A root of odd multiplicity does by
 * itself (the discriminant is a square times the product over the ramified places); at one of even multiplicity every
 * sheet is followed around it. Real ones exact.
 *
 * @throws DomainError when the law has parameters, LimitError when a certificate could not be reached.
 */
export function branchPoints(law: Law): BranchPoints {
  requireNumeric(law, "the list of branch points");
  const { tracker } = physicalSheet(law);
  const real = criticalPoints(law.curve).real;
  const complex = complexCriticalPoints(law.curve);
  const everywhere: Complex[] = [
    ...real.map(({ at }) => ({ re: algebraicToNumber(at), im: 0 })),
    ...complex.map(({ at }) => at),
  ];
  const ramified = (at: Complex, multiplicity: number): Outcome<boolean> => {
    if (multiplicity % 2 === 1) return ok(true);
    if (multiplicity === 0) return ok(false);
    const others = everywhere.filter((other) => other.re !== at.re || other.im !== at.im);
    const apart = Math.min(
      ...others.map((other) => Math.hypot(other.re - at.re, other.im - at.im)),
      Math.abs(at.re) + 1,
    );
    return decideRamification(tracker, at, apart);
  };
  const upper = orThrow(upperPoints(law));
  return {
    real: real
      .filter((point) => orThrow(ramified({ re: algebraicToNumber(point.at), im: 0 }, point.multiplicity)))
      .map((point) => point.at),
    complex: complex
      .filter((point) => orThrow(ramified(point.at, point.multiplicity)))
      .map(({ at }) => ({
        ...at,
        onPhysicalSheet: upper.some(
          (point) => point.kind === "branch-point" && point.at.re === at.re && point.at.im === Math.abs(at.im),
        ),
      })),
  };
}
