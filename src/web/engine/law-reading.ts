import { DomainError } from "../../core/index.js";
import { lawToText, parseLaw, readSyntax } from "../../lang/index.js";
import type { Law } from "../../law/index.js";
import { parseRational, QQ, type Rational, rational, rationalToText } from "../../rings/index.js";
import type { Context } from "./context.js";
import { keepLawAs } from "./law-cache.js";
import { freeNames, parameterCheck } from "./parameters.js";

export interface LawQuestion {
  readonly expression: string;
  /** Wanted values of parameters; those of other names are passed over, those that do not fit are replaced. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** An expression as the page goes on with it: every parameter has an exact value. */
export interface LawReading {
  /** The law with its parameters set, in the input language. */
  readonly text: string;
  /** The expression as it was read. */
  readonly expression: string;
  readonly parameters: readonly ParameterReading[];
}

export interface ParameterReading {
  readonly name: string;
  /** Exact text. */
  readonly value: string;
  /** Where a slider may go: `from` + k · `step` up to `to`, exact texts, all but the ends known to be good values. */
  readonly from: string;
  readonly to: string;
  readonly step: string;
}

/** First values of a parameter, the first of which that makes a law is taken. */
const firstValues = ["1/2", "1", "2", "3", "1/5", "3/2", "4", "1/10", "5", "-1/2", "10"].map((text) =>
  parseRational(text),
);

/**
 * Reads an expression and gives each of its parameters a value: the wanted one where it makes a law.
 *
 * @throws LanguageError with the place in the expression.
 */
export function readLaw({ expression, parameters }: LawQuestion, { budget }: Context): LawReading {
  const syntax = readSyntax(expression);
  const names = [...freeNames(syntax)];
  const wanted = Object.fromEntries(
    names.flatMap((name) => (Object.hasOwn(parameters, name) ? [[name, parseRational(parameters[name]!)]] : [])),
  );
  const missing = names.filter((name) => !Object.hasOwn(wanted, name));
  const law = (values: Readonly<Record<string, Rational>>): Law => parseLaw(expression, { parameters: values, budget });
  const found = missing.length === 0 ? { values: wanted, law: law(wanted) } : completed(names, wanted, missing, law);
  const text = lawToText(found.law);
  keepLawAs(text, found.law);
  const isGood = parameterCheck(expression, syntax);
  return {
    text,
    expression,
    parameters: names.map((name) => ({
      name,
      value: Object.hasOwn(wanted, name) ? parameters[name]! : rationalToText(found.values[name]!),
      ...sliderRange(found.values[name]!, (value) => isGood({ ...found.values, [name]: value })),
    })),
  };
}

/** Values for the parameters that have none yet: the first combination that makes a law. */
function completed(
  names: readonly string[],
  wanted: Readonly<Record<string, Rational>>,
  missing: readonly string[],
  law: (values: Readonly<Record<string, Rational>>) => Law,
): { values: Readonly<Record<string, Rational>>; law: Law } {
  let mistake: unknown;
  for (const shift of firstValues.keys()) {
    // Several parameters get different values: equal ones are often a special case.
    const values = { ...wanted };
    for (const [k, name] of missing.entries()) values[name] = firstValues[(shift + k) % firstValues.length]!;
    try {
      return { values, law: law(values) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      mistake ??= error;
    }
  }
  // No value helps: the mistake is in the expression itself, and is told best without values.
  if (names.length > 0) law({});
  throw mistake;
}

/** A range of round numbers about the value in which the parameter makes sense, in steps of round numbers. */
function sliderRange(
  value: Rational,
  isGood: (value: Rational) => boolean,
): { readonly from: string; readonly to: string; readonly step: string } {
  const good = (text: string): boolean => isGood(parseRational(text));
  let from = rational(good("-1") ? -4 : good("1/100") ? 0 : good("101/100") ? 1 : good("2") ? 2 : 0);
  let to = rational(good("4") ? (QQ.compare(from, rational(1)) >= 0 ? 10 : 4) : good("99/100") ? 1 : 4);
  while (QQ.compare(value, to) > 0) to = QQ.mul(to, rational(5));
  while (QQ.compare(value, from) < 0) from = QQ.sign(from) < 0 ? QQ.mul(from, rational(5)) : rational(-4);
  const step = QQ.div(QQ.sub(to, from), rational(200));
  if (!isGood(from)) from = QQ.add(from, step);
  if (!isGood(to)) to = QQ.sub(to, step);
  return { from: rationalToText(from), to: rationalToText(to), step: rationalToText(step) };
}
