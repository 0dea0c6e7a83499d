import { greatestCommonDivisor } from "./laurent-series.js";

/** An edge of the lower hull: from (left, high) to (right, low), of slope −rise/run in lowest terms. */
export interface PolygonEdge {
  /** The abscissas of its two ends. */
  readonly from: number;
  readonly to: number;
  /** Along the edge the ordinate falls by `rise` for every `run` steps to the right; coprime, run > 0, rise may be negative. */
  readonly rise: number;
  readonly run: number;
  /** The ordinate at `from`. */
  readonly height: number;
}

/**
 * The lower convex hull of the points (j, valuations[j]), the Newton polygon of a polynomial sum a_j y^j with
 * val(a_j) = valuations[j] (infinity where a_j = 0), from left to right. A root y of valuation rise/run belongs to each edge,
 * as many as the edge is wide.
 */
export function newtonPolygon(valuations: readonly number[]): readonly PolygonEdge[] {
  const points = valuations.flatMap((v, j) => (Number.isFinite(v) ? [[j, v] as const] : []));
  const hull: (readonly [number, number])[] = [];
  for (const point of points) {
    for (;;) {
      const [a, b] = [hull.at(-2), hull.at(-1)];
      if (a === undefined || b === undefined) break;
      const turn = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]);
      if (turn > 0) break;
      hull.pop();
    }
    hull.push(point);
  }
  return hull.slice(1).map((end, k) => {
    const start = hull[k]!;
    const width = end[0] - start[0];
    const fall = start[1] - end[1];
    const common = greatestCommonDivisor(width, Math.abs(fall));
    return { from: start[0], to: end[0], rise: fall / common, run: width / common, height: start[1] };
  });
}
