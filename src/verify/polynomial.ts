// Exact: polynomials with integer coefficients, which share no code with those of the engine.
import { bitLength } from "../rings/index.js";
import { claim, type Reader, textOf } from "./reading.js";
import { spend } from "./work.js";

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

const names = (monomial: string): string[] => (monomial === "" ? [] : monomial.split(" "));
export const number = (c: bigint): Poly => new Map(c === 0n ? [] : [["", c]]);
export const variable = (name: string): Poly => new Map([[name, 1n]]);
const one = number(1n);
export const whole = (num: Poly): Fraction => ({ num, den: one });
/** The bits of the largest coefficient. */
export const bitsOf = (all: readonly Poly[]): number =>
  all.flatMap((p) => [...p.values()]).reduce((most, c) => Math.max(most, bitLength(c)), 0);

function collected(terms: readonly (readonly [string, bigint])[]): Poly {
  spend(terms.reduce((sum, [key, c]) => sum + 4 + key.length / 8 + bitLength(c) / 100, 0));
  const sum = new Map<string, bigint>();
  for (const [key, c] of terms) sum.set(key, (sum.get(key) ?? 0n) + c);
  for (const [key, c] of sum) if (c === 0n) sum.delete(key);
  return sum;
}

/** p + k·q. */
export const add = (p: Poly, q: Poly, k = 1n): Poly =>
  collected([...p, ...[...q].map(([key, c]) => [key, k * c] as const)]);

export function mul(p: Poly, q: Poly): Poly {
  if (p === one || q === one) return p === one ? q : p;
  claim(p.size * q.size <= 100_000, "a product of polynomials is too large");
  const monomial = (a: string, b: string): string => [...names(a), ...names(b)].sort().join(" ");
  const terms = [...p].flatMap(([a, c]) => [...q].map(([b, d]) => [monomial(a, b), c * d] as const));
  claim(!terms.some(([key]) => key.length > 1500), "a degree is too high");
  return collected(terms);
}

const pow = (p: Poly, n: number): Poly => Array.from({ length: n }, () => p).reduce(mul, one);
export const product = (factors: Powers): Poly => factors.reduce((all, [p, n]) => mul(all, pow(p, n)), one);

/** Whether p and q differ by a rational constant other than 0. */
export function proportional(p: Poly, q: Poly): boolean {
  const [first] = p.keys();
  const [a, b] = [p.get(first ?? "?"), q.get(first ?? "?")];
  return a !== undefined && b !== undefined && add(mul(p, number(b)), q, -a).size === 0;
}

export const variablesOf = (all: readonly Poly[]): string[] => [
  ...new Set(all.flatMap((p) => [...p.keys()].flatMap(names))),
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

export const degree = (p: Poly, name: string): number => rows(p, name).length - 1;

/** The polynomial in one variable, or a claim that it has no other. */
export const dense = (p: Poly, name: string): bigint[] =>
  rows(p, name).map((row) => {
    claim(variablesOf([row]).length === 0, "a polynomial has a variable too many");
    return row.get("") ?? 0n;
  });

/** Σ row_k x^k at x = num/den, times den^degree. */
function horner(parts: readonly Poly[], { num, den }: Fraction): Poly {
  let scale = one;
  return parts.reduceRight((sum, row) => {
    const next = add(mul(sum, num), mul(row, scale));
    scale = mul(scale, den);
    return next;
  }, number(0n));
}

/** p with a fraction in place of a variable, times the power of its denominator that makes it a polynomial. */
export const substitute = (p: Poly, name: string, by: Fraction): Poly => horner(rows(p, name), by);

export function derivative(p: Poly, name: string): Poly {
  const parts = rows(p, name).map((row, k) => mul(row, number(BigInt(k))));
  return horner(parts.slice(1), whole(variable(name)));
}

/** p without the powers of a variable that divide it. */
export function without(p: Poly, name: string): Poly {
  const parts = rows(p, name);
  return horner(parts.slice(parts.findIndex((row) => row.size > 0)), whole(variable(name)));
}

const strength: Readonly<Record<string, number>> = { "+": 1, "-": 1, "*": 2, "/": 2, "^": 3 };

function combined(operator: string, a: Fraction, b: Fraction): Fraction {
  if (operator === "*") return { num: mul(a.num, b.num), den: mul(a.den, b.den) };
  if (operator === "/") {
    claim(b.num.size > 0, "a formula divides by zero");
    return { num: mul(a.num, b.den), den: mul(a.den, b.num) };
  }
  if (operator === "^") {
    const n = Number(dense(b.num, "")[0]);
    const isSmall = [...a.num.values(), ...a.den.values()].every((c) => bitLength(c) * n < 100_000);
    claim(isSmall && b.den === one && n >= 0 && n <= (a.num.size > 1 ? 24 : 300), "a power in a formula is too large");
    return { num: pow(a.num, n), den: pow(a.den, n) };
  }
  const sign = operator === "-" ? -1n : 1n;
  return { num: add(mul(a.num, b.den), mul(b.num, a.den), sign), den: mul(a.den, b.den) };
}

/** A text in numbers, names, + - * / ^ and parentheses as a quotient of polynomials. Nothing in it is evaluated as code. Names with $ are the checker's own. */
export function parseFraction(text: string): Fraction {
  const tokens = textOf(text).match(/\d+|[A-Za-z_$]\w*|\S/g) ?? [];
  let next = 0;
  /** All that is joined to one operand by operators that bind so strongly at least. */
  const joined = (least: number): Fraction => {
    let left = operand();
    while ((strength[tokens[next] ?? ""] ?? 0) >= least) {
      const operator = tokens[next++]!;
      left = combined(operator, left, joined(operator === "^" ? 3 : strength[operator]! + 1));
    }
    return left;
  };
  const operand = (): Fraction => {
    const token = tokens[next++] ?? "";
    if (token === "-") return combined("-", whole(number(0n)), joined(3));
    if (/^\d/.test(token) && token.length <= 20_000) return whole(number(BigInt(token)));
    if (/^[A-Za-z_$]/.test(token) && token.length < 40) return whole(variable(token));
    const inner = token === "(" ? joined(1) : undefined;
    claim(inner !== undefined && tokens[next++] === ")", `a formula cannot be read at "${token.slice(0, 20)}"`);
    return inner;
  };
  const result = joined(1);
  claim(next === tokens.length, `a formula cannot be read at "${tokens[next]?.slice(0, 20)}"`);
  return result;
}

/** The polynomial of a text with integer coefficients, multiplied out. */
export const polyOf: Reader<Poly> = (value) => {
  claim(!/[/()]/.test(textOf(value)), "a polynomial with integer coefficients, multiplied out, is needed");
  return parseFraction(textOf(value)).num;
};
