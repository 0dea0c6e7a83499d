import { type Budget, InternalError, type Outcome, ok, unable, unlimited } from "../core/index.js";
import {
  coefficients,
  constantValue,
  densePoly,
  type NumberField,
  type NumberFieldElement,
  numberField,
  type Polynomial,
} from "../poly/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import { type AlgebraicNumber, algebraicRoots, refine } from "../roots/index.js";
import { embedElement, fieldRoots, newtonPolygon } from "../series/index.js";
import { inclusionRadius, isolationRadius } from "./inclusion.js";
import type { Complex, LocalExpansion } from "./local-expansion.js";
import { binaryExponent, embed, enclose, type FieldRoot, rootsOverField } from "./number-field-embedding.js";

/**
 * A plane curve F(u, y) = sum rows[j][i] u^i y^j near u = 0 with coefficients in the number field Q(a): the curve seen from
 * above the point z = a + u (or a − u).
 */
export interface LocalCurve {
  readonly field: NumberField;
  readonly at: AlgebraicNumber;
  readonly rows: readonly (readonly NumberFieldElement[])[];
}

/** Where m is near a: `finite` reads y = m, `infinite` reads y = 1/m, `residue` reads y = −u m. */
export type Chart = "finite" | "infinite" | "residue";

/**
 * The curve above a + side·u in the chart asked for. The residue chart shows each sheet's y(0): w where m ~ −w/(z − a), 0 where m
 * grows slower than that.
 */
export function localCurve(polynomial: Polynomial, a: AlgebraicNumber, side: 1 | -1, chart: Chart): LocalCurve {
  const field = numberField(a.minimalPolynomial);
  const { generator } = field;
  const rows: NumberFieldElement[][] = coefficients(polynomial, "m").map((row) => {
    const shifted = coefficients(row, "z").map((c) => field.fromRational(constantValue(c)));
    for (let low = 0; low < shifted.length - 1; low++) {
      for (let i = shifted.length - 2; i >= low; i--) {
        shifted[i] = field.add(shifted[i]!, field.mul(generator, shifted[i + 1]!));
      }
    }
    return side === 1 ? shifted : shifted.map((c, i) => (i % 2 === 0 ? c : field.neg(c)));
  });
  if (chart === "finite") return { field, at: a, rows };
  if (chart === "infinite") return { field, at: a, rows: rows.toReversed() };
  // m = −y/(side·u): the coefficient of y^j u^(i − j), lifted to non-negative powers.
  return {
    field,
    at: a,
    rows: lifted(
      field,
      rows.map((row, j) => row.map((c) => (j % 2 === 1 && side === 1 ? field.neg(c) : c))),
      (i, j) => i - j,
    ),
  };
}

/** Sends u^i y^j to u^exponent(i, j) and divides by the lowest power of u. */
function lifted(
  field: NumberField,
  rows: readonly (readonly NumberFieldElement[])[],
  exponent: (i: number, j: number) => number,
): NumberFieldElement[][] {
  let lowest = Number.POSITIVE_INFINITY;
  rows.forEach((row, j) => {
    row.forEach((c, i) => {
      if (!field.isZero(c)) lowest = Math.min(lowest, exponent(i, j));
    });
  });
  return rows.map((row, j) => {
    const result: NumberFieldElement[] = [];
    row.forEach((c, i) => {
      if (field.isZero(c)) return;
      const to = exponent(i, j) - lowest;
      while (result.length <= to) result.push(field.zero);
      result[to] = c;
    });
    return result;
  });
}

/** The points of the curve on the line u = 0, each with its multiplicity; `exact` where it lies in Q(a). */
export interface FibrePoint extends FieldRoot {
  readonly multiplicity: number;
  readonly exact: NumberFieldElement | undefined;
  /** A square-free polynomial over Q(a) of which y is a root; `[k]` multiplies y^k. */
  readonly equation: readonly NumberFieldElement[];
}

/** The finite points of F(0, y) = 0, proved to be told apart. */
export function fibrePoints(curve: LocalCurve, budget: Budget = unlimited): Outcome<readonly FibrePoint[]> {
  const { field } = curve;
  const ring = densePoly(field);
  const atZero = ring.trim(curve.rows.map((row) => row[0] ?? field.zero));
  if (atZero.length <= 1) return ok([]);
  const points: FibrePoint[] = [];
  budget.spend(field.degree ** 2 * atZero.length ** 2, "finding the points over a critical point");
  for (const part of ring.squareFree(atZero)) {
    const roots = rootsOverField(curve.at, field, part.factor, budget);
    if (roots.kind !== "ok") return roots;
    const exact = part.factor.length === 2 ? field.neg(field.div(part.factor[0]!, part.factor[1]!)) : undefined;
    for (const root of roots.value)
      points.push({ ...root, multiplicity: part.multiplicity, exact, equation: part.factor });
  }
  return ok(points);
}

/** A neighbourhood |u| ≤ base, |y − centre| < radius of a point of the fibre that holds exactly `multiplicity` sheets. */
export interface Neighbourhood {
  readonly point: FibrePoint;
  readonly base: number;
  readonly radius: number;
}

/** A proved neighbourhood of each of the points. */
export function neighbourhoods(
  curve: LocalCurve,
  points: readonly FibrePoint[],
  budget: Budget = unlimited,
): Outcome<readonly Neighbourhood[]> {
  const result: Neighbourhood[] = [];
  const values = embeddedRows(curve);
  for (const point of points) {
    budget.spend(1, "telling the sheets at a critical point apart");
    const local = expansionAt(values, point);
    let base = 1;
    let radius = inclusionRadius(local, base, point.multiplicity);
    for (let k = 0; k < 400 && radius === undefined; k++) {
      base /= 2;
      radius = inclusionRadius(local, base, point.multiplicity);
    }
    if (radius === undefined) return unable("two sheets could not be told apart in double precision");
    result.push({ point, base, radius: isolationRadius(local, base, radius, point.multiplicity) });
  }
  return ok(result);
}

/** A sheet that is known by its values over 0 < u < reach. */
export interface SheetValues {
  readonly reach: number;
  /** A proved value of y: the centre of a disc that contains it, and the disc's radius. */
  at(u: number): Outcome<{ readonly y: Complex; readonly radius: number }>;
}

/** The neighbourhood that the sheet enters as u → 0, or undefined when it leaves all of them (y → infinity). */
export function limitOf(places: readonly Neighbourhood[], sheet: SheetValues): Outcome<Neighbourhood | undefined> {
  const u = 0.5 * Math.min(...places.map((place) => place.base), 1, sheet.reach);
  const value = sheet.at(u);
  if (value.kind !== "ok") return value;
  const { y, radius } = value.value;
  for (const place of places) {
    const away = Math.hypot(y.re - place.point.centre.re, y.im - place.point.centre.im);
    if (away + radius < place.radius) return ok(place);
    if (away - radius <= place.radius) return unable("a sheet passes too close to the border of a neighbourhood");
  }
  return ok(undefined);
}

/**
 * The exponents e_1, e_2, … of a sheet that is not real on this side, y = point + u^(e_1)(c_1 + u^(e_2)(c_2 + …)), up to the first
 * term that ramifies or is not real: at a smooth point 1/multiplicity, else Newton's polygon at the point, followed along the edge to which the sheet belongs
 * [Walker, Algebraic Curves, 1950, chapter IV]. Exact; the choice of the edge is proved by {@link neighbourhoods}. The
 * imaginary part goes like u to the {@link totalExponent}; for y = 1/m take {@link exponentOfReciprocal}.
 */
export function ramificationExponents(
  curve: LocalCurve,
  point: FibrePoint,
  sheet: SheetValues,
  budget: Budget = unlimited,
  depth = 8,
): Outcome<readonly Rational[]> {
  const { field } = curve;
  // A smooth point of the curve: `multiplicity` sheets hang together there.
  const { upper, bound } = linearTerm(curve, point);
  if (upper > bound) return ok([QQ.fromRatio(1n, BigInt(point.multiplicity))]);
  if (point.exact === undefined) {
    const extended = overItsField(curve, point, budget);
    return extended.kind === "ok"
      ? ramificationExponents(extended.value.curve, extended.value.point, sheet, budget, depth)
      : extended;
  }
  const shifted = shiftY(curve, point.exact);
  if (!field.isZero(shifted[0]?.[1] ?? field.zero)) return ok([QQ.fromRatio(1n, BigInt(point.multiplicity))]);
  const valuations = shifted.slice(0, point.multiplicity + 1).map((row) => {
    const first = row.findIndex((c) => !field.isZero(c));
    return first < 0 ? Number.POSITIVE_INFINITY : first;
  });
  const { centre } = point;
  for (const edge of newtonPolygon(valuations).toReversed()) {
    const { rise: q, run: p } = edge;
    // u = t^p, y = point + t^q Y
    const blown: LocalCurve = {
      field,
      at: curve.at,
      rows: lifted(field, shifted, (i, j) => p * i + q * j),
    };
    const found = fibrePoints(blown, budget);
    if (found.kind !== "ok") return found;
    const places = neighbourhoods(blown, found.value, budget);
    if (places.kind !== "ok") return places;
    const along: SheetValues = {
      reach: sheet.reach ** (1 / p),
      at(t) {
        const value = sheet.at(t ** p);
        if (value.kind !== "ok") return value;
        const scale = t ** q;
        const { y, radius } = value.value;
        return ok({
          y: { re: (y.re - centre.re) / scale, im: (y.im - centre.im) / scale },
          radius: (radius + point.error) / scale,
        });
      },
    };
    const limit = limitOf(places.value, along);
    if (limit.kind !== "ok") return limit;
    const end = limit.value;
    // The flattest edge comes first: on it the sheets of all steeper ones have Y -> 0.
    if (end === undefined) return unable("a sheet belongs to no edge of its Newton polygon");
    if (end.point.exact !== undefined && field.isZero(end.point.exact)) continue;
    const exponent = QQ.fromRatio(BigInt(q), BigInt(p));
    if (p > 1 || !end.point.real) return ok([exponent]);
    if (end.point.multiplicity === 1) return unable("a sheet that is not real has a real expansion");
    if (depth === 0) return unable("the local expansion does not separate the sheets within 8 terms");
    const rest = ramificationExponents(blown, end.point, along, budget, depth - 1);
    return rest.kind === "ok" ? ok([exponent, ...rest.value]) : rest;
  }
  return unable("a sheet follows no edge of its Newton polygon");
}

/** The curve and a real point of it over the field that the point generates. */
function overItsField(
  curve: LocalCurve,
  point: FibrePoint,
  budget: Budget,
): Outcome<{ readonly curve: LocalCurve; readonly point: FibrePoint }> {
  const { interval } = point;
  if (interval === undefined) return unable("the local expansion at a point that is not real is not available yet");
  const base = refine(curve.at, embeddingBits);
  // The larger field has several places in the real line; the one is meant at which a and y are where they are known to be.
  const found = fieldRoots(curve.field, point.equation, {}, budget).flatMap(({ field, generator, root }) =>
    algebraicRoots(field.minimalPolynomial, budget)
      .filter(
        (at) =>
          overlap(enclose(at, field, generator, embeddingBits), [base.lower, base.upper]) &&
          overlap(enclose(at, field, root, embeddingBits), interval),
      )
      .map((at) => ({ field, at, generator, root })),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) {
    return unable("two points of the curve over one point could not be told apart");
  }
  const { field, at, generator, root } = only;
  return ok({
    curve: { field, at, rows: curve.rows.map((row) => row.map((c) => embedElement(c, field, generator))) },
    point: { ...point, exact: root, equation: [field.neg(root), field.one] },
  });
}

/** Bits to which conjugate points are compared. */
const embeddingBits = 100;

function overlap(a: readonly [Rational, Rational], b: readonly [Rational, Rational]): boolean {
  return QQ.compare(a[0], b[1]) <= 0 && QQ.compare(b[0], a[1]) <= 0;
}

function shiftY(curve: LocalCurve, by: NumberFieldElement): NumberFieldElement[][] {
  const { field } = curve;
  const rows = curve.rows.map((row) => [...row]);
  for (let low = 0; low < rows.length - 1; low++) {
    for (let j = rows.length - 2; j >= low; j--) {
      const above = rows[j + 1]!;
      const row = rows[j]!;
      for (let i = 0; i < above.length; i++) {
        row[i] = field.add(row[i] ?? field.zero, field.mul(by, above[i]!));
      }
    }
  }
  return rows;
}

/** |dF/du| at the point, approximately, and a bound of its error. */
function linearTerm(curve: LocalCurve, point: FibrePoint): { readonly upper: number; readonly bound: number } {
  const column: LocalCurve = { ...curve, rows: curve.rows.map((row) => [row[1] ?? curve.field.zero]) };
  const values = embeddedRows(column);
  let [re, im, size, slope] = [0, 0, 0, 0];
  const modulus = Math.hypot(point.centre.re, point.centre.im) + point.error;
  for (let j = values.values.length - 1; j >= 0; j--) {
    const c = values.values[j]![0]!;
    [re, im] = [re * point.centre.re - im * point.centre.im + c, re * point.centre.im + im * point.centre.re];
    slope = slope * modulus + size;
    size = size * modulus + Math.abs(c);
  }
  return { upper: Math.hypot(re, im), bound: size * values.values.length * 2 ** -46 + 2 * slope * point.error };
}

interface EmbeddedRows {
  readonly width: number;
  readonly values: readonly Float64Array[];
  readonly errors: readonly Float64Array[];
}

/** The rows in doubles, all in the unit that makes the largest of them about one: the curve is the same. */
function embeddedRows(curve: LocalCurve): EmbeddedRows {
  const exponents = curve.rows.flatMap((row) => row.map((c) => binaryExponent(curve.at, curve.field, c)));
  const exponent = exponents.reduce<number>((most, e) => Math.max(most, e ?? most), Number.NEGATIVE_INFINITY);
  const unit = Number.isFinite(exponent) ? exponent : 0;
  const width = Math.max(1, ...curve.rows.map((row) => row.length));
  const values: Float64Array[] = [];
  const errors: Float64Array[] = [];
  for (const row of curve.rows) {
    const value = new Float64Array(width);
    const error = new Float64Array(width);
    row.forEach((c, i) => {
      const number = embed(curve.at, curve.field, c, unit);
      value[i] = number.value;
      error[i] = number.error;
    });
    values.push(value);
    errors.push(error);
  }
  return { width, values, errors };
}

/** The Taylor coefficients in y at the point, with everything that is uncertain in the bounds. */
function expansionAt(rows: EmbeddedRows, point: FibrePoint): LocalExpansion {
  const { width, values, errors } = rows;
  const degreeM = values.length - 1;
  const re = values.map((row) => Float64Array.from(row));
  const im = values.map(() => new Float64Array(width));
  const rounding = 8 * (degreeM + 2) * 2 ** -53;
  const bound = values.map((row, j) => row.map((c, i) => Math.abs(c) * rounding + errors[j]![i]!));
  const spread = values.map((row) => row.map((c) => Math.abs(c)));
  const { centre } = point;
  const size = Math.hypot(centre.re, centre.im);
  for (let i = 0; i < width; i++) {
    for (let low = 0; low < degreeM; low++) {
      for (let j = degreeM - 1; j >= low; j--) {
        const [a, b] = [re[j + 1]![i]!, im[j + 1]![i]!];
        re[j]![i] = re[j]![i]! + centre.re * a - centre.im * b;
        im[j]![i] = im[j]![i]! + centre.re * b + centre.im * a;
        bound[j]![i] = bound[j]![i]! + size * bound[j + 1]![i]!;
        spread[j]![i] = spread[j]![i]! + (size + point.error) * spread[j + 1]![i]!;
      }
    }
  }
  const upper = new Float64Array(width * (degreeM + 1));
  const lower = new Float64Array(degreeM + 1);
  for (let j = 0; j <= degreeM; j++) {
    for (let i = 0; i < width; i++) {
      const modulus = Math.hypot(re[j]![i]!, im[j]![i]!);
      // A displacement of the centre by its error moves a_{ji} by at most (j+1)·error·(sum of |a_{j+1,i}| terms).
      const moved = j < degreeM ? 2 * (degreeM + 1) * point.error * spread[j + 1]![i]! : 0;
      let error = bound[j]![i]! + moved;
      // F(0, y) vanishes to order `multiplicity` at the point exactly.
      if (i === 0 && j < point.multiplicity) {
        upper[j * width] = 0;
        continue;
      }
      error *= 1 + 1e-12;
      upper[j * width + i] = modulus + error;
      if (i === 0) lower[j] = Math.max(0, modulus - error);
    }
  }
  return {
    width,
    degreeM,
    upper,
    lower,
    value: { re: 0, im: 0 },
    slope: { re: 0, im: 0 },
    tangent: { re: 0, im: 0 },
    unit: 0,
  };
}

/** The exponent of the first non-real term of m = 1/y, from those of y = u^(e_1)(c_1 + u^(e_2)(c_2 + …)): −e_1 + e_2 + …. */
export function exponentOfReciprocal(exponents: readonly Rational[]): Rational {
  const [first, ...rest] = exponents;
  if (first === undefined) throw new InternalError("no exponents");
  return rest.reduce((sum, e) => QQ.add(sum, e), QQ.neg(first));
}

/** The sum of the exponents: that of the first term which is not real. */
export function totalExponent(exponents: readonly Rational[]): Rational {
  return exponents.reduce((sum, e) => QQ.add(sum, e), rational(0));
}
