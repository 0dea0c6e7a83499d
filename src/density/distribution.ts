import { type Budget, DomainError, unlimited } from "../core/index.js";
import { atoms, type Law, requireNumeric, requireSpectrum } from "../law/index.js";
import { algebraicToNumber } from "../roots/index.js";
import { type DensityInterval, densityIntervals, invertHalf, massOfHalf } from "./density-pieces.js";

/** The distribution of a law: its cumulative distribution function and the inverse of that. Estimates, usually to 12 digits. */
export interface Distribution {
  /** The mass of (−∞, x]. */
  cumulative(x: number): number;
  /** The smallest x with cumulative(x) ≥ p, 0 < p < 1. */
  quantile(p: number): number;
  /** Atoms plus bulks: one, up to the error of the interpolation. */
  readonly mass: number;
}

/** A stretch of the line over which the distribution function jumps (from = to) or rises by a part of one bulk. */
interface Block {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly mass: number;
  /** The bulk and its mass to the left of the stretch; undefined for an atom. */
  readonly bulk: { readonly interval: DensityInterval; readonly offset: number } | undefined;
}

/** The mass of a bulk to the left of x. */
function massBelow(interval: DensityInterval, x: number): number {
  const [lower, upper] = interval.halves;
  if (x <= algebraicToNumber(interval.left)) return 0;
  if (x >= algebraicToNumber(interval.right)) return interval.mass;
  return x <= interval.middle ? massOfHalf(lower, x) : interval.mass - massOfHalf(upper, x);
}

/** The x of a bulk with the given mass to the left of it. */
function placeOfMass(interval: DensityInterval, mass: number): number {
  const [lower, upper] = interval.halves;
  return mass <= lower.mass
    ? invertHalf(lower, Math.max(0, mass))
    : invertHalf(upper, Math.max(0, interval.mass - mass));
}

/** The distribution function of a law and its quantiles. Estimates, by integrals of the interpolants of the density. */
export function distribution(law: Law, budget: Budget = unlimited): Distribution {
  requireNumeric(law, "the distribution");
  requireSpectrum(law, budget);
  const points = atoms(law, budget).map((atom) => ({
    at: algebraicToNumber(atom.at),
    mass: algebraicToNumber(atom.weight),
  }));
  const stretches: Omit<Block, "before">[] = points.map(({ at, mass }) => ({
    from: at,
    to: at,
    mass,
    bulk: undefined,
  }));
  for (const interval of densityIntervals(law, budget)) {
    const [left, right] = [algebraicToNumber(interval.left), algebraicToNumber(interval.right)];
    // A bulk is cut at the atoms inside it.
    const cuts = [left, ...points.map((point) => point.at).filter((at) => at > left && at < right), right];
    cuts.slice(1).forEach((to, k) => {
      const from = cuts[k]!;
      const offset = massBelow(interval, from);
      stretches.push({ from, to, mass: massBelow(interval, to) - offset, bulk: { interval, offset } });
    });
  }
  stretches.sort((a, b) => a.from - b.from || a.to - b.to);
  let total = 0;
  const blocks: Block[] = stretches.map((stretch) => {
    const before = total;
    total += stretch.mass;
    return { ...stretch, before };
  });
  return {
    mass: total,
    cumulative(x) {
      const block = blocks.findLast((candidate) => x >= candidate.from);
      if (block === undefined) return 0;
      if (x >= block.to || block.bulk === undefined) return block.before + block.mass;
      return block.before + massBelow(block.bulk.interval, x) - block.bulk.offset;
    },
    quantile(p) {
      if (!(p > 0 && p < 1)) throw new DomainError(`a quantile needs 0 < p < 1; got ${p}`);
      const wanted = p * total;
      const block = blocks.find((candidate) => wanted <= candidate.before + candidate.mass) ?? blocks.at(-1)!;
      if (block.bulk === undefined) return block.from;
      return placeOfMass(block.bulk.interval, wanted - block.before + block.bulk.offset);
    },
  };
}

/**
 * The N estimated eigenvalues of an N×N matrix with this law: the quantiles at (i − 1/2)/N, in ascending order.
 * Estimates, usually good to 1e-12.
 */
export function quantiles(law: Law, count: number, budget: Budget = unlimited): Float64Array {
  if (!Number.isInteger(count) || count < 1) {
    throw new DomainError(`the number of quantiles must be a positive integer; got ${count}`);
  }
  const { quantile } = distribution(law, budget);
  return Float64Array.from({ length: count }, (_, i) => quantile((i + 0.5) / count));
}
