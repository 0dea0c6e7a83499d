import { type Budget, DomainError, unlimited } from "../core/index.js";
import { type Law, type LawOptions, lawFromCurve } from "../law/index.js";
import {
  degree,
  type Polynomial,
  parsePolynomial,
  parseRationalFunction,
  primitive,
  type RationalFunction,
  rationalFunction,
  substitute,
  toText,
  variable,
} from "../poly/index.js";
import { type BirationalMap, coordinates, transformCurve } from "./birational-map.js";

/** The transforms whose bivariate polynomial is another form of the curve P(z, m) = 0. */
export type Encoding = "stieltjes" | "cauchy" | "r" | "s" | "moment" | "eta";

/** A transform value(argument), as coordinates of the plane of the curve. */
interface EncodingCoordinates {
  readonly argument: string;
  readonly value: string;
  /** What the transform is, in one line. */
  readonly convention: string;
  /** z and m in terms of argument and value, and the other way round. */
  readonly z: string;
  readonly m: string;
  readonly newArgument: string;
  readonly newValue: string;
}

const encodings: Readonly<Record<Encoding, EncodingCoordinates>> = {
  stieltjes: {
    argument: "z",
    value: "m",
    convention: "the Stieltjes transform m(z), the integral of rho(dx)/(x - z)",
    z: "z",
    m: "m",
    newArgument: "z",
    newValue: "m",
  },
  cauchy: {
    argument: "z",
    value: "g",
    convention: "the Cauchy transform g(z), the integral of rho(dx)/(z - x)",
    z: "z",
    m: "-g",
    newArgument: "z",
    newValue: "-m",
  },
  r: {
    argument: "s",
    value: "r",
    convention: "the R-transform r(s), the sum of kappa_n s^(n-1): g(r(s) + 1/s) = s for the Cauchy transform g",
    z: "r + 1/s",
    m: "-s",
    newArgument: "-m",
    newValue: "z + 1/m",
  },
  s: {
    argument: "y",
    value: "s",
    convention: "the S-transform s(y) = chi(y)*(1 + y)/y, chi the inverse of the moment series psi",
    z: "(1 + y)/(y*s)",
    m: "-y*s",
    newArgument: "-1 - z*m",
    newValue: "m/(1 + z*m)",
  },
  moment: {
    argument: "u",
    value: "psi",
    convention: "the moment series psi(u), the sum of mu_k u^k for k >= 1",
    z: "1/u",
    m: "-u*(1 + psi)",
    newArgument: "1/z",
    newValue: "-1 - z*m",
  },
  eta: {
    argument: "gamma",
    value: "eta",
    convention: "the eta-transform eta(gamma), the integral of rho(dx)/(1 + gamma*x)",
    z: "-1/gamma",
    m: "gamma*eta",
    newArgument: "-1/z",
    newValue: "-z*m",
  },
};

/** The names of the encodings, in the order in which they are documented. */
export const encodingNames: readonly Encoding[] = ["stieltjes", "cauchy", "r", "s", "moment", "eta"];

/** The curve of a law as the polynomial equation of one of its transforms. */
export interface EncodedCurve {
  readonly polynomial: Polynomial;
  /** The variable of the transform, and the name of its value. */
  readonly argument: string;
  readonly value: string;
  readonly convention: string;
}

/**
 * The bivariate polynomial Q(argument, value) = 0 of another transform of the law: Cauchy g(z), R-transform r(s), S-transform s(y),
 * moment series psi(u), eta-transform eta(gamma). Each is a birational change of coordinates of the curve. Exact; primitive, parameters may
 * stay free. For the R-transform of a law whose R is rational the polynomial has degree 1 in r.
 *
 * @throws DomainError when a parameter of the law has the name of a variable of the transform; for the S-transform when the law is
 * concentrated at 0.
 * @see N. R. Rao, A. Edelman, The polynomial method for random matrices, Found. Comput. Math. 8 (2008) 649–702, section 3.
 * @example encode(ensembles.mp("c"), "r") // c*r*s - r + 1
 */
export function encode(law: Law, encoding: Encoding, budget: Budget = unlimited): EncodedCurve {
  const { argument, value, convention } = encodings[encoding];
  const clash = law.parameters.find((name) => name === argument || name === value);
  if (clash !== undefined && encoding !== "stieltjes") {
    throw new DomainError(
      `the law has a parameter named ${clash}, which is a variable of ${convention}; give the parameter another name`,
    );
  }
  const moved = transformCurve(law.curve, encodingMap(encoding), budget);
  const names = { z: variable(argument), m: variable(value) };
  return { polynomial: primitive(substitute(moved, names)), argument, value, convention };
}

/**
 * The law whose transform satisfies a bivariate polynomial in the variables of the encoding: the way back from {@link encode}. Exact.
 *
 * @throws DomainError when the polynomial lacks one of the two variables, holds a z or m that the encoding does not have, or is a product
 * of several curves.
 * @example lawFromEncoding("c*r*s - r + 1", "r") // Marchenko–Pastur of ratio c
 */
export function lawFromEncoding(
  polynomial: Polynomial | string,
  encoding: Encoding,
  options: Pick<LawOptions, "moments"> = {},
  budget: Budget = unlimited,
): Law {
  const given = typeof polynomial === "string" ? parsePolynomial(polynomial) : polynomial;
  const { argument, value, convention } = encodings[encoding];
  for (const needed of [argument, value]) {
    if (degree(given, needed) < 1) {
      throw new DomainError(
        `the polynomial ${toText(given)} lacks ${needed}; ${convention} has ${argument} and ${value}`,
      );
    }
  }
  const stray = ["z", "m"].find((name) => name !== argument && name !== value && given.variables.includes(name));
  if (stray !== undefined) {
    throw new DomainError(`the polynomial ${toText(given)} contains ${stray}, which is no variable of ${convention}`);
  }
  const inPlane = substitute(given, { [argument]: variable("z"), [value]: variable("m") });
  const { old, inverse } = encodingMap(encoding);
  return lawFromCurve(transformCurve(inPlane, { old: inverse, inverse: old }, budget), options, budget);
}

/** The change of coordinates, with z standing for the argument of the transform and m for its value. */
function encodingMap(encoding: Encoding): BirationalMap {
  const { argument, value, z, m, newArgument, newValue } = encodings[encoding];
  if (encoding === "stieltjes") return { old: coordinates, inverse: coordinates };
  const standIn = { [argument]: variable("z"), [value]: variable("m") };
  const inPlane = (text: string): RationalFunction => {
    const { numerator, denominator } = parseRationalFunction(text);
    return rationalFunction(substitute(numerator, standIn), substitute(denominator, standIn));
  };
  return {
    old: { z: inPlane(z), m: inPlane(m) },
    inverse: { z: parseRationalFunction(newArgument), m: parseRationalFunction(newValue) },
  };
}
