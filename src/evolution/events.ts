import { type Budget, BudgetError, DomainError, LimitError, unlimited } from "../core/index.js";
import {
  AmbiguousBranchError,
  decideSpectrum,
  type Law,
  requireNumeric,
  type UpperPoint,
  upperPoints,
} from "../law/index.js";
import { derivative, isConstant } from "../poly/index.js";
import { QQ, type Rational, rational, rationalToText } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicToNumber,
  compareAlgebraic,
  refine,
} from "../roots/index.js";
import { type Family, parameterFamily, sizeFamily } from "./events-family.js";
import {
  type EventKind,
  kindsAtInfinity,
  kindsBetween,
  kindsOfCollapse,
  kindsOnOneSide,
  partOf,
} from "./events-kinds.js";
import {
  neighbourhoodOf,
  nextTo,
  nodeSign,
  type Place,
  placesAt,
  realPointsPerCell,
  type Stretch,
  sampleOf,
  samplesOf,
  vanishesAt,
} from "./events-places.js";
import { type Shape, sameShape, shapeOf } from "./events-shape.js";
import { horizon } from "./horizon.js";

export interface SpectralEvent {
  /** The value of tau, or of the other parameter. */
  readonly at: AlgebraicNumber;
  /** The first of `kinds`. */
  readonly kind: EventKind;
  /** All that coincides at this value and place. */
  readonly kinds: readonly EventKind[];
  /** The place x; undefined where there is no single one. */
  readonly where: AlgebraicNumber | undefined;
  /** Whether it happens to the spectrum; false for what happens on other sheets or beyond the horizon. */
  readonly physical: boolean;
}

export interface EventOptions {
  /** The parameter of the law that grows; default the size factor tau, from 0 to the {@link horizon}. */
  readonly in?: string;
  /** Also what happens on other sheets and beyond the horizon, as `physical: false`. */
  readonly all?: boolean;
  /** Whether the parameter of `in` may have a value: events outside of the domain of the law are left out. Default: it may have all. */
  readonly admissible?: (value: Rational) => boolean;
  /** Makes the law anew with a value of the parameter of `in`, where its curve with this value does not tell the branch by itself. */
  readonly remake?: (value: Rational) => Law;
}

/**
 * The events of a law: all values of the size factor tau, 0 < tau ≤ tau*, at which the picture of its spectrum changes, and the places
 * where it does. Exact. tau < 1 compresses, tau > 1 decompresses, and nothing qualitative happens between two events. With `in`, the
 * phase transitions in another parameter.
 *
 * The candidates are the {@link criticalTimes}, most of which belong to other sheets. Which are events is decided by the
 * spectra at rational values on both sides: the physical branch is followed to every cell of the real line, with proof. Under
 * decompression the number of atoms and that of bulks and isolated atoms together never fall [Huang 2012; Belinschi–Bercovici 2004], so
 * where they agree at two values nothing has happened in between.
 *
 * @throws DomainError when the law has parameters (with `in`: other parameters), LimitError when something could not be decided.
 * @example events(ensembles.mp("1/50")) // at tau = 50 the edge reaches 0 and an atom is born there
 */
export function events(law: Law, options: EventOptions = {}, budget: Budget = unlimited): readonly SpectralEvent[] {
  const { in: name, all = false, admissible, remake } = options;
  let family: Family;
  let physical: readonly SpectralEvent[];
  if (name === undefined || (name === "tau" && !law.parameters.includes("tau"))) {
    requireNumeric(law, "the list of events");
    family = sizeFamily(law, budget);
    physical = eventsInSize(law, family, budget);
  } else {
    family = parameterFamily(law, name, remake, budget);
    const found = eventsInParameter(family, budget);
    physical = admissible === undefined ? found : found.filter(({ at }) => isNextTo(at, admissible));
  }
  return all ? withOthers(family, physical, budget) : physical;
}

/** Whether there are admissible values on one side of a number at least: the border of a domain belongs to it here. */
function isNextTo(at: AlgebraicNumber, admissible: (value: Rational) => boolean): boolean {
  const { lower, upper } = refine(at, 40);
  const little = QQ.mul(rational(1n, 1n << 30n), QQ.add(QQ.one, QQ.abs(upper)));
  return admissible(QQ.sub(lower, little)) || admissible(QQ.add(upper, little));
}

function eventsInSize(law: Law, family: Family, budget: Budget): readonly SpectralEvent[] {
  const reach = horizon(law, budget);
  if (reach.kind === "undefined") return [];
  if (reach.kind === "unable") throw new LimitError(`the horizon of the law could not be decided: ${reach.reason}`);
  const { tau } = reach.value;
  const { times } = family;
  const end = tau === "infinity" ? times.length : times.findIndex((t) => compareAlgebraic(t, tau) >= 0);
  const shapes = shapesBetween(family, budget);
  const found: SpectralEvent[] = [];
  const search = (low: number, high: number): void => {
    if (sameShape(shapes(low), shapes(high))) return;
    if (high - low === 1) {
      found.push(...eventsAt(family, low, shapes(low), shapes(high), budget));
      return;
    }
    const middle = (low + high) >> 1;
    search(low, middle);
    search(middle, high);
  };
  search(0, end);
  if (end < times.length) found.push(...eventsAt(family, end, shapes(end), undefined, budget));
  return found;
}

function eventsInParameter(family: Family, budget: Budget): readonly SpectralEvent[] {
  const { times } = family;
  const valid: boolean[] = [];
  for (let k = 0; k <= times.length; k++) {
    valid.push(isValidWithin(family, stretchOf(family, k), budget));
  }
  const shapes = shapesBetween(family, budget);
  return times.flatMap((_, k) => {
    const [before, after] = [valid[k]! ? shapes(k) : undefined, valid[k + 1]! ? shapes(k + 1) : undefined];
    if (before === undefined && after === undefined) return [];
    return eventsAt(family, k, before, after, budget);
  });
}

function isValid(law: Law, budget: Budget): boolean {
  const outcome = decideSpectrum(law, budget);
  if (outcome.kind === "unable") {
    throw new LimitError(
      `whether the law is a spectrum between two critical values could not be decided: ${outcome.reason}`,
    );
  }
  return outcome.kind === "ok";
}

/** Whether the laws of a stretch are spectra; they are not where the curve has no branch of a law or an operation is not defined. */
function isValidWithin(family: Family, stretch: Stretch, budget: Budget): boolean {
  try {
    return withinReach(family, stretch, (law) => isValid(law, budget), budget);
  } catch (error) {
    if (!(error instanceof DomainError) || error instanceof AmbiguousBranchError) throw error;
    return false;
  }
}

/** The open interval between times[k − 1] and times[k]. */
function stretchOf(family: Family, k: number): Stretch {
  const from = family.times[k - 1] ?? (family.above === undefined ? undefined : algebraicFromRational(family.above));
  return { from, to: family.times[k] };
}

/** The shape between times[k − 1] and times[k], by k. */
function shapesBetween(family: Family, budget: Budget): (k: number) => Shape {
  const known = new Map<number, Shape>();
  return (k) => {
    let shape = known.get(k);
    if (shape === undefined) {
      shape = shapeWithin(family, stretchOf(family, k), budget);
      known.set(k, shape);
    }
    return shape;
  };
}

function shapeWithin(family: Family, stretch: Stretch, budget: Budget): Shape {
  return withinReach(family, stretch, (law) => shapeOf(law, budget), budget);
}

/**
 * What is asked of the law at some rational value of a stretch: at the first one for which it can be answered. At single values
 * a certificate may be out of reach, or the curve of a law with a parameter may fall into several.
 */
function withinReach<T>(family: Family, stretch: Stretch, ask: (law: Law) => T, budget: Budget): T {
  let failure: LimitError | DomainError | undefined;
  for (const t of samplesOf(stretch)) {
    budget.spend(10, "following the support");
    try {
      return ask(family.at(t));
    } catch (error) {
      if (error instanceof BudgetError) throw error;
      if (error instanceof LimitError) {
        failure ??= new LimitError(
          `the support at ${family.name} = ${rationalToText(t)} could not be decided: ${error.message}`,
        );
      } else if (error instanceof DomainError) failure ??= error;
      else throw error;
    }
  }
  throw failure ?? new LimitError("the support could not be decided");
}

/** The events at times[index]; a shape is undefined on a side where there is no spectrum. */
function eventsAt(
  family: Family,
  index: number,
  before: Shape | undefined,
  after: Shape | undefined,
  budget: Budget,
): readonly SpectralEvent[] {
  const t0 = family.times[index]!;
  const { places, complete } = placesAt(family, t0, budget);
  const near = neighbourhoodOf(family, index, places, budget);
  const shapeIn = (known: Shape | undefined, stretch: Stretch): Shape | undefined =>
    known === undefined || near.separators.length === 0 ? known : shapeWithin(family, stretch, budget);
  const [left, right] = [shapeIn(before, near.before), shapeIn(after, near.after)];
  const found: SpectralEvent[] = [];
  const note = (kinds: readonly EventKind[], where: AlgebraicNumber | undefined): void => {
    if (kinds.length > 0) found.push({ at: t0, kind: kinds[0]!, kinds, where, physical: true });
  };
  if (left === undefined || right === undefined) {
    const only = (left ?? right)!;
    places.forEach((place, k) => {
      note(kindsOnOneSide(partOf(only, near, [near.cells[k]!]), place, complete, left === undefined), place.at);
    });
    return found.length > 0 ? found : endOfSpectrum(family, index, places, only, left === undefined, budget);
  }
  places.forEach((place, k) => {
    const [old, young] = [left, right].map((shape) => partOf(shape, near, [near.cells[k]!])) as [Shape, Shape];
    const whole = complete && size(old) > 1 && size(old) === size(left) && size(young) === size(right);
    note(whole ? kindsOfCollapse(old, young) : kindsBetween(old, young, place, complete), place.at);
  });
  if (near.escapes) {
    const outside = [0, near.separators.length];
    note(kindsAtInfinity(partOf(left, near, outside), partOf(right, near, outside)), undefined);
  }
  return found;
}

function size({ edges, atoms }: Shape): number {
  return edges.length + atoms.length;
}

/**
 * The kind of the end (or beginning) of the spectra when no edge or atom changes: an acnode when a conjugate pair comes to the physical
 * sheet, from where it may have met on the real axis.
 */
function endOfSpectrum(
  family: Family,
  index: number,
  places: readonly Place[],
  shape: Shape,
  begins: boolean,
  budget: Budget,
): readonly SpectralEvent[] {
  const t0 = family.times[index]!;
  const beyond = stretchOf(family, begins ? index : index + 1);
  const acnodes = places.filter((place) => place.multiple && nodeSign(family, place.at, t0) <= 0);
  if (acnodes.length === 0 || upperBranchPoints(family, beyond, budget).length === 0) {
    const kind: EventKind = begins ? "spectrum-begins" : "spectrum-ends";
    return [{ at: t0, kind, kinds: [kind], where: undefined, physical: true }];
  }
  return meetingsOf(family, t0, acnodes, shape, beyond, budget).map(({ at }) => ({
    at: t0,
    kind: "acnode",
    kinds: ["acnode"],
    where: at,
    physical: true,
  }));
}

/** The branch points of the physical sheet in the upper half-plane, for a value of a stretch without spectra; none where there is no law. */
function upperBranchPoints(family: Family, stretch: Stretch, budget: Budget): readonly UpperPoint[] {
  const ask = (law: Law): readonly UpperPoint[] => {
    const found = upperPoints(law, budget);
    if (found.kind === "ok") return found.value.filter(({ kind }) => kind === "branch-point");
    throw new LimitError(found.reason);
  };
  try {
    return withinReach(family, stretch, ask, budget);
  } catch (error) {
    if (!(error instanceof DomainError) || error instanceof AmbiguousBranchError) throw error;
    return [];
  }
}

/** Of some places those at which the branch points in the upper half-plane arrive, seen closer and closer to the critical value. */
function meetingsOf(
  family: Family,
  t0: AlgebraicNumber,
  places: readonly Place[],
  shape: Shape,
  beyond: Stretch,
  budget: Budget,
): readonly Place[] {
  if (places.length === 1) return places;
  const at = places.map((place) => algebraicToNumber(place.at));
  for (const bits of [4, 10, 16]) {
    const points = tryUpperBranchPoints(family, nextTo(t0, beyond, bits), budget);
    if (points === undefined) break;
    const nearest = points.map(({ at: { re, im } }) => {
      const ranked = at.map((x, k) => ({ k, far: Math.hypot(x - re, im) })).sort((a, b) => a.far - b.far);
      return 4 * ranked[0]!.far < ranked[1]!.far ? ranked[0]!.k : undefined;
    });
    if (!nearest.includes(undefined)) return places.filter((_, k) => nearest.includes(k));
  }
  // Not told apart: those in the bulks, where a sheet of the density arrives.
  const inside = places.filter(
    (place) => shape.edges.filter((edge) => compareAlgebraic(edge.at, place.at) < 0).length % 2 === 1,
  );
  return inside.length > 0 ? inside : places;
}

function tryUpperBranchPoints(family: Family, stretch: Stretch, budget: Budget): readonly UpperPoint[] | undefined {
  try {
    return upperBranchPoints(family, stretch, budget);
  } catch (error) {
    if (error instanceof LimitError && !(error instanceof BudgetError)) return undefined;
    throw error;
  }
}

/** Adds what happens on other sheets: every point where branch points meet each other or a pole. */
function withOthers(family: Family, physical: readonly SpectralEvent[], budget: Budget): readonly SpectralEvent[] {
  const result: SpectralEvent[] = [];
  family.times.forEach((t0, index) => {
    budget.spend(10, "looking at other sheets");
    const own = physical.filter((event) => compareAlgebraic(event.at, t0) === 0);
    result.push(...own);
    const { places } = placesAt(family, t0, budget);
    if (isConstant(family.branch)) return;
    const near = neighbourhoodOf(family, index, places, budget);
    const before = realPointsPerCell(family, sampleOf(near.before), near.separators, budget);
    const after = realPointsPerCell(family, sampleOf(near.after), near.separators, budget);
    places.forEach((place, k) => {
      if (own.some((event) => event.where !== undefined && compareAlgebraic(event.where, place.at) === 0)) return;
      const cell = near.cells[k]!;
      const kind = kindElsewhere(family, t0, place, before[cell]!, after[cell]!);
      if (kind !== undefined) result.push({ at: t0, kind, kinds: [kind], where: place.at, physical: false });
    });
  });
  return result;
}

function kindElsewhere(
  family: Family,
  t0: AlgebraicNumber,
  place: Place,
  before: number,
  after: number,
): EventKind | undefined {
  const { branch, name } = family;
  if (!place.multiple) return place.pole && vanishesAt(branch, place.at, t0, name) ? "edge-meets-atom" : undefined;
  const smooth = !vanishesAt(derivative(branch, name), place.at, t0, name);
  if (after > before) return smooth ? "bulk-appears" : "cusp-split";
  if (after < before) return smooth ? "bulk-vanishes" : "cusp-merge";
  return nodeSign(family, place.at, t0) < 0 ? "acnode" : undefined;
}
