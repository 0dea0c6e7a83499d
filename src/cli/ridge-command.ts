import { type Command, Option } from "commander";
import { DomainError } from "../core/index.js";
import {
  isotropicOptimum,
  limitingTestError,
  optimalRidge,
  parametersOf,
  type RidgeModel,
  type RidgeQuantity,
  ridgeCurve,
  ridgeErrors,
  ridgelessErrors,
  ridgeQuantities,
  ridgeRegression,
} from "../equivalents/index.js";
import { type Law, numericValue } from "../law/index.js";
import {
  composeFraction,
  constant,
  parsePolynomial,
  parseRationalFunction,
  type RationalFunction,
  rationalFunction,
  substitute,
} from "../poly/index.js";
import { type RidgeBest, type RidgeRow, ridgeToJson, ridgeToText } from "../report/index.js";
import { QQ, type Rational } from "../rings/index.js";
import { exactNumbers } from "./arguments.js";
import { lawCommand, type Options, type Setting, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { readLaw } from "./law-argument.js";

/** `ridge`. */
export function addRidgeCommand(program: Command, io: Io): void {
  lawCommand(program, "ridge", "the errors of ridge regression", io, async (setting, [text], options) => {
    const models = await modelsOf(text!, setting, options);
    const penalties = penaltiesOf(textOption(options, "lambda"));
    const quantity = quantityOf(textOption(options, "curve"));
    if (penalties.length === 0 && options.optimal !== true && quantity === undefined) {
      throw new DomainError("ridge needs a question: --lambda 1/10,1 or --optimal or --curve test-error");
    }
    if (quantity !== undefined && models.length > 1) {
      throw new DomainError("--curve takes one ratio, a number or a parameter such as c");
    }
    const answer = {
      rows: models.flatMap((model) => penalties.map((lambda) => rowOf(model, lambda, setting))),
      best: options.optimal === true ? models.map((model) => bestOf(model, setting)) : [],
      curve: quantity === undefined ? undefined : ridgeCurve(models[0]!, quantity, setting.budget),
      parameters: parametersOf(models[0]!),
    };
    return { json: ridgeToJson(answer, setting.digits), text: ridgeToText(answer, setting.digits) };
  })
    .description(
      "Ridge regression on n samples of p features in the limit of many of both, p/n = ratio: the population covariance has the given law, the coefficients have random signs and mean square signal/p each, the noise its variance. Errors at given penalties, the penalty of the least test error, and the algebraic relation between lambda and each quantity. Certified errors, every digit proved; penalty and relation are exact.",
    )
    .requiredOption("--ratio <c1,c2,...>", "features per sample, p/n; several for a sweep, a parameter for --curve")
    .option(
      "--lambda <l1,l2,...>",
      "the penalties, exact; 0 is the limit of small ones (least squares of minimal norm)",
    )
    .option("--signal <r2>", "the mean square of the coefficients, times p", "1")
    .option("--noise <sigma2>", "the variance of the noise", "1")
    .option(
      "--alignment <w>",
      "a polynomial in x: the coefficient along an eigenvector of eigenvalue x has mean square signal*w(x)/p",
      "1",
    )
    .option("--optimal", "the penalty of the least test error, exact")
    .addOption(
      new Option("--curve <quantity>", "the exact relation between lambda and a quantity of the list below")
        .choices(Object.keys(ridgeQuantities).map(kebabCase))
        .argParser((text: string) => text),
    )
    .addHelpText("after", `\nQuantities:\n${quantityList()}\n${example}`);
}

const example = `
Example: freecurve ridge 'atoms([[1, 1/2], [4, 1/2]])' --ratio 1/2,2 --noise 1/4 --lambda 0,1/10,1 --optimal
  JSON fields: values: [{ratio, lambda, kappa, df1, df2, bias, variance, risk, testError, trainingError, gcv, and at
    lambda > 0 the other quantities}] (numbers; text when --digits > 15; "infinity" at lambda = 0 and ratio 1),
    optimal: [{ratio, lambda: ALG or "infinity", testError}], curve: {polynomial, argument, value, convention} or null,
    guarantee`;

function quantityList(): string {
  const rows = Object.entries(ridgeQuantities).map(([name, doc]) => [kebabCase(name), doc] as const);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, doc]) => `  ${name.padEnd(width)}  ${doc}`).join("\n");
}

/** One model for each ratio; --set goes to the law and to the options alike. */
async function modelsOf(text: string, setting: Setting, options: Options): Promise<readonly RidgeModel[]> {
  const fixed = Object.fromEntries(
    Object.entries(setting.values).map(([name, value]) => [name, rationalFunction(constant(value))]),
  );
  const used = new Set<string>();
  const scalar = (source: string): RationalFunction => {
    const value = parseRationalFunction(source);
    for (const name of [...value.numerator.variables, ...value.denominator.variables]) used.add(name);
    return composeFraction(value, fixed, setting.budget);
  };
  const w = parsePolynomial(textOption(options, "alignment")!);
  for (const name of w.variables) used.add(name);
  const parts = {
    signal: scalar(textOption(options, "signal")!),
    noise: scalar(textOption(options, "noise")!),
    alignment: substitute(
      w,
      Object.fromEntries(Object.entries(setting.values).map(([name, value]) => [name, constant(value)])),
    ),
  };
  const ratios = textOption(options, "ratio")!.split(",").map(scalar);
  const population = await populationOf(text, setting, used);
  return ratios.map((ratio) => ridgeRegression(population, { ratio, ...parts }));
}

/** The law with the values of --set that the other options do not use up; what they share it takes where it has the name. */
async function populationOf(text: string, setting: Setting, used: ReadonlySet<string>): Promise<Law> {
  const shared = Object.keys(setting.values).some((name) => used.has(name));
  if (!shared || text === "-") return readLaw(text, setting);
  const symbolic = await readLaw(text, { ...setting, values: {} });
  const values = Object.entries(setting.values).filter(
    ([name]) => symbolic.parameters.includes(name) || !used.has(name),
  );
  return values.length === 0 ? symbolic : readLaw(text, { ...setting, values: Object.fromEntries(values) });
}

function penaltiesOf(text: string | undefined): readonly Rational[] {
  const penalties = text === undefined ? [] : exactNumbers("--lambda", text);
  if (penalties.some((lambda) => QQ.sign(lambda) < 0)) throw new DomainError("--lambda must not be negative");
  return penalties;
}

function rowOf(model: RidgeModel, lambda: Rational, setting: Setting): RidgeRow {
  const values = QQ.isZero(lambda)
    ? ridgelessErrors(model, setting.digits, setting.budget)
    : ridgeErrors(model, lambda, setting.digits, setting.budget);
  return { ratio: numericValue(model.ratio)!, lambda, values };
}

function bestOf(model: RidgeModel, setting: Setting): RidgeBest {
  if (parametersOf(model).length > 0) return { kind: "formula", lambda: isotropicOptimum(model) };
  const lambda = optimalRidge(model, setting.budget);
  const error = limitingTestError(model, lambda, setting.digits, setting.budget);
  return { kind: "penalty", ratio: numericValue(model.ratio)!, lambda, error };
}

function quantityOf(text: string | undefined): RidgeQuantity | undefined {
  if (text === undefined) return undefined;
  const names = Object.keys(ridgeQuantities) as RidgeQuantity[];
  const found = names.find((name) => name === text || kebabCase(name) === text);
  if (found !== undefined) return found;
  throw new DomainError(`--curve knows no quantity "${text}"; it is one of ${names.map(kebabCase).join(", ")}`);
}

function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
