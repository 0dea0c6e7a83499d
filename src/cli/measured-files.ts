import type { Command } from "commander";
import type { Budget } from "../core/index.js";
import { type MeasuredFile, type PooledSpectra, readSpectra, type SpectrumOptions } from "../measured/index.js";
import { wholeNumber } from "./arguments.js";
import { type Options, textOption } from "./command-frame.js";
import { readBytes } from "./io.js";

/** What a file of measured eigenvalues may be, for the help of a command. */
export const EIGENVALUES =
  "eigenvalues, or a symmetric matrix whose eigenvalues are computed: text (one number or row a line, or a list in brackets; # comments), .csv, .npy or .npz";

/** No array in a file may take more megabytes than this, where --max-memory says nothing else. */
const LARGEST_ARRAY = 1024;

/** The options of every command that reads measured files. */
export function withReadingOptions(command: Command): Command {
  return command
    .option("--array <NAME>", "which array of a .npz file that holds several")
    .option("--max-matrix <n>", "refuse to compute the eigenvalues of a larger matrix", "4000");
}

export function readingOptions(options: Options): SpectrumOptions {
  const array = textOption(options, "array");
  return {
    memory: 2 ** 20 * wholeNumber("--max-memory", String(options.maxMemory ?? LARGEST_ARRAY), 1),
    matrixSize: wholeNumber("--max-matrix", String(options.maxMatrix), 2),
    ...(array === undefined ? {} : { array }),
  };
}

/** The files a user named, with their bytes. A file is no longer than the array in it may be as text. */
export function readFiles(paths: readonly string[], options: Options): Promise<MeasuredFile[]> {
  const most = 4 * readingOptions(options).memory!;
  return Promise.all(paths.map(async (name) => ({ name, content: await readBytes(name, most) })));
}

/** The spectra in files of one size: independent matrices, pooled. */
export async function spectraOf(
  paths: readonly string[],
  options: Options,
  budget: Budget,
  size?: number,
): Promise<PooledSpectra> {
  const reading = { ...readingOptions(options), ...(size === undefined ? {} : { size }) };
  return readSpectra(await readFiles(paths, options), reading, budget);
}
