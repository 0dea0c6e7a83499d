export { type ExactComplex, stieltjesAt, type TransformValue } from "./certified-transform.js";
export { type Finding, mean, type StatisticGuarantee } from "./mean.js";
export { type NamedStatistic, namedStatistics } from "./named-statistic.js";
export {
  asRationalFunction,
  type ElementaryName,
  elementaryNames,
  functionToText,
  type RealFunction,
} from "./real-function.js";
export { linearStatistic, type Statistic, type StatisticOptions, type StatisticRequest } from "./statistic.js";
export { hilbertTransform, type StieltjesEvaluator, stieltjes, type TransformArrays } from "./stieltjes.js";
