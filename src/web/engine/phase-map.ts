import { parseLaw, remadeLaw } from "../../lang/index.js";
import { phases } from "../../phases/index.js";
import { toText } from "../../poly/index.js";
import { phaseNames, phaseShapes } from "../../report/index.js";
import { parseRational, type Rational, rationalToNumber } from "../../rings/index.js";
import type { Context } from "./context.js";

/** An axis of a phase map: a parameter of the law, or `tau`, over an interval with exact ends. */
export interface AxisQuestion {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export interface PhaseMapQuestion {
  /** With the two parameters free. */
  readonly expression: string;
  /** Exact values of the other parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly x: AxisQuestion;
  readonly y: AxisQuestion;
}

/** A phase diagram in numbers. */
export interface PhaseMapFacts {
  readonly question: PhaseMapQuestion;
  readonly x: NumericAxis;
  readonly y: NumericAxis;
  /** The phases that occur, in the order of the legend. */
  readonly names: readonly string[];
  /** The cells: outlines as x, y, x, y, …. */
  readonly areas: readonly { readonly phase: string; readonly outline: Float64Array }[];
  readonly borders: readonly Float64Array[];
  /** The equations of the borders, and what they part. */
  readonly transitions: readonly {
    readonly equation: string;
    readonly between: readonly (readonly [string, string])[];
  }[];
}

export interface NumericAxis {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The phases of a law over the plane of two of its parameters. The equations of the borders are exact, and each cell is decided by proof at one
 * rational point of it; outlines are rounded.
 *
 * @throws LanguageError for the expression, DomainError when an axis is no parameter, LimitError when a discriminant is beyond the work limit.
 */
export function phaseMap(question: PhaseMapQuestion, { budget }: Context): PhaseMapFacts {
  const { expression, parameters, x, y } = question;
  const values: Record<string, Rational> = {};
  for (const [name, value] of Object.entries(parameters)) values[name] = parseRational(value);
  const law = parseLaw(expression, { parameters: values, budget });
  const ranges = Object.fromEntries(
    [x, y].map(({ name, from, to }) => [name, [parseRational(from), parseRational(to)] as const]),
  );
  const diagram = phases(law, { x: x.name, y: y.name, ranges, remake: remadeLaw(law, budget) }, budget);
  const { areas, borders } = phaseShapes(diagram);
  const axis = (of: typeof diagram.x): NumericAxis => ({
    name: of.name,
    from: rationalToNumber(of.from),
    to: rationalToNumber(of.to),
  });
  return {
    question,
    x: axis(diagram.x),
    y: axis(diagram.y),
    names: phaseNames(diagram.cells),
    areas: areas.map(({ phase, outline }) => ({ phase, outline: Float64Array.from(outline.flat()) })),
    borders: borders.map((border) => Float64Array.from(border.flat())),
    transitions: diagram.transitions.map(({ curve, between }) => ({ equation: `${toText(curve)} = 0`, between })),
  };
}
