import { DomainError } from "../core/index.js";
import { type Law, type SupportInterval, support } from "../law/index.js";
import { parseRational, QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";
import { algebraicToDecimal } from "../roots/index.js";
import { wholeNumber } from "./arguments.js";
import { type Options, type Setting, textOption } from "./command-frame.js";

/** How many points there are in each interval of the support where none are given. */
export const GRID = "21";

/** The number of points in each interval of the support, where none are given; `-n` beside them is refused. */
export function gridSize(command: string, options: Options, points: readonly Rational[] | undefined): number {
  if (points !== undefined && options.n !== undefined) {
    throw new DomainError(`-n belongs to the points that ${command} takes without --at and --grid`);
  }
  return wholeNumber("-n", textOption(options, "n") ?? GRID, 2, 100_000);
}

/** An interval of the support with the inner ones of so many equally spaced points on it, as short decimals. */
export interface GridPart {
  readonly interval: SupportInterval;
  /** Its ends, rounded. */
  readonly ends: readonly [Rational, Rational];
  readonly inside: readonly Rational[];
}

/** So many points over each interval of the support, from edge to edge. */
export function gridOverSupport(law: Law, count: number, { digits, budget }: Setting): readonly GridPart[] {
  return support(law, budget).intervals.map((interval) => {
    const from = parseRational(algebraicToDecimal(interval.left, digits));
    const to = parseRational(algebraicToDecimal(interval.right, digits));
    return { interval, ends: [from, to], inside: between(from, to, count) };
  });
}

function between(from: Rational, to: Rational, count: number): Rational[] {
  const step = QQ.div(QQ.sub(to, from), rational(count - 1));
  const unit = QQ.pow(rational(10), Math.floor(Math.log10(rationalToNumber(step))) - 2);
  return Array.from({ length: count - 2 }, (_, k) => {
    const place = QQ.div(QQ.add(from, QQ.mul(step, rational(k + 1))), unit);
    return QQ.mul(rational(QQ.floor(QQ.add(place, rational(1, 2)))), unit);
  });
}
