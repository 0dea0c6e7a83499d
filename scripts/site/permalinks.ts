import { initialState, type PageState, type Tab, toLink } from "../../src/web/permalink.js";
import { escapeHtml } from "./highlight.js";

/** Where the page shows what a command prints. */
const tabOf: Readonly<Record<string, Tab>> = {
  plot: "answers",
  density: "answers",
  support: "answers",
  phases: "phases",
  sheets: "plane",
  "branch-points": "plane",
  explain: "derivation",
};

/** The state of the page that shows the same as a command line; undefined for commands that it has no view of. */
export function stateOfCommand(line: string): PageState | undefined {
  const found = /^freecurve ([\w-]+) '([^']*)'(.*)$/.exec(line);
  if (found === null) return undefined;
  const [, command, expression, options] = found as unknown as [string, string, string, string];
  const tab = options.includes(" --edges") ? "edges" : tabOf[command];
  if (tab === undefined) return undefined;
  const given = options.matchAll(/ --set (\w+)=(\S+)/g);
  return {
    ...initialState,
    expression,
    tab,
    parameters: Object.fromEntries(Array.from(given, ([, name, value]) => [name!, value!])),
  };
}

/** A link to the page for each command line that it can show, as a paragraph. */
export function permalinkHtml(lines: string): string {
  const states = lines.split("\n").flatMap((line) => stateOfCommand(line) ?? []);
  const links = states.map(
    (state) => `<a href="../index.html#${escapeHtml(toLink(state))}">Open it in the program</a>`,
  );
  return links.length === 0 ? "" : `<p class="permalink">${links.join(" · ")}</p>\n`;
}
