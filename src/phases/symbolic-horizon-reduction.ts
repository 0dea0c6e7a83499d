import { type Budget, unlimited } from "../core/index.js";
import { type Law, specialise } from "../law/index.js";
import {
  constant,
  derivative,
  multiply,
  type Polynomial,
  power,
  scale,
  substitute,
  subtract,
  sumOf,
  type Term,
  toText,
  variable,
} from "../poly/index.js";
import { QQ, type Rational, rational } from "../rings/index.js";

/**
 * A family of laws with fewer parameters: the same laws up to a shift and a dilation, which leave the horizon. `restore` carries a polynomial in the parameters
 * that are left (and tau) back to one in all of them, of the same sign wherever the conditions hold.
 */
export interface Reduction {
  readonly law: Law;
  readonly restore: (p: Polynomial) => Polynomial;
  /** What is assumed of the parameters that are gone, as text: `a != 0`. */
  readonly conditions: readonly string[];
  /** The parameters that are gone and the values they were given. */
  readonly fixed: Readonly<Record<string, Rational>>;
}

/** The families that a law with parameters falls into when its shifts and dilations are divided out; at least one. Exact. */
export function reductions(law: Law, budget: Budget = unlimited): readonly Reduction[] {
  const shifted = withoutShift(law, budget);
  return withoutDilation(shifted.law, budget).map((inner) => ({
    law: inner.law,
    restore: (p) => shifted.restore(inner.restore(p)),
    conditions: inner.conditions.map((condition) => shifted.rename(condition)),
    fixed: { ...shifted.fixed, ...inner.fixed },
  }));
}

/** Parameters s_p with dP/dz + sum s_p dP/dp = 0: X + b belongs to the parameters p − s_p b. */
function withoutShift(
  law: Law,
  budget: Budget,
): Pick<Reduction, "law" | "restore" | "fixed"> & { readonly rename: (text: string) => string } {
  const same = { law, fixed: {}, restore: (p: Polynomial) => p, rename: (text: string) => text };
  const { curve, parameters } = law;
  const speeds = combination(
    derivative(curve, "z"),
    parameters.map((name) => derivative(curve, name)),
  );
  const index = speeds?.findIndex((s) => !QQ.isZero(s)) ?? -1;
  if (speeds === undefined || index < 0) return same;
  const gone = parameters[index]!;
  // With p = 0 the others become q − (s_q/s_p) p.
  const back: Record<string, Polynomial> = {};
  parameters.forEach((name, k) => {
    if (k === index || QQ.isZero(speeds[k]!)) return;
    back[name] = subtract(variable(name), scale(variable(gone), QQ.div(speeds[k]!, speeds[index]!)));
  });
  return {
    law: specialise(law, { [gone]: QQ.zero }, budget),
    fixed: { [gone]: QQ.zero },
    restore: (p) => substitute(p, back),
    rename: (text) =>
      text.replace(/^(\w+) (!=|>|<) 0$/, (whole, name: string, relation: string) => {
        const slope = speeds[parameters.indexOf(name)];
        if (slope === undefined || QQ.isZero(slope)) return whole;
        return `${toText(subtract(variable(name), scale(variable(gone), QQ.div(slope, speeds[index]!))))} ${relation} 0`;
      }),
  };
}

/** Weights of the parameters under which P is homogeneous with z of weight 1 and m of weight −1: lambda X belongs to the parameters lambda^w p. */
function withoutDilation(law: Law, budget: Budget): readonly Reduction[] {
  const { curve, parameters } = law;
  const euler = (name: string): Polynomial => multiply(variable(name), derivative(curve, name));
  const found = combination(subtract(euler("z"), euler("m")), [...parameters.map(euler), scale(curve, rational(-1))]);
  const weights = found?.slice(0, parameters.length);
  const index =
    weights?.findIndex((w) => !QQ.isZero(w) && w.den === 1n && weights.every((other) => QQ.div(other, w).den === 1n)) ??
    -1;
  if (weights === undefined || index < 0) return [{ law, restore: (p) => p, conditions: [], fixed: {} }];
  const gone = parameters[index]!;
  const weight = weights[index]!;
  const steps = new Map(parameters.map((name, k) => [name, Number(QQ.div(weights[k]!, weight).num)]));
  const odd = weight.num % 2n !== 0n;
  const family = (value: Rational, condition: string): Reduction => ({
    law: specialise(law, { [gone]: value }, budget),
    restore: (p) => homogenised(p, gone, steps, odd, QQ.sign(value) < 0),
    conditions: [condition],
    fixed: { [gone]: value },
  });
  // lambda = p^(1/w) is real for every p when w is odd; else p keeps its sign.
  return odd ? [family(QQ.one, `${gone} != 0`)] : [family(QQ.one, `${gone} > 0`), family(rational(-1), `${gone} < 0`)];
}

/** p(q/gone^step), times a power of `gone` that makes it a polynomial and keeps the sign. */
function homogenised(
  p: Polynomial,
  gone: string,
  steps: ReadonlyMap<string, number>,
  eitherSign: boolean,
  negative: boolean,
): Polynomial {
  const weightOf = (term: Term): number =>
    term.exponents.reduce((sum, e, k) => sum + e * (steps.get(p.variables[k]!) ?? 0), 0);
  const weights = p.terms.map(weightOf);
  let top = Math.max(0, ...weights);
  if (eitherSign && top % 2 !== 0) top++;
  const size = negative ? scale(variable(gone), rational(-1)) : variable(gone);
  const terms = p.terms.map((term, k) =>
    multiply(
      term.exponents.reduce(
        (product, e, j) => multiply(product, power(variable(p.variables[j]!), e)),
        constant(QQ.fromRatio(term.coefficient, p.denominator)),
      ),
      power(size, top - weights[k]!),
    ),
  );
  return sumOf(terms);
}

/** Rational numbers c_k with target + sum c_k polynomials[k] = 0; those that are free are 0. undefined when there are none. */
function combination(target: Polynomial, polynomials: readonly Polynomial[]): readonly Rational[] | undefined {
  // One equation for each monomial: the columns are the polynomials, then the target.
  const keys = new Map<string, Rational[]>();
  [...polynomials, target].forEach((p, column) => {
    for (const term of p.terms) {
      const key = term.exponents
        .map((e, k) => (e === 0 ? "" : `${p.variables[k]}^${e}`))
        .join(" ")
        .trim()
        .replace(/ +/g, " ");
      const row = keys.get(key) ?? Array.from({ length: polynomials.length + 1 }, () => QQ.zero);
      row[column] = QQ.fromRatio(term.coefficient, p.denominator);
      keys.set(key, row);
    }
  });
  const rows = [...keys.values()];
  const pivots: number[] = [];
  for (let column = 0; column < polynomials.length; column++) {
    const at = rows.findIndex((row, k) => k >= pivots.length && !QQ.isZero(row[column]!));
    if (at < 0) continue;
    const [row] = rows.splice(at, 1);
    const unit = row!.map((c) => QQ.div(c, row![column]!));
    rows.forEach((other, k) => {
      const factor = other[column]!;
      if (!QQ.isZero(factor)) rows[k] = other.map((c, j) => QQ.sub(c, QQ.mul(factor, unit[j]!)));
    });
    rows.splice(pivots.length, 0, unit);
    pivots.push(column);
  }
  const last = polynomials.length;
  if (rows.slice(pivots.length).some((row) => !QQ.isZero(row[last]!))) return undefined;
  const result = Array.from({ length: last }, () => QQ.zero);
  pivots.forEach((column, k) => {
    result[column] = QQ.neg(rows[k]![last]!);
  });
  return result;
}
