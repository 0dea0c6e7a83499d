import type { Command } from "commander";
import { type Budget, seededRandom } from "../core/index.js";
import { type HighTemperatureMp, highTemperatureMp } from "../high-temperature/index.js";
import { type HighTemperatureAnswer, highTemperatureToJson, highTemperatureToText } from "../report/index.js";
import type { Rational } from "../rings/index.js";
import { answersAtPoints } from "./answers-at-points.js";
import { complexNumbers, wholeNumber } from "./arguments.js";
import { type Options, plainCommand, type Setting, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { pointsGiven } from "./points-option.js";

/** The largest matrix that is sampled. */
const LARGEST = 50_000;

/** `high-temperature`. */
export function addHighTemperatureCommand(program: Command, io: Io): void {
  plainCommand(
    program,
    "high-temperature",
    "the Marchenko-Pastur law at high temperature",
    io,
    async (setting, [gamma, kappa], options) => {
      const answer = answerOf(highTemperatureMp(gamma!, kappa!), setting, options);
      return {
        json: highTemperatureToJson(answer, setting.digits),
        text: highTemperatureToText(answer, setting.digits),
      };
    },
  )
    .argument("<gamma>", "the ratio of the Wishart matrices, p/n; mean 1")
    .argument("<kappa>", "the inverse temperature: beta = 2*kappa/p; large ones give mp(gamma)")
    .description(
      "highTemperatureMp(gamma, kappa): the limit of the eigenvalues of beta-Laguerre (Wishart) ensembles whose beta falls like 2*kappa/p, by Tricomi's function. It has a density, a Stieltjes transform, moments and samples, but no algebraic curve, so no other command takes it. Without an option: the atom, the exponents at both ends, and four moments. Exact but for density and transform, which are certified, and samples, an estimate.",
    )
    .option("--at <x1,x2,...>", "the density at points, exact, every digit proved")
    .option("--grid <a:b:n>", "the density at n equally spaced points from a to b")
    .option("--stieltjes <z1,z2,...>", "the Stieltjes transform at points such as 1+2i,3; every digit proved")
    .option("-n, --moments <K>", "mu_1 ... mu_K, exact; gamma and kappa may be parameters here")
    .option("--sample <N>", "the eigenvalues of one random N x N tridiagonal matrix, in order")
    .option("--seed <S>", "which matrix", "1")
    .addHelpText(
      "after",
      "\nExample: freecurve high-temperature 1/2 3 --grid 0:3:7\n  JSON fields, as asked for: atom, tails: {atZero: {power, overSquaredLogarithm}, atInfinity: {power, rate}}, moments,\n    x, density, z, m, sample: {seed, values}, guarantee",
    );
}

function answerOf(measure: HighTemperatureMp, setting: Setting, options: Options): HighTemperatureAnswer {
  const points = pointsGiven("high-temperature", options);
  const transform = textOption(options, "stieltjes");
  const count = textOption(options, "moments");
  const size = textOption(options, "sample");
  const isShape = points === undefined && transform === undefined && count === undefined && size === undefined;
  const { digits, budget } = setting;
  const z = transform === undefined ? undefined : complexNumbers("--stieltjes", transform);
  return {
    ...(isShape ? { shape: { atom: measure.atomAtZero(), tails: measure.tails() } } : {}),
    ...(count === undefined && !isShape
      ? {}
      : { moments: measure.moments(count === undefined ? 4 : wholeNumber("-n", count, 1, 1000), budget) }),
    ...(points === undefined ? {} : { density: densityOf(measure, points, setting) }),
    ...(z === undefined
      ? {}
      : { transform: { z, m: answersAtPoints(z, budget, (at) => measure.stieltjesAt(at, digits, budget)) } }),
    ...(size === undefined ? {} : { sample: sampleOf(measure, size, options, budget) }),
  };
}

function densityOf(
  measure: HighTemperatureMp,
  x: readonly Rational[],
  { digits, budget }: Setting,
): Required<HighTemperatureAnswer>["density"] {
  const texts = x.map((point) => measure.densityAt(point, digits, budget));
  const density = digits > 15 || !texts.every(fitsDouble) ? texts : texts.map(Number);
  return {
    x,
    density: density.map((value, k) => (texts[k] === "infinity" ? Number.POSITIVE_INFINITY : value)),
    certified: true,
  };
}

/** Whether a decimal does not become 0, or lose digits, as a double: far out the density is smaller than any of them. */
function fitsDouble(text: string): boolean {
  return text === "infinity" || !/[1-9]/.test(text.split("e")[0]!) || Math.abs(Number(text)) >= 2 ** -1022;
}

function sampleOf(
  measure: HighTemperatureMp,
  size: string,
  options: Options,
  budget: Budget,
): Required<HighTemperatureAnswer>["sample"] {
  const seed = wholeNumber("--seed", String(options.seed), 0, 2 ** 31 - 1);
  return { seed, values: measure.sample(wholeNumber("--sample", size, 1, LARGEST), seededRandom(seed), budget) };
}
