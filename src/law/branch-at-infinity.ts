import { type Budget, DomainError, InternalError, LimitError, unlimited } from "../core/index.js";
import {
  add,
  coefficients,
  constant,
  constantValue,
  degree,
  factor,
  fractionConstant,
  fractions,
  fractionsWithin,
  isZero,
  multiply,
  type Polynomial,
  power,
  type RationalFunction,
  rationalFunction,
  rationalFunctionToText,
  subtract,
  toText,
  variable,
} from "../poly/index.js";
import { type Field, QQ, type Rational, rational, rationalToText } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicToDecimal,
  compareWithRational,
  isRational,
  realRoots,
  refine,
} from "../roots/index.js";
import { type BivariateTable, blowUp, expandBranch, type ImplicitBranch, implicitBranches } from "../series/index.js";
import { type Law, specialise } from "./law.js";

/**
 * The physical branch near infinity. With w = 1/z and m = −w·y the curve becomes Q(w, y) = 0 and the branch a power series
 * y = 1 + mu_1 w + mu_2 w² + …, the moment series itself.
 */
export type BranchAtInfinity =
  | { readonly kind: "numeric"; readonly branch: ImplicitBranch<Rational> }
  | { readonly kind: "irrational"; readonly branch: IrrationalBranch }
  | { readonly kind: "symbolic"; readonly branch: ImplicitBranch<RationalFunction> };

/** y = 1 + w·t where t is the solution of reduced(w, t) = 0 with t(0) = mean, a simple root: mu_1, which is irrational. */
export interface IrrationalBranch {
  readonly reduced: BivariateTable<Rational>;
  readonly mean: AlgebraicNumber;
}

/** Several branches of a curve may be that of a law, and nothing that came with it says which: the curve alone decides nothing. */
export class AmbiguousBranchError extends DomainError {}

const known = new WeakMap<Law, BranchAtInfinity>();

/**
 * Singles out the branch m = −1/z − mu_1/z² − … of the curve. Exact.
 *
 * @throws DomainError when no branch is like that (unbounded support, or mass other than one), or when several are and the law
 * does not give enough moments to choose.
 */
export function branchAtInfinity(law: Law, budget: Budget = unlimited): BranchAtInfinity {
  const cached = known.get(law);
  if (cached !== undefined) return cached;
  const irrational = law.parameters.length === 0 ? irrationalBranch(law, budget) : undefined;
  const found: BranchAtInfinity =
    irrational !== undefined
      ? { kind: "irrational", branch: irrational }
      : law.parameters.length === 0
        ? {
            kind: "numeric",
            branch: choose(
              law,
              budget,
              QQ,
              tableAtInfinity(law.curve, constantValue),
              (coeffs) => rationalRoots(coeffs, budget),
              fractionConstant,
              rationalToText,
              (mu) => mu,
            ),
          }
        : {
            kind: "symbolic",
            branch: choose(
              law,
              budget,
              fractionsWithin(budget),
              tableAtInfinity(law.curve, (p) => rationalFunction(p)),
              (coeffs) => fractionRoots(coeffs, budget),
              (f) => f,
              rationalFunctionToText,
            ),
          };
  known.set(law, found);
  return found;
}

/** mu_0 = 1, mu_1, …, mu_n as rational functions of the parameters (constants when there are none). Exact. */
export function momentSeries(law: Law, n: number, budget: Budget = unlimited): readonly RationalFunction[] {
  const at = branchAtInfinity(law, budget);
  if (at.kind === "irrational") {
    throw new DomainError(
      `the moments of this law are irrational, mu_1 = ${algebraicToDecimal(at.branch.mean, 15)}…, and moments are given as rational numbers`,
    );
  }
  return at.kind === "numeric"
    ? expandBranch(QQ, at.branch, n + 1, budget).map((mu) => rationalFunction(constant(mu)))
    : expandBranch(fractionsWithin(budget), at.branch, n + 1, budget);
}

/**
 * The law with numbers in place of its parameters; where its curve does not tell the branch by itself, the law that `remake` makes of
 * these numbers by the operations that made the symbolic one. Exact.
 */
export function specialiseOrRemake(
  law: Law,
  values: Readonly<Record<string, Rational>>,
  remake: ((values: Readonly<Record<string, Rational>>) => Law) | undefined,
  budget: Budget = unlimited,
): Law {
  const special = specialise(law, values, budget);
  if (remake === undefined) return special;
  try {
    branchAtInfinity(special, budget);
  } catch (error) {
    if (error instanceof AmbiguousBranchError) return remake(values);
    if (!(error instanceof DomainError)) throw error;
  }
  return special;
}

/** mu_1 of a law without parameters whose moments are irrational; undefined for every other law. Exact. */
export function irrationalMean(law: Law, budget: Budget = unlimited): AlgebraicNumber | undefined {
  if (law.meanBetween === undefined) return undefined;
  const at = branchAtInfinity(law, budget);
  return at.kind === "irrational" ? at.branch.mean : undefined;
}

/** mu_1 and mu_2 of a law without parameters; where they are irrational, rational numbers near to them. */
export function leadingMoments(law: Law, budget: Budget = unlimited): readonly [Rational, Rational] {
  const at = branchAtInfinity(law, budget);
  if (at.kind === "symbolic") throw new InternalError("a law with parameters has no numeric moments");
  const branch: ImplicitBranch<Rational> =
    at.kind === "numeric"
      ? at.branch
      : { prefix: [QQ.one], reduced: at.branch.reduced, start: refine(at.branch.mean, 64).lower };
  const [, mean, second] = expandBranch(QQ, branch, 3, budget);
  return [mean!, second!];
}

/** The branch whose mean lies between the bounds that came with the law, when that mean is irrational. */
function irrationalBranch(law: Law, budget: Budget): IrrationalBranch | undefined {
  if (law.meanBetween === undefined) return undefined;
  const table = tableAtInfinity(law.curve, constantValue);
  const atZero = table.map((row) => row[0] ?? QQ.zero);
  const at = (coeffs: readonly Rational[]): Rational => coeffs.reduceRight((sum, c) => QQ.add(sum, c), QQ.zero);
  const slope = at(atZero.map((c, j) => QQ.mul(c, rational(j))));
  if (!QQ.isZero(at(atZero)) || !QQ.isZero(slope)) return undefined;
  const reduced = blowUp(QQ, table, QQ.one);
  const means = realRoots(univariate(reduced.map((row) => row[0] ?? QQ.zero)), budget);
  const [low, high] = law.meanBetween;
  const fitting = means.filter(
    ({ root }) => compareWithRational(root, low) >= 0 && compareWithRational(root, high) <= 0,
  );
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) {
    throw new DomainError(
      `${fitting.length === 0 ? "no branch" : `${fitting.length} branches`} of the curve ${toText(law.curve)} at infinity with a mean between ${rationalToText(low)} and ${rationalToText(high)}, where exactly one is needed; the means are ${means.map(({ root }) => algebraicToDecimal(root, 10)).join(", ")}`,
    );
  }
  if (isRational(only.root)) return undefined;
  if (only.multiplicity > 1) {
    throw new LimitError(
      `two branches of the curve ${toText(law.curve)} have the same irrational mean ${algebraicToDecimal(only.root, 10)}; choosing between them is not available yet`,
    );
  }
  return { reduced, mean: only.root };
}

function choose<T>(
  law: Law,
  budget: Budget,
  field: Field<T>,
  table: BivariateTable<T>,
  roots: (coeffs: readonly T[]) => readonly T[],
  read: (given: RationalFunction) => T,
  text: (value: T) => string,
  numeric?: (value: T) => Rational,
): ImplicitBranch<T> {
  const atZero = table.map((row) => row[0] ?? field.zero);
  const mass = atZero.reduceRight((sum, c) => field.add(sum, c), field.zero);
  if (!field.isZero(mass)) {
    throw new DomainError(
      `the curve ${toText(law.curve)} has no branch m = -1/z - … at infinity: its law has unbounded support, or a mass other than one, or the polynomial is no spectral curve`,
    );
  }
  // The equations of a moment that have no root in the field.
  const irrational: (readonly T[])[] = [];
  const branches = implicitBranches(field, table, field.one, (coeffs) => {
    const found = roots(coeffs);
    if (found.length === 0 && coeffs.some((c, k) => k > 0 && !field.isZero(c))) irrational.push(coeffs);
    return found;
  });
  if (branches.length === 0) {
    const noneIsReal =
      numeric !== undefined &&
      irrational.every((coeffs) => realRoots(univariate(coeffs.map(numeric)), budget).length === 0);
    if (irrational.length > 0 && !noneIsReal) {
      throw new AmbiguousBranchError(
        `no branch m = -1/z - … of the curve ${toText(law.curve)} at infinity has rational moments${law.parameters.length > 0 ? "; give its parameters values before the law is made (on the command line with --set), or" : ";"} say which one by bounds of its mean (\`meanBetween\` in the library)`,
      );
    }
    throw new DomainError(
      irrational.length > 0
        ? `no branch m = -1/z - … of the curve ${toText(law.curve)} at infinity has real moments: it is the curve of no spectrum`
        : `the branch m ~ -1/z of the curve ${toText(law.curve)} ramifies at infinity: its law has unbounded support and not all moments`,
    );
  }
  const given = law.givenMoments.map(read);
  const bounds = law.meanBetween;
  const depth = Math.max(given.length + 1, ...branches.map((branch) => branch.prefix.length + 2));
  const fitting = branches.filter((branch) => {
    const series = expandBranch(field, branch, depth, budget);
    const mean = bounds === undefined ? undefined : numeric?.(series[1]!);
    if (mean !== undefined && (QQ.compare(mean, bounds![0]) < 0 || QQ.compare(mean, bounds![1]) > 0)) return false;
    return given.every((mu, k) => field.equals(mu, series[k + 1]!));
  });
  const only = fitting[0];
  if (only !== undefined && fitting.length === 1) return only;
  const choices = branches
    .map((branch) => {
      const series = expandBranch(field, branch, depth, budget);
      return `(${series.slice(1).map(text).join(", ")}, …)`;
    })
    .join(" or ");
  if (fitting.length === 0) {
    throw new DomainError(
      `no branch of the curve has the moments that were given; its branches have the moments ${choices}`,
    );
  }
  throw new AmbiguousBranchError(
    `${fitting.length} branches of the curve ${toText(law.curve)} look like a law at infinity; say which one by its first moments: ${choices}`,
  );
}

/** Q(w, y) of {@link BranchAtInfinity}: `[j][i]` multiplies y^j w^i. */
export function tableAtInfinity<T>(curve: Polynomial, read: (p: Polynomial) => T): BivariateTable<T> {
  const rows = coefficients(curve, "m").map((row) => coefficients(row, "z"));
  let lift = 0;
  rows.forEach((row, j) => {
    row.forEach((c, i) => {
      if (!isZero(c)) lift = Math.max(lift, i - j);
    });
  });
  const zero = read(constant(0));
  return rows.map((row, j) => {
    const result: T[] = [];
    row.forEach((c, i) => {
      if (isZero(c)) return;
      const at = j - i + lift;
      while (result.length <= at) result.push(zero);
      result[at] = read(j % 2 === 0 ? c : subtract(constant(0), c));
    });
    return result;
  });
}

/** The rational roots of a polynomial with rational coefficients. */
function rationalRoots(coeffs: readonly Rational[], budget: Budget): readonly Rational[] {
  return linearRoots(univariate(coeffs), "y", budget).map(fractionConstant);
}

function univariate(coeffs: readonly Rational[]): Polynomial {
  const y = variable("y");
  return coeffs.reduce((sum, c, k) => add(sum, multiply(constant(c), power(y, k))), constant(0));
}

/** The roots, rational in the parameters, of a polynomial with such coefficients. */
function fractionRoots(coeffs: readonly RationalFunction[], budget: Budget): readonly RationalFunction[] {
  const unknown = "y_";
  const y = rationalFunction(variable(unknown));
  const { add: plus, mul: times, zero } = fractionsWithin(budget);
  const value = coeffs.reduceRight((sum, c) => plus(times(sum, y), c), zero);
  return linearRoots(value.numerator, unknown, budget);
}

function linearRoots(polynomial: Polynomial, unknown: string, budget: Budget): readonly RationalFunction[] {
  if (degree(polynomial, unknown) < 1) return [];
  return factor(polynomial, budget).factors.flatMap((part) => {
    if (degree(part.factor, unknown) !== 1) return [];
    const [low, high] = coefficients(part.factor, unknown);
    return [fractions.neg(fractions.div(rationalFunction(low!), rationalFunction(high!)))];
  });
}
