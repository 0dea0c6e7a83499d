import { events, horizon } from "../../evolution/index.js";
import { decideSpectrum, support } from "../../law/index.js";
import {
  curveToJson,
  eventsToJson,
  horizonToJson,
  type JsonAnswer,
  outcomeToJson,
  plotSvg,
  supportToJson,
} from "../../report/index.js";
import type { Context } from "./context.js";
import { lawOf } from "./law-cache.js";

/** What the command line answers about a law, in the shapes of its --json. */
export interface LawExport {
  readonly law: string;
  readonly curve: JsonAnswer;
  /** Of a curve that is no spectrum, why. */
  readonly support: unknown;
  readonly events: JsonAnswer;
  readonly horizon: JsonAnswer;
}

const digits = 15;

interface LawText {
  readonly law: string;
}

/** Curve, support, events and horizon of a law without parameters. Exact. */
export function lawExport({ law: text }: LawText, { budget }: Context): LawExport {
  const law = lawOf(text, budget);
  const spectrum = decideSpectrum(law, budget);
  return {
    law: text,
    curve: curveToJson(law),
    support: outcomeToJson(spectrum, () => supportToJson(support(law, budget), digits)),
    events: eventsToJson(events(law, {}, budget), "tau", false, digits),
    horizon: horizonToJson(horizon(law, budget), digits),
  };
}

/** The density of a law as an SVG document. */
export function pictureExport({ law }: LawText, { budget }: Context): string {
  return plotSvg(lawOf(law, budget), { title: law.length <= 90 ? law : "density" }, budget);
}

/** The derivation of a law as a LaTeX document. */
export async function latexExport({ law }: LawText, { budget }: Context): Promise<string> {
  const { explain, explanationToLatex } = await import("../../explain/index.js");
  return explanationToLatex(explain(lawOf(law, budget), {}, budget));
}
