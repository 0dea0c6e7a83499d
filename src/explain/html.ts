import katex from "katex";
import type { Block, Explanation, Inline } from "./explanation.js";

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.55 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
.display { overflow: auto hidden; margin: 1rem 0; padding: 0.2rem 0; }
.check { border-left: 3px solid #2e7d32; padding: 0.2rem 0.8rem; margin: 0.8rem 0; font-size: 0.93rem; }
.check::before { content: "✓ checked: "; color: #2e7d32; font-weight: 600; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid #8884; padding: 0.3rem 0.8rem 0.3rem 0; text-align: left; }
@media (prefers-color-scheme: dark) { .check { border-color: #81c784; } .check::before { color: #81c784; } }
`;

/**
 * The derivation as one self-contained page: formulas as MathML, which browsers set without fonts or scripts.
 * Exact: nothing is computed anew.
 */
export function explanationToHtml({ title, blocks }: Explanation): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${blocks.map(blockHtml).join("\n")}
</main>
</body>
</html>
`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `<h2>${escaped(block.text)}</h2>`;
    case "paragraph":
      return `<p>${lineOf(block.content)}</p>`;
    case "display":
      return `<div class="display">${mathml(block.formula.tex, true)}</div>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${lineOf(item)}</li>`).join("")}</ul>`;
    case "table": {
      const row = (cells: readonly (readonly Inline[])[], tag: string): string =>
        `<tr>${cells.map((cell) => `<${tag}>${lineOf(cell)}</${tag}>`).join("")}</tr>`;
      const body = block.rows.map((cells) => row(cells, "td")).join("");
      return `<table><thead>${row(block.head, "th")}</thead><tbody>${body}</tbody></table>`;
    }
    case "check":
      return `<p class="check">${lineOf(block.content)}</p>`;
  }
}

function lineOf(content: readonly Inline[]): string {
  return content
    .map((part) => (typeof part === "string" ? codeSpans(escaped(part)) : mathml(part.tex, false)))
    .join("");
}

/** A formula of the program's own making as MathML in a span; everything in it is escaped. */
export function mathml(tex: string, displayMode: boolean): string {
  return katex.renderToString(tex, {
    displayMode,
    output: "mathml",
    throwOnError: true,
    strict: "error",
    trust: false,
  });
}

/** Text between backquotes is code, as in Markdown. */
function codeSpans(html: string): string {
  return html.replace(/`([^`]*)`/g, "<code>$1</code>");
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);
}
