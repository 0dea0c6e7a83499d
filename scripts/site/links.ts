import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

export interface LinkReport {
  /** HTML files that were read. */
  readonly pages: number;
  /** Links, pictures, scripts and stylesheets inside the site, anchors included. */
  readonly internal: number;
  readonly external: number;
  /** What resolves to nothing, as "page: target". */
  readonly broken: readonly string[];
  /** What a page would load from elsewhere. */
  readonly requests: readonly string[];
}

const attribute = /<(\w+)\b[^<>]*?\s(href|src)="([^"]*)"/g;
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x2F": "/" };

/**
 * Checks every link of the HTML files below `root`: the file is there, and so is the anchor, unless it holds a state of the program
 * (`#law=…`). Addresses below `assumed` (relative to
 * `root`) are taken to be there.
 */
export function checkLinks(root: string, assumed: readonly string[] = []): LinkReport {
  const files = htmlFilesIn(root);
  const anchors = new Map<string, ReadonlySet<string>>();
  const anchorsOf = (file: string): ReadonlySet<string> => {
    const known = anchors.get(file);
    if (known !== undefined) return known;
    const found = new Set(Array.from(readFileSync(file, "utf8").matchAll(/\sid="([^"]*)"/g), ([, id]) => decode(id!)));
    anchors.set(file, found);
    return found;
  };
  let [internal, external] = [0, 0];
  const broken: string[] = [];
  const requests: string[] = [];
  for (const file of files) {
    const page = relative(root, file);
    for (const [, tag, , target] of readFileSync(file, "utf8").matchAll(attribute)) {
      if (/^[a-z][a-z+.-]*:|^\/\//i.test(target!)) {
        external++;
        if (tag !== "a" && !target!.startsWith("data:")) requests.push(`${page}: ${target}`);
        continue;
      }
      internal++;
      const [path, anchor] = decode(target!).split("#", 2) as [string, string?];
      const there = path === "" ? file : normalize(join(dirname(file), decodeURIComponent(path.split("?")[0]!)));
      if (assumed.some((place) => relative(root, there).startsWith(place))) continue;
      if (
        !existsSync(there) ||
        (anchor && !anchor.includes("=") && there.endsWith(".html") && !anchorIn(anchorsOf(there), anchor))
      ) {
        broken.push(`${page}: ${target}`);
      }
    }
  }
  return { pages: files.length, internal, external, broken, requests };
}

function anchorIn(anchors: ReadonlySet<string>, anchor: string): boolean {
  return anchors.has(anchor) || anchors.has(decodeURIComponent(anchor));
}

function decode(text: string): string {
  return text.replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

function htmlFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".html"))
    .map((name) => join(folder, name))
    .sort();
}
