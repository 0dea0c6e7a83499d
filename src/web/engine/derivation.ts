import type { Block, Inline } from "../../explain/index.js";
import type { Context } from "./context.js";
import { lawOf } from "./law-cache.js";

/** A piece of a line: text, code, or a formula as MathML and as plain text. */
export type SetInline =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "formula"; readonly mathml: string; readonly plain: string };

export type SetLine = readonly SetInline[];

/** A block of a derivation with its formulas set. */
export type SetBlock =
  | { readonly kind: "paragraph" | "check"; readonly line: SetLine }
  | { readonly kind: "display"; readonly mathml: string; readonly plain: string }
  | { readonly kind: "list"; readonly items: readonly SetLine[] }
  | { readonly kind: "table"; readonly head: readonly SetLine[]; readonly rows: readonly (readonly SetLine[])[] };

/** The derivation of a law, in sections under their headings. */
export interface DerivationFacts {
  readonly law: string;
  readonly title: string;
  readonly sections: readonly { readonly heading: string; readonly blocks: readonly SetBlock[] }[];
}

/**
 * The derivation of a law, its formulas set as MathML. The rooms that make and set it are loaded when it is first asked for. Every check
 * in it was computed while it was made.
 */
export async function derivationFacts(
  { law: text }: { readonly law: string },
  { budget, progress }: Context,
): Promise<DerivationFacts> {
  progress("loading the typesetting");
  const { explain, mathml } = await import("../../explain/index.js");
  const { title, blocks } = explain(lawOf(text, budget), {}, budget);
  const lineOf = (content: readonly Inline[]): SetLine =>
    content.flatMap(
      (part): SetLine =>
        typeof part === "string"
          ? textPieces(part)
          : [{ kind: "formula", mathml: mathml(part.tex, false), plain: part.plain }],
    );
  const setBlock = (block: Exclude<Block, { kind: "heading" }>): SetBlock => {
    switch (block.kind) {
      case "paragraph":
      case "check":
        return { kind: block.kind, line: lineOf(block.content) };
      case "display":
        return { kind: "display", mathml: mathml(block.formula.tex, true), plain: block.formula.plain };
      case "list":
        return { kind: "list", items: block.items.map(lineOf) };
      case "table":
        return { kind: "table", head: block.head.map(lineOf), rows: block.rows.map((row) => row.map(lineOf)) };
    }
  };
  const sections: { heading: string; blocks: SetBlock[] }[] = [{ heading: "The law", blocks: [] }];
  for (const block of blocks) {
    budget.spend(1, "setting the derivation");
    if (block.kind === "heading") sections.push({ heading: block.text, blocks: [] });
    else sections.at(-1)!.blocks.push(setBlock(block));
  }
  return { law: text, title, sections };
}

/** Text between backquotes is code. */
function textPieces(text: string): SetLine {
  return text
    .split("`")
    .flatMap((piece, k): SetLine => (piece === "" ? [] : [{ kind: k % 2 === 0 ? "text" : "code", text: piece }]));
}
