import { type Budget, BudgetError, LimitError, unlimited } from "../core/index.js";
import {
  coefficients,
  contentIn,
  degree,
  divideExact,
  factor,
  isConstant,
  negate,
  type Polynomial,
  primitive,
  rationalFunction,
  toText,
} from "../poly/index.js";
import { QQ, type Rational } from "../rings/index.js";

/** Which real root of a polynomial in one variable is meant, counted from the smallest, and of how many. */
export interface Branch {
  readonly index: number;
  readonly of: number;
}

/** A root of a polynomial with parameters as text: a formula where the polynomial is linear, else the equation and which root it is. */
export function rootText(
  polynomial: Polynomial,
  name: string,
  { index, of }: Branch,
  budget: Budget = unlimited,
): string {
  if (degree(polynomial, name) === 1) {
    const [low, high] = coefficients(polynomial, name);
    const { numerator, denominator } = rationalFunction(negate(low!), high!, budget);
    return quotientText(numerator, denominator, budget);
  }
  const content = contentIn(polynomial, [name], budget);
  const equation = `${toText(primitive(isConstant(content) ? polynomial : (divideExact(polynomial, content) ?? polynomial)))} = 0`;
  const which =
    of === 1
      ? "the real root"
      : of === 2
        ? `the ${index === 0 ? "smaller" : "larger"} real root`
        : `real root ${index + 1} of ${of}, in increasing order,`;
  return `${which} ${name} of ${equation}`;
}

/** n/d with both written as products of their irreducible factors. */
function quotientText(numerator: Polynomial, denominator: Polynomial, budget: Budget): string {
  const [n, d] = [split(numerator, budget), split(denominator, budget)];
  const unit = QQ.div(n.unit, d.unit);
  const above = product(unit.num, n.parts);
  if (unit.den === 1n && d.parts.length === 0) return above;
  const below = product(unit.den, d.parts);
  const [top, bottom] = [above, below].map((text) =>
    /[ ]/.test(text.replace(/\([^()]*\)/g, "")) ? `(${text})` : text,
  );
  return `${top}/${/\*/.test(below.replace(/\([^()]*\)/g, "")) ? `(${below})` : bottom}`;
}

function split(p: Polynomial, budget: Budget): { readonly unit: Rational; readonly parts: readonly string[] } {
  if (isConstant(p)) return { unit: QQ.fromRatio(p.terms[0]?.coefficient ?? 0n, p.denominator), parts: [] };
  try {
    const { unit, factors } = factor(p, budget);
    return {
      unit,
      parts: factors
        .map(({ factor: f, multiplicity }) => ({ sum: f.terms.length > 1, text: toText(f), multiplicity }))
        .sort((a, b) => Number(a.sum) - Number(b.sum))
        .map(({ sum, text, multiplicity }) => {
          const base = sum ? `(${text})` : text;
          return multiplicity === 1 ? base : `${base}^${multiplicity}`;
        }),
    };
  } catch (error) {
    if (!(error instanceof LimitError) || error instanceof BudgetError) throw error;
    return { unit: QQ.one, parts: [`(${toText(p)})`] };
  }
}

/** unit * part * …; a sum that stands alone has no parentheses. */
function product(unit: bigint, parts: readonly string[]): string {
  if (parts.length === 0) return unit.toString();
  if (unit === 1n && parts.length === 1 && /^\(.*\)$/s.test(parts[0]!)) return parts[0]!.slice(1, -1);
  const sign = unit < 0n ? "-" : "";
  const size = unit < 0n ? -unit : unit;
  return `${sign}${[...(size === 1n ? [] : [size.toString()]), ...parts].join("*")}`;
}
