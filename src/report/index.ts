export { type AlgebraicJson, algebraicToJson, algebraicToText, shortRadicals } from "./algebraic.js";
export {
  checkToJson,
  checkToText,
  matrixCheckToJson,
  matrixCheckToText,
  plainCheck,
  verdictText,
} from "./check-answers.js";
export { edgePolynomialToJson, edgePolynomialToText, eventsToJson, eventsToText } from "./events.js";
export { extrapolationToJson, extrapolationToText, fitToJson, fitToText } from "./fit-answers.js";
export {
  type HighTemperatureAnswer,
  highTemperatureToJson,
  highTemperatureToText,
} from "./high-temperature-answers.js";
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
export { type MomentsAnswer, momentsToJson, momentsToText } from "./moment-answers.js";
export { phasesToJson, phasesToText } from "./phases-answers.js";
export { type PhasePictureOptions, phasesSvg } from "./phases-picture.js";
export { type PhaseShapes, type PlanePoint, phaseNames, phaseShapes } from "./phases-shapes.js";
export { type PlotOptions, pictureOfLaw, plotSvg } from "./plot.js";
export { type EdgePlotOptions, edgeDiagramOf, plotEdgesSvg } from "./plot-edges.js";
export { type ExtrapolationPlotOptions, pictureOfExtrapolation, plotExtrapolationSvg } from "./plot-extrapolation.js";
export { type RidgeAnswer, type RidgeBest, type RidgeRow, ridgeToJson, ridgeToText } from "./ridge-answers.js";
export { type SampleAnswer, sampleToFile, sampleToJson, sampleToText } from "./sample-answers.js";
export { readSavedLaw, type SavedLaw, saveLaw } from "./saved-law.js";
export {
  logDeterminantToJson,
  logDeterminantToText,
  type ScalingAnswer,
  scalingToJson,
  scalingToText,
} from "./scaling-answers.js";
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
  certifiedQuantilesToJson,
  certifiedQuantilesToText,
  type DensityAnswer,
  densityToJson,
  densityToText,
  distributionToJson,
  distributionToText,
  quantilesToJson,
  quantilesToText,
} from "./value-answers.js";
export { weightsToJson, weightsToText } from "./weights-answers.js";
