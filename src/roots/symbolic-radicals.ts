import { type Budget, InternalError, unlimited } from "../core/index.js";
import {
  coefficients,
  constant,
  degree,
  factor,
  fractions,
  gcd,
  type Polynomial,
  power,
  primitive,
  productOf,
  type RationalFunction,
  rationalContent,
  rationalFunction,
  rationalFunctionToText,
  scale,
  squareFree,
  toText,
} from "../poly/index.js";
import { QQ } from "../rings/index.js";
import { extractPower } from "./integer-root.js";

/** A root in radicals over the field of the parameters, with its multiplicity. */
export interface SymbolicRoot {
  readonly text: string;
  readonly multiplicity: number;
}

const F = fractions;

/** outside^2 * inside = f with an inside that is a polynomial without square factors and with integer coefficients. */
interface SquareParts {
  readonly outside: RationalFunction;
  readonly inside: Polynomial;
}

/**
 * The roots of p in v in radicals over the field of its parameters, or undefined when one irreducible factor is neither of degree 1
 * or 2 in v nor of the form a*v^4 + b*v^2 + c. Square factors leave the square roots, and a root A + B*sqrt(R) whose norm
 * A^2 - B^2*R is a square is written as g*(sqrt(s) ± sqrt(t))^2. For real parameters with positive radicands and principal square roots
 * the texts are the roots; for any others they are still the set of the roots, with one choice of each square root. Every root is
 * substituted into its factor, exactly, before it is returned. Roots of one factor stand together, the sign + first. Exact.
 *
 * @example
 * radicalRoots(parsePolynomial("z^2 - 2*(1 + c)*z + (1 - c)^2"), "z") // "(1 + sqrt(c))^2", "(1 - sqrt(c))^2"
 */
export function radicalRoots(p: Polynomial, v: string, budget: Budget = unlimited): SymbolicRoot[] | undefined {
  const roots: SymbolicRoot[] = [];
  for (const { factor: f, multiplicity } of factor(p, budget).factors) {
    const n = degree(f, v);
    if (n < 1) continue;
    budget.spend(n, "writing roots in radicals");
    const texts = rootsOfFactor(coefficients(f, v), budget);
    if (texts === undefined) return undefined;
    roots.push(...texts.map((text) => ({ text, multiplicity })));
  }
  return roots;
}

function rootsOfFactor(c: readonly Polynomial[], budget: Budget): string[] | undefined {
  const lift = (k: number): RationalFunction => rationalFunction(c[k]!);
  if (c.length === 2) return [rationalFunctionToText(F.div(F.neg(lift(0)), lift(1)))];
  if (c.length === 3) return quadraticRoots(lift(2), lift(1), lift(0), budget).map(({ text }) => text);
  if (c.length !== 5 || !F.isZero(lift(1)) || !F.isZero(lift(3))) return undefined;
  return quadraticRoots(lift(4), lift(2), lift(0), budget).flatMap((square) => {
    const plain = `sqrt(${square.text})`;
    return square.squareRoots ?? [plain, `-${plain}`];
  });
}

/** A root x of a quadratic polynomial, and the two square roots of x where x is seen to be a square. */
interface QuadraticRoot {
  readonly text: string;
  readonly squareRoots: readonly [string, string] | undefined;
}

/** The two roots of a*x^2 + b*x + c, irreducible over the parameters. */
function quadraticRoots(
  a: RationalFunction,
  b: RationalFunction,
  c: RationalFunction,
  budget: Budget,
): QuadraticRoot[] {
  const half = F.div(F.one, F.fromInteger(2n));
  const center = F.mul(F.neg(F.div(b, a)), half);
  const norm = F.div(c, a);
  // x = center ± sqrt(center^2 - norm)
  const { outside, inside } = squareParts(F.sub(F.mul(center, center), norm), budget);
  verify(a, b, c, center, outside, inside);
  const normParts = squareParts(norm, budget);
  const plain = [1, -1].map((sign) => ({
    text: surdText(center, outside, inside, sign, budget),
    squareRoots: undefined,
  }));
  if (F.isZero(center) || !isOne(normParts.inside)) return plain;
  // s + t = center, 4 s t = outside^2 * inside, so that x = (sqrt(s) ± sqrt(t))^2
  const s = F.mul(F.add(center, normParts.outside), half);
  const t = F.mul(F.sub(center, normParts.outside), half);
  const squares = nested(...ordered(s, t, budget), budget);
  return squares[0]!.text.length <= plain[0]!.text.length
    ? squares
    : plain.map((x, k) => ({ ...x, squareRoots: squares[k]!.squareRoots }));
}

/** The number that is a square first, or the one that starts with a plain 1. */
function ordered(s: RationalFunction, t: RationalFunction, budget: Budget): [RationalFunction, RationalFunction] {
  const size = (f: RationalFunction): number => {
    const { inside } = squareParts(f, budget);
    return isOne(inside) ? 0 : inside.terms.length + inside.variables.length;
  };
  const lengthOf = (f: RationalFunction): number => rationalFunctionToText(f).length;
  const [x, y] = [size(s), size(t)];
  return x < y || (x === y && lengthOf(s) <= lengthOf(t)) ? [s, t] : [t, s];
}

/** g*(sqrt(s/g) ± sqrt(t/g))^2 with the common factor g taken out. */
function nested(s: RationalFunction, t: RationalFunction, budget: Budget): QuadraticRoot[] {
  const [x, y] = [squareParts(s, budget), squareParts(t, budget)];
  // sqrt(s) = x.outside*sqrt(x.inside): the common factor of the two outsides and of the two insides.
  const outer = commonFactor(x.outside, y.outside, budget);
  const contents = gcdOfIntegers(rationalContent(x.inside).num, rationalContent(y.inside).num);
  const inner = scale(primitive(gcd(x.inside, y.inside, budget)), QQ.fromInteger(contents));
  const term = (part: SquareParts): string => {
    const radicand = F.div(rationalFunction(part.inside), rationalFunction(inner));
    return rootTerm(F.div(part.outside, outer), radicand.numerator);
  };
  const [first, second] = [term(x), term(y)];
  const front = F.mul(F.mul(outer, outer), rationalFunction(inner));
  return ["+", "-"].map((sign) => {
    const sum = `(${first} ${sign} ${second})`;
    const root = isUnit(outer) ? sum.slice(1, -1) : withFactor(outer, sum);
    const negative = !isUnit(outer)
      ? negated(root)
      : sign === "+"
        ? `${negated(first)} - ${second}`
        : `${second} - ${first}`;
    const split = isOne(inner) && outer.denominator.terms.length > 1;
    return {
      text: split ? `(${root})^2` : withFactor(front, `${sum}^2`),
      squareRoots: isOne(inner) ? [root, negative] : undefined,
    };
  });
}

/** A fraction that divides both so that polynomials without common factor and without denominators remain. */
function commonFactor(x: RationalFunction, y: RationalFunction, budget: Budget): RationalFunction {
  const numerators = gcd(x.numerator, y.numerator, budget);
  const denominators = F.mul(
    rationalFunction(x.denominator),
    F.div(rationalFunction(y.denominator), rationalFunction(gcd(x.denominator, y.denominator, budget))),
  );
  const g = F.div(rationalFunction(numerators), denominators);
  const [p, q] = [F.div(x, g).numerator, F.div(y, g).numerator];
  // What is left has rational contents; their common part goes out too.
  const [m, n] = [rationalContent(p), rationalContent(q)];
  const common = QQ.fromRatio(gcdOfIntegers(m.num * n.den, n.num * m.den), m.den * n.den);
  return F.mul(g, rationalFunction(constant(common)));
}

function gcdOfIntegers(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** f as a square times a square-free polynomial: f = num/den = num*den/den^2. */
function squareParts(f: RationalFunction, budget: Budget): SquareParts {
  const product = F.mul(rationalFunction(f.numerator), rationalFunction(f.denominator)).numerator;
  const content = rationalContent(product);
  const negative = isNegative(product);
  const unit = scale(product, QQ.inv(negative ? QQ.neg(content) : content));
  const parts = squareFree(unit, budget);
  const outer = productOf(parts.map(({ factor: g, multiplicity }) => power(g, Math.floor(multiplicity / 2))));
  const inner = productOf(parts.filter(({ multiplicity }) => multiplicity % 2 === 1).map((part) => part.factor));
  // content = (num*den)/den^2
  const { outside, inside } = extractPower(content.num * content.den, 2);
  const rationalOutside = QQ.fromRatio(outside, content.den);
  const candidate = {
    outside: F.div(rationalFunction(scale(outer, rationalOutside)), rationalFunction(f.denominator)),
    inside: scale(inner, QQ.fromInteger(inside)),
  };
  // The square-free parts are known up to sign: the sign that gives f.
  const value = F.mul(F.mul(candidate.outside, candidate.outside), rationalFunction(candidate.inside));
  return F.equals(value, f) ? candidate : { ...candidate, inside: scale(candidate.inside, QQ.neg(QQ.one)) };
}

/** Whether the first coefficient is negative. */
function isNegative(p: Polynomial): boolean {
  return (p.terms[0]?.coefficient ?? 0n) < 0n;
}

function isOne(p: Polynomial): boolean {
  return toText(p) === "1";
}

/** InternalError unless center + outside*w with w^2 = inside is a root of a*x^2 + b*x + c. */
function verify(
  a: RationalFunction,
  b: RationalFunction,
  c: RationalFunction,
  center: RationalFunction,
  outside: RationalFunction,
  inside: Polynomial,
): void {
  const squared = F.mul(F.mul(outside, outside), rationalFunction(inside));
  const rationalPart = F.add(F.add(F.mul(a, F.add(F.mul(center, center), squared)), F.mul(b, center)), c);
  const surdPart = F.mul(outside, F.add(F.mul(F.mul(F.fromInteger(2n), a), center), b));
  if (!F.isZero(rationalPart) || !F.isZero(surdPart)) {
    throw new InternalError("a root in radicals does not satisfy its equation");
  }
}

/** center + sign*outside*sqrt(inside) over one denominator. */
function surdText(
  center: RationalFunction,
  outside: RationalFunction,
  inside: Polynomial,
  sign: number,
  budget: Budget,
): string {
  if (F.isZero(center)) {
    const text = withFactor(outside, `sqrt(${toText(inside)})`);
    return sign > 0 ? text : negated(text);
  }
  const g = commonFactor(center, outside, budget);
  const first = toText(F.div(center, g).numerator);
  const second = rootTerm(F.div(outside, g), inside);
  const joined = second.startsWith("-")
    ? `${first} ${sign > 0 ? "-" : "+"} ${second.slice(1)}`
    : `${first} ${sign > 0 ? "+" : "-"} ${second}`;
  return isUnit(g) ? joined : withFactor(g, `(${joined})`);
}

/** factor*sqrt(radicand) for a factor without denominator. */
function rootTerm(outside: RationalFunction, radicand: Polynomial): string {
  const text = rationalFunctionToText(outside);
  if (isOne(radicand)) return text;
  return withFactor(outside, `sqrt(${toText(radicand)})`);
}

function isUnit(f: RationalFunction): boolean {
  return F.equals(f, F.one);
}

/** f times an expression that is one factor. */
function withFactor(f: RationalFunction, expression: string): string {
  if (isUnit(f)) return expression;
  if (F.equals(f, F.neg(F.one))) return `-${expression}`;
  const bracket = (p: Polynomial): string => (p.terms.length > 1 ? `(${toText(p)})` : toText(p));
  const content = rationalContent(f.numerator);
  const top = scale(f.numerator, QQ.fromInteger(content.den));
  const bottom = scale(f.denominator, QQ.fromInteger(content.den));
  const front = isOne(top) ? expression : `${bracket(top)}*${expression}`;
  if (isOne(bottom)) return front;
  const simple = bottom.terms.length === 1 && /^[^*]*$/.test(toText(bottom));
  return `${front}/${simple ? toText(bottom) : `(${toText(bottom)})`}`;
}

/** Minus an expression that is a product or one factor. */
function negated(text: string): string {
  return text.startsWith("-") ? text.slice(1) : `-${text}`;
}
