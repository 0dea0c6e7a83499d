export { type Genus, genus, type Ramification, ramifications } from "./genus.js";
export { type CurveLike, type Monodromy, monodromy, type SheetLoop } from "./monodromy.js";
export {
  cycles,
  cycleType,
  followedBy,
  identityPermutation,
  inversePermutation,
  isIdentity,
  orbits,
  type Permutation,
  permutationToText,
} from "./permutation.js";
export { type PolygonLoop, permutationAlong } from "./polygon-loop.js";
