import { DomainError } from "../core/index.js";

/** Numbers as they stand in a file: a list, or a matrix row by row. Every one is finite. */
export interface NumberArray {
  readonly rows: number;
  /** 1 for a list. */
  readonly columns: number;
  readonly values: Float64Array;
}

/** What a reader may take of the machine. */
export interface ReadLimits {
  /** Bytes that one array may take once it is unpacked to doubles; 2^30 by default. */
  readonly memory?: number;
}

const defaultMemory = 2 ** 30;

/**
 * Stops before memory is taken for an array that announces too many numbers.
 *
 * @throws DomainError that says how to raise the limit.
 */
export function checkMemory(name: string, bytes: number, limits: ReadLimits): void {
  const most = limits.memory ?? defaultMemory;
  if (bytes > most) {
    throw new DomainError(
      `${name} would take ${megabytes(bytes)} of memory, more than the limit of ${megabytes(most)}; raise \`memory\` (on the command line --max-memory) to read it`,
    );
  }
}

function megabytes(bytes: number): string {
  return bytes >= 2 ** 20 ? `${Math.ceil(bytes / 2 ** 20)} MB` : `${bytes} bytes`;
}
