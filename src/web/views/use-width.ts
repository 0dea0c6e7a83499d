import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** The width of an element in pixels, followed as it changes. */
export function useWidth<E extends Element>(): { readonly ref: RefObject<E | null>; readonly width: number } {
  const ref = useRef<E>(null);
  const width: Signal<number> = useSignal(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver((entries) => {
      const found = entries.at(-1)?.contentRect.width;
      if (found !== undefined) width.value = Math.round(found);
    });
    observer.observe(element);
    width.value = Math.round(element.getBoundingClientRect().width);
    return () => observer.disconnect();
  }, []);
  return { ref, width: width.value };
}
