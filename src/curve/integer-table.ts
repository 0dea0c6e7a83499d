import { InternalError } from "../core/index.js";
import { coefficients, constantValue, type IntegerPoly, type Polynomial, primitive } from "../poly/index.js";
import { bitLength, type Rational } from "../rings/index.js";

/**
 * A plane curve P(z, m) = sum rows[j][i] z^i m^j with integer coefficients, as the numerical code wants it: every row has
 * degreeZ + 1 entries.
 */
export interface IntegerTable {
  readonly degreeZ: number;
  readonly degreeM: number;
  readonly rows: readonly (readonly bigint[])[];
}

/** The table of a polynomial in z and m alone, up to a constant factor; {@link InternalError} when it has parameters. */
export function integerTable(polynomial: Polynomial): IntegerTable {
  const stray = polynomial.variables.find((v) => v !== "z" && v !== "m");
  if (stray !== undefined) throw new InternalError(`a curve with the free parameter ${stray} has no integer table`);
  const cleared = primitive(polynomial);
  const rows = coefficients(cleared, "m").map((row) => coefficients(row, "z").map((c) => constantValue(c).num));
  return tableOf(rows);
}

/** Pads the rows to equal length and drops vanishing ends. */
export function tableOf(rows: readonly (readonly bigint[])[]): IntegerTable {
  let degreeM = rows.length - 1;
  while (degreeM > 0 && rows[degreeM]!.every((c) => c === 0n)) degreeM--;
  const kept = rows.slice(0, degreeM + 1);
  const degreeZ = Math.max(0, ...kept.map((row) => row.findLastIndex((c) => c !== 0n)));
  return {
    degreeZ,
    degreeM,
    rows: kept.map((row) => Array.from({ length: degreeZ + 1 }, (_, i) => row[i] ?? 0n)),
  };
}

/** The table of P(at + u, m), up to a constant factor, in the variables (u, m). Exact. */
export function shiftZ(table: IntegerTable, at: Rational): IntegerTable {
  if (at.num === 0n) return table;
  const L = table.degreeZ;
  const denominators = powers(at.den, L);
  return tableOf(
    table.rows.map((row) => {
      const scaled = row.map((c, i) => c * denominators[L - i]!);
      shiftInPlace(scaled, at.num);
      return scaled.map((c, i) => c * denominators[i]!);
    }),
  );
}

/** The table of P(2^scale·z, 2^-scale·m), up to a factor. Exact. */
export function scaledTable(table: IntegerTable, scale: number): IntegerTable {
  if (scale === 0) return table;
  // P(2^s z, 2^-s m): the coefficient of z^i m^j times 2^(s(i − j)), lifted to integers and freed of common powers of two.
  const shifts = table.rows.map((row, j) =>
    row.map((c, i) => (c === 0n ? Number.POSITIVE_INFINITY : scale * (i - j) + trailingZeros(c))),
  );
  const lowest = Math.min(...shifts.flat());
  return {
    ...table,
    rows: table.rows.map((row, j) =>
      row.map((c, i) => {
        const by = scale * (i - j) - lowest;
        return by >= 0 ? c << BigInt(by) : c >> BigInt(-by);
      }),
    ),
  };
}

function trailingZeros(n: bigint): number {
  return bitLength(n & -n) - 1;
}

/** The table of P(u, m − weight/u) in (u, m), up to a factor: the pole −weight/u of the sheets is taken away. Exact. */
export function withoutPole(table: IntegerTable, weight: Rational): IntegerTable {
  const K = table.degreeM;
  const { num, den } = weight;
  // den^K u^K sum_j rows_j(u) (m − num/(den u))^j: the coefficient of m^k is a sum over j of binomials times u^(K − j + k).
  const rows = Array.from({ length: K + 1 }, () => new Array<bigint>(table.degreeZ + K + 1).fill(0n));
  for (let j = 0; j <= K; j++) {
    let binomial = 1n;
    for (let k = j; k >= 0; k--) {
      const factor = binomial * (-num) ** BigInt(j - k) * den ** BigInt(K - j + k);
      table.rows[j]!.forEach((c, i) => {
        const at = i + K - j + k;
        rows[k]![at] = rows[k]![at]! + factor * c;
      });
      binomial = (binomial * BigInt(k)) / BigInt(j - k + 1);
    }
  }
  return withoutCommonPower(rows);
}

/** The table of P(side·t², y/t) in (t, y), up to a factor. Exact. */
export function throughRoot(table: IntegerTable, side: 1 | -1): IntegerTable {
  const K = table.degreeM;
  const rows = table.rows.map((row, j) => {
    const result = new Array<bigint>(2 * table.degreeZ + K + 1).fill(0n);
    row.forEach((c, i) => {
      result[2 * i + K - j] = side === -1 && i % 2 === 1 ? -c : c;
    });
    return result;
  });
  return withoutCommonPower(rows);
}

/** Divides by the lowest power of the first variable. */
function withoutCommonPower(rows: readonly (readonly bigint[])[]): IntegerTable {
  const lowest = Math.min(...rows.map((row) => row.findIndex((c) => c !== 0n)).filter((i) => i >= 0));
  return tableOf(rows.map((row) => row.slice(lowest)));
}

/** P(at, m) as an integer polynomial in m (`[j]` multiplies m^j), up to a constant factor; leading zeros are kept away. */
export function fibre(table: IntegerTable, at: Rational): IntegerPoly {
  const L = table.degreeZ;
  const numerators = powers(at.num, L);
  const denominators = powers(at.den, L);
  const values = table.rows.map((row) =>
    row.reduce((sum, c, i) => sum + c * numerators[i]! * denominators[L - i]!, 0n),
  );
  return values.slice(0, values.findLastIndex((c) => c !== 0n) + 1);
}

/** coeffs(x) becomes coeffs(x + by), in place. */
export function shiftInPlace(coeffs: bigint[], by: bigint): void {
  for (let low = 0; low < coeffs.length - 1; low++) {
    for (let k = coeffs.length - 2; k >= low; k--) coeffs[k] = coeffs[k]! + by * coeffs[k + 1]!;
  }
}

function powers(base: bigint, upTo: number): bigint[] {
  const result = [1n];
  for (let k = 1; k <= upTo; k++) result.push(result[k - 1]! * base);
  return result;
}
