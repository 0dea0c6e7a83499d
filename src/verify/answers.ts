// What follows from the steps: the whole answer is computed from them.
import { QQ, type Rational, rationalToDecimal } from "../rings/index.js";
import { decimal, type Factor, type Root } from "./algebra.js";
import type { Derived } from "./derivation.js";
import { degree, variablesOf } from "./polynomial.js";
import { claim } from "./reading.js";
import {
  type CriticalFactor,
  checkMeasure,
  exponentAt,
  type Place,
  passes,
  type Sheet,
  staysAway,
  weightOf,
} from "./sheet.js";

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
  const name = (key: string): string => (Array.isArray(shown) ? String(Number(key) + 1) : key);
  const parts = typeof shown === "object" ? Object.entries(shown) : [];
  return parts.flatMap(([key, part]) => missingIn(part as Shown, `${what}, ${name(key)}`));
}

/** An algebraic number of an answer. */
export function numberOf(root: Root<Factor>, to: Findings): { readonly [field: string]: Shown } {
  if (!root.of.irreducible) to.notCovered.push(`that ${root.of.text} is irreducible`);
  const interval = [QQ.toText(root.lower), QQ.toText(root.upper)];
  return { value: decimal(root, to.digits), interval, minimalPolynomial: root.of.text.replaceAll(/[a-z]+/g, "x") };
}

/** The answer of `curve`. */
export function curveAnswer({ curve, text }: Derived, to: Findings): Shown {
  to.verified.push(
    "the Stieltjes transform of the law satisfies the polynomial equation, which follows from the definitions step by step",
  );
  to.notCovered.push("that the polynomial is irreducible");
  const parameters = variablesOf([curve]).filter((name) => name !== "z" && name !== "m");
  const [degZ, degM] = ["z", "m"].map((name) => String(degree(curve, name))) as [string, string];
  return { polynomial: text, degZ, degM, parameters: parameters.sort() };
}

export const isEdge = ({ before, after }: Place): boolean => (before === 0) !== (after === 0);

/** The answer of `support`, without masses. */
export function supportAnswer(sheet: Sheet, to: Findings): Shown {
  const [poles, edges] = [checkMeasure(sheet), sheet.places.filter(isEdge)];
  const intervals = edges.flatMap((left, k) => {
    const right = edges[k + 1]!;
    if (k % 2 === 1) return [];
    const [leftExponent, rightExponent] = [left, right].map((place) => {
      const found = edgeExponent(place);
      return found === undefined ? null : QQ.toText(found);
    }) as Shown[];
    return [{ left: numberOf(left.root, to), right: numberOf(right.root, to), leftExponent, rightExponent }] as Shown[];
  });
  const inside = sheet.places.filter(({ before, after }) => before !== 0 && after !== 0);
  if (inside.some((place) => poles.has(place)))
    to.notCovered.push("whether the density vanishes at an atom inside a bulk");
  const cusps = inside.filter((place) => !poles.has(place) && isCusp(place)).map(({ root }) => numberOf(root, to));
  const atoms = [...poles].map(([pole, disc]) => {
    const weight = weightOf(sheet, pole, disc);
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
  if (passes(place) || staysAway(place)) return false;
  const exponent = exponentAt(place);
  claim(exponent !== undefined, `no disc shows whether the density vanishes near x = ${decimal(place.root, 6)}`);
  return QQ.sign(exponent) > 0;
}

/** The answer of `branch-points`. */
export function branchAnswer({ bits, places, upper }: Sheet, to: Findings): Shown {
  // A cycle of sheets that a disc shows is ramified whatever the multiplicity is, and so is the sheet that is real on one side only.
  const ramifies = ({ crosses, inDiscriminant }: CriticalFactor, cycle: boolean): boolean => {
    const shown = crosses || inDiscriminant === 0 || inDiscriminant % 2 === 1 || cycle;
    claim(shown, "nothing shows whether sheets ramify at a multiple root");
    return !crosses && inDiscriminant > 0;
  };
  const real = places.flatMap((place) => {
    const cycle = isEdge(place) || exponentAt(place) !== undefined;
    if (!ramifies(place.root.of, cycle)) return [];
    const branches = !passes(place) && cycle;
    claim(branches || passes(place), "nothing shows what the physical sheet does at a real branch point");
    return [{ ...numberOf(place.root, to), onPhysicalBoundary: branches }];
  });
  const complex = upper.flatMap(({ of, x, radius }) => {
    if (!ramifies(of, false)) return [];
    const part = (middle: bigint): Shown => {
      const ends = [middle - radius, middle + radius].map((end) => QQ.fromRatio(end, 1n << BigInt(bits)));
      const [low, high] = ends.map((end) => rationalToDecimal(end, to.digits)) as [string, string];
      return low === high ? low : null;
    };
    // About the imaginary axis the one root of a polynomial in even powers, or in odd ones, is on it.
    const isOnAxis = x.re === 0n && of.f.every((c, k) => c === 0n || (of.f.length - 1 - k) % 2 === 0);
    const common = { re: isOnAxis ? "0" : part(x.re), onPhysicalSheet: false };
    return [
      { ...common, im: part(x.im), side: "above" },
      { ...common, im: part(-x.im), side: "below" },
    ];
  });
  to.verified.push(
    `the curve has exactly ${real.length} real and ${complex.length} other finite branch points`,
    "the physical sheet branches at the real ones so marked, and at none in the upper half-plane",
  );
  to.notCovered.push("that the polynomial is irreducible");
  return { real, complex };
}

/** The answer of `density`: rounded correctly to the digits, at the places of the step. */
export function densityAnswer(sheet: Sheet, to: Findings): Shown {
  checkMeasure(sheet);
  const unit = 10n ** BigInt(to.digits + 10);
  const pi = 4n * (4n * arctangent(5n, unit) - arctangent(239n, unit));
  const slack = 100n * BigInt(to.digits + 20);
  const density = sheet.values.map(({ discs, sign }): Shown => {
    if (sign === 0) return "0";
    const found = discs.flatMap((disc) => {
      if (sign === undefined || !passes({ discs: [disc] })) return [];
      const [low, high] = [-1n, 1n].map((side) => {
        const value = QQ.fromRatio((disc.y.im + side * disc.radius) * unit, (pi - side * slack) << BigInt(sheet.bits));
        return rationalToDecimal(value, to.digits);
      }) as [string, string];
      return low === high ? [low] : [];
    });
    return found[0] ?? null;
  });
  to.verified.push("the density at the given points, every digit rounded correctly");
  return { x: sheet.values.map(({ x }) => QQ.toText(x)), density };
}

/** The arctangent of 1/n in units of 1/unit, to within its number of terms in the last place. */
function arctangent(n: bigint, unit: bigint): bigint {
  let [total, power, k] = [0n, unit / n, 1n];
  for (; power !== 0n; k += 2n) {
    total += (k % 4n === 1n ? power : -power) / k;
    power /= n * n;
  }
  return total;
}
