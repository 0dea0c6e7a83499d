// Exact: what the names of laws and of operations stand for, as formulas, and the check that a curve follows from them.
import { LimitError } from "../core/index.js";
import { QQ, type Rational } from "../rings/index.js";
import { checkResultant } from "./algebra.js";
import {
  add,
  mul,
  number,
  type Poly,
  parseFraction,
  polyOf,
  product,
  proportional,
  rows,
  substitute,
  variable,
  variablesOf,
  whole,
  without,
} from "./polynomial.js";
import { claim, listOf, natural, object, positive, textOf, tuple } from "./reading.js";

/** A curve that was proved, and the text of the law it belongs to. */
export interface Derived {
  readonly curve: Poly;
  /** The text of the curve. */
  readonly text: string;
  readonly law: string;
  /** The definitions it rests on that are not known to the checker. */
  readonly trusted: readonly string[];
}

type Pairs = readonly (readonly [string, string])[];
/** Σ w·f(x) over pairs [x, w]. */
const mean = (given: Pairs, f: (x: string) => string): string =>
  ["0", ...given.map(([x, w]) => `${w}*${f(x)}`)].join("+");

/** The laws whose curve the checker knows, from the literature; arguments come in parentheses. */
// biome-ignore lint/suspicious/noExplicitAny: texts or lists of pairs, as the law has it; whatever they are, a formula is made and parsed.
const laws: Readonly<Record<string, (...a: any[]) => string>> = {
  semicircle: (v) => `${v}*m^2+z*m+1`,
  mp: (c) => `${c}*z*m^2+(z+${c}-1)*m+1`,
  freePoisson: (l, a) => `${a}*z*m^2+(z+${a}-${l}*${a})*m+1`,
  compoundFreePoisson: (l, given) => `1+z*m-${l}*m*(${mean(given, (t) => `${t}/(1+${t}*m)`)})`,
  freeLevy: (a, v, l, given) => `1+z*m-${a}*m+${v}*m^2-${l}*m*(${mean(given, (t) => `${t}/(1+${t}*m)`)})`,
  atoms: (given) => `m-(${mean(given, (x) => `1/(${x}-z)`)})`,
  arcsine: (a, b) => `(z-${a})*(z-${b})*m^2-1`,
  kestenMcKay: (d) => `(${d}^2-z^2)*m^2+(${d}-2)*z*m+${d}-1`,
  wachter: (a, b) => `z*(1-z)*m^2-(${a}-1-(${a}+${b}-2)*z)*m+${a}+${b}-1`,
  freeMeixner: (a, b) => `(${b}*z^2+${a}*z+1)*m^2+((1+2*${b})*z+${a})*m+1+${b}`,
  bures: () => "2*z^2*m^3+z^2*m^2-1",
  deformedWigner: (v, given) => `m-(${mean(given, (x) => `1/(${x}-z-${v}*m)`)})`,
  silverstein: (c, given) => `m-(${mean(given, (t) => `1/(${t}*(1-${c}-${c}*z*m)-z)`)})`,
  inverseMp: (c) => `${c}*z^2*m^2+((1+${c})*z-1)*m+1`,
  wignerPlusWishart: (e, p) => `2*${e}*${p}*m^3+(2*${e}+${p}*z)*m^2+(z+${p}-1)*m+1`,
  fisher: (a, b) => `(${a}*z+${b}*z^2)*m^2+(${a}-1+(1+${b})*z)*m+1`,
  fussCatalan: (p) => `m*(-z*m)^${p}-z*m-1`,
};

/** Those of them whose last argument is a list of pairs. */
const takesPairs = ["compoundFreePoisson", "freeLevy", "atoms", "deformedWigner", "silverstein"];

/** Old z and m of each law that an operation takes, in terms of the new ones and of $t, which is eliminated where there are two. */
const operations: Readonly<Record<string, (...scalars: string[]) => readonly string[]>> = {
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
  // m is shared, and z = z1 + z2 + 1/m.
  freeSum: () => ["$t", "m", "z-$t-1/m", "m"],
  // y = −1 − z m is shared, z = z1 z2 y/(1 + y), m_i = −(1 + y)/z_i.
  freeProduct: () => ["$t", "z*m/$t", "z^2*m/((1+z*m)*$t)", "(1+z*m)*$t/z"],
  mix: (w) => ["z", "$t", "z", `(m-${w}*$t)/(1-${w})`],
};

/** A number or a formula in parameters, in parentheses. */
function scalarOf(text: string): string {
  const names = variablesOf(Object.values(parseFraction(text)));
  claim(!names.includes("z") && !names.includes("m"), "z and m are no parameters");
  return `(${text.trim()})`;
}

/** A law of the catalogue, or a curve that was given: the polynomial is compared with the formula of that name. */
export function checkDefinition(step: unknown): Derived {
  const { law, curve: text } = object(step, { kind: textOf, law: textOf, curve: textOf });
  const curve = polyOf(text);
  const [, formula, moments] = /^curve\("([^"]*)"(, \[[^[\]"]*\])?\)$/.exec(law) ?? [];
  const [, name, written] = /^([A-Za-z]+)\((.*)\)$/s.exec(law) ?? [];
  const isLaw = name !== undefined && (formula !== undefined || name !== "curve") && law.length <= 100_000;
  claim(isLaw, "the text of a law cannot be read");
  const known = Object.hasOwn(laws, name) ? laws[name] : undefined;
  if (formula === undefined && known === undefined) return { curve, text, law, trusted: [law] };
  // Every formula among the arguments, which has to be one by itself, becomes a text in parentheses.
  const quote = (part: string): string => (part.trim() === "" ? part : JSON.stringify(scalarOf(part)));
  const readers = Array.from({ length: known?.length ?? 0 }, (_, k) =>
    takesPairs.includes(name) && k + 1 === known?.length ? listOf(tuple(textOf, textOf)) : textOf,
  );
  const parsed = (): readonly unknown[] => tuple(...readers)(JSON.parse(`[${written!.replace(/[^[\],]+/g, quote)}]`));
  const { num } = parseFraction(formula ?? known!(...parsed()));
  // No law has m = 0: at the border of its domain a formula may be a multiple of it. Factors in the parameters alone change no curve.
  const topOf = (p: Poly): Poly => rows(rows(p, "m").at(-1)!, "z").at(-1)!;
  const reduced = without(num, "m");
  const isSame = add(mul(reduced, topOf(curve)), mul(curve, topOf(reduced)), -1n).size === 0;
  claim(num.size > 0 && curve.size > 0 && isSame, `the curve of ${law.slice(0, 60)} is another one`);
  return { curve, text, law, trusted: moments === undefined ? [] : [law] };
}

/**
 * Proves that a law made of others has the chosen one of several factors as its curve. They are, with their powers, what the curve of the
 * other law becomes when its z and m are replaced, or the resultant of what two curves become. The transform of the new law is a zero of
 * one of them, and only the chosen one has a branch m = −1/z − … at infinity.
 */
export function checkOperation(step: unknown, earlier: (index: number) => Derived): Derived {
  const lists = { of: listOf(natural), scalars: listOf(textOf), factors: listOf(tuple(textOf, positive)) };
  const fields = { kind: textOf, operation: textOf, ...lists, chosen: natural };
  const { operation, of, scalars, chosen, ...given } = object(step, fields);
  const factors = given.factors.map(([text, power]) => [polyOf(text), power] as const);
  const inputs = of.map(earlier);
  const [first, second] = equationsOf(operation, inputs, scalars) as [Poly, Poly?];
  if (second !== undefined) checkResultant(first, second, "$t", factors);
  else claim(proportional(first, product(factors)), "the substituted curve is not the given product");
  // The free product of two laws is a point mass at 0 only when one of them is [Bercovici–Voiculescu 1993].
  const mayBeZero = inputs.some(({ curve }) => substitute(curve, "m", parseFraction("-1/z")).size === 0);
  const isNone = (f: Poly): boolean =>
    operation === "freeProduct" && !mayBeZero && proportional(f, parseFraction("z*m+1").num);
  const fits = factors.every(([f], k) => (hasBranch(f) && !isNone(f)) === (k === chosen));
  claim(fits && chosen < factors.length, "the branch m = -1/z - … is not that of the chosen factor alone");
  const operands = [...inputs.map(({ law }) => law), ...scalars];
  if (operation === "mix") operands.unshift(operands.pop()!);
  const [text] = given.factors[chosen]!;
  const law = `${operation}(${operands.join(", ")})`;
  // Where infinity becomes a finite place, or comes from one, that the new branch is on the old sheet is no matter of algebra.
  const moved = operation === "inverse" || operation === "mobius" ? [law] : [];
  return { curve: factors[chosen]![0], text, law, trusted: [...inputs.flatMap((input) => input.trusted), ...moved] };
}

/** What the curves of the inputs of an operation become, cleared of denominators: one equation, or two in the unknown $t. */
export function equationsOf(
  operation: string,
  inputs: readonly Pick<Derived, "curve">[],
  scalars: readonly string[],
): readonly Poly[] {
  const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  const places = known?.length === scalars.length ? known(...scalars.map(scalarOf)) : [];
  if (places.length === 0 || places.length !== 2 * inputs.length)
    throw new LimitError(`the operation ${operation.slice(0, 40)} is not known to the checker`);
  return inputs.map(({ curve }, k) => without(replaced(curve, places[2 * k]!, places[2 * k + 1]!), "$t"));
}

/** A curve with formulas in place of z and m, both at once, cleared of denominators. */
function replaced(curve: Poly, z: string, m: string): Poly {
  const apart = substitute(curve, "m", whole(variable("$m")));
  return substitute(substitute(apart, "z", parseFraction(z)), "$m", parseFraction(m));
}

/** The curve in $x = 1/(z − q) and $y = −(z − q) m, without the power of $x that divides it. */
export const atInfinity = (curve: Poly, q: Rational = QQ.zero): Poly =>
  without(replaced(curve, `(${QQ.toText(q)})+1/$x`, "-$x*$y"), "$x");

/** Whether a curve has a branch m = −1/z − … at infinity. */
export function hasBranch(curve: Poly): boolean {
  const ends = { $x: number(0n), $y: number(1n) };
  return Object.entries(ends).reduce((f, [name, end]) => substitute(f, name, whole(end)), atInfinity(curve)).size === 0;
}
