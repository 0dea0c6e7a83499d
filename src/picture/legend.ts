import { colourOf, type Frame } from "./axes.js";
import type { Scene } from "./scene.js";
import { element, estimateTextWidth, fitText, textElement } from "./svg.js";

const SIZE = 13;
const ROW = 20;
const SWATCH = 26;
const GAP = 22;

interface Entry {
  readonly spectrum: number;
  readonly label: string;
  readonly x: number;
  readonly row: number;
}

/** A picture of one spectrum needs no legend: its title says what it is. */
export function legendHeight(scene: Scene, width: number): number {
  const entries = arrange(scene, width);
  return entries.length === 0 ? 0 : (entries.at(-1)!.row + 1) * ROW;
}

export function legend(scene: Scene, frame: Frame): string {
  const parts = arrange(scene, frame.right - frame.left).map((e) => {
    const x = 16 + e.x;
    const y = frame.legendTop + e.row * ROW;
    const s = scene.spectra[e.spectrum]!;
    const colour = colourOf(e.spectrum);
    const swatch: string[] = [];
    if (s.bars.length > 0) {
      swatch.push(
        element("rect", { x, y: y - 8, width: 18, height: 12, fill: colour, "fill-opacity": "0.22", stroke: colour }),
      );
    }
    if (s.pieces.length > 0) {
      swatch.push(element("line", { x1: x, y1: y - 2, x2: x + 18, y2: y - 2, stroke: colour, "stroke-width": 2.2 }));
    }
    if (swatch.length === 0) swatch.push(element("circle", { cx: x + 9, cy: y - 2, r: 4, fill: colour }));
    return swatch.join("") + textElement(e.label, { x: x + SWATCH, y: y + 3 });
  });
  return parts.length === 0 ? "" : element("g", { "font-size": SIZE, fill: "#1c2430" }, ...parts);
}

function arrange(scene: Scene, width: number): Entry[] {
  if (scene.spectra.length < 2) return [];
  const entries: Entry[] = [];
  let x = 0;
  let row = 0;
  for (const [spectrum, s] of scene.spectra.entries()) {
    const label = fitText(s.label, SIZE, width - SWATCH);
    const length = SWATCH + estimateTextWidth(label, SIZE);
    if (x > 0 && x + length > width) {
      x = 0;
      row++;
    }
    entries.push({ spectrum, label, x, row });
    x += length + GAP;
  }
  return entries;
}
