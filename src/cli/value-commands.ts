import type { Command } from "commander";
import { type Budget, DomainError, type Outcome } from "../core/index.js";
import { density, densityAt } from "../density/index.js";
import type { DifferentialEquation } from "../holonomic/index.js";
import {
  cumulantRecurrence,
  cumulants,
  hankelDeterminants,
  jacobiCoefficients,
  type Law,
  momentEquation,
  momentRecurrence,
  moments,
  requireNumeric,
} from "../law/index.js";
import {
  type DensityAnswer,
  densityToJson,
  densityToText,
  type MomentsAnswer,
  momentsToJson,
  momentsToText,
} from "../report/index.js";
import { QQ, type Rational, rationalToNumber } from "../rings/index.js";
import { type AlgebraicNumber, algebraicToNumber } from "../roots/index.js";
import { wholeNumber } from "./arguments.js";
import { certificateFiles, certificateOption } from "./certificate-option.js";
import { lawCommand, type Setting, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { readLaw } from "./law-argument.js";
import { pointsGiven } from "./points-option.js";
import { GRID, gridOverSupport, gridSize } from "./support-grid.js";

/** Above this many digits a density is computed in balls instead of doubles. */
const DOUBLE_DIGITS = 15;

/** `density`, `moments`, `cumulants`. */
export function addValueCommands(program: Command, io: Io): void {
  lawCommand(program, "density", "the density at points", io, async (setting, [text], options) => {
    const points = pointsGiven("density", options);
    const count = gridSize("density", options, points);
    if (points === undefined && textOption(options, "certificate") !== undefined) {
      throw new DomainError("a certificate of the density needs its points: either --at x1,x2,... or --grid a:b:n");
    }
    const law = await readLaw(text!, setting);
    requireNumeric(law, "the density");
    const answer = points === undefined ? densityOverSupport(law, count, setting) : densityAnswer(law, points, setting);
    const files = points === undefined ? {} : await certificateFiles(law, "density", setting, options, { at: points });
    return { json: densityToJson(answer, setting.digits), text: densityToText(answer, setting.digits), ...files };
  })
    .description(
      `The density rho(x) of the absolutely continuous part of a law at the given points, 0 outside the support; without points, over each interval of the support from edge to edge. Estimate up to ${DOUBLE_DIGITS} digits, where the values are doubles; with more they are certified decimal texts, every digit proved.`,
    )
    .option("--at <x1,x2,...>", "the points, exact: --at 0.1,1/3,2")
    .option("--grid <a:b:n>", "n equally spaced points from a to b: --grid 0:3:61")
    .option("-n <N>", `without --at and --grid: how many points in each interval of the support (default: ${GRID})`)
    .option(...certificateOption)
    .addHelpText(
      "after",
      "\nExample: freecurve density 'mp(1/2)' --grid 0:3:7\n  JSON fields: x, density, certified, guarantee",
    );

  addMoments(program, io);
  addCumulants(program, io);
}

/** How many moments there are without -n. */
const COUNT = "8";

function addMoments(program: Command, io: Io): void {
  lawCommand(program, "moments", "the moments mu_1 ... mu_K", io, async (setting, [text], options) => {
    const count = wholeNumber("-n", String(options.n ?? COUNT), 1, 10_000);
    const law = await readLaw(text!, setting);
    const { budget } = setting;
    const forms = ["recurrence", "differentialEquation", "hankel", "jacobi"].filter((name) => options[name] === true);
    const answer: MomentsAnswer = {
      ...(forms.length === 0 ? { values: moments(law, count, budget) } : {}),
      ...(forms.includes("recurrence") ? { recurrence: momentRecurrence(law, budget) } : {}),
      ...(forms.includes("differentialEquation") ? { equations: equationsOf(law, budget) } : {}),
      ...(forms.includes("hankel") ? { hankel: hankelDeterminants(law, count, budget) } : {}),
      ...(forms.includes("jacobi") ? { jacobi: jacobiCoefficients(law, count, budget) } : {}),
    };
    return { json: momentsToJson(answer, "mu"), text: momentsToText(answer, "mu") };
  })
    .description(
      "The moments mu_1 ... mu_K of a law. Exact: rational numbers, or rational functions of the parameters that are left free. Instead of them, the recurrence they satisfy, the differential equation of the Stieltjes transform m(z), Hankel determinants or the coefficients of the orthogonal polynomials, all proved.",
    )
    .option("-n <K>", `how many (default: ${COUNT})`)
    .option("--recurrence", "the linear recurrence of the moments mu(n), mu(0) = 1, and the moments it starts from")
    .option(
      "--differential-equation",
      "the linear differential equation of m(z) of least order: homogeneous, and with a right side where that has a smaller order",
    )
    .option("--hankel", "the Hankel determinants H_k = det(mu_(i+j)), 0 <= i, j < k, for k = 1 ... K")
    .option(
      "--jacobi",
      "a_0 ... a_(K-1) and b_1 ... b_K of the monic orthogonal polynomials: x p_k = p_(k+1) + a_k p_k + b_k p_(k-1)",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve moments 'mp(c)' -n 4\n         freecurve moments 'fussCatalan(2)' --recurrence --differential-equation\n  JSON fields: values, or those asked for: recurrence {text, latex, index, order, coefficients, from, given: [{index, value}]},\n  differentialEquations: [{text, latex, order, coefficients, right, homogeneous}], hankel, jacobi {a, b, terminates}; guarantee",
    );
}

/** The homogeneous differential equation, and the one with a right side where its order is smaller. */
function equationsOf(law: Law, budget: Budget): readonly DifferentialEquation[] {
  const homogeneous = momentEquation(law, {}, budget);
  const other = momentEquation(law, { rightSide: true }, budget);
  return other.coefficients.length < homogeneous.coefficients.length ? [homogeneous, other] : [homogeneous];
}

function addCumulants(program: Command, io: Io): void {
  lawCommand(program, "cumulants", "the free cumulants kappa_1 ... kappa_K", io, async (setting, [text], options) => {
    const count = wholeNumber("-n", String(options.n), 1, 10_000);
    const law = await readLaw(text!, setting);
    const answer: MomentsAnswer =
      options.recurrence === true
        ? { recurrence: cumulantRecurrence(law, setting.budget) }
        : { values: cumulants(law, count, setting.budget) };
    return { json: momentsToJson(answer, "kappa"), text: momentsToText(answer, "kappa") };
  })
    .description(
      "The free cumulants kappa_1 ... kappa_K of a law. Exact: rational numbers, or rational functions of the parameters that are left free.",
    )
    .option("-n <K>", "how many", "8")
    .option(
      "--recurrence",
      "instead, the linear recurrence of the free cumulants kappa(n), kappa(0) = 1 by convention, and those it starts from",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve cumulants 'mp(c)' -n 4\n  JSON fields: values or recurrence (as for moments), guarantee",
    );
}

/** The density from edge to edge of each interval; at the edges themselves, which need not be rational, by its exponents there. */
function densityOverSupport(law: Law, count: number, setting: Setting): DensityAnswer {
  const { digits, budget } = setting;
  const grid = gridOverSupport(law, count, setting);
  if (grid.length === 0) throw new DomainError("not defined: the law has no density, only atoms");
  const certified = digits > DOUBLE_DIGITS;
  const atEdge = (edge: AlgebraicNumber, exponent: Outcome<Rational>): number | string => {
    const sign = exponent.kind === "ok" ? QQ.sign(exponent.value) : 0;
    if (sign === 0) return density(law, budget)(Float64Array.of(algebraicToNumber(edge)))[0]!;
    if (certified) return sign > 0 ? "0" : "infinity";
    return sign > 0 ? 0 : Number.POSITIVE_INFINITY;
  };
  const parts = grid.map(({ interval: { left, right, leftExponent, rightExponent }, ends: [from, to], inside }) => {
    const values = densityAnswer(law, inside, setting).density;
    return {
      x: [from, ...inside, to],
      density: [atEdge(left, leftExponent), ...values, atEdge(right, rightExponent)],
    };
  });
  return { x: parts.flatMap(({ x }) => x), density: parts.flatMap((part) => part.density), certified };
}

function densityAnswer(law: Law, x: readonly Rational[], setting: Setting): DensityAnswer {
  const values = density(law, setting.budget)(Float64Array.from(x, rationalToNumber));
  if (setting.digits > DOUBLE_DIGITS) {
    return { x, density: x.map((point, k) => certifiedDensity(law, point, values[k]!, setting)), certified: true };
  }
  return { x, density: Array.from(values), certified: false };
}

/** The double knows where the density is unbounded; there are no digits to prove there. */
function certifiedDensity(law: Law, x: Rational, double: number, setting: Setting): string {
  setting.budget.spend(1, "computing the density");
  return double === Number.POSITIVE_INFINITY ? "infinity" : densityAt(law, x, setting.digits, setting.budget);
}
