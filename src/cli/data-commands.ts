import type { Command } from "commander";
import { type Budget, DomainError, LimitError } from "../core/index.js";
import type { ExtrapolateOptions, Extrapolation, Fit, FitOptions } from "../fit/index.js";
import {
  extrapolationToJson,
  extrapolationToText,
  fitToJson,
  fitToText,
  plotExtrapolationSvg,
  saveLaw,
} from "../report/index.js";
import { QQ, rationalToNumber } from "../rings/index.js";
import { type FitThreads, startThreads } from "../threads/index.js";
import { exactNumbers, wholeNumber } from "./arguments.js";
import { MOST_THREADS, optimiseLate } from "./batch/thread-pool.js";
import { type Answer, choice, type Options, plainCommand, type Setting, textOption } from "./command-frame.js";
import { checkWritable, type Io, requireSvgName, writeWhole } from "./io.js";
import { EIGENVALUES, spectraOf, withReadingOptions } from "./measured-files.js";
import { PROGRAM } from "./supervised-run.js";

const MOST = Number.MAX_SAFE_INTEGER;

/** How much later functions are compiled where threads compute: it halves the time of the compilers, and adds little elsewhere. */
const LATE = 6;

/** Threads take longer to start than they save for fewer eigenvalues. */
const FEW = 500;

/** `fit`, `extrapolate`. */
export function addDataCommands(program: Command, io: Io): void {
  const fitCommand = plainCommand(program, "fit", "a law from measured eigenvalues", io, runFit);
  withFitOptions(fitCommand)
    .description(
      "The law of measured eigenvalues: an algebraic curve with exact coefficients whose branch -1/z at infinity and atom at 0 (of the numerical zeros) are exact. Laws with names are tried first, then curves of all degrees up to 6 in m and 3 in z; their evidence (Laplace's approximation of it) chooses, and the table of candidates is printed, for several files with how well each matrix is predicted from the others. Isolated eigenvalues are set apart. Estimate.",
    )
    .option("-o, --out <law.json>", "save the law, to be used as <law> of the other commands")
    .addHelpText(
      "after",
      "\nExample: freecurve fit eigenvalues.txt -o law.json\n  JSON fields: law, polynomial, family, name, degrees, residual, diagnosis, ks, condition, physical, horizon, size, pooled,\n    zeros, outliers, candidates, warnings, guarantee",
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
      "The whole job on measured eigenvalues of an n x n corner of an N x N matrix: fit a law, decompress it to size N, and give its support, atoms and estimated eigenvalues. Right when the corner is in general position; a second size (--second) tests that. Estimate.",
    )
    .requiredOption("--to <N>", "size of the large matrix")
    .option("--second <FILE>", "eigenvalues of the same matrix at another size: tests the assumption")
    .option("--second-size <n>", "size of that matrix (default: the number of eigenvalues in its file)")
    .addOption(
      choice(
        "--normalisation <kind>",
        "fixed: entries do not depend on the size; by-size: the matrix is divided by its size; auto: by what --second shows, else fixed",
        ["auto", "fixed", "by-size"],
        "auto",
      ),
    )
    .option(
      "--deform <c>",
      "the matrix is the Gram matrix of n rows, c its aspect ratio rows over columns, and rows are added at fixed columns (default: a corner of a square matrix)",
    )
    .option("--below <x1,x2,...>", "add the shares of the eigenvalues up to these places")
    .option("--no-bands", "leave out the bands, which take some time for a curve that is no named law")
    .option(
      "--truth <FILE>",
      "measured eigenvalues of the large matrix: adds distances, and a histogram to the picture",
    )
    .option("-o, --out <out.json>", "write the answer as JSON, with all quantiles")
    .option("--plot <out.svg>", "write a picture of the predicted spectrum")
    .addHelpText(
      "after",
      "\nExample: freecurve extrapolate corner-512.txt --to 4096 --plot predicted.svg\n  JSON fields: size, degrees, residual, physical, horizon, support, atoms, quantiles, outliers, mass, answers,\n    bands, normalisation, projection, family, name, law, diagnosis, pooled, candidates, warnings, guarantee;\n    with --truth ks, ksBulk, w1, ksWithout, agreement; with --second assumption",
    );
}

function withFitOptions(command: Command): Command {
  return withReadingOptions(command)
    .argument("<files...>", `${EIGENVALUES}; several files are independent parts of one size, pooled`)
    .option("--size <n>", "size of the matrix when the file leaves out zeros (default: the number of eigenvalues)")
    .option("--deg-m <K>", "degree of the curve in m, together with --deg-z (default: chosen)")
    .option("--deg-z <L>", "degree of the curve in z, together with --deg-m (default: chosen)")
    .addOption(
      choice("--terms <shape>", "terms of a curve of forced degrees", ["full", "triangular", "banded"], "full"),
    )
    .option("--mean <x>", "the exact mean of the eigenvalues, if it is known")
    .option("--edges <x1,x2,...>", "known edges of the spectrum, exact for the fitted curve")
    .option("--complex", "the matrix is complex Hermitian: its eigenvalues fluctuate less (default: real symmetric)")
    .option(
      "--strict",
      "end with exit code 3 and without an answer when the verdict on the fit is poor, or a second size denies the flow",
    )
    .option(
      "--threads <N>",
      `how many threads compute (default: one for each processor, one below ${FEW} eigenvalues); the answer is the same`,
    )
    .option("--rank-threshold <x>", "eigenvalues up to this size count as 0 (default: n 2^-52 times the largest)");
}

async function runFit(setting: Setting, paths: readonly string[], options: Options): Promise<Answer> {
  const path = textOption(options, "out");
  if (path !== undefined) await checkWritable(path);
  const wanted = fitOptions(options);
  const { eigenvalues, samples } = await pooledOf(paths, options, wanted.size, setting.budget);
  setting.progress("fitting ...");
  const answer = await inThreads(setting, options, [eigenvalues, ...samples], (threads) =>
    threads.fit(eigenvalues, { ...wanted, samples }, setting.budget),
  );
  refusePoor(answer, options);
  if (path !== undefined) await writeWhole(path, `${JSON.stringify(saveLaw(answer.law), undefined, 2)}\n`);
  const files = path === undefined ? [] : [path];
  const { digits, budget } = setting;
  return { json: fitToJson(answer, digits, budget), text: fitToText(answer, digits, budget), files };
}

async function runExtrapolate(setting: Setting, paths: readonly string[], options: Options): Promise<Answer> {
  const [out, plot] = [textOption(options, "out"), textOption(options, "plot")];
  if (plot !== undefined) requireSvgName(plot);
  for (const path of [out, plot]) if (path !== undefined) await checkWritable(path);
  const wanted = await extrapolateOptions(options, setting.budget);
  const { eigenvalues, samples } = await pooledOf(paths, options, wanted.size, setting.budget);
  setting.progress("fitting and decompressing ...");
  const answer = await inThreads(setting, options, [eigenvalues, ...samples], (threads) =>
    threads.extrapolate(eigenvalues, { ...wanted, samples }, setting.budget),
  );
  refusePoor(answer.fit, options);
  refuseDenied(answer, options);
  const json = extrapolationToJson(answer, setting.digits);
  const { truth } = wanted;
  const svg =
    plot === undefined ? undefined : plotExtrapolationSvg(answer, truth === undefined ? {} : { truth }, setting.budget);
  if (out !== undefined) await writeWhole(out, `${JSON.stringify(json, undefined, 2)}\n`);
  if (plot !== undefined) await writeWhole(plot, svg!);
  const files = [out, plot].filter((path) => path !== undefined);
  return { json, text: extrapolationToText(answer, setting.digits), files };
}

/** Computes with threads that end with it. */
async function inThreads<T>(
  { io }: Setting,
  options: Options,
  spectra: readonly Float64Array[],
  compute: (threads: FitThreads) => Promise<T>,
): Promise<T> {
  const wanted = textOption(options, "threads");
  const count = spectra.reduce((sum, { length }) => sum + length, 0);
  const usual = count < FEW ? 1 : (io.threads ?? 1);
  const memory = textOption(options, "maxMemory");
  const number = wanted === undefined ? usual : wholeNumber("--threads", wanted, 1, MOST_THREADS);
  if (number > 1) optimiseLate(LATE);
  const threads = startThreads({
    threads: number,
    ...(memory === undefined ? {} : { memory: PROGRAM + wholeNumber("--max-memory", memory, 1) }),
  });
  try {
    return await compute(threads);
  } finally {
    await threads.close();
  }
}

async function eigenvaluesOf(path: string, options: Options, budget: Budget): Promise<Float64Array> {
  return (await spectraOf([path], options, budget)).samples[0]!;
}

/** The first spectrum, and those that are pooled with it. */
async function pooledOf(
  paths: readonly string[],
  options: Options,
  size: number | undefined,
  budget: Budget,
): Promise<{ readonly eigenvalues: Float64Array; readonly samples: readonly Float64Array[] }> {
  const [first, ...rest] = (await spectraOf(paths, options, budget, size)).samples;
  return { eigenvalues: first!, samples: rest };
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
  const terms = options.terms as "full" | "triangular" | "banded";
  const [mean, edges] = ["mean", "edges"].map((name) => {
    const text = textOption(options, name);
    return text === undefined ? undefined : exactNumbers(`--${name}`, text);
  });
  if (mean !== undefined && mean.length > 1) throw new DomainError("--mean must be one number");
  return {
    terms,
    ...(options.complex === true ? { symmetry: "complex" as const } : {}),
    constraints: { ...(mean === undefined ? {} : { moments: mean }), ...(edges === undefined ? {} : { edges }) },
    ...(size === undefined ? {} : { size }),
    ...(degM === undefined || degZ === undefined ? {} : { degM, degZ }),
    ...(threshold === undefined ? {} : { rankThreshold: positiveNumber("--rank-threshold", threshold) }),
  };
}

async function extrapolateOptions(options: Options, budget: Budget): Promise<ExtrapolateOptions> {
  const to = wholeNumber("--to", String(options.to), 1, MOST);
  const normalisation = options.normalisation as "auto" | "fixed" | "by-size";
  const [truth, second, secondSize] = ["truth", "second", "secondSize"].map((name) => textOption(options, name));
  if (secondSize !== undefined && second === undefined) throw new DomainError("--second-size needs --second FILE");
  const size = secondSize === undefined ? {} : { size: wholeNumber("--second-size", secondSize, 1, MOST) };
  const below = textOption(options, "below");
  const ratio = textOption(options, "deform");
  const deform = ratio === undefined ? undefined : exactNumbers("--deform", ratio)[0]!;
  if (deform !== undefined && QQ.sign(deform) <= 0) throw new DomainError(`--deform must be positive, not "${ratio}"`);
  return {
    ...fitOptions(options),
    bands: options.bands !== false,
    ...(below === undefined ? {} : { below: exactNumbers("--below", below).map(rationalToNumber) }),
    ...(deform === undefined ? {} : { deform }),
    to,
    normalisation,
    ...(truth === undefined ? {} : { truth: await eigenvaluesOf(truth, options, budget) }),
    ...(second === undefined ? {} : { second: { eigenvalues: await eigenvaluesOf(second, options, budget), ...size } }),
  };
}

/** With --strict, a poor fit is no answer. */
function refusePoor({ diagnosis }: Fit, options: Options): void {
  if (options.strict === true && diagnosis.verdict === "poor") throw new LimitError(diagnosis.text);
}

/** Nor is, with --strict, an extrapolation that a second size denies. */
function refuseDenied({ assumption, normalisation }: Extrapolation, options: Options): void {
  const check = normalisation === "by-size" ? (assumption?.undone ?? assumption) : assumption;
  if (options.strict === true && check?.holds === false) throw new LimitError(check.reason);
}

function positiveNumber(option: string, text: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= 0 && Number.isFinite(value)))
    throw new DomainError(`${option} must be a number of at least 0, not "${text}"`);
  return value;
}
