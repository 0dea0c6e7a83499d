import { type Certificate, certify, parseLaw, rational, seededRandom, verifyCertificate } from "freecurve";
import { describe, expect, test } from "vitest";
import { withDigest } from "../../src/certificate/index.js";
import { integerPoly, parsePolynomial, toIntegerPoly } from "../../src/poly/index.js";
import { parseRational, QQ } from "../../src/rings/index.js";

/** The text with the digit at one place replaced by another one. */
function flipped(text: string, place: number, by: number): string {
  const digit = (Number(text[place]) + by) % 10;
  return text.slice(0, place) + String(digit) + text.slice(place + 1);
}

const digitsOf = (text: string): number[] => [...text].flatMap((c, k) => (/\d/.test(c) ? [k] : []));

function verdictOf(text: string): string {
  try {
    return verifyCertificate(JSON.parse(text)).verdict;
  } catch (error) {
    if (error instanceof SyntaxError) return "broken";
    throw error;
  }
}

/** With the digest that belongs to it: what a forger would do. */
const resealed = ({ digest: _, ...body }: Certificate): Certificate => withDigest(body);

const semicircle = certify(parseLaw("semicircle(1)"), "support");
const certificates: readonly Certificate[] = [
  semicircle,
  certify(parseLaw("decompress(mp(c), tau)"), "curve"),
  certify(parseLaw("mix(1/3, mp(1/2), semicircle(1))"), "curve"),
  certify(parseLaw("mp(1/2)"), "support"),
  certify(parseLaw("arcsine(0, 1)"), "branch-points"),
  certify(parseLaw("semicircle(1)"), "density", { at: [rational(1, 3), rational(5)], digits: 12 }),
  certify(parseLaw("wignerPlusWishart(1/10, 1/2)"), "events"),
  certify(parseLaw("arcsine(0, 1)"), "horizon"),
];

describe("a certificate of which one digit was changed", () => {
  test("is never verified: every digit of a small one", () => {
    const text = JSON.stringify(semicircle);
    expect(verdictOf(text)).toBe("verified");
    const places = digitsOf(text);
    expect(places.length).toBeGreaterThan(500);
    for (const place of places) {
      // The format is named in the frame; its digit breaks the certificate like any other.
      expect(verdictOf(flipped(text, place, 1 + (place % 9))), `digit ${place}`).not.toBe("verified");
    }
  });

  test("is never verified: a sample of digits of several ones", () => {
    const random = seededRandom(9);
    let count = 0;
    for (const certificate of certificates) {
      const text = JSON.stringify(certificate);
      const places = digitsOf(text);
      for (let k = 0; k < 80; k++) {
        const place = places[random.integer(0, places.length - 1)]!;
        expect(verdictOf(flipped(text, place, random.integer(1, 9)))).not.toBe("verified");
        count++;
      }
    }
    expect(count).toBe(640);
  });

  test("is refuted by its steps alone, when the digest is made to fit, unless the changed certificate proves the same answer", () => {
    const random = seededRandom(4);
    let [refuted, sameAnswer] = [0, 0];
    for (const certificate of certificates) {
      const text = JSON.stringify(certificate);
      const places = digitsOf(text);
      for (let k = 0; k < 15; k++) {
        const changed = parsed(flipped(text, places[random.integer(0, places.length - 1)]!, random.integer(1, 9)));
        if (changed === undefined || verifyCertificate(resealed(changed)).verdict !== "verified") {
          refuted++;
          continue;
        }
        // Another disc, cut or isolating interval that proves the same: law, question and numbers are those of before.
        expect([changed.law, changed.question]).toEqual([certificate.law, certificate.question]);
        expect(withoutIntervals(changed.answer)).toEqual(withoutIntervals(certificate.answer));
        for (const { interval, minimalPolynomial } of numbersIn(changed.answer))
          expectSignChange(interval, minimalPolynomial);
        sameAnswer++;
      }
    }
    expect(refuted + sameAnswer).toBe(120);
    expect(refuted).toBeGreaterThan(20);
  });

  test("of the answer, with a digest that fits, is refuted: every digit of values, polynomials and exponents", () => {
    const text = JSON.stringify(withoutIntervals(semicircle.answer));
    expect(digitsOf(text).length).toBeGreaterThan(5);
    const answer = JSON.stringify(semicircle.answer);
    for (const place of digitsOf(answer)) {
      const changed = JSON.parse(flipped(answer, place, 1)) as unknown;
      expect(verifyCertificate(resealed({ ...semicircle, answer: changed })).verdict, `digit ${place}`).toBe("refuted");
    }
  });
});

function parsed(text: string): Certificate | undefined {
  try {
    return JSON.parse(text) as Certificate;
  } catch {
    return undefined;
  }
}

interface NumberText {
  readonly interval: readonly [string, string];
  readonly minimalPolynomial: string;
}

function numbersIn(value: unknown): NumberText[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(numbersIn);
  return "minimalPolynomial" in value ? [value as NumberText, ...inner] : inner;
}

function withoutIntervals(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, v: unknown) => (key === "interval" ? null : v)));
}

function expectSignChange([low, high]: readonly [string, string], polynomial: string): void {
  const p = toIntegerPoly(parsePolynomial(polynomial), "x");
  const [a, b] = [low, high].map((end) => QQ.sign(integerPoly.evaluate(p, parseRational(end)))) as [number, number];
  expect(low === high ? a === 0 : a * b < 0).toBe(true);
}

type AnyStep = Record<string, unknown>;

/** A certificate with one of its steps changed, and sealed again. */
function forged(certificate: Certificate, kind: string, change: (step: AnyStep) => AnyStep): Certificate {
  const steps = certificate.steps.map((step) => (step.kind === kind ? { ...change({ ...step }), kind } : step));
  return resealed({ ...certificate, steps });
}

const texts = (value: unknown): string[] => value as string[];

function expectRefuted(certificate: Certificate, reason: RegExp): void {
  const { verdict, reason: said, verified } = verifyCertificate(certificate);
  expect([verdict, verified]).toEqual(["refuted", []]);
  expect(said).toMatch(reason);
}

describe("forged certificates", () => {
  const mp = certificates[3]!;
  const mixture = certificates[2]!;

  test("a root dropped", () => {
    const { steps, answer } = mp;
    expectRefuted(
      forged(mp, "sheet", (step) => ({ ...step, factors: (step.factors as unknown[]).slice(1) })),
      /resultant|multiplicity|leading/,
    );
    expect([steps.length, answer === undefined]).toEqual([2, false]);
    expectRefuted(
      forged(semicircle, "sheet", (step) => ({ ...step, real: (step.real as unknown[]).slice(1) })),
      /the critical points that are given are not all of them/,
    );
  });

  test("a cell dropped", () => {
    const kept = forged(mp, "sheet", (step) => ({ ...step, discs: texts(step.discs).slice(0, 3) }));
    expectRefuted(kept, /no disc decides the density on a cell/);
  });

  test("another sheet: the conjugate of every value", () => {
    const conjugate = (disc: string): string => {
      const numbers = disc.split(" ");
      numbers[6] = String(-BigInt(numbers[6]!));
      return numbers.join(" ");
    };
    expectRefuted(
      forged(semicircle, "sheet", (step) => ({ ...step, discs: texts(step.discs).map(conjugate) })),
      /hold the branch|hold as many sheets/,
    );
  });

  test("the other root of the curve at the last disc", () => {
    // On the curve m² + z m + 1 = 0 the two values of y = −(z − q)m are conjugate over a place inside the support.
    const last = texts(semicircle.steps.at(-1)!.discs).length - 1;
    const swapped = (disc: string, k: number): string => {
      const numbers = disc.split(" ");
      if (k === last) numbers[6] = String(-BigInt(numbers[6]!));
      return numbers.join(" ");
    };
    expectRefuted(
      forged(semicircle, "sheet", (step) => ({ ...step, discs: texts(step.discs).map(swapped) })),
      /not shown to hold the sheet of the one before/,
    );
  });

  test("a disc made wider, and one that holds more sheets than it says", () => {
    const widened = (disc: string, k: number): string => {
      const numbers = disc.split(" ");
      if (k === 4) numbers[8] = String(BigInt(numbers[8]!) * 64n);
      return numbers.join(" ");
    };
    expectRefuted(
      forged(semicircle, "sheet", (step) => ({ ...step, discs: texts(step.discs).map(widened) })),
      /sheets/,
    );
    const reaching = (disc: string, k: number): string => {
      const numbers = disc.split(" ");
      if (k === 4) numbers[7] = String(BigInt(numbers[7]!) * 64n);
      return numbers.join(" ");
    };
    expectRefuted(
      forged(semicircle, "sheet", (step) => ({ ...step, discs: texts(step.discs).map(reaching) })),
      /sheets/,
    );
  });

  test("the wrong factor of an eliminant chosen, and a factor left out", () => {
    const elimination = mixture.steps.at(-1)!;
    const factors = elimination.factors as readonly (readonly [string, string])[];
    expectRefuted(
      forged(mixture, "operation", (step) => ({ ...step, factors: factors.slice(0, -1), chosen: "0" })),
      /resultant|chosen/,
    );
    const doubled = factors.map(([f, n]) => [f, String(Number(n) + 1)]);
    expectRefuted(
      forged(mixture, "operation", (step) => ({ ...step, factors: doubled })),
      /resultant/,
    );
  });

  test("claims without steps, an interval too few, an atom too many, an unknown field", () => {
    expectRefuted(resealed({ ...semicircle, steps: [] }), /no step/);
    const { verdict } = verifyCertificate(resealed({ ...semicircle, steps: semicircle.steps.slice(0, 1) }));
    expect(verdict).toBe("not checkable");
    const answer = mp.answer as { intervals: unknown[]; atoms: unknown[]; cusps: unknown[] };
    expectRefuted(resealed({ ...mp, answer: { ...answer, intervals: [] } }), /the answer/);
    expectRefuted(resealed({ ...mp, answer: { ...answer, atoms: [{}] } }), /the answer/);
    expectRefuted(resealed({ ...mp, answer: { ...answer, masses: ["1"] } }), /the answer/);
    expectRefuted(resealed({ ...mp, law: "mp(1/3)" }), /another law/);
    expectRefuted(
      resealed({
        ...mp,
        law: "mp(1/3)",
        steps: mp.steps.map((s) => (s.kind === "definition" ? { ...s, law: "mp(1/3)" } : s)),
      }),
      /the curve of mp\(1\/3\) is another one/,
    );
  });

  test("a density that is off by one in its last digit, and one that is claimed to vanish", () => {
    const density = certificates[5]!;
    const answer = density.answer as { x: string[]; density: string[] };
    const [first, second] = answer.density as [string, string];
    expect(second).toBe("0");
    const place = first.length - 1;
    expectRefuted(
      resealed({ ...density, answer: { ...answer, density: [flipped(first, place, 1), second] } }),
      /the answer/,
    );
    expectRefuted(resealed({ ...density, answer: { ...answer, density: ["0", second] } }), /the answer/);
    expectRefuted(resealed({ ...density, answer: { ...answer, density: [null, second] } }), /the answer/);
  });

  test("hostile values: no prototype, no depth, no size gets through", () => {
    const frame = JSON.parse(JSON.stringify(semicircle)) as AnyStep;
    const values: unknown[] = [
      null,
      7,
      "x",
      [],
      {},
      { ...frame, steps: "x" },
      { ...frame, steps: [null] },
      JSON.parse('{"__proto__": {"format": "freecurve-certificate-4"}}'),
    ];
    for (const value of values) expect(verifyCertificate(value).verdict).not.toBe("verified");
    const open = (steps: readonly AnyStep[]): string =>
      verifyCertificate(resealed({ ...semicircle, steps } as unknown as Certificate)).verdict;
    const polynomial = (curve: string): AnyStep => ({ kind: "definition", law: "semicircle(1)", curve });
    for (const curve of [
      "m^999",
      "(".repeat(1000),
      "1".repeat(50_000),
      `${"(m+z+1)^200*".repeat(3)}m`,
      "m^2+z*m+1/0",
      "m;process",
    ]) {
      expect(open([polynomial(curve)]), curve.slice(0, 20)).not.toBe("verified");
    }
    expect(open([{ kind: "constructor" }])).not.toBe("verified");
    expect(
      open([
        { kind: "operation", operation: "constructor", of: ["0"], scalars: [], factors: [["m", "1"]], chosen: "0" },
      ]),
    ).not.toBe("verified");
  });
});
