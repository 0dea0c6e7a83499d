/** A running PARI/GP with the functions of judge.gp; see judge.mjs. */
export interface Judge {
  ask(
    expression: string,
    options?: { readonly digits?: number; readonly seconds?: number },
  ): Promise<{ readonly lines?: readonly string[]; readonly reason?: string }>;
  stop(): void;
}

export function judgeIsInstalled(): boolean;
export function startJudge(): Judge;
