import { readFileSync } from "node:fs";
import { parseLaw } from "freecurve";
import { parseRationalFunction, toText } from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { parseScalar } from "../../src/lang/index.js";
import { rational } from "../../src/rings/index.js";

const golden = JSON.parse(readFileSync(new URL("../golden/laws.json", import.meta.url), "utf8")) as {
  catalogue: { law: string; curve: string }[];
};

const curveOf = (text: string): string => toText(parseLaw(text).curve);

describe("parseLaw", () => {
  test.each(golden.catalogue)("$law", ({ law, curve }) => {
    expect(curveOf(law)).toBe(curve);
  });

  test("curve takes any polynomial in z, m and parameters", () => {
    expect(curveOf('curve("c*z*m^2 + (z + c - 1)*m + 1")')).toBe("c*m^2*z + m*z + c*m - m + 1");
    // An equation, as the command `curve` prints it.
    expect(curveOf('curve("c*m^2*z + m*z + c*m - m + 1 = 0")')).toBe(curveOf("mp(c)"));
    expect(curveOf('curve("m^2 = -z*m - 1")')).toBe(curveOf("semicircle(1)"));
    expect(curveOf("curve('0.5*m^2 +\n z*m + 1')")).toBe("m^2 + 2*m*z + 2");
    const law = parseLaw('curve("(z^2 - 2)*m^2 + 2*z*m + 1", [0, 2])');
    expect(law.givenMoments).toEqual([parseRationalFunction("0"), parseRationalFunction("2")]);
  });

  test("numbers are exact", () => {
    for (const c of ["1/50", "0.02", "2e-2", ".02", "(1 + 1)/100", "50^-1", "−(−1/50)", "2*10^-2"]) {
      expect(curveOf(`mp(${c})`)).toBe("m^2*z + 50*m*z - 49*m + 50");
    }
  });

  test("unbound names are parameters, and values can be given to them", () => {
    expect(parseLaw("wachter(a, 2*b)").parameters).toEqual(["a", "b"]);
    expect(parseLaw("mp(c - c + 1/2)").parameters).toEqual([]);
    const half = { parameters: { c: rational(1, 2) } };
    expect(toText(parseLaw("mp(c)", half).curve)).toBe(curveOf("mp(1/2)"));
    expect(toText(parseLaw("mp(c*d)", half).curve)).toBe(curveOf("mp(d/2)"));
    expect(toText(parseLaw('curve("c*z*m^2 + (z + c - 1)*m + 1")', half).curve)).toBe(curveOf("mp(1/2)"));
    expect(toText(parseLaw("atoms([[c, c], [1, 1 - c]])", half).curve)).toBe(curveOf("atoms([[1/2, 1/2], [1, 1/2]])"));
  });

  test("a value for a name that does not occur, or for z or m, is a mistake", () => {
    expect(() => parseLaw("mp(c)", { parameters: { d: rational(1) } })).toThrow(
      '"mp(c)" has no parameter d; its parameters are c',
    );
    expect(() => parseLaw("mp(1)", { parameters: { c: rational(1) } })).toThrow("it has no parameters");
    expect(() => parseLaw("mp(c)", { parameters: { z: rational(1) } })).toThrow(
      "z is a variable of the curve and cannot be a parameter",
    );
  });

  test("a pipeline is the operation with the law as its first law", () => {
    expect(curveOf("mp(c) |> decompress(tau)")).toBe(curveOf("decompress(mp(c), tau)"));
    expect(curveOf("mp(c) |> decompress(tau)")).toBe(curveOf("mp(c*tau)"));
    expect(curveOf("inverseMp(c) |> inverse")).toBe(curveOf("mp(c)"));
    expect(curveOf("inverseMp(c) |> inverse()")).toBe(curveOf("mp(c)"));
    expect(curveOf("semicircle(1) |> scale(2) |> power(3)")).toBe(curveOf("semicircle(12)"));
    expect(curveOf("semicircle(1) |> semicircularFlow(2)")).toBe(curveOf("semicircle(3)"));
    expect(curveOf("atoms([[0, 1/2], [1, 1/2]]) |> compress(1/2)")).toBe(curveOf("arcsine(0, 1)"));
    expect(curveOf("atoms([[a, 1]]) |> shift(b)")).toBe(curveOf("atoms([[a + b, 1]])"));
    expect(curveOf("inverse(atoms([[1, 1/2], [2, 1/2]]))")).toBe(curveOf("atoms([[1, 1/2], [1/2, 1/2]])"));
  });

  test("comments, blanks and line ends are free", () => {
    expect(curveOf("  mp( # ratio\r\n 1 /\t2 )\n# done\n")).toBe(curveOf("mp(1/2)"));
  });
});

describe("parseScalar", () => {
  test.each([
    ["2*tau", "2*tau"],
    ["-a^2 + (a - b)*(a + b)", "-b^2"],
    ["(c^2 - 1)/(c - 1)", "c + 1"],
    ["c^-2", "1/c^2"],
    ["2^3^2", "512"],
    ["1/2/3", "1/6"],
  ])("%s", (text, value) => {
    expect(parseScalar(text)).toEqual(parseRationalFunction(value));
  });
});
