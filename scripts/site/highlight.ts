const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character]!);
}

const keywords =
  "await|case|class|const|else|export|extends|for|from|function|if|import|in|let|new|of|return|throw|try|catch|type|while";

/** What a token of each language may be; the name of the group is its class. */
const patterns: Readonly<Record<string, RegExp>> = {
  ts: new RegExp(
    [
      "(?<comment>//.*|/\\*[sS]*?\\*/)",
      "(?<string>\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'|`(?:[^`\\\\]|\\\\.)*`)",
      `(?<keyword>\\b(?:${keywords})\\b)`,
      "(?<number>\\b\\d[\\d_.]*(?:e[+-]?\\d+)?n?\\b)",
    ].join("|"),
    "g",
  ),
  sh: /(?<comment>(?<=^|\s)#.*)|(?<string>'[^']*'|"[^"]*")|(?<keyword>^\w+(?: (?:ci|run|install) ?)?)|(?<option>(?<=\s)--?[\w-]+)/gm,
};

/** A block of code as HTML, with spans for what a language's tokens are. */
export function highlight(code: string, language: string): string {
  const pattern = patterns[language];
  if (pattern === undefined) return escapeHtml(code);
  let html = "";
  let at = 0;
  for (const match of code.matchAll(pattern)) {
    const kind = Object.entries(match.groups!).find(([, text]) => text !== undefined)![0];
    html += `${escapeHtml(code.slice(at, match.index))}<span class="${kind}">${escapeHtml(match[0])}</span>`;
    at = match.index + match[0].length;
  }
  return html + escapeHtml(code.slice(at));
}
