// How much work a certificate may take: nobody need trust it, and its reader is not to wait for an answer.
import { type Budget, LimitError } from "../core/index.js";

/** In operations on integers of one word, a fifth of a microsecond or so each. */
const most = 1e8;

let count = (_: number): void => undefined;

/** Counts operations on integers of so many bits. */
export function spend(operations: number, bits = 0): void {
  count(operations * (1 + (bits / 2000) ** 1.5));
}

/** A computation that ends with a LimitError when all that is spent in it is too much, and is asked of the budget now and then. */
export function limited<T>(budget: Budget, compute: () => T): T {
  const [before, spent] = [count, { units: 0 }];
  count = (units) => {
    spent.units += units;
    if (!(spent.units < most)) throw new LimitError("the certificate takes more work than the checker does for one");
    budget.spend(1, "checking a certificate");
  };
  try {
    return compute();
  } finally {
    count = before;
  }
}
