/** A nonzero integer as mantissa * 2^exponent, relative error at most 2^-53; 2^52 <= |mantissa| <= 2^53. */
export interface LeadingBits {
  readonly mantissa: number;
  readonly exponent: number;
}

const scratch = new DataView(new ArrayBuffer(8));

/** The leading 53 bits of n, not 0; without a pass over its text for all but very long integers. */
export function leadingBits(n: bigint): LeadingBits {
  let value = Number(n);
  let shift = 0;
  while (!Number.isFinite(value)) {
    shift = shift < 8000 ? shift + 960 : 4 * (n.toString(16).length - 32);
    value = Number(n >> BigInt(shift));
  }
  scratch.setFloat64(0, Math.abs(value));
  const exponent = (scratch.getUint32(0) >>> 20) - 1075;
  return { mantissa: value * 2 ** -exponent, exponent: exponent + shift };
}
