export { type Budget, BudgetError, type BudgetOptions, createBudget, unlimited } from "./budget.js";
export {
  DomainError,
  InternalError,
  LimitError,
  type NotDefined,
  notDefined,
  type Ok,
  type Outcome,
  ok,
  orThrow,
  type Truth,
  type Unable,
  unable,
} from "./outcome.js";
export { type Random, seededRandom } from "./random.js";
