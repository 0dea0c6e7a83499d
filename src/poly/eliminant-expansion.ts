import { LimitError } from "../core/index.js";
import { QQ, type Rational } from "../rings/index.js";
import {
  add,
  canonicalPolynomial,
  constant,
  multiply,
  type Polynomial,
  power,
  type Term,
  variable,
} from "../sparse/index.js";
import type { Eliminant } from "./eliminant-interpolation.js";
import { shiftPolynomial } from "./elimination-problem.js";

/** A resultant or discriminant as unit · ∏ factor^multiplicity · rest, with the factors that the shape of the input explains. */
export interface EliminantParts {
  readonly unit: Rational;
  /** Variables, and variables minus or plus one. */
  readonly factors: readonly { readonly factor: Polynomial; readonly multiplicity: number }[];
  /** With integer coefficients, not made primitive. */
  readonly rest: Polynomial;
}

/** The parts of an eliminant; the factors in no particular order, each once. */
export function eliminantParts(eliminant: Eliminant): EliminantParts {
  const exponents = new Map<string, { factor: Polynomial; multiplicity: number }>();
  for (const { axis, origin, exponent } of eliminant.factors) {
    const key = `${axis} ${origin}`;
    const present = exponents.get(key);
    if (present !== undefined) present.multiplicity += exponent;
    else {
      const factor = add(variable(eliminant.axes[axis]!), constant(-origin));
      exponents.set(key, { factor, multiplicity: exponent });
    }
  }
  const rest = inPowers(eliminant, noPowers(eliminant), noPowers(eliminant), QQ.one);
  return { unit: eliminant.unit, factors: [...exponents.values()], rest };
}

function noPowers(eliminant: Eliminant): number[] {
  return eliminant.axes.map(() => 0);
}

/** The eliminant multiplied out. */
export function expandEliminant(eliminant: Eliminant): Polynomial {
  const monomial = noPowers(eliminant);
  const shifted = noPowers(eliminant);
  let others: Polynomial | undefined;
  for (const { axis, origin, exponent } of eliminant.factors) {
    if (origin === 0) monomial[axis]! += exponent;
    else if (origin === eliminant.origins[axis]) shifted[axis]! += exponent;
    else {
      const factor = power(add(variable(eliminant.axes[axis]!), constant(-origin)), exponent);
      others = others === undefined ? factor : multiply(others, factor);
    }
  }
  const product = inPowers(eliminant, monomial, shifted, eliminant.unit);
  return others === undefined ? product : multiply(product, others);
}

/** More coefficients than this are not held at once. */
const mostCoefficients = 2e7;

/**
 * unit · ∏ axis^monomial · ∏ (axis − origin)^shifted · Σ values in powers of the axes: the values stand in a box, where every line
 * along an axis with another origin is moved by Taylor's formula.
 */
function inPowers(
  eliminant: Eliminant,
  monomial: readonly number[],
  shifted: readonly number[],
  unit: Rational,
): Polynomial {
  const { axes, origins, set, values } = eliminant;
  const count = axes.length;
  // The canonical order: m, z, then the other variables as they stand, which is alphabetically.
  const rank = axes.map((_, i) => i).sort((a, b) => nameRank(axes[a]!) - nameRank(axes[b]!) || a - b);
  const dimensions = set.counts.map((c, i) => c + shifted[i]!);
  const size = dimensions.reduce((n, d) => n * d, 1);
  const scaled = (c: bigint): bigint => (unit.num === 1n ? c : c * unit.num);
  if (size > 8 * set.size && origins.every((origin) => origin === 0)) {
    const terms: Term[] = [];
    for (let t = 0; t < set.size; t++) {
      if (values[t] === 0n) continue;
      const exponents = monomial.map((e, i) => e + set.exponents[t * count + i]!);
      terms.push({ exponents, coefficient: scaled(values[t]!) });
    }
    terms.sort((a, b) => {
      const axis = rank.find((i) => a.exponents[i] !== b.exponents[i])!;
      return b.exponents[axis]! - a.exponents[axis]!;
    });
    return canonicalPolynomial(axes, terms, unit.den);
  }
  if (size > mostCoefficients)
    throw new LimitError(`an eliminant with up to ${size} terms is beyond the limit of memory`);
  const strides: number[] = [];
  for (let i = 0, stride = 1; i < count; i++) {
    strides.push(stride);
    stride *= dimensions[i]!;
  }
  const box = new Array<bigint>(size).fill(0n);
  for (let t = 0; t < set.size; t++) {
    let at = 0;
    for (let i = 0; i < count; i++) at += (set.exponents[t * count + i]! + shifted[i]!) * strides[i]!;
    box[at] = values[t]!;
  }
  for (const [axis, origin] of origins.entries()) {
    if (origin !== 0) moveLines(box, strides[axis]!, dimensions[axis]!, -origin);
  }
  const terms: Term[] = [];
  const exponents = new Array<number>(count).fill(0);
  const collect = (depth: number, at: number): void => {
    const axis = rank[depth]!;
    const stride = strides[axis]!;
    for (let e = dimensions[axis]! - 1; e >= 0; e--) {
      exponents[axis] = e + monomial[axis]!;
      const place = at + e * stride;
      if (depth < count - 1) collect(depth + 1, place);
      else if (box[place] !== 0n) terms.push({ exponents: exponents.slice(), coefficient: scaled(box[place]!) });
    }
  };
  collect(0, 0);
  return canonicalPolynomial(axes, terms, unit.den);
}

function nameRank(name: string): number {
  return name === "m" ? 0 : name === "z" ? 1 : 2;
}

function moveLines(box: bigint[], stride: number, length: number, by: number): void {
  const line: bigint[] = [];
  for (let start = 0; start < box.length; start++) {
    if (Math.floor(start / stride) % length !== 0) continue;
    line.length = 0;
    for (let i = 0; i < length; i++) line.push(box[start + i * stride]!);
    while (line.length > 0 && line.at(-1) === 0n) line.pop();
    if (line.length < 2) continue;
    shiftPolynomial(line, by);
    for (const [i, c] of line.entries()) box[start + i * stride] = c;
  }
}
