import { type Signal, useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { cancel, type Running, running } from "../engine/client.js";
import { isReading } from "../reader.js";
import { linkProblems, missingData, tab } from "../state.js";

/** What takes longer than this (in ms) is worth a word. */
const patience = 400;

/** What is being computed, with a way to end it. */
export function StatusLine(): JSX.Element {
  const isShown: Signal<boolean> = useSignal(false);
  const isBusy = useComputed(() => running.value.length > 0);
  useSignalEffect(() => {
    isShown.value = false;
    if (!isBusy.value) return;
    const timer = setTimeout(() => {
      isShown.value = true;
    }, patience);
    return () => clearTimeout(timer);
  });
  return (
    <div class="status" data-state={isBusy.value || isReading.value ? "busy" : "ready"}>
      <p role="status" class="quiet">
        {isShown.value ? describe(running.value) : ""}
      </p>
      <button type="button" hidden={!isShown.value} onClick={() => cancel()}>
        Cancel
      </button>
    </div>
  );
}

/** What a link got wrong, or could not hold. */
export function LinkNotices(): JSX.Element | null {
  const problems = linkProblems.value;
  if (problems.length > 0) {
    return (
      <div class="notice" role="alert">
        <p>{problems.map((problem) => `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`).join(" ")}</p>
        <button
          type="button"
          class="plain"
          onClick={() => {
            linkProblems.value = [];
          }}
        >
          Dismiss
        </button>
      </div>
    );
  }
  if (missingData.value === "" || tab.value === "data") return null;
  return (
    <p class="notice">The link speaks of a file “{missingData.value}”, which a link cannot hold; open it under Data.</p>
  );
}

const words: Readonly<Record<string, string>> = {
  read: "reading the law",
  flow: "looking for events and horizon",
  answers: "computing the support",
  density: "computing the density",
  "densities of other sizes": "preparing the densities of other sizes",
  "density at a point": "certifying a density",
  simulation: "simulating a matrix",
  "edge diagram": "following the edges",
  plane: "looking for branch points",
  "colours of the plane": "colouring the plane",
  loop: "following the sheets",
  "phase map": "computing the phases",
  derivation: "deriving",
  export: "exporting",
  data: "working on the data",
};

function describe(list: readonly Running[]): string {
  if (list.length === 0) return "";
  const what = [...new Set(list.map(({ channel }) => words[channel] ?? `computing the ${channel}`))].join(", ");
  const step = list.find(({ progress }) => progress !== "")?.progress;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} …${step === undefined ? "" : ` (${step})`}`;
}
