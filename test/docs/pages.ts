import { readdirSync, readFileSync } from "node:fs";

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The line of its first line, from 1. */
  readonly line: number;
}

const root = new URL("../../", import.meta.url);

/** README.md and everything in docs/, by path, the lessons last. */
export const pages: readonly string[] = ["README.md", ...pagesIn("docs/"), ...pagesIn("docs/lessons/")];

function pagesIn(folder: string): readonly string[] {
  return readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(".md"))
    .map((name) => folder + name)
    .sort();
}

export function textOf(page: string): string {
  return readFileSync(new URL(page, root), "utf8");
}

export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { language: string; lines: string[]; line: number } | undefined;
  textOf(page)
    .split("\n")
    .forEach((line, k) => {
      const fence = /^```(\w*)\s*$/.exec(line);
      if (fence === null) open?.lines.push(line);
      else if (open === undefined) open = { language: fence[1]!, lines: [], line: k + 2 };
      else {
        blocks.push({ language: open.language, text: open.lines.join("\n"), line: open.line });
        open = undefined;
      }
    });
  if (open !== undefined) throw new Error(`${page}: the block at line ${open.line} is not closed`);
  return blocks;
}

/** The arguments of a command line as a POSIX shell splits them: words, single and double quotes, no expansion. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  const token = /\s+|'([^']*)'|"([^"\\$`]*)"|([^\s'"\\$`|&;<>]+)/y;
  let word: string | undefined;
  for (let at = 0; at < line.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(line);
    if (match === null) throw new Error(`not a plain command line: ${line}`);
    const part = match[1] ?? match[2] ?? match[3];
    if (part === undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + part;
  }
  if (word !== undefined) words.push(word);
  return words;
}
