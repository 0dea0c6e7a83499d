import type { Command } from "commander";
import { type Budget, DomainError } from "../core/index.js";
import { readArray, readEigenvalues } from "../measured/index.js";
import {
  logDeterminantToJson,
  logDeterminantToText,
  type ScalingAnswer,
  scalingToJson,
  scalingToText,
} from "../report/index.js";
import { rationalToNumber } from "../rings/index.js";
import {
  gradientDescent,
  gradientFlow,
  learningCurve,
  logDeterminantScaling,
  logPseudoDeterminant,
  type ModeSpectrum,
  measuredModes,
  perturbModes,
  powerLawModes,
  quantisationNoise,
  spectralExponents,
  truncateModes,
} from "../scaling/index.js";
import { grid, positiveNumber, wholeNumber } from "./arguments.js";
import { type Answer, type Options, plainCommand, type Setting, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { EIGENVALUES, readFiles, readingOptions, withReadingOptions } from "./measured-files.js";

/** `scaling`. */
export function addScalingCommand(program: Command, io: Io): void {
  const command = plainCommand(
    program,
    "scaling",
    "power laws of a spectrum and the learning curve they predict",
    io,
    runScaling,
  )
    .description(
      "The exponents a, b of eigenvalues lambda_k ~ k^-a and losses lambda_k w_k^2 ~ k^-b, and the test loss L(t) = sum of lambda w^2 exp(-2 g(lambda, t)) with its learning frontier; also after pruning or rounding. Of several nested sizes: the scaling law of the log-determinant, pdet(K_n)/pdet(K_(n-1)) ~ n^nu. Estimates.",
    )
    .argument("[files...]", `one file, or nested sizes of one matrix: ${EIGENVALUES}`)
    .option("--target <FILE>", "the coefficients w_k of the target, in the order of the eigenvalues (default: all 1)")
    .option("--power-law <a,b>", "instead of a file: lambda_k = k^-a, lambda_k w_k^2 = k^-b")
    .option("--modes <N>", "number of modes of --power-law", "10000")
    .option("--first <k>", "first rank of the window of the exponents (default: 3)")
    .option("--last <k>", "last rank of the window (default: a third of the modes)")
    .option("--times <a:b:n>", "times of the learning curve: n from 10^a to 10^b", "0:6:13")
    .option("--rate <eta>", "gradient descent of this rate, with whole steps as times (default: gradient flow)")
    .option("--keep <k>", "prune: only the k largest eigenvalues learn")
    .option("--noise <s>", "perturb by symmetric noise whose spectrum reaches 2 s")
    .option("--step <x>", "perturb by rounding the entries of the matrix to multiples of x")
    .option("--to <N>", "of nested sizes: predict the log-determinant at this size");
  withReadingOptions(command).addHelpText(
    "after",
    "\nExamples: freecurve scaling kernel.npy --target coefficients.txt\n          freecurve scaling --power-law 1.5,1.8 --keep 100\n          freecurve scaling k-64.npy k-128.npy k-256.npy k-512.npy --to 100000\n  JSON fields: modes, exponents (a, b, learning, ranks), curve (time, loss, frontier, exponent, tailShare), floor, guarantee;\n    of nested sizes sizes, logDeterminants, ranks, nu, c, predicted, guarantee",
  );
}

async function runScaling(setting: Setting, paths: readonly string[], options: Options): Promise<Answer> {
  if (paths.length > 1) return runLogDeterminant(setting, paths, options);
  const modes = await modesOf(paths[0], options, setting.budget);
  const window = {
    ...rankOption(options, "first", "--first"),
    ...rankOption(options, "last", "--last"),
  };
  const rate = textOption(options, "rate");
  const dynamics = rate === undefined ? gradientFlow : gradientDescent(positiveNumber("--rate", rate));
  const changed = changedModes(modes, options);
  const times = timesOf(options, rate !== undefined);
  const answer: ScalingAnswer = {
    modes,
    exponents: spectralExponents(modes, window),
    curve: learningCurve(modes, times, dynamics, setting.budget),
    ...(changed === undefined
      ? {}
      : { changed: { modes: changed, curve: learningCurve(changed, times, dynamics, setting.budget) } }),
  };
  return { json: scalingToJson(answer), text: scalingToText(answer) };
}

async function modesOf(path: string | undefined, options: Options, budget: Budget): Promise<ModeSpectrum> {
  const law = textOption(options, "powerLaw");
  if ((path === undefined) === (law === undefined)) {
    throw new DomainError("one spectrum is needed: a file of eigenvalues, or --power-law a,b without a file");
  }
  if (law !== undefined) {
    const parts = law.split(",");
    if (parts.length !== 2) throw new DomainError(`--power-law must look like a,b, for example 1.5,1.8, not "${law}"`);
    const [a, b] = parts.map((part) => positiveNumber("--power-law", part));
    return powerLawModes(a!, b!, wholeNumber("--modes", String(options.modes), 1));
  }
  const target = textOption(options, "target");
  const [file, coefficients] = await readFiles(target === undefined ? [path!] : [path!, target], options);
  const reading = readingOptions(options);
  if (coefficients === undefined) return measuredModes(readEigenvalues(file!.content, file!.name, reading, budget));
  const [values, weights] = [file!, coefficients].map(({ content, name }) => {
    const array = readArray(content, name, reading);
    if (array.columns > 1)
      throw new DomainError(`${name} holds a matrix; with --target, lists in one order are expected`);
    return array.values;
  });
  return measuredModes(values!, weights);
}

function changedModes(modes: ModeSpectrum, options: Options): ModeSpectrum | undefined {
  const [keep, noise, step] = ["keep", "noise", "step"].map((name) => textOption(options, name));
  if (keep === undefined && noise === undefined && step === undefined) return undefined;
  if (noise !== undefined && step !== undefined) throw new DomainError("--noise and --step exclude each other");
  const kept = keep === undefined ? modes : truncateModes(modes, wholeNumber("--keep", keep, 0));
  if (noise !== undefined) return perturbModes(kept, positiveNumber("--noise", noise));
  if (step === undefined) return kept;
  return perturbModes(kept, quantisationNoise(positiveNumber("--step", step), modes.eigenvalues.length));
}

function timesOf(options: Options, whole: boolean): number[] {
  const times = grid("--times", String(options.times)).map((exponent) => 10 ** rationalToNumber(exponent));
  return whole ? [...new Set(times.map(Math.round))] : times;
}

function rankOption(options: Options, name: "first" | "last", option: string): { readonly [key: string]: number } {
  const text = textOption(options, name);
  return text === undefined ? {} : { [name]: wholeNumber(option, text, 1) };
}

async function runLogDeterminant(setting: Setting, paths: readonly string[], options: Options): Promise<Answer> {
  const to = textOption(options, "to");
  if (to === undefined) {
    throw new DomainError(
      "several files are nested sizes of one matrix, whose log-determinant is extrapolated: give --to N",
    );
  }
  setting.progress("computing determinants ...");
  const reading = readingOptions(options);
  const found = (await readFiles(paths, options))
    .map(({ content, name }) => {
      const eigenvalues = readEigenvalues(content, name, reading, setting.budget);
      return { size: eigenvalues.length, ...logPseudoDeterminant(eigenvalues) };
    })
    .sort((x, y) => x.size - y.size);
  const law = logDeterminantScaling(
    found.map(({ size }) => size),
    found.map(({ value }) => value),
    wholeNumber("--to", to, 2, Number.MAX_SAFE_INTEGER),
  );
  return { json: logDeterminantToJson(found, law), text: logDeterminantToText(found, law) };
}
