import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBudget, DomainError, LimitError, seededRandom } from "../../src/core/index.js";
import {
  determinant,
  determinantByBareiss,
  determinantByLifting,
  determinantByRemainders,
  type Matrix,
  nullspace,
  nullspaceByBareiss,
  rank,
  rankByBareiss,
  rationalDeterminant,
  rationalNullspace,
  rationalRank,
  rationalSolve,
  solve,
  solveByBareiss,
  solveByLifting,
} from "../../src/linear/index.js";
import { QQ, type Rational, rational, wordPrime, ZZ } from "../../src/rings/index.js";
import { integerPoly } from "../../src/univariate/index.js";
import golden from "../golden/algebra-roots.json" with { type: "json" };

/** Leibniz: the signed sum over all permutations. */
function determinantByLeibniz(matrix: Matrix<bigint>): bigint {
  const n = matrix.length;
  let sum = 0n;
  const visit = (row: number, used: readonly number[], product: bigint, sign: bigint): void => {
    if (row === n) {
      sum += sign * product;
      return;
    }
    for (let j = 0; j < n; j++) {
      if (used.includes(j)) continue;
      const inversions = used.filter((k) => k > j).length;
      visit(row + 1, [...used, j], product * matrix[row]![j]!, inversions % 2 === 0 ? sign : -sign);
    }
  };
  visit(0, [], 1n, 1n);
  return sum;
}

function times(matrix: Matrix<bigint>, vector: readonly bigint[]): bigint[] {
  return matrix.map((row) => row.reduce((sum, c, j) => sum + c * vector[j]!, 0n));
}

/** Gauss–Jordan over QQ, the plain way. */
function rankByGauss(matrix: Matrix<bigint>): number {
  const rows: Rational[][] = matrix.map((row) => row.map((c) => QQ.fromInteger(c)));
  let found = 0;
  for (let j = 0; j < (matrix[0]?.length ?? 0); j++) {
    const pivot = rows.findIndex((row, i) => i >= found && !QQ.isZero(row[j]!));
    if (pivot < 0) continue;
    [rows[found], rows[pivot]] = [rows[pivot]!, rows[found]!];
    const head = rows[found]!;
    for (const row of rows.slice(found + 1)) {
      const factor = QQ.div(row[j]!, head[j]!);
      for (let k = j; k < row.length; k++) row[k] = QQ.sub(row[k]!, QQ.mul(factor, head[k]!));
    }
    found += 1;
  }
  return found;
}

/** Small and huge entries, zeros often, and multiples of the first primes of the modular algorithms. */
const entry: fc.Arbitrary<bigint> = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: -4n, max: 4n }) },
  { weight: 2, arbitrary: fc.bigInt({ min: -(1n << 90n), max: 1n << 90n }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 }).map((k) => BigInt(wordPrime(k))) },
);

function matrices(rows: number, columns: number): fc.Arbitrary<bigint[][]> {
  const row = fc.array(entry, { minLength: columns, maxLength: columns });
  return fc.array(row, { minLength: rows, maxLength: rows });
}

const square = fc.integer({ min: 0, max: 6 }).chain((n) => matrices(n, n));
/** A product of a thin and a flat matrix, so that the rank is low. */
const lowRank = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 7 }))
  .chain(([m, r, n]) => fc.tuple(matrices(m, r), matrices(r, n)))
  .map(([thin, flat]) => thin.map((row) => flat[0]!.map((_, j) => row.reduce((s, c, k) => s + c * flat[k]![j]!, 0n))));

function randomMatrix(n: number, bits: number, seed: number): bigint[][] {
  const random = seededRandom(seed);
  const draw = (): bigint => {
    let value = 0n;
    for (let b = 0; b < bits; b += 24) value = (value << 24n) | BigInt(random.integer(0, 2 ** 24 - 1));
    return random.integer(0, 1) === 0 ? value : -value;
  };
  return Array.from({ length: n }, () => Array.from({ length: n }, draw));
}

describe("determinant", () => {
  it("is the sum of Leibniz by every algorithm", () => {
    let nonzero = 0;
    fc.assert(
      fc.property(square, (matrix) => {
        const expected = determinantByLeibniz(matrix);
        if (expected !== 0n) nonzero++;
        expect(determinant(matrix)).toBe(expected);
        expect(determinantByBareiss(ZZ, matrix)).toBe(expected);
        expect(determinantByRemainders(matrix)).toBe(expected);
        expect(determinantByLifting(matrix)).toBe(expected);
      }),
      { numRuns: 120 },
    );
    expect(nonzero).toBeGreaterThan(30);
  });

  it("has the known value for Vandermonde, Hilbert and Hadamard matrices", () => {
    const points = [-7n, 3n, 11n, 0n, 20n, -1n, 5n, 8n, 13n, -20n, 2n];
    const vandermonde = points.map((x) => points.map((_, k) => x ** BigInt(k)));
    let expected = 1n;
    points.forEach((x, i) => {
      for (const y of points.slice(0, i)) expected *= x - y;
    });
    expect(determinant(vandermonde)).toBe(expected);
    // 1/det of the Hilbert matrix of order 10 [OEIS A005249].
    const hilbert = Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (_, j) => rational(1, i + j + 1)));
    expect(rationalDeterminant(hilbert)).toEqual(rational(1n, 46206893947914691316295628839036278726983680000000000n));
    // Sylvester's Hadamard matrix reaches the bound n^(n/2).
    let hadamard = [[1n]];
    for (let k = 0; k < 5; k++) {
      hadamard = [
        ...hadamard.map((row) => [...row, ...row]),
        ...hadamard.map((row) => [...row, ...row.map((c) => -c)]),
      ];
    }
    expect(determinant(hadamard)).toBe(32n ** 16n);
    expect(determinantByRemainders(hadamard)).toBe(32n ** 16n);
  });

  it("agrees between the algorithms at order 26, also when singular", () => {
    for (const bits of [8, 200]) {
      const matrix = randomMatrix(26, bits, bits);
      const expected = determinantByBareiss(ZZ, matrix);
      expect(expected).not.toBe(0n);
      expect(determinantByLifting(matrix)).toBe(expected);
      expect(determinantByRemainders(matrix)).toBe(expected);
      matrix[25] = matrix[0]!.map((c, j) => c + 3n * matrix[7]![j]!);
      expect(determinant(matrix)).toBe(0n);
      expect(rank(matrix)).toBe(25);
    }
  });

  it("works over polynomials too: the characteristic polynomial of a companion matrix", () => {
    const p = [6n, -5n, 0n, 2n, 1n];
    const domain = {
      zero: [],
      one: [1n],
      add: integerPoly.add,
      sub: integerPoly.sub,
      mul: integerPoly.mul,
      neg: integerPoly.negate,
      isZero: (a: readonly bigint[]) => a.length === 0,
      divideExact: integerPoly.quotientExact,
    };
    const matrix = [0, 1, 2, 3].map((i) =>
      [0, 1, 2, 3].map((j) => {
        const fixed = j === i - 1 ? -1n : j === 3 ? p[i]! : 0n;
        return integerPoly.trim(i === j ? [fixed, 1n] : [fixed]);
      }),
    );
    expect(determinantByBareiss(domain, matrix)).toEqual(p);
  });

  it("has the values that PARI/GP finds", () => {
    for (const { order, entries, determinant: expected, denominator } of golden.determinants) {
      const matrix = Array.from({ length: order }, (_, i) =>
        entries.slice(i * order, (i + 1) * order).map((c) => BigInt(c)),
      );
      for (const value of [determinant(matrix), determinantByRemainders(matrix), determinantByLifting(matrix)]) {
        expect(value).toBe(BigInt(expected));
      }
      const right = matrix.map((_, k) => BigInt(k + 1));
      expect(solve(matrix, right)!.denominator).toBe(BigInt(denominator));
      expect(solveByLifting(matrix, right)!.denominator).toBe(BigInt(denominator));
    }
  });

  it("refuses what is no square matrix, and stops at a budget", () => {
    expect(() => determinant([[1n, 2n]])).toThrow(DomainError);
    expect(() => determinant([[1n, 2n], [1n]])).toThrow("row 2");
    expect(() => determinant(randomMatrix(60, 48, 1), createBudget({ limit: 10 }))).toThrow(LimitError);
    expect(() => solve(randomMatrix(60, 48, 1), new Array(60).fill(1n), createBudget({ limit: 40 }))).toThrow(
      LimitError,
    );
  });
});

describe("solve", () => {
  it("gives back the right side, by both algorithms, or shows that there is no solution", () => {
    let solved = 0;
    let none = 0;
    const system = fc
      .oneof(square, lowRank)
      .chain((matrix) =>
        fc.tuple(
          fc.constant(matrix),
          fc.boolean(),
          fc.array(entry, { minLength: 8, maxLength: 8 }),
          fc.array(entry, { minLength: 8, maxLength: 8 }),
        ),
      );
    fc.assert(
      fc.property(system, ([matrix, consistent, x, b]) => {
        const right = consistent ? times(matrix, x) : b.slice(0, matrix.length);
        const found = solve(matrix, right);
        const byElimination = solveByBareiss(ZZ, matrix, right);
        expect(found === undefined).toBe(byElimination === undefined);
        if (found === undefined || byElimination === undefined) {
          // Rouché–Capelli.
          const extended = matrix.map((row, i) => [...row, right[i]!]);
          expect(rankByGauss(extended)).toBe(rankByGauss(matrix) + 1);
          none++;
          return;
        }
        solved++;
        for (const { numerators, denominator } of [found, byElimination]) {
          expect(denominator).not.toBe(0n);
          expect(times(matrix, numerators)).toEqual(right.map((c) => c * denominator));
        }
        const lifted =
          matrix.length === (matrix[0]?.length ?? 0) && matrix.length > 0 ? solveByLifting(matrix, right) : undefined;
        if (lifted !== undefined) expect(lifted).toEqual(found);
      }),
      { numRuns: 200 },
    );
    expect(solved).toBeGreaterThan(50);
    expect(none).toBeGreaterThan(20);
  });

  it("solves a system of order 26 with 100-digit entries, and over QQ", () => {
    const matrix = randomMatrix(26, 332, 5);
    const right = matrix.map((row) => row[3]! - 17n * row[11]!);
    const { numerators, denominator } = solve(matrix, right)!;
    expect(denominator).toBe(1n);
    expect(numerators.map(Number)).toEqual(Array.from({ length: 26 }, (_, j) => (j === 3 ? 1 : j === 11 ? -17 : 0)));
    const other = matrix.map((_, i) => BigInt(i + 1));
    const found = solve(matrix, other)!;
    expect(times(matrix, found.numerators)).toEqual(other.map((c) => c * found.denominator));
    const hilbert = Array.from({ length: 8 }, (_, i) => Array.from({ length: 8 }, (_, j) => rational(1, i + j + 1)));
    const ones = hilbert.map(() => QQ.one);
    const x = rationalSolve(hilbert, ones)!;
    for (const row of hilbert) {
      expect(row.reduce((sum, c, j) => QQ.add(sum, QQ.mul(c, x[j]!)), QQ.zero)).toEqual(QQ.one);
    }
    expect(rationalSolve([[QQ.half], [QQ.one]], [QQ.one, QQ.one])).toBeUndefined();
  });

  it("refuses a right side of the wrong length", () => {
    expect(() => solve([[1n]], [1n, 2n])).toThrow(DomainError);
  });
});

describe("rank and nullspace", () => {
  it("agree with elimination over QQ; the basis lies in the nullspace and is independent", () => {
    let deficient = 0;
    fc.assert(
      fc.property(fc.oneof(lowRank, square), (matrix) => {
        const expected = rankByGauss(matrix);
        expect(rank(matrix)).toBe(expected);
        expect(rankByBareiss(ZZ, matrix)).toBe(expected);
        const columns = matrix[0]?.length ?? 0;
        for (const basis of [nullspace(matrix), nullspaceByBareiss(ZZ, matrix)]) {
          expect(basis).toHaveLength(columns - expected);
          for (const vector of basis) expect(times(matrix, vector)).toEqual(matrix.map(() => 0n));
          expect(rankByGauss(basis)).toBe(basis.length);
        }
        if (expected < columns) deficient++;
        const overQ = matrix.map((row) => row.map((c) => rational(c, 6n)));
        expect(rationalRank(overQ)).toBe(expected);
        for (const vector of rationalNullspace(overQ)) {
          for (const row of overQ) {
            expect(QQ.isZero(row.reduce((sum, c, j) => QQ.add(sum, QQ.mul(c, vector[j]!)), QQ.zero))).toBe(true);
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(deficient).toBeGreaterThan(10);
  });

  it("are not misled by a prime that divides a minor", () => {
    const p = BigInt(wordPrime(0));
    expect(
      rank([
        [1n, 2n],
        [3n, 6n + p],
      ]),
    ).toBe(2);
    expect(
      nullspace([
        [p, 0n, 1n],
        [0n, p * p, 0n],
      ]),
    ).toEqual([[-1n, 0n, p]]);
  });
});
