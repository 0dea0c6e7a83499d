export { type AlgebraicJson, algebraicToJson, algebraicToText, shortRadicals } from "./algebraic.js";
export { edgePolynomialToJson, edgePolynomialToText, eventsToJson, eventsToText } from "./events.js";
export { extrapolationToJson, extrapolationToText, fitToJson, fitToText } from "./fit-answers.js";
export {
  horizonTimeToJson,
  horizonTimeToText,
  horizonToJson,
  horizonToText,
  spectrumReportToJson,
  spectrumReportToText,
  symbolicHorizonToJson,
  symbolicHorizonToText,
} from "./horizon-answers.js";
export { phasesToJson, phasesToText } from "./phases-answers.js";
export { type PhasePictureOptions, phasesSvg } from "./phases-picture.js";
export { type PlotOptions, pictureOfLaw, plotSvg } from "./plot.js";
export { type EdgePlotOptions, plotEdgesSvg } from "./plot-edges.js";
export { type ExtrapolationPlotOptions, plotExtrapolationSvg } from "./plot-extrapolation.js";
export { readSavedLaw, type SavedLaw, saveLaw } from "./saved-law.js";
export {
  atomToJson,
  branchPointsToJson,
  branchPointsToText,
  curveToJson,
  curveToText,
  encodedCurveToJson,
  encodedCurveToText,
  type Guarantee,
  type JsonAnswer,
  outcomeToJson,
  supportToJson,
  supportToText,
} from "./shape-answers.js";
export { type SheetsAnswer, sheetsOf, sheetsToJson, sheetsToText } from "./sheets-answers.js";
export { statisticToJson, statisticToText, transformToJson, transformToText } from "./statistics-answers.js";
export { alignedTable } from "./text.js";
export {
  type DensityAnswer,
  densityToJson,
  densityToText,
  momentsToJson,
  momentsToText,
  quantilesToJson,
  quantilesToText,
} from "./value-answers.js";
