import { type Budget, unlimited } from "../core/index.js";
import {
  type Arithmetic,
  type Complex,
  inclusionRadius,
  isolationRadius,
  machineArithmetic,
  type SheetPoint,
  type Tracker,
} from "../curve/index.js";
import { type Law, type PhysicalSheet, physicalSheet, requireNumeric, requireSpectrum } from "../law/index.js";
import { bitLength } from "../rings/index.js";

/** The values of a Stieltjes transform at points re + i·im, one for one. */
export interface TransformArrays {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export type StieltjesEvaluator = (re: Float64Array, im: Float64Array) => TransformArrays;

/** A disc of base points, and a disc about the tangent of the sheet over it in which the sheet runs and no other one. */
interface Anchor {
  readonly point: SheetPoint;
  readonly tangent: Complex;
  readonly reach: number;
  readonly isolation: number;
}

/** Newton's iteration takes so many steps before the point gets a disc of its own. */
const mostSteps = 12;
/** The discs that are searched are the latest ones. */
const mostAnchors = 2048;

/**
 * m(z) = ∫ rho(dx)/(x − z) as a fast evaluator on typed arrays, on and above the real line from above, below it from below. Estimate on a proved sheet: each
 * value is found by Newton's iteration in double precision inside a disc that was proved to hold the physical sheet and no other;
 * so the sheet is certain, and the value good to a few units of the last place, up to rounding where sheets come close. Points in
 * an order of small steps are fastest. NaN where the sheet could not be proved, as at its singular points on the axis.
 *
 * @throws DomainError when the law has parameters or its curve is no spectrum.
 * @example stieltjes(ensembles.semicircle(1))(Float64Array.of(0), Float64Array.of(2)) // { re: [0], im: [√2 − 1] }
 */
export function stieltjes(law: Law, budget: Budget = unlimited): StieltjesEvaluator {
  requireNumeric(law, "the Stieltjes transform");
  requireSpectrum(law, budget);
  const sheet = physicalSheet(law, budget);
  const newton = doubleNewton(sheet.tracker);
  const arithmetic = machineArithmetic(sheet.tracker.table);
  const anchors: Anchor[] = [];
  const value = new Float64Array(2);
  /** Writes m(x + iy), y ≥ 0, to `value`. */
  const evaluate = (x: number, y: number): void => {
    for (let k = anchors.length - 1; k >= 0; k--) {
      const { point, reach } = anchors[k]!;
      const [dx, dy] = [x - point.z.re, y - point.z.im];
      if (dx * dx + dy * dy > reach * reach) continue;
      if (newton(x, y, anchors[k]!, value)) return;
      break;
    }
    budget.spend(1, "evaluating the Stieltjes transform");
    const anchor = anchorAt(sheet, arithmetic, nearest(anchors, x, y)?.point ?? sheet.base, { re: x, im: y }, budget);
    if (anchor === undefined) {
      value.fill(Number.NaN);
      return;
    }
    if (anchor.reach > 0) {
      if (anchors.length === mostAnchors) anchors.shift();
      anchors.push(anchor);
    }
    if (newton(x, y, anchor, value)) return;
    const { re, im } = sheet.tracker.polish(anchor.point);
    value[0] = re;
    value[1] = im;
  };
  return (re, im) => {
    const result = { re: new Float64Array(re.length), im: new Float64Array(re.length) };
    for (let k = 0; k < re.length; k++) {
      const [x, y] = [re[k]!, im[k] ?? Number.NaN];
      if (!Number.isFinite(x) || !Number.isFinite(y)) value.fill(Number.NaN);
      else evaluate(x, Math.abs(y));
      result.re[k] = value[0]!;
      result.im[k] = y < 0 ? -value[1]! : value[1]!;
    }
    return result;
  };
}

function nearest(anchors: readonly Anchor[], x: number, y: number): Anchor | undefined {
  let best: Anchor | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const anchor of anchors) {
    const distance = Math.hypot(x - anchor.point.z.re, y - anchor.point.z.im);
    if (distance < least) {
      best = anchor;
      least = distance;
    }
  }
  return best;
}

/** The sheet over z with the largest disc, of a geometric search in doubles, over which it stays alone. */
function anchorAt(
  { tracker, base }: PhysicalSheet,
  arithmetic: Arithmetic<Complex>,
  from: SheetPoint,
  z: Complex,
  budget: Budget,
): Anchor | undefined {
  let reached = tracker.track(from, z, { maxSteps: 200, budget });
  if (reached.kind !== "ok") reached = tracker.track(base, z, { budget });
  if (reached.kind !== "ok") return undefined;
  const point = reached.value;
  const local = arithmetic.expand(z, point.m);
  for (let reach = Math.hypot(z.re, z.im) + 1; reach > 1e-12; reach *= 0.7) {
    const radius = inclusionRadius(local, reach);
    if (radius === undefined) continue;
    // The point of the sheet over z lies in the inner disc, so that the outer one belongs to it.
    if (radius < point.radius) break;
    const isolation = isolationRadius(local, reach, radius) * (1 - 1e-9);
    return { point, tangent: local.tangent, reach: reach * (1 - 1e-9), isolation };
  }
  return { point, tangent: { re: 0, im: 0 }, reach: 0, isolation: tracker.isolation(point) };
}

/** Newton's iteration at z = x + iy from the tangent at an anchor; whether it converged to the anchor's sheet. */
function doubleNewton(tracker: Tracker): (x: number, y: number, anchor: Anchor, out: Float64Array) => boolean {
  const { degreeZ: L, degreeM: K, rows } = tracker.table;
  const coeffs = new Float64Array((L + 1) * (K + 1));
  const bits = rows.reduce((most, row) => row.reduce((a, c) => Math.max(a, bitLength(c)), most), 1);
  for (let j = 0; j <= K; j++) {
    for (let i = 0; i <= L; i++) coeffs[j * (L + 1) + i] = quotientOf(rows[j]![i]!, bits);
  }
  const [fibreRe, fibreIm] = [new Float64Array(K + 1), new Float64Array(K + 1)];
  return (x, y, { point, tangent, isolation }, out) => {
    for (let j = 0; j <= K; j++) {
      let [a, b] = [coeffs[j * (L + 1) + L]!, 0];
      for (let i = L - 1; i >= 0; i--) {
        const next = a * x - b * y + coeffs[j * (L + 1) + i]!;
        b = a * y + b * x;
        a = next;
      }
      fibreRe[j] = a;
      fibreIm[j] = b;
    }
    const [dx, dy] = [x - point.z.re, y - point.z.im];
    const startRe = point.m.re + tangent.re * dx - tangent.im * dy;
    const startIm = point.m.im + tangent.re * dy + tangent.im * dx;
    let [p, q] = [startRe, startIm];
    let last = Number.POSITIVE_INFINITY;
    for (let round = 0; round < mostSteps; round++) {
      let [a, b, c, d] = [fibreRe[K]!, fibreIm[K]!, 0, 0];
      for (let j = K - 1; j >= 0; j--) {
        const slope = c * p - d * q + a;
        d = c * q + d * p + b;
        c = slope;
        const value = a * p - b * q + fibreRe[j]!;
        b = a * q + b * p + fibreIm[j]!;
        a = value;
      }
      const norm = c * c + d * d;
      const [dp, dq] = [(a * c + b * d) / norm, (b * c - a * d) / norm];
      p -= dp;
      q -= dq;
      const change = dp * dp + dq * dq;
      if (!(change < Number.POSITIVE_INFINITY)) return false;
      const size = p * p + q * q;
      // Beside rounding, or no smaller than the step before: as good as it gets.
      if (change <= 1e-26 * size || (change >= last && change <= 1e-16 * size)) {
        out[0] = p;
        out[1] = q;
        return (p - startRe) ** 2 + (q - startIm) ** 2 < isolation * isolation;
      }
      last = change;
    }
    return false;
  };
}

/** c/2^bits as a double. */
function quotientOf(c: bigint, bits: number): number {
  const drop = Math.max(0, bits - 900);
  return Number(c >> BigInt(drop)) * 2 ** -(bits - drop);
}

/**
 * The Hilbert transform H(x) = (1/π) p.v. ∫ rho(dt)/(x − t) = −Re m(x + i0)/π on typed arrays of points of the real line, with the
 * guarantee of {@link stieltjes}: NaN at the singular points, such as edges and atoms. Estimate on a proved sheet.
 *
 * @throws DomainError when the law has parameters or its curve is no spectrum.
 * @example hilbertTransform(ensembles.semicircle(1))(Float64Array.of(1)) // 1/(2π), as everywhere x/(2π) inside the support
 */
export function hilbertTransform(law: Law, budget: Budget = unlimited): (x: Float64Array) => Float64Array {
  const transform = stieltjes(law, budget);
  return (x) => transform(x, new Float64Array(x.length)).re.map((re) => -re / Math.PI);
}
