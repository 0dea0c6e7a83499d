import type { Command } from "commander";
import { DomainError } from "../core/index.js";
import { type ExtrapolateOptions, extrapolate, type FitOptions, fit as fitLaw, readEigenvalues } from "../fit/index.js";
import {
  extrapolationToJson,
  extrapolationToText,
  fitToJson,
  fitToText,
  plotExtrapolationSvg,
  saveLaw,
} from "../report/index.js";
import { wholeNumber } from "./arguments.js";
import { type Answer, type Options, plainCommand, type Setting, textOption } from "./command-frame.js";
import { checkWritable, type Io, readBytes, writeWhole } from "./io.js";

const FILE =
  "eigenvalues: text with one number a line (# comments), .csv with one column, or .npy (float32 or float64, one dimension)";
const MOST = Number.MAX_SAFE_INTEGER;

/** `fit`, `extrapolate`. */
export function addDataCommands(program: Command, io: Io): void {
  const fitCommand = plainCommand(program, "fit", "a law from measured eigenvalues", io, runFit);
  withFitOptions(fitCommand)
    .description(
      "The law of measured eigenvalues: an algebraic curve with exact coefficients whose branch -1/z at infinity and atom at 0 (of the numerical zeros) are exact. The degrees are chosen: the curve with the fewest fitted numbers that is a spectrum and explains the data within 1.25 standard errors, or the nearest to that. Isolated eigenvalues are set apart.",
    )
    .option("-o, --out <law.json>", "save the law, to be used as <law> of the other commands")
    .addHelpText(
      "after",
      "\nExample: freecurve fit eigenvalues.txt -o law.json\n  JSON fields: law, polynomial, family, degrees, residual, ks, condition, physical, horizon, size, zeros,\n    outliers, candidates, warnings, guarantee",
    );

  const extrapolateCommand = plainCommand(
    program,
    "extrapolate",
    "the spectrum of a larger matrix from a part of it",
    io,
    runExtrapolate,
  );
  withFitOptions(extrapolateCommand)
    .description(
      "The whole job on measured eigenvalues of an n x n corner of an N x N matrix: fit a law, decompress it to size N, and give its support, atoms and estimated eigenvalues. Right when the corner is in general position; a second size (--second) tests that.",
    )
    .requiredOption("--to <N>", "size of the large matrix")
    .option("--second <FILE>", "eigenvalues of the same matrix at another size: tests the assumption")
    .option("--second-size <n>", "size of that matrix (default: the number of eigenvalues in its file)")
    .option(
      "--normalisation <kind>",
      "fixed: entries do not depend on the size; by-size: the matrix is divided by its size; auto: by what --second shows, else fixed",
      "auto",
    )
    .option(
      "--truth <FILE>",
      "measured eigenvalues of the large matrix: adds distances, and a histogram to the picture",
    )
    .option("-o, --out <out.json>", "write the answer as JSON, with all quantiles")
    .option("--plot <out.svg>", "write a picture of the predicted spectrum")
    .addHelpText(
      "after",
      "\nExample: freecurve extrapolate corner-512.txt --to 4096 --plot predicted.svg\n  JSON fields: size, degrees, residual, physical, horizon, support, atoms, quantiles, outliers, mass, warnings, guarantee;\n    with --truth ks, ksBulk, w1, ksWithout; with --second assumption",
    );
}

function withFitOptions(command: Command): Command {
  return command
    .argument("<file>", FILE)
    .option("--size <n>", "size of the matrix when the file leaves out zeros (default: the number of eigenvalues)")
    .option("--deg-m <K>", "degree of the curve in m, together with --deg-z (default: chosen)")
    .option("--deg-z <L>", "degree of the curve in z, together with --deg-m (default: chosen)")
    .option("--rank-threshold <x>", "eigenvalues up to this size count as 0 (default: n 2^-52 times the largest)");
}

async function runFit(setting: Setting, [file]: readonly string[], options: Options): Promise<Answer> {
  const path = textOption(options, "out");
  if (path !== undefined) await checkWritable(path);
  const eigenvalues = await eigenvaluesOf(file!);
  setting.progress("fitting ...");
  const answer = fitLaw(eigenvalues, fitOptions(options));
  if (path !== undefined) await writeWhole(path, `${JSON.stringify(saveLaw(answer.law), undefined, 2)}\n`);
  const files = path === undefined ? [] : [path];
  return { json: fitToJson(answer, setting.digits), text: fitToText(answer, setting.digits), files };
}

async function runExtrapolate(setting: Setting, [file]: readonly string[], options: Options): Promise<Answer> {
  const [out, plot] = [textOption(options, "out"), textOption(options, "plot")];
  for (const path of [out, plot]) if (path !== undefined) await checkWritable(path);
  const wanted = await extrapolateOptions(options);
  const eigenvalues = await eigenvaluesOf(file!);
  setting.progress("fitting and decompressing ...");
  const answer = extrapolate(eigenvalues, wanted);
  const json = extrapolationToJson(answer, setting.digits);
  const { truth } = wanted;
  const svg = plot === undefined ? undefined : plotExtrapolationSvg(answer, truth === undefined ? {} : { truth });
  if (out !== undefined) await writeWhole(out, `${JSON.stringify(json, undefined, 2)}\n`);
  if (plot !== undefined) await writeWhole(plot, svg!);
  const files = [out, plot].filter((path) => path !== undefined);
  return { json, text: extrapolationToText(answer, setting.digits), files };
}

async function eigenvaluesOf(path: string): Promise<Float64Array> {
  return readEigenvalues(await readBytes(path), path);
}

function fitOptions(options: Options): FitOptions {
  const whole = (name: string, option: string, most: number): number | undefined => {
    const text = textOption(options, name);
    return text === undefined ? undefined : wholeNumber(option, text, 1, most);
  };
  const [size, degM, degZ] = [
    whole("size", "--size", MOST),
    whole("degM", "--deg-m", 12),
    whole("degZ", "--deg-z", 12),
  ];
  if ((degM === undefined) !== (degZ === undefined))
    throw new DomainError("--deg-m and --deg-z are given together or not at all");
  const threshold = textOption(options, "rankThreshold");
  return {
    ...(size === undefined ? {} : { size }),
    ...(degM === undefined || degZ === undefined ? {} : { degM, degZ }),
    ...(threshold === undefined ? {} : { rankThreshold: positiveNumber("--rank-threshold", threshold) }),
  };
}

async function extrapolateOptions(options: Options): Promise<ExtrapolateOptions> {
  const to = wholeNumber("--to", String(options.to), 1, MOST);
  const normalisation = String(options.normalisation);
  if (normalisation !== "auto" && normalisation !== "fixed" && normalisation !== "by-size") {
    throw new DomainError(`--normalisation must be auto, fixed or by-size, not "${normalisation}"`);
  }
  const [truth, second, secondSize] = ["truth", "second", "secondSize"].map((name) => textOption(options, name));
  if (secondSize !== undefined && second === undefined) throw new DomainError("--second-size needs --second FILE");
  const size = secondSize === undefined ? {} : { size: wholeNumber("--second-size", secondSize, 1, MOST) };
  return {
    ...fitOptions(options),
    to,
    normalisation,
    ...(truth === undefined ? {} : { truth: await eigenvaluesOf(truth) }),
    ...(second === undefined ? {} : { second: { eigenvalues: await eigenvaluesOf(second), ...size } }),
  };
}

function positiveNumber(option: string, text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= 0 && Number.isFinite(value)))
    throw new DomainError(`${option} must be a number of at least 0, not "${text}"`);
  return value;
}
