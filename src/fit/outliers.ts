import type { Fit } from "./fit.js";
import type { LargeBulk } from "./large-bulk.js";

export interface Outlier {
  readonly from: number;
  readonly to: number;
}

/**
 * Every outlier along its characteristic, but an exact 0, which is so by construction of the matrix (the constant vector of a Laplacian or of a centred Gram matrix) at any size: it stays. A pooled one stands for as many matrices as were pooled.
 */
export function moveOutliers(
  fitted: Fit,
  tau: number,
  shrink: number,
  spectrum: LargeBulk,
  warnings: string[],
): Outlier[] {
  const { bulk } = fitted.preparation;
  const outliers = averagedOutliers(fitted);
  const ends = [
    Math.min(...spectrum.bulks.map((part) => part.left), ...spectrum.atoms.map((atom) => atom.at)),
    Math.max(...spectrum.bulks.map((part) => part.right), ...spectrum.atoms.map((atom) => atom.at)),
  ] as const;
  return Array.from(outliers, (theta) => {
    const m = bulk.reduce((sum, value) => sum + 1 / (value - theta), 0) / bulk.length;
    const to = theta === 0 ? 0 : shrink * (theta - (tau - 1) / m);
    if (to > ends[0] && to < ends[1])
      warnings.push(`the outlier ${theta.toPrecision(6)} moves to ${to.toPrecision(6)}, inside the bulk`);
    return { from: theta, to };
  });
}

/** Bulk of weight (N − k)/N and k outliers of weight 1/N each. */
export function combine(
  spectrum: LargeBulk,
  outliers: readonly Outlier[],
  size: number,
  fitted: Fit,
): { cumulative(x: number): number; quantile(p: number): number; zeroWeight: number } {
  const share = (size - outliers.length) / size;
  const places = outliers.map((outlier) => outlier.to).sort((a, b) => a - b);
  const middle = fitted.preparation.bulk[fitted.preparation.bulk.length >> 1]!;
  const below = outliers.filter((outlier) => outlier.from < middle).length;
  return {
    cumulative: (x) => share * spectrum.cumulative(x) + places.filter((place) => place <= x).length / size,
    quantile(p) {
      const rank = p * size;
      if (rank < below) return places[Math.floor(rank)]!;
      if (rank >= size - outliers.length + below)
        return places[Math.min(outliers.length - 1, Math.floor(rank) - (size - outliers.length))]!;
      return spectrum.quantile(Math.min(1 - 1e-12, Math.max(1e-12, (rank - below) / (size - outliers.length))));
    },
    zeroWeight: share * spectrum.atoms.reduce((sum, atom) => sum + (atom.at === 0 ? atom.weight : 0), 0),
  };
}

/** Outliers of pooled matrices: groups of neighbours, one of each matrix, become their mean. */
export function averagedOutliers({ preparation, numeric }: Fit): number[] {
  const { copies } = numeric;
  const all = Array.from(preparation.outliers);
  if (copies === 1) return all;
  const middle = preparation.bulk[preparation.bulk.length >> 1]!;
  const groups = (side: readonly number[]): number[] => {
    const count = Math.round(side.length / copies);
    return Array.from({ length: count }, (_, k) => {
      const part = side.slice(Math.floor((k * side.length) / count), Math.floor(((k + 1) * side.length) / count));
      return part.reduce((sum, value) => sum + value, 0) / part.length;
    });
  };
  return [...groups(all.filter((value) => value < middle)), ...groups(all.filter((value) => value >= middle))];
}
