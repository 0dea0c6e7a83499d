import fc from "fast-check";
import {
  type AlgebraicNumber,
  algebraicToNumber,
  compress,
  cumulants,
  decideSpectrum,
  decompress,
  density,
  distribution,
  type Law,
  moments,
  parseRational,
  quantiles,
  scale,
  shift,
  support,
} from "freecurve";
import {
  constantValue,
  fractions,
  parseRationalFunction,
  type RationalFunction,
  rationalFunctionToText,
  toText,
} from "freecurve/poly";
import { compareAlgebraic } from "freecurve/roots";
import { expect, test } from "vitest";
import { QQ, type Rational, rationalToNumber } from "../src/rings/index.js";
import { affineImage } from "../src/roots/index.js";
import { anyLaw, anyText, divisibleLaw, lawOf, positiveText } from "./random-laws.js";

const texts = (values: readonly RationalFunction[]): string[] => values.map(rationalFunctionToText);
const number = (f: RationalFunction): Rational => QQ.div(constantValue(f.numerator), constantValue(f.denominator));

test("every law of the generators is a spectrum, and of mass one", () => {
  let decided = 0;
  fc.assert(
    fc.property(anyLaw, (text) => {
      const law = lawOf(text);
      expect(decideSpectrum(law)).toEqual({ kind: "ok", value: true });
      expect(distribution(law).mass).toBeCloseTo(1, 10);
      decided++;
    }),
    { numRuns: 40 },
  );
  expect(decided).toBe(40);
});

test("infinitely divisible laws stay spectra of mass one under every decompression", () => {
  let decided = 0;
  fc.assert(
    fc.property(divisibleLaw, positiveText, (text, tau) => {
      const law = decompress(lawOf(text), tau);
      expect(decideSpectrum(law)).toEqual({ kind: "ok", value: true });
      expect(distribution(law).mass).toBeCloseTo(1, 10);
      decided++;
    }),
    { numRuns: 30 },
  );
  expect(decided).toBe(30);
});

test("every law can be compressed, down to any corner", () => {
  let decided = 0;
  fc.assert(
    fc.property(anyLaw, fc.integer({ min: 1, max: 19 }), (text, share) => {
      const law = compress(lawOf(text), `${share}/20`);
      expect(decideSpectrum(law)).toEqual({ kind: "ok", value: true });
      decided++;
    }),
    { numRuns: 30 },
  );
  expect(decided).toBe(30);
});

test.each([
  ["semicircle(v)", "semicircle(tau*v)"],
  ["mp(c)", "mp(tau*c)"],
  ["freePoisson(r, t)", "freePoisson(r/tau, tau*t)"],
  ["compoundFreePoisson(r, [[s, 1/3], [t, 2/3]])", "compoundFreePoisson(r/tau, [[tau*s, 1/3], [tau*t, 2/3]])"],
  ["freeLevy(a, v, r, [[s, 1/4], [t, 3/4]])", "freeLevy(a, tau*v, r/tau, [[tau*s, 1/4], [tau*t, 3/4]])"],
])("the family of %s is closed under decompression, with every parameter free", (text, grown) => {
  expect(toText(decompress(lawOf(text), "tau").curve)).toBe(toText(lawOf(grown).curve));
});

test("compression undoes decompression; decompressions multiply; free cumulants scale", () => {
  let decided = 0;
  fc.assert(
    fc.property(anyLaw, fc.integer({ min: 1, max: 9 }), positiveText, (text, n, tau) => {
      const law = lawOf(text);
      const up = decompress(law, n);
      expect(toText(compress(up, `1/${n}`).curve)).toBe(toText(law.curve));
      expect(toText(decompress(up, tau).curve)).toBe(toText(decompress(law, `${n}*${tau}`).curve));
      const factor = parseRationalFunction(tau);
      const scaled = cumulants(law, 5).map((kappa, k) => fractions.mul(kappa, fractions.pow(factor, k)));
      expect(texts(cumulants(decompress(law, tau), 5))).toEqual(texts(scaled));
      decided++;
    }),
    { numRuns: 40 },
  );
  expect(decided).toBe(40);
});

/** Edges, atoms and weights of two laws agree exactly, the second one moved by x → a x + b, a ≠ 0. */
function sameShape(law: Law, moved: Law, a: Rational, b: Rational): void {
  const [before, after] = [support(law), support(moved)];
  const ordered = <T>(list: readonly T[]): readonly T[] => (QQ.sign(a) < 0 ? list.toReversed() : list);
  const equal = (image: AlgebraicNumber, x: AlgebraicNumber): void =>
    expect(compareAlgebraic(image, affineImage(x, a, b))).toBe(0);
  expect(after.intervals).toHaveLength(before.intervals.length);
  ordered(before.intervals).forEach(({ left, right, leftExponent, rightExponent, mass }, k) => {
    const image = after.intervals[k]!;
    const flipped = QQ.sign(a) < 0;
    equal(image.left, flipped ? right : left);
    equal(image.right, flipped ? left : right);
    expect(image.leftExponent).toEqual(flipped ? rightExponent : leftExponent);
    expect(image.rightExponent).toEqual(flipped ? leftExponent : rightExponent);
    expect(image.mass).toBeCloseTo(mass, 10);
  });
  expect(after.atoms).toHaveLength(before.atoms.length);
  ordered(before.atoms).forEach(({ at, weight }, k) => {
    equal(after.atoms[k]!.at, at);
    expect(compareAlgebraic(after.atoms[k]!.weight, weight)).toBe(0);
  });
}

test("the support moves with shift and dilation, exactly", () => {
  let decided = 0;
  fc.assert(
    fc.property(anyLaw, positiveText, fc.boolean(), anyText, (text, size, negative, b) => {
      const law = lawOf(text);
      const a = negative ? `-${size}` : size;
      sameShape(law, shift(scale(law, a), b), parseRational(a), parseRational(b));
      decided++;
    }),
    { numRuns: 25 },
  );
  expect(decided).toBe(25);
});

test("moments by quadrature are the exact moments", () => {
  let decided = 0;
  fc.assert(
    fc.property(anyLaw, (text) => {
      const law = lawOf(text);
      const exact = moments(law, 4).map((mu) => rationalToNumber(number(mu)));
      const { intervals, atoms } = support(law);
      const evaluate = density(law);
      const size = Math.max(
        ...intervals.flatMap(({ left, right }) => [left, right].map((x) => Math.abs(algebraicToNumber(x)))),
        ...atoms.map(({ at }) => Math.abs(algebraicToNumber(at))),
      );
      exact.forEach((moment, k) => {
        let value = 0;
        for (const { left, right } of intervals) {
          // x = middle − half·cos t tames both edges; the midpoint rule is then fast.
          const [a, b] = [algebraicToNumber(left), algebraicToNumber(right)];
          const steps = 4000;
          const x = Float64Array.from({ length: steps }, (_, i) => {
            const s = Math.sin((Math.PI * (i + 0.5)) / (2 * steps));
            return a + (b - a) * s * s;
          });
          evaluate(x).forEach((rho, i) => {
            value +=
              ((x[i]! ** (k + 1) * rho * (b - a) * Math.PI) / (2 * steps)) * Math.sin((Math.PI * (i + 0.5)) / steps);
          });
        }
        for (const { at, weight } of atoms) value += algebraicToNumber(weight) * algebraicToNumber(at) ** (k + 1);
        // A cusp or a narrow gap slows the midpoint rule down.
        expect(Math.abs(value - moment)).toBeLessThan(2e-6 * Math.max(1, size ** (k + 1)));
      });
      decided++;
    }),
    { numRuns: 25 },
  );
  expect(decided).toBe(25);
});

test("quantiles ascend and invert the distribution function", () => {
  let decided = 0;
  fc.assert(
    fc.property(anyLaw, fc.integer({ min: 1, max: 40 }), (text, count) => {
      const law = lawOf(text);
      const { cumulative } = distribution(law);
      const values = quantiles(law, count);
      expect(values).toHaveLength(count);
      values.forEach((x, i) => {
        const p = (i + 0.5) / count;
        if (i > 0) expect(x).toBeGreaterThanOrEqual(values[i - 1]!);
        const step = 1e-7 * Math.max(1, Math.abs(x));
        expect(cumulative(x + step)).toBeGreaterThan(p - 1e-9);
        expect(cumulative(x - step)).toBeLessThan(p + 1e-9);
        decided++;
      });
    }),
    { numRuns: 20 },
  );
  expect(decided).toBeGreaterThan(100);
});

/** Whether a leading principal minor of the Hankel matrix (mu_{i+j}) is negative, by exact elimination: no measure has one. */
function hasNegativeHankelMinor(mu: readonly Rational[]): boolean {
  const size = Math.floor((mu.length - 1) / 2) + 1;
  const rows = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => mu[i + j]!));
  for (let k = 0; k < size; k++) {
    const pivot = rows[k]![k]!;
    if (QQ.sign(pivot) < 0) return true;
    // Finitely many atoms: the later minors vanish.
    if (QQ.sign(pivot) === 0) return false;
    for (let i = k + 1; i < size; i++) {
      const factor = QQ.div(rows[i]![k]!, pivot);
      for (let j = k; j < size; j++) rows[i]![j] = QQ.sub(rows[i]![j]!, QQ.mul(factor, rows[k]![j]!));
    }
  }
  return false;
}

test("moments of no measure are found to be no spectrum, and a spectrum has moments of a measure", () => {
  const finite = fc.oneof(
    fc.constantFrom("kestenMcKay(3)", "kestenMcKay(5/2)", "arcsine(-1, 2)", "freeMeixner(1, -1/2)", "wachter(1, 3/2)"),
    fc.constantFrom("atoms([[0, 1/4], [1, 3/4]])", "atoms([[-1, 1/3], [0, 1/3], [2, 1/3]])", "wachter(1/2, 3/4)"),
    positiveText.map((v) => `deformedWigner(${v}, [[-1, 1/3], [1, 2/3]])`),
  );
  const tau = fc.integer({ min: 7, max: 40 }).map((n) => `${n}/10`);
  let [spectra, others, refuted] = [0, 0, 0];
  fc.assert(
    fc.property(finite, tau, (text, factor) => {
      const law = decompress(lawOf(text), factor);
      const negative = hasNegativeHankelMinor([QQ.one, ...moments(law, 24).map(number)]);
      const { kind } = decideSpectrum(law);
      expect(kind).not.toBe("unable");
      if (negative) expect(kind).toBe("undefined");
      if (kind === "ok") spectra++;
      else others++;
      if (negative) refuted++;
    }),
    { numRuns: 40 },
  );
  expect(Math.min(spectra, others, refuted)).toBeGreaterThan(3);
});
