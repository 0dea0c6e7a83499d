import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { parseLaw, parseRational, rationalToText } from "freecurve";
import { describe, expect, it } from "vitest";
import { commandLines, libraryCode } from "../../src/web/controls/code-text.js";
import { callAround, complete, completions } from "../../src/web/controls/completion.js";
import { vocabulary } from "../../src/web/engine/vocabulary.js";
import {
  fraction,
  fractionToNumber,
  fractionToText,
  readFraction,
  roundFraction,
  stepped,
} from "../../src/web/exact-number.js";

const names = vocabulary();
const offered = (text: string, place = text.length): string[] =>
  completions(names, text, place).map(({ name }) => name);

describe("completion", () => {
  it("offers names that begin with what is typed, then names that hold it", () => {
    expect(offered("semi")).toEqual(["semicircle", "semicircularFlow"]);
    expect(offered("mp(1) [+] FREEs")).toEqual(["freeSum", "rectangularFreeSum"]);
    expect(offered("mp(1) |> sq")).toEqual(["square", "squareRoot"]);
    expect(offered("mp(1) |> mp")).not.toContain("mp");
    expect(offered("mp(1) ")).toEqual([]);
    expect(offered('curve("m')).toEqual([]);
    expect(offered("mp(1)", 2)).not.toContain("mp");
  });

  it("puts the name and its parenthesis in, and the place between", () => {
    const at = (text: string, place: number, name: string): string => {
      const made = complete(text, place, names.find((entry) => entry.name === name)!);
      return `${made.text.slice(0, made.place)}|${made.text.slice(made.place)}`;
    };
    expect(at("semi", 4, "semicircle")).toBe("semicircle(|)");
    expect(at("mp(1) [+] se [+] mp(2)", 12, "semicircle")).toBe("mp(1) [+] semicircle(|) [+] mp(2)");
    expect(at("semi(1)", 4, "semicircle")).toBe("semicircle(|1)");
    expect(at("semXX(1)", 3, "semicircle")).toBe("semicircle(|1)");
  });

  it("knows the call around a place", () => {
    const around = (text: string): string | undefined => callAround(names, text, text.length)?.name;
    expect(around("freeSum(mp(1), semicircle(")).toBe("semicircle");
    expect(around("freeSum(mp(1), ")).toBe("freeSum");
    expect(around("freeSum(mp(1), mp(2))")).toBeUndefined();
  });
});

describe("exact numbers of the controls", () => {
  const rational = fc.tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 6n }));

  it("mean to the kernel what they mean here", () => {
    fc.assert(
      fc.property(rational, ([num, den]) => {
        const text = fractionToText(fraction(num, den));
        expect(rationalToText(parseRational(text))).toBe(rationalToText({ ...parseRational(`${num}/${den}`) }));
        expect(readFraction(text)).toEqual(fraction(num, den));
      }),
    );
  });

  it.each(["1/50", "0.02", "-3", "1e-3", "12.5", ".5"])("%s is read as the kernel reads it", (text) => {
    const { num, den } = parseRational(text);
    expect(readFraction(text)).toEqual({ num, den });
  });

  it.each(["", "1/0", "x", "1..2", "--1", "1e999", "1.5/2"])("%j is none", (text) => {
    expect(readFraction(text)).toBeUndefined();
  });

  it("step exactly, and round to within half a percent", () => {
    expect(fractionToText(stepped(fraction(1n, 3n), fraction(1n, 50n), 7))).toBe("71/150");
    for (let k = -120; k <= 240; k++) {
      const size = 2 ** (k / 40);
      expect(Math.abs(fractionToNumber(roundFraction(size)) / size - 1)).toBeLessThan(0.005);
    }
    expect(
      ["1/8", "1/2", "1", "64"].map((text) => fractionToText(roundFraction(fractionToNumber(readFraction(text)!)))),
    ).toEqual(["1/8", "1/2", "1", "64"]);
  });
});

describe("code that reproduces the page", () => {
  const state = { expression: 'curve("v*m^2 + z*m + 1") [+] mp(c)', parameters: { v: "1/3", c: "0.5" }, tau: "3/2" };

  it("is a command that a shell takes apart again", () => {
    const first = commandLines(state).split("\n")[0]!;
    const words = execFileSync("/bin/sh", ["-c", `for w in ${first}; do printf '%s\\n' "$w"; done`], {
      encoding: "utf8",
    })
      .trim()
      .split("\n");
    expect(words.slice(0, 2)).toEqual(["freecurve", "support"]);
    const set = words
      .slice(3)
      .filter((word) => word !== "--set")
      .map((word) => word.split("=") as [string, string]);
    const parameters = Object.fromEntries(set.map(([name, value]) => [name, parseRational(value)]));
    const wanted = parseLaw('decompress(curve("1/3*m^2 + z*m + 1") [+] mp(1/2), 3/2)');
    expect(parseLaw(words[2]!, { parameters }).curve).toEqual(wanted.curve);
  });

  it("is a program of the library", () => {
    const code = libraryCode(state);
    expect(code).toContain(
      'parseLaw("curve(\\"v*m^2 + z*m + 1\\") [+] mp(c)", { parameters: { v: parseRational("1/3"), c: parseRational("0.5") } })',
    );
    expect(code).toContain('decompress(small, parseRational("3/2"))');
    expect(libraryCode({ expression: "mp(1)", parameters: {}, tau: "1" })).toContain(
      'import { density, events, horizon, parseLaw, support } from "freecurve";',
    );
  });
});
