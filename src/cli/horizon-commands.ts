import type { Command } from "commander";
import { horizon, isSpectrum } from "../evolution/index.js";
import { parameterDomain, remadeLaw } from "../lang/index.js";
import { requireNumeric } from "../law/index.js";
import { symbolicHorizon } from "../phases/index.js";
import {
  horizonToJson,
  horizonToText,
  spectrumReportToJson,
  spectrumReportToText,
  symbolicHorizonToJson,
  symbolicHorizonToText,
} from "../report/index.js";
import { certificateFiles, certificateOption } from "./certificate-option.js";
import { lawCommand, textOption } from "./command-frame.js";
import type { Io } from "./io.js";
import { readLaw } from "./law-argument.js";

/** `horizon`, `is-spectrum`. */
export function addHorizonCommands(program: Command, io: Io): void {
  lawCommand(program, "horizon", "how far the law can be decompressed", io, async (setting, [text], options) => {
    const law = await readLaw(text!, setting);
    if (law.parameters.length > 0) {
      if (textOption(options, "certificate") !== undefined) requireNumeric(law, "the certificate of horizon");
      const { budget } = setting;
      const domain = { admissible: parameterDomain(law, budget), remake: remadeLaw(law, budget) };
      const cases = symbolicHorizon(law, domain, budget);
      return { json: symbolicHorizonToJson(cases), text: symbolicHorizonToText(cases) };
    }
    const found = horizon(law, setting.budget);
    const files = await certificateFiles(law, "horizon", setting, options);
    return { json: horizonToJson(found, setting.digits), text: horizonToText(found, setting.digits), ...files };
  })
    .option(...certificateOption)
    .description(
      "The largest size factor tau* up to which the decompressed law is a spectrum, and what ends the spectra there; infinity when every size factor is possible. Of a law with parameters: a formula on each part of their domain, for up to two parameters beside shift and scale. Exact.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve horizon 'kestenMcKay(4)'\n  JSON fields: tau (an algebraic number or \"infinity\"), cause, reason, guarantee;\n    with parameters tau is {symbolic, condition}, the first of cases: [{symbolic, condition, cause, reason}]",
    );

  lawCommand(
    program,
    "is-spectrum",
    "whether the curve is that of a probability measure",
    io,
    async (setting, [text]) => {
      const law = await readLaw(text!, setting);
      requireNumeric(law, "the test for a spectrum");
      const report = isSpectrum(law, setting.budget);
      return { json: spectrumReportToJson(report), text: spectrumReportToText(report) };
    },
  )
    .description(
      "Whether the physical branch of the curve is the Stieltjes transform of a probability measure, one line for each criterion: moments, branch points and poles in the upper half-plane, sign and integrability of the density, weights of the atoms, total mass. Exact but for the number of the total mass.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve is-spectrum 'kestenMcKay(4) |> decompress(5)'\n  JSON fields: spectrum (true or false), reason, criteria: [{name, outcome, detail}], guarantee",
    );
}
