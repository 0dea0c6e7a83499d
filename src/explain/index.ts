export { type ExplainOptions, explain } from "./explain.js";
export type { Block, Explanation, Formula, Inline } from "./explanation.js";
export { explanationToHtml, mathml } from "./html.js";
export { explanationToLatex } from "./latex.js";
export { explanationToMarkdown } from "./markdown.js";
export { explanationToPlainText } from "./plain-text.js";
