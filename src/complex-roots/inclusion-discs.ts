import type { Budget } from "../core/index.js";
import { resolveCluster } from "./cluster-resolution.js";
import {
  type DyadicPoint,
  differenceOf,
  LOG_SLACK,
  leadingDouble,
  logModulus,
  logSum,
  roundedTo,
} from "./dyadic-point.js";
import { evaluateFixedPoint, type FixedPointPolynomial, logHeight } from "./fixed-point-evaluation.js";
import { estimateRoots, leadingCoefficients } from "./root-candidates.js";

/** A disc that holds exactly one root of the polynomial, with what Newton's iteration in it needs. Logarithms are to base 2. */
export interface IsolatedRoot {
  readonly centre: DyadicPoint;
  /** An upper bound of log |centre − root|, the radius of the disc. */
  readonly radius: number;
  /** An upper bound of log Σ 1/|x − other root| over the x with |x − centre| <= 2·radius; at most −5 − radius. */
  readonly crowding: number;
  /** Roughly log |p'(centre)|. */
  readonly slope: number;
  /** For a polynomial with real coefficients: the root is real, and so is the centre. */
  readonly real: boolean;
}

/** A candidate and the disc around it of radius n|p(x)/p'(x)|, which holds at least one root because p'/p = Σ 1/(x − root). */
interface Disc {
  readonly point: DyadicPoint;
  /** The centre in double precision, (re + i·im)·2^exponent. */
  readonly re: number;
  readonly im: number;
  readonly exponent: number;
  readonly logModulus: number;
  readonly radius: number;
  readonly slope: number;
  /** p(x)/p'(x) as (re + i·im)·2^exponent. */
  readonly newton: { readonly re: number; readonly im: number; readonly exponent: number };
  /** Whether |p(x)| is no larger than its error. */
  readonly isNoise: boolean;
  /** The precision of the evaluation, 0 for none. */
  readonly bits: number;
}

const FIRST_BITS = 120;
const LARGEST_SWEEPS = 60;
/** radius·Σ 1/distance must be below 2^-5: then discs are disjoint and Newton's iteration converges quadratically. */
const ISOLATION = -5;

/**
 * Discs with exactly one root each: for real coefficients the discs of the real roots and of the upper ones of the conjugate pairs,
 * else those of all roots. Candidates in double precision; around each a proved disc; where n discs that hold at least one root each
 * are disjoint, each holds exactly one. Those that are not disjoint from the rest are improved by the iteration of Aberth and Ehrlich
 * at a precision that is doubled each time, clusters by the roots of their local Taylor polynomial. The polynomial must be
 * square-free with p(0) ≠ 0; undefined when `largestBits` do not separate the roots.
 */
export function isolateRoots(p: FixedPointPolynomial, budget: Budget, largestBits: number): IsolatedRoot[] | undefined {
  const n = p.re.length - 1;
  const discs = startingDiscs(p);
  let failing = new Set(discs.keys());
  for (let bits = FIRST_BITS; bits <= largestBits; bits *= 2) {
    for (const isImproved of [false, true]) {
      if (isImproved) {
        resolveClusters(p, discs, failing, bits);
        improve(p, discs, failing, bits, budget);
      }
      budget.spend(1 + (failing.size * n * bits) / 20000, "separating the roots of a polynomial");
      const trial = certify(p, discs, failing, bits);
      if (trial.failing.size === 0) return trial.isolated;
      failing = trial.failing;
    }
  }
  return undefined;
}

function startingDiscs(p: FixedPointPolynomial): Disc[] {
  const { re, im, exponent } = estimateRoots(leadingCoefficients(p.re, p.im));
  return Array.from(re, (x, i) =>
    unevaluated({
      re: BigInt(Math.round(x * 2 ** 52)),
      im: BigInt(Math.round(im[i]! * 2 ** 52)),
      exponent: exponent[i]! - 52,
    }),
  );
}

/** A candidate without a disc yet. */
function unevaluated(point: DyadicPoint): Disc {
  const modulus = logModulus(point);
  const exponent = Math.round(modulus);
  const { re, im } = asDoubles(point, exponent);
  return {
    point,
    re,
    im,
    exponent,
    logModulus: modulus,
    radius: Number.POSITIVE_INFINITY,
    slope: 0,
    newton: { re: 0, im: 0, exponent: 0 },
    isNoise: false,
    bits: 0,
  };
}

function asDoubles(x: DyadicPoint, exponent: number): { re: number; im: number } {
  const a = leadingDouble(x.re);
  const b = leadingDouble(x.im);
  return {
    re: a.value * 2 ** Math.max(-1070, a.exponent + x.exponent - exponent),
    im: b.value * 2 ** Math.max(-1070, b.exponent + x.exponent - exponent),
  };
}

function evaluated(p: FixedPointPolynomial, disc: Disc, bits: number): Disc {
  const { point, logModulus: logX } = disc;
  const height = logHeight(p, logX);
  const valueBits = Math.ceil(bits - height);
  const result = evaluateFixedPoint(p, point, valueBits, Math.ceil(bits - height + 2 * logX));
  const logValue = logModulus(result.value);
  const logSlope = logModulus(result.derivative);
  const lost = result.derivativeError - logSlope;
  const slopeBelow = lost < -1 ? logSlope + Math.log2(1 - 2 ** lost) - LOG_SLACK : Number.NEGATIVE_INFINITY;
  const valueAbove = logSum(logValue + LOG_SLACK, result.valueError);
  const [u, v] = [Math.round(logValue), Math.round(logSlope)];
  const isNoise = logValue <= result.valueError + 1;
  let newton = { re: 0, im: 0, exponent: 0 };
  if (Number.isFinite(u) && Number.isFinite(v)) {
    const a = asDoubles(result.value, u);
    const b = asDoubles(result.derivative, v);
    const norm = b.re * b.re + b.im * b.im;
    newton = { re: (a.re * b.re + a.im * b.im) / norm, im: (a.im * b.re - a.re * b.im) / norm, exponent: u - v };
  }
  return {
    point,
    re: disc.re,
    im: disc.im,
    exponent: disc.exponent,
    logModulus: logX,
    radius: valueAbove - slopeBelow + Math.log2(p.re.length - 1) + LOG_SLACK,
    slope: logSlope,
    newton,
    isNoise,
    bits,
  };
}

/** The discs, brought into conjugate pairs and onto the real axis for real coefficients, and which of them are not isolated. */
function certify(
  p: FixedPointPolynomial,
  discs: Disc[],
  candidates: ReadonlySet<number>,
  bits: number,
): { isolated: IsolatedRoot[]; failing: Set<number> } {
  const brought = (i: number): Disc => {
    const disc = discs[i]!;
    if (!candidates.has(i) || disc.bits >= bits) return disc;
    discs[i] = evaluated(p, disc, bits);
    return discs[i]!;
  };
  /** The discs that are tried, the candidates each stands for, and all of them with the mirror images. */
  const trial: Disc[] = [];
  const members: number[][] = [];
  const all: Disc[] = [];
  const add = (disc: Disc, ...indices: number[]): void => {
    trial.push(disc);
    members.push(indices);
    all.push(disc);
  };
  const partners = p.im === undefined ? conjugatePartners(discs) : undefined;
  for (const [i, { point, bits: known }] of discs.entries()) {
    const j = partners?.[i];
    if (partners === undefined) add(brought(i), i);
    else if (j === i && point.re !== 0n) {
      const onAxis = (): Disc => evaluated(p, unevaluated({ ...point, im: 0n }), Math.max(bits, known));
      add(point.im === 0n ? brought(i) : onAxis(), i);
    } else if (j !== undefined && partners[j] === i && discs[j]!.point.im < 0n !== point.im < 0n) {
      if (point.im < 0n) continue;
      add(brought(i), i, j);
      all.push(mirrored(trial[trial.length - 1]!));
    } else {
      // Without a partner yet.
      add({ ...brought(i), radius: Number.POSITIVE_INFINITY }, i);
    }
  }
  const failing: Set<number> = new Set();
  const isolated: IsolatedRoot[] = [];
  trial.forEach((disc, k) => {
    const crowding = isolatedCrowding(disc, all);
    const [first, second] = members[k] as [number, number?];
    if (crowding !== undefined) {
      discs[first] = disc;
      if (second !== undefined) discs[second] = mirrored(disc);
      const real = p.im === undefined && disc.point.im === 0n;
      isolated.push({ centre: disc.point, radius: disc.radius, crowding, slope: disc.slope, real });
    } else {
      failing.add(first);
      if (second !== undefined) failing.add(second);
    }
  });
  return { isolated, failing };
}

function mirrored(disc: Disc): Disc {
  return {
    ...disc,
    point: { ...disc.point, im: -disc.point.im },
    im: -disc.im,
    newton: { ...disc.newton, im: -disc.newton.im },
  };
}

/** For each candidate the one that is nearest to its mirror image. */
function conjugatePartners(discs: readonly Disc[]): number[] {
  return discs.map((disc, i) => {
    const image = mirrored(disc);
    let best = i;
    let least = logDistance(image, disc);
    discs.forEach((other, j) => {
      if (j === i) return;
      const d = logDistance(image, other);
      if (d < least) [best, least] = [j, d];
    });
    return best;
  });
}

/** log |x − y| for the centres, within 2·LOG_SLACK; −Infinity for equal ones. */
function logDistance(a: Disc, b: Disc): number {
  const exponent = Math.max(a.exponent, b.exponent);
  const [p, q] = [2 ** Math.max(-1070, a.exponent - exponent), 2 ** Math.max(-1070, b.exponent - exponent)];
  const re = a.re * p - b.re * q;
  const im = a.im * p - b.im * q;
  const square = re * re + im * im;
  if (square > 2 ** -40) return Math.log2(square) / 2 + exponent;
  return logModulus(differenceOf(a.point, b.point));
}

/** The {@link crowdingOf} the disc when it is small enough against it and against the distance from 0. */
function isolatedCrowding(disc: Disc, all: readonly Disc[]): number | undefined {
  if (disc.radius > disc.logModulus - 2) return undefined;
  const crowding = crowdingOf(disc, all);
  return disc.radius + crowding <= ISOLATION ? crowding : undefined;
}

/** An upper bound of log Σ 1/|x − y| for all x within 2·radius of the centre and y in the other discs. */
function crowdingOf(disc: Disc, all: readonly Disc[]): number {
  if (disc.radius === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const terms: number[] = [];
  let top = Number.NEGATIVE_INFINITY;
  for (const other of all) {
    if (other === disc) continue;
    const distance = logDistance(disc, other) - 4 * LOG_SLACK;
    const free = 1 - 2 ** (disc.radius + 1 - distance) - 2 ** (other.radius - distance);
    if (!(free > 2 ** -20)) return Number.POSITIVE_INFINITY;
    const term = -distance - Math.log2(free);
    terms.push(term);
    if (term > top) top = term;
  }
  let sum = 0;
  for (const term of terms) sum += 2 ** Math.max(-1000, term - top);
  return terms.length === 0 ? Number.NEGATIVE_INFINITY : top + Math.log2(sum) + LOG_SLACK;
}

/** Moves the failing candidates by the iteration of Aberth and Ehrlich until each is isolated or lost in rounding. */
function improve(
  p: FixedPointPolynomial,
  discs: Disc[],
  failing: ReadonlySet<number>,
  bits: number,
  budget: Budget,
): void {
  let active = [...failing];
  for (let sweep = 0; sweep < LARGEST_SWEEPS && active.length > 0; sweep++) {
    budget.spend(1 + (active.length * p.re.length * bits) / 20000, "separating the roots of a polynomial");
    active = active.filter((i) => {
      let disc = discs[i]!;
      if (disc.bits < bits) disc = evaluated(p, disc, bits);
      discs[i] = disc;
      if (disc.isNoise || isolatedCrowding(disc, discs) !== undefined) return false;
      const moved = aberthMove(disc, discs, bits);
      // The length of the step stands in for the radius until the next evaluation.
      if (moved !== undefined) discs[i] = { ...unevaluated(moved.point), radius: moved.logStep };
      return moved !== undefined;
    });
  }
}

/** x − 1/(p'/p − Σ 1/(x − y)) over the other centres y. */
function aberthMove(
  disc: Disc,
  discs: readonly Disc[],
  bits: number,
): { readonly point: DyadicPoint; readonly logStep: number } | undefined {
  const { newton, point } = disc;
  // N/(1 − N·Σ) with the sum in units of the nearest distance, and N in that unit too.
  let nearest = Number.POSITIVE_INFINITY;
  for (const other of discs) {
    if (other === disc) continue;
    const distance = logDistance(disc, other);
    if (distance > Number.NEGATIVE_INFINITY && distance < nearest) nearest = distance;
  }
  const unit = Math.round(Number.isFinite(nearest) ? nearest : disc.logModulus);
  let [sumRe, sumIm] = [0, 0];
  for (const other of discs) {
    if (other === disc) continue;
    const d = asDoubles(differenceOf(point, other.point), unit);
    const norm = d.re * d.re + d.im * d.im;
    if (norm === 0 || !Number.isFinite(norm)) continue;
    sumRe += d.re / norm;
    sumIm -= d.im / norm;
  }
  const scale = 2 ** Math.min(400, Math.max(-1000, newton.exponent - unit));
  const [a, b] = [newton.re * scale, newton.im * scale];
  const [c, d] = [1 - (a * sumRe - b * sumIm), -(a * sumIm + b * sumRe)];
  const norm = c * c + d * d;
  const stepRe = (a * c + b * d) / norm;
  const stepIm = (b * c - a * d) / norm;
  const size = Math.hypot(stepRe, stepIm);
  if (!(size > 0 && size < 2 ** 900)) return undefined;
  const fraction = Math.ceil(bits - disc.logModulus);
  const exponent = Math.floor(Math.log2(size)) - 52;
  const moved = differenceOf(point, {
    re: BigInt(Math.round(stepRe * 2 ** -exponent)),
    im: BigInt(Math.round(stepIm * 2 ** -exponent)),
    exponent: exponent + unit,
  });
  const target = roundedTo(moved, -fraction);
  return target.re === 0n && target.im === 0n ? undefined : { point: target, logStep: Math.log2(size) + unit };
}

/** How much farther away than the farthest member of a cluster the nearest other candidate must be, as a power of 2. */
const CLUSTER_GAP = 6;

/** Replaces the candidates of each cluster of failing ones by the roots of the Taylor polynomial at its centre. */
function resolveClusters(p: FixedPointPolynomial, discs: Disc[], failing: ReadonlySet<number>, bits: number): void {
  const done: Set<number> = new Set();
  for (const i of failing) {
    if (done.has(i)) continue;
    const disc = discs[i]!;
    const near = discs
      .map((other, j) => ({ j, distance: j === i ? Number.NEGATIVE_INFINITY : logDistance(disc, other) }))
      .sort((x, y) => x.distance - y.distance);
    let size = 0;
    for (let m = 2; m <= near.length && size === 0; m++) {
      const next = m < near.length ? near[m]!.distance : disc.logModulus;
      if (next - near[m - 1]!.distance >= CLUSTER_GAP) size = m;
    }
    if (size === 0) continue;
    const members = near.slice(0, size).map(({ j }) => j);
    if (members.some((j) => done.has(j) || !failing.has(j))) continue;
    const points = resolveCluster(
      p,
      members.map((j) => discs[j]!.point),
      bits,
    );
    members.forEach((j, k) => {
      done.add(j);
      if (points !== undefined) discs[j] = unevaluated(points[k]!);
    });
  }
}
