/** What one run of the command line did. */
export interface Observed {
  readonly code: number;
  readonly out: string;
  readonly error: string;
  /** Left out where time is not to be judged. */
  readonly seconds?: number;
}

export function complaint(
  one: { readonly argv: readonly string[] },
  observed: Observed,
  limit: number,
): string | undefined;
