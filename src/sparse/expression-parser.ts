import { DomainError, LimitError } from "../core/index.js";
import { parseRational, type Rational } from "../rings/index.js";

/** What the grammar of arithmetic expressions is evaluated in. `at` is a column for the messages. */
export interface ExpressionAlgebra<T> {
  number(value: Rational): T;
  variable(name: string): T;
  add(a: T, b: T): T;
  subtract(a: T, b: T): T;
  multiply(a: T, b: T): T;
  negate(a: T): T;
  /** `DomainError` with a bare sentence; the reader adds the place. */
  divide(a: T, b: T): T;
  power(a: T, n: number): T;
  /** The value when a is an integer constant: what may stand in an exponent. */
  integerValue(a: T): bigint | undefined;
}

/** The largest exponent in absolute value, and the largest degree of what is read. */
export const largestExponent = 10_000;

const deepestNesting = 400;

const tokenPattern =
  /\s*(?:((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\d.]))|([\p{L}_][\p{L}\p{N}_]*)|(\*\*|[-+*/^()\u2212\u00b7]))/uy;

interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
  readonly column: number;
}

const printed: ReadonlyMap<string, string> = new Map([
  ["\u2212", "-"],
  ["\u00b7", "*"],
  ["**", "^"],
]);

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const end = text.trimEnd().length;
  while (at < end) {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(text);
    if (match === null) {
      const column = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
      throw faultAt(text, column, `the text from "${text.slice(column, column + 1)}" on cannot be read`);
    }
    const [whole, number, name, sign] = match;
    const value = number ?? name ?? sign ?? "";
    tokens.push({
      kind: number !== undefined ? "number" : name !== undefined ? "name" : "sign",
      text: printed.get(value) ?? value,
      column: at + whole.length - value.length,
    });
    at += whole.length;
  }
  tokens.push({ kind: "end", text: "", column: Math.max(end, 0) });
  return tokens;
}

function faultMessage(text: string, column: number, sentence: string): string {
  const line = text.replace(/\s/g, " ");
  const start = Math.max(0, column - 60);
  const shown = line.slice(start, column + 40);
  return `${sentence}, at column ${column + 1}\n  ${shown}\n  ${" ".repeat(column - start)}^`;
}

function faultAt(text: string, column: number, sentence: string): DomainError {
  return new DomainError(faultMessage(text, column, sentence));
}

/**
 * Evaluates an arithmetic expression: numbers (integers and decimals), names, `+ - * / ^` and parentheses, with the usual
 * precedences (`-x^2` is −(x²), `x^2^3` is x^(2³)); a product needs its `*`. `DomainError` or `LimitError` with one sentence,
 * the column, and a line with a caret under it.
 */
export function evaluateExpression<T>(text: string, algebra: ExpressionAlgebra<T>): T {
  const tokens = tokenize(text);
  let position = 0;
  let depth = 0;
  const peek = (): Token => tokens[position]!;
  const next = (): Token => tokens[position++]!;
  const isSign = (...signs: readonly string[]): boolean => peek().kind === "sign" && signs.includes(peek().text);
  const fault = (token: Token, sentence: string): DomainError => faultAt(text, token.column, sentence);
  const located = (token: Token, compute: () => T): T => {
    try {
      return compute();
    } catch (error) {
      if (error instanceof LimitError) throw new LimitError(faultMessage(text, token.column, error.message));
      if (error instanceof DomainError) throw fault(token, error.message);
      throw error;
    }
  };

  const sum = (): T => {
    let value = product();
    while (isSign("+", "-")) {
      const plus = next().text === "+";
      const right = product();
      value = plus ? algebra.add(value, right) : algebra.subtract(value, right);
    }
    return value;
  };
  const product = (): T => {
    let value = signed();
    while (isSign("*", "/")) {
      const sign = next();
      const left = value;
      const right = signed();
      value = located(sign, () => (sign.text === "*" ? algebra.multiply(left, right) : algebra.divide(left, right)));
    }
    return value;
  };
  const signed = (): T => {
    if (!isSign("+", "-")) return powers();
    const sign = next();
    enter(sign);
    const value = signed();
    depth--;
    return sign.text === "-" ? algebra.negate(value) : value;
  };
  const powers = (): T => {
    const base = atom();
    if (!isSign("^")) return base;
    const sign = next();
    enter(sign);
    const start = peek();
    const exponent = algebra.integerValue(isSign("+", "-") ? signed() : powers());
    depth--;
    if (exponent === undefined) throw fault(start, "an exponent must be an integer");
    if (exponent > BigInt(largestExponent) || exponent < -BigInt(largestExponent)) {
      throw new LimitError(faultMessage(text, start.column, `the exponent lies beyond the limit ${largestExponent}`));
    }
    return located(sign, () => algebra.power(base, Number(exponent)));
  };
  const atom = (): T => {
    const token = next();
    if (token.kind === "number") return located(token, () => algebra.number(parseRational(token.text)));
    if (token.kind === "name") return algebra.variable(token.text);
    if (token.kind === "sign" && token.text === "(") {
      enter(token);
      const value = sum();
      depth--;
      if (!isSign(")")) throw unexpected(peek(), `the parenthesis of column ${token.column + 1} is not closed`);
      next();
      return value;
    }
    const found = token.kind === "end" ? "the text ends" : `"${token.text}" stands`;
    throw fault(token, `${found} where a number, a name or "(" should stand`);
  };
  const enter = (token: Token): void => {
    depth++;
    if (depth > deepestNesting) {
      throw new LimitError(faultMessage(text, token.column, `the text nests deeper than ${deepestNesting} levels`));
    }
  };
  const unexpected = (token: Token, sentence: string): DomainError => {
    if (token.kind === "number" || token.kind === "name" || token.text === "(") {
      return fault(token, `an operator is missing before "${token.text}" (a product is written with *)`);
    }
    return fault(token, sentence);
  };

  const value = sum();
  if (peek().kind !== "end") throw unexpected(peek(), `"${peek().text}" stands where the text should end`);
  return value;
}
