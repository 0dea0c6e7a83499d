import type { Command } from "commander";
import { DomainError } from "../core/index.js";
import { edgePolynomial, events } from "../evolution/index.js";
import { parameterDomain, remadeLaw } from "../lang/index.js";
import type { Law } from "../law/index.js";
import { edgePolynomialToJson, edgePolynomialToText, eventsToJson, eventsToText } from "../report/index.js";
import type { Rational } from "../rings/index.js";
import { certificateFiles, certificateOption } from "./certificate-option.js";
import { lawCommand, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { readLaw } from "./law-argument.js";

/** `events`, `edge-polynomial`. */
export function addEventCommands(program: Command, io: Io): void {
  lawCommand(program, "events", "when bulks split and atoms are born", io, async (setting, [text], options) => {
    const law = await readLaw(text!, setting);
    const name = textOption(options, "in") ?? "tau";
    const all = options.all === true;
    const domain = parameterDomain(law, setting.budget);
    const admissible = (value: Rational): boolean => domain({ [name]: value });
    const made = remadeLaw(law, setting.budget);
    const remake = (value: Rational): Law => made({ [name]: value });
    const within = law.parameters.includes(name) ? { in: name, all, admissible, remake } : { in: name, all };
    if (textOption(options, "certificate") !== undefined && (all || name !== "tau" || law.parameters.includes(name))) {
      throw new DomainError(
        "--certificate proves the events in the size factor that happen to the spectrum; leave out --in and --all",
      );
    }
    const found = events(law, within, setting.budget);
    const files = await certificateFiles(law, "events", setting, options);
    return {
      json: eventsToJson(found, name, all, setting.digits),
      text: eventsToText(found, name, setting.digits),
      ...files,
    };
  })
    .description(
      "The events of a law: the values of its size factor tau > 0, up to its horizon, at which a bulk splits or vanishes, an atom is born, or a pair of branch points ends the spectra; and the place x of each. tau < 1 compresses the law, tau > 1 decompresses it. What happens at the same tau and place is one event. With --in, the same in a parameter of the law, of which there may be no spectrum before or beyond a value, or one that collapses to a point. Exact.",
    )
    .option("--in <name>", "the parameter that grows: the size factor, or a free parameter of the law", "tau")
    .option(...certificateOption)
    .option("--all", "also what happens on other sheets or beyond the horizon, marked as not physical")
    .addHelpText(
      "after",
      "\nExample: freecurve events 'compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])'\n  JSON fields: in, events (at, kind, where; kinds where several coincide; physical with --all), guarantee",
    );

  lawCommand(
    program,
    "edge-polynomial",
    "the branch points as functions of the size factor",
    io,
    async (setting, [text]) => {
      const found = edgePolynomial(await readLaw(text!, setting), setting.budget);
      return { json: edgePolynomialToJson(found), text: edgePolynomialToText(found) };
    },
  )
    .description(
      "The edge polynomial E(z, tau) of a law: the branch points of the law decompressed by tau are its zeros z, the edges of the spectrum among them. Exact. Parameters may stay free. The factors of the discriminant that are no branch points are listed with the reason.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve edge-polynomial 'mp(c)'\n  JSON fields: polynomial, lines (factor, multiplicity, ramified, reason), guarantee",
    );
}
