import { type ComplexBall, complexBalls, piBall, type RealBall, realBalls } from "../ball/index.js";
import { DomainError } from "../core/index.js";
import { constant, fractions, type RationalFunction, rationalFunction, totalDegree, variable } from "../poly/index.js";
import { type Rational, rationalToText } from "../rings/index.js";

/** The functions of one variable that a statistic may be made of; log is the natural logarithm. */
export type ElementaryName = "log" | "exp" | "sqrt" | "abs" | "sin" | "cos";

export const elementaryNames: readonly ElementaryName[] = ["log", "exp", "sqrt", "abs", "sin", "cos"];

/** A real function of x as an exact tree; the only names in it are those of {@link ElementaryName}. */
export type RealFunction =
  | { readonly kind: "variable" }
  | { readonly kind: "constant"; readonly value: Rational }
  | { readonly kind: "pi" }
  | {
      readonly kind: "sum" | "difference" | "product" | "quotient";
      readonly left: RealFunction;
      readonly right: RealFunction;
    }
  /** base^exponent; for an exponent that is no integer, of a base ≥ 0. */
  | { readonly kind: "power"; readonly base: RealFunction; readonly exponent: Rational }
  | { readonly kind: "elementary"; readonly name: ElementaryName; readonly argument: RealFunction };

/** Beyond it a rational function is treated as any other one. */
const largestDegree = 1000;

/** The function as a rational function of x, undefined when it is none or of a degree beyond 1000. Exact. */
export function asRationalFunction(f: RealFunction): RationalFunction | undefined {
  switch (f.kind) {
    case "variable":
      return rationalFunction(variable("x"));
    case "constant":
      return rationalFunction(constant(f.value));
    case "pi":
    case "elementary":
      return undefined;
    case "power": {
      const base = asRationalFunction(f.base);
      if (base === undefined || f.exponent.den !== 1n) return undefined;
      const n = Number(f.exponent.num);
      const { numerator, denominator } = base;
      if (Math.abs(n) * Math.max(totalDegree(numerator), totalDegree(denominator)) > largestDegree) return undefined;
      if (n < 0 && fractions.isZero(base)) throw new DomainError("the function divides by zero everywhere");
      return n >= 0 ? fractions.pow(base, n) : fractions.inv(fractions.pow(base, -n));
    }
    default: {
      const left = asRationalFunction(f.left);
      const right = asRationalFunction(f.right);
      if (left === undefined || right === undefined) return undefined;
      if (f.kind === "sum") return fractions.add(left, right);
      if (f.kind === "difference") return fractions.sub(left, right);
      if (f.kind === "product") return fractions.mul(left, right);
      if (fractions.isZero(right)) throw new DomainError("the function divides by zero everywhere");
      return fractions.div(left, right);
    }
  }
}

/**
 * The values of f over a real ball: contains f(x) for every x of it where f is real. The whole line where f may be unbounded or
 * not real, DomainError where it is certainly not real.
 */
export function realValue(f: RealFunction, x: RealBall, bits: number): RealBall {
  const real = realBalls(bits);
  switch (f.kind) {
    case "variable":
      return x;
    case "constant":
      return real.fromRational(f.value);
    case "pi":
      return piBall(bits);
    case "power": {
      const base = realValue(f.base, x, bits);
      if (f.exponent.den === 1n) return real.powInt(base, Number(f.exponent.num));
      if (f.exponent.num < 0n && real.sign(base) === 0) return real.div(real.one, real.zero);
      return f.exponent.den === 2n
        ? real.powInt(real.sqrt(base), Number(f.exponent.num))
        : real.powRational(base, f.exponent);
    }
    case "elementary": {
      const argument = realValue(f.argument, x, bits);
      // Of 0 there is none, and it is no mistake to ask next to it.
      if (f.name === "log" && real.sign(argument) === 0) return real.div(real.one, real.zero);
      return real[f.name](argument);
    }
    default: {
      const left = realValue(f.left, x, bits);
      const right = realValue(f.right, x, bits);
      if (f.kind === "sum") return real.add(left, right);
      if (f.kind === "difference") return real.sub(left, right);
      return f.kind === "product" ? real.mul(left, right) : real.div(left, right);
    }
  }
}

/**
 * The values over a rectangle of the complex plane, of the analytic continuation of f that is real on the real line; the whole plane
 * where f may have a singularity in the rectangle, or where a part of it meets the cut of its principal branch. So where the
 * values are bounded on overlapping rectangles, f is analytic on their union.
 */
export function analyticValue(f: RealFunction, z: ComplexBall, bits: number): ComplexBall {
  const balls = complexBalls(bits);
  const real = realBalls(bits);
  const everything = (): ComplexBall => balls.div(balls.one, balls.zero);
  const offCut = (w: ComplexBall): boolean =>
    balls.isBounded(w) && (real.sign(w.re) === 1 || real.sign(w.im) === 1 || real.sign(w.im) === -1);
  switch (f.kind) {
    case "variable":
      return z;
    case "constant":
      return balls.fromReal(real.fromRational(f.value));
    case "pi":
      return balls.fromReal(piBall(bits));
    case "power": {
      const base = analyticValue(f.base, z, bits);
      if (f.exponent.den === 1n) return balls.powInt(base, Number(f.exponent.num));
      if (!offCut(base)) return everything();
      return f.exponent.den === 2n
        ? balls.powInt(balls.sqrt(base), Number(f.exponent.num))
        : balls.exp(balls.scaleReal(balls.log(base), real.fromRational(f.exponent)));
    }
    case "elementary": {
      const w = analyticValue(f.argument, z, bits);
      if (!balls.isBounded(w)) return everything();
      switch (f.name) {
        case "exp":
          return balls.exp(w);
        case "log":
          return offCut(w) ? balls.log(w) : everything();
        case "sqrt":
          return offCut(w) ? balls.sqrt(w) : everything();
        case "abs": {
          const sign = real.sign(w.re);
          return sign === 1 ? w : sign === -1 ? balls.neg(w) : everything();
        }
        default: {
          // cos w and sin w from exp(iw).
          const up = balls.exp(balls.mul(balls.i, w));
          const down = balls.exp(balls.neg(balls.mul(balls.i, w)));
          if (f.name === "cos") return balls.scaleByPowerOfTwo(balls.add(up, down), -1);
          return balls.scaleByPowerOfTwo(balls.mul(balls.neg(balls.i), balls.sub(up, down)), -1);
        }
      }
    }
    default: {
      const left = analyticValue(f.left, z, bits);
      const right = analyticValue(f.right, z, bits);
      if (f.kind === "sum") return balls.add(left, right);
      if (f.kind === "difference") return balls.sub(left, right);
      return f.kind === "product" ? balls.mul(left, right) : balls.div(left, right);
    }
  }
}

/** The subexpressions at whose zeros f may have a singularity: divisors, and arguments of log, sqrt, abs and fractional powers. */
export function criticalParts(f: RealFunction): readonly RealFunction[] {
  switch (f.kind) {
    case "variable":
    case "constant":
    case "pi":
      return [];
    case "power": {
      const isSmooth = f.exponent.den === 1n && f.exponent.num >= 0n;
      return [...(isSmooth ? [] : [f.base]), ...criticalParts(f.base)];
    }
    case "elementary": {
      const isEntire = f.name === "exp" || f.name === "sin" || f.name === "cos";
      return [...(isEntire ? [] : [f.argument]), ...criticalParts(f.argument)];
    }
    default:
      return [...(f.kind === "quotient" ? [f.right] : []), ...criticalParts(f.left), ...criticalParts(f.right)];
  }
}

const signs = { sum: " + ", difference: " - ", product: "*", quotient: "/" };

/** The function as text of the input language. Exact. */
export function functionToText(f: RealFunction): string {
  switch (f.kind) {
    case "variable":
      return "x";
    case "pi":
      return "pi";
    case "constant":
      return f.value.den === 1n && f.value.num >= 0n ? rationalToText(f.value) : `(${rationalToText(f.value)})`;
    case "power":
      return `${atomText(f.base)}^${f.exponent.den === 1n && f.exponent.num >= 0n ? f.exponent.num : `(${rationalToText(f.exponent)})`}`;
    case "elementary":
      return `${f.name}(${functionToText(f.argument)})`;
    case "sum":
      return `${functionToText(f.left)} + ${functionToText(f.right)}`;
    case "difference":
      return `${functionToText(f.left)} - ${atomText(f.right)}`;
    default:
      return `${atomText(f.left)}${signs[f.kind]}${atomText(f.right)}`;
  }
}

function atomText(f: RealFunction): string {
  const isAtomic = f.kind === "variable" || f.kind === "constant" || f.kind === "pi" || f.kind === "elementary";
  return isAtomic ? functionToText(f) : `(${functionToText(f)})`;
}
