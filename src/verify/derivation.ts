// Exact: what the names of laws and of operations stand for, as formulas, and the check that a curve follows from them.
import { DomainError, LimitError } from "../core/index.js";
import { QQ, type Rational } from "../rings/index.js";
import { checkResultant, claim, factorsOf } from "./algebra.js";
import { type Table, tableOf } from "./discs.js";
import {
  at,
  constant,
  degree,
  fromRows,
  list,
  natural,
  object,
  type Poly,
  parseFraction,
  parsePoly,
  product,
  proportional,
  rationalOf,
  rows,
  substitute,
  textOf,
} from "./polynomial.js";

/** A curve that was proved, and the text of the law it belongs to. */
export interface Derived {
  readonly curve: Poly;
  readonly law: string;
  /** The definitions it rests on that are not known to the checker. */
  readonly trusted: readonly string[];
}

type Pairs = readonly (readonly [string, string])[];
const sum = (parts: readonly string[]): string => ["0", ...parts].join("+");
const times = (parts: readonly string[]): string => ["1", ...parts].join("*");
const others = (all: readonly string[], k: number): string => times(all.filter((_, i) => i !== k));

/** first·Π (1 + t m) − rate·m·Σ w t Π_{others} (1 + t m). */
function jumps(first: string, rate: string, given: Pairs): string {
  const factors = given.map(([t]) => `(1+${t}*m)`);
  return `(${first})*${times(factors)}-${rate}*m*(${sum(given.map(([t, w], k) => `${w}*${t}*${others(factors, k)}`))})`;
}

/** m = Σ weight/denominator. */
function fractionsOf(given: Pairs, denominator: (x: string) => string): string {
  const factors = given.map(([x]) => `(${denominator(x)})`);
  return `m*${times(factors)}-(${sum(given.map(([, w], k) => `${w}*${others(factors, k)}`))})`;
}

/** The laws whose curve the checker knows, from the literature; arguments come in parentheses. */
// biome-ignore lint/suspicious/noExplicitAny: texts or lists of pairs, as the law has it; whatever they are, a formula is made and parsed.
const laws: Readonly<Record<string, (...a: any[]) => string>> = {
  semicircle: (v) => `${v}*m^2+z*m+1`,
  mp: (c) => `${c}*z*m^2+(z+${c}-1)*m+1`,
  freePoisson: (l, a) => `${a}*z*m^2+(z+${a}-${l}*${a})*m+1`,
  compoundFreePoisson: (l, given) => jumps("1+z*m", l, given),
  freeLevy: (a, v, l, given) => jumps(`1+z*m-${a}*m+${v}*m^2`, l, given),
  atoms: (given) => fractionsOf(given, (x) => `${x}-z`),
  arcsine: (a, b) => `(z-${a})*(z-${b})*m^2-1`,
  kestenMcKay: (d) => `(${d}^2-z^2)*m^2+(${d}-2)*z*m+${d}-1`,
  wachter: (a, b) => `z*(1-z)*m^2-(${a}-1-(${a}+${b}-2)*z)*m+${a}+${b}-1`,
  freeMeixner: (a, b) => `(${b}*z^2+${a}*z+1)*m^2+((1+2*${b})*z+${a})*m+1+${b}`,
  bures: () => "2*z^2*m^3+z^2*m^2-1",
  deformedWigner: (v, given) => fractionsOf(given, (x) => `${x}-z-${v}*m`),
  silverstein: (c, given) => fractionsOf(given, (t) => `${t}*(1-${c}-${c}*z*m)-z`),
  inverseMp: (c) => `${c}*z^2*m^2+((1+${c})*z-1)*m+1`,
  wignerPlusWishart: (e, p) => `2*${e}*${p}*m^3+(2*${e}+${p}*z)*m^2+(z+${p}-1)*m+1`,
  fisher: (a, b) => `(${a}*z+${b}*z^2)*m^2+(${a}-1+(1+${b})*z)*m+1`,
  fussCatalan: (p) => `(-1)^${p.slice(1, -1)}*z^${p.slice(1, -1)}*m^${Number(p.slice(1, -1)) + 1}-z*m-1`,
};

/** Old z and m in terms of the new ones, for the operations on one law. */
const substitutions: Readonly<Record<string, (...a: string[]) => readonly [string, string]>> = {
  decompress: (t) => [`z+(1-1/${t})/m`, `${t}*m`],
  compress: (t) => [`z+(1-1/${t})/m`, `${t}*m`],
  shift: (b) => [`z-${b}`, "m"],
  scale: (a) => [`z/${a}`, `${a}*m`],
  power: (s) => [`(z-(${s}-1)/m)/${s}`, "m"],
  companion: (c) => ["z", `(m+(1-${c})/z)/${c}`],
  inverse: () => ["1/z", "-z*(1+z*m)"],
};

/** A law of the catalogue, or a curve that was given: the polynomial is compared with the formula of that name. */
export function checkDefinition(step: unknown): Derived {
  const given = object(step, "kind", "law", "curve");
  const [law, curve] = [textOf(given.law), parsePoly(given.curve)];
  const [, formula] = /^curve\("([^"]*)"(?:, \[.*\])?\)$/.exec(law) ?? [];
  const [, name, written] = /^([A-Za-z]+)\((.*)\)$/s.exec(law) ?? [];
  if (name === undefined || law.length > 100_000) throw new DomainError("the text of a law cannot be read");
  const known = Object.hasOwn(laws, name) ? laws[name] : undefined;
  if (formula === undefined && known === undefined) return { curve, law, trusted: [law] };
  // Every number or name of the arguments becomes a text in parentheses.
  const quoted = written!.replace(/[^[\],]*[^[\],\s][^[\],]*/g, (part) => JSON.stringify(`(${part.trim()})`));
  const expected = parseFraction(formula ?? known!(...(JSON.parse(`[${quoted}]`) as string[]))).num;
  claim(proportional(expected, curve), `the curve of ${law.slice(0, 60)} is another one`);
  return { curve, law, trusted: [] };
}

const derived = (operation: string, inputs: readonly Derived[], scalars: readonly string[], curve: Poly): Derived => {
  const operands = [...inputs.map(({ law }) => law), ...scalars];
  if (operation === "mix") operands.unshift(operands.pop()!);
  return { curve, law: `${operation}(${operands.join(", ")})`, trusted: inputs.flatMap(({ trusted }) => trusted) };
};

/** The old curve with old z and m replaced, cleared of denominators, is the product of the dropped factors and the new curve. */
export function checkSubstitution(step: unknown, earlier: (index: unknown) => Derived): Derived {
  const given = object(step, "kind", "operation", "of", "scalars", "curve", "dropped");
  const [operation, inputs, scalars] = [
    textOf(given.operation),
    list(given.of).map(earlier),
    list(given.scalars).map(textOf),
  ];
  const curve = parsePoly(given.curve);
  claim(
    proportional(substituted(operation, inputs, scalars), product([...factorsOf(given.dropped), [curve, 1]])),
    "the substituted curve is not the product given for it",
  );
  return derived(operation, inputs, scalars, curve);
}

/** The substituted curve of an operation, cleared of denominators. */
export function substituted(operation: string, inputs: readonly Derived[], scalars: readonly string[]): Poly {
  const [z, m, base] = mapOf(operation, inputs, scalars);
  return substitute(base.curve, { z: parseFraction(z), m: parseFraction(m) });
}

function mapOf(
  operation: string,
  inputs: readonly Derived[],
  scalars: readonly string[],
): readonly [string, string, Derived] {
  const known = Object.hasOwn(substitutions, operation) ? substitutions[operation] : undefined;
  const [a, b] = inputs;
  if (known?.length === scalars.length && inputs.length === 1) return [...known(...scalars.map((s) => `(${s})`)), a!];
  if (operation === "freeSum" && a !== undefined && b !== undefined) {
    if (a.law === b.law) return ["(z-1/m)/2", "m", a];
    const [simple, other] = degree(b.curve, "z") === 1 ? [b, a] : [a, b];
    const [free, factor] = rows(simple.curve, "z").map(formulaOf);
    // R(−m) = z + 1/m on a curve of degree one in z.
    if (degree(simple.curve, "z") === 1) return [`z+(${free})/(${factor})-1/m`, "m", other];
  }
  if (operation === "freeProduct" && a !== undefined && b !== undefined) {
    // With y = −1 − z m shared and S(y) = (1 + y)/(y z1): z ← z S, m ← m/S, where z1 is a rational function of y.
    const parts = (curve: Poly): Poly[] =>
      rows(substitute(curve, { m: parseFraction("-(1+y)/z") }), "z").filter((row) => row.size > 0);
    const [simple, other] = parts(b.curve).length === 2 ? [b, a] : [a, b];
    const [free, factor] = parts(simple.curve).map((row) => formulaOf(row).replaceAll(/\by\b/g, "(-1-z*m)"));
    const s = `(-z*m*(${factor})/((1+z*m)*(${free})))`;
    if (parts(simple.curve).length === 2) return [`z*${s}`, `m/${s}`, other];
  }
  throw new LimitError(`the operation ${operation.slice(0, 40)} is not known to the checker as a substitution`);
}

/** A formula of a polynomial. */
export const formulaOf = (p: Poly): string =>
  sum([...p].map(([key, c]) => `(${c})${key === "" ? "" : `*${key.replaceAll(" ", "*")}`}`));

/**
 * The resultant of two equations is the product of the given factors, and every factor but the chosen one is excluded by the moments of the
 * new law, which follow from those of the inputs; parameters have the given values meanwhile.
 */
export function checkElimination(step: unknown, earlier: (index: unknown) => Derived): Derived {
  const given = object(step, "kind", "operation", "of", "scalars", "factors", "chosen", "parameters");
  const [operation, inputs, scalars] = [
    textOf(given.operation),
    list(given.of, 2).map(earlier),
    list(given.scalars).map(textOf),
  ];
  const factors = factorsOf(given.factors);
  const chosen = natural(given.chosen);
  claim(factors[chosen] !== undefined, "the chosen factor is none of those given");
  checkResultant(...equationsOf(operation, inputs as [Derived, Derived], scalars), "t", factors);
  const values = new Map(
    list(given.parameters).map((pair) => [textOf(list(pair, 2)[0]), rationalOf(list(pair, 2)[1]).num]),
  );
  const special = (p: Poly): Poly => at(p, values);
  const weight = parseFraction(scalars[0] ?? "0");
  const ratio = QQ.fromRatio(constant(special(weight.num)), constant(special(weight.den)));
  const [left, right] = inputs.map(({ curve }) => momentSeries(special(curve), largestOrder)) as [
    Rational[],
    Rational[],
  ];
  const moments = momentsOf(operation, left, right, ratio);
  for (const [k, [f]] of factors.entries()) {
    const vanishes =
      degree(f, "m") > 0 && onSeries(tableOf(special(f), QQ.zero, []), moments).every((c) => QQ.isZero(c));
    claim(vanishes === (k === chosen), `the moments do not agree with the choice of the factor ${chosen}`);
  }
  return derived(operation, inputs, scalars, factors[chosen]![0]);
}

const largestOrder = 12;

/** The two equations, in the unknown t, of which the new curve is a factor of the resultant. */
export function equationsOf(
  operation: string,
  [a, b]: readonly [Derived, Derived],
  scalars: readonly string[],
): [Poly, Poly] {
  const equation = ({ curve }: Derived, z: string, m: string): Poly => {
    const parts = rows(substitute(curve, { z: parseFraction(z), m: parseFraction(m) }), "t");
    return fromRows(parts.slice(parts.findIndex((row) => row.size > 0)), "t");
  };
  const [w] = scalars;
  if (operation === "freeSum") return [equation(a, "t", "m"), equation(b, "z-t-1/m", "m")];
  // y = −1 − z m is shared, z = z1 z2 y/(1 + y), m_i = −(1 + y)/z_i.
  if (operation === "freeProduct") return [equation(a, "t", "z*m/t"), equation(b, "z^2*m/((1+z*m)*t)", "(1+z*m)*t/z")];
  if (operation === "mix" && w !== undefined)
    return [equation(a, "z", "t"), equation(b, "z", `(m-(${w})*t)/(1-(${w}))`)];
  throw new LimitError(`the operation ${operation.slice(0, 40)} is not known to the checker as an elimination`);
}

const product2 = (a: readonly Rational[], b: readonly Rational[]): Rational[] =>
  a.map((_, k) => a.slice(0, k + 1).reduce((all, c, i) => QQ.add(all, QQ.mul(c, b[k - i] ?? QQ.zero)), QQ.zero));

/** Σ row_j(x) y^j for a power series y, to its order. */
function onSeries(table: Table, y: readonly Rational[]): Rational[] {
  let power = y.map((_, k) => (k === 0 ? QQ.one : QQ.zero));
  let total = y.map(() => QQ.zero);
  for (const row of table) {
    const term = product2(
      power,
      row.map((c) => QQ.fromInteger(c)),
    );
    total = total.map((value, k) => QQ.add(value, term[k]!));
    power = product2(power, y);
  }
  return total;
}

/** mu_0 = 1, …, mu_(order − 1) of the one branch m = −1/z − mu_1/z² − … of a curve, one by one. */
export function momentSeries(curve: Poly, order: number): Rational[] {
  const table = tableOf(curve, QQ.zero, []);
  const slope = table.reduce((all, row, j) => all + BigInt(j) * (row[0] ?? 0n), 0n);
  if (slope === 0n) throw new LimitError("several branches of a curve look like a law at infinity");
  const series = [QQ.one];
  claim(QQ.isZero(onSeries(table, series)[0]!), "a curve has no branch of a law at infinity");
  // The next coefficient enters at its own order through the slope alone.
  while (series.length < order)
    series.push(QQ.neg(QQ.div(onSeries(table, [...series, QQ.zero]).at(-1)!, QQ.fromInteger(slope))));
  return series;
}

/** The moments of a mixture, a free sum or a free product, to their order. */
function momentsOf(
  operation: string,
  a: readonly Rational[],
  b: readonly Rational[],
  w: Rational,
): readonly Rational[] {
  if (operation === "mix") return a.map((mu, k) => QQ.add(QQ.mul(w, mu), QQ.mul(QQ.sub(QQ.one, w), b[k]!)));
  if (operation === "freeSum") {
    // −m = s = x·M(x), x = 1/z, has the inverse x(s) with 1/x = 1/s + R(s), and the R add.
    const [left, right] = [a, b].map((mu) => reciprocal(reverted(mu)));
    return reverted(reciprocal(left!.map((c, k) => QQ.sub(QQ.add(c, right![k]!), k === 0 ? QQ.one : QQ.zero))));
  }
  // The inverses chi of the series M − 1 have chi = chi_a chi_b (1 + y)/y.
  const [left, right] = [a, b].map((mu) => reverted(mu.slice(1)));
  return [
    QQ.one,
    ...reverted(product2(product2(left!, right!), [QQ.one, QQ.one, ...left!.slice(2).map(() => QQ.zero)])),
  ];
}

const reciprocal = (a: readonly Rational[]): Rational[] => {
  const result: Rational[] = [];
  for (let n = 0; n < a.length; n++) {
    const rest = result.reduce((all, c, k) => QQ.add(all, QQ.mul(c, a[n - k]!)), QQ.zero);
    result.push(QQ.div(QQ.sub(n === 0 ? QQ.one : QQ.zero, rest), a[0]!));
  }
  return result;
};

/** g with x·f(x) and s·g(s) inverse to one another: f(s·g(s))·g(s) = 1, coefficient by coefficient. */
function reverted(f: readonly Rational[]): Rational[] {
  claim(f[0] !== undefined && !QQ.isZero(f[0]), "a free product with a law of mean zero is not checked");
  const g = f.map(() => QQ.zero);
  g[0] = QQ.inv(f[0]);
  for (let n = 1; n < f.length; n++) {
    let power = g;
    let total = QQ.zero;
    for (const [k, c] of f.entries()) {
      if (k <= n) total = QQ.add(total, QQ.mul(c, power[n - k]!));
      power = product2(power, g);
    }
    g[n] = QQ.neg(QQ.mul(total, g[0]));
  }
  return g;
}
