import { type Budget, DomainError } from "../core/index.js";
import {
  type BranchConditions,
  type CurveFit,
  type CurveRecord,
  fitContinuousLevyCurves,
  fitDenseCurve,
  fitLevyCurves,
  fitPopulationCurves,
  type LevyKnown,
  type LevyShape,
  type Metric,
  type NewtonShape,
  type PopulationKnown,
  recordOf,
  reviveCurve,
  type Sketch,
  type Weighted,
  weightedBy,
} from "../regression/index.js";
import { type DrawnLaw, type DrawSetting, drawnLaws } from "./drawn-laws.js";

/** Curves of one kind, to be fitted for themselves: plain data. */
export type CurvePiece =
  | { readonly kind: "levy"; readonly shape: LevyShape; readonly known: LevyKnown; readonly most: number }
  | { readonly kind: "continuous"; readonly known: LevyKnown }
  | {
      readonly kind: "populations";
      readonly bulk: Float64Array;
      readonly positive: boolean;
      readonly known: PopulationKnown;
    }
  | {
      readonly kind: "dense";
      readonly degM: number;
      readonly degZ: number;
      readonly shapes: readonly NewtonShape[];
      readonly conditions: BranchConditions;
    };

/** Independent pieces of a computation, in any order and on any thread: each has one result, which depends on nothing else. */
export type Batch =
  | { readonly kind: "curves"; readonly weighted: Weighted; readonly pieces: readonly CurvePiece[] }
  | { readonly kind: "draws"; readonly setting: DrawSetting; readonly pieces: readonly (readonly Sketch[])[] };

/** A batch as it goes to another thread: plain data. */
export type PackedBatch =
  | { readonly kind: "curves"; readonly metric: Metric; readonly pieces: readonly CurvePiece[] }
  | (Batch & { readonly kind: "draws" });

/** What a piece gives: curves or laws, as its batch has it. */
export type Result = readonly CurveFit[] | readonly DrawnLaw[];

/** The same as plain data. */
export type PackedResult = readonly CurveRecord[] | readonly DrawnLaw[];

/** The result of the piece at a place of a batch. */
export function performPiece(batch: Batch, place: number, budget: Budget): Result {
  if (batch.kind === "draws") return drawnLaws(batch.setting, batch.pieces[place]!, budget);
  return curvesOf(batch.weighted, batch.pieces[place]!, budget);
}

function curvesOf(weighted: Weighted, piece: CurvePiece, budget: Budget): CurveFit[] {
  if (piece.kind === "levy") return fitLevyCurves(weighted, piece.shape, piece.known, piece.most, budget);
  if (piece.kind === "continuous") return fitContinuousLevyCurves(weighted, piece.known, budget);
  if (piece.kind === "populations") {
    return fitPopulationCurves(weighted, piece.bulk, piece.positive, piece.known, budget);
  }
  const { degM, degZ, shapes, conditions } = piece;
  const curves: CurveFit[] = [];
  for (const shape of shapes) {
    try {
      const curve = fitDenseCurve(weighted, degM, degZ, conditions, shape, budget);
      // A shape that leaves out nothing is the full one again.
      if (curves.every(({ freedom }) => freedom !== curve.freedom)) curves.push(curve);
    } catch (error) {
      // The conditions may leave no curve of low degrees.
      if (!(error instanceof DomainError)) throw error;
    }
  }
  return curves;
}

/**
 * The places of a batch in the order for threads that take from both ends: kinds stand together, so that a thread compiles and learns few of them, and the short pieces of each in the middle, so that all end at about
 * the same time.
 */
export function orderOf(batch: Batch): number[] {
  const ranks = batch.pieces.map(rankOf);
  return ranks.map((_, place) => place).sort((a, b) => ranks[b]! - ranks[a]!);
}

/** How long a piece takes, roughly; negative for dense curves. */
function rankOf(piece: Batch["pieces"][number]): number {
  if (!("kind" in piece)) return piece.length;
  if (piece.kind === "continuous") return 400;
  if (piece.kind === "populations") return 200;
  if (piece.kind === "dense") return -piece.shapes.length * (piece.degM + 1) * (piece.degZ + 1);
  // Jumps of both signs have twice as many places, and pairs of them four times.
  return (piece.shape.positive ? 50 : 100) + (piece.shape.drift ? 20 : 0) + (piece.shape.variance ? 20 : 0);
}

export function packBatch(batch: Batch): PackedBatch {
  if (batch.kind === "draws") return batch;
  const { whiten: _, whitenShift: __, ...metric } = batch.weighted;
  return { kind: "curves", metric, pieces: batch.pieces };
}

export function unpackBatch(batch: PackedBatch): Batch {
  if (batch.kind === "draws") return batch;
  return { kind: "curves", weighted: weightedBy(batch.metric), pieces: batch.pieces };
}

export function packResult(batch: Batch, result: Result): PackedResult {
  return batch.kind === "draws" ? (result as readonly DrawnLaw[]) : (result as readonly CurveFit[]).map(recordOf);
}

export function unpackResult(batch: Batch, result: PackedResult): Result {
  if (batch.kind === "draws") return result as readonly DrawnLaw[];
  return (result as readonly CurveRecord[]).map((record) => reviveCurve(batch.weighted, record));
}
