import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { type Block, blocksOf, pages } from "./pages.js";

// The ```ts blocks of a page are one program, in order. What a console.log prints stands in a comment: at the end of its line, or
// on the lines after it.

const modules: Readonly<Record<string, () => Promise<Record<string, unknown>>>> = {
  freecurve: () => import("freecurve"),
  "freecurve/poly": () => import("freecurve/poly"),
  "freecurve/roots": () => import("freecurve/roots"),
  "freecurve/ball": () => import("freecurve/ball"),
  "node:fs": () => import("node:fs"),
};

interface Program {
  readonly source: string;
  /** What each console.log should print, in order. */
  readonly expected: readonly { readonly text: string; readonly line: number }[];
}

/** The blocks as one program; imports are hoisted, since a later block may import more. */
function programOf(blocks: readonly Block[]): Program {
  const imports: string[] = [];
  const body: string[] = [];
  const expected: { text: string; line: number }[] = [];
  for (const { text, line } of blocks) {
    const lines = text.split("\n");
    lines.forEach((code, k) => {
      (code.startsWith("import ") ? imports : body).push(code);
      if (!code.includes("console.log(")) return;
      const comments = [/;\s*\/\/ (.*)$/.exec(code)?.[1]].filter((c) => c !== undefined);
      for (let next = k + 1; comments.length === 0 || next > k + 1; next++) {
        const more = /^\/\/ (.*)$/.exec(lines[next] ?? "");
        if (more === null) break;
        comments.push(more[1]!);
      }
      expected.push({ text: comments.join("\n"), line: line + k });
    });
  }
  return { source: [...imports, ...body].join("\n"), expected };
}

/** Runs a program with the project's modules and returns what it printed, one text per console.log. */
async function printedBy(source: string): Promise<string[]> {
  const bindings: string[] = [];
  const loaded: Record<string, Record<string, unknown>> = {};
  const pattern = /^import \{([^}]*)\} from "([^"]+)";$/gm;
  for (const [, names, from] of source.matchAll(pattern)) {
    const load = modules[from!];
    if (load === undefined) throw new Error(`a page imports "${from}"`);
    loaded[from!] = await load();
    const values = names!.split(",").filter((name) => name.trim() !== "" && !name.trim().startsWith("type "));
    for (const name of values) expect(loaded[from!], `${name.trim()} of ${from}`).toHaveProperty(name.trim());
    bindings.push(`const {${values.join(",")}} = loaded[${JSON.stringify(from)}];`);
  }
  const body = source.replace(pattern, "");
  expect(body).not.toMatch(/^import /m);
  const { outputText } = ts.transpileModule(body, { compilerOptions: { target: ts.ScriptTarget.ES2023 } });
  const printed: string[] = [];
  const print = (...values: unknown[]): void => {
    printed.push(values.map((v) => (typeof v === "string" ? v : inspect(v))).join(" "));
  };
  const AsyncFunction = (async () => {}).constructor as new (
    ...names: string[]
  ) => (...values: unknown[]) => Promise<void>;
  await new AsyncFunction("loaded", "console", `${bindings.join("\n")}\n${outputText}`)(loaded, { log: print });
  return printed;
}

const programs = pages
  .map((page) => ({ page, program: programOf(blocksOf(page).filter((block) => block.language === "ts")) }))
  .filter(({ program }) => program.source !== "");

describe("the TypeScript of the pages", () => {
  test.each(programs)("$page prints what it says", async ({ page, program }) => {
    const printed = await printedBy(program.source);
    // With the line number, so that a failure says where to look.
    const place = (k: number): string => `${page}:${program.expected[k]?.line}`;
    expect(printed.map((text, k) => `${place(k)} ${text}`)).toEqual(
      program.expected.map(({ text }, k) => `${place(k)} ${text}`),
    );
    expect(program.expected.length).toBeGreaterThan(0);
  });

  test("compiles with the project's own strict flags", () => {
    const configPath = fileURLToPath(new URL("../../tsconfig.json", import.meta.url));
    const { config } = ts.readConfigFile(configPath, ts.sys.readFile) as { config: object };
    const root = fileURLToPath(new URL("../../", import.meta.url));
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const sources = new Map(
      programs.map(({ page, program }) => [
        `${root}${page.replace(/\W/g, "-")}.ts`,
        `${program.source.replace(/^const (?=.*;)/gm, "export const ")}\n`,
      ]),
    );
    const host = ts.createCompilerHost({ ...options, isolatedDeclarations: false, declaration: false });
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (path) => sources.has(path) || fileExists(path);
    host.readFile = (path) => sources.get(path) ?? readFile(path);
    host.getSourceFile = (path, ...rest) => {
      const source = sources.get(path);
      return source === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, source, rest[0]);
    };
    const program = ts.createProgram(
      [...sources.keys()],
      { ...options, isolatedDeclarations: false, declaration: false },
      host,
    );
    const found = [...sources.keys()].flatMap((path) => {
      const file = program.getSourceFile(path)!;
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
        ({ messageText, start }) => `${path}@${start}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      );
    });
    expect(found).toEqual([]);
  });
});
