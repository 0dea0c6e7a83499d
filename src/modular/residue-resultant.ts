import { centredPower } from "./centred-residues.js";

const rounding = 6755399441055744;

/**
 * The resultant of two polynomials modulo p as a fraction, by a polynomial remainder sequence without divisions. On entry f and g
 * hold centred residues ([k] multiplies v^k), f[0] … f[degreeF] and g[0] … g[degreeG]; they are overwritten. Numerator and
 * denominator of the resultant for these *formal* degrees are written to place `at`.
 *
 * Returns false, with nothing written, when a leading coefficient that must be inverted is zero modulo p: then the degrees do not
 * fall one by one, and a slower algorithm has to decide.
 *
 * With A, B of degrees m + 1, m and R = b²A − (q₁v + q₀)B of degree m − 1, b the leading coefficient of B, Res(A, B) =
 * b^(2−2m) Res(B, R): one step takes three products and one reduction for each coefficient.
 */
export function resultantFraction(
  f: Float64Array,
  g: Float64Array,
  degreeF: number,
  degreeG: number,
  p: number,
  numerators: Float64Array,
  denominators: Float64Array,
  at: number,
): boolean {
  const reciprocal = 1 / p;
  let a = f;
  let b = g;
  let top = degreeF;
  let m = degreeG;
  let negative = false;
  if (top < m) {
    [a, b] = [b, a];
    [top, m] = [m, top];
    negative = top % 2 === 1 && m % 2 === 1;
  }
  let denominator = 1;
  if (m === 0) {
    numerators[at] = centredPower(b[0]!, top, p, reciprocal);
    denominators[at] = 1;
    return true;
  }
  if (top !== m + 1) {
    // Single eliminations until the degrees differ by one.
    const lead = b[m]!;
    if (lead === 0) return false;
    const eliminations = top === m ? 1 : top - m - 1;
    for (let k = 0; k < eliminations; k++, top--) eliminate(a, b, top, m, p, reciprocal);
    if (eliminations % 2 === 1 && m % 2 === 1) negative = !negative;
    denominator = centredPower(lead, eliminations * (m - 1), p, reciprocal);
    if (top < m) {
      [a, b] = [b, a];
      m--;
    }
  }
  // Now A has the formal degree m + 1 and B the formal degree m.
  let prefix = 1;
  let product = 1;
  for (; m >= 1; m--) {
    const lead = b[m]!;
    if (lead === 0) return false;
    const leadA = a[m + 1]!;
    let x = lead * lead;
    const square = x - (x * reciprocal + rounding - rounding) * p;
    x = lead * leadA;
    const q1 = x - (x * reciprocal + rounding - rounding) * p;
    x = lead * a[m]! - leadA * b[m - 1]!;
    const q0 = x - (x * reciprocal + rounding - rounding) * p;
    if (m > 1) {
      x = prefix * lead;
      prefix = x - (x * reciprocal + rounding - rounding) * p;
      x = product * prefix;
      product = x - (x * reciprocal + rounding - rounding) * p;
    }
    remainder(a, b, m, square, q1, q0, p, reciprocal);
    const old = a;
    a = b;
    b = old;
  }
  numerators[at] = negative ? -b[0]! : b[0]!;
  let x = product * product;
  x -= (x * reciprocal + rounding - rounding) * p;
  x *= denominator;
  denominators[at] = x - (x * reciprocal + rounding - rounding) * p;
  return true;
}

/** Replaces A by square·A − (q1·v + q0)·B, of which the coefficients 0 … m − 1 remain. */
function remainder(
  a: Float64Array,
  b: Float64Array,
  m: number,
  square: number,
  q1: number,
  q0: number,
  p: number,
  reciprocal: number,
): void {
  let below = 0;
  for (let i = 0; i < m; i++) {
    const here = b[i]!;
    const x = square * a[i]! - q1 * below - q0 * here;
    a[i] = x - (x * reciprocal + rounding - rounding) * p;
    below = here;
  }
}

/** Replaces A, of degree top, by lc(B)·A − lc(A)·v^(top − m)·B. */
function eliminate(a: Float64Array, b: Float64Array, top: number, m: number, p: number, reciprocal: number): void {
  const lead = b[m]!;
  const factor = a[top]!;
  const shift = top - m;
  for (let i = 0; i < shift; i++) {
    const x = a[i]! * lead;
    a[i] = x - (x * reciprocal + rounding - rounding) * p;
  }
  for (let i = 0; i < m; i++) {
    const x = a[shift + i]! * lead - factor * b[i]!;
    a[shift + i] = x - (x * reciprocal + rounding - rounding) * p;
  }
}
