import { rationalToNumber } from "../rings/index.js";
import { emptyJets, type Jets, type Samples } from "./samples.js";

/**
 * A first idea of the law, good enough for a first metric: every bulk a semicircle of its width, with its share of the eigenvalues, and an atom at 0 for the rest, the zeros. Its jets are free of the
 * noise of single eigenvalues.
 */
export function semicircleJets(samples: Samples): Jets {
  const { zRe, zIm, bulks, shift, dilation } = samples;
  const jets = emptyJets(zRe.length);
  const zero = -rationalToNumber(shift) / rationalToNumber(dilation);
  const total = samples.size * samples.copies;
  const weight = 1 - bulks.reduce((sum, bulk) => sum + bulk.count, 0) / total;
  const re = [jets.valueRe, jets.firstRe, jets.secondRe, jets.thirdRe] as const;
  const im = [jets.valueIm, jets.firstIm, jets.secondIm, jets.thirdIm] as const;
  for (let j = 0; j < zRe.length; j++) {
    const put = (order: 0 | 1 | 2 | 3, factor: number, a: number, b: number): void => {
      re[order][j]! += factor * a;
      im[order][j]! += factor * b;
    };
    for (const { left, right, count } of bulks) {
      const [centre, radius] = [(left + right) / 2, Math.max((right - left) / 2, 1e-12)];
      const [x, y] = [(zRe[j]! - centre) / radius, zIm[j]! / radius];
      // m = (2/R)·(s - w) with s = sqrt(w^2 - 1) ~ w; the derivatives of s are w/s, -1/s^3, 3w/s^5.
      const [sr, si] = outerRoot(x, y);
      const norm = sr * sr + si * si;
      const [ir, ii] = [sr / norm, -si / norm];
      const [i2r, i2i] = [ir * ir - ii * ii, 2 * ir * ii];
      const [i3r, i3i] = [i2r * ir - i2i * ii, i2r * ii + i2i * ir];
      const [i5r, i5i] = [i3r * i2r - i3i * i2i, i3r * i2i + i3i * i2r];
      const unit = (order: number): number => ((count / total) * 2) / radius ** (order + 1);
      put(0, unit(0), sr - x, si - y);
      put(1, unit(1), x * ir - y * ii - 1, x * ii + y * ir);
      put(2, -unit(2), i3r, i3i);
      put(3, 3 * unit(3), x * i5r - y * i5i, x * i5i + y * i5r);
    }
    if (weight > 0) {
      const [dr, di] = [zero - zRe[j]!, -zIm[j]!];
      const norm = dr * dr + di * di;
      const [ar, ai] = [dr / norm, -di / norm];
      let [pr, pi, factor] = [ar, ai, weight];
      for (const order of [0, 1, 2, 3] as const) {
        put(order, factor, pr, pi);
        [pr, pi] = [pr * ar - pi * ai, pr * ai + pi * ar];
        factor *= order + 1;
      }
    }
  }
  return jets;
}

/** The root of w^2 - 1 that behaves like w, for w = x + i·y in the upper half-plane: there its imaginary part is positive and its real part has the sign of x. */
function outerRoot(x: number, y: number): [number, number] {
  const [re, im] = [x * x - y * y - 1, 2 * x * y];
  const modulus = Math.hypot(re, im);
  const a = Math.sqrt(Math.max(0, (modulus + re) / 2));
  const b = Math.sqrt(Math.max(0, (modulus - re) / 2));
  return [x < 0 ? -a : a, b];
}
