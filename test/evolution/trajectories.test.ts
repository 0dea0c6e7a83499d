import { decompress, ensembles, parseLaw, plotEdgesSvg, support, trajectories } from "freecurve";
import { algebraicToNumber } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { rational } from "../../src/rings/index.js";

describe("the trajectories of the edges", () => {
  test("have closed forms for the semicircle and for Marchenko–Pastur", () => {
    const taus = Array.from({ length: 40 }, (_, k) => 0.05 + 0.37 * k);
    for (const { tau, edges } of trajectories(ensembles.semicircle(3), 1 / 32, 16).evaluate(taus)) {
      expect(edges[0]).toBeCloseTo(-2 * Math.sqrt(3 * tau), 9);
      expect(edges[1]).toBeCloseTo(2 * Math.sqrt(3 * tau), 9);
    }
    for (const { tau, edges, atoms } of trajectories(ensembles.mp("1/5"), 1 / 32, 16).evaluate(taus)) {
      expect(edges[0]).toBeCloseTo((1 - Math.sqrt(tau / 5)) ** 2, 9);
      expect(edges[1]).toBeCloseTo((1 + Math.sqrt(tau / 5)) ** 2, 9);
      expect(atoms.map((atom) => atom.at)).toEqual(tau > 5 ? [0] : []);
      if (tau > 5) expect(atoms[0]!.weight).toBeCloseTo(1 - 5 / tau, 12);
    }
  });

  test("agree with supports computed afresh, on both sides of every event", () => {
    for (const [text, to] of [
      ["compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])", 8],
      ["fussCatalan(2)", 4],
      ["wachter(3, 2)", 5],
    ] as const) {
      const law = parseLaw(text);
      const paths = trajectories(law, rational(1, 20), to);
      for (const tau of [rational(1, 16), rational(3, 8), rational(5, 2)]) {
        const fresh = support(decompress(law, tau)).intervals.flatMap(({ left, right }) => [left, right]);
        expect(paths.edgesAt(tau).map(({ at }) => algebraicToNumber(at))).toEqual(fresh.map(algebraicToNumber));
        const [sample] = paths.evaluate([Number(tau.num) / Number(tau.den)]);
        fresh.forEach((edge, k) => {
          expect(sample!.edges[k]).toBeCloseTo(algebraicToNumber(edge), 9);
        });
      }
    }
  });

  test("reference edges at tau = 2 and 6", () => {
    // The roots of its edge polynomial, PARI/GP polroots at 25 digits.
    const paths = trajectories(parseLaw("compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])"), 1, 6);
    const [two, six] = paths.evaluate([2, 6]);
    const known = [
      [
        "2.543885289537795605754880",
        "5.593434819156586291549261",
        "8.931909583495957580701984",
        "13.82005602209537480770816",
      ],
      [
        "9.401150160553795194400033",
        "14.73991718207376360157175",
        "29.12262218939492429542427",
        "37.62559618226323119431823",
      ],
    ].map((row) => row.map(Number));
    for (const [sample, edges] of [
      [two!, known[0]!],
      [six!, known[1]!],
    ] as const) {
      edges.forEach((edge, k) => {
        expect(sample.edges[k]).toBeCloseTo(edge, 10);
      });
    }
  });

  test("end at the horizon, where the last bulk has vanished", () => {
    const paths = trajectories(ensembles.kestenMcKay(4), 1, 20);
    expect(paths.to).toBe(paths.horizon);
    expect(paths.events.map((event) => event.kind)).toEqual(["atom-born", "atom-born", "bulk-vanishes"]);
    const [near, last] = paths.evaluate([3.999, 4]);
    expect(near!.edges[1]).toBeCloseTo(Math.sqrt(4 * 3.999 * 0.001), 9);
    for (const edge of last!.edges) expect(Math.abs(edge)).toBeLessThan(1e-3);
    expect(last!.atoms.map(({ at, weight }) => [at, weight])).toEqual([
      [-4, 0.5],
      [4, 0.5],
    ]);
    expect(() => paths.evaluate([5])).toThrow("no spectrum at tau = 5");
    expect(() => paths.edgesAt(rational(5))).toThrow("no spectrum at tau = 5");
    expect(() => trajectories(ensembles.kestenMcKay(4), 5, 6)).toThrow("beyond the horizon");
    expect(() => trajectories(ensembles.mp("c"), 1, 2)).toThrow("needs numbers");
    expect(() => trajectories(ensembles.mp(2), 3, 2)).toThrow("from 3 to 2");
  });

  test("pass through a cusp", () => {
    const law = parseLaw("compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])");
    const paths = trajectories(law, rational(1, 5), 1);
    const cusp = paths.events.find((event) => event.kind === "cusp-split")!;
    const [tau, x] = [cusp.at, cusp.where!].map(algebraicToNumber) as [number, number];
    const [before, at, after] = paths.evaluate([tau - 1e-4, tau, tau + 1e-4]);
    expect(before!.edges).toHaveLength(2);
    expect(after!.edges).toHaveLength(4);
    for (const sample of [at!, after!]) {
      for (const edge of sample.edges.slice(1, 3)) expect(Math.abs(edge - x)).toBeLessThan(1e-3);
    }
  });
});

describe("the diagram of the edges", () => {
  test("marks what there is: bulks, atoms, events and the horizon", () => {
    const svg = plotEdgesSvg(ensembles.kestenMcKay(4), { from: 1, to: 6, title: "d < 5" });
    expect(svg.startsWith("<svg ")).toBe(true);
    expect(svg).toContain("d &lt; 5");
    // Two stretches of one bulk, from 1 to 2 and from 2 to 4; two atoms; three events.
    expect(svg.match(/class="bulk"/g)).toHaveLength(2);
    expect(svg.match(/class="edge"/g)).toHaveLength(4);
    expect(svg.match(/class="atom"/g)).toHaveLength(2);
    expect(svg.match(/class="event"/g)).toHaveLength(3);
    expect(svg).toContain("No spectrum beyond 4.");
    expect(svg).toContain("bulk vanishes, horizon 4");
    expect(svg).not.toContain("NaN");
  });

  test("an edge that touches 0 leaves the axis linear; positive bulks over decades make it logarithmic", () => {
    expect(plotEdgesSvg(ensembles.mp("1/50"), { from: 1, to: 200, points: 40 })).not.toContain("x (logarithmic)");
    const far = plotEdgesSvg(ensembles.mp("2"), { from: 1, to: 300, points: 40 });
    expect(far).toContain("x (logarithmic)");
    expect(far).toContain("atom at 0, weight 0.998");
  });

  test("without events and beyond a decade has a logarithmic axis", () => {
    const svg = plotEdgesSvg(ensembles.semicircle(1), { from: 1, to: 100, points: 20 });
    expect(svg).toContain("size factor τ (logarithmic)");
    expect(svg.match(/class="bulk"/g)).toHaveLength(1);
    expect(svg).not.toContain('class="horizon"');
  });
});
