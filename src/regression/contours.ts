import { distinctPlaces } from "./distinct-values.js";

/** Points of the open upper half-plane, in the scaled coordinate. */
export type Points = readonly (readonly [number, number])[];

/** One stretch of the spectrum that gaps separate from the rest; both ends are eigenvalues. */
export interface Stretch {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

/** A gap this many times the larger of the typical spacings on its two sides separates two bulks. */
const gapFactor = 12;
/** So few eigenvalues make no bulk of their own, nor does this share of numbers that do not repel each other. */
const fewest = 8;
const leastShare = 1 / 20;

/**
 * The bulks of a spectrum: it is cut at every gap that is more than 12 times the median spacing of the eight eigenvalues on either side, where both parts have at least
 * eight eigenvalues. At a soft edge the spacing grows by a factor of about three, at a cusp it stays bounded in the same way. Independent draws leave larger gaps: there it also takes 12 times the mean of all spacings, and a twentieth of the draws to make a bulk.
 *
 * Equal values, as of a rounded list or a matrix with a symmetry, count once: nothing is known of what lies between them.
 *
 * Eigenvalues of several pooled matrices do not repel each other, but every `copies`-th of them in order lie as evenly as those of one matrix: such are compared, and the cut is at the largest gap between two of them.
 *
 * @param values ascending and distinct from 0 where 0 is an atom.
 */
export function separateBulks(values: Float64Array, repelling = true, copies = 1): Stretch[] {
  const indices = Array.from(values, (_, k) => k).filter((k) => k % copies === copies >> 1);
  const places = distinctPlaces(indices.map((k) => values[k]!)).map((k) => indices[k]!);
  const one = Float64Array.from(places, (k) => values[k]!);
  const overall = repelling ? 0 : (one.at(-1)! - one[0]!) / one.length;
  const least = repelling ? fewest : Math.max(fewest, Math.ceil(leastShare * one.length));
  const bulks: Stretch[] = [];
  let first = 0;
  let start = 0;
  const cut = (end: number): void => {
    bulks.push({ left: values[start]!, right: values[end - 1]!, count: end - start });
    start = end;
  };
  for (let k = least; k + least <= one.length; k++) {
    const gap = one[k]! - one[k - 1]!;
    if (k - first < least) continue;
    const left = medianSpacing(one, k - fewest, k - 1);
    const right = medianSpacing(one, k, k + fewest - 1);
    if (gap > gapFactor * Math.max(left, right, overall)) {
      cut(largestGap(values, places[k - 1]!, places[k]!));
      first = k;
    }
  }
  cut(values.length);
  return bulks;
}

/** The index behind the largest gap between two indices. */
function largestGap(values: Float64Array, from: number, to: number): number {
  let best = from + 1;
  for (let k = from + 1; k <= to; k++) if (values[k]! - values[k - 1]! > values[best]! - values[best - 1]!) best = k;
  return best;
}

function medianSpacing(values: Float64Array, from: number, to: number): number {
  const spacings = Float64Array.from({ length: to - from }, (_, k) => values[from + k + 1]! - values[from + k]!).sort();
  return spacings[spacings.length >> 1]!;
}

/** Points of one contour: they fix about twice as many modes, of which sampling noise leaves fewer. */
const perContour = 24;

/**
 * Joukowski ellipses with the foci at the ends of every bulk, two around each and, if there are several, two around them all. The inner one keeps a distance of eight times
 * n^(-2/3) half widths from the ends, well beyond the fluctuation of extreme eigenvalues: what the law is made of is still to be seen there, since the information of analytic functions is in their low modes; farther out than half a gap it does not go.
 *
 * @param copies the number of pooled matrices: n is the share of one of them.
 */
export function ellipsePoints(bulks: readonly Stretch[], copies = 1): [number, number][] {
  const points: [number, number][] = [];
  const around = (left: number, right: number, count: number, room: number, steps: number): void => {
    const [centre, half] = [(left + right) / 2, (right - left) / 2];
    const reach = Math.min(Math.max(8 * (count / copies) ** (-2 / 3), 0.02), Math.max(0.01, (0.5 * room) / half));
    // (r + 1/r)/2 = 1 + reach
    const inner = 1 + reach + Math.sqrt(reach * (2 + reach));
    for (const r of [inner, inner ** 1.75]) {
      for (let k = 0; k < steps; k++) {
        const angle = ((k + 0.5) / steps) * Math.PI;
        points.push([centre + (half / 2) * (r + 1 / r) * Math.cos(angle), (half / 2) * (r - 1 / r) * Math.sin(angle)]);
      }
    }
  };
  const [first, last] = [bulks[0]!, bulks.at(-1)!];
  const total = bulks.reduce((sum, bulk) => sum + bulk.count, 0);
  around(first.left, last.right, total, Number.POSITIVE_INFINITY, perContour);
  if (bulks.length > 1) {
    bulks.forEach((bulk, k) => {
      const before = k > 0 ? bulk.left - bulks[k - 1]!.right : Number.POSITIVE_INFINITY;
      const after = k + 1 < bulks.length ? bulks[k + 1]!.left - bulk.right : Number.POSITIVE_INFINITY;
      around(bulk.left, bulk.right, bulk.count, Math.min(before, after), Math.max(8, perContour / 2));
    });
  }
  return points;
}

const angles = [0.8, 0.5, 0.25];
const mostOnRay = 27;

/** So few eigenvalues fluctuate on their own: below the last of them the transform is no Gaussian variable. */
const lowest = 8;

/** Rays arg z = const around a positive spectrum that spans decades, from its eighth eigenvalue (of one of the pooled matrices) to above its greatest. */
export function sectorPoints(values: Float64Array, copies = 1): [number, number][] {
  const points: [number, number][] = [];
  const least = values[Math.min(lowest * copies, values.length) - 1]!;
  const [from, to] = [Math.log(least), Math.log(values.at(-1)!) + 2];
  const steps = Math.min(mostOnRay, Math.ceil((to - from) / 0.4));
  for (const angle of angles) {
    for (let k = 0; k <= steps; k++) {
      const modulus = Math.exp(from + ((to - from) * k) / steps);
      points.push([modulus * Math.cos(angle * Math.PI), modulus * Math.sin(angle * Math.PI)]);
    }
  }
  return points;
}
