import { ensembles } from "../ensembles/index.js";
import { shift } from "../flow/index.js";
import type { Law } from "../law/index.js";
import { QQ, type Rational, rational, rationalToNumber } from "../rings/index.js";
import { decimal, type LevyParameters } from "./curve-fit.js";
import { cumulantsOf, type LevyKnown, type LevyTargets, linearConditions, solveNear } from "./levy-conditions.js";
import type { Samples } from "./samples.js";

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

/** Doubles in the scaled coordinate: a law, and m at its known edges. */
interface Scaled {
  readonly parameters: LevyParameters;
  readonly edgeValues: readonly number[];
}

/** What may be there, see `LevyShape`. */
interface Allowed {
  readonly drift: boolean;
  readonly variance: boolean;
  readonly positive: boolean;
}

/** Decimals of so many digits that satisfy the conditions exactly, in the coordinate of the eigenvalues; undefined where that leaves the family. */
export function exactLevy(
  { parameters, edgeValues }: Scaled,
  allowed: Allowed,
  known: LevyKnown,
  samples: Samples,
  digits: number,
): ExactLevy | undefined {
  const [shift, dilation] = [rationalToNumber(samples.shift), rationalToNumber(samples.dilation)];
  const jumps = [...parameters.jumps]
    .sort((a, b) => b.rate - a.rate)
    .map(({ t, rate }) => ({ t: decimal(t * dilation, digits), rate }));
  const drift = allowed.drift ? decimal(parameters.drift * dilation + shift, digits) : QQ.zero;
  const variance = allowed.variance ? decimal(parameters.variance * dilation * dilation, digits) : QQ.zero;
  const places = edgeValues.map((m) => decimal(m / dilation, digits));
  const bound = (known.moments ?? []).length + places.length > 0;
  const found = bound
    ? meetConditions({ drift, variance, jumps, places }, allowed, known, digits)
    : shareOfRates({ drift, variance, jumps }, known, digits);
  if (found === undefined) return undefined;
  const lawful =
    found.jumps.every(
      ({ t, weight }) => QQ.sign(weight) > 0 && !QQ.isZero(t) && (!allowed.positive || QQ.sign(t) > 0),
    ) &&
    QQ.sign(found.variance) >= 0 &&
    (found.jumps.length === 0 ? !QQ.isZero(found.variance) : QQ.sign(found.rate) > 0);
  return lawful ? found : undefined;
}

interface Rounding {
  readonly drift: Rational;
  readonly variance: Rational;
  readonly jumps: readonly { readonly t: Rational; readonly rate: number }[];
}

/** The total rate, which a weight at 0 fixes, and its shares as decimals. */
function shareOfRates({ drift, variance, jumps }: Rounding, known: LevyKnown, digits: number): ExactLevy {
  const total = jumps.reduce((sum, { rate }) => sum + rate, 0);
  const weights = jumps.map(({ t, rate }) => ({ t, weight: decimal(rate / total, digits) }));
  const others = weights.slice(1).reduce((sum, { weight }) => QQ.add(sum, weight), QQ.zero);
  if (weights.length > 0) weights[0]!.weight = QQ.sub(QQ.one, others);
  const rate = known.zeroWeight === undefined ? decimal(total, digits) : QQ.sub(QQ.one, known.zeroWeight);
  return { drift, variance, rate: jumps.length === 0 ? rational(1) : rate, jumps: weights };
}

/** Drift, variance and rates that meet all conditions, with the jumps and the values at the edges as they are. */
function meetConditions(
  { drift, variance, jumps, places }: Rounding & { readonly places: readonly Rational[] },
  allowed: Allowed,
  known: LevyKnown,
  digits: number,
): ExactLevy | undefined {
  const rate = known.zeroWeight === undefined ? undefined : QQ.sub(QQ.one, known.zeroWeight);
  const cumulants = cumulantsOf(known.moments ?? []);
  const targets = { rate, cumulants, edges: (known.edges ?? []).map(({ at }) => at) };
  const closed = closedForm(targets, jumps.length, allowed, places);
  if (closed !== undefined) return closed;
  const rows = linearConditions(QQ, targets, places).map((condition) => [
    ...jumps.map(({ t }) => condition.jump(t)),
    ...(allowed.drift ? [condition.drift] : []),
    ...(allowed.variance ? [condition.variance] : []),
    condition.right,
  ]);
  const near = [
    ...jumps.map((jump) => decimal(jump.rate, digits)),
    ...(allowed.drift ? [drift] : []),
    ...(allowed.variance ? [variance] : []),
  ];
  const solved = solveNear(rows, near);
  if (solved === undefined) return undefined;
  const rates = solved.slice(0, jumps.length);
  const total = rates.reduce((sum, value) => QQ.add(sum, value), QQ.zero);
  if (jumps.length > 0 && QQ.isZero(total)) return undefined;
  return {
    drift: allowed.drift ? solved[jumps.length]! : drift,
    variance: allowed.variance ? solved.at(-1)! : variance,
    rate: jumps.length === 0 ? rational(1) : total,
    jumps: jumps.map(({ t }, k) => ({ t, weight: QQ.div(rates[k]!, total) })),
  };
}

/** The laws of few numbers whose conditions have a rational solution that is not linear: the jump itself gives way, or the variance is a square. */
function closedForm(
  { rate, cumulants, edges }: LevyTargets<Rational>,
  jumps: number,
  allowed: Allowed,
  places: readonly Rational[],
): ExactLevy | undefined {
  const [first, second] = edges;
  const jump = (t: Rational, total: Rational): ExactLevy => ({
    drift: QQ.zero,
    variance: QQ.zero,
    rate: total,
    jumps: [{ t, weight: QQ.one }],
  });
  const semicircle = (drift: Rational, radius: Rational): ExactLevy => ({
    drift,
    variance: QQ.div(QQ.mul(radius, radius), rational(4)),
    rate: rational(1),
    jumps: [],
  });
  if (jumps === 1 && !allowed.drift && !allowed.variance) {
    if (rate !== undefined && cumulants.length === 1 && first === undefined) {
      return jump(QQ.div(cumulants[0]!, rate), rate);
    }
    if (rate === undefined && cumulants.length === 2 && first === undefined) {
      const [mean, square] = [cumulants[0]!, cumulants[1]!];
      if (QQ.isZero(mean) || QQ.isZero(square)) return undefined;
      return jump(QQ.div(square, mean), QQ.div(QQ.mul(mean, mean), square));
    }
    if (rate === undefined && cumulants.length === 0 && first !== undefined && second === undefined) {
      // With s = t/(1 + t y): rate·s = e + 1/y and rate·s² = 1/y².
      const y = places[0]!;
      const share = QQ.add(first, QQ.inv(y));
      if (QQ.isZero(share)) return undefined;
      const s = QQ.inv(QQ.mul(share, QQ.mul(y, y)));
      const rest = QQ.sub(QQ.one, QQ.mul(s, y));
      return QQ.isZero(rest) ? undefined : jump(QQ.div(s, rest), QQ.div(share, s));
    }
  }
  if (jumps === 0 && cumulants.length === 0 && first !== undefined) {
    const two = rational(2);
    if (allowed.drift && edges.length === 2) {
      return semicircle(QQ.div(QQ.add(first, second!), two), QQ.div(QQ.sub(first, second!), two));
    }
    if (!allowed.drift && edges.length === 1) return semicircle(QQ.zero, first);
  }
  return undefined;
}
