/** The checker of certificates: shares no code with what it checks but integers and rationals. */
export { divides, Refuted, showsIrreducible, variations } from "./algebra.js";
export type { Shown } from "./answers.js";
export { atInfinity, equationsOf, formulaOf } from "./derivation.js";
export { enclosure, type Gauss, type Point, pellet, type Table, tableOf, taylor } from "./discs.js";
export { dense, rows } from "./polynomial.js";
export { polyOf } from "./reading.js";
export { certificateFormat, digestOf, shownAnswer, type Verdict, verifyCertificate } from "./verify.js";
