import type { JSX } from "preact";
import { useRef } from "preact/hooks";

interface SliderProps {
  readonly id: string;
  /** Positions are whole numbers from 0 to this. */
  readonly max: number;
  readonly value: number;
  /** What the position means, for those who do not see it. */
  readonly text: string;
  /** True while it is held. */
  readonly onDrag: (held: boolean) => void;
  readonly onValue: (position: number) => void;
}

/** A slider over whole positions that says when it is held: by a pointer until it is let go, by a key until it has rested. */
export function Slider({ id, max, value, text, onDrag, onValue }: SliderProps): JSX.Element {
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = (): void => {
    clearTimeout(rest.current);
    onDrag(false);
  };
  return (
    <input
      id={id}
      type="range"
      min={0}
      max={max}
      step={1}
      value={Math.min(max, Math.max(0, value))}
      aria-valuetext={text}
      onPointerDown={() => {
        clearTimeout(rest.current);
        onDrag(true);
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onBlur={release}
      onKeyDown={(event) => {
        if (!/^(Arrow|Page|Home|End)/.test(event.key)) return;
        clearTimeout(rest.current);
        onDrag(true);
        rest.current = setTimeout(() => onDrag(false), 350);
      }}
      onInput={(event) => onValue(event.currentTarget.valueAsNumber)}
    />
  );
}
