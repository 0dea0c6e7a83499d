import type { Command } from "commander";
import { DomainError } from "../core/index.js";
import { statistic } from "../lang/index.js";
import { statisticToJson, statisticToText, transformToJson, transformToText } from "../report/index.js";
import { namedStatistics, stieltjesAt } from "../statistics/index.js";
import { answersAtPoints } from "./answers-at-points.js";
import { complexNumbers } from "./arguments.js";
import { lawCommand, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { readLaw } from "./law-argument.js";

/** `statistics`, `stieltjes`. */
export function addStatisticsCommands(program: Command, io: Io): void {
  lawCommand(
    program,
    "statistics",
    "the mean of a function of the eigenvalues",
    io,
    async (setting, [text], options) => {
      const of = textOption(options, "of");
      if (of === undefined) throw new DomainError('statistics needs a function of x or a name: --of "log(x)"');
      const found = statistic(await readLaw(text!, setting), of, { digits: setting.digits }, setting.budget);
      return { json: statisticToJson(of, found, setting.digits), text: statisticToText(found, setting.digits) };
    },
  )
    .description(
      "A linear statistic of a law: the integral of f(x), atoms included, which is the trace of f of a large matrix over its size. Exact for polynomials, also with parameters left free, and for most rational functions with poles outside the support; certified to --digits digits where f is analytic around the support; elsewhere an estimate of about 14 digits.",
    )
    .option(
      "--of <function>",
      'a function of x: numbers, pi, + - * / ^ and log (natural), exp, sqrt, abs, sin, cos, for example "log(1 + x)"; or a name of the list below',
    )
    .addHelpText("after", `\nNames, all per dimension:\n${nameList()}\n${statisticsExample}`);

  lawCommand(program, "stieltjes", "the Stieltjes transform at points", io, async (setting, [text], options) => {
    const at = textOption(options, "at");
    if (at === undefined) throw new DomainError("stieltjes needs its points: --at 1+2i,3,…");
    const points = complexNumbers("--at", at);
    const law = await readLaw(text!, setting);
    const { digits, budget } = setting;
    const values = answersAtPoints(points, budget, (point) => stieltjesAt(law, point, digits, budget));
    return { json: transformToJson(points, values, digits), text: transformToText(points, values) };
  })
    .description(
      "The Stieltjes transform m(z), the integral of 1/(x - z), on the physical sheet. Certified: every digit is proved. At a real point it is the limit from above: its imaginary part is pi times the density, its real part -pi times the Hilbert transform (1/pi) p.v. of the integral of 1/(x - y).",
    )
    .option("--at <z1,z2,...>", "the points, exact: --at 1+2i,1/3,-0.5i")
    .addHelpText(
      "after",
      "\nExample: freecurve stieltjes 'mp(1/2)' --at 1+i,1 --digits 30\n  JSON fields: z: [{re, im}], m: [{re, im}] (numbers; text when --digits > 15; {notDefined: reason} at a pole), certified, guarantee",
    );
}

function nameList(): string {
  const rows = namedStatistics.map(({ name, order, doc }) => [order === undefined ? name : `${name} ${order}`, doc]);
  const width = Math.max(...rows.map(([name]) => name!.length));
  return rows.map(([name, doc]) => `  ${name!.padEnd(width)}  ${doc}`).join("\n");
}

const statisticsExample = `
Example: freecurve statistics 'mp(1/2)' --of 'log(x)' --digits 30
  JSON fields: of, value (a number; text when --digits > 15; {symbolic, condition} with parameters),
    absTol (a bound of the error of value; proved unless guarantee is estimate), exact (an algebraic number or null), guarantee`;
