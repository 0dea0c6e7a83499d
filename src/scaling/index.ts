export { fitHighTemperature, type HighTemperatureFit } from "./high-temperature-fit.js";
export { gamma, logGamma, lowerIncompleteGamma } from "./incomplete-gamma.js";
export {
  gradientDescent,
  gradientFlow,
  type LearningDynamics,
  type LearningPoint,
  learningCurve,
  powerLawAmplitude,
  powerLawLoss,
  tailExponent,
} from "./learning-curve.js";
export { type LogDeterminantScaling, logDeterminantScaling, logPseudoDeterminant } from "./log-determinant.js";
export {
  type BulkFit,
  fitMarchenkoPastur,
  type MarchenkoPastur,
  marchenkoPastur,
  type NumericLaw,
  type SpikeLevel,
} from "./marchenko-pastur-bulk.js";
export {
  type ModeSpectrum,
  measuredModes,
  perturbModes,
  powerLawModes,
  quantisationNoise,
  truncateModes,
} from "./mode-spectrum.js";
export { type PowerLawTail, powerLawTail, type TailOptions } from "./power-law-tail.js";
export { type ExponentEstimate, type SpectralExponents, spectralExponents } from "./spectral-exponents.js";
export {
  highTemperatureRival,
  type LawComparison,
  type Rival,
  type WeightOptions,
  type WeightShape,
  type WeightSpectrum,
  weightShape,
  weightSpectrum,
} from "./weight-shape.js";
