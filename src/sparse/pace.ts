import { type Budget, unlimited } from "../core/index.js";

/** Is told of products of coefficients that are about to be made. */
export type Pace = (products: number) => void;

/** So many products of coefficients take some milliseconds. */
const productsBetween = 50_000;

/**
 * Looks at a budget every so many products, inside an operation that may take seconds by itself, and spends nothing of it: what the
 * operation costs its caller has announced.
 */
export function paceOf(budget: Budget, doing: string): Pace {
  if (budget === unlimited) return () => undefined;
  let made = 0;
  return (products) => {
    made += products;
    if (made < productsBetween) return;
    made = 0;
    budget.spend(0, doing);
  };
}
