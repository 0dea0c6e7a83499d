export { type DiagramBulk, type DiagramEvent, type EdgeDiagram, edgeDiagramSvg } from "./edge-diagram.js";
export { shortNumber } from "./number-text.js";
export type { PictureAtom, PictureHistogram, PictureInterval, PictureSpectrum, SpectrumPicture } from "./picture.js";
export { spectrumSvg } from "./spectrum-svg.js";
export { coordinate, element, estimateTextWidth, fitText, svgDocument, textElement } from "./svg.js";
