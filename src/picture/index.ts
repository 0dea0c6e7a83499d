export { shortNumber } from "./number-text.js";
export type { PictureAtom, PictureHistogram, PictureInterval, PictureSpectrum, SpectrumPicture } from "./picture.js";
export { spectrumSvg } from "./spectrum-svg.js";
