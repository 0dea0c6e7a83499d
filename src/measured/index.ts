export {
  type AssumptionCheck,
  type AssumptionOptions,
  type CumulantComparison,
  checkAssumption,
  type SizedSpectra,
} from "./assumption.js";
export { empiricalDistribution, kolmogorovSmirnov } from "./empirical-distribution.js";
export {
  type CompressedPoint,
  type EmpiricalMeasure,
  empiricalMeasure,
  type FreeCompression,
  freeCompression,
} from "./free-compression.js";
export { type CumulantFluctuation, cumulantFluctuation, freeCumulants } from "./free-cumulants.js";
export type { NumberArray } from "./number-array.js";
export { type ReadOptions, readArray } from "./read-array.js";
export {
  eigenvalueList,
  type MeasuredFile,
  matrixEigenvalues,
  type PooledSpectra,
  readEigenvalues,
  readSpectra,
  type SpectrumOptions,
  symmetricPart,
} from "./read-eigenvalues.js";
export {
  type ChanceOfDistance,
  compareSpectra,
  type SpectraOfSize,
  type SpectrumComparison,
  type SpectrumPlace,
} from "./spectrum-comparison.js";
export type { SamplingDesign } from "./spectrum-verdict.js";
export {
  checkMatrix,
  type MatrixCheck,
  type SubmatrixComparison,
  type SubmatrixOptions,
  submatrix,
} from "./submatrices.js";
