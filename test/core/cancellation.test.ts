import {
  type Budget,
  BudgetError,
  branchPoints,
  createBudget,
  densityAt,
  edgePolynomial,
  ensembles,
  events,
  explain,
  freeProduct,
  freeSum,
  horizon,
  isSpectrum,
  type Law,
  lawFromCurve,
  phases,
  quantiles,
  square,
  statistic,
  stieltjesAt,
  support,
  symbolicHorizon,
} from "freecurve";
import { expect, test } from "vitest";
import { rational } from "../../src/rings/index.js";

// A question that is cancelled ends at the next thing it announces, and leaves nothing behind: asked again it is answered.

const twoAtoms = (): Law =>
  ensembles.deformedWigner("1/2", [
    [-1, "1/2"],
    [1, "1/2"],
  ]);
const free = (): Law =>
  ensembles.compoundFreePoisson("1/10", [
    [2, "3/4"],
    ["11/2", "1/4"],
  ]);

const questions: readonly (readonly [string, () => (budget: Budget) => unknown])[] = [
  ["support", () => law(twoAtoms(), support)],
  ["branchPoints", () => law(twoAtoms(), branchPoints)],
  ["isSpectrum", () => law(twoAtoms(), isSpectrum)],
  ["horizon", () => law(twoAtoms(), horizon)],
  ["events", () => law(free(), (one, budget) => events(one, {}, budget))],
  ["edgePolynomial", () => law(free(), edgePolynomial)],
  ["densityAt", () => law(free(), (one, budget) => densityAt(one, rational(5), 30, budget))],
  ["quantiles", () => law(free(), (one, budget) => quantiles(one, 7, budget))],
  ["statistic", () => law(ensembles.mp("1/2"), (one, budget) => statistic(one, "log(x)", {}, budget))],
  [
    "stieltjesAt",
    () => law(free(), (one, budget) => stieltjesAt(one, { re: rational(1), im: rational(1) }, 30, budget)),
  ],
  ["freeSum", () => law(free(), (one, budget) => freeSum(one, twoAtoms(), budget).curve)],
  ["freeProduct", () => law(free(), (one, budget) => freeProduct(one, twoAtoms(), budget).curve)],
  ["square", () => law(free(), (one, budget) => square(one, budget).curve)],
  ["symbolicHorizon", () => law(lawFromCurve("a*m^2 + z*m + 1"), (one, budget) => symbolicHorizon(one, {}, budget))],
  ["phases", () => law(ensembles.mp("c"), (one, budget) => phases(one, { x: "c", y: "tau" }, budget))],
  ["explain", () => law(ensembles.mp("1/2"), (one, budget) => explain(one, {}, budget))],
];

/** The question about a law of its own, so that no answer is remembered from another one. */
function law(one: Law, ask: (law: Law, budget: Budget) => unknown): (budget: Budget) => unknown {
  return (budget) => ask(one, budget);
}

/** A budget that aborts its own signal when it is asked for the k-th time, and says how often it was asked. */
function cancellingBudget(k: number): { readonly budget: Budget; asked(): number } {
  const controller = new AbortController();
  const inner = createBudget({ signal: controller.signal });
  let asked = 0;
  return {
    budget: {
      signal: controller.signal,
      spend(units, doing) {
        asked++;
        if (asked === k) controller.abort();
        inner.spend(units, doing);
      },
    },
    asked: () => asked,
  };
}

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));

test.each(questions)("%s", (_name, prepare) => {
  const whole = cancellingBudget(Number.POSITIVE_INFINITY);
  const answer = plain(prepare()(whole.budget));
  expect(whole.asked()).toBeGreaterThan(0);
  for (const k of new Set([1, Math.ceil(whole.asked() / 2), whole.asked()])) {
    const ask = prepare();
    const cancelled = cancellingBudget(k);
    expect(() => ask(cancelled.budget)).toThrow(BudgetError);
    // Nothing swallowed the end of the call and went on.
    expect(cancelled.asked()).toBe(k);
    expect(plain(ask(createBudget()))).toBe(answer);
  }
});
