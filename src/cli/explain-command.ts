import { type Command, Option } from "commander";
import { DomainError } from "../core/index.js";
import { lawToText } from "../lang/index.js";
import { lawCommand, textOption } from "./command-frame.js";
import { checkWritable, type Io, quote, writeWhole } from "./io.js";
import { readLaw } from "./law-argument.js";

/** The formats, and the endings of names that promise each. */
const formats = { markdown: ["md", "markdown"], html: ["html", "htm"], text: ["txt"] };

type Format = keyof typeof formats;

/** `explain`. */
export function addExplainCommand(program: Command, io: Io): void {
  lawCommand(
    program,
    "explain",
    "the derivation of everything above, step by step",
    io,
    async (setting, [text], options) => {
      const path = textOption(options, "out");
      const format = formatOf(textOption(options, "format"), path);
      if (path !== undefined) await checkWritable(path);
      const law = await readLaw(text!, setting);
      setting.progress("deriving the law");
      // Loaded when it is asked for: the typesetting is a good part of the start of every other command.
      const { explain, explanationToHtml, explanationToMarkdown, explanationToPlainText } = await import(
        "../explain/index.js"
      );
      const renderers = { markdown: explanationToMarkdown, html: explanationToHtml, text: explanationToPlainText };
      const explanation = explain(law, { digits: setting.digits }, setting.budget);
      const document = renderers[format](explanation);
      const checks = explanation.blocks.filter((block) => block.kind === "check").length;
      const json = { law: lawToText(law), format, checks, guarantee: "exact" };
      if (path === undefined) return { json: { ...json, document }, text: document.trimEnd() };
      await writeWhole(path, document);
      return { json: { ...json, file: path }, text: "", files: [path] };
    },
  )
    .addOption(
      new Option("--format <format>", "how it is set (default: what the name of the file says, else markdown)").choices(
        Object.keys(formats),
      ),
    )
    .option("-o, --out <FILE>", "write it to a file instead")
    .description(
      "The derivation of a law as a document: its curve from the laws it is made of, with every substitution and the factor dropped; moments and free cumulants; the discriminant and what its factors are; the choice of the physical branch; support, atoms, density; the curve of a larger matrix, its edges, horizon and events. Each statement marked as checked was computed a second way while the document was made. Exact but for decimals beside exact values and for masses.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve explain 'mp(1/2) |> decompress(4)' --format html -o law.html\n  JSON fields: law, format, checks, document (or file), guarantee",
    );
}

/** The format that was asked for, else that of the file's name; a name that promises something else is refused. */
function formatOf(asked: string | undefined, path: string | undefined): Format {
  const ending = /\.(\w+)$/.exec(path ?? "")?.[1]?.toLowerCase();
  if (ending !== undefined && /^(pdf|docx?|odt|rtf|e?ps|tex|svg|png|jpe?g|json)$/.test(ending)) {
    throw new DomainError(
      `a derivation is written as Markdown, HTML or plain text; give a name that ends in .md, .html or .txt, not ${quote(path!)}`,
    );
  }
  const promised = (Object.keys(formats) as Format[]).find((format) => formats[format].includes(ending ?? ""));
  return (asked as Format | undefined) ?? promised ?? "markdown";
}
