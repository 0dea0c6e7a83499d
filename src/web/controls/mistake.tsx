import type { JSX } from "preact";
import type { Failure } from "../engine/client.js";
import { readAgain } from "../reader.js";

/** What is wrong with the law, in a sentence, and a way to have it read once more where that may help. */
export function Mistake({ id, failure }: { readonly id: string; readonly failure: Failure }): JSX.Element {
  const { place } = failure;
  return (
    <p id={id} role="alert">
      {place === undefined ? "" : `Column ${place.column}: `}
      {failure.kind === "cancelled" ? "Cancelled; what is shown is the law before." : withoutLists(failure.message)}{" "}
      {failure.kind === "cancelled" || failure.kind === "limit" ? (
        <button type="button" class="plain" onClick={readAgain}>
          Try again
        </button>
      ) : null}
    </p>
  );
}

/** The sentence without the list of all names, which the field completes by itself. */
function withoutLists(message: string): string {
  return message.replace(/ (Laws|Operations): [\s\S]*$/, "");
}
