/** A law near a cliff; see cases.mjs. */
export interface AdversarialCase {
  readonly number: number;
  readonly cliff: string;
  /** Text of the input language; left out where there are `conjugates`. */
  readonly law?: string;
  readonly conjugates?: readonly [product: string, k: number, sign: number, mean: number];
  /** m in the upper half-plane as a function of GP. */
  readonly transform?: string;
  readonly moments: readonly string[];
  readonly digits: number;
  /** What is asked besides: how far the law can be decompressed, or what happens on the way. */
  readonly flow?: "horizon" | "events";
  /** Whether it lies outside of the domain of an operation. */
  readonly outside?: boolean;
}

export const cliffs: readonly string[];
export function adversarialCase(seed: number, number: number): AdversarialCase;
