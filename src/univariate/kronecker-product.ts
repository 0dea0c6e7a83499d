import { bitLength } from "../rings/index.js";

/** The number of binary digits of the largest coefficient. */
function coefficientBits(a: readonly bigint[]): number {
  let most = 0n;
  let least = 0n;
  for (const c of a) {
    if (c > most) most = c;
    else if (c < least) least = c;
  }
  return Math.max(bitLength(most), bitLength(least));
}

/** a(2^width), by halves. */
function pack(a: readonly bigint[], width: number): bigint {
  let parts: readonly bigint[] = a;
  for (let shift = BigInt(width); parts.length > 1; shift *= 2n) {
    const next = new Array<bigint>((parts.length + 1) >> 1);
    for (let k = 0; k < next.length; k++) {
      const high = parts[2 * k + 1];
      next[k] = high === undefined ? parts[2 * k]! : (high << shift) + parts[2 * k]!;
    }
    parts = next;
  }
  return parts[0]!;
}

/** The `length` coefficients below 2^(width - 1) in absolute value whose value at 2^width is given, by halves. */
function unpack(value: bigint, width: number, length: number): bigint[] {
  let parts = [value];
  let count = 1;
  while (count < length) count *= 2;
  for (; count > 1; count /= 2) {
    const bits = (count / 2) * width;
    const shift = BigInt(bits);
    const next: bigint[] = [];
    for (const part of parts) {
      const low = BigInt.asIntN(bits, part);
      next.push(low, (part - low) >> shift);
    }
    parts = next;
  }
  parts.length = length;
  return parts;
}

/**
 * The product in ZZ[x] by one product of integers: both factors are evaluated at a power of two that is larger than twice any
 * coefficient of the product [Kronecker 1882]. No assumption but that neither factor is zero.
 */
export function multiplyByKronecker(a: readonly bigint[], b: readonly bigint[]): bigint[] {
  const terms = bitLength(BigInt(Math.min(a.length, b.length)));
  const width = coefficientBits(a) + coefficientBits(b) + terms + 1;
  const left = pack(a, width);
  const product = left * (a === b ? left : pack(b, width));
  return unpack(product, width, a.length + b.length - 1);
}
