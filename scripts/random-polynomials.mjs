// Random polynomials for the cross-checks, biased to what algorithms stumble over.

/** A small integer, sometimes a huge one, or a multiple of the first modulus of the modular algorithms. */
export function randomInteger(random) {
  const kind = random.integer(0, 19);
  if (kind === 0) return BigInt(random.integer(-(2 ** 30), 2 ** 30)) ** 3n;
  if (kind === 1) return 67108859n * BigInt(random.integer(-2, 2));
  if (kind < 8) return BigInt(random.integer(-2, 2));
  return BigInt(random.integer(-9, 9));
}

/** A sparse polynomial with at most `terms` terms of degree <= `degree` in each variable, sometimes over a denominator. */
export function randomPolynomial(poly, random, names, degree, terms) {
  const list = Array.from({ length: random.integer(1, terms) }, () => ({
    exponents: names.map(() => random.integer(0, degree)),
    coefficient: randomInteger(random),
  }));
  // A factor like y or y − 1 in some coefficients makes leading coefficients vanish where evaluation starts.
  const p = poly.polynomialFromTerms(names, list, [1n, 1n, 1n, 1n, 6n][random.integer(0, 4)]);
  if (names.length < 2 || random.integer(0, 3) > 0) return p;
  const name = names[random.integer(1, names.length - 1)];
  const factor = poly.subtract(poly.variable(name), poly.constant(random.integer(-1, 3)));
  const k = random.integer(0, degree);
  const coefficients = poly.coefficients(p, names[0]);
  return poly.fromCoefficients(
    coefficients.map((c, i) => (i >= k ? poly.multiply(c, factor) : c)),
    names[0],
  );
}
