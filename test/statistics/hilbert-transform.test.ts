import { hilbertTransform, parseLaw } from "freecurve";
import { describe, expect, test } from "vitest";

describe("the Hilbert transform", () => {
  test.each([
    // Closed forms, inside the support and outside.
    ["semicircle(1)", (x: number) => (Math.abs(x) < 2 ? x : x - Math.sign(x) * Math.sqrt(x * x - 4)) / (2 * Math.PI)],
    ["arcsine(0, 1)", (x: number) => (x > 0 && x < 1 ? 0 : Math.sign(x) / (Math.PI * Math.sqrt(x * (x - 1))))],
    ["mp(1)", (x: number) => (x > 0 && x < 4 ? 1 / 2 : (1 - Math.sqrt(1 - 4 / x)) / 2) / Math.PI],
    ["atoms([[-1, 1/4], [2, 3/4]])", (x: number) => (1 / (4 * (x + 1)) + 3 / (4 * (x - 2))) / Math.PI],
  ])("of %s", (text, closed) => {
    const x = Float64Array.of(-5, -2.5, -0.75, 0.3, 0.9, 1.7, 3.2, 6);
    const values = hilbertTransform(parseLaw(text))(x);
    expect(values).toHaveLength(x.length);
    for (const [k, value] of values.entries()) expect(value, `at ${x[k]}`).toBeCloseTo(closed(x[k]!), 13);
  });

  test("has no value at an atom or an edge", () => {
    expect(hilbertTransform(parseLaw("atoms([[0, 1/2], [1, 1/2]])"))(Float64Array.of(0))[0]).toBeNaN();
    expect(hilbertTransform(parseLaw("mp(1)"))(Float64Array.of(0))[0]).toBeNaN();
  });
});
