// Exact: polynomials with integer coefficients, which share no code with those of the engine; and the reading of untrusted values.
import { DomainError } from "../core/index.js";
import { parseRational, QQ, type Rational } from "../rings/index.js";

/** The non-zero coefficients by monomial: its variables in order, each as often as its power, with spaces: "m m z". */
export type Poly = ReadonlyMap<string, bigint>;
/** num/den, not reduced. */
export interface Fraction {
  readonly num: Poly;
  readonly den: Poly;
}
/** Dense in one variable: [k] multiplies x^k. */
export type Dense = readonly bigint[];

/** What a certificate may hold at most: enough for every curve that can be checked, far less than what fills the memory. */
const most = {
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
  if (p.size * q.size > most.products) throw new DomainError("a product of polynomials is too large");
  const terms = [...p].flatMap(([a, c]) =>
    [...q].map(([b, d]) => [[...names(a), ...names(b)].sort().join(" "), c * d] as const),
  );
  if (terms.some(([key]) => key.length > 40 * most.degree)) throw new DomainError("a degree is too high");
  return collected(terms);
}

export function powers(p: Poly, count: number): Poly[] {
  const result = [number(1n)];
  while (result.length < count) result.push(mul(result.at(-1)!, p));
  return result;
}

export const pow = (p: Poly, n: number): Poly => powers(p, n + 1)[n]!;
export const product = (factors: readonly (readonly [Poly, number])[]): Poly =>
  factors.reduce((all, [p, n]) => mul(all, pow(p, n)), number(1n));

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

export function constant(p: Poly): bigint {
  if (variablesOf(p).length > 0) throw new DomainError("a polynomial has a variable too many");
  return p.get("") ?? 0n;
}

export const dense = (p: Poly, name: string): bigint[] => rows(p, name).map(constant);

/** p with integers in place of some variables. */
export const at = (p: Poly, values: ReadonlyMap<string, bigint>): Poly =>
  collected(
    [...p].map(([key, c]) => {
      const value = names(key).reduce((v, name) => v * (values.get(name) ?? 1n), c);
      return [
        names(key)
          .filter((name) => !values.has(name))
          .join(" "),
        value,
      ] as const;
    }),
  );

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

/** p with a rational number in place of a variable, times a power of its denominator. */
export const setTo = (p: Poly, name: string, { num, den }: Rational): Poly =>
  substitute(p, { [name]: { num: number(num), den: number(den) } });

/** A text in numbers, names, + - * / ^ and parentheses as a quotient of polynomials. Nothing in it is evaluated as code. */
export function parseFraction(text: string): Fraction {
  if (text.length > most.characters) throw new DomainError("a formula is too long");
  const tokens = text.match(/\d+|[A-Za-z_]\w*|\S/g) ?? [];
  let next = 0;
  const fail = (): never => {
    throw new DomainError(`a formula cannot be read at "${(tokens[next] ?? "its end").slice(0, 20)}"`);
  };
  const one = number(1n);
  const sum = (depth: number): Fraction => {
    let total: Fraction = { num: number(0n), den: one };
    for (let sign = tokens[next] === "-" ? tokens[next++] : "+"; ; sign = tokens[next++]) {
      const term = factors(depth);
      const k = sign === "-" ? -1n : 1n;
      total =
        total.den === term.den
          ? { num: add(total.num, term.num, k), den: one }
          : { num: add(mul(total.num, term.den), mul(term.num, total.den), k), den: mul(total.den, term.den) };
      if (tokens[next] !== "+" && tokens[next] !== "-") return total;
    }
  };
  const factors = (depth: number): Fraction => {
    let total = power(depth);
    while (tokens[next] === "*" || tokens[next] === "/") {
      const divides = tokens[next++] === "/";
      const { num, den } = power(depth);
      if (divides && num.size === 0) throw new DomainError("a formula divides by zero");
      const below = divides ? num : den;
      total = {
        num: mul(total.num, divides ? den : num),
        den: total.den === one && below === one ? one : mul(total.den, below),
      };
    }
    return total;
  };
  const power = (depth: number): Fraction => {
    const token = tokens[next++] ?? "";
    let base: Fraction = { num: one, den: one };
    if (token === "(" && depth < 50) {
      base = sum(depth + 1);
      if (tokens[next++] !== ")") fail();
    } else if (/^\d/.test(token) && token.length <= most.digits) base = { num: number(BigInt(token)), den: one };
    else if (/^[A-Za-z_]/.test(token) && token.length < 40) base = { num: variable(token), den: one };
    else fail();
    if (tokens[next] !== "^") return base;
    const n = Number(tokens[next + 1]);
    if (!(Number.isInteger(n) && n <= (base.num.size > 1 ? most.power : most.degree))) fail();
    next += 2;
    return { num: pow(base.num, n), den: base.den === one ? one : pow(base.den, n) };
  };
  const result = sum(0);
  return next === tokens.length ? result : fail();
}

/** The polynomial of a text with integer coefficients and no division, not zero. */
export function parsePoly(value: unknown): Poly {
  const { num } = parseFraction(textOf(value));
  if (textOf(value).includes("/") || num.size === 0)
    throw new DomainError("a polynomial with integer coefficients is needed");
  return num;
}

/** An object with exactly these fields, all of its own. */
export function object<K extends string>(value: unknown, ...keys: K[]): Readonly<Record<K, unknown>> {
  const own = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const odd = keys.find((key) => !own.includes(key)) ?? own.find((key) => !(keys as string[]).includes(key));
  if (odd !== undefined) throw new DomainError(`the field "${odd.slice(0, 40)}" is missing, or not known here`);
  return value as Readonly<Record<K, unknown>>;
}

export function list(value: unknown, length?: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most.entries || (length ?? value.length) !== value.length) {
    throw new DomainError("a list is missing or has the wrong length");
  }
  return value;
}

export function textOf(value: unknown): string {
  if (typeof value !== "string" || value.length > most.characters)
    throw new DomainError("a text is missing or too long");
  return value;
}

/** So many integers in one text, with single spaces between them. */
export function integers(value: unknown, count: number): readonly bigint[] {
  const parts = textOf(value).split(" ");
  const right = (part: string): boolean => part.length <= most.digits && /^(0|-?[1-9]\d*)$/.test(part);
  if (parts.length !== count || !parts.every(right)) throw new DomainError(`${count} integers are needed`);
  return parts.map(BigInt);
}

/** A number from 0 to `largest`, as text. */
export function natural(value: unknown, largest = 20_000): number {
  const [n] = integers(value, 1) as [bigint];
  if (n < 0n || n > BigInt(largest)) throw new DomainError(`a number from 0 to ${largest} is needed`);
  return Number(n);
}

/** A rational number in lowest terms. */
export function rationalOf(value: unknown): Rational {
  const text = textOf(value);
  const result = text.length < 2 * most.digits && /^-?\d+(\/\d+)?$/.test(text) ? parseRational(text) : undefined;
  if (result === undefined || QQ.toText(result) !== text)
    throw new DomainError("a rational number in lowest terms is needed");
  return result;
}
