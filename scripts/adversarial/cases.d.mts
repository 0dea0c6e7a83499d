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
  readonly flow?: boolean;
}

export const cliffs: readonly string[];
export function adversarialCase(seed: number, number: number): AdversarialCase;
