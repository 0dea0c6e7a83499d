export { carryCumulants, carryPole, type SheetPole } from "./action.js";
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
export { type EncodedCurve, type Encoding, encode, encodingNames, lawFromEncoding } from "./encodings.js";
export {
  companionMap,
  decompressionMap,
  deformationMap,
  dilationMap,
  inversionMap,
  mobiusMap,
  powerMap,
  rationalProductMap,
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
  transformLaw,
} from "./operations.js";
