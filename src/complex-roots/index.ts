/** All complex roots of a polynomial in disjoint proved discs. */
export { type ComplexRoot, type ComplexRootsOptions, complexRoots, complexRootsOfBalls } from "./complex-roots.js";
