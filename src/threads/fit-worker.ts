import type { Budget } from "../core/index.js";
import { type PackedBatch, type PackedResult, packResult, performPiece, unpackBatch } from "../fit/index.js";
import { boardOf, type SharedBoard } from "./board.js";
import { type Failure, failureOf } from "./failure.js";

/** A batch for a thread that helps with it. */
export interface Help {
  readonly batch: PackedBatch;
  readonly shared: SharedBoard;
}

/** What came of the piece at a place. */
export interface Done {
  readonly place: number;
  readonly result: PackedResult | undefined;
  readonly failure: Failure | undefined;
}

/** What a helping thread does: pieces of a batch as long as there are some. Its work is counted where the budget is, and from there it is ended. */
export default function help({ batch: packed, shared }: Help): readonly Done[] {
  const board = boardOf(shared, "back");
  const budget: Budget = { signal: undefined, spend: (units) => board.count(units) };
  const batch = unpackBatch(packed);
  const done: Done[] = [];
  for (let place = board.take(); place !== undefined; place = board.take()) {
    try {
      const result = packResult(batch, performPiece(batch, place, budget));
      done.push({ place, result, failure: undefined });
    } catch (error) {
      done.push({ place, result: undefined, failure: failureOf(error) });
    }
  }
  return done;
}
