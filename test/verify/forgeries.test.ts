import {
  BudgetError,
  type Certificate,
  certify,
  parseLaw,
  type Question,
  rational,
  verifyCertificate,
} from "freecurve";
import { describe, expect, test } from "vitest";
import { withDigest } from "../../src/certificate/index.js";
import { unlimited } from "../../src/core/index.js";
import { factor, type Polynomial, parsePolynomial, resultant, toText } from "../../src/poly/index.js";
import { equationsOf, limited, type Poly, polyOf, shownBy } from "../../src/verify/index.js";

type AnyStep = Record<string, unknown>;
type FactorText = readonly [polynomial: string, power: string, witness: string, crossings: readonly string[]];

interface Forgery {
  readonly law?: string;
  readonly question?: Question;
  readonly digits?: string;
  readonly steps?: readonly AnyStep[];
}

/** With other parts, the answer that the checker itself finds in the steps, where it finds one, and the digest that belongs to it. */
function forged({ digest: _, ...body }: Certificate, change: Forgery): Certificate {
  const changed = { ...body, ...change } as Omit<Certificate, "digest">;
  try {
    return withDigest({ ...changed, answer: limited(unlimited, () => shownBy(changed, Number(changed.digits))).shown });
  } catch {
    return withDigest(changed);
  }
}

function expectRefuted(certificate: Certificate, reason: RegExp): void {
  const { verdict, reason: said, verified } = verifyCertificate(JSON.parse(JSON.stringify(certificate)));
  expect([verdict, verified]).toEqual(["refuted", []]);
  expect(said).toMatch(reason);
}

const expectNotVerified = (certificate: Certificate): void =>
  expect(verifyCertificate(certificate).verdict).not.toBe("verified");

/** A certificate with one kind of its steps changed. */
const withStep = (certificate: Certificate, kind: string, change: (step: AnyStep) => AnyStep): Certificate =>
  forged(certificate, { steps: certificate.steps.map((step) => (step.kind === kind ? change({ ...step }) : step)) });

/** A polynomial of the checker as one of the engine, its unknown with another name. */
const fromChecker = (p: Poly): Polynomial =>
  parsePolynomial(
    [...p].map(([key, c]) => [`(${c})`, ...(key.replaceAll("$t", "t_").match(/\S+/g) ?? [])].join("*")).join("+"),
  );

/** A product as the one polynomial text that a certificate may hold. */
const expanded = (text: string): string => toText(parsePolynomial(text));

const supportOf = (text: string): Certificate => certify(parseLaw(text), "support");
const definition = (law: string, curve: string): AnyStep => ({ kind: "definition", law, curve });
const operation = (name: string, factors: readonly unknown[], chosen = "0"): AnyStep => ({
  ...{ kind: "operation", operation: name, of: ["0", "1"], scalars: [], factors, chosen },
});
/** The discs of a step, each as numbers: the one before it, its chart, the count, z and y (re and im), reach and radius. */
const discsOf = (step: AnyStep): bigint[][] => (step.discs as string[]).map((disc) => disc.split(" ").map(BigInt));
const withDiscs = (step: AnyStep, discs: readonly (readonly bigint[])[]): AnyStep => ({
  ...step,
  discs: discs.map((disc) => disc.join(" ")),
});
const factorsOf = (step: AnyStep): readonly FactorText[] => step.factors as readonly FactorText[];

const semicircle = supportOf("semicircle(1)");
const mp = supportOf("mp(2)");

describe("texts of laws", () => {
  const curveOf = (law: string, curve: string): Certificate =>
    forged(semicircle, { law, question: "curve", steps: [definition(law, curve)] });

  test("arguments that would be more than numbers and names", () => {
    expectRefuted(curveOf("mp(1/2)+0*(1)", "m^2*z + 2*m*z - m + 2"), /another one|cannot be read/);
    expectRefuted(curveOf("semicircle(1);1)", "m^2 + z*m + 1"), /cannot be read/);
    expectRefuted(curveOf("semicircle(1) |> shift(2)", "m^2 + z*m + 1"), /cannot be read/);
    expectNotVerified(curveOf("semicircle(1) [+] mp(1/2)", "m^2 + z*m + 1"));
    expectNotVerified(curveOf('semicircle("1")', "m^2 + z*m + 1"));
  });

  test("numbers that are read in two ways", () => {
    for (const p of ["0x2", "2e0", "4/2", "2.0", "1_0", "-2"])
      expectNotVerified(curveOf(`fussCatalan(${p})`, "z^2*m^3 - z*m - 1"));
  });
});

describe("eliminations", () => {
  const sum = certify(parseLaw("freeSum(semicircle(1), mp(1/2))"), "curve");
  const step = sum.steps.at(-1) as AnyStep;
  const factors = step.factors as readonly (readonly [string, string])[];
  const withFactors = (...changed: readonly unknown[]): Certificate =>
    withStep(sum, "operation", (old) => ({ ...old, factors: changed }));

  test("a factor that vanishes at every place where the resultant is compared, or has the unknown that is eliminated", () => {
    // 31 consecutive integers are more than the grid has.
    const everywhere = Array.from({ length: 31 }, (_, k) => `(z - ${k} + 15)`).join("*");
    expectRefuted(withFactors(...factors, [everywhere, "1"]), /multiplied out/);
    expectRefuted(withFactors(...factors, [expanded(everywhere), "1"]), /higher degree|not the product/);
    expectRefuted(withFactors(...factors, ["t + 1", "1"]), /higher degree|not the product/);
    expectRefuted(withFactors(...factors, ["$t + 1", "1"]), /a character/);
    expectRefuted(withFactors(...factors, ["m", "1"]), /higher degree|not the product/);
    expectRefuted(withFactors(...factors, ["0", "1"]), /not the product/);
  });

  test("two laws in place of one: the factor that is chosen belongs to others", () => {
    const other = certify(parseLaw("freeSum(semicircle(1), mp(1/3))"), "curve").steps.at(-1) as AnyStep;
    expectRefuted(
      withStep(sum, "operation", () => other),
      /not the product/,
    );
    expectRefuted(
      withStep(sum, "operation", (old) => ({ ...old, of: ["1", "1"] })),
      /not the product|higher degree/,
    );
    expectRefuted(
      withStep(sum, "operation", (old) => ({ ...old, of: ["0", "2"] })),
      /does not come before/,
    );
  });

  test("a point mass at 0 as the free product of two laws that are none", () => {
    const product = certify(parseLaw("semicircle(1) [*] mp(1/2)"), "curve");
    const all = (product.steps.at(-1) as AnyStep).factors as readonly (readonly [string, string])[];
    const chosen = String(all.findIndex(([text]) => text === "m*z + 1"));
    expectRefuted(
      forged(product, { steps: [...product.steps.slice(0, 2), operation("freeProduct", all, chosen)] }),
      /not that of the chosen factor alone/,
    );
  });
});

describe("critical points", () => {
  const product = certify(parseLaw("semicircle(1) [*] mp(1/2)"), "branch-points");

  test("a factor that divides the leading coefficient in part, and one that is given twice", () => {
    const merged = withStep(mp, "sheet", (step) => {
      const [a, b] = factorsOf(step);
      return { ...step, factors: [[expanded(`(${a![0]})*(${b![0]})`), "1", "", []]] };
    });
    expectRefuted(merged, /in part only|resultant|higher degree/);
    const twice = withStep(mp, "sheet", (step) => {
      const [z] = factorsOf(step).filter(([text]) => text === "z");
      const others = factorsOf(step).filter((factor) => factor !== z);
      return { ...step, factors: [...others, [z![0], "1", "", []], [z![0], String(Number(z![1]) - 1), "", []]] };
    });
    expectRefuted(twice, /resultant|higher degree|in part only|holds no root|not all of them|from 1 to 20000/);
  });

  test("an interval with two roots, one whose ends are not those of a sign change, and a root that is given twice", () => {
    const changed = (change: (real: readonly (readonly string[])[]) => unknown): Certificate =>
      withStep(mp, "sheet", (step) => ({ ...step, real: change(step.real as readonly (readonly string[])[]) }));
    const both = (real: readonly (readonly string[])[]): unknown => [real[0], [real[1]![0], "1/10", "8"], real[2]];
    expectRefuted(changed(both), /holds no root|ascending/);
    expectRefuted(
      changed((real) => [real[0], real[1], real[1]]),
      /ascending/,
    );
    expectRefuted(
      changed((real) => [[real[1]![0], "-1", "0"], real[1], real[2]]),
      /holds no root/,
    );
    expectRefuted(
      changed((real) => real.toReversed()),
      /ascending/,
    );
  });

  test("a disc of a critical point: without one, with its conjugate, of another factor, twice", () => {
    const certificate = supportOf("silverstein(1/2, [[1, 1/2], [3, 1/2]])");
    const [[index, re, im, radius]] = ((certificate.steps.at(-1) as AnyStep).upper as string[]).map((text) =>
      text.split(" ").map(BigInt),
    ) as [[bigint, bigint, bigint, bigint]];
    const upper = (...points: readonly (readonly bigint[])[]): Certificate =>
      withStep(certificate, "sheet", (step) => ({ ...step, upper: points.map((point) => point.join(" ")) }));
    expectRefuted(upper([index, re, im + 4n * radius, radius]), /hold one critical point/);
    expectRefuted(upper([index, re, -im, radius]), /not in the upper half-plane/);
    expectRefuted(upper([index, re, im, im]), /not in the upper half-plane/);
    expectRefuted(upper([index + 7n, re, im, radius]), /not in the upper half-plane/);
    expectRefuted(upper([index, re, im, radius], [index, re, im, radius]), /overlap/);
  });

  test.each([1, 2, 3])("one crossing that is told by two values which agree at the place: %i", (beyond) => {
    const again = withStep(product, "sheet", (step) => {
      const charts = step.charts as readonly (readonly string[])[];
      const zero = String(1 + charts.findIndex(([h, g]) => h === "z" && g === "0"));
      const added = [...charts, ["z", "z"], ["z", "z^2"], ["2*z", "0"]];
      const crossings = [zero, String(charts.length + beyond)];
      const factors = factorsOf(step).map((factor) => (factor[0] === "z" ? factor.with(3, crossings) : factor));
      return { ...step, charts: added, factors };
    });
    expectRefuted(again, /a crossing is none/);
  });

  test.each(["3 2", "-1 1", "2 1", "8 7", "3 0", "3 -2"])(
    "a product of two as irreducible, by the witness %s",
    (witness) => {
      const arcsine = supportOf("arcsine(0, 1)");
      // z and z - 1 divide everything equally often: as one factor they are refused for nothing but the witness.
      const merged = (own: string): Certificate =>
        withStep(arcsine, "sheet", (step) => ({
          ...step,
          factors: [["z^2 - z", factorsOf(step)[0]![1], own, []]],
          real: [
            ["0", "-1/100000000000000000000", "1/100000000000000000000"],
            ["0", "99999999999999999999/100000000000000000000", "100000000000000000001/100000000000000000000"],
          ],
        }));
      expectRefuted(merged(witness), /not shown irreducible/);
      expect(verifyCertificate(merged("")).reason).not.toMatch(/irreducible|resultant/);
    },
  );
});

describe("chains of discs", () => {
  const sheet = mp.steps.at(-1) as AnyStep;
  const discs = discsOf(sheet);
  const unit = 1n << BigInt(sheet.bits as string);
  const changed = (all: readonly (readonly bigint[])[]): Certificate =>
    withStep(mp, "sheet", (step) => withDiscs(step, all));

  test("the physical sheet of another law, and that of the same law at another scale", () => {
    for (const other of ["mp(1/2)", "semicircle(2)", "shift(semicircle(1), 1)"])
      expectRefuted(
        forged(mp, {
          steps: [
            mp.steps[0]!,
            ...supportOf(other)
              .steps.slice(-1)
              .map((step) => ({ ...step, of: "0" })),
          ],
        }),
        /branch|resultant|holds as many|hold as many|hold the sheet/,
      );
    const doubled = { ...sheet, bits: String(Number(sheet.bits) - 1) };
    expectRefuted(forged(mp, { steps: [mp.steps[0]!, doubled] }), /hold as many sheets/);
  });

  test("a real value where the density is positive, and one of the lower half-plane", () => {
    const inside = discs.findLastIndex(([, chart, , x, im]) => chart === 0n && im === 0n && x! > unit / 5n);
    expect(discs[inside]![6]! > 0n).toBe(true);
    const real = discs.map((disc, k) => (k === inside ? disc.with(6, 0n).with(8, disc[8]! + disc[6]!) : disc));
    expectRefuted(changed(real), /hold as many sheets/);
    const below = discs.map((disc, k) => (k === inside ? disc.with(6, -disc[6]!) : disc));
    expectRefuted(changed(below), /hold the sheet of the one before/);
  });

  test("a chain through the lower half-plane, from a disc with several sheets, and from one in another coordinate", () => {
    const [first] = discs as [bigint[]];
    const at = BigInt(discs.length);
    const under = [...discs, first.with(0, 0n).with(4, -unit), [at, ...first.slice(1)]];
    expectRefuted(changed(under), /not in the upper half-plane/);
    const pole = discs.findIndex(([, chart]) => chart === 1n);
    expect(pole).toBeGreaterThan(0);
    const from = [...discs, [BigInt(pole), 0n, 1n, ...discs[pole]!.slice(3)]];
    expectRefuted(changed(from), /another coordinate|hold as many sheets/);
    const both = discs.map((disc, k) => (k === 1 ? disc.with(2, 2n).with(8, 64n * unit) : disc));
    expectRefuted(changed(both), /hold as many sheets|with several sheets|hold the sheet/);
  });

  test("a disc over an atom that keeps away from it, and weights that are other roots of the equation", () => {
    const pole = discs.findIndex(([, chart]) => chart === 1n);
    const moved = discs.map((disc, k) => (k === pole ? disc.with(5, -disc[5]!) : disc));
    expectRefuted(changed(moved), /hold as many sheets|hold the sheet/);
    const weights = (...own: readonly unknown[]): Certificate =>
      withStep(mp, "sheet", (step) => ({ ...step, weights: own }));
    // 0 is the other root: the other sheet is finite there.
    for (const [text, value] of [
      ["x", "0"],
      ["x - 1", "1"],
      ["2*x + 1", "-1/2"],
    ] as const)
      expectRefuted(weights(["0", text, "", ["0", value, value]]), /not in the disc|does not divide/);
    expectRefuted(weights(["0", "2*x^2 - x", "", ["0", "-1/4", "1/4"]]), /not in the disc/);
  });
});

describe("digits", () => {
  test("more digits than the discs show are none, and what is none is named", () => {
    const density = certify(parseLaw("semicircle(1)"), "density", { at: [rational(1, 3)], digits: 12 });
    const { digest: _, ...body } = density;
    expectRefuted(withDigest({ ...body, digits: "60" }), /the answer/);
    const { verdict, notCovered } = verifyCertificate(forged(density, { digits: "60" }));
    expect([verdict, notCovered[0]]).toEqual(["verified", "the answer, density, 1"]);
    expectRefuted(forged(density, { digits: "0" }), /digits/);
    expectRefuted(forged(density, { digits: "1001" }), /digits/);
  });
});

describe("histories", () => {
  const arcsine = certify(parseLaw("arcsine(0, 1)"), "events");
  const onHistory = (certificate: Certificate, change: (step: AnyStep) => AnyStep): Certificate =>
    withStep(certificate, "history", change);
  const samplesOf = (step: AnyStep): readonly (readonly string[])[] => step.samples as readonly (readonly string[])[];

  test("samples of other times: exchanged, in another order, and a refuted law in the middle", () => {
    const history = arcsine.steps.at(-1) as AnyStep;
    const samples = samplesOf(history);
    expect(samples.length).toBeGreaterThan(2);
    const exchanged = samples.map(([tau], k) => [tau, samples[samples.length - 1 - k]![1]]);
    expectRefuted(
      onHistory(arcsine, (step) => ({ ...step, samples: exchanged })),
      /not proved, or not at its tau/,
    );
    expectRefuted(
      onHistory(arcsine, (step) => ({ ...step, samples: samples.toReversed() })),
      /do not ascend/,
    );
    const repeated = [...samples, samples.at(-1)!];
    expectRefuted(
      onHistory(arcsine, (step) => ({ ...step, samples: repeated })),
      /do not ascend/,
    );
  });

  test("the curve of a law of the history in place of the flow, and a flow of another law", () => {
    const last = arcsine.steps.at(-1) as AnyStep;
    const definitions = arcsine.steps.flatMap((step, k) => (step.kind === "definition" ? [k] : []));
    expectRefuted(
      forged(arcsine, { steps: [...arcsine.steps.slice(0, -1), { ...last, of: String(definitions[0]) }] }),
      /resultant|not at its tau|another law|higher degree/,
    );
    expectRefuted(forged(arcsine, { law: "arcsine(0, 2)" }), /another law/);
  });

  test("times with a root that is none, or without those that there are", () => {
    const times = (change: (text: string) => string): Certificate =>
      onHistory(arcsine, (step) => ({
        ...step,
        times: (step.times as readonly (readonly [string, string])[]).map(([text]) => [change(text), ""]),
      }));
    expectRefuted(
      times((text) => expanded(`(${text})*(tau - 77)`)),
      /resultant|higher degree/,
    );
    expectRefuted(
      times((text) => text.replace("tau - 2", "tau - 3")),
      /resultant/,
    );
  });

  test("the place of an event: another root, or one of two in a wider interval", () => {
    const place = (change: (text: readonly unknown[]) => readonly unknown[]): Certificate =>
      onHistory(arcsine, (step) => ({
        ...step,
        gaps: (step.gaps as readonly (readonly [unknown, unknown, readonly (readonly unknown[])[]])[]).map(
          ([time, apart, places]) => [time, apart, places.map(change)],
        ),
      }));
    expectRefuted(
      place(([factors]) => [factors, ["0", "1/3", "1/3"]]),
      /holds no root|elsewhere/,
    );
    expectRefuted(
      place(([, root]) => [[["z - 1", "1", ""]], root]),
      /resultant|higher degree|holds no root/,
    );
  });
});

describe("what a forger found", () => {
  const curve = (law: string, polynomial: string): Certificate => {
    const body = { ...certify(parseLaw("semicircle(1)"), "curve"), law };
    return forged(body, { steps: [definition(law, polynomial)] });
  };

  test("a law whose text holds another one", () => {
    expectRefuted(curve('curve("m^2+z*m+1", [0, 1]) [+] atoms([[5, 1]])', "m^2 + z*m + 1"), /cannot be read/);
    expect(verifyCertificate(curve('curve("m^2+z*m+1", [0, 1])', "m^2 + z*m + 1")).verdict).toBe("verified");
  });

  test("formulas are read as the language reads them: 2^3^2 = 512, 1/-2*3 = -3/2", () => {
    expectRefuted(curve("semicircle(2^3^2)", "64*m^2 + z*m + 1"), /another one/);
    expect(verifyCertificate(curve("semicircle(2^3^2)", "512*m^2 + z*m + 1")).verdict).toBe("verified");
    expectRefuted(curve("semicircle(1/-2*3)", "m^2 - 6*z*m - 6"), /another one/);
    expect(verifyCertificate(curve("semicircle(1/-2*3)", "3*m^2 - 2*z*m - 2")).verdict).toBe("verified");
  });

  test("another law by the same polynomial times one in the parameters, and the polynomial 0", () => {
    for (const law of ["mp(1/(c + 1))", "mp(1/c)"])
      expect(verifyCertificate(certify(parseLaw(law), "curve")).verdict).toBe("verified");
    expectRefuted(curve("mp(1/c)", "m^2*z + c*m*z - c*m + m + c^2"), /another one/);
    expectRefuted(curve('curve("0")', "m^2 + z*m + 1"), /another one/);
    expectRefuted(curve("semicircle(1)", "0"), /another one/);
    expectRefuted(curve("semicircle(1)", "m^3 + z*m^2 + m"), /another one/);
  });

  test("a factor to the power 0, of a product that has no unknown left", () => {
    const zero = definition("atoms([[0, 1]])", "z*m + 1");
    const product = operation("freeProduct", [["m^2+z*m+1", "0"]]);
    const law = "freeProduct(atoms([[0, 1]]), atoms([[0, 1]]))";
    expectRefuted(forged({ ...curve(law, "m") }, { steps: [zero, zero, product] }), /from 1 to 20000/);
  });

  test("the curve of a law with its size factor is not that of the law", () => {
    const horizon = certify(parseLaw("mp(1/2)"), "horizon");
    expect(verifyCertificate(forged(horizon, { question: "curve" })).verdict).toBe("not checkable");
  });

  test("a branch point is on the imaginary axis only where its polynomial says so", () => {
    const shifted = certify(parseLaw("shift(silverstein(1/2, [[1, 1/2], [3, 1/2]]), -4/3)"), "branch-points");
    const wide = withStep(shifted, "sheet", (step) => {
      const [disc] = (step.upper as string[]).map((text) => text.split(" ").map(BigInt)) as [bigint[]];
      return { ...step, upper: [[disc[0], disc[1], disc[2], disc[1]! + 1n].join(" ")] };
    });
    const { complex } = wide.answer as { complex: readonly { re: string | null }[] };
    // The real part is 0.0719826…: not told by so wide a disc, and not 0.
    expect(complex.map(({ re }) => re)).not.toContain("0");
    // Two points and more noise than parts them: the two inner edges have met, and left for the imaginary axis.
    const imaginary = certify(parseLaw("deformedWigner(2, [[-1, 1/2], [1, 1/2]])"), "branch-points");
    expect(imaginary.answer).toMatchObject({ complex: [{ re: "0" }, { re: "0" }] });
  });

  test("a curve times a polynomial in z, over whose roots every value of m is a crossing", () => {
    const twice = expanded("z^2*(z^2*m^3 - z*m - 1)");
    const law = `curve("${twice}")`;
    const plain = certify(parseLaw("fussCatalan(2)"), "branch-points");
    const steps = plain.steps.map((step) => (step.kind === "definition" ? definition(law, twice) : step));
    const powers = (step: AnyStep): AnyStep => ({
      ...step,
      factors: (step.factors as FactorText[]).map(([f, power, ...rest]) => [
        f,
        f === "z" ? String(Number(power) + 10) : power,
        ...rest,
      ]),
    });
    expectNotVerified(forged({ ...plain, law }, { steps: steps.map((s) => (s.kind === "sheet" ? powers(s) : s)) }));
    // Its polynomial is not the least: a certificate of the curve says that this is not covered.
    expect(verifyCertificate(curve(law, twice)).notCovered).toContain("that the polynomial is irreducible");
  });

  test("an atom that is born beside edges that are not told apart from it", () => {
    const events = certify(parseLaw("mp(1/2)"), "events");
    const wide = withStep(events, "history", (step) => ({
      ...step,
      gaps: (step.gaps as [unknown[], string[], unknown[]][]).map(([time, , places]) => [time, ["-1", "100"], places]),
    }));
    expectNotVerified(wide);
    expect(verifyCertificate(wide).reason).toMatch(/not told apart/);
  });

  test("arguments of the wrong number or kind", () => {
    for (const law of ["semicircle()", "semicircle(1, 7)", "mp([1/2])", "atoms(1)", "fussCatalan()", "bures(1)"])
      expectRefuted(curve(law, "m^2 + z*m + 1"), /a list|a text/);
  });

  test("texts that cost time: powers of powers, constants to high powers, blanks, many bits, and a budget that is kept", () => {
    expectRefuted(curve("semicircle(((9^300)^300)^250)", "m^2 + z*m + 1"), /power in a formula is too large/);
    expectRefuted(curve(`semicircle(1${" ".repeat(90_000)})`, "m"), /another one/);
    const certificate = supportOf("semicircle(1)");
    const many = withStep(certificate, "sheet", (step) => ({ ...step, bits: "20000" }));
    expectNotVerified(many);
    const count = withStep(certificate, "sheet", (step) => {
      const [first, ...rest] = step.discs as string[];
      return { ...step, discs: [first!.replace(/^-1 0 1 /, "-1 0 500000000 "), ...rest] };
    });
    expectRefuted(count, /too many bits, or sheets/);
    const spent = {
      signal: undefined,
      spend: (): never => {
        throw new BudgetError("used up");
      },
    };
    expect(() => verifyCertificate(certificate, spent)).toThrow(BudgetError);
  });

  test("the inverse of a law with an atom at 0: its branch at infinity belongs to a sheet that is finite at 0, and is taken on trust", () => {
    // For a mixture such a sheet can make a probability measure, though the law has no inverse.
    const half = "2*m^2*z + m*z + m + 1";
    const [equation] = equationsOf("inverse", [{ curve: polyOf(half) }], []);
    const { factors } = factor(fromChecker(equation!));
    const texts = factors.map((part) => [toText(part.factor), String(part.multiplicity)] as const);
    const chosen = String(texts.findIndex(([text]) => text.includes("m^2")));
    const law = "inverse(mp(2))";
    const steps = [definition("mp(2)", half), { ...operation("inverse", texts, chosen), of: ["0"] }];
    expect(() => parseLaw(law)).toThrow(/without 0 in its support/);
    const { verdict, trusted } = verifyCertificate(forged(mp, { law, question: "curve", steps }));
    expect([verdict, trusted]).toEqual([
      "verified",
      [`that ${law} has the curve of its step, and its branch m = -1/z - …`],
    ]);
  });

  test("moments of a curve that its branch has not are not verified, but named as trusted", () => {
    const law = 'curve("m^2+z*m+1", [5])';
    expect(verifyCertificate(curve(law, "m^2 + z*m + 1")).trusted).toEqual([
      `that ${law} has the curve of its step, and its branch m = -1/z - …`,
    ]);
  });

  test("the free product with a curve that holds a point mass at 0 beside another law", () => {
    const two = expanded("(z*m + 1)*(z*m - m + 1)");
    const half = "m^2*z + 2*m*z - m + 2";
    const [first, second] = equationsOf("freeProduct", [{ curve: polyOf(two) }, { curve: polyOf(half) }], []);
    const { factors } = factor(resultant(fromChecker(first!), fromChecker(second!), "t_"));
    const texts = factors.map((part) => [toText(part.factor), String(part.multiplicity)] as const);
    const chosen = String(texts.findIndex(([text]) => text === half));
    expect(texts.map(([text]) => text)).toEqual(expect.arrayContaining(["m*z + 1", half]));
    const steps = [
      definition(`curve("${two}")`, two),
      definition("mp(1/2)", half),
      operation("freeProduct", texts, chosen),
    ];
    const law = `freeProduct(curve("${two}"), mp(1/2))`;
    expectRefuted(forged(mp, { law, question: "curve", steps }), /not that of the chosen factor alone/);
  });

  test("branch points of a factor that is no part of the curve: that there is none is named as not covered", () => {
    const { notCovered } = verifyCertificate(certify(parseLaw("semicircle(1)"), "branch-points"));
    expect(notCovered).toContain("that the polynomial is irreducible");
  });

  test("arguments outside their domains are not seen, and that is said", () => {
    for (const [law, polynomial] of [
      ["mp(0)", "m*z - m + 1"],
      ["mp(-1/2)", "m^2*z - 2*m*z + 3*m - 2"],
      ["compoundFreePoisson(1, [[1, 2]])", "m^2*z + m*z - m + 1"],
    ] as const) {
      expect(() => parseLaw(law)).toThrow(/needs/);
      const { verdict, notCovered } = verifyCertificate(curve(law, polynomial));
      expect(verdict).toBe("verified");
      expect(notCovered).toContain("that the arguments are in the domains of the laws and operations");
    }
  });

  test("a certificate that would take days is given up: a resultant of polynomials with long coefficients", () => {
    const nines = "9".repeat(18_000);
    const large = Array.from({ length: 8 }, (_, k) => `${nines}*m^${k}*z`).join("+");
    const mixture = { ...operation("mix", [["z", "1"]]), of: ["0", "0"], scalars: ["1/2"] };
    const law = "mix(1/2, x(1), x(1))";
    const steps = [definition("x(1)", large), mixture];
    const { verdict, reason } = verifyCertificate(forged(mp, { law, question: "curve", steps }));
    expect([verdict, reason]).toEqual(["not checkable", expect.stringMatching(/more work than the checker does/)]);
  });

  test("characters that a terminal would obey", () => {
    const { digest: _, ...body } = supportOf("semicircle(1)");
    const rung = withDigest({ ...body, notCovered: ["\u001b[2Jnothing"] });
    expectRefuted(rung, /a character/);
  });
});
