import { parseLaw } from "freecurve";
import { describe, expect, test } from "vitest";
import { DomainError } from "../../src/core/index.js";
import { LanguageError } from "../../src/lang/index.js";

function errorOf(text: string): LanguageError {
  try {
    parseLaw(text);
  } catch (error) {
    if (error instanceof LanguageError) return error;
    throw error;
  }
  throw new Error(`${text} was read without an error`);
}

/** The text with carets under the part that is meant, sentence last. */
const mistakes: readonly (readonly [kind: string, text: string, carets: string, sentence: RegExp])[] = [
  ["an open parenthesis", "mp(1/2", "      ^", /^expected an operator, "\)" or ",", but the text ends here$/],
  ["nothing", "", "^", /^expected a law or a scalar, but the text ends here$/],
  ["a stray parenthesis", "mp(1))", "     ^", /^expected an operator or the end of the text, but found "\)"$/],
  ["a missing argument", "mp(,)", "   ^", /^expected a law, a scalar or "\)", but found ","$/],
  ["a missing product sign", "mp(2c)", "    ^", /found "c"; a product is written with \*$/],
  ["an unknown sign", "mp(1) $ 2", "      ^", /but found "\$"$/],
  ["an unknown sign outside the basic plane", "mp(𝄞)", "   ^", /but found "𝄞"$/],
  ["an open quote", "curve('m", "      ^", /^the text in quotes has no closing '$/],
  ["a pipe into a number", "mp(1) |> 3", "         ^", /^expected a name, but found "3"$/],
  [
    "a misspelt law",
    "semicirle(1)",
    "^^^^^^^^^",
    /^there is no law or operation "semicirle"; did you mean semicircle\?/,
  ],
  [
    "a law in the wrong case",
    "MP(1)",
    "^^",
    /did you mean mp\? Laws: semicircle, mp, .*curve\. Operations: decompress, .*mix, .*\.$/,
  ],
  [
    "a law under another name",
    "wigner(1)",
    "^^^^^^",
    /^there is no law or operation "wigner"; did you mean semicircle\?/,
  ],
  ["an unknown law without neighbour", "quux(1)", "^^^^", /^there is no law or operation "quux"\. Laws: /],
  [
    "a misspelt operation",
    "mp(1) |> decompres(2)",
    "         ^^^^^^^^^",
    /^there is no operation "decompres"; did you mean decompress\?/,
  ],
  ["a pipe into a law", "mp(1) |> mp(2)", "         ^^", /^mp is a law; \|> is followed by an operation$/],
  ["a law without arguments", "mp ⊞ mp(1)", "^^", /^mp is a law, written mp\(c\)$/],
  ["an operation without arguments", "inverse", "^^^^^^^", /^inverse is an operation, written inverse\(L\)$/],
  ["too few arguments", "wachter(2)", "^^^^^^^", /^wachter\(a, b\) takes 2 arguments; got 1$/],
  ["too many arguments", "mp(1, 22)", "      ^^", /^mp\(c\) takes 1 argument; got 2$/],
  ["arguments of an argumentless law", "bures(1)", "      ^", /^bures\(\) takes 0 arguments; got 1$/],
  [
    "too few arguments behind a pipe",
    "mp(1) |> decompress",
    "         ^^^^^^^^^^",
    /takes 2 arguments; got 1, with the law before \|> as one of them$/,
  ],
  [
    "too many arguments behind a pipe",
    "mp(1) |> shift(1, c)",
    "                  ^",
    /^shift\(L, b\) takes 2 arguments; got 3/,
  ],
  [
    "no arguments behind a pipe that needs two",
    "mp(1) |> mix()",
    "         ^^^",
    /^mix\(w, A, B\) takes 3 arguments; got 1/,
  ],
  ["a scalar for a law", "inverse(3)", "        ^", /^a law is expected here, not the number 3$/],
  ["a sum of laws", "mp(1) + mp(2)", "^^^^^^^^^^^^^", /the free sum of two laws is A ⊞ B or A \[\+\] B$/],
  ["a product of laws", "mp(1) * mp(2)", "^^^^^^^^^^^^^", /the free product of two laws is A ⊠ B or A \[\*\] B$/],
  ["a scalar in a free sum", "mp(1) ⊞ -3", "        ^^", /^a law is expected here, not a scalar$/],
  ["a law for a scalar", "mp(mp(1))", "   ^^^^^", /^a scalar is expected here, not a law$/],
  [
    "a name of a law for a scalar",
    "mp(bures)",
    "   ^^^^^",
    /^a scalar is expected here; bures is a law, written bures\(\)$/,
  ],
  ["a list for a scalar", "mp([1])", "   ^^^", /^a scalar is expected here, not a list$/],
  ["an unknown function", "mp(sqrt(2))", "   ^^^^", /^there is no function "sqrt"; scalars are made of/],
  [
    "a scalar for a list",
    "atoms(1)",
    "      ^",
    /^atoms\(points\) takes a list points such as \[\[1, 1\/2\], \[2, 1\/2\]\], not the number 1$/,
  ],
  [
    "a list that lacks a weight",
    "atoms([[0, 1/2], [1]])",
    "                 ^^^",
    /takes pairs \[location, weight\] in points$/,
  ],
  [
    "a number for a polynomial",
    "curve(3)",
    "      ^",
    /takes a polynomial in quotes, such as "m\^2 \+ z\*m \+ 1", not the number 3$/,
  ],
  [
    "a variable of the curve as a parameter",
    "mp(2*z)",
    "     ^",
    /^z is a variable of the curve and cannot be a parameter$/,
  ],
  ["a division by zero", "mp(1/0)", "     ^", /^division by zero$/],
  ["a hidden division by zero", "mp(1/(c - c))", "      ^^^^^", /^division by zero$/],
  ["a negative power of zero", "mp(0^-1)", "   ^", /^division by zero$/],
  ["a symbolic exponent", "mp(2^c)", "     ^", /^an exponent must be an integer$/],
  ["a huge exponent", "mp(2^99999)", "     ^^^^^", /^this power is too large/],
  ["a value outside the domain", "mp(-1)", "   ^^", /^mp\(c\) needs c > 0; got -1$/],
  [
    "a second value outside the domain",
    "freePoisson(1, 2 - 2)",
    "               ^^^^^",
    /needs jump different from 0; got 0$/,
  ],
  ["a fraction for an integer", "fussCatalan(3/2)", "            ^^^", /needs a positive integer p; got 3\/2$/],
  ["a parameter for an integer", "fussCatalan(p)", "            ^", /needs a positive integer p; got p$/],
  [
    "weights that do not sum to 1",
    "atoms([[0, 1/2], [1, 1/3]])",
    "      ^^^^^^^^^^^^^^^^^^^^",
    /sum to 1 in points; they sum to 5\/6$/,
  ],
  ["symbolic weights that do not sum to 1", "atoms([[0, w], [1, w]])", "      ^^^^^^^^^^^^^^^^", /they sum to 2\*w$/],
  [
    "a negative weight",
    "atoms([[0, 3/2], [1, -1/2]])",
    "                     ^^^^",
    /needs weights > 0 in points; got -1\/2$/,
  ],
  [
    "a location outside the domain",
    "silverstein(1, [[-2, 1]])",
    "                 ^^",
    /needs every location in population > 0; got -2$/,
  ],
  [
    "two arguments that do not fit",
    "wachter(1/3, 1/2)",
    "             ^^^",
    /^wachter\(a, b\) needs a \+ b > 1; got 5\/6$/,
  ],
  [
    "an argument of an operation",
    "mp(1) |> decompress(-2)",
    "                    ^^",
    /^decompress\(L, tau\) needs tau > 0; got -2$/,
  ],
  [
    "a mistake inside a polynomial",
    "curve('m^2 + z*m +')",
    "                  ^",
    /^the text ends where a number, a name or "\(" should stand$/,
  ],
  ["a polynomial without m", "curve('z + 1')", "      ^^^^^^^", /^the curve z \+ 1 does not contain m/],
];

describe("LanguageError", () => {
  test.each(mistakes)("%s: %s", (_, text, carets, sentence) => {
    const error = errorOf(text);
    const column = carets.length - carets.trimStart().length + 1;
    expect(error.sentence).toMatch(sentence);
    expect(error).toMatchObject({ name: "LanguageError", line: 1, column });
    expect(error.message).toBe(`${error.sentence}\nline 1, column ${column}:\n  ${text}\n  ${carets}`);
    expect(error).toBeInstanceOf(DomainError);
  });

  test("on a later line, the line and the column are those of the source", () => {
    const error = errorOf("semicircle(1)\n\t|> shift(1)\n\t|> scale(0) # no\n");
    expect(error).toMatchObject({ line: 3, column: 11 });
    expect(error.message).toBe(
      "scale(L, a) needs a different from 0; got 0\nline 3, column 11:\n  \t|> scale(0) # no\n  \t         ^",
    );
  });

  test("in a polynomial over several lines", () => {
    const error = errorOf('decompress(\n  curve("m^2 +\n    z*m $ 1"), 2)');
    expect(error).toMatchObject({ line: 3, column: 9 });
    expect(error.message.split("\n").slice(-2)).toEqual(['      z*m $ 1"), 2)', "          ^"]);
  });

  test("on the right of the equation of a curve", () => {
    expect(errorOf('curve("m^2 = -z*m $ 1")')).toMatchObject({ line: 1, column: 19 });
    expect(errorOf('curve("m^2 = -z*m = 0")')).toMatchObject({ line: 1, column: 19 });
    expect(errorOf('curve("m^2 + z*m + 1 =")')).toMatchObject({ line: 1 });
  });

  test("carets stay on the first line of what spans several", () => {
    const error = errorOf("mp(1) |> shift([1,\n2])");
    expect(error.message.split("\n").at(-1)).toBe("                 ^^^");
  });
});
