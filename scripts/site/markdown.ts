import MarkdownIt, { type MarkdownIt as Parser, type Token } from "markdown-it";
import type { Typesetter } from "./formulas.js";
import { escapeHtml, highlight } from "./highlight.js";

export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly html: string;
}

export interface Rendered {
  /** The text of the first heading of level 1, without markup. */
  readonly title: string;
  readonly html: string;
  /** The headings of level 2 and 3. */
  readonly headings: readonly Heading[];
}

export interface Picture {
  readonly source: string;
  readonly width: number;
  readonly height: number;
}

/** What a page asks for while it is rendered. */
export interface PageHooks {
  /** The new target of a link. */
  readonly link: (target: string) => string;
  readonly picture: (target: string) => Picture;
  /** HTML to stand after a block of command lines. */
  readonly afterCommands: (lines: string) => string;
}

interface PageContext {
  readonly hooks: PageHooks;
  readonly anchors: Set<string>;
  readonly headings: Heading[];
  title: string;
}

/** Renders the Markdown of docs/: as GitHub reads it, formulas between dollar signs. */
export function markdownRenderer(formulas: Typesetter): (text: string, hooks: PageHooks) => Rendered {
  let page: PageContext;
  const parser: Parser = new MarkdownIt({ html: true });
  parser.inline.ruler.before("escape", "formula", (state, silent) => {
    if (state.src[state.pos] !== "$") return false;
    const mark = state.src.startsWith("$$", state.pos) ? "$$" : "$";
    const from = state.pos + mark.length;
    const to = state.src.indexOf(mark, from);
    if (to <= from || to > state.posMax) return false;
    if (!silent) {
      const token = state.push("formula", "", 0);
      token.content = state.src.slice(from, to).trim();
      token.markup = mark;
    }
    state.pos = to + mark.length;
    return true;
  });
  const { rules } = parser.renderer;
  rules.formula = (tokens, k) => {
    const { content, markup } = tokens[k]!;
    const html = formulas.set(content, markup === "$$");
    // A wide formula scrolls by itself, also by keyboard.
    return markup === "$$" ? `<span class="display" tabindex="0">${html}</span>` : html;
  };
  rules.fence = (tokens, k) => {
    const { info, content } = tokens[k]!;
    const language = info.trim();
    const output = language === "text" && tokens[k - 1]?.type === "fence" ? " output" : "";
    const html = `<pre class="${language}${output}" tabindex="0"><code>${highlight(content, language)}</code></pre>\n`;
    const commands = language === "sh" ? content : output === "" ? undefined : tokens[k - 1]!.content;
    const followed = language === "sh" && tokens[k + 1]?.type === "fence" && tokens[k + 1]!.info.trim() === "text";
    return commands === undefined || followed ? html : html + page.hooks.afterCommands(commands.trim());
  };
  rules.heading_open = (tokens, k) => {
    const level = Number(tokens[k]!.tag.slice(1));
    const inline = tokens[k + 1]!;
    const plain = plainText(inline);
    if (level === 1) page.title ||= plain;
    const id = anchorOf(plain, page.anchors);
    tokens[k]!.meta = { id, plain };
    if (level === 2 || level === 3) {
      page.headings.push({ level, id, html: parser.renderer.renderInline(inline.children ?? [], parser.options, {}) });
    }
    return `<h${level} id="${id}">`;
  };
  rules.heading_close = (tokens, k) => {
    const { id, plain } = tokens[k - 2]!.meta as { id: string; plain: string };
    const label = escapeHtml(`Link to “${plain}”`);
    return `<a class="anchor" href="#${id}" aria-label="${label}">#</a></${tokens[k]!.tag}>\n`;
  };
  rules.table_open = () => `<div class="table" tabindex="0"><table>\n`;
  rules.table_close = () => "</table></div>\n";
  rules.th_open = rules.td_open = (tokens, k, options, _env, renderer) => {
    const token = tokens[k]!;
    const style = token.attrGet("style");
    // A heading without words is none.
    if (tokens[k + 1]!.content === "") token.tag = tokens[k + 2]!.tag = "td";
    if (style !== null) token.attrs = [["class", String(style).replace("text-align:", "")]];
    return renderer.renderToken(tokens, k, options);
  };
  rules.link_open = (tokens, k, options, _env, renderer) => {
    const token = tokens[k]!;
    token.attrSet("href", page.hooks.link(String(token.attrGet("href"))));
    return renderer.renderToken(tokens, k, options);
  };
  rules.image = (tokens, k) => {
    const token = tokens[k]!;
    const { source, width, height } = page.hooks.picture(String(token.attrGet("src")));
    const size = `width="${width}" height="${height}"`;
    return `<img src="${escapeHtml(source)}" ${size} alt="${escapeHtml(plainText(token))}">`;
  };
  return (text, hooks) => {
    page = { hooks, anchors: new Set(), headings: [], title: "" };
    const html = parser.render(text);
    return { title: page.title, html, headings: page.headings };
  };
}

function plainText(token: Token): string {
  return (token.children ?? []).map((child) => child.content).join("");
}

/** The anchor of a heading, as GitHub makes it. */
function anchorOf(heading: string, taken: Set<string>): string {
  const plain = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
    .replaceAll(" ", "-");
  let id = plain;
  for (let n = 1; taken.has(id); n++) id = `${plain}-${n}`;
  taken.add(id);
  return id;
}
