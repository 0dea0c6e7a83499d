import { Matrix } from "ml-matrix";
import { type BranchValue, createBranch, type DoubleBranch } from "./continuation.js";
import type { DoubleCurve } from "./double-curve.js";
import { eigenvaluesOf } from "./eigenvalues.js";

/** The real axis as a curve of the scaled coordinate is looked at on: [left, right] in x = small·sinh(u). */
export interface Window {
  readonly left: number;
  readonly right: number;
  /** Below this distance from 0 the grid is linear, above it logarithmic. */
  readonly small: number;
}

/** What the double-precision branch looks like on the real axis. Nothing in it is certified. */
export interface SpectrumEstimate {
  readonly intervals: readonly { readonly left: number; readonly right: number; readonly mass: number }[];
  readonly atoms: readonly { readonly at: number; readonly weight: number }[];
  /** Signed mass of density and atoms: 1 for a law, up to about 1e-3. */
  readonly mass: number;
  /** The part of it that is negative, as a positive number. */
  readonly negative: number;
  /** At how many grid points the branch could not be followed. */
  readonly failures: number;
  /** The distribution function of the positive part, normalised to one. */
  cumulative(x: number): number;
  /** Its inverse for 0 < p < 1. */
  quantile(p: number): number;
}

/** A bulk with its distribution function on nodes. */
export interface Piece {
  readonly left: number;
  readonly right: number;
  readonly mass: number;
  readonly negative: number;
  /** Nodes and the positive mass up to them, beginning with [left, 0]. */
  readonly x: Float64Array;
  readonly upTo: Float64Array;
}

const stepInU = 0.04;
const relativeHeight = 1e-7;
export const nodes = 160;

/**
 * The density of a curve's branch after decompression by tau, on the whole window: edges by bisection, masses by the midpoint rule in
 * x(u), u = middle − half·cos(theta), which square-root edges do not disturb; atoms where the leading coefficient in m vanishes.
 */
export function estimateSpectrum(curve: DoubleCurve, tau: number, window: Window): SpectrumEstimate {
  const { small } = window;
  const branch = createBranch(curve);
  let failures = 0;
  const toX = (u: number): number => small * Math.sinh(u);
  const scaleAt = (u: number): number => small * Math.cosh(u);
  const look = (u: number): BranchValue | undefined => {
    const found = branch.at(toX(u), relativeHeight * scaleAt(u), tau);
    if (found === undefined) failures++;
    return found;
  };
  // Where the branch is real on the axis, beside an atom too, Im m = height·Re m' to first order; where there is density it is more.
  const inside = (u: number): boolean => {
    const found = look(u);
    return found !== undefined && Math.abs(found.im) > 3 * relativeHeight * scaleAt(u) * found.slope;
  };
  const atoms = atomsOf(curve, branch, tau, window);
  const [from, to] = [Math.asinh(window.left / small), Math.asinh(window.right / small)];
  const steps = Math.max(200, Math.ceil((to - from) / stepInU));
  const edges: number[] = [];
  let before = { u: from, is: inside(from) };
  if (before.is) edges.push(from);
  for (let k = 1; k <= steps; k++) {
    const u = from + ((to - from) * k) / steps;
    const is = inside(u);
    if (is !== before.is) {
      let [low, high] = [before.u, u];
      for (let j = 0; j < 36; j++) {
        const middle = (low + high) / 2;
        if (inside(middle) === before.is) low = middle;
        else high = middle;
      }
      edges.push((low + high) / 2);
    }
    before = { u, is };
  }
  if (before.is) edges.push(to);
  const pieces: Piece[] = [];
  for (let k = 0; k + 1 < edges.length; k += 2) {
    const [left, right] = [edges[k]!, edges[k + 1]!];
    pieces.push(integrate(left, right, toX, scaleAt, (u) => look(u)?.im ?? 0));
  }
  return assemble(pieces, atoms, failures);
}

function integrate(
  left: number,
  right: number,
  toX: (u: number) => number,
  scaleAt: (u: number) => number,
  imaginary: (u: number) => number,
): Piece {
  const [middle, half] = [(left + right) / 2, (right - left) / 2];
  const x = new Float64Array(nodes + 1);
  const upTo = new Float64Array(nodes + 1);
  x[0] = toX(left);
  let [mass, negative] = [0, 0];
  for (let k = 0; k < nodes; k++) {
    const theta = ((k + 0.5) / nodes) * Math.PI;
    const u = middle - half * Math.cos(theta);
    const part = (imaginary(u) / Math.PI) * scaleAt(u) * half * Math.sin(theta) * (Math.PI / nodes);
    mass += part;
    if (part < 0) negative -= part;
    x[k + 1] = toX(middle - half * Math.cos(((k + 1) / nodes) * Math.PI));
    upTo[k + 1] = upTo[k]! + Math.max(0, part);
  }
  return { left: x[0]!, right: x[nodes]!, mass, negative, x, upTo };
}

/** Bulks and atoms as one distribution. */
export function assemble(
  pieces: readonly Piece[],
  atoms: readonly { readonly at: number; readonly weight: number }[],
  failures: number,
): SpectrumEstimate {
  const positive = atoms.filter((atom) => atom.weight > 0);
  const total =
    pieces.reduce((sum, piece) => sum + piece.upTo[nodes]!, 0) + positive.reduce((sum, a) => sum + a.weight, 0);
  const cumulative = (x: number): number => {
    let sum = positive.reduce((weight, atom) => weight + (atom.at <= x ? atom.weight : 0), 0);
    for (const piece of pieces) sum += massUpTo(piece, x);
    return sum / total;
  };
  let table: Steps | undefined;
  const quantile = (p: number): number => {
    table ??= steps(pieces, positive, total);
    const { x, below, upTo } = table;
    let [low, high] = [0, x.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! >= p) high = middle;
      else low = middle + 1;
    }
    if (low === 0 || p > below[low]!) return x[low]!;
    const rise = below[low]! - upTo[low - 1]!;
    return x[low - 1]! + (rise > 0 ? (p - upTo[low - 1]!) / rise : 1) * (x[low]! - x[low - 1]!);
  };
  return {
    intervals: pieces.map(({ left, right, mass }) => ({ left, right, mass })),
    atoms,
    mass: pieces.reduce((sum, piece) => sum + piece.mass, 0) + atoms.reduce((sum, atom) => sum + atom.weight, 0),
    negative:
      pieces.reduce((sum, piece) => sum + piece.negative, 0) +
      atoms.reduce((sum, atom) => sum + Math.max(0, -atom.weight), 0),
    failures,
    cumulative,
    quantile,
  };
}

/** A distribution function that is linear between its places and jumps at atoms. */
interface Steps {
  readonly x: Float64Array;
  /** The mass strictly below, and up to, each place. */
  readonly below: Float64Array;
  readonly upTo: Float64Array;
}

function steps(
  pieces: readonly Piece[],
  atoms: readonly { readonly at: number; readonly weight: number }[],
  total: number,
): Steps {
  const places = [...pieces.flatMap((piece) => Array.from(piece.x)), ...atoms.map(({ at }) => at)];
  const x = Float64Array.from(new Set(places)).sort();
  const below = x.map((place) => {
    let sum = 0;
    for (const piece of pieces) sum += massUpTo(piece, place);
    for (const { at, weight } of atoms) if (at < place) sum += weight;
    return sum / total;
  });
  const upTo = below.map((value, k) =>
    atoms.reduce((sum, { at, weight }) => (at === x[k] ? sum + weight / total : sum), value),
  );
  return { x, below, upTo };
}

function massUpTo(piece: Piece, x: number): number {
  if (x <= piece.left) return 0;
  if (x >= piece.right) return piece.upTo[nodes]!;
  let [low, high] = [0, nodes];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (piece.x[middle]! <= x) low = middle;
    else high = middle;
  }
  const [a, b] = [piece.x[low]!, piece.x[high]!];
  const part = b > a ? (x - a) / (b - a) : 0;
  return piece.upTo[low]! + part * (piece.upTo[high]! - piece.upTo[low]!);
}

/** The atoms of the branch at tau: real zeros a of the leading coefficient in m with m ~ −w/(z − a), w not 0. */
function atomsOf(
  curve: DoubleCurve,
  branch: DoubleBranch,
  tau: number,
  window: Window,
): { at: number; weight: number }[] {
  const { degM, degZ, coeffs } = curve;
  const leading = coeffs.subarray(degM * (degZ + 1));
  const places = realZeros(leading);
  const atoms: { at: number; weight: number }[] = [];
  for (const at of places) {
    if (at < window.left || at > window.right) continue;
    const scale = Math.hypot(window.small, at);
    // m ~ −w/(z − a) + c·(z − a)^(−1/2): two heights give w, also where a hard edge meets the atom, a third one tests it.
    const products = [1, 1e-2, 1e-4, 1e-6]
      .map((relative) => (branch.at(at, relative * scale, tau)?.im ?? Number.NaN) * relative * scale)
      .filter((product) => !Number.isNaN(product));
    const [above, middle, last] = products.slice(-3);
    const rough = (10 * middle! - above!) / 9;
    const fine = (10 * last! - middle!) / 9;
    const seen = Math.abs(rough - fine) < 0.1 * Math.abs(fine) || Number.isNaN(fine) ? fine : 0;
    // At tau = 1 the residue at a simple zero is c = a_(K−1)(a)/a_K'(a); the flow makes the weight 1 − (1 − c)/tau.
    const residue = evaluate(coeffs.subarray((degM - 1) * (degZ + 1), degM * (degZ + 1)), at) / slope(leading, at);
    const exact = 1 - (1 - residue) / tau;
    const weight = Number.isNaN(seen) || Math.abs(seen - exact) < 0.1 * Math.abs(exact) ? exact : seen;
    if (Math.abs(weight) > 1e-4) atoms.push({ at, weight });
  }
  return atoms;
}

function evaluate(coefficients: Float64Array, x: number): number {
  return coefficients.reduceRight((sum, c) => sum * x + c, 0);
}

function slope(coefficients: Float64Array, x: number): number {
  return coefficients.reduceRight((sum, c, k) => (k === 0 ? sum : sum * x + k * c), 0);
}

function realZeros(coefficients: Float64Array): number[] {
  const largest = coefficients.reduce((most, c) => Math.max(most, Math.abs(c)), 0);
  let degree = coefficients.length - 1;
  while (degree > 0 && Math.abs(coefficients[degree]!) < 1e-14 * largest) degree--;
  const zeros: number[] = [];
  let low = 0;
  while (low < degree && coefficients[low] === 0) low++;
  if (low > 0) zeros.push(0);
  const size = degree - low;
  if (size < 1) return zeros;
  const companion = Matrix.zeros(size, size);
  for (let k = 0; k < size; k++) {
    companion.set(k, size - 1, -coefficients[low + k]! / coefficients[degree]!);
    if (k > 0) companion.set(k, k - 1, 1);
  }
  const found = eigenvaluesOf(companion);
  found?.realEigenvalues.forEach((re, k) => {
    if (Math.abs(found.imaginaryEigenvalues[k]!) <= 1e-9 * Math.abs(re)) zeros.push(re);
  });
  return zeros.sort((a, b) => a - b);
}

/**
 * A window that holds the spectrum after decompression by tau: outside the bulk the real branch is carried by the characteristics
 * z' = z + (tau − 1)·F(z), F = −1/m_n, which keep their order, so that the image of a point beyond the edge bounds the new edge.
 *
 * @param bulk in the scaled coordinate, ascending.
 */
export function windowFor(bulk: Float64Array, sectors: boolean, tau: number): Window {
  const [least, greatest] = [bulk[0]!, bulk.at(-1)!];
  const width = greatest - least;
  const beyond = (side: 1 | -1): number => {
    const z = (side > 0 ? greatest : least) + side * width;
    let sum = 0;
    for (const value of bulk) sum += 1 / (value - z);
    const image = z - (Math.max(0, tau - 1) * bulk.length) / sum;
    return side > 0 ? Math.max(z, image) : Math.min(z, image);
  };
  const [left, right] = [beyond(-1), beyond(1)];
  if (!sectors) return { left, right, small: right - left };
  const small = bulk.find((value) => value > 0)! * 1e-3;
  return { left: -2 * small, right, small };
}
