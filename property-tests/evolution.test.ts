import fc from "fast-check";
import { decompress, edgePolynomial, events, horizon, support, trajectories } from "freecurve";
import { constant, multiply, primitive, substitute, toText, variable } from "freecurve/poly";
import { affineImage, algebraicToNumber, compareAlgebraic, compareWithRational } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { parseRational, QQ } from "../src/rings/index.js";
import { anyLaw, divisibleLaw, lawOf, positiveText } from "./random-laws.js";

const runs = 5;

describe("the flow of the edges", () => {
  test("is a group: E of the law decompressed by a, at tau, is E at a tau", () => {
    fc.assert(
      fc.property(anyLaw, positiveText, (text, a) => {
        const law = lawOf(text);
        const by = parseRational(a);
        const moved = substitute(edgePolynomial(law).polynomial, { tau: multiply(constant(by), variable("tau")) });
        expect(toText(edgePolynomial(decompress(law, by)).polynomial)).toBe(toText(primitive(moved)));
      }),
      { numRuns: 4 * runs },
    );
  });

  test("the edges on the way are those of the law decompressed there", () => {
    fc.assert(
      fc.property(anyLaw, positiveText, (text, at) => {
        const law = lawOf(text);
        const tau = parseRational(at);
        const reach = horizon(law);
        if (reach.kind !== "ok") return;
        if (reach.value.tau !== "infinity" && compareWithRational(reach.value.tau, tau) <= 0) return;
        const paths = trajectories(law, QQ.mul(tau, parseRational("1/2")), QQ.mul(tau, parseRational("3/2")));
        const fresh = support(decompress(law, tau)).intervals.flatMap((v) => [v.left, v.right]);
        const found = paths.edgesAt(tau).map((edge) => edge.at);
        expect(found.map(algebraicToNumber)).toEqual(fresh.map(algebraicToNumber));
        const [sample] = paths.evaluate([
          algebraicToNumber({ minimalPolynomial: [-tau.num, tau.den], lower: tau, upper: tau }),
        ]);
        fresh.forEach((edge, k) => {
          const x = algebraicToNumber(edge);
          expect(Math.abs(sample!.edges[k]! - x)).toBeLessThan(1e-6 * (1 + Math.abs(x)));
        });
      }),
      { numRuns: runs },
    );
  });
});

describe("events", () => {
  test("come a times sooner after decompression by a", () => {
    fc.assert(
      fc.property(divisibleLaw, positiveText, (text, a) => {
        const law = lawOf(text);
        const by = parseRational(a);
        const here = events(law);
        const later = events(decompress(law, by));
        expect(later.map((event) => event.kinds)).toEqual(here.map((event) => event.kinds));
        here.forEach((event, k) => {
          const sooner = affineImage(event.at, QQ.inv(by), QQ.zero);
          expect(compareAlgebraic(later[k]!.at, sooner)).toBe(0);
          if (event.where !== undefined) expect(compareAlgebraic(later[k]!.where!, event.where)).toBe(0);
        });
      }),
      { numRuns: runs },
    );
  });

  test("bulks and isolated atoms never become fewer before the horizon", () => {
    fc.assert(
      fc.property(anyLaw, (text) => {
        const law = lawOf(text);
        const reach = horizon(law);
        if (reach.kind !== "ok") return;
        const end = reach.value.tau === "infinity" ? 10 : algebraicToNumber(reach.value.tau);
        const paths = trajectories(law, parseRational("1/100"), 12);
        const taus = Array.from({ length: 30 }, (_, k) => 0.011 * ((0.999 * end) / 0.011) ** (k / 29));
        const breaks = paths.events.map((event) => algebraicToNumber(event.at));
        const shapes = new Map<number, string>();
        let before = 0;
        for (const { tau, edges, atoms } of paths.evaluate(taus)) {
          // Between two events nothing changes; each critical time in between was decided on its own.
          const stretch = breaks.filter((t) => t < tau).length;
          const shape = `${edges.length} edges, atoms at ${atoms.map(({ at }) => at)}`;
          expect(shapes.get(stretch) ?? shape).toBe(shape);
          shapes.set(stretch, shape);
          const isolated = atoms.filter(({ at }) => edges.filter((edge) => edge < at).length % 2 === 0);
          const parts = edges.length / 2 + isolated.length;
          expect(parts).toBeGreaterThanOrEqual(before);
          before = parts;
          for (let k = 1; k < edges.length; k++) expect(edges[k]).toBeGreaterThan(edges[k - 1]!);
          for (const { weight } of atoms) expect(weight).toBeGreaterThan(0);
        }
      }),
      { numRuns: runs },
    );
  });
});
