import type { Command } from "commander";
import { type Budget, InternalError } from "../core/index.js";
import { type Extrapolation, extrapolate } from "../fit/index.js";
import { readEigenvalues } from "../measured/index.js";
import { shortNumber } from "../picture/index.js";
import { alignedTable, plainCheck, plotExtrapolationSvg, verdictText } from "../report/index.js";
import { type Answer, choice, type Options, plainCommand, type Setting, textOption } from "./command-frame.js";
import { checkWritable, type Io, readBytes, requireSvgName, writeWhole } from "./io.js";
import { packageFile } from "./package-files.js";

/** The sizes of the measured spectra that ship with the package. */
const SIZES = [256, 512, 1024, 2048, 4096] as const;
const LARGEST = 4096;

/** `demo`. */
export function addDemoCommand(program: Command, io: Io): void {
  plainCommand(program, "demo", "the main job on the data that ships with the package", io, runDemo)
    .description(
      `The spectrum of the Gram matrix of ${LARGEST} handwritten digits, predicted from a few of them and compared with the measured one: fit, decompress, distances, and a picture. Estimate.`,
    )
    .addOption(choice("--from <n>", "how many digits to look at", SIZES.slice(0, -1).map(String), "512"))
    .option("-o, --out <FILE.svg>", "where to write the picture", "freecurve-demo.svg")
    .addHelpText(
      "after",
      "\nExample: freecurve demo -o digits.svg\n  JSON fields: size, atom, largest, ks, ksWithout, ksBulk, w1, agreement, warnings, file, guarantee",
    );
}

async function runDemo(setting: Setting, _operands: readonly string[], options: Options): Promise<Answer> {
  const from = Number(options.from);
  const path = textOption(options, "out")!;
  requireSvgName(path);
  await checkWritable(path);
  const { budget } = setting;
  const truth = await measured(LARGEST, budget);
  setting.progress(`fitting ${from} eigenvalues and decompressing to ${LARGEST} ...`);
  const answer = extrapolate(await measured(from, budget), { to: LARGEST, truth }, budget);
  const title = `Spectrum of ${LARGEST} handwritten digits, predicted from ${from}`;
  await writeWhole(path, plotExtrapolationSvg(answer, { title, truth, xLabel: "eigenvalue" }, budget));
  const found = compare(answer, truth);
  const json = { ...found, agreement: plainCheck(found.agreement), file: path, guarantee: "estimate" };
  return { json, text: textOf(answer, found), files: [path] };
}

async function measured(size: number, budget: Budget): Promise<Float64Array> {
  const path = packageFile(`data/digits-${size}.txt`);
  return readEigenvalues(await readBytes(path), path, {}, budget);
}

interface Comparison {
  readonly size: Extrapolation["size"];
  readonly atom: { readonly predicted: number; readonly measured: number };
  readonly largest: { readonly predicted: number; readonly measured: number };
  readonly ks: number;
  readonly ksWithout: number;
  readonly ksBulk: number;
  readonly w1: number;
  readonly agreement: NonNullable<Extrapolation["agreement"]>;
  readonly warnings: readonly string[];
}

function compare(answer: Extrapolation, truth: Float64Array): Comparison {
  const { distances, agreement } = answer;
  if (distances === undefined || agreement === undefined)
    throw new InternalError("the extrapolation was given a truth and is not compared with it");
  return {
    size: answer.size,
    atom: {
      predicted: answer.cumulative(0) - answer.cumulative(-Number.MIN_VALUE),
      measured: truth.filter((v) => v === 0).length / truth.length,
    },
    largest: { predicted: answer.quantiles.at(-1)!, measured: truth.at(-1)! },
    ...distances,
    agreement,
    warnings: answer.warnings,
  };
}

function textOf(answer: Extrapolation, found: Comparison): string {
  const { from, to } = found.size;
  const four = (v: number): string => shortNumber(v, 4);
  const table = alignedTable([
    ["", "predicted", "measured"],
    ["weight of the eigenvalue 0", four(found.atom.predicted), four(found.atom.measured)],
    ["largest eigenvalue", four(found.largest.predicted), four(found.largest.measured)],
  ]);
  const distances = alignedTable([
    ["distance from prediction to measurement (Kolmogorov-Smirnov)", shortNumber(found.ks, 3)],
    [`the same for the ${from} eigenvalues as they are`, shortNumber(found.ksWithout, 3)],
    ["between the nonzero eigenvalues alone", shortNumber(found.ksBulk, 3)],
  ]);
  const { ratios, holds } = found.agreement;
  return [
    `The Gram matrix of ${to} handwritten digits, from the eigenvalues of ${from} of them.\nThe law: a ${answer.fit.family} curve of degree ${answer.degrees.m} in m and ${answer.degrees.z} in z, decompressed by ${shortNumber(to / from)}.`,
    table,
    distances,
    `Are the ${from} digits a corner in general position, as the flow assumes? ${verdictText(found.agreement)}\nFree cumulants 1 to ${ratios.length} of the ${from} over those of the ${to}, in units of what the flow predicts: ${ratios.map((r) => shortNumber(r, 3)).join(", ")}.${holds === false ? "\nWhere the assumption fails, so does the prediction: compare the weights of the eigenvalue 0 above." : ""}`,
  ].join("\n\n");
}
