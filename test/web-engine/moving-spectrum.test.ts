import { decompress, density, ensembles, parseLaw, parseRational } from "freecurve";
import { describe, expect, it } from "vitest";
import { unlimited } from "../../src/core/index.js";
import { frameAt, type MovingFrame, type MovingSpectrum } from "../../src/web/engine/moving-frame.js";
import { movingSpectrum } from "../../src/web/engine/moving-spectrum.js";

const context = { budget: unlimited, progress: () => {} };

function prepared(law: string, from = "1/16", to = "64"): MovingSpectrum {
  return movingSpectrum({ law, from, to }, context);
}

/** Size factors spread over the whole interval, none of them a row that was prepared. */
function sizes({ from, to }: MovingSpectrum, count: number): number[] {
  return Array.from({ length: count }, (_, k) => from * (to / from) ** ((k + 0.437) / count));
}

function frame(spectrum: MovingSpectrum, tau: number): MovingFrame {
  const found = frameAt(spectrum, tau);
  if (found === undefined) throw new Error(`there is no frame at ${tau}`);
  return found;
}

describe("a density that moves with the size factor", () => {
  it("is the semicircle of variance tau, and Marchenko and Pastur's of ratio c·tau, by their closed forms", () => {
    const semicircle = prepared("semicircle(1)");
    for (const tau of sizes(semicircle, 15)) {
      const { x, density: found, edges, sound } = frame(semicircle, tau);
      expect(sound).toBe(true);
      expect(edges[1]! / (2 * Math.sqrt(tau))).toBeCloseTo(1, 9);
      x.forEach((at, k) => {
        const expected = Math.sqrt(4 * tau - at * at) / (2 * Math.PI * tau);
        expect(Math.abs(found[k]! - expected) * Math.sqrt(tau)).toBeLessThan(1e-9);
      });
    }
    const mp = prepared("mp(1/50)");
    expect(mp.stretches).toHaveLength(2);
    for (const tau of sizes(mp, 20)) {
      const c = tau / 50;
      const { x, density: found, edges, atoms, mass } = frame(mp, tau);
      const [left, right] = [(1 - Math.sqrt(c)) ** 2, (1 + Math.sqrt(c)) ** 2];
      expect(Math.abs(edges[0]! - left)).toBeLessThan(1e-8 * right);
      expect(Math.abs(edges[1]! - right)).toBeLessThan(1e-8 * right);
      expect(atoms).toHaveLength(c > 1 ? 1 : 0);
      if (c > 1) expect(atoms[0]!.weight).toBeCloseTo(1 - 1 / c, 9);
      expect(mass).toBeCloseTo(1, 2);
      const nodes = Array.from(x.keys()).filter((k) => x[k]! > left && x[k]! < right);
      expect(nodes.length).toBeGreaterThan(150);
      for (const k of nodes) {
        const expected = Math.sqrt((x[k]! - left) * (right - x[k]!)) / (2 * Math.PI * c * x[k]!);
        expect(Math.abs(found[k]! - expected)).toBeLessThan(1e-6 * (1 + expected));
      }
    }
  });

  it("agrees with the certified density of the law decompressed by the kernel, through births and splits", () => {
    const texts = [
      "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])",
      "deformedWigner(2, [[-1, 1/2], [1, 1/2]])",
      "kestenMcKay(4)",
      "wignerPlusWishart(1/20, 1/2)",
    ];
    let compared = 0;
    for (const text of texts) {
      const spectrum = prepared(text);
      for (const tau of sizes(spectrum, 2)) {
        const size = Number(tau.toPrecision(3));
        const { x, density: found, sound } = frame(spectrum, size);
        expect(sound).toBe(true);
        const expected = density(decompress(parseLaw(text), parseRational(String(size))))(x);
        const height = Math.max(...expected.filter(Number.isFinite));
        x.forEach((_, k) => {
          expect(Math.abs(found[k]! - expected[k]!)).toBeLessThan(1e-5 * height + 1e-5 * expected[k]!);
          compared++;
        });
      }
    }
    expect(compared).toBeGreaterThan(1200);
  });

  it("keeps mass and mean, and multiplies the variance by tau, at every size and across every event", () => {
    for (const text of [
      "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])",
      "semicircle(1) [+] mp(1/2)",
      "arcsine(-1, 1)",
    ]) {
      const spectrum = prepared(text);
      for (const tau of sizes(spectrum, 12)) {
        const { x, density: found, edges, atoms } = frame(spectrum, tau);
        // By trapezes through the nodes and the edges: another rule than the one inside.
        let [mass, first, second] = [0, 0, 0];
        for (const { at, weight } of atoms) {
          mass += weight;
          first += weight * at;
          second += weight * at * at;
        }
        const nodes = spectrum.nodes;
        for (let bulk = 0; bulk < edges.length / 2; bulk++) {
          for (let k = 1; k < nodes; k++) {
            const [i, j] = [bulk * nodes + k - 1, bulk * nodes + k];
            const part = ((found[i]! + found[j]!) / 2) * (x[j]! - x[i]!);
            const middle = (x[i]! + x[j]!) / 2;
            mass += part;
            first += part * middle;
            second += part * middle * middle;
          }
        }
        const variance = spectrum.variance * tau;
        expect(Math.abs(mass - 1)).toBeLessThan(0.02);
        expect(Math.abs(first - spectrum.mean)).toBeLessThan(0.03 * (Math.sqrt(variance) + Math.abs(spectrum.mean)));
        expect(Math.abs(second - first * first - variance)).toBeLessThan(0.05 * (variance + first * first));
      }
    }
  });

  it("ends at the horizon, says nothing outside, and is plain data that can be sent to another thread", () => {
    const kesten = prepared("kestenMcKay(4)");
    expect(kesten.to).toBeCloseTo(4, 12);
    expect(frameAt(kesten, 4.01)).toBeUndefined();
    expect(frameAt(kesten, 1 / 17)).toBeUndefined();
    const copy = structuredClone(kesten);
    expect(frame(copy, 1.5).density).toEqual(frame(kesten, 1.5).density);
  });

  it("refuses a law with parameters", () => {
    expect(() => prepared("mp(c)")).toThrow(/parameter/);
    expect(ensembles.mp("c").parameters).toEqual(["c"]);
  });
});
