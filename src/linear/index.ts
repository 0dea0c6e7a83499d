export {
  determinantByBareiss,
  type ExactDomain,
  nullspaceByBareiss,
  rankByBareiss,
  solveByBareiss,
} from "./fraction-free-elimination.js";
export {
  determinant,
  determinantByLifting,
  determinantByRemainders,
  nullspace,
  rank,
  solve,
} from "./integer-matrix.js";
export type { Matrix } from "./matrix.js";
export { prepareLifting, type RationalVector, rationalReconstruction, solveByLifting } from "./p-adic-lifting.js";
export { rationalDeterminant, rationalNullspace, rationalRank, rationalSolve } from "./rational-matrix.js";
export { determinantModulo, nullspaceModulo, rankModulo, solveModulo } from "./word-prime-elimination.js";
