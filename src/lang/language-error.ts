import { DomainError } from "../core/index.js";
import type { Span } from "./syntax.js";

/**
 * A user's mistake in a text of the input language. The message is one plain sentence, then the line and column, the line of
 * the text, and carets under the part that is meant.
 */
export class LanguageError extends DomainError {
  override readonly name: string = "LanguageError";
  /** The sentence alone. */
  readonly sentence: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;

  constructor(sentence: string, source: string, span: Span) {
    super(`${sentence}\n${excerpt(source, span)}`);
    this.sentence = sentence;
    this.line = span.start.line;
    this.column = span.start.column;
  }
}

/** Of a longer line only the part around the mistake is shown. */
const longestExcerpt = 200;

/** Where it is, the line of the source, and carets under the span (clipped to the line). */
function excerpt(source: string, span: Span): string {
  const { line, column } = span.start;
  const text = (source.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  const last = span.end.line === line ? span.end.column : text.length + 1;
  const from = text.length <= longestExcerpt ? 0 : Math.max(0, column - 1 - Math.floor(longestExcerpt / 2));
  const shown = text.slice(from, from + longestExcerpt);
  // A tab keeps its width when the caret line repeats it.
  const indent = shown.slice(0, column - 1 - from).replace(/[^\t]/g, " ");
  const carets = Math.min(Math.max(1, last - column), longestExcerpt - indent.length + 1);
  return `line ${line}, column ${column}:\n  ${shown}\n  ${indent}${"^".repeat(carets)}`;
}
