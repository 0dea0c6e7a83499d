import type { Command } from "commander";
import { DomainError } from "../core/index.js";
import { requireNumeric } from "../law/index.js";
import { plotEdgesSvg, plotSvg } from "../report/index.js";
import { interval, wholeNumber } from "./arguments.js";
import { choice, lawCommand, textOption } from "./command-frame.js";
import { checkWritable, type Io, requireSvgName, writeWhole } from "./io.js";
import { readLaw } from "./law-argument.js";

/** `plot`. */
export function addPictureCommand(program: Command, io: Io): void {
  lawCommand(program, "plot", "the picture of a law as SVG", io, async (setting, [text], options) => {
    const path = textOption(options, "out")!;
    const scale = options.xScale as "auto" | "linear" | "log";
    const [width, height] = [
      wholeNumber("--width", String(options.width), 200, 4000),
      wholeNumber("--height", String(options.height), 150, 4000),
    ];
    requireSvgName(path);
    await checkWritable(path);
    const law = await readLaw(text!, setting);
    requireNumeric(law, "the picture");
    const title = textOption(options, "title") ?? (text === "-" ? "law" : text!);
    const range = textOption(options, "tau");
    if (range !== undefined && options.edges !== true) throw new DomainError("--tau belongs to --edges");
    const svg =
      options.edges === true
        ? plotEdgesSvg(
            law,
            { title, xScale: scale, ...(range === undefined ? {} : interval("--tau", range)), width, height },
            setting.budget,
          )
        : plotSvg(law, { title, xScale: scale, width, height }, setting.budget);
    await writeWhole(path, svg);
    return { json: { file: path, guarantee: "estimate" }, text: "", files: [path] };
  })
    .description(
      `The density of a law with its edges and atoms, as an SVG file. Where the density is unbounded the axis ends, and an arrow says so. The x axis is logarithmic when the spectrum is positive and spans more than three decades. With --edges, the bulks and atoms over the size factor instead, with the events up to the horizon. Estimate: drawn in double precision.`,
    )
    .requiredOption("-o, --out <FILE.svg>", "where to write the picture")
    .option("--edges", "instead of the density, the edges over the size factor, with atoms, events and horizon")
    .option(
      "--tau <from:to>",
      "the size factors that --edges shows (default: 1:20, or to twice the horizon; 1/20:1 where the horizon is 1)",
    )
    .option("--title <text>", "the heading (default: the law)")
    .addOption(choice("--x-scale <kind>", "how x is laid off", ["auto", "linear", "log"], "auto"))
    .option("--width <pixels>", "width of the picture", "800")
    .option("--height <pixels>", "height of the picture", "460")
    .addHelpText(
      "after",
      "\nExample: freecurve plot 'mp(2)' -o mp.svg\nExample: freecurve plot 'mp(1/50)' --edges --tau 1:200 -o edges.svg\n  JSON fields: file, guarantee",
    );
}
