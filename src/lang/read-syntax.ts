import { LanguageError } from "./language-error.js";
import { SyntaxError as ParserError, parse } from "./parser.js";
import type { Expression, Span } from "./syntax.js";

/** The longest text and the deepest nesting that are read: far above any law that can be computed with. */
const maxLength = 100_000;
const maxDepth = 1000;

/**
 * The syntax tree of a text of the input language. Nothing is evaluated and no name is looked up.
 *
 * @throws LanguageError with line, column and caret at the first character that cannot be read
 */
export function readSyntax(source: string): Expression {
  if (source.length > maxLength) {
    throw new LanguageError(`the text has ${source.length} characters; at most ${maxLength} are read`, source, atStart);
  }
  let tree: Expression;
  try {
    tree = parse(source);
  } catch (error) {
    if (error instanceof ParserError) throw syntaxError(error, source);
    if (error instanceof RangeError) throw nestedTooDeeply(source);
    throw error;
  }
  checkDepth(tree, source);
  return tree;
}

const first = { offset: 0, line: 1, column: 1 };
const atStart: Span = { start: first, end: first };

function nestedTooDeeply(source: string): LanguageError {
  return new LanguageError(`the text is nested more than ${maxDepth} levels deep`, source, atStart);
}

/** The expressions that an expression is made of. */
export function parts(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "number":
    case "name":
    case "text":
      return [];
    case "list":
      return expression.items;
    case "call":
      return expression.arguments;
    case "pipe":
      return [expression.input, ...expression.arguments];
    case "negation":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
  }
}

/** Refuses what would exhaust the stack of the recursive evaluator, with a sentence instead of a crash. */
function checkDepth(tree: Expression, source: string): void {
  let level: readonly Expression[] = [tree];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw nestedTooDeeply(source);
    level = level.flatMap(parts);
  }
}

const beginsExpression = ["a number", "a name"];
const oneOfManyBeginnings = ["a number", "a name", "a text in quotes", "a minus sign", "(", "["];

function syntaxError(error: ParserError, source: string): LanguageError {
  const span: Span = { start: error.location.start, end: error.location.end };
  const found = String.fromCodePoint(source.codePointAt(span.start.offset) ?? 0x20);
  if (
    error.found !== null &&
    (found === '"' || found === "'") &&
    !source.slice(span.start.offset + 1).includes(found)
  ) {
    return new LanguageError(`the text in quotes has no closing ${found}`, source, span);
  }
  const expected = new Set<string>();
  for (const item of error.expected ?? []) {
    if (item.type === "literal") expected.add(`"${item.text}"`);
    else if (item.type === "end") expected.add("the end of the text");
    else if (item.type === "other" && item.description !== "white space") expected.add(item.description);
  }
  if (beginsExpression.every((item) => expected.has(item))) {
    for (const item of oneOfManyBeginnings) expected.delete(item.length > 1 ? item : `"${item}"`);
    expected.add("a law").add("a scalar");
  }
  // After a complete expression the minus sign is an operator like the others.
  if (expected.has("an operator")) expected.delete("a minus sign");
  const wanted = listed([...expected].sort(wordsFirst));
  const instead = error.found === null ? "the text ends here" : `found "${found}"`;
  const hint = expected.has("an operator") && /[\p{L}\p{N}_(]/u.test(found) ? "; a product is written with *" : "";
  return new LanguageError(`expected ${wanted}, but ${instead}${hint}`, source, span);
}

function wordsFirst(a: string, b: string): number {
  return Number(a.startsWith('"')) - Number(b.startsWith('"')) || (a < b ? -1 : a > b ? 1 : 0);
}

/** "a", "a or b", "a, b or c". */
function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}
