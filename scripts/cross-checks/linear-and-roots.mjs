// Linear algebra by its several algorithms, products of polynomials, isolation of real roots by two methods and by Sturm's
// sequence, and arithmetic of algebraic numbers against double precision.

export default async (load) => {
  const { ZZ, QQ } = await load("rings");
  const linear = await load("linear");
  const { integerPoly: Z } = await load("univariate");
  const roots = await load("roots");

  const big = (random, bits) => {
    let value = 0n;
    for (let b = 0; b < bits; b += 20) value = (value << 20n) | BigInt(random.integer(0, 2 ** 20 - 1));
    return random.integer(0, 1) === 0 ? value : -value;
  };
  const entry = (random, bits) =>
    random.integer(0, 4) === 0 ? 0n : big(random, random.integer(0, 1) === 0 ? 4 : bits);
  const matrix = (random, m, n, bits) =>
    Array.from({ length: m }, () => Array.from({ length: n }, () => entry(random, bits)));
  const text = (value) => JSON.stringify(value, (_, x) => (typeof x === "bigint" ? `${x}` : x));
  const times = (a, x) => a.map((row) => row.reduce((sum, c, j) => sum + c * x[j], 0n));
  const same = (a, b) => a.length === b.length && a.every((c, k) => c === b[k]);

  const determinants = (random) => {
    const n = random.integer(1, 9);
    const a = matrix(random, n, n, 80);
    if (random.integer(0, 3) === 0 && n > 1) a[n - 1] = a[0].map((c, j) => 3n * c - (n > 2 ? a[1][j] : 0n));
    const expected = linear.determinantByBareiss(ZZ, a);
    const others = [linear.determinant(a), linear.determinantByRemainders(a), linear.determinantByLifting(a)];
    if (others.some((d) => d !== expected)) return `determinants of ${text(a)}: ${text([expected, ...others])}`;
    if ((linear.rank(a) === n) !== (expected !== 0n)) return `rank of ${text(a)}`;
    return true;
  };

  const systems = (random) => {
    const [m, n] = [random.integer(1, 8), random.integer(1, 8)];
    const a = matrix(random, m, n, 60);
    const b = random.integer(0, 1) === 0 ? times(a, matrix(random, 1, n, 20)[0]) : matrix(random, 1, m, 60)[0];
    const [x, y] = [linear.solve(a, b), linear.solveByBareiss(ZZ, a, b)];
    if ((x === undefined) !== (y === undefined)) return `solvable or not: ${text([a, b])}`;
    for (const s of [x, y]) {
      if (s === undefined) continue;
      if (
        !same(
          times(a, s.numerators),
          b.map((c) => c * s.denominator),
        )
      )
        return `solution of ${text([a, b])}: ${text(s)}`;
    }
    const basis = linear.nullspace(a);
    if (basis.length + linear.rankByBareiss(ZZ, a) !== n) return `dimension of the nullspace of ${text(a)}`;
    if (basis.some((v) => times(a, v).some((c) => c !== 0n))) return `nullspace of ${text(a)}`;
    return true;
  };

  const polynomial = (random, degree, bits) => {
    const c = Array.from({ length: degree + 1 }, () => entry(random, bits));
    return Z.trim(c);
  };

  const products = (random) => {
    const [p, q] = [polynomial(random, random.integer(0, 45), 120), polynomial(random, random.integer(0, 45), 120)];
    if (p.length === 0 || q.length === 0) return undefined;
    const expected = Z.multiplyBySchoolbook(p, q);
    if (!same(Z.multiplyByKronecker(p, q), expected) || !same(Z.mul(p, q), expected))
      return `product of ${text([p, q])}`;
    return true;
  };

  /** The number of distinct real roots by Sturm's theorem, with a sequence of pseudo-remainders. */
  const sturm = (p) => {
    const sequence = [p, Z.derivative(p)];
    for (;;) {
      const [a, b] = sequence.slice(-2);
      if (b.length === 0) break;
      const { remainder } = Z.pseudoDivide(a, b);
      const flip = Z.leadingCoefficient(b) < 0n && (a.length - b.length + 1) % 2 === 1;
      if (remainder.length === 0) break;
      const next = Z.primitive(remainder);
      const negative = remainder.at(-1) < 0n !== flip;
      sequence.push(negative ? next : Z.negate(next));
    }
    const changes = (side) => {
      let count = 0;
      let last = 0;
      for (const s of sequence) {
        if (s.length === 0) continue;
        const sign = (s.at(-1) > 0n ? 1 : -1) * (side < 0 && s.length % 2 === 0 ? -1 : 1);
        if (last !== 0 && sign !== last) count++;
        last = sign;
      }
      return count;
    };
    return changes(-1) - changes(1);
  };

  const isolation = (random) => {
    let p = polynomial(random, random.integer(2, 20), random.integer(0, 1) === 0 ? 8 : 100);
    if (random.integer(0, 2) === 0) {
      const c = big(random, 10);
      const n = random.integer(3, 15);
      p = Z.add([...new Array(n).fill(0n), 1n], Z.scale(Z.pow([-1n, c], 2), -2n));
    }
    p = Z.squareFreePart(p);
    if (p.length < 3) return undefined;
    const found = roots.isolateRealRoots(p);
    if (found.length !== sturm(p)) return `number of real roots of ${text(p)}: ${found.length}, not ${sturm(p)}`;
    for (const [k, { lower, upper }] of found.entries()) {
      if (k > 0 && QQ.compare(found[k - 1].upper, lower) > 0) return `order of the intervals of ${text(p)}`;
      const [s, t] = [Z.signAt(p, lower), Z.signAt(p, upper)];
      if (QQ.equals(lower, upper) ? s !== 0 : s * t > 0) return `interval ${k} of ${text(p)}`;
    }
    const decimals = roots.realRootDecimals(p, 20);
    return decimals.length === found.length ? true : `decimals of ${text(p)}`;
  };

  const reals = roots.algebraicField();
  const algebraic = (random) => {
    const pick = () => {
      const all = roots.algebraicRoots(polynomial(random, random.integer(1, 3), 4).concat([1n]));
      return all[random.integer(0, Math.max(0, all.length - 1))];
    };
    const [a, b] = [pick(), pick()];
    if (a === undefined || b === undefined) return undefined;
    const [x, y] = [roots.algebraicToNumber(a), roots.algebraicToNumber(b)];
    const near = (c, value) =>
      Math.abs(roots.algebraicToNumber(c) - value) <= 1e-12 * (1 + Math.abs(x) + Math.abs(y)) ** 2;
    if (!near(reals.add(a, b), x + y)) return `sum of ${text([a, b])}`;
    if (!near(reals.mul(a, b), x * y)) return `product of ${text([a, b])}`;
    if (reals.compare(a, b) !== reals.sign(reals.sub(a, b))) return `order of ${text([a, b])}`;
    if (!reals.isZero(b) && !reals.equals(reals.mul(reals.div(a, b), b), a)) return `quotient of ${text([a, b])}`;
    return true;
  };

  return [
    { name: "determinants", share: 4, check: determinants },
    { name: "linear-systems", share: 4, check: systems },
    { name: "products", share: 4, check: products },
    { name: "real-roots", share: 4, check: isolation },
    { name: "algebraic-numbers", share: 1, check: algebraic },
  ];
};
