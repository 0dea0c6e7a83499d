import { DomainError } from "../core/index.js";
import { numericValue, type Scalar, toRationalFunction } from "../law/index.js";
import { fractions, type RationalFunction, rationalFunctionToText } from "../poly/index.js";
import { QQ, type Rational, rational, rationalToNumber, rationalToText } from "../rings/index.js";

/** `[location, weight]` pairs; the weights sum to 1 identically in the parameters. */
export type AtomList = readonly (readonly [location: Scalar, weight: Scalar])[];

export type ArgumentValue = Scalar | AtomList;

/** An atom in exact form, as a law's formulas take it. */
export interface Atom {
  readonly at: RationalFunction;
  readonly weight: RationalFunction;
}

/** What a numeric argument must satisfy; a symbolic one passes. `text` follows the argument's name: `> 0`. */
export interface Domain {
  readonly text: string;
  holds(value: Rational): boolean;
}

const zero = rational(0);

export const positive: Domain = { text: "> 0", holds: (value) => QQ.sign(value) > 0 };
export const nonZero: Domain = { text: "different from 0", holds: (value) => QQ.sign(value) !== 0 };
export const below = (bound: number): Domain => ({
  text: `between 0 and ${bound}`,
  holds: (value) => QQ.compare(value, zero) > 0 && QQ.compare(value, rational(bound)) < 0,
});
export const atLeast = (bound: number): Domain => ({
  text: `at least ${bound}`,
  holds: (value) => QQ.compare(value, rational(bound)) >= 0,
});

/** The name, kind and domain of one argument, as help texts and completion show them. */
export interface ArgumentSpec {
  readonly name: string;
  /** `integer` is a positive integer that cannot be a parameter; `atoms` is a list of `[location, weight]`. */
  readonly kind: "scalar" | "integer" | "atoms";
  readonly doc: string;
  /** Of a scalar, or of every location of a list. */
  readonly domain?: Domain;
}

/** Where in a call the mistake is: the argument, and in a list the item and its half (0 location, 1 weight). */
export interface ArgumentPlace {
  readonly argument: number;
  readonly item?: number;
  readonly part?: 0 | 1;
}

/** A mistake in one argument of a law, with its place, so that a text can be pointed at. */
export class ArgumentError extends DomainError {
  override readonly name: string = "ArgumentError";
  readonly place: ArgumentPlace;

  constructor(sentence: string, place: ArgumentPlace) {
    super(sentence);
    this.place = place;
  }
}

/** The value of a scalar as a double; DomainError when it has parameters. */
export function toNumber(scalar: RationalFunction): number {
  const value = numericValue(scalar);
  if (value === undefined) {
    throw new DomainError(`a numeric value is needed here; ${rationalFunctionToText(scalar)} has parameters`);
  }
  return rationalToNumber(value);
}

/** `size` locations in which every atom stands with its weight, up to rounding; in order. */
export function quantilesOfAtoms(atoms: readonly Atom[], size: number): Float64Array {
  const points = atoms.map(({ at, weight }) => ({ at: toNumber(at), weight: toNumber(weight) }));
  points.sort((a, b) => a.at - b.at);
  const values = new Float64Array(size);
  let mass = 0;
  let filled = 0;
  for (const { at, weight } of points) {
    mass += weight;
    const upTo = Math.min(size, Math.round(mass * size));
    values.fill(at, filled, upTo);
    filled = upTo;
  }
  return values;
}

/** Checks the values of a call against its specification and makes them exact. */
export function readArguments(
  law: string,
  specs: readonly ArgumentSpec[],
  values: readonly ArgumentValue[],
): (RationalFunction | readonly Atom[])[] {
  const signature = `${law}(${specs.map((spec) => spec.name).join(", ")})`;
  if (values.length !== specs.length) {
    const wanted = specs.length === 1 ? "1 argument" : `${specs.length} arguments`;
    throw new DomainError(`${signature} takes ${wanted}; got ${values.length}`);
  }
  return specs.map((spec, argument) => {
    const value = values[argument]!;
    return spec.kind === "atoms"
      ? readAtoms(signature, spec, argument, value)
      : readScalar(signature, spec, argument, value);
  });
}

function readScalar(signature: string, spec: ArgumentSpec, argument: number, value: ArgumentValue): RationalFunction {
  const place = { argument };
  if (Array.isArray(value)) throw new ArgumentError(`${signature} needs a scalar ${spec.name}; got a list`, place);
  const scalar = located(place, () => toRationalFunction(value as Scalar));
  const known = numericValue(scalar);
  const got = `got ${rationalFunctionToText(scalar)}`;
  if (spec.kind === "integer" && (known === undefined || known.den !== 1n || known.num < 1n)) {
    throw new ArgumentError(`${signature} needs a positive integer ${spec.name}; ${got}`, place);
  }
  if (known !== undefined && spec.domain !== undefined && !spec.domain.holds(known)) {
    throw new ArgumentError(`${signature} needs ${spec.name} ${spec.domain.text}; ${got}`, place);
  }
  return scalar;
}

function readAtoms(signature: string, spec: ArgumentSpec, argument: number, value: ArgumentValue): readonly Atom[] {
  if (!Array.isArray(value)) {
    throw new ArgumentError(`${signature} needs a list ${spec.name} such as [[1, 1/2], [2, 1/2]]`, { argument });
  }
  if (value.length === 0) throw new ArgumentError(`${signature} needs at least one pair in ${spec.name}`, { argument });
  const merged: Atom[] = [];
  let total = fractions.zero;
  for (const [item, pair] of (value as AtomList).entries()) {
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new ArgumentError(`${signature} needs pairs [location, weight] in ${spec.name}`, { argument, item });
    }
    const at = located({ argument, item, part: 0 }, () => toRationalFunction(pair[0] as Scalar));
    const weight = located({ argument, item, part: 1 }, () => toRationalFunction(pair[1] as Scalar));
    const location = numericValue(at);
    if (location !== undefined && spec.domain !== undefined && !spec.domain.holds(location)) {
      throw new ArgumentError(
        `${signature} needs every location in ${spec.name} ${spec.domain.text}; got ${rationalToText(location)}`,
        { argument, item, part: 0 },
      );
    }
    const mass = numericValue(weight);
    if (mass !== undefined && !positive.holds(mass)) {
      throw new ArgumentError(`${signature} needs weights > 0 in ${spec.name}; got ${rationalToText(mass)}`, {
        argument,
        item,
        part: 1,
      });
    }
    total = fractions.add(total, weight);
    const same = merged.findIndex((atom) => fractions.equals(atom.at, at));
    if (same < 0) merged.push({ at, weight });
    else merged[same] = { at, weight: fractions.add(merged[same]!.weight, weight) };
  }
  if (!fractions.equals(total, fractions.one)) {
    throw new ArgumentError(
      `${signature} needs weights that sum to 1 in ${spec.name}; they sum to ${rationalFunctionToText(total)}`,
      { argument },
    );
  }
  return merged;
}

/** Gives a DomainError from reading a scalar its place in the call. */
function located<T>(place: ArgumentPlace, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DomainError) throw new ArgumentError(error.message, place);
    throw error;
  }
}
