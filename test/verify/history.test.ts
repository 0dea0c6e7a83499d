import { type Certificate, certify, parseLaw, verifyCertificate } from "freecurve";
import { describe, expect, test } from "vitest";
import { withDigest } from "../../src/certificate/index.js";

/** Every certificate is made once. */
const made = new Map<string, Certificate>();

function certificateOf(text: string, question: "horizon" | "events"): Certificate {
  const found = made.get(`${question} ${text}`) ?? certify(parseLaw(text), question);
  made.set(`${question} ${text}`, found);
  return found;
}

const horizonOf = (text: string): Certificate => certificateOf(text, "horizon");
const eventsOf = (text: string): Certificate => certificateOf(text, "events");
const silverstein = (): Certificate => horizonOf("silverstein(1/2, [[1, 1/2], [7, 1/2]])");

interface NumberText {
  readonly value: string;
}

interface EventText {
  readonly at: NumberText;
  readonly kinds: readonly string[] | null;
  readonly where: NumberText | null;
}

const eventsIn = (certificate: Certificate): readonly EventText[] =>
  (certificate.answer as { events: EventText[] }).events;

function expectVerified(certificate: Certificate): readonly string[] {
  const verdict = verifyCertificate(JSON.parse(JSON.stringify(certificate)));
  expect([verdict.verdict, verdict.reason, verdict.trusted]).toEqual(["verified", "", []]);
  expect(verdict.notCovered.at(-1)).toBe("that the arguments are in the domains of the laws and operations");
  return verdict.notCovered.slice(0, -1);
}

describe("horizons with proof: closed forms from the literature", () => {
  test.each([
    ["mp(1/2)", "infinity"],
    ["inverseMp(1/2)", "infinity"],
    // Kesten–McKay d: d; free Meixner with b < 0: 1/|b|; k atoms: 1.
    ["kestenMcKay(4)", "4"],
    ["freeMeixner(0, -1/3)", "3"],
    ["atoms([[0, 1/2], [1, 1/2]])", "1"],
    ["freeMeixner(0, -1)", "1"],
    // (1 + v)²/(4v) for v > 1.
    ["deformedWigner(2, [[-1, 1/2], [1, 1/2]])", "9/8"],
    // The arcsine law decompressed by 3 would be a spectrum once compressed by more than 2/3.
    ["decompress(arcsine(0, 1), 3)", "2/3"],
    // The next critical time is 1.00742: a branch point in the upper half-plane shows what no few moments do.
    ["silverstein(1/2, [[1, 1/2], [7, 1/2]])", "1.00338922437705"],
    // A variance that is negative for every size.
    ['curve("-m^2 + z*m + 1")', "none"],
  ])("%s: %s", (text, tau) => {
    const certificate = horizonOf(text);
    const { tau: given } = certificate.answer as { tau: string | NumberText };
    expect(typeof given === "string" ? given : given.value).toBe(tau);
    expect(expectVerified(certificate)).toEqual(["what ends the spectra, in words"]);
  });
});

describe("events with proof", () => {
  test("compound free Poisson: an atom at 0 is born at tau = 1/10, the bulk splits at 0.3222…", () => {
    const certificate = eventsOf("compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])");
    expect(eventsIn(certificate).map(({ at, kinds, where }) => [at.value, kinds, where?.value])).toEqual([
      ["1/10", ["atom-born", "edge-meets-atom"], "0"],
      ["0.322296577659391", ["cusp-split"], "1.23741360326761"],
    ]);
    // PARI/GP: poldisc(E, z) = constant·tau·(this polynomial)^3 for the factor E of poldisc(P_tau, m) that is not tau.
    expect(eventsIn(certificate)[1]!.at).toMatchObject({
      minimalPolynomial: "7529536000*x^3 - 1947691200*x^2 - 139420680*x - 4826809",
    });
    expect(expectVerified(certificate)).toEqual([]);
  });

  test.each([
    ["mp(1/2)", [["2", "atom-born", "0"]]],
    ["semicircle(1)", []],
    // The split of a symmetric law, at whose middle an atom is born: its weight is 1 - rate·tau.
    ["compoundFreePoisson(1/2, [[1, 1/2], [-1, 1/2]])", [["1/2", "cusp-split", "0"]]],
    ["wignerPlusWishart(1/10, 1/2)", [["10.4781389382824", "cusp-split", "2.42865056995694"]]],
    [
      "arcsine(0, 1)",
      [
        ["1", "atom-born", "0"],
        ["1", "atom-born", "1"],
        ["2", "bulk-vanishes", "1/2"],
      ],
    ],
    [
      "wachter(2, 3)",
      [
        ["2", "atom-born", "0"],
        ["3", "atom-born", "1"],
        ["5", "bulk-vanishes", "3/5"],
      ],
    ],
  ])("%s: %j", (text, expected) => {
    const certificate = eventsOf(text);
    expect(eventsIn(certificate).map(({ at, kinds, where }) => [at.value, kinds?.[0], where?.value])).toEqual(expected);
    expect(expectVerified(certificate)).toEqual([]);
  });

  test("what ends the spectra otherwise is named as not covered, but for its time", () => {
    const certificate = eventsOf("deformedWigner(1, [[-1, 1/2], [1, 1/2]])");
    expect(eventsIn(certificate)).toMatchObject([{ at: { value: "1" }, kinds: null, where: null }]);
    expect(expectVerified(certificate)).toEqual(["the answer, events, 1, kinds", "the answer, events, 1, where"]);
  });

  test("of a law with parameters there is none", () => {
    expect(() => eventsOf("mp(c)")).toThrow(/parameter/);
  });
});

type AnyStep = Record<string, unknown>;

/** With steps or the answer changed, and the digest that belongs to it. */
function forged(
  { digest: _, ...body }: Certificate,
  change: { readonly steps?: (step: AnyStep) => AnyStep; readonly answer?: unknown },
): Certificate {
  const steps = change.steps === undefined ? body.steps : body.steps.map((step) => change.steps!({ ...step }));
  return withDigest({ ...body, steps: steps as Certificate["steps"], answer: change.answer ?? body.answer });
}

function expectRefuted(certificate: Certificate, reason: RegExp): void {
  const { verdict, reason: said, verified } = verifyCertificate(certificate);
  expect([verdict, verified]).toEqual(["refuted", []]);
  expect(said).toMatch(reason);
}

const onHistory =
  (change: (step: AnyStep) => AnyStep): ((step: AnyStep) => AnyStep) =>
  (step) =>
    step.kind === "history" ? change(step) : step;

describe("wrong claims", () => {
  const mp = eventsOf("mp(1/2)");
  const arcsine = horizonOf("arcsine(0, 1)");
  const events = eventsOf("arcsine(0, 1)");

  test("a horizon too large, too small, infinite or none", () => {
    const { tau } = arcsine.answer as { tau: NumberText };
    const shifted = (value: string): unknown => ({
      tau: { ...tau, value, interval: [value, value], minimalPolynomial: `x - ${value}` },
    });
    for (const answer of [shifted("3"), shifted("1"), { tau: "infinity" }, { tau: "none" }, { tau: null }])
      expectRefuted(forged(arcsine, { answer }), /the answer/);
    // Another root of the polynomials of times is no horizon, whatever the answer says: tau = 1 instead of tau = 2.
    const times = arcsine.steps.find(({ kind }) => kind === "history")!.times as readonly (readonly string[])[];
    const one = String(times.findIndex(([text]) => text === "tau - 1"));
    const moved = onHistory((step) => ({ ...step, gaps: [[[[one, "1", "1"]], [], []]] }));
    expectRefuted(forged(arcsine, { steps: moved, answer: shifted("1") }), /a critical time is elsewhere/);
  });

  test("a finite horizon made infinite by leaving out what is beyond", () => {
    const open = onHistory((step) => ({ ...step, samples: (step.samples as unknown[]).slice(0, 1), gaps: [] }));
    expectRefuted(
      forged(arcsine, { steps: open, answer: { tau: "infinity" } }),
      /critical times beyond the last spectrum/,
    );
  });

  test("a law refuted by discs that are no sign of it: one over a place where two are needed, and those of a spectrum", () => {
    const twice = silverstein();
    const short = (step: AnyStep): AnyStep => {
      const discs = (step.discs ?? []) as string[];
      const second = discs.findLastIndex((disc) => disc.startsWith("-1 "));
      return step.kind === "no-measure" ? { ...step, discs: discs.slice(0, second) } : step;
    };
    expectRefuted(forged(twice, { steps: short }), /nothing shows that the branch/);
    const index = mp.steps.findIndex(({ kind }) => kind === "sheet");
    const { bits, infinity, charts, discs, of } = mp.steps[index]!;
    const { digest: _, ...body } = mp;
    const step = { kind: "no-measure", of, bits, infinity, charts, discs };
    const certificate = withDigest({ ...body, steps: [...mp.steps.slice(0, index), step] });
    expectRefuted(certificate, /nothing shows that the branch/);
  });

  test("a critical time left out, a power changed, and a point left out", () => {
    const fewer = onHistory((step) => ({
      ...step,
      meetings: (step.meetings as string[][][]).map((row) => row.map((powers) => powers.map(() => "0"))),
    }));
    expectRefuted(forged(arcsine, { steps: fewer }), /resultant/);
    const short = onHistory((step) => ({ ...step, points: (step.points as unknown[]).slice(1) }));
    expectRefuted(forged(arcsine, { steps: short }), /resultant|wrong length/);
  });

  test("a shifted time, a missing event, an extra one, another kind, another place", () => {
    const listed = eventsIn(events);
    const [first, second, third] = listed as [EventText, EventText, EventText];
    const claims: readonly unknown[] = [
      [second, first, third],
      [...listed, third],
      [first, second, { ...third, at: first.at }],
      [first, second, { ...third, kinds: ["cusp-merge"] }],
      [{ ...first, where: second.where }, second, third],
      [{ ...first, where: null }, second, third],
    ];
    for (const changed of claims) expectRefuted(forged(events, { answer: { events: changed } }), /the answer/);
    const [born] = eventsIn(mp) as [EventText];
    expectRefuted(forged(mp, { answer: { events: [{ ...born, kinds: ["atom-born"] }] } }), /the answer/);
    expectRefuted(forged(mp, { answer: { events: [] } }), /the answer/);
  });

  test("a gap without its time, without its separators, or with separators that critical points pass", () => {
    const gaps = (change: (gap: readonly unknown[]) => readonly unknown[]): ((step: AnyStep) => AnyStep) =>
      onHistory((step) => ({ ...step, gaps: (step.gaps as unknown[][]).map(change) }));
    expectRefuted(
      forged(mp, { steps: gaps(([, separators, places]) => [[], separators, places]), answer: { events: [] } }),
      /a critical time is elsewhere/,
    );
    const bare = verifyCertificate(forged(mp, { steps: gaps(([time, , places]) => [time, [], places]) }));
    expect(bare.verdict).toBe("not checkable");
    const passed = gaps(([time, , places]) => [time, ["-1", "5"], places]);
    expectRefuted(forged(mp, { steps: passed }), /passes a place/);
  });

  test("a spectrum left out: two critical times in one gap, or one before the first", () => {
    const steps = onHistory(({ samples, gaps, ...step }) => ({
      ...step,
      samples: (samples as unknown[]).slice(1),
      gaps: (gaps as unknown[]).slice(1),
    }));
    expectRefuted(forged(events, { steps, answer: { events: eventsIn(events).slice(2) } }), /before the first/);
    const merged = onHistory(({ samples, gaps, ...step }) => ({
      ...step,
      samples: [0, -1].map((k) => (samples as unknown[]).at(k)),
      gaps: (gaps as unknown[]).slice(0, 1),
    }));
    expectRefuted(forged(events, { steps: merged }), /a critical time is elsewhere/);
  });

  test("spectra of another law: the tau that a step claims, and a curve that is not the one there", () => {
    const other = onHistory((step) => ({
      ...step,
      samples: (step.samples as string[][]).map(([, index]) => ["3", index]),
    }));
    expectRefuted(forged(mp, { steps: other }), /not at its tau/);
    expectRefuted({ ...forged(mp, {}), law: "mp(1/3)" }, /digest/);
    const { digest: _, ...body } = mp;
    expectRefuted(withDigest({ ...body, law: "mp(1/3)" }), /another law/);
  });
});
