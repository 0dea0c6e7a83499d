// Which claims of an answer follow from which steps: every field of it is computed again and compared.
import { QQ, type Rational, rationalToDecimal } from "../rings/index.js";
import {
  claim,
  compareRoot,
  divides,
  isExact,
  isIrreducible,
  narrowed,
  primitive,
  type RealRoot,
  signAt,
  variations,
} from "./algebra.js";
import type { Critical } from "./critical.js";
import type { Derived } from "./derivation.js";
import { dyadic, type Point, real, valueAt, within } from "./discs.js";
import {
  add,
  type Dense,
  degree,
  dense,
  list,
  natural,
  object,
  parsePoly,
  rationalOf,
  textOf,
  variablesOf,
} from "./polynomial.js";
import { type Disc, exponentAt, isRegularAt, passes, poleAt, type Sheet, staysAway, transformAt } from "./sheet.js";

/** What a verdict says beside yes or no. */
export interface Findings {
  readonly digits: number;
  readonly verified: string[];
  readonly notCovered: string[];
}

/** An algebraic number of an answer is the given root: its polynomial, an interval with no other root, and correctly rounded digits. */
export function checkNumber(given: unknown, root: RealRoot, irreducible: boolean, to: Findings): void {
  const { value, interval, minimalPolynomial } = object(given, "value", "interval", "minimalPolynomial");
  const p = dense(parsePoly(minimalPolynomial), "x");
  const [low, high] = list(interval, 2).map(rationalOf) as [Rational, Rational];
  claim(p.at(-1)! > 0n && same(p, root.f), "a minimal polynomial of the answer is not that of the number");
  if (isExact(root)) {
    const exact = [low, high].every((end) => QQ.equals(end, root.lower)) && value === QQ.toText(root.lower);
    claim(exact, "a rational number of the answer is another one");
    return;
  }
  const inside = compareRoot(root, low) > 0 && compareRoot(root, high) < 0;
  claim(
    inside && variations(p, low, high) === 1,
    "an interval of the answer does not hold its number, or another root too",
  );
  claim(textOf(value) === decimal(root, to.digits), "the digits of a number of the answer are not right");
  if (!irreducible) to.notCovered.push(`that ${textOf(minimalPolynomial)} is irreducible`);
}

const same = (p: Dense, q: Dense): boolean => {
  const [a, b] = [primitive(p), primitive(q)];
  return (
    p.length === q.length &&
    (a.every((c, k) => c === b[k]) || a.every((c, k) => c === -b[k]!)) &&
    a.every((c, k) => c === p[k])
  );
};

/** Correctly rounded to so many significant digits. */
function decimal(root: RealRoot, digits: number): string | undefined {
  let fine = root;
  for (let round = 0; round < 40 + digits; round++) {
    const [low, high] = [fine.lower, fine.upper].map((end) => rationalToDecimal(end, digits));
    if (low === high) return low;
    fine = narrowed(fine, QQ.mul(QQ.sub(fine.upper, fine.lower), dyadic(1n, 10)));
  }
  return undefined;
}

/** The answer of `curve`. */
export function checkCurve(answer: unknown, { curve }: Derived, to: Findings): void {
  const given = object(answer, "polynomial", "degZ", "degM", "parameters");
  claim(add(parsePoly(given.polynomial), curve, -1n).size === 0, "the polynomial of the answer is another one");
  claim(
    natural(given.degZ) === degree(curve, "z") && natural(given.degM) === degree(curve, "m"),
    "a degree of the answer is wrong",
  );
  const names = variablesOf(curve).filter((name) => name !== "z" && name !== "m");
  claim(names.sort().join() === list(given.parameters).join(), "the parameters of the answer are others");
  to.verified.push(
    "the Stieltjes transform of the law satisfies the polynomial equation, which follows from the definitions step by step",
  );
}

/**
 * That the branch is the transform of a probability measure: analytic in the upper half-plane, with a density that is nowhere negative and
 * simple real poles of positive weight [Nevanlinna]. Gives the poles.
 */
export function checkMeasure(sheet: Sheet): readonly { readonly index: number; readonly disc: Disc }[] {
  const { critical, cells } = sheet;
  claim(
    critical.upper.every((point) => isRegularAt(sheet, point)),
    "the branch is not shown to be analytic in the upper half-plane",
  );
  claim(!cells.includes("negative"), "the density is negative somewhere");
  return critical.real.flatMap(({ factor, root }, index) => {
    if (factor.inLeading === 0) return [];
    const disc = poleAt(sheet, factor.f, root);
    if (disc === "none") return [];
    claim(weightSign(sheet, index, disc) > 0, "an atom has a weight that is not positive");
    return [{ index, disc }];
  });
}

/** The sign of −(x − a)m for x next to a; y has one sign over the disc. */
function weightSign(sheet: Sheet, index: number, disc: Disc): number {
  const { root, factor } = sheet.critical.real[index]!;
  if (isExact(root)) return QQ.sign(disc.value.re) * QQ.sign(weightFactor(sheet, root.lower, factor.f));
  return -QQ.sign(transformAt(sheet, root.upper, disc).m.re);
}

/** kappa with y(a) = kappa·weight at a rational simple root a of the factor f: h(w)/(z − a) at a, times a − q. */
function weightFactor({ h, q }: Sheet, a: Rational, f: Dense): Rational {
  const w = QQ.inv(QQ.sub(a, q));
  const values = h.map((factor) => valueAt(factor, real(w)).re);
  const own = h[values.findIndex((v) => QQ.isZero(v))] ?? f;
  const slope = valueAt(own.map((c, k) => c * BigInt(k)).slice(1), real(w)).re;
  return values.filter((v) => !QQ.isZero(v)).reduce((all, v) => QQ.mul(all, v), QQ.neg(QQ.mul(w, slope)));
}

/** The weight of an atom at a rational place: a root of the fibre there, in the disc that holds one point of it. */
function checkWeight(given: unknown, sheet: Sheet, index: number, disc: Disc, to: Findings): void {
  const { root, factor } = sheet.critical.real[index]!;
  if (given === null) {
    to.notCovered.push("the weight of an atom, beyond that it is positive");
    return;
  }
  claim(isExact(root), "the weight of an atom at an irrational place is not checked");
  const kappa = weightFactor(sheet, root.lower, factor.f);
  const w = QQ.inv(QQ.sub(root.lower, sheet.q));
  // The fibre Σ row_j(w) y^j at y = kappa·x, with the common denominator taken away.
  const fibre = sheet.lifted.map((row, j) => QQ.mul(valueAt(row, real(w)).re, QQ.pow(kappa, j)));
  const common = fibre.reduce((all, c) => all * c.den, 1n);
  const equation = fibre.map((c) => (c.num * common) / c.den);
  const { interval, minimalPolynomial } = object(given, "value", "interval", "minimalPolynomial");
  const p = dense(parsePoly(minimalPolynomial), "x");
  const [low, high] = list(interval, 2).map(rationalOf) as [Rational, Rational];
  claim(divides(primitive(p), equation), "the polynomial of a weight does not divide its equation");
  const inside = [low, high].every((end) => within(real(QQ.mul(kappa, end)), disc.value, QQ.zero, disc.radius));
  claim(inside, "the interval of a weight is not in the disc of its pole");
  const exact = QQ.equals(low, high);
  claim(
    exact ? signAt(p, low) === 0 && p.length === 2 : signAt(p, low) * signAt(p, high) < 0,
    "the interval of a weight holds no root",
  );
  checkNumber(given, { f: p, lower: low, upper: high }, isIrreducible(p), to);
}

/** The answer of `support`, without masses. */
export function checkSupport(answer: unknown, sheet: Sheet, to: Findings): void {
  const given = object(answer, "intervals", "atoms", "cusps");
  const { critical, cells } = sheet;
  const poles = checkMeasure(sheet);
  const edges = critical.real.flatMap((_, k) => ((cells[k] === "zero") === (cells[k + 1] === "zero") ? [] : [k]));
  const intervals = list(given.intervals, edges.length / 2);
  for (const [k, entry] of intervals.entries()) {
    const interval = object(entry, "left", "right", "leftExponent", "rightExponent");
    for (const [side, index] of [
      ["left", edges[2 * k]!],
      ["right", edges[2 * k + 1]!],
    ] as const) {
      const { factor, root } = critical.real[index]!;
      checkNumber(interval[side], root, factor.irreducible, to);
      const exponent = interval[`${side}Exponent`];
      const proved = edgeExponent(sheet, index);
      if (exponent === null) to.notCovered.push(`the exponent of the density at the edge ${decimal(root, 6)}`);
      else
        claim(
          proved !== undefined && textOf(exponent) === QQ.toText(proved),
          "the exponent of an edge is not shown to be the one given",
        );
    }
  }
  const inside = critical.real.flatMap((_, k) => (cells[k] !== "zero" && cells[k + 1] !== "zero" ? [k] : []));
  const cusps = inside.filter((k) => isCusp(sheet, k));
  for (const [k, entry] of list(given.cusps, cusps.length).entries()) {
    const { factor, root } = critical.real[cusps[k]!]!;
    checkNumber(entry, root, factor.irreducible, to);
  }
  for (const [k, entry] of list(given.atoms, poles.length).entries()) {
    const atom = object(entry, "at", "weight");
    const { index, disc } = poles[k]!;
    checkNumber(atom.at, critical.real[index]!.root, critical.real[index]!.factor.irreducible, to);
    checkWeight(atom.weight, sheet, index, disc, to);
  }
  to.verified.push(
    "the branch m = -1/z - … of the curve is the Stieltjes transform of a probability measure",
    `the density is positive on exactly ${intervals.length} intervals, with these edges and exponents, and vanishes inside at these cusps`,
    `the measure has exactly ${poles.length} atoms, at these places and of these weights`,
  );
}

/** At a simple root of the discriminant one pair of sheets hangs together in a square root, at infinity when two sheets are there. */
function edgeExponent(sheet: Sheet, index: number): Rational | undefined {
  const { factor, root } = sheet.critical.real[index]!;
  if (!factor.irreducible) return undefined;
  if (factor.inDiscriminant === 1) return QQ.fromRatio(factor.atInfinity >= 2 ? -1n : 1n, 2n);
  return exponentAt(sheet, factor.f, factor.inLeading, root);
}

/** Whether the density vanishes at a critical point between two cells where it is positive. */
function isCusp(sheet: Sheet, index: number): boolean {
  const { factor, root } = sheet.critical.real[index]!;
  if (passes(sheet, root) || staysAway(sheet, root)) return false;
  const exponent = factor.irreducible ? exponentAt(sheet, factor.f, factor.inLeading, root) : undefined;
  claim(exponent !== undefined, `no disc shows whether the density vanishes near x = ${decimal(root, 6)}`);
  return QQ.sign(exponent) > 0;
}

/** The answer of `branch-points`. */
export function checkBranchPoints(answer: unknown, sheet: Sheet, to: Findings): void {
  const given = object(answer, "real", "complex");
  const { critical, cells } = sheet;
  const ramified = (factor: Critical["factors"][0], root?: RealRoot): boolean => {
    const { f, inDiscriminant, inLeading, crossings } = factor;
    // A cycle of sheets that a disc shows is ramified whatever the multiplicity is.
    const cycle = root !== undefined && factor.irreducible && exponentAt(sheet, f, inLeading, root) !== undefined;
    claim(
      crossings || inDiscriminant === 0 || inDiscriminant % 2 === 1 || cycle,
      "nothing shows whether sheets ramify at a multiple root",
    );
    return !crossings && inDiscriminant > 0;
  };
  const points = critical.real.flatMap(({ factor, root }, k) => (ramified(factor, root) ? [{ factor, root, k }] : []));
  for (const [i, entry] of list(given.real, points.length).entries()) {
    const { onPhysicalBoundary, ...number } = object(
      entry,
      "value",
      "interval",
      "minimalPolynomial",
      "onPhysicalBoundary",
    );
    const { factor, root, k } = points[i]!;
    checkNumber(number, root, factor.irreducible, to);
    const changes = (cells[k] === "zero") !== (cells[k + 1] === "zero");
    const branches =
      changes || (!passes(sheet, root) && exponentAt(sheet, factor.f, factor.inLeading, root) !== undefined);
    claim(
      changes || branches || passes(sheet, root),
      "nothing shows what the physical sheet does at a real branch point",
    );
    claim(onPhysicalBoundary === branches, "the physical sheet does something else at a real branch point");
  }
  const upper = critical.upper.filter(({ factor }) => ramified(factor));
  const listed = list(given.complex, 2 * upper.length).map((entry) =>
    object(entry, "re", "im", "onPhysicalSheet", "side"),
  );
  for (const point of upper) {
    claim(
      isRegularAt(sheet, point),
      "the physical sheet is not shown to be regular at a branch point of the upper half-plane",
    );
    for (const [side, im] of [
      ["above", point.at.im],
      ["below", QQ.neg(point.at.im)],
    ] as const) {
      const at = { re: point.at.re, im };
      const found = listed.filter((entry) => entry.side === side && rounds(entry, at, point.radius, to.digits));
      claim(
        found.length === 1 && found[0]!.onPhysicalSheet === false,
        "a complex branch point is missing in the answer, or wrong",
      );
    }
  }
  to.verified.push(
    `the curve has exactly ${points.length} real and ${2 * upper.length} other branch points`,
    "the physical sheet branches at the real ones so marked, and at none in the upper half-plane",
  );
}

/** Whether the texts of a complex number are its parts, each rounded correctly; 0 where the disc does not tell a part from it. */
function rounds(
  given: { readonly re: unknown; readonly im: unknown },
  at: Point,
  radius: Rational,
  digits: number,
): boolean {
  const rounded = (part: Rational): string | undefined => {
    const [low, high] = [QQ.sub(part, radius), QQ.add(part, radius)];
    if (QQ.sign(low) * QQ.sign(high) <= 0) return "0";
    const text = rationalToDecimal(low, digits);
    return text === rationalToDecimal(high, digits) ? text : undefined;
  };
  return given.re === rounded(at.re) && given.im === rounded(at.im);
}

/** The answer of `density`: rounded correctly to the digits. */
export function checkDensity(answer: unknown, sheet: Sheet, to: Findings): void {
  const given = object(answer, "x", "density");
  const places = list(given.x).map(rationalOf);
  checkMeasure(sheet);
  const pi = piBetween(to.digits);
  for (const [k, value] of list(given.density, places.length).entries()) {
    const x = places[k]!;
    const w = QQ.inv(QQ.sub(x, sheet.q));
    const below = sheet.critical.real.filter(({ root }) => compareRoot(root, x) < 0).length;
    const onPoint = sheet.critical.real.some(({ root }) => compareRoot(root, x) === 0);
    if (value === null) {
      to.notCovered.push(`the density at x = ${QQ.toText(x)}`);
      continue;
    }
    claim(!onPoint, "the density at a critical point is not checked");
    if (sheet.cells[below] === "zero") {
      claim(value === "0", "the density is zero where the answer gives another value");
      continue;
    }
    const right = sheet.discs.some((disc) => {
      if (disc.count !== 1 || disc.lifted || !within(real(w), disc.at, QQ.zero, disc.reach)) return false;
      const { m, error } = transformAt(sheet, x, disc);
      const low = rationalToDecimal(QQ.div(QQ.sub(m.im, error), pi.upper), to.digits);
      return low === value && rationalToDecimal(QQ.div(QQ.add(m.im, error), pi.lower), to.digits) === value;
    });
    claim(right, `no disc shows the digits of the density at x = ${QQ.toText(x)}`);
  }
  to.verified.push("the density at the given points, every digit rounded correctly");
}

/** Machin's formula, each arctangent to within its number of terms in the last place. */
function piBetween(digits: number): { readonly lower: Rational; readonly upper: Rational } {
  const unit = 10n ** BigInt(digits + 10);
  const arctangent = (n: bigint): bigint => {
    let [total, power, k] = [0n, unit / n, 1n];
    for (; power !== 0n; k += 2n) {
      total += (k % 4n === 1n ? power : -power) / k;
      power /= n * n;
    }
    return total;
  };
  const value = 4n * (4n * arctangent(5n) - arctangent(239n));
  const slack = 100n * BigInt(digits + 20);
  return { lower: QQ.fromRatio(value - slack, unit), upper: QQ.fromRatio(value + slack, unit) };
}
