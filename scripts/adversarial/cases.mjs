// Laws near every cliff, made at random. A case is known by the seed and its number.
import { choices } from "../fuzz/random.mjs";

/** The names of the cliffs, in the order of the table. */
export const cliffs = [
  "cusp within 1e-12",
  "gap of 1e-9",
  "coincident edges",
  "hidden components",
  "scales 1e±100",
  "degrees to (8, 10)",
  "200 digits",
  "border of a domain",
  "no physical branch",
  "no measure",
  "several branches",
  "horizon",
  "events",
];

/**
 * A case: `law` is its text, and where it is a composition that can be computed without a curve, `transform` is a function of GP that
 * gives m in the upper half-plane. `moments` single out the branch for the judge, who computes with `digits` digits. `conjugates`: instead of `law`,
 * a product of two conjugate curves in z, m and s_, s_² = k, the sign of s_ in the mean and the mean without it.
 */
export function adversarialCase(seed, number) {
  const random = choices(Math.imul(seed, 0x9e3779b1) + number);
  const cliff = cliffs[number % cliffs.length];
  return { number, cliff, moments: [], digits: 150, ...makers[cliff](random) };
}

// Exact rational numbers, as pairs of bigints.
const gcd = (a, b) => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const frac = (num, den = 1n) => {
  const g = gcd(num, den) * (den < 0n ? -1n : 1n);
  return [num / g, den / g];
};
const q = (num, den = 1) => frac(BigInt(num), BigInt(den));
const plus = ([a, b], [c, d]) => frac(a * d + c * b, b * d);
const times = ([a, b], [c, d]) => frac(a * c, b * d);
const minus = (x, y) => plus(x, times(q(-1), y));
const over = (x, [c, d]) => times(x, frac(d, c));
const text = ([a, b]) => (b === 1n ? `${a}` : `${a}/${b}`);
const tenTo = (k) => (k >= 0 ? frac(10n ** BigInt(k)) : frac(1n, 10n ** BigInt(-k)));

// Laws, each as a text of the input language and as a function of GP.
const pairs = (list) => `[${list.map(([x, w]) => `[${text(x)}, ${text(w)}]`).join(", ")}]`;
const semicircle = (v) => ({ law: `semicircle(${text(v)})`, gp: `(w->mSemicircle(${text(v)},w))` });
const mp = (c) => ({ law: `mp(${text(c)})`, gp: `(w->mMp(${text(c)},w))` });
const arcsine = (a, b) => ({ law: `arcsine(${text(a)}, ${text(b)})`, gp: `(w->mArcsine(${text(a)},${text(b)},w))` });
const points = (list) => ({ law: `atoms(${pairs(list)})`, gp: `(w->mAtoms(${pairs(list)},w))` });
const deformed = (v, list) => ({
  law: `deformedWigner(${text(v)}, ${pairs(list)})`,
  gp: `(w->mDeformed(${text(v)},${pairs(list)},w))`,
});
const compound = (rate, list) => ({
  law: `compoundFreePoisson(${text(rate)}, ${pairs(list)})`,
  gp: `(w->mCompound(${text(rate)},${pairs(list)},w))`,
});
const silverstein = (c, list) => ({
  law: `silverstein(${text(c)}, ${pairs(list)})`,
  gp: `(w->mSilverstein(${text(c)},${pairs(list)},w))`,
});
const shift = (f, b) => ({ law: `shift(${f.law}, ${text(b)})`, gp: `(w->mShift(${f.gp},${text(b)},w))` });
const scale = (f, a) => ({ law: `scale(${f.law}, ${text(a)})`, gp: `(w->mScale(${f.gp},${text(a)},w))` });
const mix = (p, f, g) => ({
  law: `mix(${text(p)}, ${f.law}, ${g.law})`,
  gp: `(w->mMix(${text(p)},${f.gp},${g.gp},w))`,
});
const sum = (f, g) => ({ law: `freeSum(${f.law}, ${g.law})`, gp: `(w->mSum(${f.gp},${g.gp},w))` });
const power = (f, s) => ({ law: `power(${f.law}, ${text(s)})`, gp: `(w->mPower(${f.gp},${text(s)},w))` });
const known = ({ law, gp }) => ({ law, transform: gp });

const fraction = ({ below }) => q(1 + below(9), 1 + below(9));
const share = ({ below }) => {
  const den = 2 + below(7);
  return q(1 + below(den - 1), den);
};
/** n different points with weights that sum to one. */
const population = (random, n, positive = false) => {
  const places = new Set();
  while (places.size < n) places.add(random.below(17) - (positive ? -1 : 8));
  const weights = random.times(n, () => 1 + random.below(5));
  const total = weights.reduce((a, b) => a + b, 0);
  return [...places].map((x, k) => [q(x, positive ? 4 : 2), q(weights[k], total)]);
};
const quadratic = (random) =>
  random.one([
    () => semicircle(fraction(random)),
    () => mp(fraction(random)),
    () => {
      const a = random.below(7) - 3;
      return arcsine(q(a), q(a + 1 + random.below(3)));
    },
  ])();

/** Two atoms plus a semicircle of exactly the variance at which its two bulks touch: weights as cubes make it rational. */
function touchingWigner({ below }) {
  const [s, t] = [1 + below(4), 1 + below(4)];
  const [a, gap] = [q(below(9) - 4), q(1 + below(4), 1 + below(3))];
  const b = plus(a, gap);
  const total = s ** 3 + t ** 3;
  const [left, right] = [q(s ** 3, total), q(t ** 3, total)];
  const centre = over(plus(times(a, q(t)), times(b, q(s))), q(s + t));
  const inverseSquare = (x) => over(q(1), times(minus(x, centre), minus(x, centre)));
  const v = over(q(1), plus(times(left, inverseSquare(a)), times(right, inverseSquare(b))));
  return {
    v,
    list: [
      [a, left],
      [b, right],
    ],
  };
}

/** A compound free Poisson law whose two upper bulks touch exactly: z(m) = −1/m + rate·sum w t/(1 + t m) has z' = z'' = 0 at m = −1. */
function touchingPoisson({ below }) {
  // With u = t m/(1 + t m): rate·sum w u² = 1 = rate·sum w u³ for one u below 0 and one above 1.
  const [u1, u2] = [q(-1 - below(5), 1 + below(5)), plus(q(1), q(1 + below(5), 1 + below(5)))];
  const square = (u) => times(u, u);
  const rest = (u) => times(square(u), minus(u, q(1)));
  const ratio = over(times(q(-1), rest(u2)), rest(u1)); // weight of u1 : weight of u2, both positive
  const total = plus(ratio, q(1));
  const [w1, w2] = [over(ratio, total), over(q(1), total)];
  const rate = over(q(1), plus(times(w1, square(u1)), times(w2, square(u2))));
  // t m = u/(1 − u) with m = −1.
  const jump = (u) => times(q(-1), over(u, minus(q(1), u)));
  return {
    rate,
    list: [
      [jump(u1), w1],
      [jump(u2), w2],
    ],
  };
}

const digitsOf = ({ below, times: repeat }, n) => BigInt(`${1 + below(9)}${repeat(n - 1, () => below(10)).join("")}`);
const long = (random, n = 200) => {
  const den = digitsOf(random, n);
  return frac((den * BigInt(1 + random.below(40))) / 10n + digitsOf(random, n - 3), den);
};

const polynomials = {
  "semicircle(1)": "(m^2 + z*m + 1)",
  "mp(1/2)": "(m^2*z + 2*m*z - m + 2)",
  "fussCatalan(2)": "(m^3*z^2 - m*z - 1)",
  "bures()": "(2*m^3*z^2 + m^2*z^2 - 1)",
  "arcsine(-2, 2)": "(m^2*z^2 - 4*m^2 - 1)",
  "kestenMcKay(3)": "(m^2*(9 - z^2) + m*z + 2)",
  "deformedWigner(1, [[-1, 1/2], [1, 1/2]])": "(m^3 + 2*z*m^2 + z^2*m + z)",
};
/** Their means. */
const means = [0, 1, 1, 1, 0, 0, 0];
const curveOf = (random) => random.one(Object.values(polynomials));

const makers = {
  "cusp within 1e-12"(random) {
    const near = (x) => {
      const sign = random.one([-1, 0, 1]);
      return plus(x, times(times(x, q(sign)), tenTo(-random.one([12, 13, 14, 16, 20, 30, 40]))));
    };
    if (random.chance(0.5)) {
      const { v, list } = touchingWigner(random);
      return known(deformed(near(v), list));
    }
    const { rate, list } = touchingPoisson(random);
    return known(compound(near(rate), list));
  },
  "gap of 1e-9"(random) {
    const tiny = times(q(1 + random.below(9)), tenTo(-random.one([6, 7, 8, 9, 10, 12])));
    return random.one([
      () => {
        const { v, list } = touchingWigner(random);
        return known(deformed(minus(v, times(v, tiny)), list));
      },
      () => {
        const { rate, list } = touchingPoisson(random);
        return known(compound(minus(rate, times(rate, tiny)), list));
      },
      () => known(mix(share(random), arcsine(q(0), q(1)), arcsine(plus(q(1), tiny), q(2 + random.below(3))))),
      () => {
        // Edges at ±2 sqrt(v) are rational for a square.
        const side = q(1 + random.below(3), 2);
        const other = q(1 + random.below(3), 2);
        const apart = plus(times(q(2), plus(side, other)), tiny);
        return known(mix(share(random), semicircle(times(side, side)), shift(semicircle(times(other, other)), apart)));
      },
    ])();
  },
  "coincident edges"(random) {
    const side = q(1 + random.below(3), 2);
    const round = semicircle(times(side, side));
    const edge = times(q(2), side);
    return known(
      random.one([
        () => mix(share(random), arcsine(q(-1), q(0)), arcsine(q(0), q(1 + random.below(3)))),
        () => mix(share(random), arcsine(times(q(-1), edge), edge), round),
        () => mix(share(random), round, arcsine(edge, plus(edge, q(1)))),
        () => mix(share(random), shift(round, edge), mp(q(1))),
        () => mix(share(random), points([[edge, q(1)]]), round),
        () => mix(share(random), mp(q(1, 4)), shift(round, minus(q(1, 4), edge))),
        () =>
          sum(
            points([
              [q(0), q(1, 2)],
              [q(1), q(1, 2)],
            ]),
            arcsine(q(0), q(1)),
          ),
        () => mix(share(random), shift(mp(q(1)), q(-4)), arcsine(q(0), q(4))),
      ])(),
    );
  },
  "hidden components"(random) {
    const law = quadratic(random);
    return random.one([
      () => ({ law: `curve("${curveOf(random)}^2")` }),
      () => ({ law: `curve("${curveOf(random)}*${curveOf(random)}")` }),
      () => ({ law: `curve("${curveOf(random)}*(z - ${random.below(9)})*(m + ${1 + random.below(5)})")` }),
      () => ({ law: `curve("${curveOf(random)}^2*(z*m + ${1 + random.below(3)})")` }),
      () => known(mix(share(random), law, law)),
      () => known(sum(law, law)),
      () => {
        const list = [
          [q(-1), q(1, 2)],
          [q(1), q(1, 2)],
        ];
        return known(sum(points(list), scale(points(list), q(1 + random.below(3)))));
      },
      () => known(mix(q(1, 2), shift(law, q(1)), shift(law, q(-1)))),
      () => known(power(law, q(2))),
      () => ({ law: `square(${semicircle(fraction(random)).law})` }),
    ])();
  },
  "scales 1e±100"(random) {
    const base = random.one([
      () => quadratic(random),
      () => deformed(fraction(random), population(random, 2)),
      () => mix(share(random), quadratic(random), quadratic(random)),
      () => compound(fraction(random), population(random, 2, true)),
    ])();
    const size = random.one([-100, -60, -20, 20, 60, 100]);
    const scaled = scale(base, times(q(random.one([1, -1, 3])), tenTo(size)));
    if (random.chance(0.5)) return known(scaled);
    const place = random.one([-100, -50, 0, 50, 100]);
    const law = known(shift(scaled, times(tenTo(place), q(random.one([1, -7])))));
    // Far from the origin beside its size a law needs the digits of both.
    const digits = 150 + 2 * Math.max(0, place - size);
    return { ...law, digits };
  },
  "degrees to (8, 10)"(random) {
    return known(
      random.one([
        () => deformed(fraction(random), population(random, 4 + random.below(4))),
        () => compound(fraction(random), population(random, 4 + random.below(4), true)),
        () => silverstein(fraction(random), population(random, 3 + random.below(4), true)),
        () =>
          mix(share(random), deformed(fraction(random), population(random, 2 + random.below(3))), quadratic(random)),
        () => mix(share(random), mix(share(random), quadratic(random), quadratic(random)), quadratic(random)),
        () => sum(quadratic(random), deformed(fraction(random), population(random, 2))),
        () => sum(points(population(random, 3)), quadratic(random)),
        () => sum(points(population(random, 2)), points(population(random, 3))),
      ])(),
    );
  },
  "200 digits"(random) {
    const n = random.one([50, 200, 200]);
    return known(
      random.one([
        () => mp(long(random, n)),
        () => semicircle(long(random, n)),
        () => shift(mp(long(random, n)), long(random, n)),
        () => {
          const w = frac(digitsOf(random, n), 10n ** BigInt(n));
          return deformed(long(random, n), [
            [times(q(-1), long(random, n)), w],
            [long(random, n), minus(q(1), w)],
          ]);
        },
        () => arcsine(times(q(-1), long(random, n)), long(random, n)),
        () => compound(long(random, n), [[long(random, n), q(1)]]),
        () => mix(frac(digitsOf(random, n), 10n ** BigInt(n)), mp(long(random, n)), semicircle(fraction(random))),
      ])(),
    );
  },
  "border of a domain"(random) {
    const tiny = tenTo(-random.one([9, 12, 15, 20, 30, 50]));
    const near = (x) => plus(x, times(tiny, q(random.one([-1, 0, 1]))));
    const above = (x) => plus(x, times(tiny, q(random.one([0, 1]))));
    return random.one([
      () => known(mp(near(q(1)))),
      () => known(mp(tiny)),
      () => known(mp(over(q(1), tiny))),
      () => known(arcsine(q(0), tiny)),
      () => ({ law: `kestenMcKay(${text(above(q(2)))})` }),
      () => ({ law: `wachter(${text(near(q(1)))}, ${text(near(q(1)))})` }),
      () => ({ law: `wachter(${text(plus(q(1, 2), tiny))}, 1/2)` }),
      () => ({ law: `freeMeixner(${random.below(5) - 2}, ${text(above(q(-1)))})` }),
      () => ({ law: `freeMeixner(${text(near(q(2)))}, ${text(near(q(0)))})` }),
      () => ({ law: `inverseMp(${text(minus(q(1), tiny))})` }),
      () => known(compound(near(q(1)), population(random, 2, true))),
      () => known(mix(tiny, quadratic(random), quadratic(random))),
      () =>
        known(
          deformed(tiny, [
            [q(-1), q(1, 2)],
            [q(1), q(1, 2)],
          ]),
        ),
      () => known(silverstein(near(q(1)), population(random, 2, true))),
      () => known(power(quadratic(random), plus(q(1), tiny))),
      () => ({ law: `compress(${quadratic(random).law}, ${text(tiny)})` }),
      () => ({ law: `freeLevy(0, ${text(tiny)}, ${text(near(q(1)))}, [[1, 1]])` }),
    ])();
  },
  "no physical branch"(random) {
    const k = 2 + random.below(4);
    return random.one([
      // The mass is not one.
      () => ({ law: `curve("${curveOf(random).replaceAll("m", `(${k}*m)`)}")` }),
      // Cauchy laws, whose one branch has the moments ±i.
      () => ({ law: `curve("(z^2 + ${k * k})*m^2 + 2*z*m + 1")` }),
      // Unbounded supports.
      () => ({ law: `inverse(mp(1))`, outside: true }),
      () => ({ law: `inverse(fussCatalan(${k}))`, outside: true }),
      () => ({ law: `curve("m^${k} - z")` }),
      () => ({ law: `curve("z^${k}*m^${k + 1} + m + ${k}")` }),
      () => ({ law: `curve("(z*m + 1)^${k} - m^${k + 1}*z")` }),
      () => ({ law: `curve("(z^2 - ${k})*m^2 + 2*z*m + 1")` }),
      () => ({ law: `curve("m^3*z^2 + ${k}*m^2 + z*m + ${k + 1}")` }),
      () => ({ law: `curve("m^2*z + z^2*m + ${k}*z + ${random.below(9)}")` }),
    ])();
  },
  "no measure"(random) {
    const size = random.one(["1e-1", "-1e-1", "1e-3", "-1e-3", "1e-9", "-1e-9", "1e-12", "-1e-12", "1"]);
    const law = random.one([
      () => quadratic(random),
      () => mix(share(random), quadratic(random), quadratic(random)),
      () => deformed(fraction(random), population(random, 2)),
    ])();
    return random.one([
      // A term of lower weight than those that fix −1/z at infinity.
      () => ({
        law: `curve("${curveOf(random)} + (${size})*${random.one(["m", "m^2", "m^3", "m^2*z", "m^4", "m^4*z"])}")`,
      }),
      () => ({ law: `curve("${curveOf(random)} + (${size})*m^2*(z*m + 1)")` }),
      () => ({ law: `decompress(${law.law}, ${random.one(["9/8", "3/2", "2", "5", "1.000001"])})` }),
      () => ({ law: `power(${law.law}, ${random.one(["1/2", "2/3", "9/10", "0.999999"])})` }),
      () => ({ law: `companion(${law.law}, ${random.one(["1/2", "2", "1/5"])})` }),
      () => ({ law: `deform(${law.law}, ${random.one(["1/2", "2"])}, ${random.one(["2", "1/2", "3/2"])})` }),
    ])();
  },
  "several branches"(random) {
    const k = random.one([2, 3, 5]);
    const sign = random.one([1, -1]);
    const size = random.one([q(k), q(1, k), q(1, 10)]);
    const square = text(times(size, size));
    const asked = (polynomial, moments) => ({
      law: `curve("${polynomial}", [${moments.map(text).join(", ")}])`,
      moments: moments.map(text),
    });
    return random.one([
      () => {
        const [mean, polynomial] = random.one(means.map((value, i) => [value, Object.values(polynomials)[i]]));
        const moved = (by) => polynomial.replaceAll("z", `(z ${by} s_)`);
        return { conjugates: [`${moved("+")}*${moved("-")}`, k, sign, mean] };
      },
      // m = (−z ± a/sqrt(z² − 4))/(z² − 1).
      () => asked(`(m*(z^2 - 1) + z)^2*(z^2 - 4) - ${square}`, [q(0), plus(q(1), times(q(sign), size))]),
      // m = (−1 ± a/sqrt(z² − 4))/z.
      () => ({ law: `curve("(z^2 - 4)*(z*m + 1)^2 - ${square}")` }),
      () => asked(`(z^2 - 4)*(z*m + 1)^2 - ${square}`, [times(q(sign), size)]),
      () => asked(`(z^2 - ${k})*m^2 + 2*z*m + 1`, [q(0), q(k)]),
      () => asked(`(z*m + 1)^2*z^2 - m^2*(z^2 + ${k})`, [q(sign)]),
      // One rational mean and two that are not real.
      () => ({ law: `curve("(z*m + 1)^3 - ${k ** 3}*m^3 + m^5")` }),
      // The signed mixture of two conjugate laws.
      () => asked(`(m*(z^2 - ${k}) + z)^2*(z^2 - 4) - ${square}*(z^2 - 3)`, [times(q(sign), size)]),
    ])();
  },
  horizon(random) {
    return { ...flowing(random), flow: "horizon" };
  },
  events(random) {
    return { ...flowing(random), flow: "events" };
  },
};

const flowing = (random) =>
  known(
    random.one([
      () => quadratic(random),
      () => deformed(fraction(random), population(random, 2)),
      () => compound(fraction(random), population(random, 2, true)),
      () => points(population(random, 2 + random.below(2))),
      () => mix(share(random), quadratic(random), points(population(random, 1))),
      () => sum(quadratic(random), points(population(random, 2))),
    ])(),
  );
