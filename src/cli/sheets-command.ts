import type { Command } from "commander";
import { requireNumeric } from "../law/index.js";
import { sheetsOf, sheetsToJson, sheetsToText } from "../report/index.js";
import { lawCommand } from "./command-frame.js";
import type { Io } from "./io.js";
import { readLaw } from "./law-argument.js";

/** `sheets`. */
export function addSheetsCommand(program: Command, io: Io): void {
  lawCommand(program, "sheets", "how the sheets of the curve hang together", io, async (setting, [text]) => {
    const law = await readLaw(text!, setting);
    requireNumeric(law, "the Riemann surface");
    const answer = sheetsOf(law, setting.budget);
    return { json: sheetsToJson(answer), text: sheetsToText(answer, setting.digits) };
  })
    .description(
      "The Riemann surface of a law's curve over the z-plane: the sheets m over a base point, what a loop around each critical point and around infinity does to them, in cycle notation, the ramification, and the genus. Certified; the ramification is exact.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve sheets 'fussCatalan(2)'\n  JSON fields: base, sheets, physicalSheet, loops, infinity, ramification, irreducible, components, guarantee",
    );
}
