import {
  algebraicToDecimal,
  decompress,
  ensembles,
  horizon,
  moments,
  orThrow,
  parseLaw,
  rationalFunctionToText,
  sample,
  support,
} from "freecurve";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/web/engine/answer.js";
import { compute } from "../../src/web/engine/compute.js";
import type { HandlerArguments, HandlerName, HandlerValue } from "../../src/web/engine/handlers.js";

/** The engine as a worker runs it, without a browser. */
async function ask<N extends HandlerName>(name: N, args: HandlerArguments<N>): Promise<Answer<HandlerValue<N>>> {
  const answer = await compute({ id: 1, name, args, seconds: 60 }, () => undefined);
  // What cannot be sent to a page would fail here.
  return structuredClone(answer) as Answer<HandlerValue<N>>;
}

async function answerTo<N extends HandlerName>(name: N, args: HandlerArguments<N>): Promise<HandlerValue<N>> {
  const answer = await ask(name, args);
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

describe("reading a law", () => {
  it("sets the parameters that are given, and finds values for the others", async () => {
    const { text, parameters } = await answerTo("readLaw", {
      expression: "mp(c) [+] semicircle(v)",
      parameters: { c: "0.25", unused: "7" },
    });
    expect(parameters.map(({ name, value }) => [name, value])).toEqual([
      ["c", "0.25"],
      ["v", "1/2"],
    ]);
    expect(parseLaw(text).curve).toEqual(parseLaw("mp(1/4) [+] semicircle(1/2)").curve);
  });

  it("finds values inside the domain", async () => {
    const first = async (expression: string): Promise<(readonly string[])[]> =>
      (await answerTo("readLaw", { expression, parameters: {} })).parameters.map(({ value, from, to, step }) => [
        value,
        from,
        to,
        step,
      ]);
    // d >= 2, 0 < c < 1, any a with b > -1, weights that sum to one, two numbers with a + b > 1.
    expect(await first("kestenMcKay(d)")).toEqual([["2", "2", "10", "1/25"]]);
    expect(await first("inverseMp(c)")).toEqual([["1/2", "1/200", "199/200", "1/200"]]);
    expect((await first("freeMeixner(a, b)"))[0]).toEqual(["1/2", "-4", "4", "1/25"]);
    expect(await first("atoms([[0, w], [1, 1 - w]])")).toEqual([["1/2", "1/200", "199/200", "1/200"]]);
    expect((await first("wachter(a, b)")).map(([value]) => value)).toEqual(["1/2", "1"]);
    expect(await first('curve("v*m^2 + z*m + 1")')).toHaveLength(1);
    expect(await first("semicircle(1) |> decompress(s)")).toEqual([["1/2", "1/50", "4", "1/50"]]);
  });

  it.each([
    ["mp(", 4, 1],
    ["mp(1) |> sqare()", 10, 5],
    ["mp(c) [+] semicircle(0)", 22, 1],
    ['curve("m^2 + * 1")', 14, 1],
  ] as const)("%s is a mistake at column %d", async (expression, column, length) => {
    const answer = await ask("readLaw", { expression, parameters: {} });
    expect(answer).toMatchObject({ ok: false, kind: "user", place: { line: 1, column, length } });
  });

  it("refuses values outside the domain with the place", async () => {
    const answer = await ask("readLaw", { expression: "semicircle(1) [+] mp(c)", parameters: { c: "-1" } });
    expect(answer).toMatchObject({ ok: false, kind: "user", place: { column: 22, length: 1 } });
  });
});

describe("the engine", () => {
  it("answers like the kernel", async () => {
    const text = "decompress(kestenMcKay(3), 2)";
    const law = decompress(ensembles.kestenMcKay(3), 2);
    const found = await answerTo("lawAnswers", { law: text });
    expect(found.moments).toEqual(moments(law, 4).map(rationalFunctionToText));
    if (found.spectrum.kind !== "spectrum") throw new Error("a spectrum");
    expect(found.spectrum.bulks.map(({ right }) => right.text)).toEqual(
      support(law).intervals.map(({ right }) => algebraicToDecimal(right, 10)),
    );
    const flow = await answerTo("flowFacts", { law: "kestenMcKay(3)" });
    expect(flow.horizon).toMatchObject({ kind: "finite", at: { text: "3", number: 3 } });
    expect(orThrow(horizon(ensembles.kestenMcKay(3))).reason).toBe(flow.horizon.reason);
  });

  it("says why a curve is no spectrum", async () => {
    const { spectrum } = await answerTo("lawAnswers", { law: "decompress(kestenMcKay(3), 4)" });
    expect(spectrum).toMatchObject({ kind: "none" });
    expect(spectrum.kind === "none" && spectrum.failed.join()).toContain("branch point at z = 0 + 4i");
  });

  it("draws the kink of a density at the horizon down to its bottom", async () => {
    const law = "decompress(deformedWigner(2, [[-1, 1/2], [1, 1/2]]), 9/8)";
    const { picture } = await answerTo("spectrumFacts", { law });
    const inside = Array.from(picture.density!).filter((_, k) => Math.abs(picture.x![k]!) < 1);
    // At x = 0 the curve is (27 m² + 4)² up to a factor.
    expect(Math.min(...inside)).toBeCloseTo(2 / (Math.PI * Math.sqrt(27)), 9);
  });

  it("reads a file and fits it", async () => {
    const values = sample(ensembles.mp("1/2"), 120, 3);
    const content = new TextEncoder().encode([...values].reverse().join("\n"));
    const read = await answerTo("readMeasured", { name: "a.txt", content });
    expect(read.eigenvalues).toEqual(Float64Array.from(values).sort());
    const fit = await answerTo("fitMeasured", { eigenvalues: read.eigenvalues, complex: false });
    expect(fit.verdict).toBe("good");
    const { intervals } = support(parseLaw(fit.law));
    expect(Number(algebraicToDecimal(intervals.at(-1)!.right, 6))).toBeCloseTo((1 + Math.SQRT1_2) ** 2, 0);
    expect(fit.picture?.density?.length).toBe(fit.picture?.x?.length);
  });

  it("stops at its time limit with a sentence for this place", async () => {
    const args = {
      expression: "silverstein(1/2, [[1, 1/3], [3, 1/3], [7, 1/3]]) [*] silverstein(1/3, [[1, 1/2], [4, 1/2]])",
      parameters: {},
    };
    const answer = await compute({ id: 1, name: "readLaw", args, seconds: 1e-3 }, () => undefined);
    expect(answer).toMatchObject({ ok: false, kind: "limit" });
    expect(answer.ok ? "" : answer.message).toMatch(/^the time limit of 0\.001 s was reached while [^`]*$/);
  });

  it("knows no other questions", async () => {
    for (const name of ["constructor", "__proto__", "eval"]) {
      expect(await compute({ id: 1, name, args: undefined, seconds: 1 }, () => undefined)).toMatchObject({
        ok: false,
        kind: "defect",
      });
    }
  });
});
