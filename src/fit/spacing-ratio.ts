import { distinctPlaces } from "../regression/index.js";

/** How spacings look on the average: `even` as between quantiles, `repelling` as between eigenvalues of one matrix, `free` as between independent draws; undefined when too few say anything, or all are multiples of one step. */
export type Spacings = "even" | "repelling" | "free" | undefined;

/** So few ratios have a mean that is uncertain by 0.05. */
const fewest = 30;
const evenFrom = 0.8;
const freeTo = 0.46;

/**
 * Tells what neighbours know of each other by the mean of min(s_k, s_(k+1))/max(s_k, s_(k+1)), s_k the spacings of the sorted values of one matrix: it needs no law. Independent draws have 2 log 2 − 1 = 0.3863, eigenvalues of real
 * symmetric matrices 0.5307, of complex Hermitian ones 0.5996, an even grid 1 [Y. Atas, E. Bogomolny, O. Giraud and G. Roux, Phys. Rev. Lett. 110 (2013) 084101]; the mean of n values is uncertain by 0.27/√n.
 *
 * @param matrices the values of each, without order; equal values, as of an atom, do not count.
 */
export function spacingsOf(matrices: readonly ArrayLike<number>[]): Spacings {
  let [sum, count] = [0, 0];
  for (const values of matrices) {
    const sorted = Float64Array.from(values).sort();
    const places = distinctPlaces(sorted);
    const distinct = places.map((k) => sorted[k]!);
    if (isRounded(distinct, places)) return undefined;
    for (let k = 1; k + 1 < distinct.length; k++) {
      const [a, b] = [distinct[k]! - distinct[k - 1]!, distinct[k + 1]! - distinct[k]!];
      sum += Math.min(a, b) / Math.max(a, b);
      count++;
    }
  }
  if (count < fewest) return undefined;
  const mean = sum / count;
  return mean > evenFrom ? "even" : mean < freeTo ? "free" : "repelling";
}

/** How near, in units of the step, spacings of a rounded list are to multiples of it. */
const tolerance = 0.01;

/**
 * Whether values are rounded so coarsely that several places hold more than one of them: all spacings are multiples of the least, and say what the rounding made of them. An atom is one such place.
 *
 * @param places of the distinct values in the list of all.
 */
function isRounded(distinct: readonly number[], places: readonly number[]): boolean {
  const shared = places.filter((place, k) => k + 1 < places.length && places[k + 1]! - place > 1).length;
  if (shared < 2) return false;
  const gaps = distinct.slice(1).map((value, k) => value - distinct[k]!);
  const step = gaps.reduce((least, gap) => Math.min(least, gap), Number.POSITIVE_INFINITY);
  return gaps.every((gap) => Math.abs(gap / step - Math.round(gap / step)) < tolerance);
}
