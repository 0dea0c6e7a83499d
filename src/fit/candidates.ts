import type { BranchConditions, CurveFit, LevyKnown, LevyShape, NewtonShape, Weighted } from "../regression/index.js";
import { QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";
import type { CurvePiece } from "./pieces.js";
import type { Preparation } from "./preparation.js";

/** What is prescribed, in the coordinate of the eigenvalues: exact for the fitted law. */
export interface Constraints {
  /** mu_1, mu_2, … in order. */
  readonly moments?: readonly Rational[];
  /** Atoms with their weights; without a weight, a point where one may be born under decompression. */
  readonly atoms?: readonly { readonly at: Rational; readonly weight?: Rational }[];
  /** Edges of the support. */
  readonly edges?: readonly Rational[];
}

const mostJumps = 4;
const roughJumps = 3;
const mostDegM = 6;
const mostDegZ = 3;

/** Curves that are laws by construction, under the conditions they can meet; none when others are asked for. `valueAt` estimates m at an edge. */
export function lawfulPieces(
  weighted: Weighted,
  scaled: Float64Array,
  preparation: Preparation,
  constraints: Constraints,
  valueAt: (edge: Rational) => Rational,
): CurvePiece[] {
  const known = knownOfLevy(weighted, preparation, constraints, valueAt);
  if (known === undefined) return [];
  const positive = preparation.bulk[0]! >= 0;
  const shapes: LevyShape[] = [{ drift: false, variance: false, positive }];
  const zeros = preparation.zeros > 0 || known.zeroWeight !== undefined;
  if (!zeros && weighted.samples.contour === "ellipses") {
    for (const drift of [false, true]) shapes.push({ drift, variance: true, positive: false });
    shapes.push({ drift: true, variance: false, positive: false });
  }
  const most = jumpsWithin(weighted, mostJumps);
  const pieces: CurvePiece[] = shapes.map((shape) => ({ kind: "levy", shape, known, most }));
  const [moments, edges] = [known.moments?.length ?? 0, known.edges?.length ?? 0];
  if (weighted.samples.contour === "sectors") {
    if (moments <= 1 && edges === 0) pieces.push({ kind: "continuous", known });
  } else if (moments + edges === 0) {
    const { zeroWeight } = known;
    const exact = zeroWeight === undefined ? {} : { zeroWeight };
    pieces.push({ kind: "populations", bulk: scaled, positive, known: exact });
  }
  return pieces;
}

/** Of the laws by construction the nearest of each name, since a shape whose variance vanished is a shape without it again; and all dense curves. */
export function distinctCurves(curves: readonly CurveFit[]): CurveFit[] {
  const nearest = new Map<string, CurveFit>();
  for (const curve of curves) {
    if (curve.family === "dense" || !Number.isFinite(curve.misfit)) continue;
    const before = nearest.get(curve.name);
    if (before === undefined || curve.misfit < before.misfit) nearest.set(curve.name, curve);
  }
  return [...nearest.values(), ...curves.filter(({ family }) => family === "dense")];
}

/** Free Lévy laws alone, for a first idea. */
export function roughLaws(weighted: Weighted, preparation: Preparation): CurvePiece[] {
  const known = knownOfLevy(weighted, preparation, {}, () => QQ.zero)!;
  const positive = preparation.bulk[0]! >= 0;
  const shapes: LevyShape[] = [{ drift: false, variance: false, positive }];
  const wide = weighted.samples.contour === "sectors";
  if (preparation.zeros === 0 && !wide) shapes.push({ drift: true, variance: true, positive: false });
  const most = jumpsWithin(weighted, wide ? mostJumps : roughJumps);
  return shapes.map((shape) => ({ kind: "levy", shape, known, most }));
}

/** Two numbers a jump, drift and variance: no more than the modes of the data can fix. */
function jumpsWithin({ modes }: Weighted, most: number): number {
  return Math.max(1, Math.min(most, Math.floor((modes - 3) / 2)));
}

/** What a free Lévy law can be told; undefined when the conditions are beyond it. */
function knownOfLevy(
  weighted: Weighted,
  preparation: Preparation,
  { moments = [], atoms = [], edges = [] }: Constraints,
  valueAt: (edge: Rational) => Rational,
): LevyKnown | undefined {
  if (atoms.some(({ at }) => !QQ.isZero(at))) return undefined;
  const prescribed = atoms.find(({ weight }) => weight !== undefined)?.weight;
  const zeroWeight = prescribed ?? countedZeros(weighted, preparation);
  return {
    ...(zeroWeight === undefined ? {} : { zeroWeight }),
    moments,
    edges: edges.map((at) => ({ at, m: rationalToNumber(valueAt(at)) })),
  };
}

/** The weight of the atom of the zeros, which is exact in a matrix: rank does not fluctuate. Of independent draws it is as uncertain as everything else. */
function countedZeros({ scatter }: Weighted, { zeros, bulk }: Preparation): Rational | undefined {
  return zeros > 0 && scatter !== "independent" ? rational(zeros, bulk.length) : undefined;
}

/** Dense curves of all degrees up to (6, 3) that the modes of the data can tell apart, and those with fewer terms. */
export function densePieces(weighted: Weighted, conditions: BranchConditions): CurvePiece[] {
  const pieces: CurvePiece[] = [];
  for (let degM = 2; degM <= mostDegM; degM++) {
    for (let degZ = 1; degZ <= mostDegZ; degZ++) {
      if (!isWithin(degM, degZ, weighted)) continue;
      pieces.push(densePiece(degM, degZ, shapesOf(degM, degZ), conditions));
    }
  }
  return pieces;
}

export function densePiece(
  degM: number,
  degZ: number,
  shapes: readonly NewtonShape[],
  conditions: BranchConditions,
): CurvePiece {
  return { kind: "dense", degM, degZ, shapes, conditions };
}

/** So many coefficients may be more than the modes, when those that are free on a curve of a law are fewer by two. */
const fewCoefficients = 12;

function isWithin(degM: number, degZ: number, { modes }: Weighted): boolean {
  const all = (degM + 1) * (degZ + 1);
  if (all <= modes) return true;
  // On curves with degZ ≤ degM a power m^k stands with z^l for l ≤ k alone.
  const left = degZ <= degM ? all - (degZ * (degZ + 1)) / 2 - 2 : all;
  return all <= fewCoefficients && left + 2 <= Math.ceil(modes);
}

/** A band holds m^degM for neighbouring degrees alone, and the branch −1/z together with a triangle only for degZ < degM. */
function shapesOf(degM: number, degZ: number): NewtonShape[] {
  return [
    "full",
    ...(1 < degZ && degZ < degM ? (["triangular"] as const) : []),
    ...(Math.abs(degM - degZ) <= 1 ? (["banded"] as const) : []),
  ];
}

/** The conditions on a dense curve in the scaled coordinate w = (z − shift)/dilation; `valueAt` estimates m (of z) at an edge. */
export function denseConditions(
  weighted: Weighted,
  preparation: Preparation,
  constraints: Constraints,
  valueAt: (edge: Rational) => Rational,
): BranchConditions {
  const { shift, dilation, contour } = weighted.samples;
  const scale = (place: Rational): Rational => QQ.div(QQ.sub(place, shift), dilation);
  const { moments = [], atoms = [], edges = [] } = constraints;
  const scaledAtoms = atoms.map(({ at, weight }) => ({ at: scale(at), ...(weight === undefined ? {} : { weight }) }));
  if (!atoms.some(({ at }) => QQ.isZero(at))) {
    const weight = countedZeros(weighted, preparation);
    if (weight !== undefined) scaledAtoms.push({ at: scale(QQ.zero), weight });
    else if (preparation.zeros > 0 || contour === "sectors") scaledAtoms.push({ at: scale(QQ.zero) });
  }
  return {
    moments: scaledMoments(moments, shift, dilation),
    atoms: scaledAtoms,
    edges: edges.map((edge) => ({ at: scale(edge), m: QQ.mul(valueAt(edge), dilation) })),
  };
}

/** The moments of (x − shift)/dilation. */
function scaledMoments(moments: readonly Rational[], shift: Rational, dilation: Rational): Rational[] {
  const all = [QQ.one, ...moments];
  return moments.map((_, j) => {
    const order = j + 1;
    let sum = QQ.zero;
    let binomial = QQ.one;
    for (let k = 0; k <= order; k++) {
      // binomial(order, k)·mu_k·(−shift)^(order − k)
      sum = QQ.add(sum, QQ.mul(binomial, QQ.mul(all[k]!, QQ.pow(QQ.neg(shift), order - k))));
      binomial = QQ.div(QQ.mul(binomial, rational(order - k)), rational(k + 1));
    }
    return QQ.div(sum, QQ.pow(dilation, order));
  });
}
