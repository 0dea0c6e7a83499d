import { bin, max, min, quantileSorted } from "d3-array";
import type { PictureAtom, PictureHistogram, PictureInterval, PictureSpectrum, SpectrumPicture } from "./picture.js";

/** A picture reduced to what the marks need, in the coordinates of its axes. */
export interface Scene {
  readonly logarithmic: boolean;
  /** Ends of the x axis. */
  readonly domain: readonly [number, number];
  /** Where the density axis ends. */
  readonly top: number;
  /** Where the axis of the weights ends; 0 when there is no atom. */
  readonly weightTop: number;
  readonly spectra: readonly SceneSpectrum[];
  readonly cuts: readonly Cut[];
}

export interface SceneSpectrum {
  readonly label: string;
  readonly pieces: readonly Piece[];
  readonly edges: readonly number[];
  readonly cusps: readonly number[];
  readonly atoms: readonly PictureAtom[];
  /** Atoms that were counted in measured values. */
  readonly measuredAtoms: readonly PictureAtom[];
  readonly outliers: readonly number[];
  readonly bars: readonly Bar[];
}

/** A stretch of a density curve. */
export interface Piece {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Exponents of the density at the ends of the stretch; negative where it is unbounded. */
  readonly exponents: readonly [number, number];
  /** The edges of its interval; an unbounded curve comes near them only. */
  readonly ends: readonly [number, number];
}

export interface Bar {
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

/** A place where something goes on above the end of the density axis: its height, or infinity, and the stretch that does. */
export interface Cut {
  readonly spectrum: number;
  readonly at: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
}

const LOG10 = Math.LN10;

/**
 * The rule that ends the density axis. Without an unbounded edge nothing of a curve is cut. With one, the axis ends at the larger of:
 * 5/4 of the height that the density exceeds on a twentieth of the support's length; the highest peak inside an interval.
 * Bars may raise the axis, but to no more than twice the height of the curves (1.3 times with an unbounded edge) unless more than three would be cut. What is cut is
 * listed in `cuts`, and drawn as a fading curve with an arrow.
 */
export function composeScene(picture: SpectrumPicture): Scene {
  const measured = picture.spectra.map((s) => separateAtoms(s.histogram, picture.spectra));
  const logarithmic = chooseLogarithmic(picture, measured);
  const spectra = picture.spectra.map((s, i): SceneSpectrum => {
    const inside = (v: number): boolean => Number.isFinite(v) && (!logarithmic || v > 0);
    return {
      label: s.label,
      pieces: pieces(s, logarithmic),
      edges: (s.intervals ?? []).flatMap((v) => [v.left, v.right]).filter(inside),
      cusps: (s.cusps ?? []).filter(inside),
      atoms: s.atoms ?? [],
      measuredAtoms: measured[i]!.atoms,
      outliers: (s.outliers ?? []).filter(inside),
      bars: bars(s.histogram, measured[i]!.values, logarithmic),
    };
  });
  const top = axisTop(spectra);
  return {
    logarithmic,
    domain: xDomain(spectra, logarithmic),
    top,
    weightTop: weightAxisTop(spectra),
    spectra,
    cuts: cutsOf(spectra, top),
  };
}

interface Measured {
  readonly values: readonly number[];
  readonly atoms: readonly PictureAtom[];
}

function separateAtoms(histogram: PictureHistogram | undefined, spectra: readonly PictureSpectrum[]): Measured {
  if (histogram === undefined || !("values" in histogram)) return { values: [], atoms: [] };
  const all = Array.from(histogram.values).filter((v) => Number.isFinite(v));
  const size = max(all, (v) => Math.abs(v)) ?? 0;
  const places = new Map<number, number>([[0, all.length * 2 ** -52 * size]]);
  for (const s of spectra) for (const a of s.atoms ?? []) if (a.at !== 0) places.set(a.at, 1e-9 * size);
  const values: number[] = [];
  const counts = new Map<number, number>();
  for (const v of all) {
    const place = [...places].find(([at, tolerance]) => Math.abs(v - at) <= tolerance);
    if (place === undefined) values.push(v);
    else counts.set(place[0], (counts.get(place[0]) ?? 0) + 1);
  }
  return { values, atoms: [...counts].map(([at, count]) => ({ at, weight: count / all.length })) };
}

function chooseLogarithmic(picture: SpectrumPicture, measured: readonly Measured[]): boolean {
  if (picture.xScale === "log" || picture.xScale === "linear") return picture.xScale === "log";
  const places: number[] = [];
  let decades = 0;
  for (const [i, s] of picture.spectra.entries()) {
    for (const v of s.intervals ?? []) places.push(v.left, v.right);
    if (s.intervals === undefined) {
      for (let k = 0; k < (s.x?.length ?? 0); k++) if (s.density![k]! > 0) places.push(s.x![k]!);
    }
    for (const a of s.atoms ?? []) if (a.at !== 0) places.push(a.at);
    places.push(...(s.outliers ?? []));
    if (s.histogram !== undefined && "edges" in s.histogram) places.push(...Array.from(s.histogram.edges));
    const { values } = measured[i]!;
    const sorted = [...values].sort((a, b) => a - b);
    if ((sorted[0] ?? 0) < 0) return false;
    if (sorted.length > 0) {
      decades = Math.max(decades, Math.log10(quantileSorted(sorted, 0.95)! / quantileSorted(sorted, 0.05)!));
    }
  }
  const low = min(places) ?? 0;
  if (low < 0) return false;
  return decades > 3 || (low > 0 && max(places)! / low > 1000);
}

function extentOf(values: readonly number[]): [number, number] | undefined {
  const low = min(values);
  return low === undefined ? undefined : [low, max(values)!];
}

function pieces(s: PictureSpectrum, logarithmic: boolean): Piece[] {
  if (s.x === undefined || s.density === undefined) return [];
  const samples = Array.from(s.x, (x, k): [number, number] => [x, s.density![k] ?? Number.NaN])
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y) && (!logarithmic || x > 0))
    .map(([x, y]): [number, number] => [x, logarithmic ? LOG10 * x * y : y]);
  if (s.intervals === undefined)
    return samples.length < 2 ? [] : [piece(samples, [0, 0], [samples[0]![0], samples.at(-1)![0]])];
  return s.intervals.flatMap((v) => {
    const within = samples.filter(([x]) => x > v.left && x < v.right);
    const inside = logarithmic && v.left <= 0 ? withoutTail(within) : within;
    return inside.length === 0
      ? []
      : [piece(withEnds(inside, v, logarithmic), exponentsOf(v, logarithmic), [v.left, v.right])];
  });
}

/** Towards 0 a logarithmic axis has no end: the curve begins where it rises above a five-hundredth of its height. */
function withoutTail(samples: readonly [number, number][]): [number, number][] {
  const highest = max(samples, ([, y]) => y) ?? 0;
  return samples.slice(samples.findIndex(([, y]) => y >= highest / 500));
}

function piece(
  samples: readonly (readonly [number, number])[],
  exponents: readonly [number, number],
  ends: readonly [number, number],
): Piece {
  return { x: samples.map(([x]) => x), y: samples.map(([, y]) => y), exponents, ends };
}

/** On a logarithmic axis an edge at 0 is infinitely far away: nothing is unbounded there. */
function exponentsOf(v: PictureInterval, logarithmic: boolean): [number, number] {
  return [logarithmic && v.left <= 0 ? 0 : (v.leftExponent ?? 0.5), v.rightExponent ?? 0.5];
}

function withEnds(samples: readonly [number, number][], v: PictureInterval, logarithmic: boolean): [number, number][] {
  const result = [...samples];
  const [left, right] = exponentsOf(v, logarithmic);
  if (left > 0) result.unshift([v.left, 0]);
  if (left < 0) result.unshift(...climb(samples[0]!, v.left, left).reverse());
  if (right > 0) result.push([v.right, 0]);
  if (right < 0) result.push(...climb(samples.at(-1)!, v.right, right));
  return result;
}

/** Points of the power law between the last sample and an edge where the density is unbounded. */
function climb([x, y]: readonly [number, number], edge: number, exponent: number): [number, number][] {
  return Array.from({ length: 24 }, (_, k) => {
    const t = 2 ** (-(k + 1) / Math.min(1, -2 * exponent));
    return [edge + (x - edge) * t, y * t ** exponent];
  });
}

function bars(histogram: PictureHistogram | undefined, values: readonly number[], logarithmic: boolean): Bar[] {
  if (histogram === undefined) return [];
  if ("edges" in histogram) {
    return Array.from(histogram.density, (height, k) => {
      const [left, right] = [histogram.edges[k]!, histogram.edges[k + 1]!];
      return { left, right, height: logarithmic ? (height * (right - left)) / Math.log10(right / left) : height };
    }).filter((b) => !logarithmic || b.left > 0);
  }
  const total = Array.from(histogram.values).filter((v) => Number.isFinite(v)).length;
  const positions = values.filter((v) => !logarithmic || v > 0).map((v) => (logarithmic ? Math.log10(v) : v));
  const range = extentOf(positions);
  if (range === undefined) return [];
  const [low, high] = range;
  const count = high === low ? 1 : (histogram.bins ?? binCount(positions, high - low));
  const width = high === low ? Math.max(Math.abs(low), 1) / 100 : (high - low) / count;
  const start = high === low ? low - width / 2 : low;
  const thresholds = Array.from({ length: count - 1 }, (_, k) => start + (k + 1) * width);
  const groups = bin<number, number>()
    .domain([start, start + count * width])
    .thresholds(thresholds)(positions);
  const back = (u: number): number => (logarithmic ? 10 ** u : u);
  return groups.map((g, k) => ({
    left: back(start + k * width),
    right: back(start + (k + 1) * width),
    height: g.length / (total * width),
  }));
}

/** Freedman and Diaconis, kept between 12 and 120. */
function binCount(positions: readonly number[], range: number): number {
  const sorted = [...positions].sort((a, b) => a - b);
  const spread = quantileSorted(sorted, 0.75)! - quantileSorted(sorted, 0.25)!;
  const width = (2 * spread) / Math.cbrt(sorted.length);
  return Math.max(Math.min(12, sorted.length), Math.min(120, Math.ceil(width > 0 ? range / width : 1)));
}

function axisTop(spectra: readonly SceneSpectrum[]): number {
  let curves = 0;
  let unbounded = false;
  for (const s of spectra) {
    for (const p of s.pieces) {
      if (p.exponents[0] >= 0 && p.exponents[1] >= 0) curves = Math.max(curves, max(p.y) ?? 0);
      else curves = Math.max(curves, 1.05 * highestPeak(p));
    }
    if (s.pieces.some((p) => p.exponents[0] < 0 || p.exponents[1] < 0)) {
      unbounded = true;
      curves = Math.max(curves, 1.25 * heightExceededOn(s.pieces, 1 / 20));
    }
  }
  const heights = spectra.flatMap((s) => s.bars.map((b) => b.height)).sort((a, b) => b - a);
  const tallest = heights[0] ?? 0;
  const fourth = heights[3] ?? 0;
  const top = curves === 0 ? tallest : Math.max(curves, fourth, Math.min(tallest, (unbounded ? 1.3 : 2) * curves));
  return top === 0 ? 1 : 1.06 * top;
}

function highestPeak(p: Piece): number {
  let highest = 0;
  for (let k = 1; k + 1 < p.y.length; k++) {
    if (p.y[k]! > p.y[k - 1]! && p.y[k]! >= p.y[k + 1]!) highest = Math.max(highest, p.y[k]!);
  }
  return highest;
}

/** The height above which the curve lies on the given share of its length. */
function heightExceededOn(all: readonly Piece[], share: number): number {
  const cells: { height: number; length: number }[] = [];
  for (const p of all) {
    for (let k = 0; k + 1 < p.x.length; k++) {
      cells.push({ height: (p.y[k]! + p.y[k + 1]!) / 2, length: p.x[k + 1]! - p.x[k]! });
    }
  }
  cells.sort((a, b) => b.height - a.height);
  let left = share * cells.reduce((sum, c) => sum + c.length, 0);
  for (const c of cells) {
    left -= c.length;
    if (left <= 0) return c.height;
  }
  return 0;
}

function cutsOf(spectra: readonly SceneSpectrum[], top: number): Cut[] {
  const result: Cut[] = [];
  for (const [spectrum, s] of spectra.entries()) {
    for (const p of s.pieces) {
      const [left, right] = p.ends;
      const height = Number.POSITIVE_INFINITY;
      const first = p.x[p.y.findIndex((y) => y <= top)] ?? right;
      const last = p.x[p.y.findLastIndex((y) => y <= top)] ?? left;
      if (p.exponents[0] < 0) result.push({ spectrum, at: left, height, from: left, to: first });
      if (p.exponents[1] < 0) result.push({ spectrum, at: right, height, from: last, to: right });
    }
  }
  const unboundedAt = result.map((c) => c.at);
  for (const [spectrum, s] of spectra.entries()) {
    for (const b of s.bars) {
      if (b.height <= top) continue;
      const near = unboundedAt.some((at) => at >= 2 * b.left - b.right && at <= 2 * b.right - b.left);
      const at = (b.left + b.right) / 2;
      if (!near) result.push({ spectrum, at, height: b.height, from: b.left, to: b.right });
    }
  }
  return result;
}

function xDomain(spectra: readonly SceneSpectrum[], logarithmic: boolean): [number, number] {
  const places = spectra.flatMap((s) => [
    ...s.edges,
    ...s.cusps,
    ...s.pieces.flatMap((p) => [p.x[0]!, p.x.at(-1)!]),
    ...s.bars.flatMap((b) => [b.left, b.right]),
    ...[...s.atoms, ...s.measuredAtoms].map((a) => a.at),
    ...s.outliers,
  ]);
  const position = logarithmic ? places.filter((v) => v > 0).map(Math.log10) : places;
  const [low, high] = extentOf(position) ?? [0, 1];
  const margin = high > low ? 0.045 * (high - low) : Math.max(Math.abs(low), 1) / 2;
  return logarithmic ? [10 ** (low - margin), 10 ** (high + margin)] : [low - margin, high + margin];
}

function weightAxisTop(spectra: readonly SceneSpectrum[]): number {
  const heaviest = max(spectra.flatMap((s) => [...s.atoms, ...s.measuredAtoms].map((a) => a.weight))) ?? 0;
  return heaviest === 0 ? 0 : heaviest > 0.5 ? 1.06 * Math.max(1, heaviest) : 1.3 * heaviest;
}
