import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Application, Comment, type ProjectReflection, type TypeDocOptions } from "typedoc";
import { entryPoints, exportedFunctions, statementOf } from "./guarantees.js";

/** What stands in links for the folder above the reference, until the depth of their page is known. */
const above = "above:";

/**
 * Writes the reference that typedoc makes of the doc comments, and gives the number of its pages. Throws when typedoc has anything to
 * complain about.
 */
export async function buildReference(root: string, out: string): Promise<number> {
  const options: TypeDocOptions = {
    entryPoints: Object.values(entryPoints).map((file) => join(root, file)),
    tsconfig: join(root, "tsconfig.build.json"),
    name: "freecurve",
    readme: join(root, "scripts/site/reference.md"),
    customCss: join(root, "scripts/site/reference.css"),
    favicon: join(root, "src/web/icon.svg"),
    out,
    disableSources: true,
    // Types are checked by `npm run typecheck`.
    skipErrorChecking: true,
    // A type that only appears inside others is shown where it is used.
    validation: { notExported: false, invalidLink: true, invalidPath: true },
    treatWarningsAsErrors: true,
    navigationLinks: {
      Guide: `${above}guide.html`,
      Lessons: `${above}lessons/index.html`,
      Guarantees: `${above}guarantees.html`,
    },
    visibilityFilters: {},
  };
  const application = await Application.bootstrap(options);
  const project = await application.convert();
  if (project === undefined) throw new Error("typedoc could not read the sources");
  addGuarantees(project, root);
  application.validate(project);
  await application.generateDocs(project, out);
  const { errorCount, warningCount } = application.logger;
  if (errorCount + warningCount > 0) throw new Error(`typedoc: ${errorCount} errors, ${warningCount} warnings`);
  return finishPages(out);
}

/** Writes the guarantee that stands at the head of a file under each function of the file that does not say its own. */
function addGuarantees(project: ProjectReflection, root: string): void {
  const functions = exportedFunctions(root);
  for (const module of project.children ?? []) {
    for (const { name, signatures } of module.children ?? []) {
      const found = functions.find((f) => f.entry === module.name && f.name === name);
      for (const signature of found === undefined ? [] : (signatures ?? [])) {
        signature.comment ??= new Comment();
        const own = statementOf(Comment.combineDisplayParts(signature.comment.summary));
        if (own !== undefined || found?.guarantee === undefined) continue;
        signature.comment.summary.push({ kind: "text", text: `\n\n${found.guarantee.sentence}` });
      }
    }
  }
}

/** The hash of an empty style attribute, which typedoc's script leaves behind. */
const emptyStyle = "'unsafe-hashes' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** Links out of the reference, and a strict content-security policy: the scripts are files, and one that stands in each page. */
function finishPages(out: string): number {
  const pages = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".html"));
  for (const page of pages) {
    const html = readFileSync(join(out, page), "utf8");
    const inline = Array.from(html.matchAll(/<script>([\s\S]*?)<\/script>/g), ([, text]) => text!);
    const hashes = [...new Set(inline)].map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
    const policy = `default-src 'none'; style-src 'self' ${emptyStyle}; img-src 'self'; script-src 'self' ${hashes.join(" ")}; base-uri 'none'; form-action 'none'`;
    const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}"/>`;
    const up = "../".repeat(page.split("/").length);
    const finished = html.replace('<meta charset="utf-8"/>', `$&${meta}`).replaceAll(`href="${above}`, `href="${up}`);
    writeFileSync(join(out, page), finished);
  }
  return pages.length;
}
