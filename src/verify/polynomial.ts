// Exact: polynomials with integer coefficients, which share no code with those of the engine.
import { DomainError } from "../core/index.js";

/** The non-zero coefficients by monomial: its variables in order, each as often as its power, with spaces: "m m z". */
export type Poly = ReadonlyMap<string, bigint>;
export type Powers = readonly (readonly [Poly, number])[];
/** num/den, not reduced. */
export interface Fraction {
  readonly num: Poly;
  readonly den: Poly;
}
/** Dense in one variable: [k] multiplies x^k. */
export type Dense = readonly bigint[];

/** What a certificate may hold at most: enough for every curve that can be checked, far less than what fills the memory. */
export const most = {
  characters: 400_000,
  degree: 300,
  digits: 20_000,
  terms: 20_000,
  products: 400_000,
  power: 24,
  entries: 20_000,
};

const names = (monomial: string): string[] => (monomial === "" ? [] : monomial.split(" "));
export const number = (c: bigint): Poly => new Map(c === 0n ? [] : [["", c]]);
export const variable = (name: string): Poly => new Map([[name, 1n]]);
const one = number(1n);

function collected(terms: Iterable<readonly [string, bigint]>): Poly {
  const sum = new Map<string, bigint>();
  for (const [key, c] of terms) sum.set(key, (sum.get(key) ?? 0n) + c);
  for (const [key, c] of sum) if (c === 0n) sum.delete(key);
  if (sum.size > most.terms) throw new DomainError(`a polynomial has more than ${most.terms} terms`);
  return sum;
}

/** p + k·q. */
export const add = (p: Poly, q: Poly, k = 1n): Poly =>
  collected([...p, ...[...q].map(([key, c]) => [key, k * c] as const)]);

export function mul(p: Poly, q: Poly): Poly {
  if (p === one || q === one) return p === one ? q : p;
  if (p.size * q.size > most.products) throw new DomainError("a product of polynomials is too large");
  const terms = [...p].flatMap(([a, c]) =>
    [...q].map(([b, d]) => [[...names(a), ...names(b)].sort().join(" "), c * d] as const),
  );
  if (terms.some(([key]) => key.length > 40 * most.degree)) throw new DomainError("a degree is too high");
  return collected(terms);
}

function powers(p: Poly, count: number): Poly[] {
  const result = [one];
  while (result.length < count) result.push(mul(result.at(-1)!, p));
  return result;
}

export const pow = (p: Poly, n: number): Poly => powers(p, n + 1)[n]!;
export const product = (factors: Powers): Poly => factors.reduce((all, [p, n]) => mul(all, pow(p, n)), one);

/** Whether p and q differ by a rational constant other than 0. */
export function proportional(p: Poly, q: Poly): boolean {
  const [first] = p.keys();
  const [a, b] = [p.get(first ?? "?"), q.get(first ?? "?")];
  return a !== undefined && b !== undefined && add(mul(p, number(b)), q, -a).size === 0;
}

export const variablesOf = (...all: readonly Poly[]): string[] => [
  ...new Set(all.flatMap((p) => [...p.keys()].flatMap((key) => names(key)))),
];

/** p as a polynomial in one variable: [k] multiplies its k-th power; at least one entry. */
export function rows(p: Poly, name: string): Poly[] {
  const result: Map<string, bigint>[] = [new Map()];
  for (const [key, c] of p) {
    const rest = names(key).filter((v) => v !== name);
    const k = names(key).length - rest.length;
    while (result.length <= k) result.push(new Map());
    result[k]!.set(rest.join(" "), c);
  }
  return result;
}

/** Σ row_k·name^k. */
export const fromRows = (parts: readonly Poly[], name: string): Poly =>
  parts.reduce((sum, row, k) => add(sum, mul(row, pow(variable(name), k))), number(0n));
export const degree = (p: Poly, name: string): number => rows(p, name).length - 1;
export const derivative = (p: Poly, name: string): Poly =>
  fromRows(
    rows(p, name)
      .slice(1)
      .map((row, k) => mul(row, number(BigInt(k + 1)))),
    name,
  );
/** p without the powers of a variable that divide it. */
export function without(p: Poly, name: string): Poly {
  const parts = rows(p, name);
  return fromRows(parts.slice(parts.findIndex((row) => row.size > 0)), name);
}
/** p with an integer in place of a variable. */
export const at = (p: Poly, name: string, value: bigint): Poly =>
  rows(p, name).reduceRight((sum, row) => add(row, sum, value));

export function constant(p: Poly): bigint {
  if (variablesOf(p).length > 0) throw new DomainError("a polynomial has a variable too many");
  return p.get("") ?? 0n;
}

export const dense = (p: Poly, name: string): bigint[] => rows(p, name).map(constant);

/** p with fractions in place of variables, all at once, times the smallest powers of their denominators that make it a polynomial. */
export function substitute(p: Poly, values: Readonly<Record<string, Fraction>>): Poly {
  // Each variable is renamed first by what no text can hold.
  const renamed = Object.keys(values).reduce((whole, name, k) => fromRows(rows(whole, name), `${k}!`), p);
  return Object.values(values).reduce((whole, { num, den }, k) => {
    const parts = rows(whole, `${k}!`);
    const [above, below] = [powers(num, parts.length), powers(den, parts.length).reverse()];
    return parts.reduce((sum, row, n) => add(sum, mul(row, mul(above[n]!, below[n]!))), number(0n));
  }, renamed);
}

/** How strongly each operation binds, and what it does. */
const operations: ReadonlyMap<string, readonly [number, (a: Fraction, b: Fraction) => Fraction]> = new Map([
  ["+", [1, (a: Fraction, b: Fraction) => sum(a, b, 1n)]],
  ["-", [1, (a: Fraction, b: Fraction) => sum(a, b, -1n)]],
  ["*", [2, (a: Fraction, b: Fraction) => ({ num: mul(a.num, b.num), den: mul(a.den, b.den) })]],
  ["/", [2, quotient]],
  ["^", [3, power]],
]);

const sum = (a: Fraction, b: Fraction, sign: bigint): Fraction => ({
  num: add(mul(a.num, b.den), mul(b.num, a.den), sign),
  den: mul(a.den, b.den),
});

function quotient(a: Fraction, b: Fraction): Fraction {
  if (b.num.size === 0) throw new DomainError("a formula divides by zero");
  return { num: mul(a.num, b.den), den: mul(a.den, b.num) };
}

function power({ num, den }: Fraction, by: Fraction): Fraction {
  const n = Number(constant(by.num));
  const fits = by.den === one && n >= 0 && n <= (num.size > 1 ? most.power : most.degree);
  if (!fits) throw new DomainError("an exponent in a formula is too large, or not a natural number");
  return { num: pow(num, n), den: pow(den, n) };
}

/** A text in numbers, names, + - * / ^ and parentheses as a quotient of polynomials. Nothing in it is evaluated as code. */
export function parseFraction(text: string): Fraction {
  if (text.length > most.characters) throw new DomainError("a formula is too long");
  const tokens = text.match(/\d+|[A-Za-z_]\w*|\S/g) ?? [];
  let next = 0;
  const fail = (): never => {
    throw new DomainError(`a formula cannot be read at "${(tokens[next] ?? "its end").slice(0, 20)}"`);
  };
  /** All that is joined to one operand by operations that bind so strongly at least. */
  const joined = (least: number, depth: number): Fraction => {
    let left = operand(depth);
    for (;;) {
      const [binds, apply] = operations.get(tokens[next] ?? "") ?? [0, fail];
      if (binds < least) return left;
      next++;
      left = apply(left, joined(binds + 1, depth));
    }
  };
  const operand = (depth: number): Fraction => {
    const token = tokens[next++] ?? "";
    if (depth > 50) return fail();
    if (token === "-") return sum({ num: number(0n), den: one }, joined(2, depth + 1), -1n);
    if (/^\d/.test(token) && token.length <= most.digits) return { num: number(BigInt(token)), den: one };
    if (/^[A-Za-z_]/.test(token) && token.length < 40) return { num: variable(token), den: one };
    const inner = token === "(" ? joined(1, depth + 1) : fail();
    return tokens[next++] === ")" ? inner : fail();
  };
  const result = joined(1, 0);
  return next === tokens.length ? result : fail();
}
