import { atoms, density, distribution, moments, parseLaw, quantiles, support } from "freecurve";
import { constantValue, degree } from "freecurve/poly";
import { algebraicToNumber } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { type ArgumentValue, catalogue } from "../../src/ensembles/index.js";
import { rationalToNumber } from "../../src/rings/index.js";
import { doubleExponential } from "./plain-numbers.js";

const numbers = (text: string, n: number): number[] =>
  moments(parseLaw(text), n).map(
    (mu) => rationalToNumber(constantValue(mu.numerator)) / rationalToNumber(constantValue(mu.denominator)),
  );

describe("mass and moments by quadrature of the density", () => {
  test.each([
    "mp(1)",
    "mp(3)",
    "semicircle(1) [+] mp(1/2)",
    "fussCatalan(2)",
    "fussCatalan(3)",
    "bures()",
    "deformedWigner(1, [[-1, 1/2], [1, 1/2]])",
    "deformedWigner(1/4, [[0, 1/3], [1, 2/3]])",
    "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])",
    "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]]) |> decompress(6)",
    "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]]) |> decompress(1/10)",
    "freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])",
    "freePoisson(1/3, -2)",
    "mp(1/50) |> decompress(80)",
    "freeMeixner(3, 1)",
    "wachter(1/2, 3/4)",
    "kestenMcKay(5/2) |> decompress(2)",
    "inverseMp(1/4)",
    "silverstein(1/2, [[1, 1/2], [3, 1/2]])",
    "mp(1/2) [*] mp(1/4)",
    "semicircle(1) [*] mp(1/2)",
    "atoms([[0, 1/2], [1, 1/2]]) [+] atoms([[0, 1/3], [1, 2/3]])",
  ])("of %s", (text) => {
    const law = parseLaw(text);
    const evaluate = density(law);
    const rho = (x: number): number => evaluate(Float64Array.of(x))[0]!;
    const { intervals, cusps } = support(law);
    const masses = atoms(law);
    const expected = [1, ...numbers(text, 6)];
    const scale = Math.max(
      ...intervals.flatMap(({ left, right }) => [left, right].map((edge) => Math.abs(algebraicToNumber(edge)))),
    );
    expected.forEach((moment, k) => {
      let value = 0;
      for (const interval of intervals) {
        const [a, b] = [interval.left, interval.right].map(algebraicToNumber) as [number, number];
        const breaks = [a, ...cusps.map(algebraicToNumber).filter((x) => x > a && x < b), (a + b) / 2, b];
        const ends = [...new Set(breaks)].sort((x, y) => x - y);
        for (let j = 0; j + 1 < ends.length; j++) {
          value += doubleExponential((x) => x ** k * rho(x), ends[j]!, ends[j + 1]!);
        }
      }
      for (const { at, weight } of masses) value += algebraicToNumber(weight) * algebraicToNumber(at) ** k;
      expect(Math.abs(value - moment)).toBeLessThan(1e-10 * Math.max(1, scale ** k));
    });
    const interpolated = intervals.reduce((sum, { mass }) => sum + mass, 0);
    const atomic = masses.reduce((sum, { weight }) => sum + algebraicToNumber(weight), 0);
    expect(interpolated + atomic).toBeCloseTo(1, 12);
  });
});

describe("closed forms of the catalogue", () => {
  const text = (name: string, values: readonly ArgumentValue[]): string =>
    `${name}(${JSON.stringify(values).slice(1, -1).replaceAll('"', "")})`;

  test.each(
    (
      [
        ["semicircle", ["2/3"]],
        ["mp", ["1/2"]],
        ["mp", [3]],
        ["freePoisson", ["5/2", -2]],
        ["freePoisson", ["1/3", 2]],
        ["arcsine", [-1, 3]],
        ["kestenMcKay", ["7/2"]],
        ["wachter", [2, "3/2"]],
        ["wachter", ["1/2", "3/4"]],
        ["freeMeixner", [0, 0]],
        ["freeMeixner", ["1/2", "-1/2"]],
        ["freeMeixner", [3, 1]],
        ["freeMeixner", ["1/2", "-9/10"]],
        ["inverseMp", ["1/4"]],
        ["fussCatalan", [2]],
        ["fussCatalan", [3]],
        ["bures", []],
      ] as [string, ArgumentValue[]][]
    ).map(([name, values]) => [text(name, values), name, values] as const),
  )("%s: edges, atoms and density", (input, name, values) => {
    const law = parseLaw(input);
    const forms = catalogue.find((entry) => entry.name === name)!.closedForms(...values);
    const found = support(law);
    const edges = found.intervals.flatMap(({ left, right }) => [left, right].map(algebraicToNumber));
    const expected = forms.edges!();
    expect(edges).toHaveLength(expected.length);
    for (const [k, edge] of edges.entries()) expect(edge).toBeCloseTo(expected[k]!, 13);
    const points = forms.atoms?.() ?? [];
    expect(found.atoms).toHaveLength(points.length);
    found.atoms.forEach(({ at, weight }, k) => {
      expect(algebraicToNumber(at)).toBeCloseTo(points[k]!.at, 13);
      expect(algebraicToNumber(weight)).toBeCloseTo(points[k]!.weight, 13);
    });
    const exact = forms.density!();
    const [a, b] = [edges[0]!, edges.at(-1)!];
    const x = Float64Array.from({ length: 201 }, (_, k) => a + ((k + 0.5) / 201) * (b - a));
    for (const [k, value] of density(law)(x).entries()) {
      expect(Math.abs(value / exact(x[k]!) - 1)).toBeLessThan(1e-11);
    }
  });
});

describe("the distribution function and its inverse", () => {
  test("of the semicircle law in closed form", () => {
    const { cumulative, quantile, mass } = distribution(parseLaw("semicircle(1)"));
    const exact = (x: number): number => 0.5 + (x * Math.sqrt(4 - x * x)) / (4 * Math.PI) + Math.asin(x / 2) / Math.PI;
    expect(mass).toBeCloseTo(1, 14);
    for (const x of [-1.999, -1, -0.1, 0, 0.3, 1.7, 1.99999]) {
      expect(cumulative(x)).toBeCloseTo(exact(x), 13);
      expect(quantile(exact(x))).toBeCloseTo(x, 9);
    }
    expect([cumulative(-2), cumulative(-3), cumulative(5)]).toEqual([0, 0, expect.closeTo(1, 14)]);
  });

  test("of the arcsine law: quantiles are cosines", () => {
    const values = quantiles(parseLaw("arcsine(-1, 1)"), 50);
    for (const [i, x] of values.entries()) expect(x).toBeCloseTo(-Math.cos(Math.PI * ((i + 0.5) / 50)), 12);
  });

  test("jumps at atoms: MP(4) has three quarters of its quantiles at 0", () => {
    const law = parseLaw("mp(4)");
    const { cumulative } = distribution(law);
    expect([cumulative(-1e-9), cumulative(0), cumulative(0.999), cumulative(9)]).toEqual([
      0,
      0.75,
      0.75,
      expect.closeTo(1, 13),
    ]);
    const values = quantiles(law, 100);
    expect(values.filter((x) => x === 0)).toHaveLength(75);
    expect(values.every((x, k) => k === 0 || x >= values[k - 1]!)).toBe(true);
    expect(values[75]!).toBeGreaterThan(1);
    expect(values[99]!).toBeLessThan(9);
  });

  test("atoms alone, and atoms between bulks", () => {
    expect(Array.from(quantiles(parseLaw("atoms([[-1, 1/4], [2, 3/4]])"), 8))).toEqual([-1, -1, 2, 2, 2, 2, 2, 2]);
    const sum = quantiles(parseLaw("atoms([[0, 1/2], [1, 1/2]]) [+] atoms([[0, 1/3], [1, 2/3]])"), 600);
    // Bulk 1/3, atom 1/6 at 1, bulk 1/3, atom 1/6 at 2.
    expect(sum.slice(200, 300).every((x) => x === 1)).toBe(true);
    expect(sum.slice(500).every((x) => x === 2)).toBe(true);
    expect([sum[199]! < 1, sum[300]! > 1, sum[499]! < 2]).toEqual([true, true, true]);
  });

  test.each([
    [0, /positive integer/],
    [2.5, /positive integer/],
  ])("quantiles(law, %d) is refused", (count, sentence) => {
    expect(() => quantiles(parseLaw("mp(1)"), count)).toThrow(sentence);
  });

  test("a quantile needs a share between 0 and 1", () => {
    const { quantile } = distribution(parseLaw("mp(1)"));
    for (const p of [0, 1, -0.5, Number.NaN]) expect(() => quantile(p)).toThrow(/0 < p < 1/);
  });
});

test("the degrees that the reference states: a flow adds at most deg_z to deg_m", () => {
  const law = parseLaw("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])");
  const moved = parseLaw("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]]) |> decompress(t)");
  expect([degree(law.curve, "z"), degree(law.curve, "m")]).toEqual([2, 3]);
  expect([degree(moved.curve, "z"), degree(moved.curve, "m")]).toEqual([2, 4]);
});
