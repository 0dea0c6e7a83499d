/** A formula as LaTeX (the subset that KaTeX sets) and as one line of plain text. */
export interface Formula {
  readonly tex: string;
  readonly plain: string;
}

export type Inline = string | Formula;

/** A piece of a derivation. A `check` is a statement that was decided by computation while the document was made. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly content: readonly Inline[] }
  | { readonly kind: "display"; readonly formula: Formula }
  | { readonly kind: "list"; readonly items: readonly (readonly Inline[])[] }
  | {
      readonly kind: "table";
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: "check"; readonly content: readonly Inline[] };

/** A derivation as a document, independent of how it is set. */
export interface Explanation {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export function heading(text: string): Block {
  return { kind: "heading", text };
}

/** A paragraph from a template with formulas in it. */
export function paragraph(words: TemplateStringsArray, ...parts: readonly Inline[]): Block {
  return { kind: "paragraph", content: inline(words, ...parts) };
}

export function display(formula: Formula): Block {
  return { kind: "display", formula };
}

/** A statement that the program has just verified. */
export function check(words: TemplateStringsArray, ...parts: readonly Inline[]): Block {
  return { kind: "check", content: inline(words, ...parts) };
}

/** A line of text with formulas in it, from a template; neighbouring texts become one. */
export function inline(words: TemplateStringsArray, ...parts: readonly Inline[]): readonly Inline[] {
  const line: Inline[] = [];
  for (const part of words.flatMap((word, k) => (k < parts.length ? [word, parts[k]!] : [word]))) {
    const last = line.at(-1);
    if (typeof part !== "string") line.push(part);
    else if (typeof last === "string") line[line.length - 1] = last + part;
    else if (part !== "") line.push(part);
  }
  return line;
}
