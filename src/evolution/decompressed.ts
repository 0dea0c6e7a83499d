import { type Budget, unlimited } from "../core/index.js";
import { decompress } from "../flow/index.js";
import type { Law } from "../law/index.js";
import { type Rational, rationalToText } from "../rings/index.js";

const known = new WeakMap<Law, Map<string, Law>>();

/** How many sizes of one law are kept. */
const largestCount = 64;

/** {@link decompress}, one value for each law and tau, so that what was found out about it is found again. */
export function decompressed(law: Law, tau: Rational, budget: Budget = unlimited): Law {
  const sizes = known.get(law) ?? new Map<string, Law>();
  known.set(law, sizes);
  const key = rationalToText(tau);
  let result = sizes.get(key);
  if (result === undefined) {
    if (sizes.size >= largestCount) sizes.clear();
    result = decompress(law, tau, budget);
    sizes.set(key, result);
  }
  return result;
}
