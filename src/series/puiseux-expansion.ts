// Exact: integers and fractions throughout.
import { type Budget, DomainError, InternalError, unlimited } from "../core/index.js";
import {
  coefficients,
  constantValue,
  degree,
  densePoly,
  type NumberField,
  type NumberFieldElement,
  numberField,
  type Polynomial,
} from "../poly/index.js";
import { type Rational, rational } from "../rings/index.js";
import type { AlgebraicNumber } from "../roots/index.js";
import { type BivariateTable, expandBranch } from "./implicit-branch.js";
import { greatestCommonDivisor, type LaurentSeries, puiseuxSeries } from "./laurent-series.js";
import { newtonPolygon } from "./newton-polygon.js";
import { embedElement, fieldRoots, rationalNumberField } from "./number-field-extension.js";

/**
 * A class of conjugate Puiseux series y(x) of a plane curve over a field K, as a parametrisation x = scale·t^ramification, y = series(t)
 * with coefficients in one number field L ⊇ K [Duval, Compositio Math. 70 (1989) 119]. It stands for ramification·residueDegree
 * branches: one for each embedding of L over K and each of the roots t.
 */
export interface PuiseuxExpansion {
  readonly field: NumberField;
  /** The image in L of the generator of K. */
  readonly generator: NumberFieldElement;
  readonly ramification: number;
  /** The degree of L over K. */
  readonly residueDegree: number;
  readonly scale: NumberFieldElement;
  readonly series: LaurentSeries<NumberFieldElement>;
}

export interface PuiseuxOptions {
  /** How many coefficients of the series are wanted, zeros included; 8 by default. As many as tell the branches apart are given anyway. */
  readonly terms?: number;
  /**
   * Whether the unramified classes are left out; false by default. The fields of these are the large ones: at a simple branch point of a
   * curve of degree n in y they have the degree n − 2 over K.
   */
  readonly ramifiedOnly?: boolean;
}

/** Newton's polygon is followed so often before the polynomial is said to have a repeated factor. */
const DEEPEST = 200;

/**
 * All Puiseux series at x = 0 of the solutions y of F(x, y) = Σ table[j][i] x^i y^j = 0 with coefficients in the number field K, those
 * with poles included, each class of conjugates once: Duval's rational form of the algorithm of Newton and Puiseux, in which the
 * field grows only by the coefficients that are needed. Exact. The sum of ramification·residueDegree is the degree of F in y, unless only ramified classes are asked for.
 * DomainError when F has a repeated factor.
 *
 * @example
 * // y² = x³: one class, x = t², y = t³
 * const q = rationalNumberField;
 * puiseuxExpansionsOfTable(q, [[q.zero, q.zero, q.zero, q.fromInteger(-1n)], [], [q.one]])
 */
export function puiseuxExpansionsOfTable(
  base: NumberField,
  table: BivariateTable<NumberFieldElement>,
  options: PuiseuxOptions = {},
  budget: Budget = unlimited,
): readonly PuiseuxExpansion[] {
  const terms = options.terms ?? 8;
  if (!Number.isInteger(terms) || terms < 1) throw new DomainError(`terms is ${terms}; it must be an integer >= 1`);
  const rows = trimmedRows(base, table);
  if (rows.length === 0) throw new DomainError("the zero polynomial has no Puiseux series");
  const start: Descent = {
    field: base,
    generator: base.generator,
    residueDegree: 1,
    ramification: 1,
    scale: base.one,
    known: new Map(),
    factor: base.one,
    shift: 0,
    rows,
    multiplicity: rows.length - 1,
  };
  const found: PuiseuxExpansion[] = [];
  const ramifiedOnly = options.ramifiedOnly ?? false;
  descend(start, true, { terms, ramifiedOnly }, found, 0, budget);
  return ramifiedOnly ? found.filter((e) => e.ramification > 1) : found;
}

/**
 * The Puiseux series of y at x = a, in powers of x − a = scale·t^ramification, or at infinity, in powers of 1/x: see
 * `puiseuxExpansionsOfTable`. The base field is Q(a); `generator` is the image of a.
 *
 * @example
 * puiseuxExpansions(parsePolynomial("z*m^2 + z*m + 1"), "z", "m", "infinity") // two classes: −1/z − … and −1 + 1/z + …
 */
export function puiseuxExpansions(
  p: Polynomial,
  x: string,
  y: string,
  at: AlgebraicNumber | "infinity",
  options: PuiseuxOptions = {},
  budget: Budget = unlimited,
): readonly PuiseuxExpansion[] {
  const other = p.variables.find((name) => name !== x && name !== y);
  if (other !== undefined) throw new DomainError(`Puiseux series need a curve in ${x} and ${y} alone, not in ${other}`);
  const field = at === "infinity" ? rationalNumberField : numberField(at.minimalPolynomial);
  const top = degree(p, x);
  const table = coefficients(p, y).map((row) => {
    const dense = coefficients(row, x).map((c) => field.fromRational(constantValue(c)));
    if (at !== "infinity") return densePoly(field).taylorShift(densePoly(field).trim(dense), field.generator);
    return Array.from({ length: top + 1 }, (_, i) => dense[top - i] ?? field.zero);
  });
  return puiseuxExpansionsOfTable(field, table, options, budget);
}

/**
 * c^ramification for the leading term y ~ c·x^(valuation/ramification) of the branches of a class, an element of its field: the
 * ramification different c are its roots.
 */
export function leadingPower(expansion: PuiseuxExpansion): NumberFieldElement {
  const { field, ramification, scale, series } = expansion;
  const first = series.coefficients[0];
  if (first === undefined) throw new DomainError("the series is 0 as far as it is known");
  return field.mul(field.pow(first, ramification), field.pow(scale, -series.valuation));
}

/**
 * The characteristic exponents of the branches of a class: those at which a new root of x enters y, ascending; the first is the lowest
 * power of x that is not analytic, and their common denominator is the ramification. Empty for unramified branches.
 */
export function characteristicExponents(expansion: PuiseuxExpansion): readonly Rational[] {
  const { field, ramification, series } = expansion;
  const exponents: Rational[] = [];
  let common = ramification;
  series.coefficients.forEach((c, k) => {
    const n = series.valuation + k;
    if (n % common === 0 || field.isZero(c)) return;
    exponents.push(rational(n, ramification));
    common = greatestCommonDivisor(common, Math.abs(n));
  });
  return exponents;
}

/** y = known(t) + factor·t^shift·Y with x = scale·t^ramification and rows(t, Y) = 0. */
interface Descent {
  readonly field: NumberField;
  readonly generator: NumberFieldElement;
  readonly residueDegree: number;
  readonly ramification: number;
  readonly scale: NumberFieldElement;
  readonly known: ReadonlyMap<number, NumberFieldElement>;
  readonly factor: NumberFieldElement;
  readonly shift: number;
  readonly rows: BivariateTable<NumberFieldElement>;
  /** How many branches have Y(0) = 0, and at the start all. */
  readonly multiplicity: number;
}

function descend(
  state: Descent,
  isStart: boolean,
  options: Required<PuiseuxOptions>,
  found: PuiseuxExpansion[],
  depth: number,
  budget: Budget,
): void {
  if (depth > DEEPEST) {
    throw new DomainError("two branches do not separate: does the polynomial have a repeated factor?");
  }
  const { field, rows } = state;
  const { terms } = options;
  if (!isStart && state.multiplicity === 1) {
    found.push(regular(state, terms, budget));
    return;
  }
  const valuations = rows.slice(0, state.multiplicity + 1).map((row) => {
    const first = row.findIndex((c) => !field.isZero(c));
    return first < 0 ? Number.POSITIVE_INFINITY : first;
  });
  if (valuations[0] === Number.POSITIVE_INFINITY) {
    if (valuations[1] === Number.POSITIVE_INFINITY) throw new DomainError("the polynomial has a repeated factor");
    found.push(expansionOf(state, [], terms));
  }
  for (const edge of newtonPolygon(valuations)) {
    if (!isStart && edge.rise <= 0) continue;
    budget.spend(rows.length, "expanding a Puiseux series");
    const { run: q, rise: m } = edge;
    const onEdge: NumberFieldElement[] = [];
    for (let j = edge.from; j <= edge.to; j += q)
      onEdge.push(rows[j]?.[edge.height - (m * (j - edge.from)) / q] ?? field.zero);
    const [u, v] = bezout(q, m);
    // A simple root whose branches have not been ramified so far never will be.
    const leastMultiplicity = options.ramifiedOnly && state.ramification * q === 1 ? 2 : 1;
    for (const root of fieldRoots(field, onEdge, { leastMultiplicity }, budget)) {
      const larger = root.field;
      const lift = (a: NumberFieldElement): NumberFieldElement =>
        larger === field ? a : embedElement(a, larger, root.generator);
      // x = ξ^v T^q, Y = T^m (ξ^u + Z)
      const base = larger.pow(root.root, v);
      const constant = larger.pow(root.root, u);
      const known: Map<number, NumberFieldElement> = new Map();
      for (const [k, c] of state.known) known.set(k * q, larger.mul(lift(c), larger.pow(base, k)));
      const factor = larger.mul(lift(state.factor), larger.pow(base, state.shift));
      const shift = state.shift * q + m;
      known.set(shift, larger.mul(factor, constant));
      descend(
        {
          field: larger,
          generator: lift(state.generator),
          residueDegree: state.residueDegree * root.degree,
          ramification: state.ramification * q,
          scale: larger.mul(lift(state.scale), larger.pow(base, state.ramification)),
          known,
          factor,
          shift,
          rows: substituted(
            larger,
            rows.map((row) => row.map(lift)),
            base,
            constant,
            q,
            m,
          ),
          multiplicity: root.multiplicity,
        },
        false,
        options,
        found,
        depth + 1,
        budget,
      );
    }
  }
}

/** Y is the simple root with Y(0) = 0 of rows(t, Y). */
function regular(state: Descent, terms: number, budget: Budget): PuiseuxExpansion {
  const { field, rows } = state;
  const lowest = Math.min(state.shift, ...state.known.keys());
  const order = Math.max(2, lowest + terms - state.shift);
  const branch = { prefix: [], reduced: rows, start: field.zero };
  return expansionOf(state, expandBranch(field, branch, order, budget), terms);
}

/** The series known(t) + factor·t^shift·tail(t); a tail without terms is 0, exactly. */
function expansionOf(state: Descent, tail: readonly NumberFieldElement[], terms: number): PuiseuxExpansion {
  const { field, generator, residueDegree, ramification, scale, known, factor, shift } = state;
  const lowest = Math.min(shift, ...known.keys());
  const order = tail.length === 0 ? Math.max(terms, shift - lowest + 1) : shift + tail.length - lowest;
  const all = Array.from({ length: order }, (_, k) => {
    const c = known.get(lowest + k) ?? field.zero;
    const t = tail[lowest + k - shift];
    return t === undefined ? c : field.add(c, field.mul(factor, t));
  });
  const { valuation, coefficients: series } = puiseuxSeries(field).create(all, lowest);
  return { field, generator, ramification, residueDegree, scale, series: { valuation, coefficients: series } };
}

/** F(base·T^q, T^m (constant + Z)) over the highest power of T that divides it. */
function substituted(
  field: NumberField,
  rows: BivariateTable<NumberFieldElement>,
  base: NumberFieldElement,
  constant: NumberFieldElement,
  q: number,
  m: number,
): BivariateTable<NumberFieldElement> {
  let lowest = Number.POSITIVE_INFINITY;
  rows.forEach((row, j) => {
    const first = row.findIndex((c) => !field.isZero(c));
    if (first >= 0) lowest = Math.min(lowest, q * first + m * j);
  });
  const moved: NumberFieldElement[][] = rows.map(() => []);
  rows.forEach((row, j) => {
    let power = field.one;
    row.forEach((c, i) => {
      if (!field.isZero(c)) {
        const to = q * i + m * j - lowest;
        const target = moved[j]!;
        while (target.length <= to) target.push(field.zero);
        target[to] = field.mul(c, power);
      }
      power = field.mul(power, base);
    });
  });
  // Y = constant + Z, by Horner's rule on the rows
  for (let low = 0; low < moved.length - 1; low++) {
    for (let j = moved.length - 2; j >= low; j--) {
      const above = moved[j + 1]!;
      const row = moved[j]!;
      above.forEach((c, i) => {
        row[i] = field.add(row[i] ?? field.zero, field.mul(constant, c));
      });
      for (let i = 0; i < row.length; i++) row[i] ??= field.zero;
    }
  }
  return moved;
}

/** u, v with u·q − v·m = 1 for coprime q > 0 and m. */
function bezout(q: number, m: number): readonly [number, number] {
  if (q === 1) return [1, 0];
  if (greatestCommonDivisor(q, Math.abs(m)) !== 1) throw new InternalError("an edge is not in lowest terms");
  for (let v = 0; v < q; v++) if ((((1 + v * m) % q) + q) % q === 0) return [(1 + v * m) / q, v];
  throw new InternalError("coprime integers without a combination that is 1");
}

function trimmedRows(
  field: NumberField,
  table: BivariateTable<NumberFieldElement>,
): BivariateTable<NumberFieldElement> {
  let length = table.length;
  while (length > 0 && table[length - 1]!.every((c) => field.isZero(c))) length--;
  return table.slice(0, length);
}
