import type { TargetedPointerEvent } from "preact";
import { useRef } from "preact/hooks";

type SurfaceEvent = TargetedPointerEvent<SVGRectElement>;

interface Holding {
  /** Handlers of the surface on which a pointer moves the value. */
  readonly surface: {
    readonly onPointerDown: (event: SurfaceEvent) => void;
    readonly onPointerMove: (event: SurfaceEvent) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
  /** Calls `change` as a move by a key: held until the keys rest. */
  readonly byKey: (change: () => void) => void;
  readonly release: () => void;
}

/** Milliseconds after which a value that is moved by keys is at rest. */
const keyRest = 350;

/** A value that is moved by a pointer, from pressing to letting go, or by keys; `onMove` has the pixel of the pointer in its picture. */
export function useHolding(onHold: (held: boolean) => void, onMove: (left: number, top: number) => void): Holding {
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isHeld = useRef(false);
  const hold = (): void => {
    isHeld.current = true;
    onHold(true);
  };
  const release = (): void => {
    clearTimeout(rest.current);
    if (!isHeld.current) return;
    isHeld.current = false;
    onHold(false);
  };
  const move = ({ currentTarget, clientX, clientY }: SurfaceEvent): void => {
    const frame = currentTarget.ownerSVGElement!.getBoundingClientRect();
    onMove(clientX - frame.left, clientY - frame.top);
  };
  return {
    surface: {
      onPointerDown: (event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        hold();
        move(event);
      },
      onPointerMove: (event) => {
        if (isHeld.current && event.currentTarget.hasPointerCapture(event.pointerId)) move(event);
      },
      onPointerUp: release,
      onPointerCancel: release,
    },
    byKey: (change) => {
      hold();
      change();
      clearTimeout(rest.current);
      rest.current = setTimeout(release, keyRest);
    },
    release,
  };
}
