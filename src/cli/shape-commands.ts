import { type Command, Option } from "commander";
import { DomainError } from "../core/index.js";
import { type Encoding, encode, encodingNames } from "../flow/index.js";
import { branchPoints, requireNumeric, support } from "../law/index.js";
import {
  branchPointsToJson,
  branchPointsToText,
  curveToJson,
  curveToText,
  encodedCurveToJson,
  encodedCurveToText,
  supportToJson,
  supportToText,
} from "../report/index.js";
import { certificateFiles, certificateOption } from "./certificate-option.js";
import { lawCommand, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { readLaw } from "./law-argument.js";

/** `curve`, `support`, `branch-points`. */
export function addShapeCommands(program: Command, io: Io): void {
  lawCommand(
    program,
    "curve",
    "the polynomial P(z, m) that the Stieltjes transform satisfies",
    io,
    async (setting, [text], options) => {
      const law = await readLaw(text!, setting);
      const transform = options.as as Encoding;
      if (transform === "stieltjes") {
        const files = await certificateFiles(law, "curve", setting, options);
        return { json: curveToJson(law), text: curveToText(law), ...files };
      }
      if (textOption(options, "certificate") !== undefined) {
        throw new DomainError("--certificate proves the equation of the Stieltjes transform; leave out --as");
      }
      const encoded = encode(law, transform, setting.budget);
      return {
        json: encodedCurveToJson(encoded, law.parameters),
        text: encodedCurveToText(encoded, law.parameters),
      };
    },
  )
    .addOption(
      new Option("--as <transform>", "the transform whose equation is wanted")
        .choices(encodingNames)
        .default("stieltjes"),
    )
    .option(...certificateOption)
    .description(
      "The spectral curve of a law: the primitive polynomial P(z, m) with P(z, m(z)) = 0 for m(z) the integral of rho(dx)/(x - z), or the same curve as the equation of the Cauchy transform g(z), the R-transform r(s), the S-transform s(y), the moment series psi(u) or the eta-transform eta(gamma). Exact. Parameters may stay free.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve curve 'decompress(mp(c), tau)'\n  JSON fields: polynomial, degZ, degM, parameters, guarantee; with --as polynomial, argument, value, convention, parameters, guarantee",
    );

  const summary = "the intervals that carry the density, and the atoms";
  lawCommand(program, "support", summary, io, async (setting, [text], options) => {
    const law = await readLaw(text!, setting);
    requireNumeric(law, "the support");
    const answer = support(law, setting.budget);
    const files = await certificateFiles(law, "support", setting, options);
    return { json: supportToJson(answer, setting.digits), text: supportToText(answer, setting.digits), ...files };
  })
    .option(...certificateOption)
    .description(
      "The support of a law: intervals with their edges as algebraic numbers, the exponents of the density there (1/2 at a soft edge, negative where the density is unbounded) and their mass; the atoms with their weights; cusps where two bulks touch. Exact but for the masses of the intervals.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve support 'compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])' --digits 30\n  JSON fields: intervals, atoms, cusps, guarantee",
    );

  lawCommand(program, "branch-points", "where sheets of the curve meet", io, async (setting, [text], options) => {
    const law = await readLaw(text!, setting);
    requireNumeric(law, "the list of branch points");
    const answer = branchPoints(law, setting.budget);
    const files = await certificateFiles(law, "branch-points", setting, options);
    const { digits } = setting;
    return { json: branchPointsToJson(answer, digits), text: branchPointsToText(answer, digits), ...files };
  })
    .option(...certificateOption)
    .description(
      "The points z over which sheets of the curve m(z) meet: the real ones, the others in the upper half-plane, each with whether the physical sheet branches there. The edges of the support are among the real ones. Certified; the real ones are exact.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve branch-points 'fussCatalan(2)'\n  JSON fields: real, complex, guarantee",
    );
}
