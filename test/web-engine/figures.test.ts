import { explain, parseLaw, rational, support, trajectories } from "freecurve";
import { describe, expect, it } from "vitest";
import { unlimited } from "../../src/core/index.js";
import { pointOfSupport } from "../../src/law/index.js";
import { derivationFacts } from "../../src/web/engine/derivation.js";
import { edgesFacts } from "../../src/web/engine/edges.js";
import { phaseMap } from "../../src/web/engine/phase-map.js";
import { simulate } from "../../src/web/engine/simulation.js";
import { densityPoint, spectrumFacts } from "../../src/web/engine/spectrum.js";

const context = { budget: unlimited, progress: () => {} };

describe("the spectrum of a law as the density panel shows it", () => {
  it("has the edges, atoms and density of Marchenko and Pastur's closed form", () => {
    const { picture, bulks, atoms } = spectrumFacts({ law: "mp(4)" }, context);
    expect(bulks).toHaveLength(1);
    expect(bulks[0]).toMatchObject({
      left: { text: "1" },
      right: { text: "9" },
      leftExponent: "1/2",
      rightExponent: "1/2",
    });
    expect(bulks[0]!.mass).toBeCloseTo(1 / 4, 12);
    expect(atoms).toMatchObject([{ at: { text: "0" }, weight: { text: "3/4" } }]);
    const { x = [], density = [] } = picture;
    expect(x.length).toBeGreaterThan(200);
    for (let k = 0; k < x.length; k++) {
      const expected = Math.sqrt((x[k]! - 1) * (9 - x[k]!)) / (8 * Math.PI * x[k]!);
      expect(Math.abs(density[k]! - expected)).toBeLessThan(1e-12);
    }
  });

  it("certifies single points, also where the density is infinite", () => {
    // sqrt(3)/(2 pi)
    expect(densityPoint({ law: "semicircle(1)", x: "1" }, context).density).toBe("0.275664447711");
    expect(densityPoint({ law: "semicircle(1)", x: "2.5" }, context).density).toBe("0");
    expect(densityPoint({ law: "mp(1)", x: "0" }, context).density).toBe("infinite");
  });

  it("is plain data", () => {
    const facts = spectrumFacts({ law: "arcsine(-1, 1)" }, context);
    expect(structuredClone(facts)).toEqual(facts);
  });
});

describe("a simulated matrix", () => {
  const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = (values: Float64Array): number => mean(values.map((x) => (x - mean(values)) ** 2));

  it("is the same for the same seed, another one for another, and has the moments of the law", () => {
    const question = { law: "mp(1/2)", n: 600, seed: 3 };
    const { eigenvalues } = simulate(question, context);
    expect(simulate(question, context).eigenvalues).toEqual(eigenvalues);
    expect(simulate({ ...question, seed: 4 }, context).eigenvalues).not.toEqual(eigenvalues);
    expect(mean(eigenvalues)).toBeCloseTo(1, 1);
    expect(variance(eigenvalues)).toBeCloseTo(1 / 2, 1);
  });

  it("cuts the corner of a larger matrix for a law that was compressed: the mean stays, the variance is multiplied by tau", () => {
    const whole = simulate({ law: "kestenMcKay(4)", n: 240, seed: 5 }, context).eigenvalues;
    const { eigenvalues, model } = simulate({ law: "decompress(kestenMcKay(4), 1/2)", n: 120, seed: 5 }, context);
    expect(model).toBe("the corner of size 120 of one matrix of size 240");
    expect(eigenvalues).toHaveLength(120);
    expect(Array.from(eigenvalues)).toEqual([...eigenvalues].sort((a, b) => a - b));
    expect(Math.abs(mean(eigenvalues) - mean(whole))).toBeLessThan(0.3);
    expect(Math.abs(variance(eigenvalues) / variance(whole) - 1 / 2)).toBeLessThan(0.08);
    const [bulk] = support(parseLaw("decompress(kestenMcKay(4), 1/2)")).intervals;
    const shape = spectrumFacts({ law: "decompress(kestenMcKay(4), 1/2)" }, context).bulks[0]!;
    expect(bulk).toBeDefined();
    const outside = eigenvalues.filter((x) => x < shape.left.number - 0.2 || x > shape.right.number + 0.2);
    expect(outside).toHaveLength(0);
  });

  it("says why there is none: for a larger matrix, for a corner that is too small a part, for a law without a model", () => {
    expect(() => simulate({ law: "decompress(semicircle(1), 2)", n: 100, seed: 1 }, context)).toThrow(/larger matrix/);
    expect(() => simulate({ law: "decompress(semicircle(1), 1/8)", n: 400, seed: 1 }, context)).toThrow(/up to 125/);
    expect(() => simulate({ law: 'curve("m^2 + z*m + 1")', n: 100, seed: 1 }, context)).toThrow(/no matrix model/);
    expect(() => simulate({ law: "mp(1)", n: 3000, seed: 1 }, context)).toThrow(/up to size 2000/);
  });
});

describe("the diagram of the edges", () => {
  it("has the edges of the closed form, and the events and the horizon of the kernel", () => {
    const { diagram } = edgesFacts({ law: "kestenMcKay(4)", from: "1/2", to: "8" }, context);
    expect(diagram.horizon).toBeCloseTo(4, 12);
    let compared = 0;
    for (const { tau, lower, upper } of diagram.bulks) {
      for (let k = 0; k < tau.length; k++) {
        // At tau = 1 the edges are ±2 sqrt(3); under the flow ±2 sqrt(tau (4 − tau)).
        const t = tau[k]!;
        expect(lower[k]!).toBeCloseTo(-upper[k]!, 8);
        expect(upper[k]!).toBeCloseTo(2 * Math.sqrt(t * (4 - t)), 6);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(200);
    const kernel = trajectories(parseLaw("kestenMcKay(4)"), rational(1, 2), rational(8));
    expect(diagram.events).toHaveLength(kernel.events.length);
  });
});

describe("the phase map", () => {
  const question = {
    expression: "deformedWigner(v, [[-a, 1/2], [a, 1/2]])",
    parameters: {},
    x: { name: "a", from: "0", to: "3" },
    y: { name: "v", from: "0", to: "4" },
  };

  it("parts one bulk from two by v = a², and every cell has the phase that the support of one of its points has", () => {
    const { names, areas, borders, transitions } = phaseMap(question, context);
    expect(names).toEqual(["1 bulk", "2 bulks"]);
    expect(transitions.map(({ equation }) => equation)).toContain("a^2 - v = 0");
    let points = 0;
    for (const border of borders) {
      for (let k = 0; k < border.length; k += 2) {
        expect(border[k + 1]).toBeCloseTo(border[k]! ** 2, 4);
        points++;
      }
    }
    expect(points).toBeGreaterThan(20);
    for (const { phase, outline } of areas) {
      const corners = Array.from(
        { length: outline.length / 2 },
        (_, k) => [outline[2 * k]!, outline[2 * k + 1]!] as const,
      );
      const above = corners.every(([a, v]) => v >= a * a - 1e-4);
      expect(phase).toBe(above ? "1 bulk" : "2 bulks");
    }
  });

  it("takes the size factor as an axis, and values for the parameters that are on none", () => {
    const { names, x, y } = phaseMap(
      {
        expression: "deformedWigner(v, [[-a, 1/2], [a, 1/2]])",
        parameters: { a: "1" },
        x: { name: "v", from: "1/2", to: "4" },
        y: { name: "tau", from: "1/8", to: "4" },
      },
      context,
    );
    expect([x.name, y.name]).toEqual(["v", "tau"]);
    expect(names).toContain("no spectrum");
    // (1 + v)²/(4 v) is the horizon for v > 1.
    const law = parseLaw("decompress(deformedWigner(2, [[-1, 1/2], [1, 1/2]]), 17/16)");
    expect(pointOfSupport(law, rational(0))).toBe(true);
  });
});

describe("the derivation", () => {
  it("has all blocks of the document in sections, formulas as MathML without anything that runs", async () => {
    const { sections, title } = await derivationFacts({ law: "mp(1/2)" }, context);
    const document = explain(parseLaw("mp(1/2)"));
    expect(title).toBe(document.title);
    expect(sections.map(({ heading }) => heading)).toEqual([
      "The law",
      ...document.blocks.flatMap((block) => (block.kind === "heading" ? [block.text] : [])),
    ]);
    expect(sections.flatMap(({ blocks }) => blocks)).toHaveLength(
      document.blocks.filter(({ kind }) => kind !== "heading").length,
    );
    const text = JSON.stringify(sections);
    expect(text).toContain("<math");
    expect(/<(script|img|a|iframe)[\s>]|\son\w+=|javascript:/i.test(text)).toBe(false);
    expect(sections.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === "check")).length).toBeGreaterThan(3);
  });
});
