import type { Budget } from "../core/index.js";
import type { CurveFit, Sketch, Weighted } from "../regression/index.js";
import type { DrawnLaw, DrawSetting } from "./drawn-laws.js";
import { type Batch, type CurvePiece, performPiece, type Result } from "./pieces.js";

/** Pieces that a computation waits for. */
export interface Work {
  readonly batch: Batch;
  /** What they are, for a budget and for a terminal. */
  readonly doing: string;
  /** Something else to be done before or meanwhile, which does not depend on them. */
  readonly meanwhile?: () => void;
}

/**
 * A computation that hands its independent pieces out and goes on with their results, which come in the order of the pieces. Who performs them, and in which order, changes nothing: {@link inLine} does it one after
 * another, {@link performedBy} leaves it to threads.
 */
export type Steps<T> = Generator<Work, T, readonly Result[]>;

/** Who performs pieces; gives their results in the order of the pieces. */
export interface Performer {
  perform(work: Work): Promise<readonly Result[]>;
}

/** The computation in this thread, all at once. */
export function inLine<T>(steps: Steps<T>, budget: Budget): T {
  let step = steps.next();
  while (step.done !== true) {
    const { batch, meanwhile } = step.value;
    meanwhile?.();
    step = steps.next(batch.pieces.map((_, place) => performPiece(batch, place, budget)));
  }
  return step.value;
}

/** The computation with its pieces performed by somebody else: the same result in every bit. */
export async function performedBy<T>(steps: Steps<T>, performer: Performer): Promise<T> {
  let step = steps.next();
  while (step.done !== true) step = steps.next(await performer.perform(step.value));
  return step.value;
}

/** Curves of several kinds, in the order of the pieces. */
export function* fitPieces(weighted: Weighted, pieces: readonly CurvePiece[]): Steps<CurveFit[]> {
  const results = yield { batch: { kind: "curves", weighted, pieces }, doing: "fitting curves" };
  return (results as readonly (readonly CurveFit[])[]).flat();
}

/** Laws made of sketches, which come in chunks, and beside them something else. */
export function* drawPieces(
  setting: DrawSetting,
  pieces: readonly (readonly Sketch[])[],
  meanwhile: () => void,
): Steps<DrawnLaw[]> {
  const results = yield { batch: { kind: "draws", setting, pieces }, doing: "drawing bands", meanwhile };
  return (results as readonly (readonly DrawnLaw[])[]).flat();
}
