export {
  type BirationalMap,
  composeMaps,
  coordinates,
  equalMaps,
  identityMap,
  invertMap,
  type Substitution,
  transformCurve,
} from "./birational-map.js";
export { horizon } from "./horizon.js";
export {
  companionMap,
  decompressionMap,
  deformationMap,
  dilationMap,
  inversionMap,
  mobiusMap,
  powerMap,
  rationalSumMap,
  semicircularMap,
  shiftMap,
} from "./maps.js";
export {
  companion,
  compress,
  decompress,
  deform,
  inverse,
  mobius,
  power,
  scale,
  semicircularFlow,
  shift,
  transform,
} from "./operations.js";
