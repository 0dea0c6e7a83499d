import { numericValue, whyNotParameter } from "../law/index.js";
import { constant, fractions, type RationalFunction, rationalFunction, variable } from "../poly/index.js";
import { bitLength, parseRational } from "../rings/index.js";
import { blaming, describe, failAt, findEntry, type Scope } from "./scope.js";
import type { BinaryExpression, Expression, NameReference } from "./syntax.js";
import { laws, operations, signature } from "./vocabulary.js";

const largestExponent = 1000n;
const mostBits = 200_000;

/** The exact value of a scalar expression; free names are parameters. */
export function evaluateScalar(expression: Expression, scope: Scope): RationalFunction {
  switch (expression.kind) {
    case "number":
      return blaming(scope, expression.span, () => rationalFunction(constant(parseRational(expression.text))));
    case "name":
      return evaluateName(expression, scope);
    case "negation":
      return fractions.neg(evaluateScalar(expression.operand, scope));
    case "binary":
      return evaluateBinary(expression, scope);
    case "call":
      if (findEntry(expression.name.text, [...laws, ...operations]) === undefined) {
        const sentence = `there is no function "${expression.name.text}"; scalars are made of numbers and parameters`;
        throw failAt(scope, expression.name.span, `${sentence} with + - * / ^ and parentheses`);
      }
      throw failAt(scope, expression.span, "a scalar is expected here, not a law");
    default:
      throw failAt(scope, expression.span, `a scalar is expected here, not ${describe(expression)}`);
  }
}

function evaluateName(expression: NameReference, scope: Scope): RationalFunction {
  const { name, span } = expression;
  const entry = findEntry(name, laws);
  if (entry !== undefined) {
    throw failAt(scope, span, `a scalar is expected here; ${name} is a law, written ${signature(entry)}`);
  }
  const taken = whyNotParameter(name);
  if (taken !== undefined) throw failAt(scope, span, taken);
  scope.used.add(name);
  const value = Object.hasOwn(scope.values, name) ? scope.values[name] : undefined;
  return rationalFunction(value === undefined ? variable(name) : constant(value));
}

function evaluateBinary(expression: BinaryExpression, scope: Scope): RationalFunction {
  const { operator } = expression;
  if (operator === "⊞" || operator === "⊠") {
    throw failAt(scope, expression.span, "a scalar is expected here, not a law");
  }
  const left = evaluateScalar(expression.left, scope);
  const right = evaluateScalar(expression.right, scope);
  return blaming(scope, expression.span, () => {
    switch (operator) {
      case "+":
        return fractions.add(left, right);
      case "-":
        return fractions.sub(left, right);
      case "*":
        return fractions.mul(left, right);
      case "/":
        if (fractions.isZero(right)) throw failAt(scope, expression.right.span, "division by zero");
        return fractions.div(left, right);
      case "^":
        return raise(expression, scope, left, right);
    }
  });
}

function raise(
  expression: BinaryExpression,
  scope: Scope,
  base: RationalFunction,
  exponent: RationalFunction,
): RationalFunction {
  const value = numericValue(exponent);
  const { span } = expression.right;
  if (value === undefined || value.den !== 1n) throw failAt(scope, span, "an exponent must be an integer");
  const size = value.num < 0n ? -value.num : value.num;
  const number = numericValue(base);
  const bits = number === undefined ? 0 : bitLength(number.num) + bitLength(number.den);
  if (size > largestExponent || bits * Number(size) > mostBits) {
    throw failAt(scope, span, `this power is too large; exponents go up to ${largestExponent}`);
  }
  if (value.num < 0n && fractions.isZero(base)) throw failAt(scope, expression.left.span, "division by zero");
  const result = fractions.pow(base, Number(size));
  return value.num < 0n ? fractions.inv(result) : result;
}
