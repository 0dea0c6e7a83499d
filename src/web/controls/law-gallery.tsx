import { batch } from "@preact/signals";
import type { JSX } from "preact";
import { expression, parameters, tau } from "../state.js";
import { type Example, gallery } from "./gallery.js";

/** A choice of laws to begin with. */
export function LawGallery(): JSX.Element {
  const examples = gallery.flatMap((group) => group.examples);
  return (
    <select
      class="gallery"
      aria-label="Laws to begin with"
      value=""
      onChange={(event) => {
        const found = examples.find((example) => example.expression === event.currentTarget.value);
        if (found !== undefined) open(found);
        event.currentTarget.value = "";
      }}
    >
      <option value="">Examples</option>
      {gallery.map(({ heading, examples }) => (
        <optgroup key={heading} label={heading}>
          {examples.map((example) => (
            <option key={example.title} value={example.expression}>
              {example.title}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function open(example: Example): void {
  batch(() => {
    expression.value = example.expression;
    parameters.value = example.parameters ?? {};
    tau.value = example.tau ?? "1";
  });
}
