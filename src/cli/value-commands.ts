import type { Command } from "commander";
import { DomainError } from "../core/index.js";
import { density, densityAt, quantiles } from "../density/index.js";
import { cumulants, type Law, moments, requireNumeric } from "../law/index.js";
import type { RationalFunction } from "../poly/index.js";
import {
  type DensityAnswer,
  densityToJson,
  densityToText,
  momentsToJson,
  momentsToText,
  quantilesToJson,
  quantilesToText,
} from "../report/index.js";
import { type Rational, rationalToNumber } from "../rings/index.js";
import { exactNumbers, grid, wholeNumber } from "./arguments.js";
import { lawCommand, type Options, type Setting, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { readLaw } from "./law-argument.js";

/** Above this many digits a density is computed in balls instead of doubles. */
const DOUBLE_DIGITS = 15;

/** `density`, `moments`, `cumulants`, `quantiles`. */
export function addValueCommands(program: Command, io: Io): void {
  lawCommand(program, "density", "the density at points", io, async (setting, [text], options) => {
    const points = pointsOf(options);
    const law = await readLaw(text!, setting);
    requireNumeric(law, "the density");
    const answer = densityAnswer(law, points, setting);
    return { json: densityToJson(answer, setting.digits), text: densityToText(answer, setting.digits) };
  })
    .description(
      `The density rho(x) of the absolutely continuous part of a law at the given points; 0 outside the support. Up to ${DOUBLE_DIGITS} digits the values are doubles; with more they are decimal texts, every digit proved.`,
    )
    .option("--at <x1,x2,...>", "the points, exact: --at 0.1,1/3,2")
    .option("--grid <a:b:n>", "n equally spaced points from a to b: --grid 0:3:61")
    .addHelpText(
      "after",
      "\nExample: freecurve density 'mp(1/2)' --grid 0:3:7\n  JSON fields: x, density, certified, guarantee",
    );

  addSeries(program, io, "moments", "mu", "the moments mu_1 ... mu_K", moments);
  addSeries(program, io, "cumulants", "kappa", "the free cumulants kappa_1 ... kappa_K", cumulants);
  addQuantiles(program, io);
}

function addSeries(
  program: Command,
  io: Io,
  name: string,
  symbol: string,
  summary: string,
  compute: (law: Law, count: number) => readonly RationalFunction[],
): void {
  lawCommand(program, name, summary, io, async (setting, [text], options) => {
    const count = wholeNumber("-n", String(options.n), 1, 10_000);
    const values = compute(await readLaw(text!, setting), count);
    return { json: momentsToJson(values), text: momentsToText(values, symbol) };
  })
    .description(
      `${summary[0]!.toUpperCase()}${summary.slice(1)} of a law, exact: rational numbers, or rational functions of the parameters that are left free.`,
    )
    .option("-n <K>", "how many", "8")
    .addHelpText("after", `\nExample: freecurve ${name} 'mp(c)' -n 4\n  JSON fields: values, guarantee`);
}

function addQuantiles(program: Command, io: Io): void {
  lawCommand(program, "quantiles", "N estimated eigenvalues", io, async (setting, [text], options) => {
    const count = wholeNumber("-n", String(options.n), 1);
    const law = await readLaw(text!, setting);
    requireNumeric(law, "the list of quantiles");
    const values = quantiles(law, count, setting.budget);
    return { json: quantilesToJson(values), text: quantilesToText(values, setting.digits) };
  })
    .description(
      "The quantiles of a law at (k - 1/2)/N for k = 1 ... N, in order, atoms included: the eigenvalues to expect of an N x N matrix. Estimates in double precision.",
    )
    .option("-n <N>", "how many", "10")
    .addHelpText("after", "\nExample: freecurve quantiles 'mp(1/2)' -n 5\n  JSON fields: values, guarantee");
}

function pointsOf(options: Options): readonly Rational[] {
  const at = textOption(options, "at");
  const range = textOption(options, "grid");
  if ((at === undefined) === (range === undefined)) {
    throw new DomainError("density needs its points: either --at x1,x2,... or --grid a:b:n");
  }
  return at !== undefined ? exactNumbers("--at", at) : grid("--grid", range!);
}

function densityAnswer(law: Law, x: readonly Rational[], setting: Setting): DensityAnswer {
  const values = density(law, setting.budget)(Float64Array.from(x, rationalToNumber));
  if (setting.digits > DOUBLE_DIGITS) {
    return { x, density: x.map((point, k) => certifiedDensity(law, point, values[k]!, setting)), certified: true };
  }
  return { x, density: Array.from(values), certified: false };
}

/** The double knows where the density is unbounded; there are no digits to prove there. */
function certifiedDensity(law: Law, x: Rational, double: number, setting: Setting): string {
  setting.budget.spend(1, "computing the density");
  return double === Number.POSITIVE_INFINITY ? "infinity" : densityAt(law, x, setting.digits, setting.budget);
}
