import { describe, expect, test } from "vitest";
import { type PictureSpectrum, spectrumSvg } from "../../src/picture/index.js";

/** Points that are dense at both ends, without the ends. */
function samples(left: number, right: number, count = 200): number[] {
  return Array.from(
    { length: count },
    (_, k) => left + ((right - left) * (1 - Math.cos((Math.PI * (k + 0.5)) / count))) / 2,
  );
}

const semicircle: PictureSpectrum = {
  label: "semicircle(1)",
  x: samples(-2, 2),
  density: samples(-2, 2).map((x) => Math.sqrt(4 - x * x) / (2 * Math.PI)),
  intervals: [{ left: -2, right: 2 }],
};

const arcsine: PictureSpectrum = {
  label: "arcsine(-1, 1)",
  x: samples(-1, 1),
  density: samples(-1, 1).map((x) => 1 / (Math.PI * Math.sqrt(1 - x * x))),
  intervals: [{ left: -1, right: 1, leftExponent: -0.5, rightExponent: -0.5 }],
};

/** The elements of a document, in order, checked for nesting, quoting and escaping: a parser of the little XML we write. */
function elementsOf(svg: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const found: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: number[] = [];
  let at = 0;
  const token = /<(\/?)([A-Za-z]+)((?:\s+[A-Za-z][\w:-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
  while (at < svg.length) {
    token.lastIndex = at;
    const match = token.exec(svg);
    expect(match, `well-formed at ${svg.slice(at, at + 40)}`).not.toBeNull();
    at = token.lastIndex;
    if (match![5] !== undefined) {
      expect(match![5]).not.toMatch(/&(?!(amp|lt|gt|quot|apos);)|>/);
      if (open.length > 0) found[open.at(-1)!]!.text += match![5];
    } else if (match![1] === "/") {
      expect(found[open.pop()!]!.name).toBe(match![2]);
    } else {
      const pairs = [...match![3]!.matchAll(/([A-Za-z][\w:-]*)="([^"]*)"/g)].map((p): [string, string] => [
        p[1]!,
        p[2]!,
      ]);
      expect(new Set(pairs.map(([key]) => key)).size, "no attribute twice").toBe(pairs.length);
      found.push({ name: match![2]!, attributes: Object.fromEntries(pairs), text: "" });
      if (match![4] !== "/") open.push(found.length - 1);
    }
  }
  expect(open).toEqual([]);
  return found;
}

const textsOf = (svg: string): string[] =>
  elementsOf(svg)
    .filter((e) => e.name === "text")
    .map((e) => e.text);
const marks = (svg: string, kind: string): number => elementsOf(svg).filter((e) => e.attributes.class === kind).length;

describe("the picture of one spectrum", () => {
  test("has a title, axes with labels and its edges, and no number that is not finite", () => {
    const svg = spectrumSvg({ title: "the semicircle law", spectra: [semicircle] });
    const texts = textsOf(svg);
    expect(texts).toContain("the semicircle law");
    expect(texts).toContain("x");
    expect(texts).toContain("density");
    expect(texts.filter((t) => t === "−2")).toHaveLength(1);
    expect(marks(svg, "density")).toBe(1);
    expect(marks(svg, "cut")).toBe(0);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(elementsOf(svg)[0]!.attributes.xmlns).toBe("http://www.w3.org/2000/svg");
  });

  test("puts the top of the semicircle where its density says", () => {
    const svg = spectrumSvg({ spectra: [semicircle], height: 460 });
    const path = elementsOf(svg).find((e) => e.attributes.class === "density")!.attributes.d!;
    const heights = path.match(/-?[\d.]+,-?[\d.]+/g)!.map((p) => Number(p.split(",")[1]));
    const baseline = Math.max(...heights);
    const tick = elementsOf(svg).find((e) => e.name === "text" && e.text === "0.3")!;
    // The tick label stands 4 pixels under its line; 0.3 is 0.3·pi of the way from the axis to the top 1/pi.
    const expected = baseline - (baseline - Math.min(...heights)) * 0.3 * Math.PI;
    expect(Number(tick.attributes.y) - 4).toBeCloseTo(expected, 0);
  });

  test("escapes what the title and the labels hold, and leaves out what XML forbids", () => {
    const svg = spectrumSvg({ title: `<b> & "c" 'd' \u0001`, spectra: [{ ...semicircle, label: "<&>" }, arcsine] });
    expect(svg).toContain("&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;");
    expect(svg).not.toContain("\u0001");
    elementsOf(svg);
  });

  test("marks every atom by a stem with its weight, on an axis of their own", () => {
    const atoms = [
      { at: 0, weight: 0.75 },
      { at: 3, weight: 0.05, label: "1/20" },
    ];
    const svg = spectrumSvg({ spectra: [{ ...semicircle, atoms }] });
    expect(marks(svg, "atom")).toBe(2);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["0.75", "1/20", "weight of an atom"]));
    expect(textsOf(spectrumSvg({ spectra: [semicircle] }))).not.toContain("weight of an atom");
  });

  test("cuts an unbounded density by its rule and says so", () => {
    const svg = spectrumSvg({ spectra: [arcsine] });
    expect(marks(svg, "cut")).toBe(2);
    expect(textsOf(svg).filter((t) => t === "unbounded")).toHaveLength(2);
    const description = elementsOf(svg).find((e) => e.name === "desc")!.text;
    expect(description).toContain("unbounded at −1, 1");
    // The arcsine density exceeds h on a share 1 − sqrt(1 − 1/(pi h)²) of [−1, 1]; a twentieth for h = 1.0194.
    const h = 1 / (Math.PI * Math.sqrt(1 - 0.95 ** 2));
    expect(Number(/ends at (\d+\.\d+)/.exec(description)![1])).toBeCloseTo(1.06 * 1.25 * h, 1);
  });

  test("draws atoms alone, and a spectrum of one point", () => {
    const svg = spectrumSvg({ spectra: [{ label: "one point", atoms: [{ at: 2, weight: 1 }] }] });
    expect(marks(svg, "atom")).toBe(1);
    expect(textsOf(svg)).not.toContain("density");
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(spectrumSvg({ spectra: [] })).not.toMatch(/NaN|Infinity/);
  });
});

describe("measured values", () => {
  test("become bars whose area is the share of the values that are no atom", () => {
    const values = [...Array.from({ length: 300 }, (_, k) => 1 + k / 300), ...new Array<number>(100).fill(1e-17)];
    const svg = spectrumSvg({ spectra: [{ label: "measured", histogram: { values, bins: 10 } }] });
    expect(marks(svg, "histogram")).toBe(1);
    expect(marks(svg, "atom")).toBe(1);
    expect(textsOf(svg)).toContain("0.25");
  });

  test("may be given as bins, and a bar that the axis cuts says how high it is", () => {
    const histogram = { edges: [-2, -1, 1, 2], density: [0.1, 9.75, 0.1] };
    const svg = spectrumSvg({ spectra: [semicircle, { label: "bins", histogram }] });
    expect(textsOf(svg)).toContain("9.75");
    expect(marks(svg, "cut")).toBe(1);
  });
});

describe("the logarithmic axis", () => {
  const wide: PictureSpectrum = {
    label: "wide",
    x: Array.from({ length: 100 }, (_, k) => 10 ** (-2 + (4 * (k + 0.5)) / 100)),
    density: Array.from({ length: 100 }, (_, k) => 1 / (4 * Math.LN10 * 10 ** (-2 + (4 * (k + 0.5)) / 100))),
    intervals: [{ left: 0.01, right: 100 }],
  };

  test("is taken for a positive spectrum of more than three decades, and says what is drawn", () => {
    const svg = spectrumSvg({ spectra: [wide] });
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["x (logarithmic)", "density of log₁₀ x"]));
    // The density 1/(4 x ln 10) on four decades is the constant 1/4 in log10 x.
    const path = elementsOf(svg).find((e) => e.attributes.class === "density")!.attributes.d!;
    const heights = path.match(/-?[\d.]+,-?[\d.]+/g)!.map((p) => Number(p.split(",")[1]));
    expect(new Set(heights.slice(1, -1)).size).toBe(1);
    const tick = elementsOf(svg).find((e) => e.name === "text" && e.text === "0.25")!;
    expect(Number(tick.attributes.y) - 4).toBeCloseTo(heights[5]!, 1);
  });

  test("gives an atom at 0 a place of its own", () => {
    const svg = spectrumSvg({ spectra: [{ ...wide, atoms: [{ at: 0, weight: 0.5 }] }] });
    expect(textsOf(svg)).toContain("x (logarithmic)");
    expect(marks(svg, "atom")).toBe(1);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  test("is not taken when the support begins at 0, and can be chosen or refused", () => {
    expect(textsOf(spectrumSvg({ spectra: [{ ...wide, intervals: [{ left: 0, right: 100 }] }] }))).toContain("x");
    expect(textsOf(spectrumSvg({ spectra: [wide], xScale: "linear" }))).toContain("density");
    const forced = spectrumSvg({ spectra: [{ ...wide, intervals: [{ left: 0, right: 100 }] }], xScale: "log" });
    expect(textsOf(forced)).toContain("x (logarithmic)");
    expect(forced).not.toMatch(/NaN|Infinity/);
  });
});
