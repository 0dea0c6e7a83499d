import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

// A function that can run long takes a budget, and whoever calls it hands one on: what is not handed on cannot be stopped. Read off the
// sources: every call, by its name, of a function that has a budget among its last parameters.

const root = fileURLToPath(new URL("../../src/", import.meta.url));

/** Calls without a budget that are right: small things, and what has no budget to hand on. */
const allowed: readonly string[] = [
  // Elements of a field that a user holds in the hand: their methods have no budget.
  "roots/real-number-field.ts: signAt",
  "roots/algebraic-field.ts: algebraicRoots",
  // Maps of the plane, of a fixed small degree.
  "flow/birational-map.ts: composeFraction",
  "flow/action.ts: composeFraction",
  "flow/encodings.ts: substitute",
  // The rule for a mixture, on the first few moments.
  "explain/law-steps.ts: cumulantsOfMoments",
  // Laws with numbers of a few digits, as a fit writes them.
  "regression/curve-fit.ts: lawFromCurve",
  "regression/levy-law.ts: shift",
  "regression/population-fit.ts: shiftLaw",
];

interface Source {
  readonly path: string;
  readonly tree: ts.SourceFile;
}

const sources: readonly Source[] = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts") && !path.startsWith("web"))
  .map((path) => ({
    path,
    tree: ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.Latest, false),
  }));

const textOf = (node: ts.Node, { tree }: Source): string => node.getText(tree);

/** The place of the budget among the parameters of a function, where it may be left out. */
function placeOfBudget(node: ts.FunctionDeclaration, source: Source): number {
  return node.parameters.findIndex(
    ({ type, initializer }) => type !== undefined && initializer !== undefined && textOf(type, source) === "Budget",
  );
}

const roomOf = (path: string): string => path.split("/")[0]!;

/** By room, the functions declared in it, each with the place of its budget; −1 without one that may be left out. */
const declared = new Map<string, Map<string, number>>();
for (const source of sources) {
  const places = declared.get(roomOf(source.path)) ?? new Map<string, number>();
  declared.set(roomOf(source.path), places);
  for (const statement of source.tree.statements) {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) continue;
    places.set(statement.name.text, placeOfBudget(statement, source));
  }
}

/** Rooms that hand on what others make. */
const through: Readonly<Record<string, readonly string[]>> = {
  poly: ["poly", "factor", "sparse"],
  roots: ["roots", "complex-roots", "isolation"],
};

/** Divisions of what is at hand are looked at inside where they belong to something long. */
const short: readonly string[] = ["divideExact", "quotientExact"];

function placeIn(room: string, name: string): number {
  const rooms = through[room] ?? [room];
  const home = rooms.find((candidate) => declared.get(candidate)?.has(name));
  return home === undefined || short.includes(name) ? -1 : declared.get(home)!.get(name)!;
}

/** The names of a file that stand for functions with budgets: of its room, and those that it imports from another one. */
function namesIn(source: Source): Map<string, number> {
  const names = new Map<string, number>();
  for (const statement of source.tree.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) {
      names.set(statement.name.text, placeIn(roomOf(source.path), statement.name.text));
    }
    if (!ts.isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const from = /^\.\.\/([a-z-]+)\/index\.js$/.exec((statement.moduleSpecifier as ts.StringLiteral).text)?.[1];
    for (const { name, propertyName } of bindings.elements) {
      names.set(name.text, placeIn(from ?? roomOf(source.path), (propertyName ?? name).text));
    }
  }
  return names;
}

test("every call hands the budget on", () => {
  let calls = 0;
  const missing = new Set<string>();
  for (const source of sources) {
    const names = namesIn(source);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
        const place = names.get(node.expression.text);
        if (place !== undefined && place >= 0) {
          calls++;
          const whole = node.arguments.length > place || node.arguments.some(ts.isSpreadElement);
          // A quotient with one argument is a polynomial over 1, and nothing to cancel.
          const trivial = node.expression.text === "rationalFunction" && node.arguments.length < 3;
          if (!whole && !trivial) missing.add(`${source.path}: ${node.expression.text}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source.tree);
  }
  expect(calls).toBeGreaterThan(500);
  expect([...missing].filter((call) => !allowed.includes(call)).sort()).toEqual([]);
});
