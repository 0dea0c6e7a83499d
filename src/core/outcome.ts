/**
 * What a question can come to: a value; "not defined, because …" (the mathematics has no answer); "could not decide within
 * the budget, because …" (there is an answer and the program did not reach it). Never a plausible guess.
 */
export type Outcome<T> = Ok<T> | NotDefined | Unable;

export interface Ok<T> {
  readonly kind: "ok";
  readonly value: T;
}

export interface NotDefined {
  readonly kind: "undefined";
  readonly reason: string;
}

export interface Unable {
  readonly kind: "unable";
  readonly reason: string;
}

export function ok<T>(value: T): Ok<T> {
  return { kind: "ok", value };
}

export function notDefined(reason: string): NotDefined {
  return { kind: "undefined", reason };
}

export function unable(reason: string): Unable {
  return { kind: "unable", reason };
}

/**
 * The value of an outcome; {@link DomainError} where it is not defined, {@link LimitError} where it could not be decided.
 * Exact: the value itself.
 */
export function orThrow<T>(outcome: Outcome<T>): T {
  if (outcome.kind === "ok") return outcome.value;
  throw outcome.kind === "undefined" ? new DomainError(outcome.reason) : new LimitError(outcome.reason);
}

/** Three-valued truth, for every question that inexact numbers may leave open. */
export type Truth = "true" | "false" | "unknown";

/**
 * A user's mistake: one plain sentence that says what was wrong, where, and what would be right. Exit code 2 on the command
 * line.
 */
export class DomainError extends Error {
  override readonly name: string = "DomainError";
}

/** A work limit or a certificate that was not reached: the message says which and how to raise it. Exit code 3. */
export class LimitError extends Error {
  override readonly name: string = "LimitError";
}

/** A defect of the program itself: a state that the code's own reasoning excludes. Exit code 1. */
export class InternalError extends Error {
  override readonly name: string = "InternalError";
}
