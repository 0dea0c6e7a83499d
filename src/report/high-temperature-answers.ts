import type { Outcome } from "../core/index.js";
import type { Tails } from "../high-temperature/index.js";
import type { RationalFunction } from "../poly/index.js";
import { type Rational, rationalToText } from "../rings/index.js";
import type { ExactComplex, TransformValue } from "../statistics/index.js";
import { momentsToJson, momentsToText } from "./moment-answers.js";
import type { JsonAnswer } from "./shape-answers.js";
import { transformToJson, transformToText } from "./statistics-answers.js";
import { type DensityAnswer, densityToJson, densityToText, quantilesToText } from "./value-answers.js";

/** What `high-temperature` was asked for; what was not asked is absent. */
export interface HighTemperatureAnswer {
  readonly shape?: { readonly atom: Rational; readonly tails: Tails };
  readonly moments?: readonly RationalFunction[];
  readonly density?: DensityAnswer;
  readonly transform?: { readonly z: readonly ExactComplex[]; readonly m: readonly Outcome<TransformValue>[] };
  readonly sample?: { readonly seed: number; readonly values: Float64Array };
}

export function highTemperatureToJson(answer: HighTemperatureAnswer, digits: number): JsonAnswer {
  const { shape, moments, density, transform, sample } = answer;
  return {
    ...(shape === undefined ? {} : { atom: rationalToText(shape.atom), tails: tailsToJson(shape.tails) }),
    ...(moments === undefined ? {} : { moments: momentsToJson({ values: moments }, "mu").values }),
    ...(density === undefined ? {} : part(densityToJson(density, digits), ["x", "density"])),
    ...(transform === undefined ? {} : part(transformToJson(transform.z, transform.m, digits), ["z", "m"])),
    ...(sample === undefined ? {} : { sample: { seed: sample.seed, values: Array.from(sample.values) } }),
    guarantee: sample === undefined ? ((density ?? transform) === undefined ? "exact" : "certified") : "estimate",
  };
}

export function highTemperatureToText(answer: HighTemperatureAnswer, digits: number): string {
  const { shape, moments, density, transform, sample } = answer;
  return [
    ...(shape === undefined ? [] : [shapeToText(shape.atom, shape.tails)]),
    ...(moments === undefined ? [] : [momentsToText({ values: moments }, "mu")]),
    ...(density === undefined ? [] : [densityToText(density, digits)]),
    ...(transform === undefined ? [] : [transformToText(transform.z, transform.m)]),
    ...(sample === undefined ? [] : [quantilesToText(sample.values, digits)]),
  ].join("\n\n");
}

function part(answer: JsonAnswer, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map((name) => [name, answer[name]]));
}

function tailsToJson({ atZero, atInfinity }: Tails): Readonly<Record<string, unknown>> {
  return {
    atZero: { power: rationalToText(atZero.power), overSquaredLogarithm: atZero.overSquaredLogarithm },
    atInfinity: { power: rationalToText(atInfinity.power), rate: rationalToText(atInfinity.rate) },
  };
}

function shapeToText(atom: Rational, { atZero, atInfinity }: Tails): string {
  const logarithm = atZero.overSquaredLogarithm ? "/log(x)^2" : "";
  return [
    ...(atom.num === 0n ? [] : [`atom of weight ${rationalToText(atom)} at 0`]),
    `density like x^(${rationalToText(atZero.power)})${logarithm} at 0`,
    `density like x^(${rationalToText(atInfinity.power)})*exp(-${rationalToText(atInfinity.rate)}*x) at infinity`,
  ].join("\n");
}
