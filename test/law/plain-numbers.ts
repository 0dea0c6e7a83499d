import { coefficients, degree, type Polynomial } from "freecurve/poly";

/** Double-precision complex arithmetic, and nothing of the project's numerical code. */
export type Plain = readonly [number, number];

const add = (a: Plain, b: Plain): Plain => [a[0] + b[0], a[1] + b[1]];
const sub = (a: Plain, b: Plain): Plain => [a[0] - b[0], a[1] - b[1]];
const mul = (a: Plain, b: Plain): Plain => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const size = (a: Plain): number => Math.hypot(a[0], a[1]);
const div = (a: Plain, b: Plain): Plain => {
  const norm = b[0] * b[0] + b[1] * b[1];
  return [(a[0] * b[0] + a[1] * b[1]) / norm, (a[1] * b[0] - a[0] * b[1]) / norm];
};

/** All roots of Σ coeffs[k] y^k by the iteration of Durand and Kerner, from the given starts. */
function durandKerner(coeffs: readonly Plain[], starts: readonly Plain[]): Plain[] {
  const lead = coeffs.at(-1)!;
  const monic = coeffs.map((c) => div(c, lead));
  let roots = [...starts];
  for (let round = 0; round < 500; round++) {
    let moved = 0;
    roots = roots.map((root, i) => {
      let value: Plain = [0, 0];
      for (let k = monic.length - 1; k >= 0; k--) value = add(mul(value, root), monic[k]!);
      let product: Plain = [1, 0];
      roots.forEach((other, j) => {
        if (j !== i) product = mul(product, sub(root, other));
      });
      const step = div(value, product);
      moved = Math.max(moved, size(step) / Math.max(size(root), 1e-300));
      return sub(root, step);
    });
    if (moved < 1e-15) break;
  }
  return roots;
}

/** The value of a polynomial in z and m, as coefficients in m at a complex z. */
function fibreAt(curve: Polynomial, z: Plain): Plain[] {
  return coefficients(curve, "m").map((row) => {
    let value: Plain = [0, 0];
    for (const c of coefficients(row, "z").toReversed()) {
      const term = c.terms[0];
      const number = term === undefined ? 0 : Number(term.coefficient) / Number(c.denominator);
      value = add(mul(value, z), [number, 0]);
    }
    return value;
  });
}

/**
 * The Stieltjes transform just above x by plain continuation: from −1/z high above, down along the vertical line in small steps,
 * the nearest root each time. No proof, and no code in common with the project.
 */
export function plainStieltjes(curve: Polynomial, x: number, steps = 1500): Plain {
  const count = degree(curve, "m");
  const height = 1000;
  let roots: Plain[] = Array.from({ length: count }, (_, k): Plain => {
    const angle = (2 * Math.PI * (k + 0.35)) / count;
    return [Math.cos(angle), Math.sin(angle)];
  });
  let followed: Plain | undefined;
  for (let k = 0; k <= steps; k++) {
    const y = k === steps ? 0 : height * 10 ** ((-9 * k) / steps);
    roots = durandKerner(fibreAt(curve, [x, y]), roots);
    const target: Plain = followed ?? div([-1, 0], [x, y]);
    followed = roots.reduce((best, root) => (size(sub(root, target)) < size(sub(best, target)) ? root : best));
  }
  return followed!;
}

/**
 * ∫ f over (a, b) by the double-exponential rule, for singularities at the ends. Points that double precision cannot tell from an
 * end are left out.
 */
export function doubleExponential(f: (x: number) => number, a: number, b: number, points = 600): number {
  const h = 10 / points;
  let sum = 0;
  for (let k = -points / 2; k <= points / 2; k++) {
    const t = k * h;
    const u = (Math.PI / 2) * Math.sinh(t);
    // The distances from both ends, without cancellation.
    const fromLeft = (b - a) / (1 + Math.exp(-2 * u));
    const fromRight = (b - a) / (1 + Math.exp(2 * u));
    const x = t < 0 ? a + fromLeft : b - fromRight;
    if (x <= a || x >= b) continue;
    const weight = ((Math.PI / 2) * Math.cosh(t)) / Math.cosh(u) ** 2;
    sum += f(x) * weight;
  }
  return (sum * h * (b - a)) / 2;
}
