import { escapeHtml } from "./highlight.js";
import type { Rendered } from "./markdown.js";
import { addressOf, type Entry, neighbours, relative, sections } from "./navigation.js";

/** Nothing is loaded from elsewhere, and nothing runs that is not a file of the site. */
export const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'";

/** A whole page around the text of a Markdown file. */
export function pageHtml(source: string, { title, html, headings }: Rendered): string {
  const address = addressOf(source);
  const to = (path: string): string => relative(address, path);
  const contents = headings.filter(({ level }) => level === 2);
  const list = contents.map(({ id, html: text }) => `<li><a href="#${id}">${text}</a></li>`).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · freecurve</title>
<link rel="icon" href="${to("assets/icon.svg")}" type="image/svg+xml">
<link rel="stylesheet" href="${to("assets/katex.css")}">
<link rel="stylesheet" href="${to("assets/formulas.css")}">
<link rel="stylesheet" href="${to("assets/style.css")}">
<script src="${to("assets/theme.js")}"></script>
</head>
<body>
<a class="skip" href="#text">To the text</a>
<header>
<a class="home" href="${to("index.html")}">freecurve</a>
<a class="to-contents" href="#contents">Contents</a>
<a href="${to("../index.html")}">Program</a>
<button type="button" id="theme" hidden>Dark</button>
</header>
<div class="columns">
<main id="text" tabindex="-1">
<article>
${html}</article>
${nextAndBefore(source, to)}</main>
${contents.length < 3 ? "" : `<aside class="side" aria-label="On this page"><p>On this page</p>\n<ol>\n${list}\n</ol></aside>\n`}<nav id="contents" class="side" aria-label="Contents">
${navigation(source, to)}</nav>
</div>
</body>
</html>
`;
}

function navigation(source: string, to: (path: string) => string): string {
  const item = ({ source: target, label }: Entry): string =>
    `<li><a href="${to(addressOf(target))}"${target === source ? ' aria-current="page"' : ""}>${escapeHtml(label)}</a></li>`;
  const lists = sections.map(
    ({ heading, entries }) => `<p>${escapeHtml(heading)}</p>\n<ul>\n${entries.map(item).join("\n")}\n</ul>\n`,
  );
  return `${lists.join("")}<p>The library</p>\n<ul>\n<li><a href="${to("reference/index.html")}">Reference</a></li>\n</ul>\n`;
}

function nextAndBefore(source: string, to: (path: string) => string): string {
  const { before, after } = neighbours(source);
  const link = (relation: string, entry: Entry | undefined): string =>
    entry === undefined
      ? ""
      : `<a rel="${relation}" href="${to(addressOf(entry.source))}">${escapeHtml(entry.label)}</a>\n`;
  const links = link("prev", before) + link("next", after);
  return links === "" ? "" : `<nav class="lessons" aria-label="Lessons before and after">\n${links}</nav>\n`;
}
