import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildDocs } from "./build-docs.js";
import { checkLinks } from "./links.js";
import { buildReference } from "./reference.js";

const root: string = fileURLToPath(new URL("../../", import.meta.url));

/** Builds site/docs/ beside the program in site/, checks every link, and says in figures what was built. Throws where a link leads nowhere. */
export async function buildSite(): Promise<void> {
  const site = join(root, "site");
  if (!existsSync(join(site, "index.html"))) throw new Error("site/index.html is missing: npm run build:web makes it");
  const docs = join(site, "docs");
  rmSync(docs, { recursive: true, force: true });
  const start = performance.now();
  const { pages, formulas, pictures } = buildDocs(docs);
  const middle = performance.now();
  const reference = await buildReference(root, join(docs, "reference"));
  const end = performance.now();
  const { internal, external, broken, requests } = checkLinks(site);
  if (broken.length > 0) throw new Error(`links that lead nowhere:\n${broken.join("\n")}`);
  if (requests.length > 0) throw new Error(`pages that load from elsewhere:\n${requests.join("\n")}`);
  const seconds = (from: number, to: number): string => `${((to - from) / 1000).toFixed(1)} s`;
  console.log(`${pages} pages, ${formulas} formulas, ${pictures} pictures in ${seconds(start, middle)}`);
  console.log(`${reference} pages of reference in ${seconds(middle, end)}`);
  console.log(`${internal} links and anchors inside the site lead somewhere; ${external} lead out of it`);
  console.log(`site/docs: ${(sizeOf(docs) / 2 ** 20).toFixed(1)} MB`);
}

function sizeOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
