import { numericValue } from "../law/index.js";
import { parseRational, QQ, type Rational, rational } from "../rings/index.js";
import { asRationalFunction, type ElementaryName, elementaryNames, type RealFunction } from "../statistics/index.js";
import { LanguageError } from "./language-error.js";
import { readSyntax } from "./read-syntax.js";
import type { Expression, Span } from "./syntax.js";
import { nearestName } from "./vocabulary.js";

const largestExponent = 1000n;

/** Other names of the functions, as they are often written. */
const synonyms: Readonly<Record<string, ElementaryName>> = { ln: "log" };

/**
 * The function f of a statistic from its text in x: numbers, `pi`, + − * / ^ and parentheses, `log` or `ln` (natural), `exp`, `sqrt`,
 * `abs`, `sin`, `cos`. Exact; nothing is evaluated.
 *
 * @throws LanguageError with line, column and carets.
 * @example parseFunction("x*log(x + 1/10)")
 */
export function parseFunction(text: string): RealFunction {
  return translate(readSyntax(text), text);
}

function translate(expression: Expression, source: string): RealFunction {
  const fail = (span: Span, sentence: string): LanguageError => new LanguageError(sentence, source, span);
  switch (expression.kind) {
    case "number":
      return { kind: "constant", value: parseRational(expression.text) };
    case "name":
      if (expression.name === "x") return { kind: "variable" };
      if (expression.name === "pi") return { kind: "pi" };
      throw fail(expression.span, `the function of a statistic is written in x; there is no other name than x and pi`);
    case "negation": {
      const operand = translate(expression.operand, source);
      if (operand.kind === "constant") return { kind: "constant", value: QQ.neg(operand.value) };
      return { kind: "product", left: { kind: "constant", value: rational(-1) }, right: operand };
    }
    case "call": {
      const { text, span } = expression.name;
      const name =
        (Object.hasOwn(synonyms, text) ? synonyms[text] : undefined) ?? elementaryNames.find((known) => known === text);
      if (name === undefined) {
        const names = [...elementaryNames, ...Object.keys(synonyms)];
        const near = nearestName(text, names);
        const hint = near === undefined ? "" : `; did you mean ${near}?`;
        throw fail(span, `there is no function "${text}"${hint === "" ? ";" : hint} there are ${names.join(", ")}`);
      }
      if (expression.arguments.length !== 1) throw fail(expression.span, `${text} takes one argument`);
      return { kind: "elementary", name, argument: translate(expression.arguments[0]!, source) };
    }
    case "binary": {
      const { operator } = expression;
      if (operator === "⊞" || operator === "⊠")
        throw fail(expression.span, "a function of x is expected here, not a law");
      const left = translate(expression.left, source);
      const right = translate(expression.right, source);
      switch (operator) {
        case "+":
          return { kind: "sum", left, right };
        case "-":
          return { kind: "difference", left, right };
        case "*":
          return { kind: "product", left, right };
        case "/":
          if (constantOf(right)?.num === 0n) throw fail(expression.right.span, "division by zero");
          return { kind: "quotient", left, right };
        case "^": {
          const exponent = constantOf(right);
          // a^b is exp(b log a).
          if (exponent === undefined) {
            const logarithm: RealFunction = { kind: "elementary", name: "log", argument: left };
            return { kind: "elementary", name: "exp", argument: { kind: "product", left: right, right: logarithm } };
          }
          const size = exponent.num < 0n ? -exponent.num : exponent.num;
          if (size > largestExponent * exponent.den || exponent.den > largestExponent) {
            throw fail(expression.right.span, `this power is too large; exponents go up to ${largestExponent}`);
          }
          return { kind: "power", base: left, exponent };
        }
      }
      break;
    }
    default:
      throw fail(expression.span, "a function of x is expected here, such as log(x) or 1/(x + 1/10)");
  }
}

/** The value of a constant rational expression. */
function constantOf(f: RealFunction): Rational | undefined {
  const value = asRationalFunction(f);
  return value === undefined ? undefined : numericValue(value);
}
