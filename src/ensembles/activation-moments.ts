import { certifiedDecimal, piBall, type RealBall, realBalls } from "../ball/index.js";
import { type Budget, DomainError, unlimited } from "../core/index.js";
import { coefficients, constantValue, isConstant, parsePolynomial } from "../poly/index.js";
import { QQ, type Rational, rational, rationalToText } from "../rings/index.js";

/** A number in closed form where there is one, and in decimals of which every digit is proved. */
export interface CertifiedNumber {
  /** Exact text in numbers, pi and asin; absent where no closed form is known. */
  readonly exact?: string;
  /** Rounded to the digits that were asked for: an exact rational for `conjugateKernel`, within half a unit of its last digit. */
  readonly decimal: string;
  /** The value where it is rational. */
  readonly rational?: Rational;
}

/** What the law of a conjugate kernel needs to know of its activation. */
export interface ActivationMoments {
  /** E f̃(g)² for a standard normal g, where f̃ = f − E f(g). */
  readonly eta: CertifiedNumber;
  /** (E f'(g))². */
  readonly zeta: CertifiedNumber;
}

/** A number as a ball at every precision. */
type BallAt = (bits: number) => RealBall;

interface Named {
  readonly exact?: string;
  readonly ballAt: BallAt;
}

const pi: BallAt = piBall;

/** numerator/(denominator·π). */
function overPi(numerator: number, denominator: number): BallAt {
  return (bits) => {
    const { div, mul, fromInteger } = realBalls(bits);
    return div(fromInteger(numerator), mul(fromInteger(denominator), pi(bits)));
  };
}

const one = rational(1);

const activations: Readonly<Record<string, { readonly eta: Named | Rational; readonly zeta: Named | Rational }>> = {
  relu: {
    eta: {
      exact: "1/2 - 1/(2*pi)",
      ballAt(bits) {
        const balls = realBalls(bits);
        return balls.sub(balls.fromRational(rational(1, 2)), overPi(1, 2)(bits));
      },
    },
    zeta: rational(1, 4),
  },
  erf: {
    eta: {
      exact: "2*asin(2/3)/pi",
      ballAt(bits) {
        const { atan, div, fromInteger, mul, sqrt } = realBalls(bits);
        return div(mul(fromInteger(2), atan(div(fromInteger(2), sqrt(fromInteger(5))))), pi(bits));
      },
    },
    zeta: { exact: "4/(3*pi)", ballAt: overPi(4, 3) },
  },
  sign: { eta: one, zeta: { exact: "2/pi", ballAt: overPi(2, 1) } },
  tanh: {
    eta: { ballAt: (bits) => gaussianMean(bits, (square) => square) },
    zeta: {
      ballAt(bits) {
        const { fromInteger, sqr, sub } = realBalls(bits);
        return sqr(gaussianMean(bits, (square) => sub(fromInteger(1), square)));
      },
    },
  },
};

/**
 * The Gaussian moments eta = E f(g)² and zeta = (E f'(g))² of an activation, after its mean is taken off: `relu`, `erf`, `sign`,
 * `tanh`, or a polynomial in x such as `"x^3 - 3*x"`. Exact where they are rational or have a closed form; the decimals are certified.
 * `conjugateKernel(eta.decimal, zeta.decimal, phi, psi)` is the law of its random features up to that rounding.
 *
 * @throws DomainError for an activation that is neither named nor a polynomial in x, and for a constant one.
 * @example activationMoments("relu") // eta 1/2 - 1/(2*pi) = 0.340845056908105, zeta 1/4
 */
export function activationMoments(activation: string, digits = 15, budget: Budget = unlimited): ActivationMoments {
  const named = Object.hasOwn(activations, activation) ? activations[activation]! : polynomialMoments(activation);
  const certified = (value: Named | Rational): CertifiedNumber => {
    if ("num" in value) {
      const text = rationalToText(value);
      const decimal = certifiedDecimal((bits) => realBalls(bits).fromRational(value), digits, budget);
      return { exact: text, decimal, rational: value };
    }
    const decimal = certifiedDecimal(value.ballAt, digits, budget);
    return value.exact === undefined ? { decimal } : { exact: value.exact, decimal };
  };
  return { eta: certified(named.eta), zeta: certified(named.zeta) };
}

function polynomialMoments(text: string): { eta: Rational; zeta: Rational } {
  const polynomial = readPolynomial(text);
  const coeffs = coefficients(polynomial, "x").map((coefficient) => {
    if (isConstant(coefficient)) return constantValue(coefficient);
    throw new DomainError(
      `the activation ${text} is a polynomial in x alone; got ${coefficient.variables.join(", ")} too`,
    );
  });
  if (coeffs.length < 2) throw new DomainError(`the activation ${text} is constant; one that depends on x is needed`);
  const mean = expectation(coeffs);
  const slope = expectation(coeffs.slice(1).map((c, k) => QQ.mul(c, rational(k + 1))));
  const square = new Array<Rational>(2 * coeffs.length - 1).fill(QQ.zero);
  for (const [i, a] of coeffs.entries()) {
    for (const [j, b] of coeffs.entries()) square[i + j] = QQ.add(square[i + j]!, QQ.mul(a, b));
  }
  return { eta: QQ.sub(expectation(square), QQ.mul(mean, mean)), zeta: QQ.mul(slope, slope) };
}

function readPolynomial(text: string): ReturnType<typeof parsePolynomial> {
  try {
    return parsePolynomial(text);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const names = Object.keys(activations).join(", ");
    throw new DomainError(`the activation is one of ${names}, or a polynomial in x; got "${text}"`);
  }
}

/** E Σ c_k g^k: the moments of g are 1, 0, 1, 0, 3, 0, 15, … */
function expectation(coeffs: readonly Rational[]): Rational {
  let moment = 1n;
  let sum = QQ.zero;
  for (let k = 0; k < coeffs.length; k += 2) {
    if (k > 0) moment *= BigInt(k - 1);
    sum = QQ.add(sum, QQ.mul(coeffs[k]!, { num: moment, den: 1n }));
  }
  return sum;
}

/**
 * E q(tanh² g) for q(s) = s or 1 − s, by the trapezoid rule with steps 1/N. On the strip |Im x| ≤ π/4 both functions are at most 2 in
 * size, so with the Gaussian weight, whose integral there is at most e^(π²/32), the rule errs by less than 6/(e^(π² N/2) − 1) (L. N.
 * Trefethen and J. A. C. Weideman, SIAM Review 56 (2014) 385–458, theorem 5.1), and what lies beyond |x| = X adds e^(−X²/2) at most.
 */
function gaussianMean(bits: number, of: (tanhSquared: RealBall) => RealBall): RealBall {
  const balls = realBalls(bits + 32);
  const { add, div, exp, fromInteger, fromRational, inflate, mul, sqr, sqrt, sub } = balls;
  const perUnit = Math.ceil(bits / 7) + 1;
  const reach = Math.ceil(Math.sqrt(1.39 * bits)) + 1;
  const unit = fromInteger(1);
  let sum = of(fromInteger(0));
  for (let k = 1; k <= reach * perUnit; k++) {
    const decay = exp(fromRational(rational(-2 * k, perUnit)));
    const tanh = div(sub(unit, decay), add(unit, decay));
    const weight = exp(fromRational(rational(-k * k, 2 * perUnit * perUnit)));
    sum = add(sum, mul(fromInteger(2), mul(weight, of(sqr(tanh)))));
  }
  const mean = div(sum, mul(fromInteger(perUnit), sqrt(mul(fromInteger(2), pi(bits + 32)))));
  return inflate(mean, fromRational({ num: 1n, den: 2n ** BigInt(bits - 1) }));
}
