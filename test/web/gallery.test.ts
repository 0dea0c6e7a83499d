import { decompress, parseLaw, parseRational, support } from "freecurve";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/ensembles/index.js";
import { gallery } from "../../src/web/controls/gallery.js";

const examples = gallery.flatMap((group) => group.examples);

describe("gallery", () => {
  it.each(examples.map((example) => [example.title, example] as const))(
    "%s is a spectrum of mass one",
    (_, example) => {
      const parameters = Object.fromEntries(
        Object.entries(example.parameters ?? {}).map(([name, value]) => [name, parseRational(value)]),
      );
      const law = parseLaw(example.expression, { parameters });
      expect(law.parameters).toEqual([]);
      const { intervals, atoms } = support(law);
      const inBulks = intervals.reduce((sum, { mass }) => sum + mass, 0);
      const inAtoms = atoms.reduce((sum, { weight }) => sum + Number(weight.lower.num) / Number(weight.lower.den), 0);
      expect(inBulks + inAtoms).toBeCloseTo(1, 6);
      if (example.tau !== undefined) expect(decompress(law, parseRational(example.tau)).parameters).toEqual([]);
    },
  );

  it("shows every law of the catalogue that has a curve", () => {
    const shown = examples.map(({ expression }) => expression).join(" ");
    const missing = catalogue.map(({ name }) => name).filter((name) => !new RegExp(`\\b${name}\\(`).test(shown));
    expect(missing).toEqual(["quarterCircle"]);
  });
});
