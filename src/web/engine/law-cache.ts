import { type Budget, unlimited } from "../../core/index.js";
import { parseLaw } from "../../lang/index.js";
import type { Law } from "../../law/index.js";

const most = 24;
const known = new Map<string, Law>();

/** The law of a text; the last ones are kept, since what the kernel remembers of a law hangs on the value. */
export function lawOf(text: string, budget: Budget = unlimited): Law {
  const found = known.get(text) ?? parseLaw(text, { budget });
  keepLawAs(text, found);
  return found;
}

/** Keeps a law under a text that means it. */
export function keepLawAs(text: string, law: Law): void {
  known.delete(text);
  known.set(text, law);
  for (const oldest of known.keys()) {
    if (known.size <= most) break;
    known.delete(oldest);
  }
}
