import { type DoublePolynomial, newtonStep, rootsInDoubles } from "./roots-in-doubles.js";

/** A polynomial in m, z and tau in doubles: `coeffs[(j*(degreeZ + 1) + i)*(degreeTau + 1) + k]` multiplies m^j z^i tau^k. */
export interface DoubleTable {
  readonly degreeM: number;
  readonly degreeZ: number;
  readonly degreeTau: number;
  readonly coeffs: Float64Array;
}

/** What holds between two neighbouring events: so many bulks whose edges and boundary values are analytic functions of tau. */
export interface MovingStretch {
  readonly from: number;
  readonly to: number;
  readonly bulks: number;
  /** Which of the bulks have nodes drawn to their lower edge. */
  readonly skewed: readonly boolean[];
  /** Atoms with the tau at which their weight would be 0: the weight is 1 − birth/tau. */
  readonly atoms: readonly { readonly at: number; readonly birth: number }[];
  /** The size factors of the rows, ascending. */
  readonly taus: Float64Array;
  /** For each row the edges in ascending order. */
  readonly edges: Float64Array;
  /** For each row and bulk m over the nodes, from left to right. */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A law over an interval of size factors, prepared so that any of its densities is found in a fraction of a millisecond. Plain data. */
export interface MovingSpectrum {
  /** At size factor 1. */
  readonly law: string;
  readonly from: number;
  /** The end that was asked for, or the horizon where that comes first. */
  readonly to: number;
  readonly mean: number;
  readonly variance: number;
  /** P(z, m) of the law decompressed by tau. */
  readonly curve: DoubleTable;
  /** E(z, tau), whose real roots hold the edges; of degree 0 in m. */
  readonly edges: DoubleTable;
  readonly nodes: number;
  readonly stretches: readonly MovingStretch[];
}

/** The spectrum at one size factor. An estimate, good to about ten digits where `sound` is true. */
export interface MovingFrame {
  readonly tau: number;
  /** The bulks are from edges[0] to edges[1], from edges[2] to edges[3], …. */
  readonly edges: Float64Array;
  readonly atoms: readonly { readonly at: number; readonly weight: number }[];
  /** `nodes` points in each bulk, dense towards its edges. */
  readonly x: Float64Array;
  readonly density: Float64Array;
  /** The mass of bulks and atoms, which is 1, and the mean, which does not depend on tau. */
  readonly mass: number;
  readonly mean: number;
  /** Whether mass and mean are what they must be to half a percent, and every value was found next to where it was expected. */
  readonly sound: boolean;
}

/** Node k of n in a bulk, and the length that belongs to it. */
export interface BulkNode {
  readonly x: number;
  /** Of the midpoint rule in the angle theta, where x is a function of cos(theta). */
  readonly length: number;
}

/**
 * Nodes dense towards both edges, like the zeros of a Chebyshev polynomial; in a skewed bulk, whose edges are positive and may lie decades apart,
 * a fractional linear map draws them to the lower edge.
 */
export function bulkNode(left: number, right: number, skewed: boolean, k: number, n: number): BulkNode {
  const share = (1 - Math.cos((Math.PI * (k + 0.5)) / n)) / 2;
  const pull = skewed ? Math.max(0.05, Math.max(0, left / right) ** 0.25) : 1;
  const stretch = 1 - share * (1 - pull);
  const angular = (Math.PI / n) * Math.sqrt(share * (1 - share));
  return {
    x: left + ((right - left) * share * pull) / stretch,
    length: ((right - left) * angular * pull) / (stretch * stretch),
  };
}

/** The spectrum at a size factor; undefined outside of the interval that was prepared. At an event, the limit from the left. */
export function frameAt(spectrum: MovingSpectrum, tau: number): MovingFrame | undefined {
  if (!(tau >= spectrum.from && tau <= spectrum.to)) return undefined;
  const stretch = spectrum.stretches.find(({ to }) => tau <= to);
  if (stretch === undefined) return undefined;
  const { taus } = stretch;
  let row = 0;
  while (row + 2 < taus.length && taus[row + 1]! < tau) row++;
  const next = Math.min(row + 1, taus.length - 1);
  const [a, b] = [Math.log(taus[row]!), Math.log(taus[next]!)];
  const share = next === row ? 0 : (Math.log(tau) - a) / (b - a);
  const between = (values: Float64Array, width: number): Float64Array =>
    Float64Array.from({ length: width }, (_, k) => {
      const start = values[row * width + k]!;
      return start + share * (values[next * width + k]! - start);
    });
  const width = stretch.bulks * spectrum.nodes;
  const guess = {
    edges: between(stretch.edges, 2 * stretch.bulks),
    re: between(stretch.re, width),
    im: between(stretch.im, width),
  };
  return refinedFrame(spectrum, stretch, tau, guess).frame;
}

/** Edges, and m over the nodes. */
export interface BoundaryRow {
  readonly edges: Float64Array;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The frame at tau from values near to it, by Newton's iteration on E(z, tau) and P(z, m), with its boundary values. */
export function refinedFrame(
  {
    curve,
    edges: edgeTable,
    nodes,
    mean,
    variance,
  }: Pick<MovingSpectrum, "curve" | "edges" | "nodes" | "mean" | "variance">,
  { bulks, skewed, atoms: births }: Pick<MovingStretch, "bulks" | "skewed" | "atoms">,
  tau: number,
  guess: BoundaryRow,
): { readonly frame: MovingFrame; readonly row: BoundaryRow } {
  const edges = refinedEdges(coefficientsAt(edgeTable, tau), guess.edges);
  const at = coefficientsAt(curve, tau);
  const [x, density] = [new Float64Array(bulks * nodes), new Float64Array(bulks * nodes)];
  const row = { edges, re: new Float64Array(bulks * nodes), im: new Float64Array(bulks * nodes) };
  const atoms = births.flatMap(({ at: place, birth }) => (tau > birth ? [{ at: place, weight: 1 - birth / tau }] : []));
  let mass = atoms.reduce((sum, { weight }) => sum + weight, 0);
  let first = atoms.reduce((sum, { at: place, weight }) => sum + place * weight, 0);
  let found = true;
  const m = new Float64Array(2);
  const fibre = { re: new Float64Array(at.degreeM + 1), im: new Float64Array(at.degreeM + 1) };
  for (let bulk = 0; bulk < bulks; bulk++) {
    const [left, right] = [edges[2 * bulk]!, edges[2 * bulk + 1]!];
    for (let k = 0; k < nodes; k++) {
      const index = bulk * nodes + k;
      const { x: place, length } = bulkNode(left, right, skewed[bulk]!, k, nodes);
      fibreAt(at, place, fibre.re);
      m[0] = guess.re[index]!;
      m[1] = guess.im[index]!;
      found = rootNear(fibre, m) && found;
      x[index] = place;
      row.re[index] = m[0]!;
      row.im[index] = m[1]!;
      density[index] = m[1]! / Math.PI;
      const part = density[index]! * length;
      mass += part;
      first += part * place;
    }
  }
  const spread = Math.sqrt(Math.max(0, variance * tau)) + Math.abs(mean);
  const sound = found && Math.abs(mass - 1) < tolerance && Math.abs(first - mean) <= tolerance * spread;
  return { frame: { tau, edges, atoms, x, density, mass, mean: first, sound }, row };
}

/** What the rule of integration may miss next to an unbounded edge; a wrong branch is wrong by more. */
const tolerance = 5e-3;

/** A polynomial in m and z at one tau: coeffs[j*(degreeZ + 1) + i] multiplies m^j z^i. */
interface PlaneTable {
  readonly degreeM: number;
  readonly degreeZ: number;
  readonly coeffs: Float64Array;
}

function coefficientsAt({ degreeM, degreeZ, degreeTau, coeffs }: DoubleTable, tau: number): PlaneTable {
  const result = new Float64Array((degreeM + 1) * (degreeZ + 1));
  for (let index = 0; index < result.length; index++) {
    let value = 0;
    for (let k = degreeTau; k >= 0; k--) value = value * tau + coeffs[index * (degreeTau + 1) + k]!;
    result[index] = value;
  }
  return { degreeM, degreeZ, coeffs: result };
}

function fibreAt({ degreeM, degreeZ, coeffs }: PlaneTable, z: number, out: Float64Array): void {
  for (let j = 0; j <= degreeM; j++) {
    let value = 0;
    for (let i = degreeZ; i >= 0; i--) value = value * z + coeffs[j * (degreeZ + 1) + i]!;
    out[j] = value;
  }
}

/** Each edge by Newton's iteration on E(·, tau), as long as it stays between its neighbours; where it does not, the guess. */
function refinedEdges(at: PlaneTable, guess: Float64Array): Float64Array {
  const result = guess.slice();
  const spread = guess.length === 0 ? 0 : guess.at(-1)! - guess[0]!;
  for (let k = 0; k < result.length; k++) {
    const start = result[k]!;
    const [low, high] = [guess[k - 1] ?? start - spread, guess[k + 1] ?? start + spread];
    let z = start;
    for (let round = 0; round < 12; round++) {
      let [value, slope] = [0, 0];
      for (let i = at.degreeZ; i >= 0; i--) {
        slope = slope * z + value;
        value = value * z + at.coeffs[i]!;
      }
      const step = value / slope;
      if (!Number.isFinite(step)) break;
      z -= step;
      if (Math.abs(step) <= 1e-14 * spread) break;
    }
    if (2 * z > start + low && 2 * z < start + high) result[k] = z;
  }
  return result;
}

const mostSteps = 16;

const step = new Float64Array(2);

/**
 * Newton's iteration from m = re + i im, in place; when it does not end near its beginning, all roots are found, and the one of the upper half-plane is
 * taken that is nearest to the guess. False when there is none.
 */
function rootNear(fibre: DoublePolynomial, m: Float64Array): boolean {
  const [startRe, startIm] = [m[0]!, m[1]!];
  let [p, q] = [startRe, startIm];
  const reach = 0.5 * Math.hypot(startRe, startIm);
  for (let round = 0; round < mostSteps; round++) {
    newtonStep(fibre, p, q, step);
    p -= step[0]!;
    q -= step[1]!;
    const change = step[0]! ** 2 + step[1]! ** 2;
    if (!(change < Number.POSITIVE_INFINITY)) break;
    if (change > 1e-24 * (p * p + q * q)) continue;
    if (q <= 0 || (p - startRe) ** 2 + (q - startIm) ** 2 > reach * reach) break;
    m[0] = p;
    m[1] = q;
    return true;
  }
  const roots = rootsInDoubles(fibre);
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < roots.length; k += 2) {
    const [re, im] = [roots[k]!, roots[k + 1]!];
    if (!(im > 1e-9 * Math.abs(re))) continue;
    const away = Math.hypot(re - startRe, im - startIm);
    if (away >= best) continue;
    best = away;
    m[0] = re;
    m[1] = im;
  }
  return best < Number.POSITIVE_INFINITY;
}
