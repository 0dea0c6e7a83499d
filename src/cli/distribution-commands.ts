import type { Command } from "commander";
import { DomainError } from "../core/index.js";
import { distributionAt, quantileAt, quantiles } from "../density/index.js";
import { atoms, type Law, requireNumeric } from "../law/index.js";
import {
  certifiedQuantilesToJson,
  certifiedQuantilesToText,
  distributionToJson,
  distributionToText,
  quantilesToJson,
  quantilesToText,
} from "../report/index.js";
import { parseRational, type Rational } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicToDecimal,
  compareAlgebraic,
  rationalValue,
} from "../roots/index.js";
import { answersAtPoints } from "./answers-at-points.js";
import { exactNumbers, wholeNumber } from "./arguments.js";
import { lawCommand, type Setting, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { readLaw } from "./law-argument.js";
import { pointsGiven } from "./points-option.js";
import { GRID, gridOverSupport, gridSize } from "./support-grid.js";

/** `distribution`, `quantiles`. */
export function addDistributionCommands(program: Command, io: Io): void {
  lawCommand(program, "distribution", "the distribution function at points", io, async (setting, [text], options) => {
    const given = pointsGiven("distribution", options);
    const count = gridSize("distribution", options, given);
    const { digits, budget } = setting;
    const law = await readLaw(text!, setting);
    requireNumeric(law, "the distribution function");
    const points = given ?? pointsOverSupport(law, count, setting);
    const x = points.map((point) => (isExact(point) ? point : parseRational(algebraicToDecimal(point, digits))));
    const values = answersAtPoints(points, budget, (point) => distributionAt(law, point, digits, budget));
    return { json: distributionToJson(x, values, digits), text: distributionToText(x, values, digits) };
  })
    .description(
      "The distribution function F(x) of a law at the given points, the mass of (-infinity, x] with atoms in full, and its complement 1 - F(x), each to --digits significant digits; without points, over each interval of the support from edge to edge, and at the atoms. Certified: every digit is proved.",
    )
    .option("--at <x1,x2,...>", "the points, exact: --at 0.1,1/3,2")
    .option("--grid <a:b:n>", "n equally spaced points from a to b: --grid 0:3:7")
    .option("-n <N>", `without --at and --grid: how many points in each interval of the support (default: ${GRID})`)
    .addHelpText(
      "after",
      "\nExample: freecurve distribution 'mp(4)' --at 0,1,5\n  JSON fields: x, cumulative, survival (numbers; text when --digits > 15), certified, guarantee",
    );

  lawCommand(
    program,
    "quantiles",
    "N estimated eigenvalues, or the quantiles at probabilities",
    io,
    async (setting, [text], options) => {
      const { digits, budget } = setting;
      const at = textOption(options, "at");
      if (at === undefined) {
        const count = wholeNumber("-n", String(options.n ?? COUNT), 1);
        const law = await readLaw(text!, setting);
        requireNumeric(law, "the list of quantiles");
        const values = quantiles(law, count, budget);
        return { json: quantilesToJson(values), text: quantilesToText(values, digits) };
      }
      if (options.n !== undefined) throw new DomainError("quantiles takes -n or --at, not both");
      const p = exactNumbers("--at", at);
      const law = await readLaw(text!, setting);
      requireNumeric(law, "the list of quantiles");
      const values = answersAtPoints(p, budget, (probability) => quantileAt(law, probability, digits, budget));
      return { json: certifiedQuantilesToJson(p, values, digits), text: certifiedQuantilesToText(p, values, digits) };
    },
  )
    .description(
      "The quantiles of a law at (k - 1/2)/N for k = 1 ... N, in order, atoms included: the eigenvalues to expect of an N x N matrix. Estimates in double precision; with --at, the least x with F(x) >= p for each of the given probabilities p, certified: every digit is proved.",
    )
    .option("-n <N>", `how many (default: ${COUNT})`)
    .option("--at <p1,p2,...>", "instead, the quantiles at these probabilities, 0 < p <= 1, exact: --at 0.05,1/2,0.95")
    .addHelpText(
      "after",
      "\nExample: freecurve quantiles 'mp(1/2)' -n 5\n         freecurve quantiles 'mp(1/2)' --at 0.05,0.5,0.95\n  JSON fields: values, guarantee; with --at p, values (numbers; text when --digits > 15), certified, guarantee",
    );
}

/** The edges of the support, points between them, and the atoms, in order. */
function pointsOverSupport(law: Law, count: number, setting: Setting): readonly (Rational | AlgebraicNumber)[] {
  const points = [
    ...gridOverSupport(law, count, setting).flatMap(({ interval, inside }) => [
      interval.left,
      ...inside.map(algebraicFromRational),
      interval.right,
    ]),
    ...atoms(law, setting.budget).map(({ at }) => at),
  ].sort(compareAlgebraic);
  return points
    .filter((at, k) => k === 0 || compareAlgebraic(at, points[k - 1]!) !== 0)
    .map((at) => rationalValue(at) ?? at);
}

function isExact(point: Rational | AlgebraicNumber): point is Rational {
  return "num" in point;
}

/** How many quantiles there are without -n. */
const COUNT = "10";
