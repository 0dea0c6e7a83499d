// What follows from the steps: the whole answer is computed again from them, and compared.
import { QQ, type Rational, rationalToDecimal } from "../rings/index.js";
import { claim, compareRoot, decimal, type Factor, isExact, type Root } from "./algebra.js";
import type { CriticalFactor } from "./critical.js";
import type { Derived } from "./derivation.js";
import { real, within } from "./discs.js";
import { add, degree, list, object, parsePoly, rationalOf, textOf, variablesOf } from "./polynomial.js";
import {
  checkMeasure,
  exponentAt,
  isRegularAt,
  passes,
  type Sheet,
  staysAway,
  transformAt,
  weightOf,
} from "./sheet.js";

/** What a verdict says beside yes or no. */
export interface Findings {
  readonly digits: number;
  readonly verified: string[];
  readonly notCovered: string[];
}

/** A text, list or object of an answer; undefined where the steps do not show it. */
export type Shown = string | boolean | undefined | readonly Shown[] | { readonly [field: string]: Shown };

/** Compares an answer with what was shown; only what was not shown may be left out of it, as null. */
export function compare(given: unknown, shown: Shown, what: string, to: Findings): void {
  if (shown === undefined && given === null) to.notCovered.push(what);
  else if (Array.isArray(shown)) {
    const entries = list(given, shown.length);
    for (const [k, entry] of entries.entries()) compare(entry, shown[k] as Shown, `${what} ${k + 1}`, to);
  } else if (typeof shown === "object") {
    const fields = Object.entries(shown);
    const own = object(given, ...fields.map(([key]) => key));
    for (const [key, value] of fields) compare(own[key], value, `${what}, ${key}`, to);
  } else claim(shown !== undefined && given === shown, `${what} is not shown to be the one given`);
}

/** An algebraic number of an answer. */
export function numberOf(root: Root<Factor>, to: Findings): Shown {
  if (!root.of.irreducible) to.notCovered.push(`that ${root.of.text} is irreducible`);
  return {
    value: isExact(root) ? QQ.toText(root.lower) : decimal(root, to.digits),
    interval: [QQ.toText(root.lower), QQ.toText(root.upper)],
    minimalPolynomial: root.of.text.replaceAll(/[a-z]+/g, "x"),
  };
}

/** The answer of `curve`: its polynomial is compared by value. */
export function curveAnswer(given: unknown, { curve }: Derived, to: Findings): Shown {
  const { polynomial } = object(given, "polynomial", "degZ", "degM", "parameters");
  claim(add(parsePoly(polynomial), curve, -1n).size === 0, "the polynomial of the answer is another one");
  to.verified.push(
    "the Stieltjes transform of the law satisfies the polynomial equation, which follows from the definitions step by step",
  );
  const parameters = variablesOf(curve).filter((name) => name !== "z" && name !== "m");
  const [degZ, degM] = ["z", "m"].map((name) => String(degree(curve, name)));
  return { polynomial: textOf(polynomial), degZ, degM, parameters: parameters.sort() };
}

/** The answer of `support`, without masses. */
export function supportAnswer(sheet: Sheet, to: Findings): Shown {
  const { cells, critical } = sheet;
  const poles = checkMeasure(sheet);
  const edges = critical.real.filter((_, k) => (cells[k] === "zero") !== (cells[k + 1] === "zero"));
  const exponent = (root: Root<CriticalFactor>): Shown => {
    const found = edgeExponent(sheet, root);
    return found === undefined ? undefined : QQ.toText(found);
  };
  const intervals = edges.flatMap((left, k) => {
    const right = edges[k + 1];
    if (k % 2 === 1 || right === undefined) return [];
    const [leftExponent, rightExponent] = [exponent(left), exponent(right)];
    return [{ left: numberOf(left, to), right: numberOf(right, to), leftExponent, rightExponent }];
  });
  const inside = critical.real.filter((_, k) => cells[k] !== "zero" && cells[k + 1] !== "zero");
  const cusps = inside.filter((root) => isCusp(sheet, root)).map((root) => numberOf(root, to));
  const atoms = poles.map((pole) => {
    const weight = weightOf(sheet, pole);
    const at = numberOf(critical.real[pole.index]!, to);
    return { at, weight: weight === undefined ? undefined : numberOf(weight, to) };
  });
  to.verified.push(
    "the branch m = -1/z - … of the curve is the Stieltjes transform of a probability measure",
    `the density is positive on exactly ${intervals.length} intervals, with these edges and exponents, and vanishes inside at these cusps`,
    `the measure has exactly ${atoms.length} atoms, at these places and of these weights`,
  );
  return { intervals, atoms, cusps };
}

/** At a simple root of the discriminant one pair of sheets hangs together in a square root, at infinity when two sheets are there. */
function edgeExponent(sheet: Sheet, root: Root<CriticalFactor>): Rational | undefined {
  const { irreducible, inDiscriminant, atInfinity } = root.of;
  if (irreducible && inDiscriminant === 1) return QQ.fromRatio(atInfinity >= 2 ? -1n : 1n, 2n);
  return exponentAt(sheet, root);
}

/** Whether the density vanishes at a critical point between two cells where it is positive. */
function isCusp(sheet: Sheet, root: Root<CriticalFactor>): boolean {
  if (passes(sheet, root) || staysAway(sheet, root)) return false;
  const exponent = exponentAt(sheet, root);
  claim(exponent !== undefined, `no disc shows whether the density vanishes near x = ${decimal(root, 6)}`);
  return QQ.sign(exponent) > 0;
}

/** The answer of `branch-points`. */
export function branchAnswer(sheet: Sheet, to: Findings): Shown {
  const { critical, cells } = sheet;
  const ramified = ({ crosses, inDiscriminant }: CriticalFactor, root?: Root<CriticalFactor>): boolean => {
    // A cycle of sheets that a disc shows is ramified whatever the multiplicity is.
    const shown = crosses || inDiscriminant === 0 || inDiscriminant % 2 === 1;
    const cycle = !shown && root !== undefined && exponentAt(sheet, root) !== undefined;
    claim(shown || cycle, "nothing shows whether sheets ramify at a multiple root");
    return !crosses && inDiscriminant > 0;
  };
  const points = critical.real.flatMap((root, k) => {
    if (!ramified(root.of, root)) return [];
    const [changes, passing] = [(cells[k] === "zero") !== (cells[k + 1] === "zero"), passes(sheet, root)];
    const branches = changes || (!passing && exponentAt(sheet, root) !== undefined);
    claim(branches || passing, "nothing shows what the physical sheet does at a real branch point");
    return [{ ...(numberOf(root, to) as object), onPhysicalBoundary: branches }];
  });
  const upper = critical.upper.filter(({ of }) => ramified(of));
  const regular = upper.every((point) => isRegularAt(sheet, point));
  claim(regular, "the physical sheet is not shown to be regular at a branch point of the upper half-plane");
  const complex = upper.flatMap(({ at, radius }) => {
    const re = rounded(at.re, radius, to.digits);
    return [
      { re, im: rounded(at.im, radius, to.digits), onPhysicalSheet: false, side: "above" },
      { re, im: rounded(QQ.neg(at.im), radius, to.digits), onPhysicalSheet: false, side: "below" },
    ];
  });
  to.verified.push(
    `the curve has exactly ${points.length} real and ${complex.length} other branch points`,
    "the physical sheet branches at the real ones so marked, and at none in the upper half-plane",
  );
  return { real: points, complex };
}

/** The text of a number that is so near to `part`, correctly rounded; 0 where that may be, undefined where it is not told. */
function rounded(part: Rational, radius: Rational, digits: number): string | undefined {
  if (QQ.compare(QQ.abs(part), radius) <= 0) return "0";
  const [low, high] = [QQ.sub(part, radius), QQ.add(part, radius)].map((end) => rationalToDecimal(end, digits));
  return low === high ? low : undefined;
}

/** The answer of `density`: rounded correctly to the digits, at the places of the answer. */
export function densityAnswer(given: unknown, sheet: Sheet, to: Findings): Shown {
  checkMeasure(sheet);
  const places = list(object(given, "x", "density").x).map(rationalOf);
  const pi = piBetween(to.digits);
  const density = places.map((x) => {
    const order = sheet.critical.real.map((root) => compareRoot(root, x));
    if (order.includes(0)) return undefined;
    if (sheet.cells[order.filter((side) => side < 0).length] === "zero") return "0";
    const w = QQ.inv(QQ.sub(x, sheet.q));
    const discs = sheet.discs.filter(
      ({ count, lifted, at, reach }) => count === 1 && !lifted && within(real(w), at, QQ.zero, reach),
    );
    const texts = discs.flatMap((disc) => {
      const { m, error } = transformAt(sheet, x, disc);
      const low = rationalToDecimal(QQ.div(QQ.sub(m.im, error), pi.upper), to.digits);
      return low === rationalToDecimal(QQ.div(QQ.add(m.im, error), pi.lower), to.digits) ? [low] : [];
    });
    return texts[0];
  });
  to.verified.push("the density at the given points, every digit rounded correctly");
  return { x: places.map((x) => QQ.toText(x)), density };
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
