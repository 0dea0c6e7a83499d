import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { typesetter } from "./formulas.js";
import { guaranteeTables } from "./guarantee-tables.js";
import { markdownRenderer, type Picture } from "./markdown.js";
import { addressOf, entries, relative } from "./navigation.js";
import { permalinkHtml } from "./permalinks.js";
import { pageHtml } from "./template.js";

const root: string = fileURLToPath(new URL("../../", import.meta.url));
const docs: string = join(root, "docs");

/** What was built. */
export interface BuildReport {
  readonly pages: number;
  readonly formulas: number;
  readonly pictures: number;
}

/** The Markdown files of docs/, by their path below it. */
export function sourcesOf(): readonly string[] {
  return filesOf(docs).filter((name) => name.endsWith(".md"));
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
}

/**
 * Writes the pages of docs/ into a folder, with their pictures, fonts and styles. Throws when a page is not in the navigation, a formula
 * cannot be set, or a picture is missing; links are checked afterwards, when everything stands in its place.
 */
export function buildDocs(out: string): BuildReport {
  const listed = entries.map(({ source }) => source);
  const unlisted = sourcesOf().filter((source) => !listed.includes(source));
  if (unlisted.length > 0) throw new Error(`not in scripts/site/navigation.ts: ${unlisted.join(", ")}`);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(out, path)), { recursive: true });
    writeFileSync(join(out, path), text);
  };
  const formulas = typesetter();
  const render = markdownRenderer(formulas);
  for (const source of listed) {
    const text = readFileSync(join(docs, source), "utf8").replace(/^<!-- (\w+) -->$/gm, (_, name: string) =>
      generated(name),
    );
    const page = render(text, {
      link: (target) => linkOf(target, source),
      picture: (target) => pictureOf(target, source),
      afterCommands: (lines) => (source === "gallery.md" ? permalinkHtml(lines) : ""),
    });
    write(addressOf(source), pageHtml(source, page));
  }
  write("assets/formulas.css", formulas.stylesheet());
  copyStyles(out);
  const pictures = filesOf(docs).filter((name) => name.endsWith(".svg"));
  for (const name of pictures) write(name, readFileSync(join(docs, name), "utf8"));
  return { pages: listed.length, formulas: formulas.count, pictures: pictures.length };
}

/** What stands in the place of a comment on a line of its own. */
function generated(name: string): string {
  if (name === "guarantees") return guaranteeTables(root);
  throw new Error(`nothing is known to be generated for <!-- ${name} -->`);
}

/** The address of a link on the page of `source`: Markdown files become pages. */
function linkOf(target: string, source: string): string {
  const [path, anchor] = target.split("#", 2) as [string, string?];
  if (/^[a-z]+:/i.test(target) || !path.endsWith(".md")) return target;
  const there = normalize(posix.join(posix.dirname(source), path));
  return relative(addressOf(source), addressOf(there)) + (anchor === undefined ? "" : `#${anchor}`);
}

function pictureOf(target: string, source: string): Picture {
  const svg = readFileSync(join(docs, dirname(source), target), "utf8");
  const size = /^<svg[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg);
  if (size === null) throw new Error(`docs/${source}: ${target} does not begin with an svg element that has a size`);
  return { source: target, width: Number(size[1]), height: Number(size[2]) };
}

/** The stylesheet, fonts and script of the pages. Of KaTeX's fonts one format is enough, which every browser of the last ten years reads. */
function copyStyles(out: string): void {
  const katex = join(root, "node_modules/katex/dist");
  const css = readFileSync(join(katex, "katex.min.css"), "utf8");
  writeFileSync(join(out, "assets/katex.css"), css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)/g, ""));
  cpSync(join(katex, "fonts"), join(out, "assets/fonts"), {
    recursive: true,
    filter: (name) => !/\.(?:woff|ttf)$/.test(name),
  });
  cpSync(join(root, "scripts/site/assets"), join(out, "assets"), { recursive: true });
  cpSync(join(root, "src/web/icon.svg"), join(out, "assets/icon.svg"));
}
