import { BudgetError, createBudget } from "freecurve";
import { expect, it } from "vitest";

it("ends the work when the units, the time or the caller's patience are used up, and says which", () => {
  const units = createBudget({ limit: 10 });
  units.spend(10, "counting");
  expect(() => units.spend(1, "counting")).toThrow(/limit of 10 units was reached while counting; raise `limit`/);

  const time = createBudget({ seconds: 0 });
  const start = performance.now();
  while (performance.now() - start < 2);
  expect(() => time.spend(1, "waiting")).toThrow(/time limit of 0 s was reached while waiting; raise `seconds`/);

  const controller = new AbortController();
  const patience = createBudget({ signal: controller.signal });
  patience.spend(1e12, "anything");
  controller.abort();
  expect(() => patience.spend(1, "walking")).toThrow(new BudgetError("cancelled while walking"));
});
