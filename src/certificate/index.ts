/** Answers that carry their proof. */
export type { Certificate, Question, Step } from "./certificate.js";
export { type CertifyOptions, certify, withDigest } from "./certify.js";
