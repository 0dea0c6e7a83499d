import type { Command } from "commander";
import { type Budget, DomainError } from "../core/index.js";
import { eigenvalueList, type NumberArray, readArray } from "../measured/index.js";
import { weightsToJson, weightsToText } from "../report/index.js";
import {
  highTemperatureRival,
  type SpikeLevel,
  type WeightSpectrum,
  weightShape,
  weightSpectrum,
} from "../scaling/index.js";
import { positiveNumber, wholeNumber } from "./arguments.js";
import { type Answer, choice, type Options, plainCommand, type Setting, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { readFiles, readingOptions, withReadingOptions } from "./measured-files.js";

/** `weights`. */
export function addWeightsCommand(program: Command, io: Io): void {
  const command = plainCommand(program, "weights", "the shape of the spectrum of one weight matrix", io, runWeights)
    .description(
      "Squared singular values over the longer side of a weight matrix: a Marchenko-Pastur bulk with its variance, spikes above its edge, the exponent of a power-law tail, the high-temperature Marchenko-Pastur law beside them, and a verdict: random-like, spikes, heavy-tailed or undecided. Estimates.",
    )
    .argument(
      "<file>",
      "a weight matrix (.npy, .npz, .csv or text), or the list of eigenvalues of W W'/n together with --ratio",
    )
    .option("--ratio <c>", "of a list of eigenvalues: shorter over longer side of the matrix, at most 1")
    .addOption(choice("--level <x>", "chance that pure noise shows a spike", ["0.05", "0.01", "0.001"], "0.01"))
    .option("--resamples <N>", "bootstrap samples of the tail", "100")
    .option("--seed <N>", "seed of the bootstrap", "1")
    .option("--no-high-temperature", "leave out the high-temperature fit, which takes a second or two");
  withReadingOptions(command).addHelpText(
    "after",
    "\nExample: freecurve weights layer.npz --array kernel\n  JSON fields: verdict, reason, p, n, ratio, variance, edges, threshold, spikes, bulkDistance, tail, laws, guarantee",
  );
}

async function runWeights(setting: Setting, [path]: readonly string[], options: Options): Promise<Answer> {
  const [file] = await readFiles([path!], options);
  const { name, content } = file!;
  const spectrum = spectrumOf(readArray(content, name, readingOptions(options)), name, options, setting.budget);
  setting.progress("fitting ...");
  const answer = weightShape(
    spectrum,
    {
      level: Number(options.level) as SpikeLevel,
      resamples: wholeNumber("--resamples", String(options.resamples), 10),
      seed: wholeNumber("--seed", String(options.seed), 0),
      rivals: options.highTemperature === false ? [] : [highTemperatureRival],
    },
    setting.budget,
  );
  return { json: weightsToJson(answer), text: weightsToText(answer) };
}

function spectrumOf(array: NumberArray, name: string, options: Options, budget: Budget): WeightSpectrum {
  const ratioText = textOption(options, "ratio");
  const most = readingOptions(options).matrixSize!;
  if (array.columns === 1) {
    if (ratioText === undefined) {
      throw new DomainError(
        `${name} holds a list of eigenvalues; give --ratio, the shorter over the longer side of the weight matrix`,
      );
    }
    const ratio = positiveNumber("--ratio", ratioText);
    if (ratio > 1) throw new DomainError(`--ratio is the shorter over the longer side, at most 1, not ${ratioText}`);
    const eigenvalues = eigenvalueList(array, name);
    return { eigenvalues, p: eigenvalues.length, n: eigenvalues.length / ratio };
  }
  if (ratioText !== undefined) {
    throw new DomainError(
      `--ratio is for a list of eigenvalues; ${name} holds a ${array.rows} x ${array.columns} matrix`,
    );
  }
  if (Math.min(array.rows, array.columns) > most) {
    throw new DomainError(
      `${name} is a ${array.rows} x ${array.columns} matrix and the limit of its shorter side is ${most}; raise --max-matrix to compute its singular values`,
    );
  }
  return weightSpectrum(array.rows, array.columns, array.values, budget);
}
