import { scaleLinear, scaleLog } from "d3-scale";
import { axes, densityLabelWidth, type Frame } from "./axes.js";
import { legend, legendHeight } from "./legend.js";
import { spectrumMarks, stems } from "./marks.js";
import { shortNumber } from "./number-text.js";
import type { SpectrumPicture } from "./picture.js";
import { composeScene, type Scene } from "./scene.js";
import { element, svgDocument } from "./svg.js";

/**
 * The picture as one self-contained SVG document: densities as curves over the filled area, their edges marked below the axis,
 * atoms as stems on an axis of their own, measured values as a histogram.
 *
 * The density axis ends by a stated rule (see `composeScene`); what goes on above it fades out under an arrow.
 */
export function spectrumSvg(picture: SpectrumPicture): string {
  const width = picture.width ?? 800;
  const height = picture.height ?? 460;
  const scene = composeScene(picture);
  const frame = layOut(picture, scene, width, height);
  const title = picture.title ?? picture.spectra.map((s) => s.label).join(" and ");
  return svgDocument(
    { width, height, title, description: picture.description ?? describe(scene) },
    element("defs", {}, element("clipPath", { id: "plot" }, plotArea(frame))),
    axes(scene, frame, picture.xLabel ?? "x"),
    ...[...scene.spectra.keys()].reverse().map((k) => spectrumMarks(scene, frame, k)),
    stems(scene, frame),
    legend(scene, frame),
  );
}

function layOut(picture: SpectrumPicture, scene: Scene, width: number, height: number): Frame {
  const zeroGutter =
    scene.logarithmic && scene.spectra.some((s) => [...s.atoms, ...s.measuredAtoms].some((a) => a.at <= 0));
  const left = Math.max(62, 34 + densityLabelWidth(scene.top));
  const right = width - (scene.weightTop > 0 ? 62 : 22);
  const legendTop = 46;
  const top = legendTop + legendHeight(scene, right - left) + 16;
  const bottom = height - 74;
  const range: [number, number] = [left + (zeroGutter ? 46 : 0), right];
  return {
    left,
    right,
    top,
    bottom,
    legendTop,
    gutter: zeroGutter ? left + 20 : undefined,
    x: (scene.logarithmic ? scaleLog() : scaleLinear()).domain(scene.domain).range(range),
    y: scaleLinear().domain([0, scene.top]).range([bottom, top]),
    weight: scaleLinear()
      .domain([0, scene.weightTop || 1])
      .range([bottom, top]),
    height: picture.height ?? height,
  };
}

function plotArea(frame: Frame): string {
  return element("rect", {
    x: frame.left,
    y: frame.top,
    width: frame.right - frame.left,
    height: frame.bottom - frame.top,
  });
}

/** The picture in words: what a screen reader says, and what search finds. */
function describe(scene: Scene): string {
  const sentences = scene.spectra.map((s) => {
    const parts: string[] = [];
    const intervals: string[] = [];
    for (let k = 0; k + 1 < s.edges.length; k += 2) {
      intervals.push(`[${shortNumber(s.edges[k]!)}, ${shortNumber(s.edges[k + 1]!)}]`);
    }
    if (intervals.length > 0) parts.push(`support ${intervals.join(", ")}`);
    for (const a of s.atoms) parts.push(`atom at ${shortNumber(a.at)} of weight ${shortNumber(a.weight)}`);
    for (const a of s.measuredAtoms)
      parts.push(`measured atom at ${shortNumber(a.at)} of weight ${shortNumber(a.weight)}`);
    if (s.outliers.length > 0) parts.push(`single eigenvalues at ${s.outliers.map((v) => shortNumber(v)).join(", ")}`);
    if (s.bars.length > 0) parts.push(`histogram of ${s.bars.length} bars`);
    return `${s.label}: ${parts.length > 0 ? parts.join("; ") : "density curve"}.`;
  });
  const unbounded = scene.cuts.filter((c) => c.height === Number.POSITIVE_INFINITY);
  if (unbounded.length > 0) {
    const places = [...new Set(unbounded.map((c) => shortNumber(c.at)))].join(", ");
    sentences.push(`The density is unbounded at ${places}; the axis ends at ${shortNumber(scene.top, 3)}.`);
  }
  for (const c of scene.cuts) {
    if (Number.isFinite(c.height))
      sentences.push(`A bar at ${shortNumber(c.at)} of height ${shortNumber(c.height, 3)} is cut.`);
  }
  if (scene.logarithmic) sentences.push("The x axis is logarithmic and the densities are those of log10 x.");
  return sentences.join(" ");
}
