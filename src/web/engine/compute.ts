import { type Budget, BudgetError, createBudget, DomainError, LimitError } from "../../core/index.js";
import { LanguageError } from "../../lang/index.js";
import type { Answer, Failure, Request } from "./answer.js";
import type { Context } from "./context.js";
import { type HandlerName, handlers } from "./handlers.js";

/** Milliseconds between two notes of progress. */
const pace = 200;

/** Answers one request by the table of handlers; whatever is thrown becomes a failure. */
export async function compute(request: Request, note: (progress: string) => void): Promise<Answer<unknown>> {
  try {
    if (!Object.hasOwn(handlers, request.name)) throw new Error(`the engine knows no "${request.name}"`);
    const handler = handlers[request.name as HandlerName] as (args: unknown, context: Context) => unknown;
    return { ok: true, value: await handler(request.args, contextOf(request.seconds, note)) };
  } catch (error) {
    return failureOf(error);
  }
}

/** The budget of a request tells what it is spent on. */
function contextOf(seconds: number, note: (progress: string) => void): Context {
  const limited = createBudget({ seconds });
  let last = performance.now();
  const progress = (text: string): void => {
    const now = performance.now();
    if (now - last < pace) return;
    last = now;
    note(text);
  };
  const budget: Budget = {
    signal: undefined,
    spend(units, doing) {
      limited.spend(units, doing);
      progress(doing);
    },
  };
  return { budget, progress };
}

function failureOf(error: unknown): Failure {
  if (error instanceof LanguageError) {
    const { line, column, sentence } = error;
    const length = /\^+$/.exec(error.message)?.[0].length ?? 1;
    return { ok: false, kind: "user", message: sentence, place: { line, column, length } };
  }
  if (error instanceof DomainError) return { ok: false, kind: "user", message: error.message };
  if (error instanceof BudgetError) {
    return { ok: false, kind: "limit", message: error.message.replace(/; raise `[^;]*$/, "") };
  }
  if (error instanceof LimitError) return { ok: false, kind: "limit", message: error.message };
  // A browser's stack is smaller than that of Node, and an expression may be nested deeply.
  if (error instanceof RangeError) {
    return { ok: false, kind: "limit", message: `the computation is too large for this browser: ${error.message}` };
  }
  return { ok: false, kind: "defect", message: error instanceof Error ? error.message : String(error) };
}
