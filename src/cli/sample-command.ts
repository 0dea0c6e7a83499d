import type { Command } from "commander";
import { sample } from "../ensembles/index.js";
import { lawToText } from "../lang/index.js";
import { sampleToFile, sampleToJson, sampleToText } from "../report/index.js";
import { wholeNumber } from "./arguments.js";
import { lawCommand, textOption } from "./command-frame.js";
import { checkWritable, type Io, writeWhole } from "./io.js";
import { readLaw } from "./law-argument.js";

/** The largest matrix that is sampled: its eigenvalues take about a minute where the law has a tridiagonal model. */
const LARGEST = 50_000;

/** `sample`. */
export function addSampleCommand(program: Command, io: Io): void {
  lawCommand(program, "sample", "the eigenvalues of one random matrix", io, async (setting, [text], options) => {
    const size = wholeNumber("-n", String(options.n), 1, LARGEST);
    const seed = wholeNumber("--seed", String(options.seed), 0, 2 ** 31 - 1);
    const path = textOption(options, "out");
    if (path !== undefined) await checkWritable(path);
    const law = await readLaw(text!, setting);
    const answer = { law: lawToText(law), seed, values: sample(law, size, seed, setting.budget) };
    if (path === undefined) return { json: sampleToJson(answer), text: sampleToText(answer) };
    await writeWhole(path, sampleToFile(answer));
    return { json: { ...sampleToJson(answer), file: path }, text: "", files: [path] };
  })
    .description(
      "The eigenvalues of one random N x N matrix with the law as its limit, in order: of the matrix model of a law of the catalogue, or of a shift, multiple, inverse, Moebius transform or square of one. The same seed gives the same numbers. Laws without a known model are refused; `quantiles` has the eigenvalues to expect for any law. Estimates in double precision.",
    )
    .option("-n <N>", "size of the matrix", "1000")
    .option("--seed <S>", "which matrix", "1")
    .option("-o, --out <FILE>", "write the eigenvalues to a file, one a line, as fit and extrapolate read them")
    .addHelpText(
      "after",
      "\nExample: freecurve sample 'mp(1/2)' -n 2000 --seed 7 -o eigenvalues.txt\n  JSON fields: law, size, seed, values, guarantee; with -o file",
    );
}
