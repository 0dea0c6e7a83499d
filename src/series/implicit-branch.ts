import { type Budget, DomainError, InternalError, unlimited } from "../core/index.js";
import type { Field } from "../rings/index.js";
import { type PowerSeries, powerSeries } from "./power-series.js";

/** Q(w, y) with `table[j][i]` the coefficient of y^j w^i. Rows may have different lengths. */
export type BivariateTable<T> = readonly (readonly T[])[];

/**
 * A power series solution y(w) of Q(w, y) = 0, singled out by its first coefficients: y = prefix[0] + prefix[1] w + … +
 * w^s·t(w) with s = prefix.length, where t is the unique solution of reduced(w, t) = 0 with t(0) = start, a simple root.
 */
export interface ImplicitBranch<T> {
  readonly prefix: readonly T[];
  readonly reduced: BivariateTable<T>;
  readonly start: T;
}

/** Finds the roots in the field, without multiplicities, of a univariate polynomial over it (`[k]` multiplies y^k). */
export type RootFinder<T> = (coeffs: readonly T[]) => readonly T[];

/**
 * All power series solutions of Q(w, y) = 0 with y(0) = y0 and coefficients in the field, each singled out by as many first
 * coefficients as it takes (Newton's polygon with integer slopes only; ramified branches are none of these).
 *
 * @param deepest how many coefficients may be needed before two branches part; {@link DomainError} beyond it, as happens when
 * Q has a repeated factor.
 */
export function implicitBranches<T>(
  field: Field<T>,
  table: BivariateTable<T>,
  y0: T,
  findRoots: RootFinder<T>,
  deepest = 64,
): readonly ImplicitBranch<T>[] {
  const found: ImplicitBranch<T>[] = [];
  const descend = (current: BivariateTable<T>, start: T, prefix: readonly T[]): void => {
    if (prefix.length > deepest) {
      throw new DomainError(
        `two branches agree in their first ${deepest} coefficients: is the polynomial square-free?`,
      );
    }
    const atZero = current.map((row) => row[0] ?? field.zero);
    if (!field.isZero(evaluate(field, atZero, start))) throw new InternalError("descended along no root");
    if (!field.isZero(evaluate(field, derivative(field, atZero), start))) {
      found.push({ prefix, reduced: current, start });
      return;
    }
    const next = blowUp(field, current, start);
    const lowest = next.map((row) => row[0] ?? field.zero);
    for (const root of findRoots(lowest)) descend(next, root, [...prefix, start]);
  };
  descend(table, y0, []);
  return found;
}

/** The first `order` coefficients of the branch, by Newton's iteration with doubling order. */
export function expandBranch<T>(
  field: Field<T>,
  branch: ImplicitBranch<T>,
  order: number,
  budget: Budget = unlimited,
): PowerSeries<T> {
  const ring = powerSeries(field);
  const wanted = Math.max(1, order - branch.prefix.length);
  let t: PowerSeries<T> = [branch.start];
  while (t.length < wanted) {
    const length = Math.min(wanted, 2 * t.length);
    const padded = Array.from({ length }, (_, k) => t[k] ?? field.zero);
    let value: PowerSeries<T> = ring.constant(field.zero, length);
    let slope: PowerSeries<T> = value;
    for (let j = branch.reduced.length - 1; j >= 0; j--) {
      budget.spend(length ** 2 / 20, "expanding a branch into a series");
      const row = branch.reduced[j]!;
      slope = ring.add(ring.mul(slope, padded), value);
      value = ring.add(
        ring.mul(value, padded),
        Array.from({ length }, (_, k) => row[k] ?? field.zero),
      );
    }
    t = ring.sub(padded, ring.mul(value, ring.inverse(slope)));
  }
  return [...branch.prefix, ...t].slice(0, order);
}

/** Q(w, start + w·t) divided by the largest power of w that divides it, as a table in (w, t). */
export function blowUp<T>(field: Field<T>, table: BivariateTable<T>, start: T): BivariateTable<T> {
  const shifted = shiftInY(field, table, start);
  const rows = shifted.map((row, j) => [...new Array<T>(j).fill(field.zero), ...row]);
  let valuation = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const first = row.findIndex((c) => !field.isZero(c));
    if (first >= 0) valuation = Math.min(valuation, first);
  }
  if (!Number.isFinite(valuation)) throw new InternalError("blew up the zero polynomial");
  return rows.map((row) => row.slice(valuation));
}

/** The table of Q(w, y + start). */
function shiftInY<T>(field: Field<T>, table: BivariateTable<T>, start: T): BivariateTable<T> {
  const rows = table.map((row) => [...row]);
  for (let low = 0; low < rows.length - 1; low++) {
    for (let j = rows.length - 2; j >= low; j--) {
      const above = rows[j + 1]!;
      const row = rows[j]!;
      for (let i = 0; i < above.length; i++) row[i] = field.add(row[i] ?? field.zero, field.mul(start, above[i]!));
    }
  }
  return rows;
}

function evaluate<T>(field: Field<T>, coeffs: readonly T[], at: T): T {
  let value = field.zero;
  for (let k = coeffs.length - 1; k >= 0; k--) value = field.add(field.mul(value, at), coeffs[k]!);
  return value;
}

function derivative<T>(field: Field<T>, coeffs: readonly T[]): readonly T[] {
  return coeffs.slice(1).map((c, k) => field.mul(c, field.fromInteger(BigInt(k + 1))));
}
