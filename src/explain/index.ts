export { type ExplainOptions, explain } from "./explain.js";
export type { Block, Explanation, Formula, Inline } from "./explanation.js";
export { explanationToHtml } from "./html.js";
export { explanationToMarkdown } from "./markdown.js";
export { explanationToPlainText } from "./plain-text.js";
