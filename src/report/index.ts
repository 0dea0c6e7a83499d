export { type AlgebraicJson, algebraicToJson, algebraicToText, shortRadicals } from "./algebraic.js";
export {
  extrapolationToJson,
  extrapolationToText,
  fitToJson,
  fitToText,
  horizonToJson,
  horizonToText,
} from "./fit-answers.js";
export { type PlotOptions, pictureOfLaw, plotSvg } from "./plot.js";
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
