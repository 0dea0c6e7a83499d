import { invertModulo, multiplyModulo } from "../rings/index.js";

/**
 * Replaces values at the points of a grid by the coefficients of the interpolating polynomial, in place. `data` holds blocks
 * of `width` numbers, one for each point in the order of `visitGrid`; afterwards the block of the exponents
 * (e_0, e_1, …) stands where the block of the points with these numbers stood.
 */
export function interpolateGrid(
  data: Float64Array,
  width: number,
  grid: readonly (readonly number[])[],
  p: number,
): void {
  const reciprocal = 1 / p;
  let stride = width;
  for (const points of grid) {
    const n = points.length;
    const inverses = inverseDifferences(points, p, reciprocal);
    const line = new Float64Array(n);
    for (let start = 0; start < data.length; start += stride * n) {
      for (let offset = start; offset < start + stride; offset++) {
        for (let i = 0; i < n; i++) line[i] = data[offset + i * stride]!;
        interpolateLine(line, points, inverses, p, reciprocal);
        for (let i = 0; i < n; i++) data[offset + i * stride] = line[i]!;
      }
    }
    stride *= n;
  }
}

/** Entry [i·n + j] is 1/(points[i] − points[j]) modulo p for j < i; all with one inversion [Montgomery's trick]. */
function inverseDifferences(points: readonly number[], p: number, reciprocal: number): Float64Array {
  const n = points.length;
  const inverses = new Float64Array(n * n);
  const running: number[] = [1];
  const differences: number[] = [];
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const difference = points[i]! - points[j]!;
      differences.push(difference < 0 ? difference + p : difference);
      running.push(multiplyModulo(running.at(-1)!, differences.at(-1)!, p, reciprocal));
    }
  }
  let inverse = invertModulo(running.at(-1)!, p);
  let k = differences.length;
  for (let i = n - 1; i > 0; i--) {
    for (let j = i - 1; j >= 0; j--) {
      k--;
      inverses[i * n + j] = multiplyModulo(inverse, running[k]!, p, reciprocal);
      inverse = multiplyModulo(inverse, differences[k]!, p, reciprocal);
    }
  }
  return inverses;
}

/** Newton's divided differences, then the change to powers. */
function interpolateLine(
  f: Float64Array,
  points: readonly number[],
  inverses: Float64Array,
  p: number,
  reciprocal: number,
): void {
  const n = f.length;
  for (let j = 1; j < n; j++) {
    for (let i = n - 1; i >= j; i--) {
      const difference = f[i]! - f[i - 1]!;
      f[i] = multiplyModulo(difference < 0 ? difference + p : difference, inverses[i * n + i - j]!, p, reciprocal);
    }
  }
  for (let j = n - 2; j >= 0; j--) {
    const a = points[j]!;
    for (let i = j; i < n - 1; i++) {
      const value = f[i]! - multiplyModulo(a, f[i + 1]!, p, reciprocal);
      f[i] = value < 0 ? value + p : value;
    }
  }
}
