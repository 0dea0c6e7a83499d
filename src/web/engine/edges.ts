import type { EdgeDiagram } from "../../picture/index.js";
import { edgeDiagramOf } from "../../report/index.js";
import { parseRational } from "../../rings/index.js";
import type { Context } from "./context.js";
import { lawOf } from "./law-cache.js";

export interface EdgesQuestion {
  readonly law: string;
  /** Exact texts. */
  readonly from: string;
  readonly to: string;
}

/** The trajectories of the edges of a law over its size factor, up to the horizon where that comes first. */
export interface EdgesFacts extends EdgesQuestion {
  readonly diagram: EdgeDiagram;
}

/**
 * Edges and atoms between two size factors, with events and horizon; about ten digits, followed from exact ones.
 *
 * @throws DomainError when the law has parameters or there is no spectrum at the beginning of the interval, LimitError when something
 * could not be decided.
 */
export function edgesFacts({ law, from, to }: EdgesQuestion, { budget }: Context): EdgesFacts {
  const options = { from: parseRational(from), to: parseRational(to), title: law, points: 120 };
  return { law, from, to, diagram: edgeDiagramOf(lawOf(law, budget), options, budget) };
}
