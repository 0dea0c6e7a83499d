// Exact: the critical points of a curve, with what proves that they are all.
import { realBalls } from "../ball/index.js";
import { type Budget, LimitError } from "../core/index.js";
import {
  coefficients,
  densePoly,
  derivative,
  divideExact,
  factor,
  fromIntegerPoly,
  type IntegerPoly,
  integerPoly,
  type NumberFieldElement,
  numberField,
  type Polynomial,
  resultant,
  toIntegerPoly,
  toText,
} from "../poly/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";
import { type AlgebraicNumber, compareAlgebraic, complexRoots, realRoots } from "../roots/index.js";
import { pellet, taylor } from "../verify/index.js";
import type { Step } from "./certificate.js";
import { endsOf, witnessOf } from "./numbers.js";

/** A factor of the resultant of P and dP/dm, irreducible. */
export interface CriticalFactor {
  readonly f: IntegerPoly;
  readonly power: number;
  readonly inLeading: number;
  readonly crosses: boolean;
}

export interface CriticalPlace {
  readonly at: AlgebraicNumber;
  readonly factor: CriticalFactor;
}

/** A disc of the upper half-plane with one critical point: middle and radius. */
export interface UpperDisc {
  readonly re: Rational;
  readonly im: Rational;
  readonly radius: Rational;
  readonly factor: CriticalFactor;
}

export interface CriticalData {
  readonly step: Omit<Step, "kind" | "of">;
  readonly factors: readonly CriticalFactor[];
  readonly real: readonly CriticalPlace[];
  readonly upper: readonly UpperDisc[];
}

/** Everything that a step on the critical points of a curve in z and m holds; places so narrow that they show the digits. */
export function criticalStep(curve: Polynomial, digits: number, budget: Budget): CriticalData {
  const whole = factor(resultant(curve, derivative(curve, "m"), "m", budget), budget).factors;
  const leading = toIntegerPoly(coefficients(curve, "m").at(-1)!, "z");
  const crossings: (Crossing | undefined)[] = [];
  const factors = whole.map(({ factor: p, multiplicity }): CriticalFactor => {
    const f = toIntegerPoly(p, "z");
    const inLeading = valuation(leading, f);
    const crossing = multiplicity - inLeading === 2 ? crossingOver(curve, f) : undefined;
    crossings.push(crossing);
    return { f, power: multiplicity, inLeading, crosses: crossing !== undefined };
  });
  const real = factors
    .flatMap((own) => realRoots(own.f, budget).map(({ root }): CriticalPlace => ({ at: root, factor: own })))
    .sort((a, b) => compareAlgebraic(a.at, b.at));
  const upper = factors.flatMap((own, k) => upperDiscs(own, k, digits, budget));
  const step = {
    factors: factors.map(({ f, power }, k) => [
      toText(fromIntegerPoly(f, "z")),
      String(power),
      crossings[k] ?? [],
      witnessOf(f),
    ]),
    real: real.map(({ at, factor: own }) => [String(factors.indexOf(own)), ...endsOf(at, digits)]),
    discs: upper.map(({ text }) => text),
  };
  return { step, factors, real, upper };
}

function valuation(p: IntegerPoly, f: IntegerPoly): number {
  const next = integerPoly.divideExact(p, f);
  return next === undefined ? 0 : 1 + valuation(next, f);
}

/** Relative binary places of the middles of discs, at least. */
const fineBits = 100;

function upperDiscs(
  own: CriticalFactor,
  index: number,
  digits: number,
  budget: Budget,
): readonly (UpperDisc & { readonly text: string })[] {
  if (own.f.length < 3) return [];
  const relative = Math.max(fineBits, Math.ceil(digits * 3.33) + 40);
  const field = realBalls(relative + 64);
  return complexRoots(own.f, { digits: Math.ceil(relative * 0.302) + 4 }, budget)
    .filter(({ real, ball }) => !real && field.sign(ball.im) === 1)
    .map(({ ball }) => {
      const [re, im] = [ball.re, ball.im].map((part) => QQ.midpoint(field.lower(part), field.upper(part))) as [
        Rational,
        Rational,
      ];
      const size = Math.max(...[re, im].map((part) => (part.num === 0n ? -2000 : log2(part))));
      const bits = Math.max(0, relative - Math.floor(size));
      const unit = 1n << BigInt(bits);
      const [x, y] = [re, im].map((part) => QQ.round(QQ.mul(part, rational(unit)))) as [bigint, bigint];
      const whole = taylor(
        own.f.map((c) => [c]),
        bits,
        { re: 0n, im: 0n },
        { re: x, im: y },
      );
      const radius = [16n, 256n, 65536n].find((r) => pellet(whole, 1, 0n, r));
      if (radius === undefined)
        throw new LimitError("a complex critical point could not be shown to be alone in a disc");
      const [at, length] = [[rational(x, unit), rational(y, unit)] as const, rational(radius, unit)];
      return { re: at[0], im: at[1], radius: length, factor: own, text: `${index} ${x} ${y} ${radius} ${bits}` };
    });
}

const log2 = ({ num, den }: Rational): number => num.toString(2).replace("-", "").length - den.toString(2).length;

type Crossing = readonly ["m" | "1/m", string];

/** The one singular point of the curve over the roots of f, as a polynomial in z; undefined when there is none, or several. */
function crossingOver(curve: Polynomial, f: IntegerPoly): Crossing | undefined {
  const field = numberField(f);
  const ring = densePoly<NumberFieldElement>(field);
  const rows = (p: Polynomial): NumberFieldElement[] =>
    coefficients(p, "m").map((row) => {
      if (row.terms.length === 0) return field.zero;
      const integers = toIntegerPoly(row, "z");
      // toIntegerPoly is primitive: the factor that it takes away is put back.
      const ratio = divideExact(row, fromIntegerPoly(integers, "z"))!;
      const { num, den } = constantOf(ratio);
      return field.fromCoefficients(
        integers.map((c) => c * num),
        den,
      );
    });
  const [p, pm, pz] = [curve, derivative(curve, "m"), derivative(curve, "z")].map(rows) as [
    NumberFieldElement[],
    NumberFieldElement[],
    NumberFieldElement[],
  ];
  const degree = p.length - 1;
  const padded = (a: readonly NumberFieldElement[]): NumberFieldElement[] =>
    Array.from({ length: degree + 1 }, (_, k) => a[k] ?? field.zero);
  const direct = solution(ring, ring.gcd(ring.gcd(ring.trim(p), ring.trim(pm)), ring.trim(pz)));
  if (direct !== undefined) return ["m", direct];
  const [r, rz] = [padded(p).reverse(), padded(pz).reverse()].map((a) => ring.trim(a));
  const common = ring.gcd(ring.gcd(r!, ring.derivative(r!)), rz!);
  const turned = solution(ring, common);
  return turned === undefined ? undefined : ["1/m", turned];
}

function constantOf(p: Polynomial): Rational {
  return rational(p.terms[0]!.coefficient, p.denominator);
}

function solution(
  ring: ReturnType<typeof densePoly<NumberFieldElement>>,
  common: readonly NumberFieldElement[],
): string | undefined {
  if (common.length !== 2) return undefined;
  const { coeffs, denominator } = ring.field.neg(common[0]!);
  if (coeffs.length === 0) return "0";
  return `(${toText(fromIntegerPoly(coeffs, "z"))})/${denominator}`;
}
