import { type Command, Option } from "commander";
import { DomainError } from "../core/index.js";
import { remadeLaw } from "../lang/index.js";
import { phases } from "../phases/index.js";
import { phasesSvg, phasesToJson, phasesToText } from "../report/index.js";
import { QQ, type Rational } from "../rings/index.js";
import { exactNumbers } from "./arguments.js";
import { lawCommand, textOption } from "./command-frame.js";
import { checkWritable, type Io, requireSvgName, writeWhole } from "./io.js";
import { readLaw } from "./law-argument.js";

/** `phases`. */
export function addPhasesCommand(program: Command, io: Io): void {
  lawCommand(
    program,
    "phases",
    "the phase diagram of a law in two parameters",
    io,
    async (setting, [text], options) => {
      const path = textOption(options, "out");
      if (path !== undefined) {
        requireSvgName(path);
        await checkWritable(path);
      }
      const law = await readLaw(text!, setting);
      const ranges = rangesOf((options.range as readonly string[] | undefined) ?? []);
      const diagram = phases(
        law,
        { x: textOption(options, "x")!, y: textOption(options, "y")!, ranges, remake: remadeLaw(law, setting.budget) },
        setting.budget,
      );
      const json = phasesToJson(diagram, setting.digits);
      if (path === undefined) return { json, text: phasesToText(diagram) };
      await writeWhole(path, phasesSvg(diagram, { title: textOption(options, "title") ?? text! }, setting.budget));
      return { json: { ...json, file: path }, text: phasesToText(diagram), files: [path] };
    },
  )
    .description(
      "Where in the plane of two parameters a law has how many bulks and atoms, and where it is a spectrum at all. The boundaries are algebraic curves; each cell is decided at one rational point. Exact. One parameter may be tau: the law decompressed by tau.",
    )
    .requiredOption("--x <name>", "the parameter of the horizontal axis")
    .requiredOption("--y <name>", "the parameter of the vertical axis")
    .addOption(
      new Option("--range <name=a:b>", "the stretch of a parameter; repeatable (default: 0:4)").argParser(
        (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
      ),
    )
    .option("-o, --out <FILE.svg>", "write the picture, too")
    .option("--title <text>", "the heading of the picture (default: the law)")
    .addHelpText(
      "after",
      "\nExample: freecurve phases 'deformedWigner(v, [[-a, 1/2], [a, 1/2]])' --x a --y v -o phases.svg\n  JSON fields: x, y, curves, transitions: [{curve, between}], cells: [{at, from, to, below, above, phase,\n    spectrum, bulks, atoms}], guarantee",
    );
}

function rangesOf(texts: readonly string[]): Record<string, readonly [Rational, Rational]> {
  const ranges: Record<string, readonly [Rational, Rational]> = {};
  for (const text of texts) {
    const match = /^\s*([A-Za-z_]\w*)\s*=([^:]*):([^:]*)$/.exec(text);
    if (match === null) throw new DomainError(`--range must look like name=a:b, for example c=0:2, not "${text}"`);
    const [from, to] = [match[2]!, match[3]!].flatMap((part) => exactNumbers(`--range ${match[1]}`, part));
    if (QQ.compare(from!, to!) >= 0) {
      throw new DomainError(`--range needs its first number below its second, not "${text}"`);
    }
    ranges[match[1]!] = [from!, to!];
  }
  return ranges;
}
