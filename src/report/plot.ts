import { type Budget, type Outcome, unlimited } from "../core/index.js";
import { density } from "../density/index.js";
import { anatomy, type Law, type SingularPoint, type Support, support } from "../law/index.js";
import type { PictureInterval, PictureSpectrum, SpectrumPicture } from "../picture/index.js";
import { spectrumSvg } from "../picture/index.js";
import { type Rational, rationalToNumber } from "../rings/index.js";
import { type AlgebraicNumber, algebraicToNumber, compareAlgebraic } from "../roots/index.js";
import { algebraicToText } from "./algebraic.js";

export interface PlotOptions extends Omit<SpectrumPicture, "spectra"> {
  /** What the legend calls the law; default `law`. */
  readonly label?: string;
  /** Further spectra in the same picture: densities, histograms of measured values. */
  readonly overlays?: readonly PictureSpectrum[];
  /** Sample points on every interval of the support; default 400. */
  readonly points?: number;
}

/**
 * The density of a law as a self-contained SVG document, with axes, its edges (to five digits) and its atoms. Estimate: the curve is sampled
 * in double precision. See `SpectrumPicture` for the options.
 *
 * @throws DomainError when the law still has parameters; LimitError when its support could not be decided.
 * @example plotSvg(parseLaw("mp(2)"), { title: "Marchenko–Pastur" }) // "<svg …"
 */
export function plotSvg(law: Law, options: PlotOptions = {}, budget: Budget = unlimited): string {
  const { label = "law", overlays = [], points, ...picture } = options;
  return spectrumSvg({
    ...picture,
    spectra: [pictureOfLaw(law, support(law, budget), label, points, budget), ...overlays],
  });
}

/** The curve, edges, cusps and atoms of a law as one spectrum of a picture. */
export function pictureOfLaw(
  law: Law,
  shape: Support,
  label: string,
  points: number = 400,
  budget: Budget = unlimited,
): PictureSpectrum {
  const evaluate = density(law, budget);
  const { singular } = anatomy(law, budget);
  const intervals = shape.intervals.flatMap((v) => {
    const inner = singular.filter((p) => compareAlgebraic(v.left, p.at) < 0 && compareAlgebraic(p.at, v.right) < 0);
    return divideAtPoles(
      {
        left: algebraicToNumber(v.left),
        right: algebraicToNumber(v.right),
        leftExponent: exponentOf(v.leftExponent),
        rightExponent: exponentOf(v.rightExponent),
      },
      inner,
    );
  });
  const cusps = shape.cusps.map(algebraicToNumber);
  const kinks = singular.map(({ at }) => algebraicToNumber(at));
  const x = Float64Array.from(intervals.flatMap((v) => samplesBetween([...cusps, ...kinks], v, points)));
  return {
    label,
    x,
    density: evaluate(x),
    intervals,
    cusps,
    atoms: shape.atoms.map((a) => ({
      at: algebraicToNumber(a.at),
      weight: algebraicToNumber(a.weight),
      label: shortText(a.weight),
    })),
  };
}

/** An exponent that could not be decided is drawn as that of a soft edge. */
function exponentOf(exponent: Outcome<Rational>): number {
  return exponent.kind === "ok" ? rationalToNumber(exponent.value) : 0.5;
}

/** A point where the density is infinite divides its interval for the eye. */
function divideAtPoles(whole: PictureInterval, inner: readonly SingularPoint[]): PictureInterval[] {
  const parts: PictureInterval[] = [];
  let rest = whole;
  for (const { at, left, right } of inner) {
    const [below, above] = [left, right].map((side) => (side === undefined ? 0 : exponentOf(side.exponent)));
    if (Math.min(below!, above!) >= 0) continue;
    const place = algebraicToNumber(at);
    parts.push({ ...rest, right: place, rightExponent: below! });
    rest = { ...rest, left: place, leftExponent: above! };
  }
  return [...parts, rest];
}

function shortText(weight: AlgebraicNumber): string {
  const text = algebraicToText(weight, 4);
  return text.replaceAll("-", "−");
}

/** Sample points of every stretch between neighbouring singular points, and those between the stretches themselves: cusps, and kinks where the density is not 0. */
function samplesBetween(singular: readonly number[], { left, right }: PictureInterval, count: number): number[] {
  const places = [...new Set([left, ...singular.filter((x) => x > left && x < right), right])].sort((a, b) => a - b);
  return places.slice(1).flatMap((to, k) => {
    const stretch = samplePoints(places[k]!, to, count);
    return to < right ? [...stretch, to] : stretch;
  });
}

/** Dense towards both ends; geometric between positive ends that lie decades apart; both kinds where the left end is 0. */
export function samplePoints(left: number, right: number, count: number): number[] {
  if (left === 0 && right > 0) {
    const merged = [...clustered(0, right, count), ...samplePoints(1e-7 * right, right, count)];
    return merged.sort((a, b) => a - b).filter((x, k) => x !== merged[k - 1]);
  }
  const wide = left > 0 && right / left > 100;
  return wide ? clustered(Math.log(left), Math.log(right), count).map(Math.exp) : clustered(left, right, count);
}

function clustered(left: number, right: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => {
    const t = (1 - Math.cos((Math.PI * (k + 0.5)) / count)) / 2;
    return left + (right - left) * t;
  }).filter((x) => x > left && x < right);
}
