import { useEffect, useRef } from "preact/hooks";
import { dragging, hold } from "../state.js";

/** A control that can be held, by a pointer until it is let go, by keys until they rest. */
export interface Hold {
  readonly isHeld: () => boolean;
  readonly take: () => void;
  /** Held for a moment longer than the keys move it. */
  readonly takeByKey: () => void;
  readonly release: () => void;
}

/** Milliseconds after which a value that is moved by keys is at rest. */
const keyRest = 350;

/** A hold of a control; what goes away while it is held is let go. */
export function useHold(): Hold {
  const letGo = useRef<() => void>(undefined);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const release = (): void => {
    clearTimeout(rest.current);
    letGo.current?.();
    letGo.current = undefined;
  };
  const take = (): void => {
    clearTimeout(rest.current);
    letGo.current ??= hold();
  };
  useEffect(() => release, []);
  return {
    isHeld: () => letGo.current !== undefined,
    take,
    takeByKey: () => {
      take();
      rest.current = setTimeout(release, keyRest);
    },
    release,
  };
}

/** A value as it was before a control was held: what a control is measured by must not change under the hand. */
export function useStill<T>(value: T): T {
  const last = useRef(value);
  if (!dragging.value) last.current = value;
  return last.current;
}
