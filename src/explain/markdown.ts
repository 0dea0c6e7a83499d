import type { Block, Explanation, Inline } from "./explanation.js";

/** The derivation as Markdown with LaTeX between dollar signs, as GitHub, Jupyter and pandoc read it. Exact: nothing is computed anew. */
export function explanationToMarkdown({ title, blocks }: Explanation): string {
  return `${[`# ${title}`, ...blocks.map(blockText)].join("\n\n")}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `## ${block.text}`;
    case "paragraph":
      return lineOf(block.content);
    case "display":
      return `$$\n${block.formula.tex}\n$$`;
    case "list":
      return block.items.map((item) => `* ${lineOf(item)}`).join("\n");
    case "table": {
      const row = (cells: readonly (readonly Inline[])[]): string => `| ${cells.map(lineOf).join(" | ")} |`;
      return [row(block.head), `|${"---|".repeat(block.head.length)}`, ...block.rows.map(row)].join("\n");
    }
    case "check":
      return `> **Checked:** ${lineOf(block.content)}`;
  }
}

function lineOf(content: readonly Inline[]): string {
  return content.map((part) => (typeof part === "string" ? part : `$${part.tex}$`)).join("");
}
