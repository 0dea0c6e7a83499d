/** The checker of certificates: shares no code with what it checks but integers and rationals. */
export { divides, Refuted, showsIrreducible, variations } from "./algebra.js";
export type { Shown } from "./answers.js";
export {
  type Derived,
  equationsOf,
  formulaOf,
  germTable,
  onSeries,
  seriesOrder,
  slopeAt,
  substituted,
} from "./derivation.js";
export {
  enclosure,
  type Gauss,
  type Point,
  pellet,
  type Table,
  tableOf,
  taylor,
  times,
  turned,
  valueAt,
} from "./discs.js";
export { parsePoly } from "./polynomial.js";
export { certificateFormat, digestOf, shownAnswer, type Verdict, verifyCertificate } from "./verify.js";
