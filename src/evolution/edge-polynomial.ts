import { toNumber } from "../ball/index.js";
import { type Budget, DomainError, InternalError, LimitError, orThrow, unlimited } from "../core/index.js";
import { type Complex, createTracker, decideRamification, integerTable } from "../curve/index.js";
import { decompressionMap, transformCurve } from "../flow/index.js";
import type { Law } from "../law/index.js";
import {
  add,
  coefficients,
  constant,
  contentIn,
  degree,
  discriminant,
  divideExact,
  factor,
  isConstant,
  multiply,
  negate,
  onePolynomial,
  type Polynomial,
  power,
  primitive,
  productOf,
  rationalFunction,
  squareFree,
  substitute,
  subtract,
  sumOf,
  toIntegerPoly,
  toText,
  variable,
} from "../poly/index.js";
import { type Rational, rational } from "../rings/index.js";
import { complexRoots } from "../roots/index.js";

/** A factor of the discriminant that is the dual of singular points of the curve, or a power of tau − 1 or of another constant time. */
export interface DualLine {
  /** Irreducible where that had to be known, else a product of conjugate and unrelated lines of the same multiplicity; in z and tau. */
  readonly factor: Polynomial;
  readonly multiplicity: number;
  /** Whether a sheet ramifies over it at all but finitely many tau; then it is a factor of the edge polynomial. */
  readonly ramified: boolean;
  readonly reason: string;
}

/** The branch points of a law as functions of its size factor. */
export interface EdgePolynomial {
  /**
   * E(z, tau), primitive: z is a branch point of the law decompressed by tau exactly when E(z, tau) = 0, for all but finitely
   * many tau. The dual curve times the ramified lines; 1 when nothing ramifies.
   */
  readonly polynomial: Polynomial;
  /** The dual curve alone, primitive; 1 for a curve that is a line in (z, −1/m). */
  readonly dual: Polynomial;
  /** The other factors of the discriminant, each with what became of it and why. */
  readonly lines: readonly DualLine[];
}

const known = new WeakMap<Law, EdgePolynomial>();

/**
 * The edge polynomial E(z, tau) of a law under free decompression: the equation of the dual of the curve C0 that the law is in the
 * coordinates (zeta, u), u = −1/m, since decompression by tau is the shear z = zeta + (tau − 1)u and its branch points are the
 * tangents zeta + (tau − 1)u = z. Exact; the law may have parameters.
 *
 * The discriminant in u of the sheared curve is the dual curve once, times the dual lines of the singular points of C0, each at least
 * twice: with the power mu + m − 1 of Milnor number mu and multiplicity m [Plücker; Kleiman, The enumerative theory of
 * singularities, 1977]. So its simple factor is the dual curve. A line of odd multiplicity is ramified, since mu + m − 1 has the parity of
 * the ramification; one of multiplicity 2 belongs to a node and is not; for any other every sheet is followed around it.
 *
 * @throws DomainError when tau is a parameter of the law, LimitError when the discriminant is beyond the work limit or a
 * ramification could not be decided.
 * @example toText(edgePolynomial(ensembles.semicircle(1)).polynomial) // "z^2 - 4*tau"
 */
export function edgePolynomial(law: Law, budget: Budget = unlimited): EdgePolynomial {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  if (law.parameters.includes("tau")) {
    throw new DomainError(
      "the law has a parameter named tau, which is the name of the size factor; rename the parameter",
    );
  }
  budget.spend(1, "computing the edge polynomial");
  const sheared = shearedCurve(law.curve);
  const whole = discriminant(sheared, "u_", budget);
  const { times, rest } = splitTimes(primitive(whole), budget);
  const lines: DualLine[] = times;
  let dual: Polynomial = onePolynomial;
  for (const part of squareFree(rest, budget)) {
    if (part.multiplicity === 1) dual = multiply(dual, part.factor);
    else lines.push(...linesOf(law, part.factor, part.multiplicity, rest, budget));
  }
  const polynomial = primitive(productOf([dual, ...lines.filter((l) => l.ramified).map((l) => l.factor)]));
  const result: EdgePolynomial = { polynomial, dual: primitive(dual), lines };
  known.set(law, result);
  return result;
}

/** The curve in (zeta, u): u^K P(zeta, −1/u), with zeta = z − (tau − 1)u, as a polynomial in z, tau and u_. */
export function shearedCurve(curve: Polynomial): Polynomial {
  const u = variable("u_");
  const rows = coefficients(curve, "m");
  const degreeM = rows.length - 1;
  const inPlane = sumOf(rows.map((row, j) => multiply(j % 2 === 0 ? row : negate(row), power(u, degreeM - j))));
  const shear = multiply(subtract(variable("tau"), constant(1)), u);
  return substitute(inPlane, { z: subtract(variable("z"), shear) });
}

/** Splits off the factors without z: times at which a singular point at infinity is met. */
function splitTimes(p: Polynomial, budget: Budget): { times: DualLine[]; rest: Polynomial } {
  const others = p.variables.filter((v) => v !== "tau" && v !== "z");
  const inZ = contentIn(p, ["z"], budget);
  const rest = isConstant(inZ) ? p : divideExact(p, inZ);
  if (rest === undefined) throw new InternalError("a polynomial is not divisible by its content");
  const times = squareFree(inZ, budget)
    .filter(({ factor: f }) => f.variables.some((v) => v === "tau" || others.includes(v)))
    .map(
      ({ factor: f, multiplicity }): DualLine => ({
        factor: f,
        multiplicity,
        ramified: false,
        reason: f.variables.includes("tau")
          ? "a constant time: the dual of a singular point at infinity"
          : "a condition on the parameters alone",
      }),
    );
  return { times, rest: primitive(rest) };
}

function linesOf(
  law: Law,
  product: Polynomial,
  multiplicity: number,
  whole: Polynomial,
  budget: Budget,
): readonly DualLine[] {
  if (multiplicity % 2 === 1) {
    return [
      {
        factor: product,
        multiplicity,
        ramified: true,
        reason: `the dual of singular points with a singular branch: the multiplicity ${multiplicity} is odd`,
      },
    ];
  }
  if (multiplicity === 2) {
    return [{ factor: product, multiplicity, ramified: false, reason: "the dual of nodes of the curve" }];
  }
  return factor(product, budget).factors.map(({ factor: line }): DualLine => {
    budget.spend(1, "deciding the ramification along a line");
    const ramified = ramifiesAlong(law, line, whole, budget);
    return {
      factor: line,
      multiplicity,
      ramified,
      reason: ramified
        ? "the dual of singular points with a singular branch: a sheet followed around it does not close"
        : "the dual of singular points with smooth branches: every sheet followed around it closes",
    };
  });
}

/** Whether sheets ramify over an irreducible line of the discriminant, decided at a time at which it meets nothing else. */
function ramifiesAlong(law: Law, line: Polynomial, whole: Polynomial, budget: Budget): boolean {
  if (law.parameters.length > 0) {
    throw new LimitError(
      `whether the factor ${toText(line)} of the discriminant belongs to branch points is not decided for a law with free parameters; give them values`,
    );
  }
  const others = primitive(productOf(squareFree(whole, budget).map((part) => without(part.factor, line))));
  for (const tau of trialTimes()) {
    const at = { tau: constant(tau) };
    const [here, there] = [substitute(line, at), substitute(others, at)];
    if (degree(here, "z") !== degree(line, "z") || degree(there, "z") !== degree(others, "z")) continue;
    const all = primitive(multiply(here, there));
    if (squareFree(all, budget).some((part) => part.multiplicity > 1)) continue;
    const near = centresOf(here, budget);
    const centre = near[0]!;
    const curve = transformCurve(law.curve, decompressionMap(rationalFunction(constant(tau))), budget);
    const apart = Math.min(
      1 + Math.hypot(centre.re, centre.im),
      ...[...near.slice(1), ...centresOf(there, budget), ...poles(curve, budget)].flatMap((z) => {
        const gap = Math.hypot(z.re - centre.re, z.im - centre.im);
        return gap > 1e-12 * (1 + Math.hypot(z.re, z.im)) ? [gap] : [];
      }),
    );
    return orThrow(decideRamification(createTracker(integerTable(curve)), centre, apart, budget));
  }
  throw new LimitError(`no time was found at which the factor ${toText(line)} of the discriminant stands alone`);
}

function without(p: Polynomial, q: Polynomial): Polynomial {
  return divideExact(p, q) ?? p;
}

function* trialTimes(): Generator<Rational> {
  for (let den = 2; den < 40; den++) yield rational(2 * den + 1, den);
}

function centresOf(p: Polynomial, budget: Budget): Complex[] {
  if (isConstant(p)) return [];
  return complexRoots(toIntegerPoly(p, "z"), {}, budget).map(({ ball }) => ({
    re: toNumber(ball.re),
    im: toNumber(ball.im),
  }));
}

function poles(curve: Polynomial, budget: Budget): Complex[] {
  return centresOf(coefficients(curve, "m").at(-1) ?? add(onePolynomial, onePolynomial), budget);
}
