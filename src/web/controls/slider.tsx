import type { JSX } from "preact";
import { useHold } from "./use-hold.js";

interface SliderProps {
  readonly id: string;
  /** Positions are whole numbers from 0 to this. */
  readonly max: number;
  readonly value: number;
  /** What the position means, for those who do not see it. */
  readonly text: string;
  readonly onValue: (position: number) => void;
}

/** A slider over whole positions that is held by a pointer until it is let go, and by a key until it has rested. */
export function Slider({ id, max, value, text, onValue }: SliderProps): JSX.Element {
  const { take, takeByKey, release } = useHold();
  return (
    <input
      id={id}
      type="range"
      min={0}
      max={max}
      step={1}
      value={Math.min(max, Math.max(0, value))}
      aria-valuetext={text}
      onPointerDown={(event) => {
        // Not every browser sends it the end of a drag that ends elsewhere.
        event.currentTarget.setPointerCapture(event.pointerId);
        take();
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onBlur={release}
      onKeyDown={(event) => {
        if (/^(Arrow|Page|Home|End)/.test(event.key)) takeByKey();
      }}
      onInput={(event) => onValue(event.currentTarget.valueAsNumber)}
    />
  );
}
