import type { TargetedPointerEvent } from "preact";
import { useHold } from "../controls/use-hold.js";

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

/** A value that is moved by a pointer, from pressing to letting go, or by keys; `onMove` has the pixel of the pointer in its picture. */
export function useHolding(onMove: (left: number, top: number) => void): Holding {
  const { isHeld, take, takeByKey, release } = useHold();
  const move = ({ currentTarget, clientX, clientY }: SurfaceEvent): void => {
    const frame = currentTarget.ownerSVGElement!.getBoundingClientRect();
    onMove(clientX - frame.left, clientY - frame.top);
  };
  return {
    surface: {
      onPointerDown: (event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        take();
        move(event);
      },
      onPointerMove: (event) => {
        if (isHeld() && event.currentTarget.hasPointerCapture(event.pointerId)) move(event);
      },
      onPointerUp: release,
      onPointerCancel: release,
    },
    byKey: (change) => {
      takeByKey();
      change();
    },
    release,
  };
}
