import type { Budget } from "../../core/index.js";

/** What a handler gets beside its arguments. */
export interface Context {
  /** To be passed to whatever takes long; it ends the computation at its time limit, and tells the page what is being done. */
  readonly budget: Budget;
  /** Tells the page what is being done; called as often as one likes, shown a few times a second. */
  progress(text: string): void;
}
