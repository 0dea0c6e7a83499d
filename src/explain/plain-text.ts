import { alignedTable } from "../report/index.js";
import type { Block, Explanation, Inline } from "./explanation.js";

const width = 100;

/** The derivation as plain text for a terminal, formulas in the input language's notation. Exact: nothing is computed anew. */
export function explanationToPlainText({ title, blocks }: Explanation): string {
  return `${[`${title}\n${"=".repeat(title.length)}`, ...blocks.map(blockText)].join("\n\n")}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `${block.text}\n${"-".repeat(block.text.length)}`;
    case "paragraph":
      return wrapped(lineOf(block.content), "", "");
    case "display":
      return wrapped(block.formula.plain, "    ", "      ");
    case "list":
      return block.items.map((item) => wrapped(lineOf(item), "* ", "  ")).join("\n");
    case "table":
      return alignedTable([block.head.map(lineOf), ...block.rows.map((row) => row.map(lineOf))]).replace(/^/gm, "  ");
    case "check":
      return wrapped(`Checked: ${lineOf(block.content)}`, "  ✓ ", "    ");
  }
}

function lineOf(content: readonly Inline[]): string {
  return content.map((part) => (typeof part === "string" ? part : part.plain)).join("");
}

/** Words in lines of the width; a word longer than a line stands alone. */
function wrapped(text: string, first: string, others: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const indent = lines.length === 0 ? first : others;
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push((lines.length === 0 ? first : others) + line);
  return lines.join("\n");
}
