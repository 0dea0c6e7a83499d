import type { JSX } from "preact";
import type { Failure } from "../engine/client.js";

/** How much can be relied on. */
export type Trust = "exact" | "certified" | "estimate";

const meaning: Readonly<Record<Trust, string>> = {
  exact: "decided in exact arithmetic",
  certified: "computed with a proved error bound",
  estimate: "computed in double precision, without a proof",
};

/** A word that says what an answer rests on. */
export function Guarantee({ trust, of }: { readonly trust: Trust; readonly of: string }): JSX.Element {
  return (
    <p class={`guarantee ${trust}`}>
      <strong title={meaning[trust]}>{trust}</strong> <span>{of}</span>
    </p>
  );
}

/** Why there is no figure, and a way to ask again where that may help. */
export function NoFigure({ failure, again }: { readonly failure: Failure; readonly again: () => void }): JSX.Element {
  const sentence = failure.kind === "cancelled" ? "The computation was cancelled." : sentenceOf(failure.message);
  return (
    <div class="no-figure" role="status">
      <p>{sentence}</p>
      {failure.kind === "cancelled" || failure.kind === "limit" ? (
        <button type="button" onClick={again}>
          Try again
        </button>
      ) : null}
    </div>
  );
}

/** A message of the engine as a sentence of its own. */
export function sentenceOf(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;
}
