export {
  type BivariateTable,
  blowUp,
  expandBranch,
  type ImplicitBranch,
  implicitBranches,
  type RootFinder,
} from "./implicit-branch.js";
export { type LaurentSeries, type PuiseuxSeries, type PuiseuxSeriesRing, puiseuxSeries } from "./laurent-series.js";
export { newtonPolygon, type PolygonEdge } from "./newton-polygon.js";
export { embedElement, type FieldRoot, fieldRoots, rationalNumberField } from "./number-field-extension.js";
export { type PowerSeries, type PowerSeriesRing, powerSeries } from "./power-series.js";
export {
  characteristicExponents,
  leadingPower,
  type PuiseuxExpansion,
  type PuiseuxOptions,
  puiseuxExpansions,
  puiseuxExpansionsOfTable,
} from "./puiseux-expansion.js";
