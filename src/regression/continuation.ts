import { type CurveValue, type DoubleCurve, evaluateCurve } from "./double-curve.js";

/** A complex number in doubles. */
interface Point {
  readonly re: number;
  readonly im: number;
}

/** The branch at a point. */
export interface BranchValue extends Point {
  /** |dm/dz|. */
  readonly slope: number;
}

/** The branch m = −1/z − … of a curve in doubles. */
export interface DoubleBranch {
  /**
   * m at x + i·height, first at tau = 1 and then continued in tau to the given one at fixed z; undefined where a step became too small.
   */
  at(x: number, height: number, tau: number): BranchValue | undefined;
}

/**
 * Follows the branch m = −1/z − … of a curve in doubles: an estimate, checked at every step by the size of Newton's correction, not
 * certified. From far up the imaginary axis down to |x|, then along the circle of that radius to the real axis at tau = 1, then in
 * tau at fixed z.
 *
 * With (zeta, y) a point of the curve, z = zeta − (tau − 1)/y and m = y/tau, so that y solves P(z + (tau − 1)/y, y) = 0. Up to the
 * horizon the result is the Stieltjes transform of the decompressed law; beyond it, it is the definition of the estimate that
 * `extrapolate` gives.
 */
export function createBranch(curve: DoubleCurve): DoubleBranch {
  const walker = createWalker(curve);
  // The branch at i·2^-k, k = −20, −19, …, as far down as it was needed.
  const spine: [number, number][] = [];
  const spineHeight = (k: number): number => 2 ** (20 - k);
  const onSpine = (k: number): boolean => {
    while (spine.length <= k) {
      const height = spineHeight(spine.length);
      const last = spine.at(-1);
      if (last === undefined) {
        walker.place(0, 1 / height);
        if (!walker.correct(0, height, 1, 0.5)) return false;
      } else {
        walker.place(last[0], last[1]);
        if (!walker.climb(2 * height, height)) return false;
      }
      spine.push([walker.y[0], walker.y[1]]);
    }
    walker.place(spine[k]![0], spine[k]![1]);
    return true;
  };
  return {
    at(x, height, tau) {
      const radius = Math.max(Math.abs(x), height);
      const flowHeight = tau === 1 ? height : Math.max(height, relativeFlowHeight * radius);
      const k = Math.max(0, Math.min(1000, Math.floor(20 - Math.log2(radius))));
      if (!onSpine(k)) return undefined;
      if (!walker.climb(spineHeight(k), radius)) return undefined;
      if (!walker.turn(radius, x, flowHeight)) return undefined;
      if (tau !== 1 && !(walker.flow(x, flowHeight, tau) && walker.descend(x, flowHeight, height, tau)))
        return undefined;
      return { re: walker.y[0] / tau, im: walker.y[1] / tau, slope: walker.slope() / tau };
    },
  };
}

/**
 * The height, against |x|, at which tau moves. At the axis itself an edge that sweeps over x is a singularity on the path of tau; at
 * this height it is passed on the right side.
 */
const relativeFlowHeight = 3e-3;

/** How large the correction of a predicted step of relative size q may be: small against it, so that no singularity is stepped over. */
function trust(q: number): number {
  return 0.03 * q + 1e-7;
}

interface Walker {
  readonly y: [number, number];
  /** |dy/dz| at the last point. */
  slope(): number;
  place(re: number, im: number): void;
  correct(re: number, im: number, tau: number, trust: number): boolean;
  /** Along the imaginary axis. */
  climb(from: number, to: number): boolean;
  /** From i·radius along the circle to x + i·height. */
  turn(radius: number, x: number, height: number): boolean;
  /** Straight down at fixed x and tau. */
  descend(x: number, from: number, to: number, tau: number): boolean;
  /** In tau from 1 at fixed z. */
  flow(x: number, height: number, tau: number): boolean;
}

function createWalker(curve: DoubleCurve): Walker {
  const y: [number, number] = [0, 0];
  const out: CurveValue = [0, 0, 0, 0, 0, 0];
  let last: [number, number] = [0, 0];

  /** Newton's iteration from y at z = re + i·im; refused when a correction is large against y or convergence is slow. */
  const correct = (zRe: number, zIm: number, tau: number, trust: number): boolean => {
    let [re, im] = y;
    let previous = Number.POSITIVE_INFINITY;
    let slope = last;
    for (let k = 0; k < 9; k++) {
      const norm = re * re + im * im;
      const [ir, ii] = [re / norm, -im / norm];
      evaluateCurve(curve, zRe + (tau - 1) * ir, zIm + (tau - 1) * ii, re, im, out);
      const [sr, si] = [ir * ir - ii * ii, 2 * ir * ii];
      const dr = out[2] - (tau - 1) * (sr * out[4] - si * out[5]);
      const di = out[3] - (tau - 1) * (sr * out[5] + si * out[4]);
      slope = [dr, di];
      const size = dr * dr + di * di;
      if (!(size > 0)) return false;
      const stepRe = (out[0] * dr + out[1] * di) / size;
      const stepIm = (out[1] * dr - out[0] * di) / size;
      const step = Math.hypot(stepRe, stepIm) / Math.sqrt(norm);
      if (!(step < trust) || (k > 0 && step > 0.5 * previous && step > 1e-8)) return false;
      re -= stepRe;
      im -= stepIm;
      if (step < 1e-11) {
        y[0] = re;
        y[1] = im;
        last = slope;
        return true;
      }
      previous = step;
    }
    if (!(previous < 1e-7)) return false;
    last = slope;
    y[0] = re;
    y[1] = im;
    return true;
  };

  /** Moves y to y·exp(q), q = (dy/ds)·step/y with dy/ds = −f_s/f_y, and returns |q|; NaN when q is large. */
  const predict = (fRe: number, fIm: number, stepRe: number, stepIm: number): number => {
    const size = last[0] * last[0] + last[1] * last[1];
    const gr = -(fRe * last[0] + fIm * last[1]) / size;
    const gi = -(fIm * last[0] - fRe * last[1]) / size;
    const [dr, di] = [gr * stepRe - gi * stepIm, gr * stepIm + gi * stepRe];
    const norm = y[0] * y[0] + y[1] * y[1];
    const [qr, qi] = [(dr * y[0] + di * y[1]) / norm, (di * y[0] - dr * y[1]) / norm];
    if (!(Math.hypot(qr, qi) < 1)) return Number.NaN;
    const grow = Math.exp(qr);
    const [cr, ci] = [grow * Math.cos(qi), grow * Math.sin(qi)];
    const re = y[0] * cr - y[1] * ci;
    y[1] = y[0] * ci + y[1] * cr;
    y[0] = re;
    return Math.hypot(qr, qi);
  };

  /** Along a path in the upper half-plane from the current point; dy/d(log z) = −z·P_z/f_y is nearly constant beside an atom too. */
  const walk = (tau: number, path: (s: number) => Point): boolean => {
    let s = 0;
    let step = 0.25;
    let at = path(0);
    if (!correct(at.re, at.im, tau, 0.2)) return false;
    while (s < 1) {
      const ahead = Math.min(1, s + step);
      const next = path(ahead);
      const kept = keep();
      const [fr, fi] = [at.re * out[4] - at.im * out[5], at.re * out[5] + at.im * out[4]];
      const grow = Math.log(Math.hypot(next.re, next.im) / Math.hypot(at.re, at.im));
      const turn = Math.atan2(next.im, next.re) - Math.atan2(at.im, at.re);
      if (correct(next.re, next.im, tau, 0.2 * predict(fr, fi, grow, turn) + 1e-6)) {
        [s, at] = [ahead, next];
        step *= 1.6;
      } else {
        kept();
        step /= 3;
        if (step < 1e-9) return false;
      }
    }
    return true;
  };

  /** A function that puts the walker back to where it is now. */
  const keep = (): (() => void) => {
    const [re, im, slope, pz, pzIm] = [y[0], y[1], last, out[4], out[5]];
    return () => {
      y[0] = re;
      y[1] = im;
      last = slope;
      out[4] = pz;
      out[5] = pzIm;
    };
  };

  return {
    y,
    slope: () => Math.hypot(out[4], out[5]) / Math.hypot(last[0], last[1]),
    place(re, im) {
      y[0] = re;
      y[1] = im;
    },
    correct,
    climb: (from, to) => walk(1, (s) => ({ re: 0, im: from * (to / from) ** s })),
    turn(radius, x, height) {
      const [logStart, logEnd] = [Math.log(radius), Math.log(Math.hypot(x, height))];
      // Towards the axis the angle from it shrinks geometrically.
      const end = Math.atan2(height, Math.abs(x));
      return walk(1, (s) => {
        const angle = (Math.PI / 2) ** (1 - s) * end ** s;
        const modulus = Math.exp(logStart + s * (logEnd - logStart));
        return { re: (x < 0 ? -1 : 1) * modulus * Math.cos(angle), im: modulus * Math.sin(angle) };
      });
    },
    descend: (x, from, to, tau) => walk(tau, (s) => ({ re: x, im: from * (to / from) ** s })),
    flow(x, height, target) {
      let tau = 1;
      if (!correct(x, height, 1, 0.01)) return false;
      let step = 0.05;
      while (tau !== target) {
        const next = Math.abs(target - tau) <= step ? target : tau + Math.sign(target - tau) * step;
        const kept = keep();
        const norm = y[0] * y[0] + y[1] * y[1];
        const [ir, ii] = [y[0] / norm, -y[1] / norm];
        const [fr, fi] = [out[4] * ir - out[5] * ii, out[4] * ii + out[5] * ir];
        if (correct(x, height, next, trust(predict(fr, fi, next - tau, 0)))) {
          tau = next;
          step *= 1.6;
        } else {
          kept();
          step /= 3;
          if (step < 1e-11) return false;
        }
      }
      return true;
    },
  };
}

/** Re m of the branch just above a point of the real axis; NaN where it could not be followed. */
export function edgeValue(curve: DoubleCurve, x: number): number {
  return createBranch(curve).at(x, 1e-9 * Math.max(1, Math.abs(x)), 1)?.re ?? Number.NaN;
}
