/** The checker of certificates: shares no code with what it checks but integers and rationals. */
export { quotient, showsIrreducible, variations } from "./algebra.js";
export type { Shown } from "./answers.js";
export { atInfinity, equationsOf } from "./derivation.js";
export { dense, type Poly, polyOf, rows } from "./polynomial.js";
export { Refuted } from "./reading.js";
export { type Chart, chartOf, enclosure, type Gauss, pellet, plus, taylor, times, valueAt } from "./sheet.js";
export { certificateFormat, digestOf, shownBy, type Verdict, verifyCertificate } from "./verify.js";
export { limited } from "./work.js";
