#!/usr/bin/env node
// Counts violations of the containment promise of freecurve/ball: random operations at random precisions on random balls, each compared
// with the exact value at a random point of its operands. Sums, products, quotients and powers are compared in exact integer
// arithmetic, roots by squaring back; exp, sin and cos with Taylor series in integers whose rounding and remainders are
// bounded, after halvings of the argument alone; log and arctan by applying those to the ends of the ball. Nothing of this calls the
// package. Needs `npm run build`.
//
//   node scripts/check-balls.mjs [--count 1000000] [--seed 1]
//
// Prints for each kind of operation how many were made, how many results were bounded, how many the witness was too coarse to decide, and
// the violations, with the first few of them in full. Exit code 1 when there is one.
import { parseArgs } from "node:util";
import { complexBalls, realBalls } from "../dist/ball/index.js";

const { values } = parseArgs({
  options: { count: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } },
});
const count = Number(values.count);
let state = BigInt.asUintN(64, BigInt(values.seed) * 0xd1342543de82ef95n + 0x2545f4914f6cdd1dn);

// -- random numbers -----------------------------------------------------------------------------------------------------------

let pool = 0;
/** 32 random bits (splitmix64). */
function word() {
  if (pool % 2 === 0) {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    z ^= z >> 31n;
    word.low = Number(z & 0xffffffffn);
    word.high = Number(z >> 32n);
  }
  return pool++ % 2 === 0 ? word.low : word.high;
}
const below = (n) => word() % n;
const pick = (list) => list[below(list.length)];
function integer(bits) {
  let m = 0n;
  for (let k = 0; k < bits; k += 32) m = (m << 32n) | BigInt(word());
  return (m & ((1n << BigInt(bits)) - 1n)) | (1n << BigInt(bits - 1));
}

// -- dyadic numbers m·2^e ---------------------------------------------------------------------------------------------------------

const dyadic = (m, e = 0) => ({ m, e });
const shift = (m, k) => (k >= 0 ? m << BigInt(k) : m >> BigInt(-k));
function align(a, b) {
  const e = Math.min(a.e, b.e);
  return [a.m << BigInt(a.e - e), b.m << BigInt(b.e - e), e];
}
const plus = (a, b) => {
  const [x, y, e] = align(a, b);
  return dyadic(x + y, e);
};
const minus = (a, b) => plus(a, dyadic(-b.m, b.e));
const times = (a, b) => dyadic(a.m * b.m, a.e + b.e);
const compare = (a, b) => {
  const [x, y] = align(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
};
const sign = (a) => (a.m > 0n ? 1 : a.m < 0n ? -1 : 0);
const power = (a, n) => dyadic(a.m ** BigInt(n), a.e * n);
const length = (m) => (m < 0n ? -m : m).toString(2).length;
const top = (a) => (a.m === 0n ? Number.NEGATIVE_INFINITY : length(a.m) + a.e);
/** How many zeros after the point the nonzero number begins with, in binary. */
const smallness = (a) => (a.m === 0n ? 0 : Math.max(0, -top(a)));

/** The exact value of a double. */
function double(x) {
  if (x === 0) return dyadic(0n);
  let e = 0;
  while (!Number.isInteger(x)) {
    x *= 2;
    e--;
  }
  while (x % 2 === 0) {
    x /= 2;
    e++;
  }
  return dyadic(BigInt(x), e);
}

/** The ends of a ball, from its fields. */
function ends(ball) {
  if (ball.radius === Number.POSITIVE_INFINITY) return undefined;
  const mid = dyadic(ball.mantissa, ball.exponent);
  const radius = times(double(ball.radius), dyadic(1n, ball.exponent));
  return { low: minus(mid, radius), high: plus(mid, radius) };
}

// -- witnesses: enclosures [low, high] of integers in units of 2^-bits -----------------------------------------------------------------

const floorDivide = (a, b) => (a >= 0n === b > 0n || a % b === 0n ? a / b : a / b - 1n);
const ceilDivide = (a, b) => -floorDivide(-a, b);
const interval = (low, high = low) => ({ low, high });
function productOf(a, b, bits) {
  const all = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
  let [low, high] = [all[0], all[0]];
  for (const p of all) {
    if (p < low) low = p;
    if (p > high) high = p;
  }
  return interval(low >> BigInt(bits), -(-high >> BigInt(bits)));
}
const enclose = (a, bits) => interval(shift(a.m, a.e + bits), -shift(-a.m, a.e + bits));
const differenceOf = (a, b) => interval(a.low - b.high, a.high - b.low);
const sumOf = (a, b) => interval(a.low + b.low, a.high + b.high);

/** exp(x) by the Taylor series of |x|/2^k <= 1/2, squared k times. */
function exponential(x, bits) {
  if (x.m === 0n) return { ...interval(1n << BigInt(bits)), bits };
  const k = Math.max(0, top(x) + 1) + 4;
  const work = bits + 2 * k + 20 + Math.max(0, Math.ceil(3 * 2 ** Math.max(0, top(x))));
  const y = enclose(dyadic(x.m < 0n ? -x.m : x.m, x.e - k), work);
  let low = 1n << BigInt(work);
  let high = low;
  let [termLow, termHigh] = [low, high];
  for (let n = 1n; termHigh > 1n; n++) {
    termLow = floorDivide((termLow * y.low) >> BigInt(work), n);
    termHigh = ceilDivide(-((-termHigh * y.high) >> BigInt(work)), n);
    low += termLow;
    high += termHigh;
  }
  let result = interval(low, high + 2n);
  for (let i = 0; i < k; i++) result = productOf(result, result, work);
  if (x.m < 0n) {
    const unit = 1n << BigInt(2 * work);
    result = interval(floorDivide(unit, result.high), ceilDivide(unit, result.low));
  }
  return { ...result, bits: work };
}

/** cos(x) and sin(x) by the Taylor series of |x|/2^k <= 1/2, with the angle doubled k times. */
function cosineAndSine(x, bits) {
  if (x.m === 0n) return { cos: interval(1n << BigInt(bits)), sin: interval(0n), bits };
  const k = Math.max(0, top(x) + 1) + 4;
  const work = bits + 3 * k + 20 + smallness(x);
  const y = enclose(dyadic(x.m, x.e - k), work);
  const one = interval(1n << BigInt(work));
  const square = productOf(y, y, work);
  let [cos, sin, cosTerm, sinTerm] = [one, y, one, y];
  const next = (term, divisor) => {
    const p = productOf(term, square, work);
    return interval(floorDivide(-p.high, divisor), ceilDivide(-p.low, divisor));
  };
  const large = (t) => t.low < -2n || t.high > 2n;
  for (let n = 1n; large(cosTerm) || large(sinTerm); n += 2n) {
    cosTerm = next(cosTerm, n * (n + 1n));
    sinTerm = next(sinTerm, (n + 1n) * (n + 2n));
    cos = sumOf(cos, cosTerm);
    sin = sumOf(sin, sinTerm);
  }
  // The tails are smaller than the last terms.
  cos = interval(cos.low - 4n, cos.high + 4n);
  sin = interval(sin.low - 4n, sin.high + 4n);
  for (let i = 0; i < k; i++) {
    const cosSin = productOf(cos, sin, work);
    cos = differenceOf(productOf(cos, cos, work), productOf(sin, sin, work));
    sin = interval(2n * cosSin.low, 2n * cosSin.high);
  }
  return { cos, sin, bits: work };
}

// -- verdicts -----------------------------------------------------------------------------------------------------------------------

const GOOD = "good";
const VIOLATION = "violation";
const UNDECIDED = "undecided";
const UNBOUNDED = "unbounded";

/** All must be proved; one disproof is a violation. */
const all = (...verdicts) => (verdicts.includes(VIOLATION) ? VIOLATION : (verdicts.find((v) => v !== GOOD) ?? GOOD));
const known = (isTrue) => (isTrue ? GOOD : VIOLATION);

/** Whether the ball holds the exact number. */
function holds(ball, value) {
  const e = ends(ball);
  if (e === undefined) return UNBOUNDED;
  return known(compare(e.low, value) <= 0 && compare(value, e.high) <= 0);
}

/** Whether the ball holds num/den, den > 0. */
function holdsQuotient(ball, num, den) {
  const e = ends(ball);
  if (e === undefined) return UNBOUNDED;
  if (sign(den) < 0) return holdsQuotient(ball, dyadic(-num.m, num.e), dyadic(-den.m, den.e));
  return known(compare(times(e.low, den), num) <= 0 && compare(num, times(e.high, den)) <= 0);
}

/** Whether the ball holds a number that the witness encloses. */
function holdsEnclosed(ball, { low, high }, bits) {
  const e = ends(ball);
  if (e === undefined) return UNBOUNDED;
  const [a, b] = [dyadic(low, -bits), dyadic(high, -bits)];
  if (compare(b, e.low) < 0 || compare(a, e.high) > 0) return VIOLATION;
  return compare(e.low, a) <= 0 && compare(b, e.high) <= 0 ? GOOD : UNDECIDED;
}

/** Whether the sign of the enclosed number is >= 0. */
const nonNegative = ({ low, high }) => (low >= 0n ? GOOD : high < 0n ? VIOLATION : UNDECIDED);

/** Whether the ball holds the q-th root of the value >= 0: low^q <= value <= high^q. */
function holdsRoot(ball, value, q) {
  const e = ends(ball);
  if (e === undefined) return UNBOUNDED;
  const low = sign(e.low) <= 0 || compare(power(e.low, q), value) <= 0;
  return known(low && sign(e.high) >= 0 && compare(power(e.high, q), value) >= 0);
}

/** Whether the ball holds the argument of x + iy, from the sign of sin(arg − end). */
function holdsArgument(ball, x, y, bits) {
  const e = ends(ball);
  if (e === undefined) return UNBOUNDED;
  if (compare(e.low, dyadic(-3n)) < 0 && compare(e.high, dyadic(3n)) > 0) return UNBOUNDED;
  const side = (end) => {
    const { cos, sin, bits: work } = cosineAndSine(end, bits + 10);
    const unit = work + 60 - Math.max(top(x), top(y));
    const [p, q] = [enclose(x, unit), enclose(y, unit)];
    return differenceOf(productOf(q, cos, work), productOf(p, sin, work));
  };
  const [low, high] = [side(e.low), side(e.high)];
  return all(nonNegative(low), nonNegative(interval(-high.high, -high.low)));
}

// -- random operands ---------------------------------------------------------------------------------------------------------------

/** A ball and a point of it, often an end; `span` bounds the exponent of the midpoint. */
function operand(R, span, positive = false) {
  const kind = below(16);
  let mid;
  if (kind === 0) mid = dyadic(positive ? 1n : 0n);
  else if (kind < 3) mid = dyadic(BigInt(1 + below(8)));
  else if (kind < 5) mid = plus(dyadic(1n), dyadic(pick([1n, -1n]), -1 - below(2 * R.bits)));
  else {
    const bits = 1 + below(pick([8, 60, R.bits, 2 * R.bits]));
    mid = dyadic(integer(bits), below(2 * span + 1) - span - bits);
  }
  if (!positive && below(2) === 0) mid = dyadic(-mid.m, mid.e);
  let ball = R.scaleByPowerOfTwo(R.fromInteger(mid.m), mid.e);
  const size = below(8);
  if (size > 1) {
    const relative = size < 5 ? -R.bits + below(12) : size < 7 ? -below(R.bits) : below(8) - 4;
    const by = (mid.m === 0n ? 0 : Math.max(-4000, top(mid))) + relative - (positive ? 3 : 0);
    ball = R.inflate(ball, R.scaleByPowerOfTwo(R.fromInteger(BigInt(1 + below(1000))), by - 10));
  }
  const e = ends(ball);
  const t = below(4);
  if (t === 0) return { ball, point: e.low };
  if (t === 1) return { ball, point: e.high };
  const width = minus(e.high, e.low);
  return { ball, point: plus(e.low, times(width, dyadic(BigInt(below(1024)), -10))) };
}

const PRECISIONS = [53, 54, 60, 64, 80, 100, 128, 200, 333, 450, 700];
const SHORT_PRECISIONS = [53, 60, 64, 80, 100, 128, 200, 333];

const cplus = (a, b) => ({ re: plus(a.re, b.re), im: plus(a.im, b.im) });
const ctimes = (a, b) => ({
  re: minus(times(a.re, b.re), times(a.im, b.im)),
  im: plus(times(a.re, b.im), times(a.im, b.re)),
});
const holdsPoint = (ball, z) => all(holds(ball.re, z.re), holds(ball.im, z.im));

function complexOperand(bits, span) {
  const R = realBalls(bits);
  const [re, im] = [operand(R, span), operand(R, span)];
  if (below(8) === 0) return { ball: { re: re.ball, im: R.zero }, point: { re: re.point, im: dyadic(0n) } };
  return { ball: { re: re.ball, im: im.ball }, point: { re: re.point, im: im.point } };
}

/** Makes one operation and returns the verdict; undefined when the operands do not fit it. */
const kinds = {
  "x + y": (R, a, b) => holds(R.add(a.ball, b.ball), plus(a.point, b.point)),
  "x - y": (R, a, b) => holds(R.sub(a.ball, b.ball), minus(a.point, b.point)),
  "x * y": (R, a, b) => holds(R.mul(a.ball, b.ball), times(a.point, b.point)),
  "x^2": (R, a) => holds(R.sqr(a.ball), times(a.point, a.point)),
  "x / y": (R, a, b) => (sign(b.point) === 0 ? undefined : holdsQuotient(R.div(a.ball, b.ball), a.point, b.point)),
  "1 / x": (R, a) => (sign(a.point) === 0 ? undefined : holdsQuotient(R.inv(a.ball), dyadic(1n), a.point)),
  "x^n": (R, a) => {
    const n = below(7);
    return holds(R.powInt(a.ball, n), power(a.point, n));
  },
  "|x|": (R, a) => holds(R.abs(a.ball), sign(a.point) < 0 ? dyadic(-a.point.m, a.point.e) : a.point),
  union: (R, a, b) => {
    const u = R.union(a.ball, b.ball);
    return all(holds(u, a.point), holds(u, b.point));
  },
  "a + b b + b b^2 + a b^3": (R, a, b) => {
    const [p, q] = [a.point, b.point];
    const value = plus(times(plus(times(plus(times(p, q), q), q), q), q), p);
    return holds(R.horner([a.ball, b.ball, b.ball, a.ball], b.ball), value);
  },
  "sqrt x": (R, a) => (sign(a.point) < 0 || R.sign(a.ball) === -1 ? undefined : holdsRoot(R.sqrt(a.ball), a.point, 2)),
};

const transcendental = {
  "exp x": (R) => {
    const a = operand(R, 5);
    if (top(a.point) > 8) return undefined;
    const { bits, ...value } = exponential(a.point, R.bits + 90);
    return holdsEnclosed(R.exp(a.ball), value, bits);
  },
  "log x": (R) => {
    const a = operand(R, 30, true);
    if (R.sign(a.ball) !== 1) return undefined;
    const e = ends(R.log(a.ball));
    if (e === undefined) return UNBOUNDED;
    const close = R.bits + 90 + Math.min(smallness(e.low), smallness(e.high));
    const side = (end, s) => {
      const { low, high, bits } = exponential(end, close);
      const point = enclose(a.point, bits);
      return nonNegative(s > 0 ? differenceOf(point, { low, high }) : differenceOf({ low, high }, point));
    };
    return all(side(e.low, 1), side(e.high, -1));
  },
  "sin x": (R) => {
    const a = operand(R, 6);
    if (top(a.point) > 12) return undefined;
    const { sin, bits } = cosineAndSine(a.point, R.bits + 90);
    return holdsEnclosed(R.sin(a.ball), sin, bits);
  },
  "cos x": (R) => {
    const a = operand(R, 6);
    if (top(a.point) > 12) return undefined;
    const { cos, bits } = cosineAndSine(a.point, R.bits + 90);
    return holdsEnclosed(R.cos(a.ball), cos, bits);
  },
  "arctan x": (R) => {
    const a = operand(R, 30);
    return holdsArgument(R.atan(a.ball), dyadic(1n), a.point, R.bits + 60 + smallness(a.point));
  },
  "x^(p/q)": (R) => {
    const a = operand(R, 20, true);
    const [p, q] = [1 + below(5), 1 + below(6)];
    if (R.sign(a.ball) !== 1) return undefined;
    return holdsRoot(R.powRational(a.ball, reduced(p, q)), power(a.point, p), q);
  },
};

function reduced(p, q) {
  const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));
  const g = gcd(p, q);
  return { num: BigInt(p / g), den: BigInt(q / g) };
}

const complexKinds = {
  "z + w": (C, a, b) => holdsPoint(C.add(a.ball, b.ball), cplus(a.point, b.point)),
  "z * w": (C, a, b) => holdsPoint(C.mul(a.ball, b.ball), ctimes(a.point, b.point)),
  "z^2": (C, a) => holdsPoint(C.sqr(a.ball), ctimes(a.point, a.point)),
  "z / w": (C, a, b) => {
    const { re, im } = b.point;
    const norm = plus(times(re, re), times(im, im));
    if (sign(norm) === 0) return undefined;
    const num = ctimes(a.point, { re, im: dyadic(-im.m, im.e) });
    const quotient = C.div(a.ball, b.ball);
    return all(holdsQuotient(quotient.re, num.re, norm), holdsQuotient(quotient.im, num.im, norm));
  },
  "|z|^2": (C, a) => holds(C.absSquared(a.ball), plus(times(a.point.re, a.point.re), times(a.point.im, a.point.im))),
  "|z|": (C, a) => holdsRoot(C.abs(a.ball), plus(times(a.point.re, a.point.re), times(a.point.im, a.point.im)), 2),
};

const complexTranscendental = {
  "exp z": (C) => {
    const { ball, point } = complexOperand(C.bits, 4);
    if (top(point.re) > 7 || top(point.im) > 10) return undefined;
    const size = exponential(point.re, C.bits + 120);
    const turn = cosineAndSine(point.im, size.bits);
    const scaled = (x) => interval(x.low << BigInt(turn.bits - size.bits), x.high << BigInt(turn.bits - size.bits));
    const modulus = turn.bits >= size.bits ? scaled(size) : undefined;
    if (modulus === undefined) return undefined;
    const value = C.exp(ball);
    return all(
      holdsEnclosed(value.re, productOf(modulus, turn.cos, turn.bits), turn.bits),
      holdsEnclosed(value.im, productOf(modulus, turn.sin, turn.bits), turn.bits),
    );
  },
  "arg z": (C) => {
    const { ball, point } = complexOperand(C.bits, 12);
    if (sign(point.im) === 0 || sign(point.re) === 0) return undefined;
    return holdsArgument(C.arg(ball), point.re, point.im, C.bits + 80 + Math.abs(top(point.re) - top(point.im)));
  },
  "sqrt z": (C) => {
    const { ball, point } = complexOperand(C.bits, 20);
    // With r = |z|: Re² = (r + x)/2, Im² = (r − x)/2 and Im has the sign of y.
    const { re: x, im: y } = point;
    if (sign(y) === 0) return undefined;
    const norm = plus(times(x, x), times(y, y));
    const work = 4 * C.bits + 200 + 2 * (smallness(x) + smallness(y));
    const r = integerRoot(shift(norm.m, norm.e + 2 * work));
    const modulus = interval(r, r + 2n);
    const part = enclose(x, work);
    const half = (v) => interval(v.low >> 1n, (v.high >> 1n) + 1n);
    const root = (v) =>
      interval(integerRoot(v.low < 0n ? 0n : v.low << BigInt(work)), integerRoot(v.high << BigInt(work)) + 1n);
    const re = root(half(sumOf(modulus, part)));
    const size = root(half(differenceOf(modulus, part)));
    const im = sign(y) < 0 ? interval(-size.high, -size.low) : size;
    const value = C.sqrt(ball);
    return all(holdsEnclosed(value.re, re, work), holdsEnclosed(value.im, im, work));
  },
};

function integerRoot(n) {
  if (n < 2n) return n < 0n ? 0n : n;
  let x = 1n << BigInt((length(n) + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

// -- the run ----------------------------------------------------------------------------------------------------------------------------

const tally = new Map();
const failures = [];
function record(name, verdict, bits) {
  if (verdict === undefined) return false;
  const row = tally.get(name) ?? { made: 0, good: 0, unbounded: 0, undecided: 0, violation: 0 };
  row.made++;
  row[verdict]++;
  tally.set(name, row);
  if (verdict === VIOLATION && failures.length < 5) failures.push(`${name} at ${bits} bits`);
  return true;
}

const names = { real: Object.keys(kinds), hard: Object.keys(transcendental), complex: Object.keys(complexKinds) };
const hardComplex = Object.keys(complexTranscendental);
let made = 0;
const started = performance.now();
while (made < count) {
  const group = below(20);
  let isMade;
  if (group < 11) {
    const R = realBalls(pick(PRECISIONS));
    const name = pick(names.real);
    const span = pick([3, 20, 600]);
    isMade = record(name, kinds[name](R, operand(R, span), operand(R, span)), R.bits);
  } else if (group < 15) {
    const bits = pick(PRECISIONS);
    const name = pick(names.complex);
    const span = pick([3, 20, 300]);
    const C = complexBalls(bits);
    isMade = record(name, complexKinds[name](C, complexOperand(bits, span), complexOperand(bits, span)), bits);
  } else if (group < 18) {
    const R = realBalls(pick(SHORT_PRECISIONS));
    const name = pick(names.hard);
    isMade = record(name, transcendental[name](R), R.bits);
  } else {
    const C = complexBalls(pick(SHORT_PRECISIONS));
    const name = pick(hardComplex);
    isMade = record(name, complexTranscendental[name](C), C.bits);
  }
  if (isMade) made++;
}

const columns = (name, ...cells) => name.padEnd(26) + cells.map((c) => String(c).padStart(12)).join("");
console.log(columns("operation", "made", "bounded", "undecided", "violations"));
let violations = 0;
let undecided = 0;
for (const [name, row] of tally) {
  console.log(columns(name, row.made, row.made - row.unbounded, row.undecided, row.violation));
  violations += row.violation;
  undecided += row.undecided;
}
for (const failure of failures) console.log(`violation: ${failure}`);
console.log(
  `${made} operations, ${violations} violations, ${undecided} undecided, seed ${values.seed}, ${((performance.now() - started) / 1000).toFixed(1)} s`,
);
if (violations > 0) process.exitCode = 1;
