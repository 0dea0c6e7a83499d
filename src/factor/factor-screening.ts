import type { Budget, Random } from "../core/index.js";
import {
  countFactors,
  distinctDegreeFactors,
  type EqualDegreePart,
  factorsModulo,
  isSquareFreeModulo,
  lightPrime,
  monicResidues,
  possibleDegrees,
} from "../univariate/index.js";
import { groupFactors } from "./factor-grouping.js";
import { imageAt, imageOnLine, type ResidueTerms, reduceTerms, type TermTable } from "./residue-terms.js";

/** Points that are tried for the first prime and for the second, and points in vain before a prime is given up. */
const pointsTried = [4, 2];
const pointsMissed = 20;

interface ScreenedPoint {
  readonly point: readonly number[];
  readonly parts: readonly EqualDegreePart[];
}

/**
 * An upper bound of the number of irreducible factors of p from images modulo primes, 1 being a proof that p is irreducible; p is
 * primitive with respect to the main variable and given by its terms. First the degrees of the factors of some images at
 * points are intersected; then the factors of the image on a line through the best point are put together over GF(p): a
 * polynomial that is irreducible over the algebraic closure stays so modulo nearly all primes and on nearly all lines
 * (Bertini, Noether), so that this finds nearly every such polynomial irreducible at once.
 */
export function boundNumberOfFactors(table: TermTable, random: Random, budget: Budget): number {
  const trivial = 1n | (1n << BigInt(table.degree));
  let degrees = (1n << BigInt(table.degree + 1)) - 1n;
  let bound = table.degree;
  for (const [k, points] of pointsTried.entries()) {
    const terms = reduceTerms(table, lightPrime(k));
    let best: ScreenedPoint | undefined;
    for (let tried = 0; tried < points; tried++) {
      budget.spend(table.degree, "looking at the degrees of the factors of an image");
      const found = goodPoint(terms, random, budget);
      if (found === undefined) break;
      degrees &= possibleDegrees(found.parts);
      if (degrees === trivial) return 1;
      if (best === undefined || countFactors(found.parts) < countFactors(best.parts)) best = found;
    }
    if (best === undefined) continue;
    budget.spend(table.degree * table.lineDegree, "putting the factors of an image together");
    bound = Math.min(bound, countOnLine(terms, best.point, table.lineDegree, random, budget));
    if (bound === 1) return 1;
  }
  return bound;
}

/** A random point at which the degree is kept and the image is square-free. */
function goodPoint(terms: ResidueTerms, random: Random, budget: Budget): ScreenedPoint | undefined {
  const p = terms.prime;
  for (let missed = 0; missed < pointsMissed; missed++) {
    const point = terms.axes.map(() => random.integer(0, p - 1));
    const image = imageAt(terms, point);
    if (image[terms.degree] === 0 || !isSquareFreeModulo(image, p)) continue;
    return { point, parts: distinctDegreeFactors(monicResidues(image, p), p, budget) };
  }
  return undefined;
}

/** The number of factors on a line through the point, or at least of those of the image at the point. */
function countOnLine(
  terms: ResidueTerms,
  point: readonly number[],
  lineDegree: number,
  random: Random,
  budget: Budget,
): number {
  const p = terms.prime;
  const direction = point.map(() => (point.length === 1 ? 1 : random.integer(1, p - 1)));
  const rows = imageOnLine(terms, point, direction, lineDegree);
  const factors = factorsModulo(monicResidues(rows[0]!, p), p, random, budget);
  return (groupFactors(rows, terms.degree, factors, p) ?? factors).length;
}
