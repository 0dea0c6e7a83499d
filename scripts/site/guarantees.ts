import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export type Guarantee = "exact" | "certified" | "estimate";

/** What one text says about the worth of an answer. */
export interface Statement {
  /** The words in it, the first one first. */
  readonly kinds: readonly Guarantee[];
  /** The sentence that says so, as plain text. */
  readonly sentence: string;
}

/** An exported function of the package. */
export interface ExportedFunction {
  /** `freecurve`, `freecurve/poly`, … */
  readonly entry: string;
  readonly name: string;
  /** The entry point on whose page of the reference it stands: the first that exports it. */
  readonly page: string;
  /** The file it stands in, from the top folder of the project. */
  readonly file: string;
  /** Missing when neither its doc comment nor the head of its file says anything. */
  readonly guarantee?: Statement;
}

/** The entry points of the package with their source files. */
export const entryPoints: Readonly<Record<string, string>> = {
  freecurve: "src/index.ts",
  "freecurve/poly": "src/poly/index.ts",
  "freecurve/roots": "src/roots/index.ts",
  "freecurve/ball": "src/ball/index.ts",
  "freecurve/threads": "src/threads/index.ts",
};

/**
 * The guarantee that a text gives: of its first sentence that begins with "Exact", "Certified" or "Estimate(s)", at the start or after the
 * end of another sentence. Undefined when there is none.
 */
export function statementOf(text: string): Statement | undefined {
  const plain = text
    .replace(/\{@link(?:code|plain)?\s+([^\s}]+)\s*([^}]*)\}/g, (_, name: string, label: string) => label || name)
    .replace(/\s+/g, " ")
    .trim();
  const found = /(?:^|[.:;)\]…] )((?:Exact|Certified|Estimates?)\b.*?(?:\.(?= |$)|$))/.exec(plain);
  if (found === null) return undefined;
  const words = found[1]!.match(/\b(?:exact|certified|estimate)/gi)!.map((word) => word.toLowerCase() as Guarantee);
  return { kinds: [...new Set(words)], sentence: found[1]! };
}

/**
 * The functions that the package exports, in the order of the entry points and of their lists. The guarantee of a function stands in
 * its doc comment, or in the first comment of its file when all of it has the same. Read from the text of the sources, which keep one
 * form of exports.
 */
export function exportedFunctions(root: string): readonly ExportedFunction[] {
  const files = new Map<string, SourceFile>();
  const open = (path: string): SourceFile => {
    const known = files.get(path);
    if (known !== undefined) return known;
    const file = sourceFile(path);
    files.set(path, file);
    return file;
  };
  const namesOf = (path: string): readonly string[] => {
    const { functions, passedOn, wholes } = open(path);
    return [...passedOn.keys(), ...functions.keys(), ...wholes.flatMap(namesOf)];
  };
  /** The file that declares an exported name, and the name there. */
  const originOf = (path: string, name: string): { readonly path: string; readonly name: string } => {
    const { passedOn, wholes } = open(path);
    const next = passedOn.get(name);
    if (next !== undefined) return originOf(next.path, next.name);
    const whole = wholes.find((file) => namesOf(file).includes(name));
    return whole === undefined ? { path, name } : originOf(whole, name);
  };
  const pages = new Map<string, string>();
  return Object.entries(entryPoints).flatMap(([entry, index]) =>
    namesOf(join(root, index)).flatMap((name) => {
      const origin = originOf(join(root, index), name);
      const { functions, head } = open(origin.path);
      const doc = functions.get(origin.name);
      if (doc === undefined) return [];
      const guarantee = statementOf(doc) ?? statementOf(head);
      const page = pages.get(`${origin.path} ${origin.name}`) ?? entry;
      pages.set(`${origin.path} ${origin.name}`, page);
      return [
        { entry, name, page, file: relative(root, origin.path), ...(guarantee === undefined ? {} : { guarantee }) },
      ];
    }),
  );
}

interface SourceFile {
  /** The text of the line comments before everything else. */
  readonly head: string;
  /** The doc comments of the functions that are declared with `export`, "" where there is none. */
  readonly functions: ReadonlyMap<string, string>;
  /** What is exported from another file, by the name it has here. */
  readonly passedOn: ReadonlyMap<string, { readonly path: string; readonly name: string }>;
  /** The files of which everything is exported. */
  readonly wholes: readonly string[];
}

function sourceFile(path: string): SourceFile {
  const text = readFileSync(path, "utf8");
  const target = (from: string): string => join(dirname(path), from.replace(/\.js$/, ".ts"));
  const functions = new Map<string, string>();
  const declaration = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^export (?:async )?function\*? (\w+)/gm;
  for (const [, doc, name] of text.matchAll(declaration)) {
    functions.set(name!, functions.get(name!) || textOfDoc(doc ?? ""));
  }
  const passedOn = new Map<string, { path: string; name: string }>();
  for (const [, names, from] of text.matchAll(/^export \{([^}]*)\} from "([^"]+)";/gm)) {
    for (const item of names!.split(",").map((part) => part.trim())) {
      if (item === "" || item.startsWith("type ")) continue;
      const [there, here = there] = item.split(" as ") as [string, string?];
      passedOn.set(here, { path: target(from!), name: there });
    }
  }
  const wholes = Array.from(text.matchAll(/^export \* from "([^"]+)";/gm), ([, from]) => target(from!));
  const head = /^(?:\/\/.*\n)*/.exec(text)![0].replace(/^\/\/ ?/gm, "");
  return { head, functions, passedOn, wholes };
}

/** The words of a doc comment, without its tags. */
function textOfDoc(comment: string): string {
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, ""));
  const tags = lines.findIndex((line) => line.startsWith("@"));
  return lines.slice(0, tags < 0 ? undefined : tags).join("\n");
}
