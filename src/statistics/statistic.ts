import { toNumber } from "../ball/index.js";
import { type Budget, DomainError, unlimited } from "../core/index.js";
import type { Law } from "../law/index.js";
import { type RationalFunction, rationalFunctionToText } from "../poly/index.js";
import { type Rational, rational } from "../rings/index.js";
import type { AlgebraicNumber } from "../roots/index.js";
import { ballOf, decimals, type Finding, mean, type StatisticGuarantee } from "./mean.js";
import { namedStatistics } from "./named-statistic.js";
import type { RealFunction } from "./real-function.js";

/** A statistic of a law as it is handed out. */
export interface Statistic {
  /** Decimals rounded to the digits asked for; the exact text with its parameters when the law has some. */
  readonly value: string;
  /** The value as a double; NaN when it has parameters. */
  readonly number: number;
  /** How far `value` may be from the truth: proved when `guarantee` is exact or certified. */
  readonly absTol: number;
  readonly guarantee: StatisticGuarantee;
  /** The number itself where it is known exactly. */
  readonly exact: AlgebraicNumber | undefined;
  /** The value of a law with parameters. */
  readonly symbolic: RationalFunction | undefined;
}

export interface StatisticOptions {
  /** Significant digits of the value, 15 by default; an estimate has no more than those. */
  readonly digits?: number;
}

/** What a statistic is taken of: a function of x, or a name of {@link namedStatistics} with its order. */
export type StatisticRequest =
  | { readonly kind: "mean"; readonly of: RealFunction }
  | { readonly kind: "named"; readonly name: string; readonly order: Rational | undefined };

/** The answer to a request; see {@link mean} for what is exact, certified or an estimate. */
export function linearStatistic(
  law: Law,
  request: StatisticRequest,
  { digits = 15 }: StatisticOptions = {},
  budget: Budget = unlimited,
): Statistic {
  if (!Number.isInteger(digits) || digits < 1) throw new DomainError(`digits is ${digits}; it must be an integer >= 1`);
  return handedOut(find(law, request, digits, budget), digits);
}

function find(law: Law, request: StatisticRequest, digits: number, budget: Budget): Finding {
  if (request.kind === "mean") return mean(law, request.of, digits, budget);
  const { name, order } = request;
  const named = namedStatistics.find((candidate) => candidate.name === name);
  if (named === undefined) throw new DomainError(`there is no statistic "${name}"`);
  if (named.order !== undefined && order === undefined) {
    throw new DomainError(`${name} needs its ${named.order}; write for example "${name} 2"`);
  }
  if (named.order === undefined && order !== undefined) throw new DomainError(`${name} takes no number`);
  return named.compute(law, order ?? rational(0), digits, budget);
}

function handedOut(finding: Finding, digits: number): Statistic {
  if (finding.kind === "symbolic") {
    const { value } = finding;
    return {
      value: rationalFunctionToText(value),
      number: Number.NaN,
      absTol: 0,
      guarantee: "exact",
      exact: undefined,
      symbolic: value,
    };
  }
  const shown = finding.kind === "estimate" ? Math.min(digits, 15) : digits;
  const ball = ballOf(finding, Math.ceil(shown * 3.33) + 64);
  const { text, absTol } = decimals(ball, shown);
  return {
    value: text,
    number: toNumber(ball),
    absTol,
    guarantee: finding.kind,
    exact: finding.kind === "exact" ? finding.value : undefined,
    symbolic: undefined,
  };
}
