/** What the threads of a batch see of each other while they work: who takes which piece, and how much was done. */
export interface Board {
  /** The place of a piece that nobody else has; undefined when all are taken. */
  take(): number | undefined;
  /** Units of work that were done by a thread that has no budget itself. */
  count(units: number): void;
  /** What was counted since the last time. */
  drain(): number;
}

/** A board for the pieces at some places, as it goes to another thread. */
export interface SharedBoard {
  readonly order: readonly number[];
  readonly memory: SharedArrayBuffer;
}

export function sharedBoard(order: readonly number[]): SharedBoard {
  return { order, memory: new SharedArrayBuffer(16) };
}

/** @param end of the order that the thread takes from. */
export function boardOf({ order, memory }: SharedBoard, end: "front" | "back"): Board {
  const numbers = new Int32Array(memory);
  const [all, front, back, units] = [0, 1, 2, 3];
  return {
    take() {
      // As many pieces are taken from both ends together as there are, so that they never meet in one.
      if (Atomics.add(numbers, all, 1) >= order.length) return undefined;
      return end === "front" ? order[Atomics.add(numbers, front, 1)] : order.at(-1 - Atomics.add(numbers, back, 1));
    },
    count: (more) => void Atomics.add(numbers, units, Math.ceil(more)),
    drain: () => Atomics.exchange(numbers, units, 0),
  };
}
