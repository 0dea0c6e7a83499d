import { type Budget, DomainError, unlimited } from "../core/index.js";
import { symmetricEigenvalues } from "../matrices/index.js";
import type { NumberArray } from "./number-array.js";
import { type ReadOptions, readArray } from "./read-array.js";

export interface SpectrumOptions extends ReadOptions {
  /** The largest side of a matrix whose eigenvalues are computed; 4000 by default. */
  readonly matrixSize?: number;
}

/** One file as its reader sees it. */
export interface MeasuredFile {
  readonly name: string;
  readonly content: Uint8Array | string;
}

/** Spectra of independent matrices of one size, such as several corners of one large matrix. */
export interface PooledSpectra {
  /** The size of each matrix. */
  readonly size: number;
  /** The eigenvalues of each, ascending; fewer than `size` when zeros were left out. */
  readonly samples: readonly Float64Array[];
}

const defaultMatrixSize = 4000;
/** Seconds for n³, measured at n = 1000. */
const secondsPerCube = 1.5e-9;
/** Asymmetry up to this share of the largest entry is rounding, as of a product computed in single precision. */
const symmetryTolerance = 1e-6;

/**
 * The eigenvalues in a file, ascending: a list in any of the forms of {@link readArray}, or a symmetric matrix whose eigenvalues are
 * computed. Entries across the diagonal may differ by 10^-6 of the largest entry; their mean is taken.
 * Exact up to the nearest double for lists; eigenvalues of a matrix are estimates.
 *
 * @throws DomainError in one sentence, with line or position, for fewer than two values, a matrix that is not square or not symmetric,
 * or one that is larger than `matrixSize`.
 */
export function readEigenvalues(
  content: Uint8Array | string,
  name = "the file",
  options: SpectrumOptions = {},
  budget: Budget = unlimited,
): Float64Array {
  const array = readArray(content, name, options);
  return array.columns === 1 ? eigenvalueList(array, name) : matrixEigenvalues(array, name, options, budget);
}

/** @throws DomainError for fewer than two values. */
export function eigenvalueList({ values }: NumberArray, name: string): Float64Array {
  if (values.length === 0) throw new DomainError(`${name} holds no eigenvalues; one number a line is expected`);
  if (values.length === 1) {
    throw new DomainError(`${name} holds a single value; a spectrum needs at least two eigenvalues`);
  }
  return Float64Array.from(values).sort();
}

/**
 * The eigenvalues of a symmetric matrix, ascending.
 *
 * @throws DomainError as {@link readEigenvalues}.
 */
export function matrixEigenvalues(
  array: NumberArray,
  name: string,
  options: SpectrumOptions = {},
  budget: Budget = unlimited,
): Float64Array {
  const size = array.rows;
  const most = options.matrixSize ?? defaultMatrixSize;
  checkSquare(array, name);
  if (size > most) {
    throw new DomainError(
      `${name} is a ${size} x ${size} matrix, whose eigenvalues would take about ${duration(secondsPerCube * size ** 3)}; the limit is ${most}, raise \`matrixSize\` (on the command line --max-matrix) or give the eigenvalues themselves`,
    );
  }
  return symmetricEigenvalues(symmetricPart(array, name), size, budget);
}

function checkSquare({ rows, columns }: NumberArray, name: string): void {
  if (rows !== columns) {
    throw new DomainError(
      `${name} holds a ${rows} x ${columns} matrix; a list of eigenvalues or a symmetric square matrix is expected`,
    );
  }
}

/**
 * (A + A*)/2 of a matrix that is symmetric up to rounding.
 *
 * @throws DomainError with the place of the largest difference when it is not square or not symmetric.
 */
export function symmetricPart(array: NumberArray, name: string): Float64Array {
  checkSquare(array, name);
  const { rows: n, values } = array;
  const symmetric = Float64Array.from(values);
  let worst = { difference: 0, i: 0, j: 0 };
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [below, above] = [values[i * n + j]!, values[j * n + i]!];
      const difference = Math.abs(below - above);
      largest = Math.max(largest, Math.abs(below), Math.abs(above));
      if (difference > worst.difference) worst = { difference, i, j };
      symmetric[i * n + j] = symmetric[j * n + i] = below / 2 + above / 2;
    }
    largest = Math.max(largest, Math.abs(values[i * n + i]!));
  }
  if (worst.difference > symmetryTolerance * largest) {
    const { i, j } = worst;
    throw new DomainError(
      `${name} is not symmetric: row ${i + 1}, column ${j + 1} is ${values[i * n + j]}, row ${j + 1}, column ${i + 1} is ${values[j * n + i]}; only symmetric matrices have the real spectrum that is meant here`,
    );
  }
  return symmetric;
}

/**
 * Several files as independent matrices of one size. Lists of unequal length belong together only when `size` says that zeros were
 * left out. Exact or estimates as {@link readEigenvalues}.
 *
 * @throws DomainError as {@link readEigenvalues}, and for files that do not belong together.
 */
export function readSpectra(
  files: readonly MeasuredFile[],
  options: SpectrumOptions & { readonly size?: number } = {},
  budget: Budget = unlimited,
): PooledSpectra {
  if (files.length === 0) throw new DomainError("no file of eigenvalues was given");
  const samples = files.map(({ content, name }) => readEigenvalues(content, name, options, budget));
  const size = options.size ?? samples[0]!.length;
  samples.forEach((sample, k) => {
    if (options.size === undefined && sample.length !== size) {
      throw new DomainError(
        `${files[0]!.name} holds ${size} eigenvalues and ${files[k]!.name} ${sample.length}; files are pooled when they are independent matrices of one size: give \`size\` (on the command line --size) if zeros were left out`,
      );
    }
    if (sample.length > size) {
      throw new DomainError(
        `the size must be at least the number of eigenvalues given; ${files[k]!.name} holds ${sample.length}, more than ${size}`,
      );
    }
  });
  return { size, samples };
}

function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} seconds`;
  return seconds < 6000 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3600)} hours`;
}
