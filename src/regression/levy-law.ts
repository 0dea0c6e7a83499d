import { ensembles } from "../ensembles/index.js";
import { shift } from "../flow/index.js";
import type { Law } from "../law/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";

/** Exact parameters of a free Lévy law: z = −1/m + drift − variance·m + rate·Σ w_i t_i/(1 + t_i m), Σ w_i = 1. */
export interface ExactLevy {
  readonly drift: Rational;
  readonly variance: Rational;
  readonly rate: Rational;
  readonly jumps: readonly { readonly t: Rational; readonly weight: Rational }[];
}

/** The law, made by the simplest names of the catalogue that describe it; needs a variance or a jump. */
export function levyLaw({ drift, variance, rate, jumps }: ExactLevy): Law {
  const shifted = (law: Law): Law => (QQ.isZero(drift) ? law : shift(law, drift));
  const pairs = jumps.map(({ t, weight }) => [t, weight] as const);
  if (jumps.length === 0) return shifted(ensembles.semicircle(variance));
  if (!QQ.isZero(variance)) return ensembles.freeLevy(drift, variance, rate, pairs);
  if (jumps.length > 1) return shifted(ensembles.compoundFreePoisson(rate, pairs));
  const { t } = jumps[0]!;
  return shifted(QQ.equals(QQ.mul(rate, t), rational(1)) ? ensembles.mp(t) : ensembles.freePoisson(rate, t));
}

/** The usual name of such a law. */
export function levyName(jumps: number, withVariance: boolean, withDrift: boolean): string {
  const shifted = withDrift ? ", shifted" : "";
  if (jumps === 0) return `semicircle${shifted}`;
  const several = jumps === 1 ? "" : ` with ${jumps} jumps`;
  if (!withVariance)
    return `${jumps === 1 ? "free Poisson (Marchenko-Pastur up to scale)" : `free Poisson${several}`}${shifted}`;
  return jumps === 1
    ? `semicircle plus free Poisson (Pennington-Bahri up to scale)${shifted}`
    : `free Lévy${several}${shifted}`;
}
