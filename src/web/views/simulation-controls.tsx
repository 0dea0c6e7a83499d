import type { JSX } from "preact";
import { useStill } from "../controls/use-hold.js";
import type { SimulationFacts } from "../engine/simulation.js";
import { simulation } from "../state.js";
import { sentenceOf } from "./guarantee.js";
import type { Asked } from "./use-answer.js";

const limits = { smallest: 2, largest: 2000 };

/** Whether a random matrix is simulated beside the law, of what size, and with which seed. */
export function SimulationControls({ answer }: { readonly answer: Asked<SimulationFacts> }): JSX.Element {
  const { shown, n, seed } = simulation.value;
  // What is below must not move while something is held.
  const note = useStill(
    answer.failure !== undefined
      ? sentenceOf(answer.failure.message)
      : answer.isCurrent && answer.value !== undefined
        ? `The histogram shows ${answer.value.model}, seed ${answer.value.seed}.`
        : "Simulating …",
  );
  const set = (change: Partial<typeof simulation.value>): void => {
    simulation.value = { ...simulation.value, ...change };
  };
  return (
    <div class="simulation">
      <label>
        <input type="checkbox" checked={shown} onChange={(event) => set({ shown: event.currentTarget.checked })} />{" "}
        simulate a matrix
      </label>
      {shown ? (
        <>
          <label>
            size{" "}
            <input
              type="number"
              min={limits.smallest}
              max={limits.largest}
              value={n}
              onChange={(event) => {
                const wanted = Math.round(event.currentTarget.valueAsNumber);
                if (Number.isFinite(wanted)) set({ n: Math.min(limits.largest, Math.max(limits.smallest, wanted)) });
                event.currentTarget.value = String(simulation.value.n);
              }}
            />
          </label>
          <button type="button" onClick={() => set({ seed: seed + 1 })}>
            another one
          </button>
          <p class="quiet" role="status">
            {note}
          </p>
        </>
      ) : null}
    </div>
  );
}
