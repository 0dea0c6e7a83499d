import { piBall, type RealBall, realBalls } from "../ball/index.js";

/** Nodes in (−1, 1), descending, with their weights. */
export interface QuadratureRule {
  readonly nodes: readonly RealBall[];
  readonly weights: readonly RealBall[];
}

let known: { readonly key: string; readonly rule: QuadratureRule }[] = [];

/** So many rules are kept. */
const mostKnown = 8;

/**
 * Fejér's first rule: ∫_{−1}^1 f from the values at cos θ_j, θ_j = (2j + 1)pi/(2n), j = 0 … n − 1, with the weights
 * (2/n)(1 − 2 Σ_{k=1}^{⌊n/2⌋} cos(2kθ_j)/(4k² − 1)) [Fejér 1933; Waldvogel, BIT 46 (2006) 195–202]. Certified: balls.
 */
export function fejerRule(count: number, bits: number): QuadratureRule {
  const key = `${count} ${bits}`;
  const cached = known.find((candidate) => candidate.key === key);
  if (cached !== undefined) return cached.rule;
  const real = realBalls(bits);
  const pi = piBall(bits);
  /** cos(k pi/(2n)), k = 0 … n. */
  const cosines = Array.from({ length: count + 1 }, (_, k) =>
    real.cos(real.div(real.mul(pi, real.fromInteger(k)), real.fromInteger(2 * count))),
  );
  const cosine = (k: number): RealBall => {
    const turned = k % (4 * count);
    const half = turned <= 2 * count ? turned : 4 * count - turned;
    return cosines[half] ?? real.neg(cosines[2 * count - half]!);
  };
  const terms = Array.from({ length: Math.floor(count / 2) }, (_, k) =>
    real.div(real.fromInteger(2), real.fromInteger(4 * (k + 1) ** 2 - 1)),
  );
  const share = real.div(real.fromInteger(2), real.fromInteger(count));
  const weights = Array.from({ length: count }, (_, j) => {
    const rest = terms.reduce(
      (sum, term, k) => real.sub(sum, real.mul(term, cosine(2 * (k + 1) * (2 * j + 1)))),
      real.one,
    );
    return real.mul(share, rest);
  });
  const nodes = Array.from({ length: count }, (_, j) => cosine(2 * j + 1));
  const rule = { nodes, weights };
  known = [{ key, rule }, ...known].slice(0, mostKnown);
  return rule;
}

/**
 * How many nodes bring the error of {@link fejerRule} below 2^-bits for an f that is analytic within the ellipse with foci ±1 whose
 * half axes have the sum R, and bounded by M there. With f = Σ a_k T_k, |a_k| ≤ 2M R^-k, the rule is exact below degree n, and neither the
 * integral of a T_k with k ≥ 2 nor its approximation, which is that of some ±T_j, exceeds 2/3 and 2; so the error is at most (16/3)M R^-n/(1 − 1/R).
 */
export function fejerCount(R: number, M: number, bits: number): number {
  const wanted = Math.log((16 / 3) * (M / (1 - 1 / R))) + bits * Math.LN2;
  return Math.max(2, Math.ceil((wanted / Math.log(R)) * (1 + 1e-9)) + 1);
}
