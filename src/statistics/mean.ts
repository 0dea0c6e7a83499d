import { type RealBall, realBalls, toNumber } from "../ball/index.js";
import { type Budget, BudgetError, DomainError, LimitError, unlimited } from "../core/index.js";
import {
  type Atom,
  irrationalMean,
  type Law,
  requireNumeric,
  requireSpectrum,
  type Support,
  support,
} from "../law/index.js";
import { fractionConstant, isConstant, type RationalFunction } from "../poly/index.js";
import { parseRational, QQ, rationalToDecimal, rationalToText } from "../rings/index.js";
import {
  type AlgebraicNumber,
  affineImage,
  algebraicFromRational,
  algebraicToBall,
  algebraicToNumber,
  rationalValue,
} from "../roots/index.js";
import { contourStatistic } from "./contour-statistic.js";
import { coefficientsInX, meanOfPolynomial, meanOfRationalFunction } from "./exact-statistic.js";
import { quadratureStatistic } from "./quadrature-statistic.js";
import { asRationalFunction, functionToText, type RealFunction, realValue } from "./real-function.js";

export type StatisticGuarantee = "exact" | "certified" | "estimate";

/** A number about a law: what is known of it. */
export type Finding =
  /** With the parameters of the law. */
  | { readonly kind: "symbolic"; readonly value: RationalFunction }
  | { readonly kind: "exact"; readonly value: AlgebraicNumber }
  /** In the ball with a proof. */
  | { readonly kind: "certified"; readonly value: RealBall }
  /** In the ball as far as can be judged. */
  | { readonly kind: "estimate"; readonly value: RealBall };

/**
 * The mean ∫ f drho, atoms included. Exact for polynomials, where the moments are rational, and for most rational functions with poles outside the support; certified
 * to the digits asked for where f is analytic around the support; elsewhere an estimate of about 14 digits.
 *
 * @throws DomainError where f is not real on the support, infinite at an atom, or the integral diverges.
 */
export function mean(law: Law, f: RealFunction, digits: number = 15, budget: Budget = unlimited): Finding {
  const rationalForm = asRationalFunction(f);
  if (rationalForm !== undefined && isConstant(rationalForm.denominator)) {
    const coeffs = coefficientsInX(rationalForm.numerator);
    const irrational = coeffs.length > 1 ? irrationalMean(law, budget) : undefined;
    if (irrational === undefined) {
      const value = meanOfPolynomial(law, coeffs, budget);
      if (!isConstant(value.numerator) || !isConstant(value.denominator)) return { kind: "symbolic", value };
      return { kind: "exact", value: algebraicFromRational(fractionConstant(value)) };
    }
    if (coeffs.length === 2) return { kind: "exact", value: affineImage(irrational, coeffs[1]!, coeffs[0]!) };
  }
  requireNumeric(law, "this statistic");
  requireSpectrum(law, budget);
  const shape = support(law, budget);
  for (const atom of shape.atoms) requireFinite(f, atom);
  if (rationalForm !== undefined && !isConstant(rationalForm.denominator)) {
    const value = meanOfRationalFunction(law, rationalForm, budget);
    if (value !== undefined) return { kind: "exact", value };
  }
  const certified = tryContour(law, f, shape, digits, budget);
  if (certified !== undefined) return { kind: "certified", value: certified };
  const real = realBalls(128);
  const { value, absTol } = quadratureStatistic(law, f, budget);
  const atomic = atomicPart(f, shape);
  const total = real.add(real.fromNumber(value), atomic);
  return { kind: "estimate", value: real.inflate(total, real.fromNumber(absTol)) };
}

/** The contour integral, undefined also where a sheet could not be followed along it. */
function tryContour(law: Law, f: RealFunction, shape: Support, digits: number, budget: Budget): RealBall | undefined {
  try {
    return contourStatistic(law, f, shape, digits, budget);
  } catch (error) {
    if (error instanceof LimitError && !(error instanceof BudgetError)) return undefined;
    throw error;
  }
}

/** Throws the plain sentence when f has no finite real value at an atom. */
function requireFinite(f: RealFunction, { at, weight }: Atom): void {
  let reason = "is not finite";
  for (let bits = 64; bits <= 4096; bits *= 4) {
    try {
      if (realBalls(bits).isBounded(realValue(f, algebraicToBall(at, bits), bits))) return;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      reason = "is not real";
      break;
    }
  }
  throw new DomainError(
    `not defined: the law has an atom of weight ${shortText(weight)} at ${shortText(at)}, where ${functionToText(f)} ${reason}`,
  );
}

function shortText(a: AlgebraicNumber): string {
  const value = rationalValue(a);
  const exact = value === undefined ? undefined : rationalToText(value);
  return exact !== undefined && exact.length <= 20 ? exact : String(Number(algebraicToNumber(a).toPrecision(6)));
}

/** The sum of weight·f(place) over the atoms. */
function atomicPart(f: RealFunction, { atoms }: Support): RealBall {
  const bits = 256;
  const real = realBalls(bits);
  return atoms.reduce(
    (sum, { at, weight }) =>
      real.add(sum, real.mul(algebraicToBall(weight, bits), realValue(f, algebraicToBall(at, bits), bits))),
    real.zero,
  );
}

/** A number that is known exactly or in a ball, as a ball of about so many bits. */
export function ballOf(finding: Exclude<Finding, { kind: "symbolic" }>, bits: number): RealBall {
  return finding.kind === "exact" ? algebraicToBall(finding.value, bits) : finding.value;
}

/** The decimals of a ball's midpoint, and how far they can be from any number of the ball. */
export function decimals(ball: RealBall, digits: number): { readonly text: string; readonly absTol: number } {
  const real = realBalls(Math.ceil(digits * 3.33) + 64);
  const middle = real.midpointRational(ball);
  const text = rationalToDecimal(middle, digits);
  const rounded = parseRational(text);
  const slack = QQ.add(QQ.abs(QQ.sub(rounded, middle)), real.radiusRational(ball));
  return { text, absTol: QQ.isZero(slack) ? 0 : toNumber(real.fromRational(slack)) * (1 + 1e-15) };
}
