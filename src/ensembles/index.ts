export { type ActivationMoments, activationMoments, type CertifiedNumber } from "./activation-moments.js";
export {
  ArgumentError,
  type ArgumentPlace,
  type ArgumentSpec,
  type ArgumentValue,
  type Atom,
  type AtomList,
  atLeast,
  type Domain,
  nonZero,
  positive,
  toNumber,
} from "./arguments.js";
export { catalogue, type Ensembles, ensembles } from "./catalogue.js";
export type { ClosedForms, Ensemble, PointMass } from "./ensemble.js";
export { sample } from "./sample.js";
