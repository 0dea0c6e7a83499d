import { type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { ask, type TextPlace } from "../engine/client.js";
import type { VocabularyName } from "../engine/vocabulary.js";
import { mistake } from "../reader.js";
import { expression, reading } from "../state.js";
import { callAround, complete, completions } from "./completion.js";
import { LawGallery } from "./law-gallery.js";
import { Mistake } from "./mistake.js";
import { useStill } from "./use-hold.js";

/**
 * The law in the input language: a combobox whose list completes names, with the mistake in the text shown under it, at its place.
 */
export function InputLine(): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const names: Signal<readonly VocabularyName[]> = useSignal([]);
  const place = useSignal(0);
  const isOpen = useSignal(false);
  const chosen = useSignal(0);
  const scrolled = useSignal(0);
  const offered = useComputed(() => (isOpen.value ? completions(names.value, expression.value, place.value) : []));
  const hint = useComputed(() => callAround(names.value, expression.value, place.value));

  // Not before the first law was read: what is seen first comes first.
  const isRead = useComputed(() => reading.value !== undefined || mistake.value !== undefined);
  useSignalEffect(() => {
    if (!isRead.value || names.peek().length > 0) return;
    void ask("vocabulary", undefined, { channel: "vocabulary", urgent: true }).then((answer) => {
      if (answer.ok) names.value = answer.value;
    });
  });

  const accept = (entry: VocabularyName): void => {
    const made = complete(expression.value, place.value, entry);
    expression.value = made.text;
    isOpen.value = false;
    place.value = made.place;
    const field = input.current!;
    field.value = made.text;
    field.focus();
    field.setSelectionRange(made.place, made.place);
  };
  const pressed = (event: KeyboardEvent): void => {
    const count = offered.value.length;
    if (count === 0) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      chosen.value = (chosen.value + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
    } else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) {
      accept(offered.value[chosen.value]!);
    } else if (event.key === "Escape") {
      isOpen.value = false;
    } else return;
    event.preventDefault();
  };
  const moved = (): void => {
    place.value = input.current?.selectionStart ?? 0;
    scrolled.value = input.current?.scrollLeft ?? 0;
  };

  const list = offered.value;
  const failure = mistake.value;
  const hasList = list.length > 0;
  // What is below must not move while a slider is held, also when the press itself takes the focus from the field.
  const note = useStill(
    failure === undefined || hasList ? (
      <p id="law-hint" class="input-hint quiet">
        {hint.value === undefined || hasList ? null : (
          <>
            <span class="mono">{hint.value.signature}</span> {hint.value.doc}
          </>
        )}
      </p>
    ) : (
      <div class="mistake">
        <Mistake id="law-mistake" failure={failure} />
      </div>
    ),
  );
  return (
    <div class="input-line">
      <div class="input-row">
        <label for="law" class="input-label">
          Law
        </label>
        <div class="input-field">
          <input
            ref={input}
            id="law"
            type="text"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={hasList}
            aria-controls="law-names"
            aria-activedescendant={hasList ? `law-name-${chosen.value}` : undefined}
            aria-invalid={failure !== undefined}
            aria-describedby={failure === undefined || hasList ? "law-hint" : "law-mistake"}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={expression.value}
            onInput={(event) => {
              moved();
              expression.value = event.currentTarget.value;
              chosen.value = 0;
              isOpen.value = true;
            }}
            onKeyDown={pressed}
            onKeyUp={moved}
            onClick={moved}
            onScroll={moved}
            onBlur={() => {
              isOpen.value = false;
            }}
          />
          <div role="listbox" id="law-names" class="names" aria-label="Names" hidden={!hasList}>
            {list.map((entry, k) => (
              // A press would take the focus from the field before the click arrives.
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
              <div
                key={entry.name}
                id={`law-name-${k}`}
                role="option"
                tabIndex={-1}
                aria-selected={k === chosen.value}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => accept(entry)}
              >
                <span class="mono">{entry.signature}</span> <span class="quiet">{entry.doc}</span>
              </div>
            ))}
          </div>
          {failure?.place === undefined || hasList ? null : <Carets place={failure.place} scrolled={scrolled.value} />}
        </div>
        <LawGallery />
      </div>
      {note}
    </div>
  );
}

/** Carets under the part of the text that is meant, where the field shows it. */
function Carets({ place, scrolled }: { readonly place: TextPlace; readonly scrolled: number }): JSX.Element {
  return (
    <p class="carets" aria-hidden="true">
      <span style={{ transform: `translateX(${-scrolled}px)` }}>
        <span class="unseen">{expression.value.slice(0, place.column - 1)}</span>
        {"^".repeat(place.length)}
      </span>
    </p>
  );
}
