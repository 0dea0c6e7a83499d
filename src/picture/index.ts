export { type AxisLabel, spreadLabels, type Tick } from "./axes.js";
export { type DiagramBulk, type DiagramEvent, type EdgeDiagram, edgeDiagramSvg, ticksOf } from "./edge-diagram.js";
export { shortNumber } from "./number-text.js";
export type { PictureAtom, PictureHistogram, PictureInterval, PictureSpectrum, SpectrumPicture } from "./picture.js";
export { type Bar, type Cut, composeScene, type Piece, type Scene, type SceneSpectrum } from "./scene.js";
export { spectrumSvg } from "./spectrum-svg.js";
export { coordinate, element, estimateTextWidth, fitText, svgDocument, textElement } from "./svg.js";
