import { type Budget, unlimited } from "../core/index.js";
import { type Law, requireNumeric } from "../law/index.js";
import {
  coefficients,
  degree,
  discriminant,
  isConstant,
  isZero,
  leadingCoefficient,
  type Polynomial,
  primitive,
  resultant,
  squareFreePart,
} from "../poly/index.js";
import { rational } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicRoots,
  compareAlgebraic,
  signOf,
} from "../roots/index.js";
import { edgePolynomial, shearedCurve } from "./edge-polynomial.js";

const known = new WeakMap<Law, readonly AlgebraicNumber[]>();

/**
 * All tau > 0, in ascending order, at which anything qualitative about the law decompressed by tau can change: two branch points
 * meet (disc_z E = 0: cusps, nodes, vertical tangents) or one goes to infinity; a branch point meets the place of a pole, where atoms are
 * born, or a singular point of the curve; the curve has a singular or a tangent point at infinity; tau = 1. Between two
 * consecutive ones the real and complex branch points move without meeting, on the same sheets, and the support has as
 * many bulks and atoms. Most of them are nothing on the physical sheet: {@link events} says which. Exact.
 *
 * @throws DomainError when the law has parameters, LimitError when a discriminant is beyond the work limit.
 */
export function criticalTimes(law: Law, budget: Budget = unlimited): readonly AlgebraicNumber[] {
  requireNumeric(law, "the list of critical times");
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const found: AlgebraicNumber[] = [algebraicFromRational(rational(1))];
  for (const p of timePolynomials(law, budget)) {
    budget.spend(1, "isolating critical times");
    for (const root of algebraicRoots(p, budget)) {
      if (signOf(root) > 0 && found.every((other) => compareAlgebraic(other, root) !== 0)) found.push(root);
    }
  }
  const result = found.sort(compareAlgebraic);
  known.set(law, result);
  return result;
}

/** Square-free polynomials in tau whose roots, together, are the critical times other than 1. */
function timePolynomials(law: Law, budget: Budget): readonly Polynomial[] {
  const { dual, polynomial, lines } = edgePolynomial(law, budget);
  const poles = leadingCoefficient(law.curve, "m");
  const result: Polynomial[] = [];
  const collect = (p: Polynomial): void => {
    if (!isConstant(p) && !isZero(p)) result.push(squareFreePart(p, budget));
  };
  budget.spend(1, "computing critical times");
  if (degree(dual, "z") > 1) collect(discriminant(dual, "z", budget));
  collect(leadingCoefficient(dual, "z"));
  for (const line of lines) {
    budget.spend(1, "computing critical times");
    if (!line.factor.variables.includes("z")) {
      collect(line.factor);
      continue;
    }
    if (!isConstant(dual)) collect(resultant(dual, line.factor, "z", budget));
    for (const other of lines) {
      if (line.ramified && other !== line && other.factor.variables.includes("z")) {
        collect(resultant(line.factor, other.factor, "z", budget));
      }
    }
    if (line.ramified && degree(line.factor, "z") > 1) collect(discriminant(line.factor, "z", budget));
    if (line.ramified) collect(leadingCoefficient(line.factor, "z"));
  }
  if (!isConstant(polynomial) && poles.variables.includes("z")) {
    for (const part of [dual, ...lines.filter((l) => l.ramified).map((l) => l.factor)]) {
      if (part.variables.includes("tau")) collect(resultant(part, poles, "z", budget));
    }
  }
  const rows = coefficients(shearedCurve(law.curve), "u_");
  collect(primitive(rows.at(-1)!));
  return result;
}
