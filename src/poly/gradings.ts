import { InternalError } from "../core/index.js";
import { type Polynomial, polynomialFromTerms, unionOfVariables } from "../sparse/index.js";

/** Polynomials in which some variables are set to 1, and how the eliminant of the original ones is found from theirs. */
export interface Ungraded {
  readonly polynomials: readonly Polynomial[];
  restore(eliminant: Polynomial): Polynomial;
}

/**
 * Makes use of weights of the variables for which each polynomial is homogeneous: then the discriminant of one polynomial, or the
 * resultant of two, with respect to v is homogeneous too, of a weight that is known, and one variable of nonzero weight can be
 * set to 1. Generic polynomials with symbolic coefficients have two or three such gradings. Undefined when there are none.
 */
export function withoutGradings(polynomials: readonly Polynomial[], v: string): Ungraded | undefined {
  const axes = polynomials
    .reduce<readonly string[]>((names, p) => unionOfVariables(names, p.variables), [])
    .filter((name) => name !== v);
  if (axes.length < 2) return undefined;
  const gradings = findGradings(polynomials, [...axes, v]);
  if (gradings === undefined || gradings.length === 0) return undefined;
  const kept = axes.filter((_, i) => gradings.every(({ pivot }) => pivot !== i));
  const weights = gradings.map((grading) => eliminantWeight(polynomials, [...axes, v], grading.weights));
  return {
    polynomials: polynomials.map((p) => restricted(p, [...kept, v])),
    restore(eliminant) {
      const terms = eliminant.terms.map((term) => {
        const exponents = axes.map((name) => {
          const at = eliminant.variables.indexOf(name);
          return at < 0 ? 0 : term.exponents[at]!;
        });
        for (const [g, { pivot, weights: w }] of gradings.entries()) {
          let rest = weights[g]!;
          for (const name of kept) {
            const i = axes.indexOf(name);
            rest -= w[i]! * exponents[i]!;
          }
          const e = rest / w[pivot]!;
          if (!Number.isInteger(e) || e < 0) throw new InternalError("an eliminant is not homogeneous as it must be");
          exponents[pivot] = e;
        }
        return { exponents, coefficient: term.coefficient };
      });
      return polynomialFromTerms(axes, terms, eliminant.denominator);
    },
  };
}

interface Grading {
  /** The weights of the axes and, last, of the eliminated variable. */
  readonly weights: readonly number[];
  /** An axis with nonzero weight, which is 0 in the other gradings. */
  readonly pivot: number;
}

/** Elimination with numbers beyond this is given up. */
const largestEntry = 2 ** 25;

/** A basis of the gradings: the weights that vanish on the differences of the exponents of each polynomial. */
function findGradings(polynomials: readonly Polynomial[], names: readonly string[]): Grading[] | undefined {
  const size = names.length;
  // Rows in echelon form, each with its leading column; the columns run backwards, so that axes remain free.
  const rows: { readonly lead: number; readonly row: number[] }[] = [];
  for (const p of polynomials) {
    const position = names.map((name) => p.variables.indexOf(name));
    const vector = (k: number): number[] => position.map((at) => (at < 0 ? 0 : p.terms[k]!.exponents[at]!));
    const first = vector(0);
    for (let k = 1; k < p.terms.length; k++) {
      let row = vector(k).map((e, i) => e - first[i]!);
      for (const { lead, row: other } of rows) {
        if (row[lead] === 0) continue;
        const [a, b] = [row[lead]!, other[lead]!];
        row = reducedRow(row.map((entry, i) => entry * b - other[i]! * a));
        if (row.some((entry) => Math.abs(entry) > largestEntry)) return undefined;
      }
      const lead = row.findLastIndex((entry) => entry !== 0);
      if (lead < 0) continue;
      for (const [i, old] of rows.entries()) {
        if (old.row[lead] === 0) continue;
        const [a, b] = [old.row[lead]!, row[lead]!];
        rows[i] = { lead: old.lead, row: reducedRow(old.row.map((entry, j) => entry * b - row[j]! * a)) };
        if (rows[i].row.some((entry) => Math.abs(entry) > largestEntry)) return undefined;
      }
      rows.push({ lead, row });
      if (rows.length === size) return undefined;
    }
  }
  const gradings: Grading[] = [];
  for (let free = 0; free < size - 1; free++) {
    if (rows.some(({ lead }) => lead === free)) continue;
    // The free weight is chosen so that the others are integers.
    let scale = 1;
    for (const { lead, row } of rows) {
      const denominator = Math.abs(row[lead]! / greatestDivisor(row[lead]!, row[free]!));
      scale = (scale / greatestDivisor(scale, denominator)) * denominator;
    }
    if (scale > largestEntry) return undefined;
    const weights = new Array<number>(size).fill(0);
    weights[free] = scale;
    for (const { lead, row } of rows) weights[lead] = (-row[free]! * scale) / row[lead]!;
    gradings.push({ weights, pivot: free });
  }
  return gradings;
}

function reducedRow(row: number[]): number[] {
  const g = row.reduce(greatestDivisor, 0);
  return g < 2 ? row : row.map((entry) => entry / g);
}

function greatestDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** The weight of the discriminant of one polynomial or the resultant of two: of all terms of the Sylvester determinant. */
function eliminantWeight(
  polynomials: readonly Polynomial[],
  names: readonly string[],
  weights: readonly number[],
): number {
  const v = names.length - 1;
  const whole = polynomials.map((p) =>
    names.reduce((sum, name, i) => {
      const at = p.variables.indexOf(name);
      return at < 0 ? sum : sum + weights[i]! * p.terms[0]!.exponents[at]!;
    }, 0),
  );
  const degrees = polynomials.map((p) => {
    const at = p.variables.indexOf(names[v]!);
    return p.terms.reduce((d, term) => Math.max(d, term.exponents[at]!), 0);
  });
  const [m, n] = degrees as [number, number?];
  if (n === undefined) return (2 * m - 2) * whole[0]! - m * (m - 1) * weights[v]!;
  return n * whole[0]! + m * whole[1]! - m * n * weights[v]!;
}

/** The polynomial with 1 for the variables that are not among the names; no two terms fall together. */
function restricted(p: Polynomial, names: readonly string[]): Polynomial {
  const kept = p.variables.map((name) => names.includes(name));
  const terms = p.terms.map((term) => ({
    exponents: term.exponents.filter((_, i) => kept[i]),
    coefficient: term.coefficient,
  }));
  return polynomialFromTerms(
    p.variables.filter((_, i) => kept[i]),
    terms,
    p.denominator,
  );
}
