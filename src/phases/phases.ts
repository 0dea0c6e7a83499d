import { type Budget, BudgetError, DomainError, LimitError, type Outcome, unlimited } from "../core/index.js";
import { tryValidity, vanishingWeights } from "../evolution/index.js";
import { decompress } from "../flow/index.js";
import { AmbiguousBranchError, anatomy, atoms, type Law, specialiseOrRemake } from "../law/index.js";
import {
  contentIn,
  degree,
  discriminant,
  divideExact,
  factor,
  gcd,
  isConstant,
  isZero,
  leadingCoefficient,
  type Polynomial,
  primitive,
  resultant,
  squareFree,
  toText,
} from "../poly/index.js";
import { type Rational, rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import { algebraicToNumber, signOf } from "../roots/index.js";
import { isVerticalOver, pointsOver, type Range, rationalWithin, type Strip, stripsOf } from "./phases-cells.js";
import { type Region, regionsOf } from "./phases-regions.js";

/** What a law is like for all parameters of a cell. */
export interface Phase {
  /** Whether the curve is a spectrum there, and why not. */
  readonly spectrum: Outcome<true>;
  /** Intervals and atoms of the support; 0 where it is no spectrum. */
  readonly bulks: number;
  readonly atoms: number;
}

export interface PhaseCell extends Phase {
  /** The place of its strip, from the left, and its place in the strip, from below. */
  readonly strip: number;
  readonly level: number;
  /** A point of the cell. */
  readonly x: Rational;
  readonly y: Rational;
}

/** A curve across which the phase changes somewhere in the window. */
export interface Transition {
  readonly curve: Polynomial;
  /** The phases on its two sides, in words, each pair once. */
  readonly between: readonly (readonly [string, string])[];
}

/** The phases of a law with two parameters over a window. */
export interface PhaseDiagram {
  readonly x: Range & { readonly from: Rational; readonly to: Rational };
  readonly y: Range & { readonly from: Rational; readonly to: Rational };
  /** Coprime square-free curves in x and y outside of which nothing changes, irreducible where that could be reached. */
  readonly curves: readonly Polynomial[];
  readonly strips: readonly Strip[];
  readonly cells: readonly PhaseCell[];
  readonly transitions: readonly Transition[];
}

export interface PhaseOptions {
  /** The parameters of the two axes; one may be `tau` for the law decompressed by tau. */
  readonly x: string;
  readonly y: string;
  /** The stretch of a parameter; 0 to 4 by default. */
  readonly ranges?: Readonly<Record<string, readonly [Rational, Rational]>>;
  /**
   * Makes the law anew with values of its parameters, where its curve with these values does not tell the branch by itself (the inverse of
   * a law may have irrational moments); without it such a cell is not decided.
   */
  readonly remake?: (values: Readonly<Record<string, Rational>>) => Law;
}

/**
 * The phase diagram of a law with two parameters: the critical points of the curve over z — the zeros of disc_m(P) and of the leading
 * coefficient — meet or leave to infinity only over a curve of the parameter plane, the discriminant of their polynomial; off it the
 * numbers of bulks and atoms and whether the curve is a spectrum cannot change. The window is cut by that curve into cells, and what of it hangs
 * together is decided at one rational point. Exact.
 *
 * @throws DomainError when the law has other parameters, LimitError when a discriminant is beyond the work limit.
 * @example phases(ensembles.deformedWigner("v", [["-a", "1/2"], ["a", "1/2"]]), { x: "a", y: "v" }) // two bulks where v < a^2
 */
export function phases(law: Law, options: PhaseOptions, budget: Budget = unlimited): PhaseDiagram {
  const { x: xName, y: yName, ranges = {}, remake } = options;
  if (xName === yName) throw new DomainError(`a phase diagram needs two different parameters; got ${xName} twice`);
  const flows = [xName, yName].includes("tau") && !law.parameters.includes("tau");
  const flowed = flows ? decompress(law, "tau", budget) : law;
  const remade =
    remake === undefined || !flows
      ? remake
      : ({ tau, ...values }: Readonly<Record<string, Rational>>): Law => decompress(remake(values), tau!, budget);
  for (const name of [xName, yName]) {
    if (!flowed.parameters.includes(name)) {
      throw new DomainError(
        `${name} is no parameter of the law; ${flowed.parameters.length === 0 ? "it has none" : `its parameters are ${flowed.parameters.join(", ")}`}`,
      );
    }
  }
  const rest = flowed.parameters.filter((name) => name !== xName && name !== yName);
  if (rest.length > 0) {
    throw new DomainError(
      `a phase diagram has two parameters, and the law has ${rest.join(", ")} beside ${xName} and ${yName}; give ${rest.length === 1 ? "it a value" : "them values"}, on the command line with --set ${rest[0]}=1/2`,
    );
  }
  const x = { name: xName, ...rangeOf(xName, ranges) };
  const y = { name: yName, ...rangeOf(yName, ranges) };
  const curves = criticalCurves(flowed, budget);
  const strips = stripsOf(curves, x, y, budget);
  const regions = regionsOf(curves, strips, x, y, budget);
  const cells = regions
    .flatMap((region): readonly PhaseCell[] => {
      const found = phaseOfRegion(flowed, remade, x, y, strips, region, budget);
      return region.map(({ strip, level }) => {
        const own = found.strip === strip && found.level === level;
        return own ? found : { ...found, strip, level, x: strips[strip]!.at, y: strips[strip]!.cells[level]! };
      });
    })
    .sort((one, other) => one.strip - other.strip || one.level - other.level);
  return { x, y, curves, strips, cells, transitions: transitionsOf(curves, x, y, strips, cells, budget) };
}

/** A phase in a few words. */
export function phaseText(phase: Phase): string {
  if (phase.spectrum.kind === "undefined") return "no spectrum";
  if (phase.spectrum.kind === "unable") return "not decided";
  const parts = [count(phase.bulks, "bulk"), count(phase.atoms, "atom")].filter((part) => part !== "");
  return parts.length === 0 ? "empty" : parts.join(", ");
}

function count(n: number, noun: string): string {
  return n === 0 ? "" : `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function rangeOf(
  name: string,
  ranges: NonNullable<PhaseOptions["ranges"]>,
): { readonly from: Rational; readonly to: Rational } {
  const [from, to] = ranges[name] ?? [rational(0), rational(4)];
  return { from, to };
}

/**
 * Coprime polynomials in the parameters of a law outside of whose zeros nothing qualitative changes with the parameters: with D = disc_m(P) and
 * L the leading coefficient of P in m, the zeros of disc_z and of the leading coefficient of the square-free part of D·L, piece by piece, the
 * factors of D and L without z, and where the weight of an atom may pass zero. Exact.
 */
export function criticalCurves(law: Law, budget: Budget): readonly Polynomial[] {
  budget.spend(1, "computing the discriminant of the curve");
  const poles = leadingCoefficient(law.curve, "m");
  const whole = [discriminant(law.curve, "m", budget), poles];
  const pieces: Polynomial[] = [];
  const conditions: Polynomial[] = [];
  for (const part of whole) {
    if (isZero(part)) continue;
    const content = contentIn(part, ["z"], budget);
    if (!isConstant(content)) conditions.push(content);
    const rest = isConstant(content) ? part : (divideExact(part, content) ?? part);
    for (const p of factorsOf(rest, budget)) {
      if (!isConstant(p) && !pieces.some((other) => toText(other) === toText(p))) pieces.push(p);
      if (part === poles && degree(p, "z") > 0) conditions.push(...vanishingWeights(law.curve, p, budget));
    }
  }
  pieces.forEach((p, k) => {
    budget.spend(1, "computing the boundary of the phases");
    conditions.push(leadingCoefficient(p, "z"));
    if (degree(p, "z") > 1) conditions.push(discriminant(p, "z", budget));
    for (const other of pieces.slice(k + 1)) conditions.push(resultant(p, other, "z", budget));
  });
  return irreducibleCurves(
    conditions.filter((condition) => !isZero(condition)),
    budget,
  );
}

/** The zeros of some polynomials, none of them 0, as coprime polynomials: irreducible where factorisation does not reach its limit. */
export function irreducibleCurves(polynomials: readonly Polynomial[], budget: Budget): readonly Polynomial[] {
  const found = new Map<string, Polynomial>();
  for (const polynomial of polynomials) {
    budget.spend(1, "factoring the boundary of the phases");
    if (isConstant(polynomial)) continue;
    for (const p of factorsOf(polynomial, budget)) found.set(toText(p), p);
  }
  return coprime([...found.values()], budget);
}

/** The irreducible factors of a polynomial, or its square-free parts where factorisation reaches its limit. */
function factorsOf(p: Polynomial, budget: Budget): readonly Polynomial[] {
  try {
    return factor(p, budget).factors.map((part) => part.factor);
  } catch (error) {
    if (!(error instanceof LimitError) || error instanceof BudgetError) throw error;
    return squareFree(p, budget).map((part) => part.factor);
  }
}

/** The same zeros by polynomials no two of which have a common factor. */
export function coprime(polynomials: readonly Polynomial[], budget: Budget): readonly Polynomial[] {
  const result: Polynomial[] = [];
  for (const p of polynomials) {
    let rest = p;
    for (const other of result) {
      const common = gcd(rest, other, budget);
      if (!isConstant(common)) rest = divideExact(rest, common) ?? rest;
    }
    if (!isConstant(rest)) result.push(primitive(rest));
  }
  return result;
}

const trials = 4;
const cellsTried = 3;

/** The phase of a region, seen in one of its cells. */
function phaseOfRegion(
  law: Law,
  remake: PhaseOptions["remake"],
  x: Range,
  y: Range,
  strips: readonly Strip[],
  region: Region,
  budget: Budget,
): PhaseCell {
  let last: PhaseCell | undefined;
  for (const { strip: k, level } of region.slice(0, cellsTried)) {
    budget.spend(1, "deciding the phases");
    const strip = strips[k]!;
    const { trusted, ...phase } = phaseOfCell(law, remake, x, y, strip, level, strip.cells[level]!, budget);
    const cell: PhaseCell = { strip: k, level, ...phase };
    if (phase.spectrum.kind !== "unable" && trusted) return cell;
    last ??= cell;
  }
  return last!;
}

/** The phase at a rational point of a cell; at another one where a certificate is missing or the curve happens to fall apart. */
function phaseOfCell(
  law: Law,
  remake: PhaseOptions["remake"],
  x: Range,
  y: Range,
  strip: Strip,
  level: number,
  at: Rational,
  budget: Budget,
): Seen & { readonly x: Rational; readonly y: Rational } {
  let last: (Seen & { readonly x: Rational; readonly y: Rational }) | undefined;
  for (let trial = 0; trial < trials; trial++) {
    const yAt = trial === 0 ? at : rationalWithin(bound(strip, level - 1, y.from), bound(strip, level, y.to), trial);
    const phase = { ...phaseAt(law, remake, { [x.name]: strip.at, [y.name]: yAt }, budget), x: strip.at, y: yAt };
    if (phase.spectrum.kind !== "unable" && phase.trusted) return phase;
    last ??= phase;
  }
  return last!;
}

function bound(strip: Strip, index: number, end: Rational | undefined): Strip["points"][number]["y"] | undefined {
  const point = strip.points[index];
  if (point !== undefined) return point.y;
  return end === undefined ? undefined : { minimalPolynomial: [-end.num, end.den], lower: end, upper: end };
}

/** A phase as seen at one point; not trusted where the values of the parameters made the curve fall apart. */
interface Seen extends Phase {
  readonly trusted: boolean;
}

/** The phase of a law at given values of its parameters. */
function phaseAt(
  law: Law,
  remake: PhaseOptions["remake"],
  values: Readonly<Record<string, Rational>>,
  budget: Budget,
): Seen {
  const nothing = { bulks: 0, atoms: 0 };
  let numeric: Law;
  try {
    numeric = specialiseOrRemake(law, values, remake, budget);
    const spectrum = tryValidity(numeric, budget);
    if (spectrum.kind !== "ok") return { spectrum, ...nothing, trusted: true };
    return { spectrum, ...shapeOf(numeric, budget), trusted: true };
  } catch (error) {
    if (error instanceof LimitError && !(error instanceof BudgetError))
      return { spectrum: { kind: "unable", reason: error.message }, ...nothing, trusted: true };
    if (error instanceof AmbiguousBranchError)
      return { spectrum: { kind: "unable", reason: error.message }, ...nothing, trusted: false };
    if (error instanceof DomainError) {
      return { spectrum: { kind: "undefined", reason: error.message }, ...nothing, trusted: false };
    }
    throw error;
  }
}

/** How many intervals and atoms the support of a spectrum has. */
function shapeOf(law: Law, budget: Budget): { readonly bulks: number; readonly atoms: number } {
  const { singular } = anatomy(law, budget);
  return {
    bulks: singular.filter((point) => point.left === undefined && point.right !== undefined).length,
    atoms: atoms(law, budget).filter((atom) => signOf(atom.weight) > 0).length,
  };
}

function transitionsOf(
  curves: readonly Polynomial[],
  x: Range,
  y: PhaseDiagram["y"],
  strips: readonly Strip[],
  cells: readonly PhaseCell[],
  budget: Budget,
): readonly Transition[] {
  const pairs = curves.map(() => new Map<string, readonly [string, string]>());
  const note = (curve: number, one: PhaseCell, other: PhaseCell): void => {
    const [a, b] = [phaseText(one), phaseText(other)].sort() as [string, string];
    if (a !== b) pairs[curve]!.set(`${a}|${b}`, [a, b]);
  };
  const ofStrip = strips.map((_, k) => cells.filter((cell) => cell.strip === k));
  strips.forEach((strip, k) => {
    const own = ofStrip[k]!;
    strip.points.forEach((point, j) => {
      note(point.curve, own[j]!, own[j + 1]!);
    });
    const next = strips[k + 1];
    if (next === undefined || strip.right === undefined) return;
    const line = curves.findIndex((curve) => isVerticalOver(curve, y.name, strip.right!, budget));
    if (line < 0) return;
    for (const [j, i] of neighboursAcross(curves, x, y, strip, next, budget)) note(line, own[j]!, ofStrip[k + 1]![i]!);
  });
  return curves.flatMap((curve, k) => (pairs[k]!.size === 0 ? [] : [{ curve, between: [...pairs[k]!.values()] }]));
}

/** The cells of two neighbouring strips that share a stretch of the line between them, seen at points close to it. */
function neighboursAcross(
  curves: readonly Polynomial[],
  x: Range,
  y: PhaseDiagram["y"],
  left: Strip,
  right: Strip,
  budget: Budget,
): readonly (readonly [number, number])[] {
  const line = rationalToNumber(left.right!.lower);
  const close = 1e-6 * Math.min(line - rationalToNumber(left.at), rationalToNumber(right.at) - line);
  const heights = [line - close, line + close].map((at) =>
    pointsOver(curves, x.name, rationalFromNumber(at), y, budget).map((point) => algebraicToNumber(point.y)),
  );
  const [below, above] = [rationalToNumber(y.from), rationalToNumber(y.to)];
  const all = [below, ...heights.flat().sort((a, b) => a - b), above];
  return all.slice(1).flatMap((to, k) => {
    const from = all[k]!;
    if (to - from < 1e-4 * (above - below)) return [];
    const middle = (from + to) / 2;
    const [j, i] = heights.map((list) => list.filter((height) => height < middle).length);
    return [[j!, i!] as const];
  });
}
