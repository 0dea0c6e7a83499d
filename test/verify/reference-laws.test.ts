import { readdirSync, readFileSync } from "node:fs";
import { certify, parseLaw, rational, verifyCertificate } from "freecurve";
import { describe, expect, test } from "vitest";

// The curves and facts of these laws are the independent computation (SymPy, mpmath) of test/golden; here each has to carry its proof.
const laws = [
  "semicircle(1)",
  "mp(2)",
  "freePoisson(2, 3)",
  "atoms([[0, 1/2], [1, 1/2]])",
  "arcsine(0, 1)",
  "kestenMcKay(4)",
  "wachter(2, 3)",
  "freeMeixner(1, 1)",
  "fussCatalan(2)",
  "bures()",
  "deformedWigner(1, [[-1, 1/2], [1, 1/2]])",
  "inverseMp(1/2)",
  "wignerPlusWishart(1/10, 1/2)",
  "semicircle(1) [*] mp(1/2)",
  // Another sheet goes to infinity inside the bulk of this one.
  "mp(1/2) [+] arcsine(0, 1)",
];

const domains = "that the arguments are in the domains of the laws and operations";
const trustOf = (law: string): string => `that ${law} has the curve of its step, and its branch m = -1/z - …`;

describe("certificates of the reference laws", () => {
  test.each(laws)("the support of %s is verified, from its definition on", (text) => {
    const certificate = certify(parseLaw(text), "support", { digits: 20 });
    const verdict = verifyCertificate(JSON.parse(JSON.stringify(certificate)));
    expect([verdict.verdict, verdict.reason]).toEqual(["verified", ""]);
    expect(verdict.trusted).toEqual([]);
    expect(verdict.verified).toHaveLength(3);
  });

  test("an atom inside a bulk: what the density does beside it is named as not covered", () => {
    const certificate = certify(parseLaw("mix(1/2, atoms([[0, 1/3], [1, 2/3]]), semicircle(2))"), "support");
    const { verdict, notCovered } = verifyCertificate(certificate);
    expect([verdict, notCovered.includes("whether the density vanishes at an atom inside a bulk")]).toEqual([
      "verified",
      true,
    ]);
    // Half of 1/3 and half of 2/3, between the edges ∓2 √2.
    expect(certificate.answer).toMatchObject({
      intervals: [{ left: { minimalPolynomial: "x^2 - 8" }, right: { minimalPolynomial: "x^2 - 8" } }],
      atoms: [
        { at: { value: "0" }, weight: { value: "1/6" } },
        { at: { value: "1" }, weight: { value: "1/3" } },
      ],
      cusps: [],
    });
  });

  test("what is said of mp(2): one atom of weight 1/2 at 0, edges (1 ± √2)²", () => {
    const { answer } = certify(parseLaw("mp(2)"), "support", { digits: 10 }) as unknown as {
      answer: {
        atoms: [{ at: { value: string }; weight: { value: string } }];
        intervals: [{ left: { value: string; minimalPolynomial: string } }];
      };
    };
    expect(answer.atoms[0].at.value).toBe("0");
    expect(answer.atoms[0].weight.value).toBe("1/2");
    expect(answer.intervals[0].left).toMatchObject({ value: "0.1715728753", minimalPolynomial: "x^2 - 6*x + 1" });
  });

  test.each([
    ["fussCatalan(2)", rational(1), "0.1789791274880285"],
    ["bures()", rational(1), "0.2077213169271629"],
    ["deformedWigner(1, [[-1, 1/2], [1, 1/2]])", rational(1), "0.237096864155388"],
  ] as const)("the density of %s, to 16 digits, is verified", (text, x, value) => {
    const certificate = certify(parseLaw(text), "density", { at: [x], digits: 16 });
    expect((certificate.answer as { density: string[] }).density).toEqual([value]);
    expect(verifyCertificate(certificate).verdict).toBe("verified");
  });

  test.each([
    "semicircle(1)",
    "fussCatalan(2)",
    "kestenMcKay(4)",
    "wignerPlusWishart(1/10, 1/2)",
    // Sheets cross at a pole of these.
    "silverstein(1/2, [[1, 1/2], [3, 1/2]])",
    "semicircle(1) [*] mp(1/2)",
    // Two pairs of sheets ramify over each edge.
    "square(mp(1/2))",
  ])("the branch points of %s are verified", (text) => {
    const verdict = verifyCertificate(certify(parseLaw(text), "branch-points"));
    expect([verdict.verdict, verdict.reason]).toEqual(["verified", ""]);
  });

  test.each([
    "decompress(mp(c), tau)",
    "shift(scale(semicircle(v), 2), b)",
    "semicircle(1) [+] mp(c)",
    "semicircle(1) [*] mp(1/2)",
    "mp(c1) [*] mp(c2)",
    "deform(silverstein(c, [[1, 1/2], [2, 1/2]]), c, tau)",
    "semicircularFlow(mp(1/2), v)",
    "mix(1/3, mp(1/2), semicircle(1))",
    "bures() [+] arcsine(0, 1)",
  ])("the curve of %s follows from its definition", (text) => {
    const certificate = certify(parseLaw(text), "curve");
    const verdict = verifyCertificate(certificate);
    expect([verdict.verdict, verdict.reason]).toEqual(["verified", ""]);
    expect(certificate.steps.at(-1)!.kind).toBe("operation");
    expect([verdict.trusted, verdict.notCovered]).toEqual([[], ["that the polynomial is irreducible", domains]]);
  });

  test.each(["inverse(atoms([[1, 1/2], [2, 1/2]]))", "mobius(mp(c), 1, 2, 3, 4)"])(
    "the curve of %s follows too, and that its branch is on the old sheet is named as trusted",
    (text) => {
      const { verdict, trusted } = verifyCertificate(certify(parseLaw(text), "curve"));
      expect([verdict, trusted]).toEqual(["verified", [trustOf(text)]]);
    },
  );

  test("what cannot be proved is named: an operation that the checker does not know, a law that it does not know", () => {
    const squared = verifyCertificate(certify(parseLaw("square(mp(1/2))"), "curve"));
    expect(squared.verdict).toBe("verified");
    expect(squared.law).toMatch(/^curve\(/);
    expect(squared.notCovered).toEqual([
      "how the curve follows from the definition of square(mp(1/2))",
      "that the polynomial is irreducible",
      domains,
    ]);
    const other = verifyCertificate(certify(parseLaw("tetilla()"), "curve"));
    expect([other.verdict, other.trusted]).toEqual(["verified", [trustOf("tetilla()")]]);
  });
});

test("the checker is small, and imports nothing but core and rings", () => {
  const folder = new URL("../../src/verify/", import.meta.url);
  const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
  const isCode = (line: string): boolean => !/^\s*(\/\/|\/?\*|$)/.test(line);
  const lines = sources.flatMap((source) => source.split("\n")).filter(isCode);
  expect(lines.length).toBeLessThanOrEqual(1270);
  for (const source of sources) {
    for (const [, from] of source.matchAll(/from "([^"]+)"/g))
      expect(from).toMatch(/^\.\/|^\.\.\/(core|rings)\/index\.js$/);
  }
});
