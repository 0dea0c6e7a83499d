/** Real roots of integer polynomials in disjoint cells of a dyadic grid, and their refinement. */
export type { IsolatingInterval } from "./continued-fraction-isolation.js";
export { isolateRealRoots, isolateRealRootsBetween } from "./descartes-isolation.js";
export { boundsOf, type GridCell, refineCell, startingCell, widestAround } from "./grid-cell.js";
export { univariateCoefficients } from "./univariate-coefficients.js";
