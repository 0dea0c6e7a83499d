import { reviveContinuousLevy } from "./continuous-levy-fit.js";
import { reviveCorner } from "./corner-fit.js";
import type { CurveFit, Family } from "./curve-fit.js";
import { reviveDense } from "./dense-fit.js";
import { reviveLevy } from "./levy-fit.js";
import type { Weighted } from "./noise.js";
import { revivePopulation } from "./population-fit.js";

/** A curve as it goes from one thread to another: plain data. */
export interface CurveRecord {
  readonly family: Family;
  /** As the function of the family in {@link revivers} takes it. */
  readonly data: unknown;
}

const revivers: Readonly<Record<Family, (weighted: Weighted, data: never) => CurveFit>> = {
  "free Lévy": reviveLevy,
  "continuous free Lévy": reviveContinuousLevy,
  "deformed Wigner": revivePopulation,
  Silverstein: revivePopulation,
  corner: reviveCorner,
  dense: reviveDense,
};

export function recordOf({ family, record }: CurveFit): CurveRecord {
  return { family, data: record };
}

/** The curve of a record and of the samples that it was fitted to: the same in every bit. */
export function reviveCurve(weighted: Weighted, { family, data }: CurveRecord): CurveFit {
  return revivers[family](weighted, data as never);
}
