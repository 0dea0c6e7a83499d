import type { Block, Explanation, Inline } from "./explanation.js";

/** The derivation as a LaTeX document of class article with amsmath. Exact: nothing is computed anew. */
export function explanationToLatex({ title, blocks }: Explanation): string {
  return `\\documentclass{article}
\\usepackage{amsmath, amssymb}
\\usepackage[T1]{fontenc}
\\usepackage[utf8]{inputenc}
\\title{${escaped(title)}}
\\date{}
\\begin{document}
\\maketitle

${blocks.map(blockText).join("\n\n")}

\\end{document}
`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `\\section*{${escaped(block.text)}}`;
    case "paragraph":
      return lineOf(block.content);
    case "display":
      return `\\[\n${block.formula.tex}\n\\]`;
    case "list":
      return `\\begin{itemize}\n${block.items.map((item) => `\\item ${lineOf(item)}`).join("\n")}\n\\end{itemize}`;
    case "table": {
      const row = (cells: readonly (readonly Inline[])[]): string => `${cells.map(lineOf).join(" & ")} \\\\`;
      const body = [row(block.head), "\\hline", ...block.rows.map(row)].join("\n");
      return `\\begin{center}\n\\begin{tabular}{${"l".repeat(block.head.length)}}\n${body}\n\\end{tabular}\n\\end{center}`;
    }
    case "check":
      return `\\begin{quote}\nChecked: ${lineOf(block.content)}\n\\end{quote}`;
  }
}

function lineOf(content: readonly Inline[]): string {
  return content.map((part) => (typeof part === "string" ? textOf(part) : `$${part.tex}$`)).join("");
}

/** Text between backquotes is code. */
function textOf(text: string): string {
  return escaped(text).replace(/`([^`]*)`/g, "\\texttt{$1}");
}

const special: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "−": "$-$",
  "→": "$\\to$",
  "⊞": "$\\boxplus$",
  "⊠": "$\\boxtimes$",
  "≥": "$\\ge$",
  "≤": "$\\le$",
  "²": "$^2$",
  "√": "$\\sqrt{\\ }$",
  "…": "\\dots{}",
};

function escaped(text: string): string {
  return text.replace(/[&%$#_{}\\^~−→⊞⊠≥≤²√…]/g, (c) => special[c] ?? `\\${c}`);
}
