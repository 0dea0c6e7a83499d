import { describe, expect, test } from "vitest";
import { type Expression, readSyntax } from "../../src/lang/index.js";

/** The tree with every pair of operands in braces, so that precedence and association can be read off. */
function shape(e: Expression): string {
  switch (e.kind) {
    case "number":
      return e.text;
    case "name":
      return e.name;
    case "text":
      return JSON.stringify(e.text);
    case "list":
      return `[${e.items.map(shape).join(" ")}]`;
    case "call":
      return `${e.name.text}(${e.arguments.map(shape).join(" ")})`;
    case "pipe":
      return `{${shape(e.input)} |> ${e.name.text}(${e.arguments.map(shape).join(" ")})}`;
    case "negation":
      return `{-${shape(e.operand)}}`;
    case "binary":
      return `{${shape(e.left)} ${e.operator} ${shape(e.right)}}`;
  }
}

describe("readSyntax", () => {
  test.each([
    ["a + b - c", "{{a + b} - c}"],
    ["a - b * c / d", "{a - {{b * c} / d}}"],
    ["-a^2", "{-{a ^ 2}}"],
    ["-a * b", "{{-a} * b}"],
    ["2^-1", "{2 ^ {-1}}"],
    ["a^b^c", "{a ^ {b ^ c}}"],
    ["a − −b", "{a - {-b}}"],
    ["A ⊞ B ⊠ C ⊞ D", "{{A ⊞ {B ⊠ C}} ⊞ D}"],
    ["A [+] B [*] C [+] D", "{{A ⊞ {B ⊠ C}} ⊞ D}"],
    ["(A [+] B) [*] C", "{{A ⊞ B} ⊠ C}"],
    ["A ⊠ B ⊠ C", "{{A ⊠ B} ⊠ C}"],
    ["f(a) ⊞ g() |> h(1, 2) |> k", "{{{f(a) ⊞ g()} |> h(1 2)} |> k()}"],
    ["f(g() |> h(1), 2)", "f({g() |> h(1)} 2)"],
    ["f([[1, 1/2], [a, 0.5]])", "f([[1 {1 / 2}] [a 0.5]])"],
    ["1e-3 + 2.5E+4 + .5 + 3. + 1e−2", "{{{{1e-3 + 2.5E+4} + .5} + 3.} + 1e-2}"],
    [`curve("m^2 + z*m + 1")`, `curve("m^2 + z*m + 1")`],
    ["curve('z')", `curve("z")`],
    ["  f ( # a comment )\n  a ,\n\tb ) # the end", "f(a b)"],
    ["λ_1 + τ", "{λ_1 + τ}"],
  ])("%s", (text, tree) => {
    expect(shape(readSyntax(text))).toBe(tree);
  });

  test("every expression knows where it stands", () => {
    const text = "mp(c)\n  |> shift( -b/2 )";
    const tree = readSyntax(text);
    if (tree.kind !== "pipe") throw new Error("a pipe was expected");
    const argument = tree.arguments[0]!;
    expect(text.slice(argument.span.start.offset, argument.span.end.offset)).toBe("-b/2");
    expect(argument.span.start).toMatchObject({ line: 2, column: 13 });
    expect(tree.name.span.start).toMatchObject({ line: 2, column: 6 });
    expect(tree.span.start.offset).toBe(0);
    expect(tree.span.end.offset).toBe(text.length);
  });

  test.each([
    ["parentheses", "(".repeat(5000)],
    ["powers", "a^".repeat(20_000)],
    ["signs", "-".repeat(90_000)],
    ["a long sum", `a${"+a".repeat(5000)}`],
    ["a long text", "a".repeat(200_000)],
  ])("what would exhaust the stack is refused with a sentence: %s", (_, text) => {
    expect(() => readSyntax(text)).toThrow(/^(the text is nested more than|the text has 200000 characters|expected)/);
  });
});
