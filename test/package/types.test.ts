// A user who wraps a function of the package has to write the types of its arguments and of its result.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** The sources of what package.json exports. */
function entries(): string[] {
  const { exports } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as {
    exports: Record<string, string | { types: string }>;
  };
  return Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [] : [resolve(root, entry.types.replace("./dist/", "src/").replace(/\.d\.ts$/, ".ts"))],
  );
}

test("every type in the signature of something exported can be imported from one of the entries", () => {
  const program = ts.createProgram(entries(), {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    types: ["node"],
  });
  const checker = program.getTypeChecker();
  const target = (symbol: ts.Symbol): ts.Symbol =>
    (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  const exported = entries().flatMap((path) =>
    checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(path)!)!),
  );
  const known = new Set(exported.map(target));
  const missing = new Set<string>();
  let looked = 0;
  const visit = (node: ts.Node, owner: string): void => {
    // A field that is marked as internal is not for users.
    if (ts.getJSDocTags(node).some((tag) => tag.tagName.text === "internal")) return;
    // What stands in the body of a function is nobody's business.
    if (ts.isBlock(node) && ts.isFunctionLike(node.parent)) return;
    if (ts.isVariableDeclaration(node) && node.type !== undefined) {
      visit(node.type, owner);
      return;
    }
    if (ts.isTypeReferenceNode(node)) {
      const symbol = checker.getSymbolAtLocation(node.typeName);
      const type = symbol && target(symbol);
      const own = type?.declarations?.[0]?.getSourceFile().fileName.startsWith(resolve(root, "src"));
      if (type !== undefined && own === true && (type.flags & ts.SymbolFlags.TypeParameter) === 0) {
        looked++;
        if (!known.has(type)) missing.add(`${type.name} of ${owner}`);
      }
    }
    ts.forEachChild(node, (child) => visit(child, owner));
  };
  for (const symbol of exported)
    for (const declaration of target(symbol).declarations ?? []) visit(declaration, symbol.name);
  expect(looked).toBeGreaterThan(1000);
  expect([...missing]).toEqual([]);
}, 60_000);
