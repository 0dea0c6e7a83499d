/** What came of a question to the engine. Never an exception: every failure is a value that the page can show. */
export type Answer<T> = { readonly ok: true; readonly value: T } | Failure;

export interface Failure {
  readonly ok: false;
  /**
   * `user`: a mistake in what was asked; `limit`: a work limit or a certificate that was not reached; `undefined`: the mathematics
   * has no answer; `defect`: the program itself is wrong; `cancelled`: a newer question or the user ended it.
   */
  readonly kind: "user" | "limit" | "undefined" | "defect" | "cancelled";
  /** One plain sentence. */
  readonly message: string;
  /** Where in the text of a law the mistake is. */
  readonly place?: TextPlace;
}

/** A place in a text: line and column from 1, and how many characters from there. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export const cancelled: Failure = { ok: false, kind: "cancelled", message: "cancelled" };

/** What the page sends to a worker. */
export interface Request {
  readonly id: number;
  readonly name: string;
  readonly args: unknown;
  /** The time that the computation may take. */
  readonly seconds: number;
}

/** What a worker sends back: once that it is loaded; for each request any number of notes of progress, then one answer. */
export type Reply =
  | { readonly isLoaded: true }
  | { readonly id: number; readonly progress: string }
  | { readonly id: number; readonly answer: Answer<unknown> };
