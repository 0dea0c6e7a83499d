export { LanguageError } from "./language-error.js";
export { parameterDomain, remadeLaw } from "./parameter-domain.js";
export { parseFunction } from "./parse-function.js";
export { type ParseOptions, parseLaw, parseScalar } from "./parse-law.js";
export { lawToText } from "./print-law.js";
export { readSyntax } from "./read-syntax.js";
export { statistic } from "./statistic.js";
export type { Expression, Position, Span } from "./syntax.js";
export {
  type ArgumentKind,
  laws,
  nearestName,
  operations,
  type ParameterSpec,
  signature,
  type VocabularyEntry,
} from "./vocabulary.js";
