/**
 * The transform g = Σ w_k/(x_k − s) of a measure of atoms, and its derivative, at a point s of the upper half-plane, into `out`: Re g, Im g, Re g', Im g'. In doubles; writes where it is told, since it stands in
 * innermost loops.
 */
export function transformOfAtoms(
  places: readonly number[],
  weights: readonly number[],
  re: number,
  im: number,
  out: Float64Array,
): void {
  let [gr, gi, hr, hi] = [0, 0, 0, 0];
  for (let k = 0; k < places.length; k++) {
    const dr = places[k]! - re;
    const norm = dr * dr + im * im;
    const [ir, ii] = [dr / norm, im / norm];
    gr += weights[k]! * ir;
    gi += weights[k]! * ii;
    hr += weights[k]! * (ir * ir - ii * ii);
    hi += weights[k]! * 2 * ir * ii;
  }
  [out[0], out[1], out[2], out[3]] = [gr, gi, hr, hi];
}

/** a/b as the j-th of an array of complex numbers. */
export function divide(
  ar: number,
  ai: number,
  br: number,
  bi: number,
  re: Float64Array,
  im: Float64Array,
  j: number,
): void {
  const norm = br * br + bi * bi;
  re[j] = (ar * br + ai * bi) / norm;
  im[j] = (ai * br - ar * bi) / norm;
}
