// Exact: the critical points of a curve, with what proves that they are all.
import { realBalls } from "../ball/index.js";
import { type Budget, LimitError } from "../core/index.js";
import {
  coefficients,
  densePoly,
  derivative,
  divideExact,
  factor,
  fromIntegerPoly,
  type IntegerPoly,
  integerPoly,
  type NumberFieldElement,
  numberField,
  type Polynomial,
  resultant,
  toIntegerPoly,
  toText,
} from "../poly/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import { type AlgebraicNumber, compareAlgebraic, complexRoots, realRoots } from "../roots/index.js";
import { pellet, quotient, taylor } from "../verify/index.js";
import { type Charts, chartsOf, curveIn } from "./charts.js";
import { endsOf, witnessOf } from "./numbers.js";

/** A factor of the resultant of P and dP/dm, irreducible. */
export interface CriticalFactor {
  readonly f: IntegerPoly;
  readonly power: number;
  readonly inLeading: number;
  /** Coordinates that show that no sheets ramify there; none where that is not shown. */
  readonly crossings: readonly number[];
  /** The values of m at which sheets meet there, as far as they are found. */
  readonly meetings: readonly PlacedValue[];
}

export interface CriticalPlace {
  readonly at: AlgebraicNumber;
  readonly factor: CriticalFactor;
}

/** A disc of the upper half-plane with one critical point: middle and radius, in units of 2^-bits. */
export interface UpperDisc {
  readonly re: Rational;
  readonly im: Rational;
  readonly radius: Rational;
  readonly bits: number;
  readonly factor: CriticalFactor;
}

export interface CriticalData {
  readonly factors: readonly CriticalFactor[];
  readonly real: readonly CriticalPlace[];
  readonly upper: readonly UpperDisc[];
  /** The coordinates that show crossings, and others as they are needed. */
  readonly charts: Charts;
}

/** The critical points of a curve in z and m with all that shows them; the discs are so narrow that they show the digits. */
export function criticalData(curve: Polynomial, digits: number, budget: Budget): CriticalData {
  const whole = factor(resultant(curve, derivative(curve, "m"), "m", budget), budget).factors;
  const leading = toIntegerPoly(coefficients(curve, "m").at(-1)!, "z");
  const charts = chartsOf(curve, budget);
  const factors = whole.map(({ factor: p, multiplicity }): CriticalFactor => {
    const f = toIntegerPoly(p, "z");
    const inLeading = valuation(leading, f);
    const inDiscriminant = multiplicity - inLeading;
    const isEven = inDiscriminant > 0 && inDiscriminant % 2 === 0;
    const crossings = isEven ? crossingOver(charts, f, { inDiscriminant, inLeading }, budget) : [];
    const meetings = inDiscriminant > 1 ? multiplePoints(curve, f, budget) : [];
    return { f, power: multiplicity, inLeading, crossings, meetings };
  });
  const real = factors
    .flatMap((own) => realRoots(own.f, budget).map(({ root }): CriticalPlace => ({ at: root, factor: own })))
    .sort((a, b) => compareAlgebraic(a.at, b.at));
  return { factors, real, charts, upper: factors.flatMap((own) => upperDiscs(own, digits, budget)) };
}

/** The fields of a step that show the critical points, but for the discs. */
export interface CriticalFields {
  readonly factors: readonly (readonly [p: string, power: string, witness: string, crossings: readonly string[]])[];
  readonly real: readonly (readonly string[])[];
}

/** Those fields; `placed` gives a chart its index in the step. */
export function criticalFields(
  { factors, real }: CriticalData,
  placed: (chart: number) => number,
  digits: number,
): CriticalFields {
  const texts = factors.map(({ f, power, crossings }) => {
    const witness = witnessOf(f);
    // The checker takes a crossing only for what it knows to be irreducible.
    const charts = f.length === 2 || witness !== "" ? crossings.map((chart) => String(placed(chart))) : [];
    return [toText(fromIntegerPoly(f, "z")), String(power), witness, charts] as const;
  });
  const roots = real.map(({ at, factor: own }) => [String(factors.indexOf(own)), ...endsOf(at, digits)]);
  return { factors: texts, real: roots };
}

function valuation(p: IntegerPoly, f: IntegerPoly): number {
  const next = integerPoly.divideExact(p, f);
  return next === undefined ? 0 : 1 + valuation(next, f);
}

/** Relative binary places of the middles of discs, at least. */
const fineBits = 100;

function upperDiscs(own: CriticalFactor, digits: number, budget: Budget): readonly UpperDisc[] {
  if (own.f.length < 3) return [];
  const relative = Math.max(fineBits, Math.ceil(digits * 3.33) + 40);
  const field = realBalls(relative + 64);
  return complexRoots(own.f, { digits: Math.ceil(relative * 0.302) + 4 }, budget)
    .filter(({ real, ball }) => !real && field.sign(ball.im) === 1)
    .map(({ ball }) => {
      const [re, im] = [ball.re, ball.im].map((part) => QQ.midpoint(field.lower(part), field.upper(part))) as [
        Rational,
        Rational,
      ];
      const size = Math.max(...[re, im].map((part) => (part.num === 0n ? -2000 : log2(part))));
      const bits = Math.max(0, relative - Math.floor(size));
      const unit = 1n << BigInt(bits);
      const [x, y] = [re, im].map((part) => QQ.round(QQ.mul(part, rational(unit)))) as [bigint, bigint];
      const whole = taylor(
        own.f.map((c) => [c]),
        bits,
        { re: 0n, im: 0n },
        { re: x, im: y },
      );
      const radius = [16n, 256n, 65536n].find((r) => pellet(whole, 1, 0n, r));
      if (radius === undefined)
        throw new LimitError("a complex critical point could not be shown to be alone in a disc");
      return { re: rational(x, unit), im: rational(y, unit), radius: rational(radius, unit), bits, factor: own };
    });
}

const log2 = ({ num, den }: Rational): number => num.toString(2).replace("-", "").length - den.toString(2).length;

/** The coefficients of the powers of m over a root of f. */
function over(field: ReturnType<typeof numberField>, p: Polynomial): NumberFieldElement[] {
  return coefficients(p, "m").map((row) => {
    if (row.terms.length === 0) return field.zero;
    const integers = toIntegerPoly(row, "z");
    // toIntegerPoly is primitive: the factor that it takes away is put back.
    const { terms, denominator } = divideExact(row, fromIntegerPoly(integers, "z"))!;
    return field.fromCoefficients(
      integers.map((c) => c * terms[0]!.coefficient),
      denominator,
    );
  });
}

/**
 * Coordinates that show that no sheets ramify over the roots of f; none where they were not found. In them the discriminant has the
 * multiplicity 2 for each of the points at which two sheets cross.
 */
function crossingOver(
  charts: Charts,
  f: IntegerPoly,
  { inDiscriminant, inLeading }: { readonly inDiscriminant: number; readonly inLeading: number },
  budget: Budget,
): readonly number[] {
  const sheets = charts.all[0]!.table.length - 1;
  for (const h of inLeading > 0 ? [[1n], f] : [[1n]]) {
    const first = charts.indexOf(h, [0n]);
    const { power } = charts.all[first]!;
    const rest = inDiscriminant + (h.length > 1 ? sheets * (sheets - 1) - 2 * power * (sheets - 1) : 0);
    if (rest === 0) return [first];
    const points = multiplePoints(curveIn(charts.all[first]!), f, budget);
    const common = points.reduce((all, { denominator }) => all * denominator, 1n);
    const found = points.flatMap(({ numerator, denominator }) => {
      const place = charts.indexOf(
        h.map((c) => c * common),
        numerator.length === 0 ? [0n] : numerator.map((c) => (c * common) / denominator),
      );
      const [free, slope] = charts.all[place]!.table;
      const isNode = divides(integerPoly.mul(f, f), free!) && divides(f, slope!);
      return isNode ? [place] : [];
    });
    if (found.length > 0 && 2 * found.length === rest) return found;
  }
  return [];
}

const divides = (f: IntegerPoly, p: IntegerPoly): boolean => quotient(p, f) !== undefined;

/** A polynomial in z with one integer denominator. */
export interface PlacedValue {
  readonly numerator: IntegerPoly;
  readonly denominator: bigint;
}

/** The root of a monic polynomial of degree one. */
function solution(
  field: ReturnType<typeof numberField>,
  common: readonly NumberFieldElement[],
): PlacedValue | undefined {
  if (common.length !== 2) return undefined;
  const { coeffs, denominator } = field.neg(common[0]!);
  return { numerator: coeffs, denominator };
}

/** The values of m at which sheets meet over the roots of f, those that are alone in their multiplicity. */
export function multiplePoints(curve: Polynomial, f: IntegerPoly, budget: Budget): readonly PlacedValue[] {
  const field = numberField(f);
  const ring = densePoly<NumberFieldElement>(field);
  const [p, pm] = [curve, derivative(curve, "m")].map((q) => ring.trim(over(field, q))) as [
    readonly NumberFieldElement[],
    readonly NumberFieldElement[],
  ];
  return ring.squareFree(ring.gcd(p, pm)).flatMap(({ factor: part }) => {
    const alone = solution(field, part);
    if (alone !== undefined || f.length !== 2) return alone ?? [];
    // Over a rational place the coefficients are rational.
    const common = part.reduce((all, { denominator }) => all * denominator, 1n);
    const rational = part.map(({ coeffs, denominator }) => ((coeffs[0] ?? 0n) * common) / denominator);
    return factor(fromIntegerPoly(rational, "m"), budget).factors.flatMap(({ factor: own }) => {
      const [free, slope, ...more] = toIntegerPoly(own, "m");
      return more.length === 0 ? [{ numerator: free === 0n ? [] : [-free!], denominator: slope! }] : [];
    });
  });
}
