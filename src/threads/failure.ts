import { DomainError, InternalError, LimitError } from "../core/index.js";

/** An error as it goes to another thread, where it is one of the same kind again. */
export interface Failure {
  readonly kind: "domain" | "limit" | "internal" | "other";
  readonly message: string;
  readonly stack: string | undefined;
}

export function failureOf(error: unknown): Failure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const kind =
    error instanceof DomainError
      ? "domain"
      : error instanceof LimitError
        ? "limit"
        : error instanceof InternalError
          ? "internal"
          : "other";
  return { kind, message, stack };
}

const kinds = { domain: DomainError, limit: LimitError, internal: InternalError, other: Error };

export function errorOf({ kind, message, stack }: Failure): Error {
  const error = new kinds[kind](message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
