// Exact: what the names of laws and of operations stand for, as formulas, and the check that a curve follows from them.
import { DomainError, LimitError } from "../core/index.js";
import { QQ, type Rational } from "../rings/index.js";
import { checkResultant, claim, powersOf } from "./algebra.js";
import { type Table, tableIn } from "./discs.js";
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
  setTo,
  substitute,
  textOf,
} from "./polynomial.js";

/** A curve that was proved, and the text of the law it belongs to. */
export interface Derived {
  readonly curve: Poly;
  readonly law: string;
  /** The definitions it rests on that are not known to the checker. */
  readonly trusted: readonly string[];
  /** Where it is another curve at one value of tau. */
  readonly value?: { readonly of: Derived; readonly tau: Rational };
}

/** A curve in z, m and tau at one tau, without its content. */
export function checkValue(step: unknown, earlier: (index: unknown) => Derived): Derived {
  const given = object(step, "kind", "of", "tau", "curve");
  const [of, tau, curve] = [earlier(given.of), rationalOf(given.tau), parsePoly(given.curve)];
  claim(proportional(setTo(of.curve, "tau", tau), curve), "a curve is not the one at the given tau");
  return { curve, law: `${of.law} at tau = ${QQ.toText(tau)}`, trusted: of.trusted, value: { of, tau } };
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
  semicircularFlow: (v) => [`z+${v}*m`, "m"],
  mobius: (a, b, c, d) => [`(${d}*z-${b})/(${a}-${c}*z)`, `(${a}-${c}*z)*((${a}-${c}*z)*m-${c})/(${a}*${d}-${b}*${c})`],
  // By the companion transform q of ratio t·c, the power t, and back by the ratio c.
  deform: (c, t) => {
    const q = `(${t}*${c}*m-(1-${t}*${c})/z)`;
    const z = `((z-(${t}-1)/${q})/${t})`;
    return [z, `(${q}+(1-${c})/${z})/${c}`];
  },
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
  const whole = parseFraction(formula ?? known!(...(JSON.parse(`[${quoted}]`) as string[]))).num;
  // No law has m = 0: at the border of its domain a formula may be a multiple of it.
  const inM = rows(whole, "m");
  const expected = fromRows(inM.slice(inM.findIndex((row) => row.size > 0)), "m");
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
  const { dropped, ...rest } = object(step, "kind", "operation", "of", "scalars", "curve", "dropped");
  const [operation, curve] = [textOf(rest.operation), parsePoly(rest.curve)];
  const [inputs, scalars] = [list(rest.of).map(earlier), list(rest.scalars).map(textOf)];
  const given = product([...powersOf(dropped), [curve, 1]]);
  claim(proportional(substituted(operation, inputs, scalars), given), "the substituted curve is not the given product");
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
 * The resultant of two equations is the product of the given factors, and every factor but the chosen one is excluded by a series of the
 * new law, which follows from those of the inputs; parameters have the given values meanwhile.
 */
export function checkElimination(step: unknown, earlier: (index: unknown) => Derived): Derived {
  const given = object(step, "kind", "operation", "of", "scalars", "factors", "chosen", "parameters", "series");
  const [operation, factors, chosen] = [textOf(given.operation), powersOf(given.factors), natural(given.chosen)];
  const [inputs, scalars] = [list(given.of, 2).map(earlier), list(given.scalars).map(textOf)];
  claim(factors[chosen] !== undefined, "the chosen factor is none of those given");
  checkResultant(...equationsOf(operation, inputs as [Derived, Derived], scalars), "t", factors);
  const values = new Map(
    list(given.parameters).map((pair) => [textOf(list(pair, 2)[0]), rationalOf(list(pair, 2)[1]).num]),
  );
  const special = (p: Poly): Poly => at(p, values);
  const weight = parseFraction(scalars[0] ?? "0");
  const ratio = QQ.fromRatio(constant(special(weight.num)), constant(special(weight.den)));
  const [left, right] = inputs.map(({ curve }, k) => {
    const series = list(list(given.series, 2)[k], seriesOrder).map(rationalOf);
    claim(isGerm(germTable(special(curve), operation), operation, series), "a series is not that of the law");
    return series;
  }) as [Rational[], Rational[]];
  const result = germs[operation as keyof typeof germs].of(left, right, ratio);
  for (const [k, [f]] of factors.entries()) {
    const vanishes =
      degree(f, "m") > 0 && onSeries(germTable(special(f), operation), result).every((c) => QQ.isZero(c));
    claim(vanishes === (k === chosen), `the series do not agree with the choice of the factor ${chosen}`);
  }
  return derived(operation, inputs, scalars, factors[chosen]![0]);
}

export const seriesOrder = 12;

const mixed = (a: readonly Rational[], b: readonly Rational[], w: Rational, v: Rational): Rational[] =>
  a.map((c, k) => QQ.add(QQ.mul(w, c), QQ.mul(v, b[k]!)));

/**
 * A law near infinity as z and m in x and a series y(x), such that an operation on two laws is one on their series: the moments of a
 * mixture, the free cumulants of a free sum (x = −m), and x/(S-transform) with x = −1 − z m for a free product.
 */
const germs = {
  mix: { z: "1/x", m: "-x*y", of: (a: Rational[], b: Rational[], w: Rational) => mixed(a, b, w, QQ.sub(QQ.one, w)) },
  freeSum: { z: "1/x+y", m: "-x", of: (a: Rational[], b: Rational[]) => mixed(a, b, QQ.one, QQ.one) },
  freeProduct: {
    z: "1/(x*y)",
    m: "-(1+x)*x*y",
    of: (a: Rational[], b: Rational[]) => product2(product2(a, b), [QQ.one, QQ.one, ...a.slice(2).map(() => QQ.zero)]),
  },
} as const;

/** The curve in the coordinates of {@link germs}. */
export function germTable(curve: Poly, operation: string): Table {
  if (!Object.hasOwn(germs, operation)) throw new LimitError("an elimination is of no known kind");
  const { z, m } = germs[operation as keyof typeof germs];
  return tableIn(curve, z, m, [[0n, 1n]]);
}

/** dG/dy at x = 0 and y = start. */
export const slopeAt = (table: Table, start: Rational): Rational =>
  table.reduceRight(
    (sum, row, j) => (j === 0 ? sum : QQ.add(QQ.mul(sum, start), QQ.fromInteger(BigInt(j) * (row[0] ?? 0n)))),
    QQ.zero,
  );

/** Whether a series solves the equation, which has no other solution with the same beginning, and is that of a law. */
function isGerm(table: Table, operation: string, series: readonly Rational[]): boolean {
  const start = series[0] ?? QQ.zero;
  const begins = operation === "mix" ? QQ.equals(start, QQ.one) : operation === "freeSum" || !QQ.isZero(start);
  return begins && !QQ.isZero(slopeAt(table, start)) && onSeries(table, series).every((c) => QQ.isZero(c));
}

/** Whether these are the first moments of the one branch m = −1/z − mu_1/z² − … of a curve. */
export const areMoments = (curve: Poly, moments: readonly Rational[]): boolean =>
  isGerm(germTable(curve, "mix"), "mix", moments);

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
export function onSeries(table: Table, y: readonly Rational[]): Rational[] {
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
