import { type CurveFit, deviationOf, type Samples, transformAt, type Weighted } from "../regression/index.js";

/** How well each pooled matrix is predicted by the curve that the others alone give: squared deviations in units of the noise of one matrix, in the order of the matrices. */
export type HeldOut = (curve: CurveFit) => readonly number[];

/**
 * Leaves out one of several independent matrices at a time. A fit to the others differs from the fit to all by what it follows of the difference of their transforms, to first order, so that nothing is fitted again:
 * with r the whitened deviation of the mean, d_k that of matrix k from the mean of K and H the projection onto what the curve can follow, the deviation of matrix k from the curve of the others is r + d_k + H d_k/(K − 1).
 *
 * The eigenvalues of one matrix cannot be split like this: they repel each other, so that one half determines where the other lies far better than a law does, and both halves share every fluctuation of the
 * matrix. A curve that follows that fluctuation would be rewarded.
 *
 * @param matrices the eigenvalues of each, in the scaled coordinate, zeros included, outliers not.
 */
export function leaveOneOut(weighted: Weighted, samples: Samples, matrices: readonly Float64Array[]): HeldOut {
  const count = matrices.length;
  const total = matrices.reduce((sum, values) => sum + values.length, 0);
  const transforms = matrices.map((values) => transformAt(samples, values));
  const mean = ([0, 1] as const).map((part) =>
    samples.zRe.map((_, j) =>
      transforms.reduce((sum, transform, k) => sum + (matrices[k]!.length / total) * transform[part][j]!, 0),
    ),
  );
  const deviations = transforms.map(([re, im]) =>
    weighted.whiten(
      re.map((value, j) => value - mean[0]![j]!),
      im.map((value, j) => value - mean[1]![j]!),
    ),
  );
  return (curve) => {
    const common = deviationOf(weighted, curve.curve);
    return deviations.map((own) => {
      const followed = curve.follow(own);
      // The whitening is by the noise of the mean, whose variance is smaller by the number of matrices.
      return common.reduce((sum, value, r) => sum + (value + own[r]! + followed[r]! / (count - 1)) ** 2, 0) / count;
    });
  };
}
