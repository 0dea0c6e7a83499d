import { LimitError } from "../../core/index.js";
import type { Complex } from "../../curve/index.js";
import type { DoubleTable } from "./moving-frame.js";
import { type DoublePolynomial, newtonStep, rootsInDoubles } from "./roots-in-doubles.js";

/** The values of m on all sheets over one point, interleaved: re, im, re, im, …. */
export type Fibre = Float64Array;

/** Follows all sheets of a curve together, in double precision. */
export interface SheetFollower {
  readonly sheets: number;
  /** All values over a point, in no particular order. */
  fibreOver(z: Complex): Fibre;
  /**
   * The values over `to`, each on the sheet that it has in `values` over `from`, along the segment between them. Every step is taken only where each value
   * moves by much less than the distance to the next sheet; an estimate, since that is no proof.
   *
   * @throws LimitError when sheets come too close, as next to a branch point.
   */
  follow(from: Complex, values: Fibre, to: Complex): Fibre;
}

const deepest = 40;
const mostSteps = 24;
/** The largest share of the distance to the next sheet by which a value may move in one step. */
const caution = 0.25;

/** A follower of the sheets of P(z, m) = 0, from a table without tau. */
export function followSheets({ degreeM, degreeZ, coeffs }: DoubleTable): SheetFollower {
  const n = degreeM;
  const fibre: DoublePolynomial = { re: new Float64Array(n + 1), im: new Float64Array(n + 1) };
  const setFibre = ({ re, im }: Complex): void => {
    for (let j = 0; j <= n; j++) {
      let [a, b] = [coeffs[j * (degreeZ + 1) + degreeZ]!, 0];
      for (let i = degreeZ - 1; i >= 0; i--) {
        const next = a * re - b * im + coeffs[j * (degreeZ + 1) + i]!;
        b = a * im + b * re;
        a = next;
      }
      fibre.re[j] = a;
      fibre.im[j] = b;
    }
  };
  const step = new Float64Array(2);
  /** One step; undefined when it is too long to be trusted. */
  const advance = (values: Fibre, to: Complex): Fibre | undefined => {
    setFibre(to);
    const result = values.slice();
    for (let k = 0; k < n; k++) {
      let settled = false;
      for (let round = 0; round < mostSteps && !settled; round++) {
        newtonStep(fibre, result[2 * k]!, result[2 * k + 1]!, step);
        const [dp, dq] = [step[0]!, step[1]!];
        if (!Number.isFinite(dp + dq)) return undefined;
        result[2 * k]! -= dp;
        result[2 * k + 1]! -= dq;
        settled = dp * dp + dq * dq <= 1e-24 * (result[2 * k]! ** 2 + result[2 * k + 1]! ** 2);
      }
      if (!settled) return undefined;
    }
    for (let k = 0; k < n; k++) {
      const moved = Math.hypot(result[2 * k]! - values[2 * k]!, result[2 * k + 1]! - values[2 * k + 1]!);
      for (let other = 0; other < n; other++) {
        if (other === k) continue;
        const before = Math.hypot(values[2 * k]! - values[2 * other]!, values[2 * k + 1]! - values[2 * other + 1]!);
        const after = Math.hypot(result[2 * k]! - result[2 * other]!, result[2 * k + 1]! - result[2 * other + 1]!);
        if (moved > caution * Math.min(before, after)) return undefined;
      }
    }
    return result;
  };
  const follow = (from: Complex, values: Fibre, to: Complex, depth: number): Fibre => {
    const direct = advance(values, to);
    if (direct !== undefined) return direct;
    if (depth === deepest) {
      throw new LimitError(`the sheets come too close to be told apart near z = ${to.re} + ${to.im}i`);
    }
    const middle = { re: (from.re + to.re) / 2, im: (from.im + to.im) / 2 };
    return follow(middle, follow(from, values, middle, depth + 1), to, depth + 1);
  };
  return {
    sheets: n,
    fibreOver(z) {
      setFibre(z);
      return rootsInDoubles(fibre);
    },
    follow: (from, values, to) => follow(from, values, to, 0),
  };
}
