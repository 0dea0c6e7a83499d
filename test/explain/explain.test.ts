import {
  decompress,
  ensembles,
  explain,
  explanationToHtml,
  explanationToMarkdown,
  explanationToPlainText,
  InternalError,
  parseLaw,
} from "freecurve";
import katex from "katex";
import { describe, expect, test } from "vitest";
import type { Explanation, Inline } from "../../src/explain/index.js";
import { rational } from "../../src/rings/index.js";

/** Every formula of a document, displayed ones first. */
function formulasOf({ blocks }: Explanation): readonly string[] {
  const inside = (content: readonly Inline[]): readonly string[] =>
    content.flatMap((part) => (typeof part === "string" ? [] : [part.tex]));
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case "display":
        return [block.formula.tex];
      case "list":
        return block.items.flatMap(inside);
      case "table":
        return [...block.head, ...block.rows.flat()].flatMap(inside);
      case "heading":
        return [];
      default:
        return inside(block.content);
    }
  });
}

const documents: readonly string[] = [
  "mp(c)",
  "mp(1/2)",
  "mp(c) |> decompress(tau)",
  "kestenMcKay(d)",
  "kestenMcKay(3)",
  "arcsine(0, 1)",
  "deformedWigner(2, [[-1, 1/2], [1, 1/2]])",
  "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])",
  "atoms([[1, 1/2], [2, 1/2]])",
  "inverse(shift(mp(1/2), 1))",
  "semicircle(1) [+] mp(1/2)",
  "square(semicircle(1))",
  "freeSum(atoms([[0, 1/3], [1, 2/3]]), atoms([[0, 1/4], [1, 3/4]]))",
];

describe("derivations", () => {
  test.each(documents)("%s: every formula is LaTeX that KaTeX sets, and steps were checked", (text) => {
    const document = explain(parseLaw(text), { digits: 12 });
    const formulas = formulasOf(document);
    expect(formulas.length).toBeGreaterThan(10);
    for (const tex of formulas) {
      // An error throws: strict, and no command outside the trusted ones.
      expect(katex.renderToString(tex, { throwOnError: true, strict: "error", output: "mathml" })).toContain("<math");
    }
    expect(document.blocks.filter((block) => block.kind === "check").length).toBeGreaterThanOrEqual(3);
    const html = explanationToHtml(document);
    expect(html).toContain("<math");
    expect(html).not.toContain("katex-error");
    expect(explanationToMarkdown(document)).not.toContain("undefined");
  });
});

describe("what a derivation says", () => {
  test("Marchenko–Pastur: curve, cumulants, edges in radicals, as the literature has them", () => {
    const text = explanationToMarkdown(explain(ensembles.mp("c")));
    expect(text).toContain("P(z, m) = c m^{2} z + m z + c m - m + 1");
    expect(text).toContain("| 3 | $c^{2} + 3 c + 1$ | $c^{2}$ |");
    expect(text).toContain("$(1 + \\sqrt{c})^{2}$");
    expect(text).toContain("$\\infty\\text{ where }c > 0$");
  });

  test("a substitution names the factor that it drops", () => {
    const text = explanationToMarkdown(explain(decompress(ensembles.semicircle("v"), "tau")));
    expect(text).toContain(
      "$$\nz \\leftarrow \\frac{m \\tau z + \\tau - 1}{m \\tau}, \\qquad m \\leftarrow m \\tau\n$$",
    );
    // v τ² m² + τ z m + τ − 1 + 1, by hand.
    expect(text).toContain("times $\\tau$, a factor that the map brings in");
    const inverted = explanationToMarkdown(explain(parseLaw("inverse(mp(1/2))")));
    // For P = z m² + 2 z m − m + 2 it is z·((1 + z m)² + (1 + z m) − 2 m), by hand.
    expect(inverted).toContain("times $z$, a factor that the map brings in");
  });

  test("a horizon comes with what happens beyond it", () => {
    const text = explanationToMarkdown(
      explain(
        ensembles.deformedWigner(2, [
          [-1, rational(1, 2)],
          [1, rational(1, 2)],
        ]),
      ),
    );
    expect(text).toContain("\\tau^* = \\frac{9}{8}");
    expect(text).toContain("its physical sheet has a branch point at");
    expect(text).toContain("| $\\frac{9}{8}$ | acnode | $0$ |");
  });

  test("spurious factors of the discriminant are told from edges", () => {
    const text = explanationToMarkdown(explain(parseLaw("mp(1/2) [*] mp(1/4)")));
    expect(text).toMatch(/-0\.083875797 \| branch point of other sheets: spurious/);
    expect(text.match(/edge of the support/g)).toHaveLength(2);
  });

  test("the density of a quadratic curve in closed form", () => {
    const text = explanationToMarkdown(explain(ensembles.semicircle(1)));
    expect(text).toContain("\\rho(x) = \\frac{\\sqrt{-x^{2} + 4}}{\\pi\\,\\lvert 2 \\rvert}");
  });
});

test("an atom in the middle of a bulk, and a value m(2) = 0 by symmetry, are no failed checks", () => {
  // The companion of a semicircle of variance 3/2 with ratio 1/4: 3/4 of an atom at 0, between the edges -√6 and √6.
  const companion = explanationToPlainText(explain(parseLaw("companion(semicircle(3/2), 1/4)")));
  expect(companion).toContain("at 0, weight 3/4");
  expect(companion).toContain("rho(x) = sqrt(");
  expect(explanationToPlainText(explain(parseLaw("deformedWigner(1/3, [[1, 1/2], [3, 1/2]])")))).toContain("sqrt(3)");
});

describe("what cannot be shown", () => {
  test("a curve that is not that of its derivation gives no document", () => {
    const forged = { ...ensembles.mp(2), curve: ensembles.mp(3).curve };
    expect(() => explain(forged)).toThrow(InternalError);
    const shifted = parseLaw("mp(2) |> shift(1)");
    expect(() => explain({ ...shifted, curve: parseLaw("mp(2) |> shift(2)").curve })).toThrow(InternalError);
  });

  test("what was not decided says so, in its place", () => {
    const text = explanationToPlainText(explain(parseLaw("inverse(shift(mp(1/2), 1))")));
    expect(text).toContain("Its moments are irrational and are not shown");
    expect(text).toContain("left end of bulk 1");
  });
});
