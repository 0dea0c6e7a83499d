import { piBall, type RealBall, realBalls } from "../ball/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";

let tangentNumbers: readonly bigint[] = [];

/** T_1, …, T_n with tan x = Σ T_k x^(2k−1)/(2k−1)!, in n² small products [R. P. Brent, D. Harvey, arXiv:1108.0286, Figure 1]. */
function computeTangentNumbers(n: number): readonly bigint[] {
  const values = [0n, 1n];
  for (let k = 2; k <= n; k++) values[k] = BigInt(k - 1) * values[k - 1]!;
  for (let k = 2; k <= n; k++) {
    for (let j = k; j <= n; j++) values[j] = BigInt(j - k) * values[j - 1]! + BigInt(j - k + 2) * values[j]!;
  }
  return values;
}

/** The Bernoulli number B_2k = (−1)^(k−1) 2k T_k/(4^k (4^k − 1)). */
function evenBernoulli(k: number): Rational {
  if (k >= tangentNumbers.length) tangentNumbers = computeTangentNumbers(Math.max(32, 2 * k));
  const four = 1n << BigInt(2 * k);
  const size = QQ.fromRatio(BigInt(2 * k) * tangentNumbers[k]!, four * (four - 1n));
  return k % 2 === 1 ? size : QQ.neg(size);
}

const knownValues = new Map<string, RealBall>();

/** A value that is computed once for an argument and a precision; the latest few hundred are kept. */
function remembered(name: string, x: Rational, bits: number, compute: () => RealBall): RealBall {
  const key = `${name} ${x.num}/${x.den} ${bits}`;
  const known = knownValues.get(key) ?? compute();
  if (knownValues.size > 500) knownValues.clear();
  knownValues.set(key, known);
  return known;
}

/** How far an argument is moved up for Stirling's series to reach so many bits. */
function shiftOf(x: Rational, bits: number): number {
  const least = BigInt(Math.ceil(bits / 4) + 4);
  return Math.max(0, Number(least - QQ.floor(x)));
}

/**
 * Σ c_k y^(−power(k)) over k ≥ 1 until the terms are below 2^-bits; for a real y > 0 the rest of Stirling's series and of that of its
 * derivative is at most the first term that is left out [Whittaker–Watson 1927, §12.33], which is added to the radius.
 */
function stirlingSum(y: RealBall, bits: number, term: (k: number) => Rational, power: (k: number) => number): RealBall {
  const real = realBalls(bits);
  const small = real.fromRational(rational(1n, 1n << BigInt(bits)));
  const inverse = real.inv(y);
  let sum = real.zero;
  for (let k = 1; ; k++) {
    const next = real.mul(real.fromRational(term(k)), real.powInt(inverse, power(k)));
    const size = real.absUpper(next);
    if (real.compare(size, small) === -1) return real.inflate(sum, size);
    sum = real.add(sum, next);
  }
}

/** 1/Γ(x) for a rational x: 0 at the poles 0, −1, −2, … of Γ. */
export function reciprocalGamma(x: Rational, bits: number): RealBall {
  return remembered("1/gamma", x, bits, () => computeReciprocalGamma(x, bits));
}

function computeReciprocalGamma(x: Rational, bits: number): RealBall {
  const shift = shiftOf(x, bits);
  const real = realBalls(bits + 32);
  // Γ(x + n) = x (x + 1) … (x + n − 1) Γ(x)
  let product = real.one;
  for (let k = 0; k < shift; k++) product = real.mul(product, real.fromRational(QQ.add(x, rational(k))));
  if (real.sign(product) === 0) return real.zero;
  const y = real.fromRational(QQ.add(x, rational(shift)));
  const series = stirlingSum(
    y,
    bits + 32,
    (k) => QQ.div(evenBernoulli(k), rational(2 * k * (2 * k - 1))),
    (k) => 2 * k - 1,
  );
  const half = real.fromRational(rational(1, 2));
  const twoPi = real.scaleByPowerOfTwo(piBall(bits + 32), 1);
  const main = real.sub(real.mul(real.sub(y, half), real.log(y)), y);
  const logarithm = real.add(real.add(main, real.mul(half, real.log(twoPi))), series);
  return real.mul(product, real.exp(real.neg(logarithm)));
}

/** Γ(x) for a rational x that is none of 0, −1, −2, …; there the whole line. */
export function gamma(x: Rational, bits: number): RealBall {
  return realBalls(bits + 32).inv(reciprocalGamma(x, bits));
}

/** ψ(x) = Γ'(x)/Γ(x) for a rational x > 0. */
export function digamma(x: Rational, bits: number): RealBall {
  return remembered("psi", x, bits, () => computeDigamma(x, bits));
}

function computeDigamma(x: Rational, bits: number): RealBall {
  const shift = shiftOf(x, bits);
  const real = realBalls(bits + 32);
  const y = real.fromRational(QQ.add(x, rational(shift)));
  const series = stirlingSum(
    y,
    bits + 32,
    (k) => QQ.div(evenBernoulli(k), rational(2 * k)),
    (k) => 2 * k,
  );
  let value = real.sub(real.sub(real.log(y), real.div(real.fromRational(rational(1, 2)), y)), series);
  for (let k = 0; k < shift; k++) value = real.sub(value, real.fromRational(QQ.inv(QQ.add(x, rational(k)))));
  return value;
}
