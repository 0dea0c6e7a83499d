import {
  binaryLength,
  bitCount,
  DOWN,
  exactDouble,
  LARGEST_RADIUS,
  powerUp,
  SHORT_LENGTH,
  SMALLEST_RADIUS,
  shiftCount,
  UP,
} from "./magnitude.js";
import {
  errorBall,
  isBounded,
  leadingDown,
  magnitudeUp,
  type RealBall,
  rawBall,
  settle,
  signOf,
  wholeLine,
  withHead,
} from "./real-ball.js";

export function midpointOf(a: RealBall): RealBall {
  return a.radius === 0 ? a : rawBall(a.mantissa, a.exponent, 0, a.head, a.length);
}

export function negativeOf(a: RealBall): RealBall {
  return rawBall(-a.mantissa, a.exponent, a.radius, -a.head, a.length);
}

export function scaledByPowerOfTwo(a: RealBall, k: number): RealBall {
  return rawBall(a.mantissa, a.exponent + k, a.radius, a.head, a.length);
}

/**
 * p + q rounded to `bits` bits, where p and q are given as midpoint·2^exponent with radius (in units of 2^exponent, at most 2^900),
 * head and length as in a ball.
 */
function roundedSum(
  pMid: bigint,
  pExponent: number,
  pRadius: number,
  pHead: number,
  pLength: number,
  qMid: bigint,
  qExponent: number,
  qRadius: number,
  qHead: number,
  qLength: number,
  bits: number,
): RealBall {
  const pTop = pExponent + pLength;
  const qTop = qExponent + qLength;
  // A midpoint 0 has no leading bit: only its radius can ask for coarser units.
  const top = qHead === 0 ? pTop : pHead === 0 ? qTop : Math.max(pTop, qTop);
  let exponent = Math.min(pExponent, qExponent);
  if (exponent < top - bits - 1 && (pHead !== 0 || qHead !== 0)) exponent = top - bits - 1;
  // Units finer than 2^-100 of a radius carry no information.
  if (pRadius > 0) exponent = Math.max(exponent, pExponent + binaryLength(pRadius) - 100);
  if (qRadius > 0) exponent = Math.max(exponent, qExponent + binaryLength(qRadius) - 100);
  const pShift = pExponent - exponent;
  const qShift = qExponent - exponent;
  const pPart = pRadius > 0 ? Math.max(pRadius * powerUp(pShift), SMALLEST_RADIUS) : 0;
  const qPart = qRadius > 0 ? Math.max(qRadius * powerUp(qShift), SMALLEST_RADIUS) : 0;
  let lost = 0;
  if (pShift > 0) pMid <<= shiftCount(pShift);
  else if (pShift < 0 && pHead !== 0) {
    pMid >>= shiftCount(-pShift);
    lost = 1;
  }
  if (qShift > 0) qMid <<= shiftCount(qShift);
  else if (qShift < 0 && qHead !== 0) {
    qMid >>= shiftCount(-qShift);
    lost += 1;
  }
  let radius = pPart + qPart + lost;
  if (lost > 0 || (pPart > 0 && qPart > 0)) radius *= UP;
  if (!(radius < LARGEST_RADIUS)) return wholeLine;
  const mantissa = pMid + qMid;
  if (pHead * qHead > 0 && top - exponent > 50) {
    // Without cancellation the head follows from the heads; the two roundings above are below its slack.
    const head = (pHead * powerUp(pTop - top) + qHead * powerUp(qTop - top)) * UP;
    const length = top - exponent;
    return head > 1 || head < -1
      ? { mantissa, exponent, radius, head: head * 0.5, length: length + 1 }
      : { mantissa, exponent, radius, head, length };
  }
  return withHead(mantissa, exponent, radius);
}

export function sum(a: RealBall, b: RealBall, bits: number): RealBall {
  if (b.head === 0 && b.radius === 0) return a;
  if (a.head === 0 && a.radius === 0) return b;
  return roundedSum(
    a.mantissa,
    a.exponent,
    a.radius,
    a.head,
    a.length,
    b.mantissa,
    b.exponent,
    b.radius,
    b.head,
    b.length,
    bits,
  );
}

export function difference(a: RealBall, b: RealBall, bits: number): RealBall {
  if (b.head === 0 && b.radius === 0) return a;
  return roundedSum(
    a.mantissa,
    a.exponent,
    a.radius,
    a.head,
    a.length,
    -b.mantissa,
    b.exponent,
    b.radius,
    -b.head,
    b.length,
    bits,
  );
}

export function product(a: RealBall, b: RealBall, bits: number): RealBall {
  const la = a.length;
  const lb = b.length;
  if (la > SHORT_LENGTH || lb > SHORT_LENGTH) return longProduct(a, b, bits);
  let mantissa = a.mantissa * b.mantissa;
  let exponent = a.exponent + b.exponent;
  let head = a.head * b.head;
  let length = la + lb;
  const ra = a.radius;
  const rb = b.radius;
  let radius = Math.abs(a.head) * powerUp(la) * rb + Math.abs(b.head) * powerUp(lb) * ra + ra * rb;
  if (head < 0.5 && head > -0.5) {
    head *= 2;
    length = head === 0 ? 0 : length - 1;
  }
  const drop = length - bits;
  if (drop > 0) {
    mantissa >>= shiftCount(drop);
    exponent += drop;
    length = bits;
    radius = radius * powerUp(-drop) + 1;
  }
  radius *= UP;
  head *= UP;
  if (radius === 0 || (radius > SMALLEST_RADIUS && radius < LARGEST_RADIUS)) {
    return { mantissa, exponent, radius, head, length };
  }
  return settle(mantissa, exponent, radius, bits);
}

/** The product when a mantissa is too long to be multiplied with a radius as a double: the units are chosen first. */
function longProduct(a: RealBall, b: RealBall, bits: number): RealBall {
  const ra = a.radius;
  const rb = b.radius;
  if (!(ra < Number.POSITIVE_INFINITY && rb < Number.POSITIVE_INFINITY)) return wholeLine;
  const hasMidpoint = a.head !== 0 && b.head !== 0;
  let drop = hasMidpoint ? Math.max(0, a.length + b.length - bits) : 0;
  if (ra > 0) drop = Math.max(drop, b.length + binaryLength(ra) - 100);
  if (rb > 0) drop = Math.max(drop, a.length + binaryLength(rb) - 100);
  let radius = drop > 0 && hasMidpoint ? 1 : 0;
  if (rb > 0) radius += Math.abs(a.head) * rb * powerUp(a.length - drop);
  if (ra > 0) radius += Math.abs(b.head) * ra * powerUp(b.length - drop);
  if (ra > 0 && rb > 0) radius += Math.max(ra * rb * powerUp(-drop), SMALLEST_RADIUS);
  return settle((a.mantissa * b.mantissa) >> shiftCount(drop), a.exponent + b.exponent + drop, radius * UP, bits);
}

/** a·b + sign·c·d with one rounding. */
export function sumOfProducts(
  a: RealBall,
  b: RealBall,
  c: RealBall,
  d: RealBall,
  sign: 1 | -1,
  bits: number,
): RealBall {
  if (a.length > SHORT_LENGTH || b.length > SHORT_LENGTH || c.length > SHORT_LENGTH || d.length > SHORT_LENGTH) {
    const p = product(a, b, bits);
    const q = product(c, d, bits);
    return sign > 0 ? sum(p, q, bits) : difference(p, q, bits);
  }
  const pRadius =
    (Math.abs(a.head) * powerUp(a.length) * b.radius +
      Math.abs(b.head) * powerUp(b.length) * a.radius +
      a.radius * b.radius) *
    UP;
  const qRadius =
    (Math.abs(c.head) * powerUp(c.length) * d.radius +
      Math.abs(d.head) * powerUp(d.length) * c.radius +
      c.radius * d.radius) *
    UP;
  if (!(pRadius + qRadius < Number.POSITIVE_INFINITY)) return wholeLine;
  let pHead = a.head * b.head;
  let pLength = a.length + b.length;
  if (pHead < 0.5 && pHead > -0.5) {
    pHead *= 2;
    pLength--;
  }
  let qHead = sign * c.head * d.head;
  let qLength = c.length + d.length;
  if (qHead < 0.5 && qHead > -0.5) {
    qHead *= 2;
    qLength--;
  }
  const q = c.mantissa * d.mantissa;
  return roundedSum(
    a.mantissa * b.mantissa,
    a.exponent + b.exponent,
    pRadius,
    pHead,
    pLength,
    sign > 0 ? q : -q,
    c.exponent + d.exponent,
    qRadius,
    qHead,
    qLength,
    bits,
  );
}

/** The ball [0, u] for the upper bound u = size·2^exponent. */
export function fromZeroTo(size: number, exponent: number): RealBall {
  const half = exactDouble(size * 0.5);
  return settle(half.mantissa, half.exponent + exponent, Number(half.mantissa), 64);
}

export function square(a: RealBall, bits: number): RealBall {
  if (a.radius > 0 && signOf(a) === undefined && isBounded(a)) {
    const { mantissa, exponent } = magnitudeUp(a);
    return fromZeroTo(mantissa * mantissa * UP, 2 * exponent);
  }
  return product(a, a, bits);
}

export function absolute(a: RealBall): RealBall {
  const s = signOf(a);
  if (s === undefined && isBounded(a)) {
    const { mantissa, exponent } = magnitudeUp(a);
    return fromZeroTo(mantissa, exponent);
  }
  return s === -1 ? negativeOf(a) : a;
}

/** |a/b − a0/b0| <= (ra + |a0/b0| rb)/(|b0| − rb) for the midpoints a0, b0. */
export function quotient(a: RealBall, b: RealBall, bits: number): RealBall {
  if (!isBounded(a) || b.head === 0) return wholeLine;
  // |b| >= slack·2^(its length) in units of its last place.
  const leading = leadingDown(b);
  const slack = b.radius === 0 ? leading : (leading - b.radius * powerUp(-b.length) * UP) * DOWN;
  if (!(slack > 0)) return wholeLine;
  if (a.head === 0 && a.radius === 0) return a;
  const la = a.length;
  const lb = b.length;
  const ratio = (Math.abs(a.head) / leading) * UP;
  const rb = b.radius;
  let shift = bits + lb - la + 1;
  if (a.radius > 0) shift = Math.min(shift, lb - binaryLength(a.radius) + 100);
  if (rb > 0 && ratio > 0) shift = Math.min(shift, 2 * lb - la - binaryLength(ratio) - binaryLength(rb) + 100);
  const q =
    shift >= 0 ? (a.mantissa << shiftCount(shift)) / b.mantissa : a.mantissa / (b.mantissa << shiftCount(-shift));
  const exponent = a.exponent - b.exponent - shift;
  if (a.radius === 0 && b.radius === 0) {
    const back = q * b.mantissa;
    const exact = shift >= 0 ? back === a.mantissa << shiftCount(shift) : back << shiftCount(-shift) === a.mantissa;
    if (exact) return withoutTrailingZeros(q, exponent, bits);
    return settle(q, exponent, 1, bits);
  }
  let radius = a.radius > 0 ? a.radius * powerUp(shift - lb) : 0;
  if (rb > 0) radius += ratio * rb * powerUp(la - 2 * lb + shift);
  return settle(q, exponent, ((radius / slack) * UP + 1) * UP, bits);
}

function withoutTrailingZeros(mantissa: bigint, exponent: number, bits: number): RealBall {
  if (mantissa === 0n) return settle(0n, 0, 0, bits);
  const twos = bitCount(mantissa & -mantissa) - 1;
  return settle(mantissa >> shiftCount(twos), exponent + twos, 0, bits);
}

/** A ball of radius the largest |r| of `by`, around 0. */
export function spread(by: RealBall): RealBall {
  if (!isBounded(by)) return wholeLine;
  const { mantissa, exponent } = magnitudeUp(by);
  return errorBall(mantissa, exponent);
}
