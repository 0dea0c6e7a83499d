import { type Budget, LimitError, unlimited } from "../core/index.js";
import { type Law, physicalSheet } from "../law/index.js";
import { fromIntegerPoly, toText } from "../poly/index.js";
import { type Genus, genus, type Monodromy, monodromy, permutationToText } from "../surface/index.js";
import type { JsonAnswer } from "./shape-answers.js";
import { alignedTable } from "./text.js";

/** The Riemann surface of the curve of a law: its monodromy, its genus, and which sheet is the physical one. */
export interface SheetsAnswer {
  readonly monodromy: Monodromy;
  readonly genus: Genus;
  /** Counted from 0; the continuation of −1/z − … from infinity to the base point. */
  readonly physical: number;
}

/** Everything that {@link sheetsToJson} shows. LimitError when a certificate could not be reached. */
export function sheetsOf(law: Law, budget: Budget = unlimited): SheetsAnswer {
  const found = monodromy(law, budget);
  const { base, sheets } = found;
  // The physical sheet is known in the upper half-plane, and takes conjugate values in the lower one.
  const sign = base.im < 0 ? -1 : 1;
  const reached = physicalSheet(law, budget).to({ re: base.re, im: sign * base.im }, budget);
  if (reached.kind !== "ok")
    throw new LimitError(`which sheet is the physical one could not be decided: ${reached.reason}`);
  const { m } = reached.value;
  const away = sheets.map((sheet) => Math.hypot(sheet.re - m.re, sheet.im - sign * m.im));
  return { monodromy: found, genus: genus(law, budget), physical: away.indexOf(Math.min(...away)) };
}

export function sheetsToJson(answer: SheetsAnswer): JsonAnswer {
  const { monodromy: found, genus: surface, physical } = answer;
  return {
    base: found.base,
    sheets: found.sheets.map(({ re, im }) => ({ re, im })),
    physicalSheet: physical + 1,
    loops: found.loops.map(({ at, real, permutation }) => ({ at, real, permutation: permutationToText(permutation) })),
    infinity: permutationToText(found.infinity),
    ramification: surface.ramifications.map(({ over, indices }) => ({
      over: over === "infinity" ? over : toText(fromIntegerPoly(over, "z")),
      indices,
    })),
    irreducible: surface.components.length === 1,
    components: surface.components,
    guarantee: "certified",
  };
}

export function sheetsToText(answer: SheetsAnswer, digits: number): string {
  const { monodromy: found, genus: surface, physical } = answer;
  const sheets = found.sheets.map((m, k) => [
    `sheet ${k + 1}`,
    complexText(m, digits),
    k === physical ? "the physical sheet" : "",
  ]);
  const loops = found.loops.map(({ at, permutation }) => [complexText(at, digits), permutationToText(permutation)]);
  const genera = surface.components.map((part) => part.genus);
  return [
    `over z = ${complexText(found.base, digits)}\n${indented(sheets)}`,
    `once around, counterclockwise\n${indented([...loops, ["infinity", permutationToText(found.infinity)]])}`,
    genera.length === 1
      ? `one surface of genus ${genera[0]}`
      : `${genera.length} components over the complex numbers, of genus ${genera.join(", ")}`,
  ].join("\n\n");
}

function indented(rows: readonly (readonly string[])[]): string {
  return alignedTable(rows).replace(/^/gm, "  ");
}

function complexText({ re, im }: { readonly re: number; readonly im: number }, digits: number): string {
  const text = (x: number): string => String(Number(x.toPrecision(Math.min(digits, 17))));
  return im === 0 ? text(re) : `${text(re)} ${im < 0 ? "-" : "+"} ${text(Math.abs(im))} i`;
}
