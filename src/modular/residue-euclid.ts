import { invertModulo, multiplyModulo } from "../rings/index.js";

/** The monic greatest common divisor of two lists of residues ([k] multiplies x^k, zeros at the top allowed) modulo p. */
export function gcdModulo(a: readonly number[], b: readonly number[], p: number): number[] {
  const reciprocal = 1 / p;
  let f = trimmed(a);
  let g = trimmed(b);
  if (f.length < g.length) [f, g] = [g, f];
  while (g.length > 0) {
    reduceBy(f, g, p, reciprocal);
    [f, g] = [g, f];
  }
  const lead = f.at(-1);
  if (lead === undefined || lead === 1) return f;
  const inverse = invertModulo(lead, p);
  return f.map((c) => multiplyModulo(c, inverse, p, reciprocal));
}

/**
 * The resultant modulo p of two lists of residues with the *formal* degrees a.length − 1 and b.length − 1: the determinant of
 * the Sylvester matrix of this size, also when the leading entries are zero. By Euclid's algorithm, O(mn).
 */
export function resultantModulo(a: readonly number[], b: readonly number[], p: number): number {
  const reciprocal = 1 / p;
  const multiply = (x: number, y: number): number => multiplyModulo(x, y, p, reciprocal);
  const raise = (base: number, n: number): number => {
    let result = 1;
    let square = base;
    for (let k = n; k > 0; k >>= 1) {
      if (k & 1) result = multiply(result, square);
      square = multiply(square, square);
    }
    return result;
  };
  let f = trimmed(a);
  let g = trimmed(b);
  const formalF = a.length - 1;
  const formalG = b.length - 1;
  if (f.length - 1 < formalF && g.length - 1 < formalG) return 0;
  if (f.length === 0) return formalG === 0 ? raise(b[0]!, formalF) : 0;
  if (g.length === 0) return formalF === 0 ? raise(a[0]!, formalG) : 0;
  let result = 1;
  let negative = false;
  if (g.length - 1 < formalG) result = raise(f.at(-1)!, formalG - (g.length - 1));
  if (f.length - 1 < formalF) {
    const drop = formalF - (f.length - 1);
    result = raise(g.at(-1)!, drop);
    if (drop % 2 === 1 && formalG % 2 === 1) negative = true;
  }
  if (f.length < g.length) {
    if (f.length % 2 === 0 && g.length % 2 === 0) negative = !negative;
    [f, g] = [g, f];
  }
  while (g.length > 1) {
    const degreeF = f.length - 1;
    const degreeG = g.length - 1;
    const lead = g.at(-1)!;
    reduceBy(f, g, p, reciprocal);
    if (f.length === 0) return 0;
    if (degreeF % 2 === 1 && degreeG % 2 === 1) negative = !negative;
    result = multiply(result, raise(lead, degreeF - (f.length - 1)));
    [f, g] = [g, f];
  }
  result = multiply(result, raise(g[0]!, f.length - 1));
  return negative && result !== 0 ? p - result : result;
}

function trimmed(a: readonly number[]): number[] {
  let length = a.length;
  while (length > 0 && a[length - 1] === 0) length--;
  return a.slice(0, length);
}

/** Replaces f by its remainder modulo g, in place. */
function reduceBy(f: number[], g: readonly number[], p: number, reciprocal: number): void {
  const n = g.length;
  const inverse = invertModulo(g[n - 1]!, p);
  while (f.length >= n) {
    const lead = f.pop()!;
    if (lead !== 0) {
      const q = p - multiplyModulo(lead, inverse, p, reciprocal);
      const shift = f.length + 1 - n;
      for (let i = 0; i < n - 1; i++) {
        const sum = f[shift + i]! + multiplyModulo(q, g[i]!, p, reciprocal);
        f[shift + i] = sum >= p ? sum - p : sum;
      }
    }
  }
  while (f.length > 0 && f[f.length - 1] === 0) f.pop();
}
