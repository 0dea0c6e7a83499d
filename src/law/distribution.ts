import { DomainError } from "../core/index.js";
import { algebraicToNumber } from "../roots/index.js";
import { atoms } from "./atoms.js";
import { densityIntervals, evaluateHalf, invertHalf } from "./density-pieces.js";
import { type Law, requireNumeric } from "./law.js";
import { requireSpectrum } from "./spectrum.js";

/** The distribution of a law: its cumulative distribution function and the inverse of that. Estimates, usually to 12 digits. */
export interface Distribution {
  /** The mass of (−∞, x]. */
  cumulative(x: number): number;
  /** The smallest x with cumulative(x) ≥ p, 0 < p < 1. */
  quantile(p: number): number;
  /** Atoms plus bulks: one, up to the error of the interpolation. */
  readonly mass: number;
}

type Block =
  | { readonly kind: "atom"; readonly at: number; readonly before: number; readonly mass: number }
  | {
      readonly kind: "bulk";
      readonly from: number;
      readonly to: number;
      readonly interval: ReturnType<typeof densityIntervals>[number];
      readonly before: number;
      readonly mass: number;
    };

/** The distribution function of a law and its quantiles. */
export function distribution(law: Law): Distribution {
  requireNumeric(law, "the distribution");
  requireSpectrum(law);
  const intervals = densityIntervals(law);
  const points = atoms(law).map((atom) => ({ at: algebraicToNumber(atom.at), mass: algebraicToNumber(atom.weight) }));
  const inside = points.find((point) =>
    intervals.some(
      (interval) => point.at > algebraicToNumber(interval.left) && point.at < algebraicToNumber(interval.right),
    ),
  );
  if (inside !== undefined) {
    throw new DomainError(`the law has an atom at ${inside.at} inside a bulk; its quantiles are not available yet`);
  }
  const parts = [
    ...points.map((point) => ({ kind: "atom" as const, ...point, from: point.at })),
    ...intervals.map((interval) => ({
      kind: "bulk" as const,
      from: algebraicToNumber(interval.left),
      to: algebraicToNumber(interval.right),
      interval,
      mass: interval.mass,
    })),
  ].sort((a, b) => a.from - b.from || (a.kind === "atom" ? -1 : 1));
  let total = 0;
  const blocks: Block[] = parts.map((part) => {
    const before = total;
    total += part.mass;
    return { ...part, before };
  });
  return {
    mass: total,
    cumulative(x) {
      let sum = 0;
      for (const block of blocks) {
        if (block.kind === "atom") {
          if (x >= block.at) sum += block.mass;
        } else if (x >= block.to) sum += block.mass;
        else if (x > block.from) {
          const { interval } = block;
          const [lower, upper] = interval.halves;
          sum += x <= interval.middle ? evaluateHalf(lower, x).mass : block.mass - evaluateHalf(upper, x).mass;
        }
      }
      return sum;
    },
    quantile(p) {
      if (!(p > 0 && p < 1)) throw new DomainError(`a quantile needs 0 < p < 1; got ${p}`);
      const wanted = p * total;
      const block = blocks.find((candidate) => wanted <= candidate.before + candidate.mass) ?? blocks.at(-1)!;
      if (block.kind === "atom") return block.at;
      const [lower, upper] = block.interval.halves;
      const within = Math.max(0, wanted - block.before);
      return within <= lower.mass ? invertHalf(lower, within) : invertHalf(upper, Math.max(0, block.mass - within));
    },
  };
}

/** The N estimated eigenvalues of an N×N matrix with this law: the quantiles at (i − 1/2)/N, in ascending order. */
export function quantiles(law: Law, count: number): Float64Array {
  if (!Number.isInteger(count) || count < 1) {
    throw new DomainError(`the number of quantiles must be a positive integer; got ${count}`);
  }
  const { quantile } = distribution(law);
  return Float64Array.from({ length: count }, (_, i) => quantile((i + 0.5) / count));
}
