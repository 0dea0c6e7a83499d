import {
  createBudget,
  edgePolynomial,
  events,
  horizon,
  type Law,
  LimitError,
  parseLaw,
  type SpectralEvent,
} from "freecurve";
import { discriminant, parsePolynomial, squareFree, toText } from "freecurve/poly";
import { algebraicToDecimal, algebraicToNumber, realRoots } from "freecurve/roots";
import { describe, expect, test } from "vitest";
import { fromIntegerPoly } from "../../src/poly/index.js";

const short = (event: SpectralEvent): string => {
  const where = event.where === undefined ? "" : ` at ${algebraicToDecimal(event.where, 8)}`;
  return `${algebraicToDecimal(event.at, 8)} ${event.kinds.join("+")}${where}${event.physical ? "" : " elsewhere"}`;
};
const of = (text: string, options: Parameters<typeof events>[1] = {}): string[] =>
  events(parseLaw(text), options).map(short);

describe("events in the size factor", () => {
  test("of the compound free Poisson law are one cusp and the birth of its atom", () => {
    // tau: independent computation, SymPy and mpmath; x: the double root of the edge polynomial there, PARI/GP polroots.
    const found = events(parseLaw("compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])"));
    expect(found.map(short)).toEqual(["0.1 atom-born+edge-meets-atom at 0", "0.32229658 cusp-split at 1.2374136"]);
    const cusp = found[1]!;
    expect(toText(fromIntegerPoly(cusp.at.minimalPolynomial, "tau"))).toBe(
      "7529536000*tau^3 - 1947691200*tau^2 - 139420680*tau - 4826809",
    );
    expect(algebraicToDecimal(cusp.at, 30)).toBe("0.322296577659390738783493953352");
    expect(algebraicToDecimal(cusp.where!, 14)).toBe("1.2374136032676");
  });

  test("of Marchenko–Pastur: the edge touches 0 just when the atom is born there", () => {
    expect(of("mp(1/50)")).toEqual(["50 atom-born+edge-meets-atom at 0"]);
    expect(of("mp(3)")).toEqual(["0.33333333 atom-born+edge-meets-atom at 0"]);
    expect(of("freePoisson(2, 3)")).toEqual(["2 atom-born+edge-meets-atom at 0"]);
  });

  test("of laws without any", () => {
    expect(of("semicircle(3)")).toEqual([]);
    expect(of("atoms([[3, 1]])")).toEqual([]);
    expect(of("inverseMp(1/2)")).toEqual([]);
  });

  test("an atom that is born in the middle of a bulk meets no edge", () => {
    // The rank of X S X* with more rows than columns: a compound free Poisson law of rate 2/tau with jumps on both sides of 0.
    expect(of("semicircle(1) [*] mp(1/2)")).toEqual(["2 atom-born at 0"]);
  });

  test("at the horizon", () => {
    expect(of("kestenMcKay(4)")).toEqual([
      "2 atom-born+edge-meets-atom at -4",
      "2 atom-born+edge-meets-atom at 4",
      "4 bulk-vanishes at 0",
    ]);
    // Two atoms are all that is left at tau = a + b.
    expect(of("wachter(3, 2)")).toEqual([
      "2 atom-born+edge-meets-atom at 1",
      "3 atom-born+edge-meets-atom at 0",
      "5 bulk-vanishes at 0.4",
    ]);
    expect(of("arcsine(0, 1)").at(-1)).toBe("2 bulk-vanishes at 0.5");
    expect(of("freeMeixner(1, -1/2)").at(-1)).toBe("2 bulk-vanishes at 2");
    // (1 + 2)²/(4·2) = 9/8.
    expect(of("deformedWigner(2, [[-1, 1/2], [1, 1/2]])")).toEqual(["1.125 acnode at 0"]);
  });

  test("branch points inside of a bulk leave the axis for the upper half-plane at tau = 1, the edges of the bulk do not", () => {
    // The edge (1 − √½)² of the one and the edge 2 of the other are inside of [−2, (1 + √½)²].
    expect(of("mix(1/3, mp(1/2), semicircle(1))")).toEqual(["1 acnode at 0.085786438", "1 acnode at 2"]);
  });

  test("a law whose transform vanishes in a gap loses a bulk of its corners there", () => {
    expect(of("atoms([[0, 1/3], [1, 2/3]])")).toEqual([
      "0.33333333 atom-born+edge-meets-atom at 1",
      "0.66666667 atom-born+edge-meets-atom at 0",
      "1 bulk-vanishes at 0.33333333",
    ]);
    expect(of("deformedWigner(1/4, [[-1, 1/2], [1, 1/2]])")).toEqual([
      "0.90997039 cusp-split at -0.46842246",
      "0.90997039 cusp-split at 0.46842246",
      "1 bulk-vanishes at 0",
    ]);
  });

  test("off the physical sheet only when asked", () => {
    expect(of("fussCatalan(3)")).toEqual(["1 atom-born+edge-meets-atom at 0"]);
    expect(of("fussCatalan(3)", { all: true })).toEqual([
      "1 atom-born+edge-meets-atom at 0",
      "9 edge-meets-atom at 0 elsewhere",
    ]);
    expect(of("bures()", { all: true })).toContain("2 bulk-vanishes at -1 elsewhere");
  });

  test("cusps are among the cubed factors of the discriminant of the edge polynomial", () => {
    const law = parseLaw("freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])");
    const cubed = squareFree(discriminant(edgePolynomial(law).polynomial, "z")).filter((f) => f.multiplicity === 3);
    const times = cubed.flatMap((f) => realRoots(f.factor)).map(({ root }) => algebraicToDecimal(root, 12));
    const found = events(law).filter((event) => event.kind === "cusp-split");
    expect(found).toHaveLength(2);
    for (const event of found) expect(times).toContain(algebraicToDecimal(event.at, 12));
  });

  test("cusps are the flexes of the base curve", () => {
    // With zeta = R(−y) − 1/y, R(s) = v s + λ Σ w t/(1 − t s), the edges are at tau = y² (v + λ Σ w t²/(1 + t y)²), and the flexes where
    // v + λ Σ w t²/(1 + t y)³ = 0.
    const flexes = realRoots(
      parsePolynomial("4/25*(1+2*y)^3*(1+11/2*y)^3 + 1/10*(3*(1+11/2*y)^3 + 121/16*(1+2*y)^3)"),
    ).map(({ root }) => algebraicToNumber(root));
    const times = flexes.map((y) => y * y * (4 / 25 + 0.1 * (3 / (1 + 2 * y) ** 2 + 7.5625 / (1 + 5.5 * y) ** 2)));
    const found = events(parseLaw("freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])"));
    expect(found.map((event) => event.kind)).toEqual(["cusp-split", "cusp-split"]);
    expect(times).toHaveLength(2);
    times
      .sort((p, q) => p - q)
      .forEach((time, k) => {
        expect(algebraicToNumber(found[k]!.at)).toBeCloseTo(time, 12);
      });
  });

  test("the last one is at the horizon", () => {
    for (const text of ["silverstein(1/2, [[1, 1/2], [10, 1/2]])", "kestenMcKay(4) [+] mp(1/2)"]) {
      const law = parseLaw(text);
      const reach = horizon(law);
      if (reach.kind !== "ok" || reach.value.tau === "infinity") throw new Error("a finite horizon was expected");
      expect(algebraicToDecimal(events(law).at(-1)!.at, 20)).toBe(algebraicToDecimal(reach.value.tau, 20));
    }
  });
});

describe("events in another parameter", () => {
  test("the phase transitions of a law", () => {
    expect(of("mp(c)", { in: "c" })).toEqual(["0 bulk-appears at 1", "1 atom-born+edge-meets-atom at 0"]);
    // One bulk for v ≥ a², two below.
    expect(of("deformedWigner(v, [[-1, 1/2], [1, 1/2]])", { in: "v" })).toContain("1 cusp-merge at 0");
    expect(of("freeMeixner(1, b)", { in: "b" })).toEqual([
      "-1 bulk-appears at 1",
      "-0.75 atom-absorbed+edge-meets-atom at 2",
      "0 atom-absorbed+edge-meets-atom at -1",
    ]);
  });

  test("the size factor as a parameter gives the events in the size factor", () => {
    const text = "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])";
    const found = of(`decompress(${text}, s)`, { in: "s" });
    for (const event of of(text)) expect(found).toContain(event);
  });

  test("a mixture ends at the weights 0 and 1, beyond which its density is negative", () => {
    // On (2, (1 + √½)²] only the first of the two has a density, on [−2, 0) only the second.
    expect(of("mix(w, mp(1/2), semicircle(1))", { in: "w" })).toEqual(["0 spectrum-begins", "1 spectrum-ends"]);
    expect(of("mix(w, semicircle(1), semicircle(1) |> shift(5))", { in: "w" })).toEqual([
      "0 spectrum-begins",
      "1 spectrum-ends",
    ]);
    // At 0 the densities are 1/π and 1/(2π): w + (1 − w)/2 = 0 for w = −1; beyond 2 there is the second one alone.
    expect(of("mix(w, semicircle(1), semicircle(4))", { in: "w" })).toEqual(["-1 spectrum-begins", "1 spectrum-ends"]);
  });

  test("an atom of a mixture has no negative weight", () => {
    for (const text of ["atoms([[0, w], [1, 1 - w]])", "mix(w, atoms([[3, 1]]), mp(1/2))"]) {
      expect(of(text, { in: "w" })).toEqual(["0 spectrum-begins", "1 spectrum-ends"]);
    }
  });

  test("all of a law comes to one point", () => {
    // a X is 0 at a = 0; the Wishart matrix of a population a·1, too; the arcsine law between 0 and a.
    for (const text of ["mp(1/2) |> scale(a)", "mp(2) |> scale(a)", "silverstein(1/2, [[a, 1]])", "arcsine(0, a)"]) {
      expect(of(text, { in: "a" })).toEqual(["0 spectrum-collapses at 0"]);
    }
    expect(of("deformedWigner(1/10, [[-1, 1/2], [1, 1/2]]) |> scale(a) |> shift(3)", { in: "a" })).toEqual([
      "0 spectrum-collapses at 3",
    ]);
    expect(of("atoms([[a, 1/2], [1, 1/2]])", { in: "a" })).toEqual(["1 spectrum-collapses at 1"]);
    // On one side alone: X X* of few columns is near to the identity, and there is no negative aspect ratio.
    expect(of("mp(c) |> scale(2)", { in: "c" })[0]).toBe("0 bulk-appears at 2");
  });

  test("some of a law closes at a point and opens again", () => {
    // Half of the population is 0 at a = 0: so is half of the spectrum.
    const found = of("silverstein(1/2, [[a, 1/2], [1, 1/2]])", { in: "a" });
    expect(found[0]).toBe("0 bulk-vanishes+bulk-appears at 0");
    // Two bulks where (1 + s²)² > 1, for every s but 0.
    expect(of("deformedWigner(1, [[-1 - s^2, 1/2], [1 + s^2, 1/2]])", { in: "s" })).toEqual([
      "0 cusp-merge+cusp-split at 0",
    ]);
  });

  test("atoms that pass each other, or the edge of a bulk", () => {
    expect(of("atoms([[a, 1/3], [1, 1/3], [5, 1/3]])", { in: "a" })).toEqual([
      "1 atoms-meet at 1",
      "5 atoms-meet at 5",
    ]);
    // (1 ± √½)².
    expect(of("mix(1/2, atoms([[a, 1]]), mp(1/2))", { in: "a" })).toEqual([
      "0.085786438 edge-meets-atom at 0.085786438",
      "2.9142136 edge-meets-atom at 2.9142136",
    ]);
  });

  test("a law that goes to infinity and comes back from there", () => {
    expect(of("mp(1/2) |> scale(1/a)", { in: "a" })).toEqual(["0 spectrum-ends+spectrum-begins"]);
    expect(of("atoms([[1/a, 1/2], [0, 1/2]])", { in: "a" })).toEqual(["0 spectrum-ends+spectrum-begins"]);
    // The other half stays; the bulk that leaves takes ((1 + √½)/(1 − √½))^(±2) = (3 ± 2√2)² to be clear of it.
    expect(of("mix(1/2, mp(1/2), mp(1/2) |> scale(1/a))", { in: "a" })).toEqual([
      "0 spectrum-ends+spectrum-begins",
      "0.029437252 cusp-merge at 2.9142136",
      "33.970563 cusp-split at 0.085786438",
    ]);
  });

  test("what cannot be answered is said", () => {
    const law = (text: string): Law => parseLaw(text);
    expect(() => events(law("mp(c)"))).toThrow("needs numbers");
    expect(() => events(law("mp(c)"), { in: "q" })).toThrow("no parameter q; it has c");
    expect(() => events(law("freeMeixner(a, b)"), { in: "a" })).toThrow("other parameters b");
    expect(() => events(law("mp(1/3)"), {}, createBudget({ limit: 2 }))).toThrow(LimitError);
  });
});
