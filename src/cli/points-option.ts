import { DomainError } from "../core/index.js";
import type { Rational } from "../rings/index.js";
import { exactNumbers, grid } from "./arguments.js";
import { type Options, textOption } from "./command-frame.js";

/** The points of `--at` or `--grid`, undefined where neither is given. */
export function pointsGiven(command: string, options: Options): readonly Rational[] | undefined {
  const at = textOption(options, "at");
  const range = textOption(options, "grid");
  if (at !== undefined && range !== undefined) throw new DomainError(`${command} takes --at or --grid, not both`);
  if (at !== undefined) return exactNumbers("--at", at);
  return range === undefined ? undefined : grid("--grid", range);
}
