// Exact: the critical points of a curve, complete, in disjoint intervals and discs.
import { QQ, type Rational } from "../rings/index.js";
import {
  checkResultant,
  claim,
  compareRoot,
  divides,
  factorsOf,
  isIrreducible,
  narrowed,
  primitive,
  type RealRoot,
  signAt,
  valuation,
  variations,
} from "./algebra.js";
import { dyadic, minus, norm, type Point, pellet, scaled, taylor } from "./discs.js";
import {
  add,
  type Dense,
  dense,
  derivative,
  fromRows,
  integers,
  list,
  mul,
  natural,
  object,
  type Poly,
  parseFraction,
  product,
  rationalOf,
  rows,
  substitute,
  textOf,
} from "./polynomial.js";

/** A factor of the resultant of P and dP/dm: how often it divides the discriminant of P, and its leading coefficient. */
export interface Factor {
  readonly f: Dense;
  readonly inDiscriminant: number;
  readonly inLeading: number;
  /** How many of the coefficients of the highest powers of m it divides. */
  readonly atInfinity: number;
  readonly irreducible: boolean;
  /** Whether simple crossings of sheets are proved to be all of its part of the discriminant: nothing ramifies there. */
  readonly crossings: boolean;
}

export interface Critical {
  readonly curve: Poly;
  readonly factors: readonly Factor[];
  /** All of them, from left to right. */
  readonly real: readonly { readonly factor: Factor; readonly root: RealRoot }[];
  /** All of them in the open upper half-plane, each alone in its disc. */
  readonly upper: readonly { readonly factor: Factor; readonly at: Point; readonly radius: Rational }[];
}

/** Proves every claim of a step on the critical points of a curve in z and m. */
export function checkCritical(curve: Poly, step: unknown): Critical {
  const given = object(step, "kind", "of", "factors", "cuts", "discs", "crossings");
  const pairs = factorsOf(given.factors);
  checkResultant(curve, derivative(curve, "m"), "m", pairs);
  const coefficients = rows(curve, "m").map((row) => dense(row, "z"));
  const leading = coefficients.at(-1)!;
  const factors = pairs.map(([p, power], index): Factor => {
    const f = dense(p, "z");
    claim(f.length > 1 && f.every((c, k) => c === primitive(f)[k]), "a factor of the resultant is not primitive in z");
    const [inLeading, irreducible] = [valuation(leading, f), isIrreducible(f)];
    const own = list(given.crossings).filter((entry) => natural(list(entry, 3)[0]) === index);
    const inDiscriminant = power - inLeading;
    const atInfinity = [...coefficients].reverse().findIndex((row) => !divides(f, row));
    if (own.length > 0) {
      claim(
        own.length === 1 || irreducible,
        "several crossings are given over a factor that is not proved irreducible",
      );
      claim(2 * own.length === inDiscriminant, "the crossings are not all of the multiplicity in the discriminant");
      checkCrossings(curve, f, own);
    }
    return { f, inDiscriminant, inLeading, atInfinity, irreducible, crossings: own.length > 0 };
  });
  const shared = factors.reduce((sum, { f, inLeading }) => sum + inLeading * (f.length - 1), 0);
  claim(shared === leading.length - 1, "a factor of the resultant divides the leading coefficient in part only");
  const whole = dense(product(pairs.map(([p]) => [p, 1] as const)), "z");
  const real = realRoots(
    whole,
    factors.map(({ f }) => f),
    list(given.cuts).map(rationalOf),
  );
  const upper = upperRoots(
    whole,
    factors,
    list(given.discs).map((disc) => integers(disc, 4)),
  );
  claim(real.length + 2 * upper.length === whole.length - 1, "the critical points that are given are not all of them");
  return { curve, factors, real: real.map(({ index, root }) => ({ factor: factors[index]!, root })), upper };
}

/** Proves that the curve is singular at m = value (or 1/m = value) over the roots of f, at each of them in another point. */
function checkCrossings(curve: Poly, f: Dense, entries: readonly unknown[]): void {
  const points = entries.map((entry) => {
    const [, chart, value] = list(entry, 3).map(textOf);
    const m = parseFraction(value!);
    const p = chart === "m" ? curve : fromRows(rows(curve, "m").reverse(), "m");
    claim(
      [p, derivative(p, "m"), derivative(p, "z")].every((q) => divides(f, dense(substitute(q, { m }), "z"))),
      "a point that is given as a crossing is none",
    );
    return { chart, m };
  });
  const differ = (a: (typeof points)[0], b: (typeof points)[0]): boolean =>
    a.chart === b.chart && !divides(f, dense(add(mul(a.m.num, b.m.den), mul(b.m.num, a.m.den), -1n), "z"));
  claim(
    points.every((a, k) => points.slice(0, k).every((b) => differ(a, b))),
    "two crossings are not shown to differ",
  );
}

/** All real roots of a product of factors, by the rule of signs between neighbouring cuts; rational ones may be cuts. */
export function realRoots(
  whole: Dense,
  factors: readonly Dense[],
  cuts: readonly Rational[],
): readonly { index: number; root: RealRoot }[] {
  const found: { index: number; root: RealRoot }[] = [];
  claim(cuts.length > 0 && variations(whole, undefined, cuts[0]) === 0, "there may be roots before the first cut");
  for (const [k, cut] of cuts.entries()) {
    for (const [index, f] of factors.entries()) {
      if (signAt(f, cut) !== 0) continue;
      claim(f.length === 2, "a cut is a root of a factor that is not linear");
      found.push({ index, root: { f, lower: cut, upper: cut } });
    }
    const next = cuts[k + 1];
    claim(next === undefined || QQ.compare(cut, next) < 0, "the cuts do not ascend");
    const count = variations(whole, cut, next);
    claim(count <= (next === undefined ? 0 : 1), `the signs do not tell the roots after the cut ${QQ.toText(cut)}`);
    if (count === 0) continue;
    const index = factors.findIndex((f) => variations(f, cut, next) === 1);
    claim(index >= 0, "a root of the product belongs to no factor");
    const [f, width] = [factors[index]!, QQ.mul(QQ.sub(next!, cut), dyadic(1n, 80))];
    const value = f.length === 2 ? QQ.fromRatio(-f[0]!, f[1]!) : cut;
    found.push({
      index,
      root: f.length === 2 ? { f, lower: value, upper: value } : narrowed({ f, lower: cut, upper: next! }, width),
    });
  }
  return found;
}

/** Disjoint discs in the upper half-plane with one root of the product each; re, im and radius in units of 2^-bits. */
function upperRoots(
  whole: Dense,
  factors: readonly Factor[],
  discs: readonly (readonly bigint[])[],
): Critical["upper"] {
  const found = discs.map((numbers) => {
    const [re, im, radius, places] = numbers as [bigint, bigint, bigint, bigint];
    const bits = natural(String(places));
    const holdsOne = (f: Dense): boolean =>
      pellet(
        taylor(
          f.map((c) => [c]),
          bits,
          { re: 0n, im: 0n },
          { re, im },
        ),
        1,
        0n,
        radius,
      );
    claim(
      im > radius && radius > 0n && holdsOne(whole),
      "a disc is not shown to hold one critical point of the upper half-plane",
    );
    const factor = factors.find(({ f }) => holdsOne(f));
    claim(factor !== undefined, "a root in a disc belongs to no factor");
    return { factor, at: scaled({ re, im }, bits), radius: dyadic(radius, bits) };
  });
  const apart = (a: Critical["upper"][0], b: Critical["upper"][0]): boolean =>
    QQ.compare(norm(minus(a.at, b.at)), QQ.pow(QQ.add(a.radius, b.radius), 2)) > 0;
  claim(
    found.every((a, k) => found.slice(0, k).every((b) => apart(a, b))),
    "two discs of critical points overlap",
  );
  return found;
}

/** How many real critical points are below x; undefined when x is one. */
export function cellOf(critical: Critical, x: Rational): number | undefined {
  const order = critical.real.map(({ root }) => compareRoot(root, x));
  return order.includes(0) ? undefined : order.filter((side) => side < 0).length;
}
