import { type Budget, InternalError, unlimited } from "../core/index.js";
import {
  add,
  type DensePoly,
  densePoly,
  type IntegerPoly,
  integerPoly,
  multiply,
  type NumberField,
  type NumberFieldElement,
  numberField,
  type Polynomial,
  polynomialFromTerms,
  power,
  resultant,
  scale,
  subtract,
  toIntegerPoly,
  variable,
  zeroPolynomial,
} from "../poly/index.js";
import { rational } from "../rings/index.js";

/** A root of an irreducible polynomial over K = Q(theta), in the field that it generates. */
export interface FieldRoot {
  /** The absolute field Q(eta) = K(root). */
  readonly field: NumberField;
  readonly root: NumberFieldElement;
  /** The image of theta: K is a subfield by theta ↦ generator. */
  readonly generator: NumberFieldElement;
  /** The degree of K(root) over K. */
  readonly degree: number;
  /** Of the root, in the polynomial that was given. */
  readonly multiplicity: number;
}

/** The field Q itself, as a number field of degree 1. */
export const rationalNumberField: NumberField = numberField([0n, 1n]);

/** The image of an element of Q(theta) under theta ↦ generator, a number of another field. */
export function embedElement(
  a: NumberFieldElement,
  field: NumberField,
  generator: NumberFieldElement,
): NumberFieldElement {
  let value = field.zero;
  for (let k = a.coeffs.length - 1; k >= 0; k--) {
    value = field.add(field.mul(value, generator), field.fromInteger(a.coeffs[k]!));
  }
  return field.mul(value, field.fromRational(rational(1n, a.denominator)));
}

/**
 * One root of each irreducible factor of a polynomial over K, `[k]` multiplies x^k, with the field it generates: by Trager's method, the
 * factors over Q of the norm of f(x − k·theta), for a k that makes it square-free [SYMSAC 1976, 219]. The root is eta − k·theta for a
 * root eta of a factor of the norm, and theta is the common root of its minimal polynomial and f(eta − k·theta). Roots of a
 * multiplicity below `leastMultiplicity` are left out before anything is factored.
 */
export function fieldRoots(
  base: NumberField,
  coeffs: readonly NumberFieldElement[],
  options: { readonly leastMultiplicity?: number } = {},
  budget: Budget = unlimited,
): readonly FieldRoot[] {
  const ring = densePoly(base);
  const least = options.leastMultiplicity ?? 1;
  return ring
    .squareFree(ring.trim(coeffs))
    .filter(({ multiplicity }) => multiplicity >= least)
    .flatMap(({ factor, multiplicity }) =>
      rootsOfSquareFree(base, factor, budget).map((root) => ({ ...root, multiplicity })),
    );
}

function rootsOfSquareFree(
  base: NumberField,
  f: DensePoly<NumberFieldElement>,
  budget: Budget,
): Omit<FieldRoot, "multiplicity">[] {
  if (f.length === 2) {
    const root = base.neg(base.div(f[0]!, f[1]!));
    return [{ field: base, root, generator: base.generator, degree: 1 }];
  }
  for (let k = 0; ; k = k > 0 ? -k : 1 - k) {
    budget.spend(f.length ** 2 * base.degree ** 2, "factoring over a number field");
    const norm = shiftedNorm(base, f, k, budget);
    if (integerPoly.gcd(norm, integerPoly.derivative(norm), budget).length > 1) continue;
    return integerPoly
      .factor(norm, budget)
      .factors.map(({ factor: minimal }) =>
        (minimal.length - 1 === base.degree ? rootInBase : rootInExtension)(base, f, k, minimal),
      );
  }
}

/** The primitive norm of f(x − k·theta), a polynomial in x over the integers. */
function shiftedNorm(base: NumberField, f: DensePoly<NumberFieldElement>, k: number, budget: Budget): IntegerPoly {
  const x = subtract(variable("x"), scale(variable("t"), rational(k)));
  let shifted: Polynomial = zeroPolynomial;
  f.forEach((c, j) => {
    shifted = add(shifted, multiply(polynomialInT(c), power(x, j)));
  });
  // The elements of a field of degree 1 are constants here.
  if (base.degree === 1) return toIntegerPoly(shifted, "x");
  const minimal = polynomialFromTerms(
    ["t"],
    base.minimalPolynomial.map((coefficient, j) => ({ exponents: [j], coefficient })),
    1n,
  );
  return toIntegerPoly(resultant(minimal, shifted, "t", budget), "x");
}

function polynomialInT(a: NumberFieldElement): Polynomial {
  return polynomialFromTerms(
    ["t"],
    a.coeffs.map((coefficient, j) => ({ exponents: [j], coefficient })),
    a.denominator,
  );
}

/** The factor of f that belongs to a factor of the norm of the degree of K is linear, with its root in K. */
function rootInBase(
  base: NumberField,
  f: DensePoly<NumberFieldElement>,
  k: number,
  minimal: IntegerPoly,
): Omit<FieldRoot, "multiplicity"> {
  const ring = densePoly(base);
  const shift = base.mul(base.generator, base.fromInteger(BigInt(k)));
  const common = ring.gcd(f, ring.taylorShift(ring.fromIntegers(minimal), shift));
  if (common.length !== 2) throw new InternalError("a factor of the norm belongs to no linear factor");
  return { field: base, root: base.neg(common[0]!), generator: base.generator, degree: 1 };
}

function rootInExtension(
  base: NumberField,
  f: DensePoly<NumberFieldElement>,
  k: number,
  minimal: IntegerPoly,
): Omit<FieldRoot, "multiplicity"> {
  const field = numberField(minimal);
  const degree = field.degree / base.degree;
  if (base.degree === 1) {
    return { field, root: field.generator, generator: embedElement(base.generator, field, field.zero), degree };
  }
  const ring = densePoly(field);
  // f(eta − k t) with theta replaced by t, and the minimal polynomial of theta in t
  const x = [field.generator, field.fromInteger(BigInt(-k))];
  let substituted = ring.zero;
  for (let j = f.length - 1; j >= 0; j--) {
    const c = f[j]!;
    const lifted = ring.scale(ring.fromIntegers(c.coeffs), field.fromRational(rational(1n, c.denominator)));
    substituted = ring.add(ring.mul(substituted, ring.trim(x)), lifted);
  }
  const common = ring.gcd(ring.fromIntegers(base.minimalPolynomial), substituted);
  if (common.length !== 2) throw new InternalError("the generator of the subfield is not determined");
  const generator = field.neg(common[0]!);
  const root = field.sub(field.generator, field.mul(generator, field.fromInteger(BigInt(k))));
  return { field, root, generator, degree };
}
