/** The checker of certificates: shares no code with what it checks but integers and rationals. */
export { variations } from "./algebra.js";
export { type Derived, equationsOf, formulaOf, substituted } from "./derivation.js";
export { enclosure, type Gauss, pellet, type Table, tableOf, taylor, turned } from "./discs.js";
export { parsePoly } from "./polynomial.js";
export { certificateFormat, digestOf, type Verdict, verifyCertificate } from "./verify.js";
