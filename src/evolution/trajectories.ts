import { type Budget, DomainError, LimitError, unlimited } from "../core/index.js";
import { atoms, type Law, requireNumeric } from "../law/index.js";
import { constant, isConstant, substitute } from "../poly/index.js";
import { QQ, type Rational, rational, rationalFromNumber, rationalToNumber, rationalToText } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicRoots,
  algebraicToNumber,
  compareAlgebraic,
  compareWithRational,
} from "../roots/index.js";
import { criticalTimes } from "./critical-times.js";
import { decompressed } from "./decompressed.js";
import { edgePolynomial } from "./edge-polynomial.js";
import { events, type SpectralEvent } from "./events.js";
import { sampleOf } from "./events-places.js";
import { type ShapeEdge, shapeOf } from "./events-shape.js";
import { horizon } from "./horizon.js";
import { followRoots, type MovingRoots } from "./trajectories-roots.js";

/** The edges and atoms at one size factor, in double precision. */
export interface EdgeSample {
  readonly tau: number;
  /** In ascending order; the bulks are from edges[0] to edges[1], from edges[2] to edges[3], …. */
  readonly edges: Float64Array;
  readonly atoms: readonly { readonly at: number; readonly weight: number }[];
}

/** The edges of a law as functions of its size factor. */
export interface Trajectories {
  /** The beginning of the interval. */
  readonly from: Rational;
  /** Its end: the one that was asked for, or the horizon when that comes first. */
  readonly to: Rational | AlgebraicNumber;
  readonly horizon: AlgebraicNumber | "infinity";
  /** The events from `from` to `to`, ascending: between two of them every edge is an analytic function of tau. */
  readonly events: readonly SpectralEvent[];
  /** The edges at a rational tau, from left to right. Exact. */
  edgesAt(tau: Rational): readonly ShapeEdge[];
  /**
   * Edges and atoms at many tau, in the order in which they are given: about ten digits, each edge followed from an exact one and
   * checked. At an event, the limit from the right (at the horizon from the left).
   */
  evaluate(taus: readonly number[]): readonly EdgeSample[];
}

/**
 * Every edge of a law as a function of the size factor tau from `from` to `to`, or to the horizon when that comes first. Between two
 * critical times the edges are certain real roots of the edge polynomial E(z, tau), by their number from the left; which
 * ones is decided once, with proof, at one rational tau. Exact at a rational tau (`edgesAt`); `evaluate` gives doubles, an estimate.
 *
 * @throws DomainError when the law has parameters, the interval is empty or begins beyond the horizon; LimitError when something
 * could not be decided.
 * @example trajectories(ensembles.semicircle(1), 1, 9).evaluate([4])[0].edges // -4, 4
 */
export function trajectories(
  law: Law,
  from: Rational | number,
  to: Rational | number,
  budget: Budget = unlimited,
): Trajectories {
  requireNumeric(law, "the trajectories of the edges");
  const [start, asked] = [exact(from), exact(to)];
  if (QQ.sign(start) <= 0 || QQ.compare(start, asked) >= 0) {
    throw new DomainError(
      `the size factor must go from a positive number to a larger one, not from ${rationalToText(start)} to ${rationalToText(asked)}`,
    );
  }
  const reach = horizonOf(law, budget);
  if (reach !== "infinity" && compareWithRational(reach, start) <= 0) {
    throw new DomainError(
      `there is no spectrum beyond the horizon tau = ${algebraicToNumber(reach)}, and the interval begins at ${rationalToText(start)}`,
    );
  }
  const end = reach !== "infinity" && compareWithRational(reach, asked) < 0 ? reach : asked;
  const inside = (t: AlgebraicNumber): boolean =>
    compareWithRational(t, start) >= 0 &&
    ("num" in end ? compareWithRational(t, end) <= 0 : compareAlgebraic(t, end) <= 0);
  const pieces = piecesOf(law, budget);
  return {
    from: start,
    to: end,
    horizon: reach,
    events: events(law, {}, budget).filter((event) => inside(event.at)),
    edgesAt(tau) {
      if (QQ.sign(tau) <= 0 || (reach !== "infinity" && compareWithRational(reach, tau) < 0)) {
        throw new DomainError(`there is no spectrum at tau = ${rationalToText(tau)}`);
      }
      const index = indexOf(law, tau, budget);
      if (index === undefined) return shapeOf(decompressed(law, tau, budget), budget).edges;
      const { ordinals } = pieces(index);
      const { polynomial } = edgePolynomial(law, budget);
      const inZ = substitute(polynomial, { tau: constant(tau) });
      const roots = isConstant(inZ) ? [] : algebraicRoots(inZ, budget);
      return ordinals.map(({ ordinal, side }) => ({ at: roots[ordinal]!, side }));
    },
    evaluate: (taus) => evaluate(law, taus, reach, pieces, budget),
  };
}

function exact(tau: Rational | number): Rational {
  if (typeof tau !== "number") return tau;
  if (!Number.isFinite(tau)) throw new DomainError("a size factor must be a finite number");
  return Number.isInteger(tau) ? rational(tau) : rationalFromNumber(tau);
}

function horizonOf(law: Law, budget: Budget): AlgebraicNumber | "infinity" {
  const found = horizon(law, budget);
  if (found.kind === "ok") return found.value.tau;
  if (found.kind === "undefined") throw new DomainError(found.reason);
  throw new LimitError(`the horizon of the law could not be decided: ${found.reason}`);
}

/** What holds between two neighbouring critical times. */
interface Piece {
  /** The edges among the real roots of the edge polynomial, counted from 0. */
  readonly ordinals: readonly { readonly ordinal: number; readonly side: ShapeEdge["side"] }[];
  /** Atoms with the tau at which their weight would be 0: the weight is 1 − birth/tau. */
  readonly atoms: readonly { readonly at: number; readonly birth: number }[];
  readonly moving: MovingRoots;
}

/** The piece between times[k − 1] and times[k]. */
function piecesOf(law: Law, budget: Budget): (k: number) => Piece {
  const times = criticalTimes(law, budget);
  const { polynomial } = edgePolynomial(law, budget);
  const known = new Map<number, Piece>();
  return (k) => {
    const cached = known.get(k);
    if (cached !== undefined) return cached;
    budget.spend(10, "following the support");
    const tau = sampleOf({ from: times[k - 1] ?? zero, to: times[k] });
    const at = decompressed(law, tau, budget);
    const inZ = substitute(polynomial, { tau: constant(tau) });
    const roots = isConstant(inZ) ? [] : algebraicRoots(inZ, budget);
    const ordinals = shapeOf(at, budget).edges.map(({ at: x, side }) => {
      const ordinal = roots.findIndex((root) => compareAlgebraic(root, x) === 0);
      if (ordinal < 0) throw new LimitError("an edge of the support is no root of the edge polynomial");
      return { ordinal, side };
    });
    const size = rationalToNumber(tau);
    const piece: Piece = {
      ordinals,
      atoms: atoms(at, budget).map((atom) => ({
        at: algebraicToNumber(atom.at),
        birth: size * (1 - algebraicToNumber(atom.weight)),
      })),
      moving: followRoots(polynomial, tau, budget),
    };
    known.set(k, piece);
    return piece;
  };
}

const zero: AlgebraicNumber = { minimalPolynomial: [0n, 1n], lower: QQ.zero, upper: QQ.zero };

/** Which interval between critical times holds a rational tau; undefined when it is one of them. */
function indexOf(law: Law, tau: Rational, budget: Budget): number | undefined {
  const times = criticalTimes(law, budget);
  let index = 0;
  for (const t of times) {
    const order = compareWithRational(t, tau);
    if (order === 0) return undefined;
    if (order < 0) index++;
  }
  return index;
}

function evaluate(
  law: Law,
  taus: readonly number[],
  reach: AlgebraicNumber | "infinity",
  pieces: (k: number) => Piece,
  budget: Budget,
): readonly EdgeSample[] {
  const times = criticalTimes(law, budget).map(algebraicToNumber);
  const last = reach === "infinity" ? Number.POSITIVE_INFINITY : algebraicToNumber(reach);
  const groups = new Map<number, { readonly tau: number; readonly place: number }[]>();
  taus.forEach((tau, place) => {
    if (!(tau > 0 && tau <= last)) throw new DomainError(`there is no spectrum at tau = ${tau}`);
    const index = times.filter((t) => (tau === last ? t < tau : t <= tau)).length;
    const group = groups.get(index) ?? [];
    groups.set(index, group);
    group.push({ tau, place });
  });
  const result = new Array<EdgeSample>(taus.length);
  for (const [index, group] of groups) {
    group.sort((a, b) => a.tau - b.tau);
    const { ordinals, atoms: masses, moving } = pieces(index);
    const found = moving.evaluate(group.map(({ tau }) => tau));
    group.forEach(({ tau, place }, k) => {
      const roots = found[k]!;
      result[place] = {
        tau,
        edges: Float64Array.from(ordinals.map(({ ordinal }) => roots[Math.min(ordinal, roots.length - 1)]!)),
        atoms: masses.map(({ at, birth }) => ({ at, weight: 1 - birth / tau })),
      };
    });
  }
  return result;
}
