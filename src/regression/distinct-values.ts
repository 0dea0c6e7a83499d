/** Values this near to each other, in units of the largest, are one value. */
const rounding = 1e-13;

/** The index of the first of every group of equal values among ascending ones. */
export function distinctPlaces(values: ArrayLike<number>): number[] {
  const size = Math.max(Math.abs(values[0] ?? 0), Math.abs(values[values.length - 1] ?? 0));
  return Array.from(values, (_, k) => k).filter((k) => k === 0 || values[k]! - values[k - 1]! > rounding * size);
}
