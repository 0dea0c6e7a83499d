import { type Budget, unlimited } from "../core/index.js";
import { lawToText } from "../lang/index.js";
import type { Law } from "../law/index.js";
import { type Block, type Explanation, heading, paragraph } from "./explanation.js";
import { flowSteps, orWhyNot } from "./flow-steps.js";
import { branchPointSteps, physicalBranchSteps, supportSteps } from "./geometry-steps.js";
import { lawSteps, lawsInOrder, momentSteps } from "./law-steps.js";

export interface ExplainOptions {
  /** Significant digits of what is not exact; default 15. */
  readonly digits?: number;
}

/**
 * The derivation of everything that is known of a law: its curve, step by step from the laws it is made of, with each substitution and
 * the factor dropped; moments and free cumulants; the discriminant and what its factors are; the choice of the physical
 * branch; support, atoms and density; the curve of a larger matrix with edge polynomial, horizon and events. Every `check` in it was
 * computed while the document was made, by a way that does not share the step; a failed one is an `InternalError`, never a document.
 * With parameters it goes as far as they can stay symbolic. What could not be decided says so in its place.
 * Exact but for decimals that are shown beside exact values and for masses, which are estimates.
 *
 * @throws BudgetError when the budget is spent, DomainError when the curve has no branch of a law.
 * @example explanationToMarkdown(explain(ensembles.mp("1/2")))
 */
export function explain(law: Law, options: ExplainOptions = {}, budget: Budget = unlimited): Explanation {
  const { digits = 15 } = options;
  const text = lawToText(law);
  const numeric = law.parameters.length === 0;
  const blocks: Block[] = [
    paragraph`The law \`${text}\` is a probability measure ${{ tex: "\\rho", plain: "rho" }} on the real line, given by its Stieltjes transform`,
    {
      kind: "display",
      formula: {
        tex: "m(z) = \\int \\frac{\\rho(dx)}{x - z}, \\qquad \\operatorname{Im}\\, z > 0,",
        plain: "m(z) = integral of rho(dx)/(x - z), Im z > 0,",
      },
    },
    paragraph`which has positive imaginary part there, is ${{ tex: "-1/z", plain: "-1/z" }} at infinity, and gives the density back as ${{ tex: "\\rho(x) = \\frac1\\pi \\operatorname{Im}\\, m(x + i0)", plain: "rho(x) = Im m(x + i0)/pi" }}. It is algebraic: ${{ tex: "P(z, m(z)) = 0", plain: "P(z, m(z)) = 0" }} for a polynomial ${{ tex: "P", plain: "P" }}.`,
    heading("The curve"),
    ...lawSteps(lawsInOrder(law), budget),
    heading("Moments and free cumulants"),
    ...(law.meanBetween === undefined
      ? momentSteps(law, budget)
      : [
          paragraph`Its moments are irrational and are not shown; the branch is the one whose mean lies in known bounds.`,
        ]),
    heading("Branch points"),
    ...orWhyNot("The branch points", () => branchPointSteps(law, digits, budget)),
  ];
  if (numeric) {
    blocks.push(
      heading("The physical branch"),
      ...orWhyNot("The physical branch", () => physicalBranchSteps(law, digits, budget)),
      heading("The support"),
      ...orWhyNot("The support", () => supportSteps(law, digits, budget)),
    );
  }
  blocks.push(heading("Larger and smaller matrices"), ...flowSteps(law, digits, budget));
  return { title: `The law ${text}`, blocks };
}
