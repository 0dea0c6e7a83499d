/** A place in a text: `offset` from 0 in UTF-16 units, `line` and `column` from 1. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** The part of a text that an expression was read from; `end` is the place after its last character. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/**
 * A parsed text, before it is known what its names are. Laws and scalars share one syntax: whether `a` or `f(x)` is the one or
 * the other is for the evaluator to say.
 */
export type Expression =
  | NumberLiteral
  | NameReference
  | QuotedText
  | ListLiteral
  | Call
  | PipeStage
  | Negation
  | BinaryExpression;

export interface NumberLiteral {
  readonly kind: "number";
  /** Decimal text without sign: `3`, `0.02`, `1e-3`. */
  readonly text: string;
  readonly span: Span;
}

export interface NameReference {
  readonly kind: "name";
  readonly name: string;
  readonly span: Span;
}

/** A text in quotes, which `curve` reads as a polynomial. */
export interface QuotedText {
  readonly kind: "text";
  readonly text: string;
  readonly span: Span;
}

export interface ListLiteral {
  readonly kind: "list";
  readonly items: readonly Expression[];
  readonly span: Span;
}

/** The name of a call with its own place, so that an error can point at the name alone. */
export interface CalledName {
  readonly text: string;
  readonly span: Span;
}

/** `name(arguments)`: a law of the catalogue or an operation. */
export interface Call {
  readonly kind: "call";
  readonly name: CalledName;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}

/** `input |> name(arguments)`: the operation with `input` as its first law. */
export interface PipeStage {
  readonly kind: "pipe";
  readonly input: Expression;
  readonly name: CalledName;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}

export interface Negation {
  readonly kind: "negation";
  readonly operand: Expression;
  readonly span: Span;
}

export type ScalarOperator = "+" | "-" | "*" | "/" | "^";
export type LawOperator = "⊞" | "⊠";

export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: ScalarOperator | LawOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}
