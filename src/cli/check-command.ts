import type { Command } from "commander";
import { DomainError } from "../core/index.js";
import {
  type AssumptionOptions,
  checkAssumption,
  checkMatrix,
  eigenvalueList,
  matrixEigenvalues,
  type NumberArray,
  readArray,
  symmetricPart,
} from "../measured/index.js";
import { checkToJson, checkToText, matrixCheckToJson, matrixCheckToText } from "../report/index.js";
import { positiveNumber, wholeNumber } from "./arguments.js";
import { type Answer, choice, type Options, plainCommand, type Setting, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { EIGENVALUES, readFiles, readingOptions, withReadingOptions } from "./measured-files.js";

/** `check`. */
export function addCheckCommand(program: Command, io: Io): void {
  const command = plainCommand(program, "check", "whether measured spectra follow the flow", io, runCheck)
    .description(
      "Free decompression is right when the small matrix lies in general position in the large one: then free cumulant k grows by tau^(k-1) with the size, and the whole spectrum of the small matrix is the free compression of the large one. Tests both between two sizes, or between one symmetric matrix and random principal submatrices of it, against the sampling error of corners in general position. Estimates.",
    )
    .argument("<files...>", `two sizes, or one symmetric matrix; several files of one size are pooled; ${EIGENVALUES}`)
    .option("--size <list>", "sizes of the matrices, one for each file, when the files leave out zeros")
    .addOption(
      choice(
        "--design <kind>",
        "nested: the small matrix is part of the large one; independent: both are parts of a larger one; unknown: the answer must hold for both",
        ["nested", "independent", "unknown"],
        "unknown",
      ),
    )
    .option("--complex", "the matrices are complex Hermitian, which scatter less than real symmetric ones")
    .option("--tolerance <x>", "a cumulant that is off by less than this share is near enough", "0.1")
    .option("--distance <x>", "distribution functions that differ by less than this are near enough", "0.02")
    .option("--sizes <list>", "of one matrix: sizes of its submatrices (default: a quarter and a half)")
    .option("--draws <N>", "of one matrix: how many submatrices of each size", "12")
    .option("--seed <N>", "of one matrix: seed of the choice of rows", "1");
  withReadingOptions(command).addHelpText(
    "after",
    '\nExamples: freecurve check corner-256.txt corner-512.txt\n          freecurve check matrix.npy --sizes 128,256\n  JSON fields: holds (true, false, "undecided"), reason, size, guarantee; of two sizes cumulants, spectrum,\n    ratios, deviation, verdict, undone; of one matrix submatrices',
  );
}

async function runCheck(setting: Setting, paths: readonly string[], options: Options): Promise<Answer> {
  const reading = readingOptions(options);
  const arrays = (await readFiles(paths, options)).map(({ name, content }) => ({
    name,
    array: readArray(content, name, reading),
  }));
  if (arrays.length === 1) return checkOne(setting, arrays[0]!, options);
  setting.progress("comparing ...");
  const sizes = listOption(options, "size", "--size");
  if (sizes !== undefined && sizes.length !== arrays.length) {
    throw new DomainError(`--size needs one size for each of the ${arrays.length} files, not ${sizes.length}`);
  }
  const groups = new Map<number, Float64Array[]>();
  arrays.forEach(({ name, array }, k) => {
    const values =
      array.columns === 1 ? eigenvalueList(array, name) : matrixEigenvalues(array, name, reading, setting.budget);
    const size = sizes?.[k] ?? values.length;
    if (size < values.length)
      throw new DomainError(`${name} holds ${values.length} eigenvalues, more than the size ${size}`);
    groups.set(size, [...(groups.get(size) ?? []), values]);
  });
  if (groups.size !== 2) {
    throw new DomainError(
      `two sizes are compared, and the files have ${groups.size === 1 ? "one" : groups.size}: ${[...groups.keys()].join(", ")}`,
    );
  }
  const [first, second] = [...groups].map(([size, samples]) => ({ size, samples }));
  const answer = checkAssumption(first!, second!, checkOptions(options), setting.budget);
  return { json: checkToJson(answer), text: checkToText(answer) };
}

function checkOne(
  setting: Setting,
  { name, array }: { readonly name: string; readonly array: NumberArray },
  options: Options,
): Answer {
  if (array.columns === 1) {
    throw new DomainError(
      `${name} holds the eigenvalues of one size; give a second size, or the symmetric matrix itself`,
    );
  }
  const most = readingOptions(options).matrixSize!;
  if (array.rows > most) {
    throw new DomainError(
      `${name} is a ${array.rows} x ${array.columns} matrix and the limit is ${most}; raise --max-matrix to compute its eigenvalues`,
    );
  }
  setting.progress("computing eigenvalues of submatrices ...");
  const sizes = listOption(options, "sizes", "--sizes");
  const answer = checkMatrix(
    symmetricPart(array, name),
    array.rows,
    {
      ...checkOptions(options),
      draws: wholeNumber("--draws", String(options.draws), 2),
      seed: wholeNumber("--seed", String(options.seed), 0),
      ...(sizes === undefined ? {} : { sizes }),
    },
    setting.budget,
  );
  return { json: matrixCheckToJson(answer), text: matrixCheckToText(answer) };
}

function checkOptions(options: Options): AssumptionOptions {
  return {
    design: options.design as "nested" | "independent" | "unknown",
    beta: options.complex === true ? 2 : 1,
    tolerance: positiveNumber("--tolerance", String(options.tolerance)),
    distance: positiveNumber("--distance", String(options.distance)),
  };
}

function listOption(options: Options, name: string, option: string): number[] | undefined {
  const text = textOption(options, name);
  return text?.split(",").map((part) => wholeNumber(`each size of ${option}`, part, 2));
}
