import { QQ, type Rational, rational } from "../rings/index.js";

/** What a fitted curve must satisfy exactly, whatever the data say, in the scaled coordinate. */
export interface BranchConditions {
  /** mu_1, mu_2, … as far as they are known: the branch at infinity is m = −1/z − mu_1/z² − … */
  readonly moments: readonly Rational[];
  /** Points where an atom stands (with its weight) or may be born under decompression (weight undefined). */
  readonly atoms: readonly { readonly at: Rational; readonly weight?: Rational }[];
  /** Edges of the support with the value of m there: points where P and P_m vanish. */
  readonly edges: readonly { readonly at: Rational; readonly m: Rational }[];
}

/**
 * Which coefficients a curve may have. `full`: all of the rectangle with l − k ≤ max(0, degZ − degM); `triangular`: those below the line from m z to m^degM z^degZ and the constant as well, so that for degZ < degM the branch −1/z is the
 * only one that falls off as fast at infinity; `banded`: those with |l − k| ≤ 1, as on the curves of laws that are homogeneous up to one power of z (Marchenko–Pastur, Fuss–Catalan).
 */
export type NewtonShape = "full" | "triangular" | "banded";

/** Some coefficients as exact linear forms in the others: `dependent.get(i)` lists [j, factor], all j free. */
export interface LinearForms {
  readonly free: readonly number[];
  readonly dependent: ReadonlyMap<number, readonly (readonly [number, Rational])[]>;
}

/**
 * The linear conditions on the coefficients of P(z, m) = Σ a_kl m^k z^l, solved over Q. Terms with l − k > D = max(0, degZ − degM) are left out:
 * with D = 0 every sheet is finite, or m ~ c·z^p with p ≥ −1, at infinity, as on the curves of all common laws, and no spurious singularity
 * can sit far away. Branch at infinity: with J known moments the coefficients of z^D, …, z^(D−J) of P(z, −1/z − mu_1/z² − …) vanish. Atom of weight w at a,
 * i.e. m ~ −w/(z − a): the leading coefficient in m, a_K(z), vanishes at a, and a_(K−1)(a) = w·a_K'(a). Edge at e where m is y: P(e, y) = P_m(e, y) = 0.
 */
export function branchForms(
  degM: number,
  degZ: number,
  conditions: BranchConditions,
  shape: NewtonShape = "full",
): LinearForms {
  const at = (k: number, l: number): number => k * (degZ + 1) + l;
  const all = Array.from({ length: (degM + 1) * (degZ + 1) }, (_, i) => i);
  const place = (i: number): [k: number, l: number] => [Math.floor(i / (degZ + 1)), i % (degZ + 1)];
  const highest = Math.max(0, degZ - degM);
  const allowed = (k: number, l: number): boolean => {
    if (l - k > highest) return false;
    if (shape === "triangular") return k === 0 ? l === 0 : (l - 1) * (degM - 1) <= (k - 1) * (degZ - 1);
    return shape === "full" || Math.abs(l - k) <= Math.max(1, highest);
  };
  const rows: Rational[][] = [];
  const addRow = (value: (k: number, l: number) => Rational): void => {
    const row = all.map((i) => value(...place(i)));
    if (row.some((entry) => !QQ.isZero(entry))) rows.push(row);
  };
  for (const i of all) {
    const [k, l] = place(i);
    if (!allowed(k, l)) addRow((a, b) => (a === k && b === l ? QQ.one : QQ.zero));
  }
  const expansions = powersAtInfinity(degM, conditions.moments);
  // m^k z^l contributes expansions[k][j]·z^(l − k − j).
  for (let order = highest; order >= highest - conditions.moments.length; order--) {
    addRow((k, l) => expansions[k]![l - k - order] ?? QQ.zero);
  }
  for (const { at: point, weight } of conditions.atoms) {
    addRow((k, l) => (k === degM ? QQ.pow(point, l) : QQ.zero));
    if (weight === undefined) continue;
    addRow((k, l) => {
      if (k === degM - 1) return QQ.pow(point, l);
      if (k !== degM || l === 0) return QQ.zero;
      return QQ.neg(QQ.mul(weight, QQ.mul(rational(l), QQ.pow(point, l - 1))));
    });
  }
  for (const { at: point, m } of conditions.edges) {
    addRow((k, l) => QQ.mul(QQ.pow(m, k), QQ.pow(point, l)));
    addRow((k, l) => (k === 0 ? QQ.zero : QQ.mul(rational(k), QQ.mul(QQ.pow(m, k - 1), QQ.pow(point, l)))));
  }
  const preferred = [
    at(0, highest),
    ...(highest > 0 ? [at(0, highest - 1)] : [at(1, 0)]),
    at(degM, 0),
    at(degM - 1, 0),
  ];
  return solve(rows, [...new Set([...preferred, ...all])]);
}

/** [k][j] is the coefficient of z^(−k−j) of (−1/z − mu_1/z² − …)^k, as far as the moments are known. */
function powersAtInfinity(degM: number, moments: readonly Rational[]): Rational[][] {
  const series = [QQ.neg(QQ.one), ...moments.map((mu) => QQ.neg(mu))];
  const powers = [series.map((_, j) => (j === 0 ? QQ.one : QQ.zero))];
  for (let k = 1; k <= degM; k++) {
    const before = powers[k - 1]!;
    powers.push(
      series.map((_, j) =>
        series.slice(0, j + 1).reduce((sum, value, i) => QQ.add(sum, QQ.mul(value, before[j - i]!)), QQ.zero),
      ),
    );
  }
  return powers;
}

/** Gauss–Jordan over Q, pivots in the preferred order of columns. */
function solve(rows: Rational[][], order: readonly number[]): LinearForms {
  const pivots: { column: number; row: Rational[] }[] = [];
  let rest = rows;
  for (const column of order) {
    const found = rest.find((row) => !QQ.isZero(row[column]!));
    if (found === undefined) continue;
    const pivot = found.map((value) => QQ.div(value, found[column]!));
    const clear = (row: Rational[]): Rational[] =>
      QQ.isZero(row[column]!) ? row : row.map((value, j) => QQ.sub(value, QQ.mul(row[column]!, pivot[j]!)));
    rest = rest.filter((row) => row !== found).map(clear);
    for (const other of pivots) other.row = clear(other.row);
    pivots.push({ column, row: pivot });
  }
  const taken = new Set(pivots.map((pivot) => pivot.column));
  return {
    free: order.filter((column) => !taken.has(column)).sort((a, b) => a - b),
    dependent: new Map(
      pivots.map(({ column, row }) => [
        column,
        row.flatMap((value, j) => (j === column || QQ.isZero(value) ? [] : [[j, QQ.neg(value)] as const])),
      ]),
    ),
  };
}
