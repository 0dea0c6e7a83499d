import { DomainError, type Random } from "../core/index.js";

/**
 * A gamma variate of the given shape and scale 1; 0 for shape 0. For shape ≥ 1 the rejection from a cubed normal of
 * G. Marsaglia and W. W. Tsang, ACM Trans. Math. Software 26 (2000) 363–372; below, one of shape + 1 times U^(1/shape).
 */
export function gammaVariate(shape: number, random: Random): number {
  if (!(shape >= 0 && shape < Number.POSITIVE_INFINITY)) {
    throw new DomainError(`the shape of a gamma variate is a number that is not negative; got ${shape}`);
  }
  if (shape === 0) return 0;
  if (shape < 1) return gammaVariate(shape + 1, random) * random.uniform() ** (1 / shape);
  const centre = shape - 1 / 3;
  const width = 1 / Math.sqrt(9 * centre);
  for (;;) {
    const x = random.normal();
    const root = 1 + width * x;
    if (root <= 0) continue;
    const cube = root ** 3;
    if (Math.log(random.uniform()) < (x * x) / 2 + centre * (1 - cube + Math.log(cube))) return centre * cube;
  }
}

/** A chi variate: the length of a standard normal vector of a dimension that need not be an integer. */
export function chiVariate(dimension: number, random: Random): number {
  return Math.sqrt(2 * gammaVariate(dimension / 2, random));
}

/** The cosine and the sine of an angle whose squared cosine is a beta variate with the two shapes. */
export function betaAngle(first: number, second: number, random: Random): { cosine: number; sine: number } {
  const x = gammaVariate(first, random);
  const y = gammaVariate(second, random);
  return { cosine: Math.sqrt(x / (x + y)), sine: Math.sqrt(y / (x + y)) };
}
