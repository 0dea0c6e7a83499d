import { type LocalExpansion, scaledBy } from "./local-expansion.js";

/**
 * Pellet's test [Pellet 1881; Marden, Geometry of Polynomials, 1966, §42], uniformly over a disc of base points: when
 *
 *     |a_{k0}| R^k > sum over (j, i) ≠ (k, 0) of |a_{ji}| r^i R^j,
 *
 * Rouché's theorem gives that for every |u| ≤ r the polynomial P(z0 + u, m0 + v) has exactly k roots in |v| < R, none of them
 * on the circle. Returns the smallest R of a geometric search that passes, or undefined.
 */
export function inclusionRadius(local: LocalExpansion, baseRadius: number, count = 1): number | undefined {
  const sums = fibreBounds(local, baseRadius, count);
  if (sums === undefined) return undefined;
  const { lower, others } = sums;
  let smallest = 0;
  for (let j = 0; j < count; j++) smallest = Math.max(smallest, (others[j]! / lower) ** (1 / (count - j)));
  // At an exact root the smallest radius would be 0, or so small that its powers overflow.
  smallest = Math.max(smallest, 2 ** (-1000 / count));
  for (let factor = 1.0625; factor < 64 * (count + 1); factor *= factor < 2 ? 1.125 : 1.5) {
    const radius = smallest * factor;
    if (passes(lower, others, count, radius)) return radius;
  }
  return undefined;
}

/** The largest R, of a geometric search, that still passes the test of {@link inclusionRadius} beginning at a passing one. */
export function isolationRadius(local: LocalExpansion, baseRadius: number, passing: number, count = 1): number {
  const sums = fibreBounds(local, baseRadius, count);
  if (sums === undefined) return passing;
  let radius = passing;
  for (let k = 0; k < 2000; k++) {
    const next = radius * 2;
    if (!Number.isFinite(next) || !passes(sums.lower, sums.others, count, next)) break;
    radius = next;
  }
  return radius;
}

function fibreBounds(
  local: LocalExpansion,
  baseRadius: number,
  count: number,
): { lower: number; others: Float64Array } | undefined {
  const { width, degreeM, upper } = local;
  if (count > degreeM) return undefined;
  const r = scaledBy(baseRadius, -local.unit);
  const others = new Float64Array(degreeM + 1);
  let lower = local.lower[count]!;
  for (let j = 0; j <= degreeM; j++) {
    let rest = 0;
    for (let i = width - 1; i >= 1; i--) rest = (rest + upper[j * width + i]!) * r;
    rest *= 1 + 1e-14;
    if (j === count) lower -= rest;
    else others[j] = upper[j * width]! + rest;
  }
  return lower > 0 && Number.isFinite(lower) ? { lower: lower * (1 - 1e-14), others } : undefined;
}

function passes(lower: number, others: Float64Array, count: number, radius: number): boolean {
  // Divided by R^count, so that neither side under- or overflows before the other matters.
  let sum = 0;
  let power = 1;
  for (let j = count + 1; j < others.length; j++) {
    power *= radius;
    if (others[j] !== 0) sum += others[j]! * power;
  }
  power = 1;
  for (let j = count - 1; j >= 0; j--) {
    power /= radius;
    if (others[j] !== 0) sum += others[j]! * power;
  }
  return sum * (1 + 1e-12) < lower;
}
