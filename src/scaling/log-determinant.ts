import { DomainError } from "../core/index.js";
import { logGamma } from "./incomplete-gamma.js";

export interface LogDeterminantScaling {
  /** pdet(K_n)/pdet(K_(n−1)) ≈ e^c n^nu. */
  readonly nu: { readonly value: number; readonly error: number };
  readonly c: { readonly value: number; readonly error: number };
  /** Log-determinant at the target size, with its standard error. */
  readonly predicted: { readonly size: number; readonly value: number; readonly error: number };
}

/**
 * The scaling law pdet(K_n)/pdet(K_(n−1)) = e^c n^nu fitted to log-determinants of nested submatrices, and what it says of a larger
 * size: log pdet(K_N) = log pdet(K_n) + c (N − n) + nu log(N!/n!). Increments between sizes are fitted by least squares, the noise of an increment
 * taken to be independent and of variance proportional to its length; the error of the prediction adds that of the parameters and
 * that of the way to N. It is blind to a rank that stops growing. Estimates with standard errors.
 *
 * Source: S. Ameli, C. van der Heide, L. Hodgkinson, F. Roosta and M. W. Mahoney, "Determinant estimation under memory constraints and
 * neural scaling laws", Proc. Mach. Learn. Res. 267 (2025) 1367–1400.
 *
 * @throws DomainError for fewer than four sizes, sizes that do not grow, or a target that is not larger.
 */
export function logDeterminantScaling(
  sizes: readonly number[],
  logDeterminants: readonly number[],
  to: number,
): LogDeterminantScaling {
  if (sizes.length < 4 || sizes.length !== logDeterminants.length) {
    throw new DomainError(
      `at least four sizes with their log-determinants are needed; got ${sizes.length} and ${logDeterminants.length}`,
    );
  }
  const largest = sizes.at(-1)!;
  if (!(sizes[0]! >= 1 && sizes.every((size, k) => k === 0 || size > sizes[k - 1]!) && to > largest)) {
    throw new DomainError(`sizes must grow, up to the target; got ${sizes.join(", ")} and target ${to}`);
  }
  if (!logDeterminants.every(Number.isFinite)) {
    throw new DomainError("every log-determinant must be finite; leave out the zero eigenvalues");
  }
  // One row for an increment, over the root of its length: noise of equal variance.
  const rows = sizes.slice(1).map((size, k) => {
    const before = sizes[k]!;
    const root = Math.sqrt(size - before);
    return { x: root, z: logRatio(size, before) / root, y: (logDeterminants[k + 1]! - logDeterminants[k]!) / root };
  });
  const sum = (f: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + f(row), 0);
  const [xx, xz, zz] = [sum(({ x }) => x * x), sum(({ x, z }) => x * z), sum(({ z }) => z * z)];
  const [xy, zy] = [sum(({ x, y }) => x * y), sum(({ z, y }) => z * y)];
  const determinant = xx * zz - xz * xz;
  const c = (zz * xy - xz * zy) / determinant;
  const nu = (xx * zy - xz * xy) / determinant;
  const variance = sum(({ x, z, y }) => (y - c * x - nu * z) ** 2) / (rows.length - 2);
  const [dx, dz] = [to - largest, logRatio(to, largest)];
  const ofParameters = (dx * dx * zz - 2 * dx * dz * xz + dz * dz * xx) / determinant;
  return {
    nu: { value: nu, error: Math.sqrt((variance * xx) / determinant) },
    c: { value: c, error: Math.sqrt((variance * zz) / determinant) },
    predicted: {
      size: to,
      value: logDeterminants.at(-1)! + c * dx + nu * dz,
      error: Math.sqrt(variance * (ofParameters + dx)),
    },
  };
}

/** log(n!/m!). */
function logRatio(n: number, m: number): number {
  return logGamma(n + 1) - logGamma(m + 1);
}

/**
 * Log of the product of the eigenvalues that are not zero, and how many those are; zero up to n·2^-52 times the largest.
 * Estimate in double precision.
 */
export function logPseudoDeterminant(eigenvalues: ArrayLike<number>): {
  readonly value: number;
  readonly rank: number;
} {
  const sizes = Float64Array.from(eigenvalues, Math.abs);
  const threshold = sizes.length * 2 ** -52 * sizes.reduce((most, value) => Math.max(most, value), 0);
  const nonzero = sizes.filter((value) => value > threshold);
  return { value: nonzero.reduce((sum, value) => sum + Math.log(value), 0), rank: nonzero.length };
}
