import { type Budget, InternalError, unlimited } from "../core/index.js";
import {
  isZero,
  linearAlgebra,
  multiply,
  negate,
  type Polynomial,
  polynomialDomain,
  zeroPolynomial,
} from "../poly/index.js";
import {
  type AlgebraElement,
  type AlgebraicDerivation,
  algebraicDerivation,
  combination,
  differentiate,
  unit,
} from "./algebraic-derivation.js";
import { withoutCommonFactor } from "./common-factor.js";
import { independentColumns } from "./random-image.js";

/**
 * The linear differential equation Σ coefficients[k]·y^(k) = right with polynomial coefficients in `variable` and in parameters:
 * integer coefficients, no common factor, the leading coefficient with the canonical sign. `right` is 0 for a homogeneous one.
 */
export interface DifferentialEquation {
  readonly variable: string;
  readonly unknown: string;
  /** [k] multiplies the k-th derivative; the last one is not 0. */
  readonly coefficients: readonly Polynomial[];
  readonly right: Polynomial;
}

export interface EquationOptions {
  /** Allow a right side, which often lowers the order by one; by default the equation is homogeneous. */
  readonly rightSide?: boolean;
}

/** Random points that are tried before a dependence that is none is taken for a defect. */
const trials = 8;

/**
 * The linear differential equation of least order that every branch y(x) of P(x, y) = 0 satisfies [Cockle 1861; Bostan, Chyzak,
 * Lecerf, Salvy & Schost, "Differential equations for algebraic functions", ISSAC 2007]: y, y', y'', … are vectors of the algebra
 * K(x)[y]/(P), and the first of them that depends on those before gives the equation. At most of order D = deg_y P; with a right
 * side at most D − 1.
 *
 * Exact and proved: the equation holds in the algebra, and a smaller order is excluded by the rank at a point modulo a prime. The
 * order is least for the irreducible P; for a product the equation is that of all branches together.
 *
 * @param polynomial square-free in y; its other variables are parameters, over whose field of fractions the order is least.
 */
export function differentialEquation(
  polynomial: Polynomial,
  variable: string,
  unknown: string,
  options: EquationOptions = {},
  budget: Budget = unlimited,
): DifferentialEquation {
  const derivation = algebraicDerivation(polynomial, variable, unknown, budget);
  const derivatives: AlgebraElement[] = [derivation.unknown];
  const right = options.rightSide === true ? [unit(derivation.dimension)] : [];
  for (let trial = 0; trial < trials; trial++) {
    let columns = [...right, ...derivatives];
    while (independentColumns(transposed(columns), trial, budget) === columns.length) {
      derivatives.push(differentiate(derivation, derivatives.at(-1)!, budget));
      columns = [...right, ...derivatives];
      budget.spend(1, "looking for a differential equation");
    }
    const found = relationByElimination(columns, budget);
    if (found === undefined) continue;
    const [first, ...rest] = right.length > 0 ? found : [zeroPolynomial, ...found];
    return { variable, unknown, coefficients: rest, right: negate(first!) };
  }
  throw new InternalError("no differential equation was found for an algebraic function");
}

/** Whether every branch of P(x, y) = 0 satisfies the equation, decided in the algebra K(x)[y]/(P). Exact. */
export function satisfies(polynomial: Polynomial, equation: DifferentialEquation, budget: Budget = unlimited): boolean {
  const derivation: AlgebraicDerivation = algebraicDerivation(polynomial, equation.variable, equation.unknown, budget);
  const elements = [unit(derivation.dimension)];
  let element = derivation.unknown;
  for (let k = 0; k < equation.coefficients.length; k++) {
    if (k > 0) element = differentiate(derivation, element, budget);
    elements.push(element);
    budget.spend(1, "checking a differential equation");
  }
  return combination([negate(equation.right), ...equation.coefficients], elements, budget).every(isZero);
}

/** The rows of coordinates of elements as columns, without the denominators: each column is known up to a factor. */
function transposed(columns: readonly AlgebraElement[]): readonly (readonly Polynomial[])[] {
  return columns[0]!.numerators.map((_, i) => columns.map((column) => column.numerators[i]!));
}

/**
 * The coefficients of the linear dependence of elements of which the last depends on the others, and these are independent:
 * polynomials without common factor. Undefined when they are independent. By fraction-free elimination, so that it is proved.
 */
function relationByElimination(columns: readonly AlgebraElement[], budget: Budget): readonly Polynomial[] | undefined {
  const domain = polynomialDomain(budget, "looking for a differential equation");
  const [relation] = linearAlgebra.nullspaceByBareiss(domain, transposed(columns), budget);
  if (relation === undefined) return undefined;
  return withoutCommonFactor(
    relation.map((factor, k) => multiply(factor, columns[k]!.denominator)),
    budget,
  );
}
