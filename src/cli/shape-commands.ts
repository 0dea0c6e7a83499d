import { type Command, Option } from "commander";
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
import { lawCommand } from "./command-frame.js";
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
      if (transform === "stieltjes") return { json: curveToJson(law), text: curveToText(law) };
      const encoded = encode(law, transform);
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
    .description(
      "The spectral curve of a law: the primitive polynomial P(z, m) with P(z, m(z)) = 0 for m(z) the integral of rho(dx)/(x - z), or the same curve as the equation of the Cauchy transform g(z), the R-transform r(s), the S-transform s(y), the moment series psi(u) or the eta-transform eta(gamma). Exact. Parameters may stay free.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve curve 'decompress(mp(c), tau)'\n  JSON fields: polynomial, degZ, degM, parameters, guarantee; with --as polynomial, argument, value, convention, parameters, guarantee",
    );

  lawCommand(program, "support", "the intervals that carry the density, and the atoms", io, async (setting, [text]) => {
    const law = await readLaw(text!, setting);
    requireNumeric(law, "the support");
    const answer = support(law, setting.budget);
    return { json: supportToJson(answer, setting.digits), text: supportToText(answer, setting.digits) };
  })
    .description(
      "The support of a law: intervals with their edges as exact algebraic numbers, the exponents of the density there (1/2 at a soft edge, negative where the density is unbounded) and their mass; the atoms with their weights; cusps where two bulks touch.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve support 'compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])' --digits 30\n  JSON fields: intervals, atoms, cusps, guarantee",
    );

  lawCommand(program, "branch-points", "where sheets of the curve meet", io, async (setting, [text]) => {
    const law = await readLaw(text!, setting);
    requireNumeric(law, "the list of branch points");
    const answer = branchPoints(law, setting.budget);
    return { json: branchPointsToJson(answer, setting.digits), text: branchPointsToText(answer, setting.digits) };
  })
    .description(
      "The points z over which sheets of the curve m(z) meet: the real ones exactly, the others in the upper half-plane to the given digits, each with whether the physical sheet branches there. The edges of the support are among the real ones.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve branch-points 'fussCatalan(2)'\n  JSON fields: real, complex, guarantee",
    );
}
