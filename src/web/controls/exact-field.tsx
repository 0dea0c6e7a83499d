import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { isRationalText } from "../permalink.js";

interface ExactFieldProps {
  readonly id: string;
  readonly label: string;
  /** Exact text. */
  readonly value: string;
  /** Whether a text that is an exact number is wanted here. */
  readonly accepts?: (text: string) => boolean;
  /** What is wanted, for the sentence that says so. */
  readonly wanted?: string;
  readonly onValue: (text: string) => void;
}

/** A field for an exact number: "3", "1/50", "0.02". What is typed counts on Enter or when the field is left. */
export function ExactField({ id, label, value, accepts, wanted, onValue }: ExactFieldProps): JSX.Element {
  const text = useSignal(value);
  const isWrong = useSignal(false);
  useEffect(() => {
    text.value = value;
    isWrong.value = false;
  }, [value, text, isWrong]);
  const commit = (typed: string): void => {
    const plain = typed.trim().replace("−", "-");
    isWrong.value = !isRationalText(plain) || accepts?.(plain) === false;
    if (!isWrong.value && plain !== value) onValue(plain);
  };
  return (
    <span class="exact-field">
      <input
        id={id}
        type="text"
        inputMode="text"
        size={7}
        aria-label={label}
        aria-invalid={isWrong.value}
        aria-describedby={isWrong.value ? `${id}-wrong` : undefined}
        autocomplete="off"
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
        onChange={(event) => commit(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit(event.currentTarget.value);
        }}
      />
      {isWrong.value ? (
        <span id={`${id}-wrong`} role="alert" class="wrong">
          {wanted ?? "an exact number such as 3, 1/50 or 0.02"}
        </span>
      ) : null}
    </span>
  );
}
