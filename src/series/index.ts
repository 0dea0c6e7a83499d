export {
  type BivariateTable,
  expandBranch,
  type ImplicitBranch,
  implicitBranches,
  type RootFinder,
} from "./implicit-branch.js";
export { newtonPolygon, type PolygonEdge } from "./newton-polygon.js";
export { type PowerSeries, type PowerSeriesRing, powerSeries } from "./power-series.js";
