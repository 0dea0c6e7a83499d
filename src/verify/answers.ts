// What follows from the steps: the whole answer is computed from them.
import { QQ, type Rational, rationalToDecimal } from "../rings/index.js";
import { claim, decimal, type Factor, isExact, type Root } from "./algebra.js";
import type { CriticalFactor } from "./critical.js";
import type { Derived } from "./derivation.js";
import { degree, variablesOf } from "./polynomial.js";
import { checkMeasure, exponentAt, type Place, passes, type Sheet, staysAway, weightOf } from "./sheet.js";

/** What a verdict says beside yes or no. */
export interface Findings {
  readonly digits: number;
  readonly verified: string[];
  readonly notCovered: string[];
}

/** A text, list or object of an answer; null where the steps do not show it. */
export type Shown = string | boolean | null | readonly Shown[] | { readonly [field: string]: Shown };

/** What of an answer is not shown. */
export function missingIn(shown: Shown, what: string): readonly string[] {
  if (shown === null) return [what];
  if (typeof shown !== "object") return [];
  const name = (key: string): string => (Array.isArray(shown) ? String(Number(key) + 1) : key);
  return Object.entries(shown).flatMap(([key, part]) => missingIn(part as Shown, `${what}, ${name(key)}`));
}

/** An algebraic number of an answer. */
export function numberOf(root: Root<Factor>, to: Findings): { readonly [field: string]: Shown } {
  if (!root.of.irreducible) to.notCovered.push(`that ${root.of.text} is irreducible`);
  return {
    value: isExact(root) ? QQ.toText(root.lower) : decimal(root, to.digits),
    interval: [QQ.toText(root.lower), QQ.toText(root.upper)],
    minimalPolynomial: root.of.text.replaceAll(/[a-z]+/g, "x"),
  };
}

/** The answer of `curve`. */
export function curveAnswer({ curve, text }: Derived, to: Findings): Shown {
  to.verified.push(
    "the Stieltjes transform of the law satisfies the polynomial equation, which follows from the definitions step by step",
  );
  const parameters = variablesOf(curve).filter((name) => name !== "z" && name !== "m");
  const [degZ, degM] = ["z", "m"].map((name) => String(degree(curve, name))) as [string, string];
  return { polynomial: text, degZ, degM, parameters: parameters.sort() };
}

export const isEdge = ({ before, after }: Place): boolean => (before === "zero") !== (after === "zero");

/** The answer of `support`, without masses. */
export function supportAnswer(sheet: Sheet, to: Findings): Shown {
  const poles = checkMeasure(sheet);
  const edges = sheet.places.filter(isEdge);
  const exponent = (place: Place): Shown => {
    const found = edgeExponent(place);
    return found === undefined ? null : QQ.toText(found);
  };
  const intervals = edges.flatMap((left, k) => {
    const right = edges[k + 1];
    if (k % 2 === 1 || right === undefined) return [];
    const [leftExponent, rightExponent] = [exponent(left), exponent(right)];
    return [{ left: numberOf(left.root, to), right: numberOf(right.root, to), leftExponent, rightExponent }];
  });
  const cusps = sheet.places.filter(isCusp).map(({ root }) => numberOf(root, to));
  const atoms = poles.map((pole) => {
    const weight = weightOf(pole);
    return { at: numberOf(pole.root, to), weight: weight === undefined ? null : numberOf(weight, to) };
  });
  to.verified.push(
    "the branch m = -1/z - … of the curve is the Stieltjes transform of a probability measure",
    `the density is positive on exactly ${intervals.length} intervals, with these edges and exponents, and vanishes inside at these cusps`,
    `the measure has exactly ${atoms.length} atoms, at these places and of these weights`,
  );
  return { intervals, atoms, cusps };
}

/** At a simple root of the discriminant one pair of sheets hangs together in a square root, at infinity when two sheets are there. */
function edgeExponent(place: Place): Rational | undefined {
  const { irreducible, inDiscriminant, atInfinity } = place.root.of;
  if (irreducible && inDiscriminant === 1) return QQ.fromRatio(atInfinity >= 2 ? -1n : 1n, 2n);
  return exponentAt(place);
}

/** Whether the density vanishes at a critical point between two cells where it is positive. */
function isCusp(place: Place): boolean {
  if (place.before === "zero" || place.after === "zero" || passes(place) || staysAway(place)) return false;
  const exponent = exponentAt(place);
  claim(exponent !== undefined, `no disc shows whether the density vanishes near x = ${decimal(place.root, 6)}`);
  return QQ.sign(exponent) > 0;
}

/** The answer of `branch-points`. */
export function branchAnswer({ critical, places }: Sheet, to: Findings): Shown {
  // A cycle of sheets that a disc shows is ramified whatever the multiplicity is.
  const ramified = ({ crosses, inDiscriminant }: CriticalFactor, cycle: boolean): boolean => {
    const shown = crosses || inDiscriminant === 0 || inDiscriminant % 2 === 1 || cycle;
    claim(shown, "nothing shows whether sheets ramify at a multiple root");
    return !crosses && inDiscriminant > 0;
  };
  const points = places.flatMap((place) => {
    const cycle = exponentAt(place) !== undefined;
    if (!ramified(place.root.of, cycle)) return [];
    const branches = isEdge(place) || (!passes(place) && cycle);
    claim(branches || passes(place), "nothing shows what the physical sheet does at a real branch point");
    return [{ ...numberOf(place.root, to), onPhysicalBoundary: branches }];
  });
  const complex = critical.upper.flatMap(({ of, at, radius }) => {
    if (!ramified(of, false)) return [];
    const [re, above, below] = [at.re, at.im, QQ.neg(at.im)].map((part) => rounded(part, radius, to.digits)) as Shown[];
    return [
      { re: re!, im: above!, onPhysicalSheet: false, side: "above" },
      { re: re!, im: below!, onPhysicalSheet: false, side: "below" },
    ];
  });
  to.verified.push(
    `the curve has exactly ${points.length} real and ${complex.length} other branch points`,
    "the physical sheet branches at the real ones so marked, and at none in the upper half-plane",
  );
  return { real: points, complex };
}

/** The text of a number that is so near to `part`, correctly rounded; 0 where that may be, null where it is not told. */
function rounded(part: Rational, radius: Rational, digits: number): Shown {
  if (QQ.compare(QQ.abs(part), radius) <= 0) return "0";
  const [low, high] = [QQ.sub(part, radius), QQ.add(part, radius)].map((end) => rationalToDecimal(end, digits));
  return low === high ? low! : null;
}

/** The answer of `density`: rounded correctly to the digits, at the places of the step. */
export function densityAnswer(sheet: Sheet, to: Findings): Shown {
  checkMeasure(sheet);
  const pi = piBetween(to.digits);
  const density = sheet.values.map(({ disc, density: onCell }): Shown => {
    if (onCell === "zero") return "0";
    if (onCell === undefined || disc === undefined || !passes({ disc })) return null;
    const { value, radius } = disc;
    const low = rationalToDecimal(QQ.div(QQ.sub(value.im, radius), pi.upper), to.digits);
    return low === rationalToDecimal(QQ.div(QQ.add(value.im, radius), pi.lower), to.digits) ? low : null;
  });
  to.verified.push("the density at the given points, every digit rounded correctly");
  return { x: sheet.values.map(({ x }) => QQ.toText(x)), density };
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
