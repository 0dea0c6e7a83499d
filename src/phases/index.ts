/** Phase diagrams in two parameters, and the horizon of a law with symbols. */

export {
  type Phase,
  type PhaseCell,
  type PhaseDiagram,
  type PhaseOptions,
  phases,
  phaseText,
  type Transition,
} from "./phases.js";
export { type CurvePoint, pointsOver, type Range, type Strip } from "./phases-cells.js";
export { type HorizonCase, type SymbolicHorizonOptions, symbolicHorizon } from "./symbolic-horizon.js";
