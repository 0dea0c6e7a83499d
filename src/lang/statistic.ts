import { type Budget, DomainError, unlimited } from "../core/index.js";
import type { Law } from "../law/index.js";
import { parseRational } from "../rings/index.js";
import {
  linearStatistic,
  namedStatistics,
  type RealFunction,
  type Statistic,
  type StatisticOptions,
  type StatisticRequest,
} from "../statistics/index.js";
import { LanguageError } from "./language-error.js";
import { parseFunction } from "./parse-function.js";
import { nearestName } from "./vocabulary.js";

/**
 * A statistic of a law: the mean ∫ f drho of a function of x, atoms included, or one with a name: `logdet`, `trace-of-power 3`,
 * `schatten-norm 1`, `spectral-norm`, …. Exact for polynomials, also with parameters in the law, and for most rational functions with
 * poles outside the support; certified to the digits asked for where f is analytic around the support; elsewhere an estimate of
 * about 14 digits, and it says so.
 *
 * @throws LanguageError when the text cannot be read, DomainError where f is not real on the support, infinite at an atom, or the
 *   integral diverges.
 * @example statistic(ensembles.mp("1/2"), "log(x)").value
 */
export function statistic(
  law: Law,
  f: string | RealFunction,
  options: StatisticOptions = {},
  budget: Budget = unlimited,
): Statistic {
  const request: StatisticRequest = typeof f === "string" ? readRequest(f) : { kind: "mean", of: f };
  return linearStatistic(law, request, options, budget);
}

/** A name with its number, or a function of x. */
function readRequest(text: string): StatisticRequest {
  // One blank at most between the parts: so the pattern takes time in proportion to the text.
  const match = /^([a-z]+(?:-[a-z]+)*) ?(?:[ (:] ?([\d./]+) ?\)?)?$/.exec(text.trim().replace(/\s+/g, " "));
  const name = match?.[1];
  if (name === undefined || !namedStatistics.some((known) => known.name === name)) {
    try {
      return { kind: "mean", of: parseFunction(text) };
    } catch (error) {
      throw name !== undefined && error instanceof LanguageError ? unknownStatistic(name) : error;
    }
  }
  return { kind: "named", name, order: match?.[2] === undefined ? undefined : parseRational(match[2]) };
}

function unknownStatistic(name: string): DomainError {
  const names = namedStatistics.map((known) => known.name);
  const near = nearestName(name, names);
  const list = namedStatistics.map((known) =>
    known.order === undefined ? known.name : `${known.name} ${known.order}`,
  );
  return new DomainError(
    `there is no statistic "${name}"; ${near === undefined ? "" : `did you mean ${near}? `}it is a function of x, such as log(1 + x), or one of ${list.join(", ")}`,
  );
}
