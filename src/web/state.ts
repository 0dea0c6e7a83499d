import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { FlowFacts } from "./engine/flow-facts.js";
import type { LawReading } from "./engine/law-reading.js";
import { initialState, type PageState, readLink, type Simulation, type Tab, toLink } from "./permalink.js";

/** The law as it is written in the input line; it may be unreadable while it is typed. */
export const expression: Signal<string> = signal(initialState.expression);
/** Exact values of the parameters in it. */
export const parameters: Signal<Readonly<Record<string, string>>> = signal(initialState.parameters);
/** The size factor by which the law is decompressed, exact text. */
export const tau: Signal<string> = signal(initialState.tau);
export const tab: Signal<Tab> = signal(initialState.tab);
export const simulation: Signal<Simulation> = signal(initialState.simulation);
/** The sheet that the complex plane shows. */
export const sheet: Signal<number | "physical"> = signal(initialState.sheet);
/** A loop drawn by hand in the complex plane, as points [re, im]. */
export const loop: Signal<readonly (readonly [number, number])[]> = signal(initialState.loop);

const holders: Signal<number> = signal(0);
/** True while a control is held: what is drawn may be an estimate until it is let go. */
export const dragging: ReadonlySignal<boolean> = computed(() => holders.value > 0);

/** Marks a control as held until the function that is returned is called. Two may be held at once: one by a pointer, one by keys that rest a moment later. */
export function hold(): () => void {
  let isHeld = true;
  holders.value += 1;
  return () => {
    if (isHeld) holders.value -= 1;
    isHeld = false;
  };
}

/** Eigenvalues that were uploaded; never in a link. */
export interface Measured {
  readonly name: string;
  /** Ascending. */
  readonly eigenvalues: Float64Array;
}
export const measured: Signal<Measured | undefined> = signal(undefined);
/** The name of a file that a link speaks of, whose numbers it cannot hold. */
export const missingData: Signal<string> = signal("");

/** What the engine read last in the input line; the law of it stays while a newer text cannot be read. */
export const reading: Signal<LawReading | undefined> = signal(undefined);
/** Horizon and events of the law that was read last. */
export const flow: Signal<FlowFacts | undefined> = signal(undefined);
/** What was wrong with the link that was followed. */
export const linkProblems: Signal<readonly string[]> = signal([]);

/** The law that was read last with its parameters set, before any change of size; "" until the first one is read. */
export const baseText: ReadonlySignal<string> = computed(() => reading.value?.text ?? "");
/** The law that the page shows: `baseText` decompressed by `tau`; "" until the first one is read. */
export const lawText: ReadonlySignal<string> = computed(() => decompressedText(baseText.value, tau.value));

/** The expression of a law decompressed by a size factor, both as text. */
export function decompressedText(base: string, size: string): string {
  return base === "" || size === "1" ? base : `decompress(${base}, ${size})`;
}

/** The state as a link holds it. */
export const pageState: ReadonlySignal<PageState> = computed(() => ({
  expression: expression.value,
  parameters: parameters.value,
  tau: tau.value,
  tab: tab.value,
  simulation: simulation.value,
  sheet: sheet.value,
  loop: loop.value,
  data: measured.value?.name ?? missingData.value,
}));

export function setPageState(state: PageState): void {
  batch(() => {
    expression.value = state.expression;
    parameters.value = state.parameters;
    tau.value = state.tau;
    tab.value = state.tab;
    simulation.value = state.simulation;
    sheet.value = state.sheet;
    loop.value = state.loop;
    missingData.value = state.data;
  });
}

/** Reads the state from the address, now and whenever it is edited, and writes it there when it has rested for a moment. */
export function keepLink(): void {
  // What the address said when it was last read or written here.
  let known = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    const text = location.hash.slice(1);
    if (text === known) return;
    known = text;
    const { state, problems } = readLink(text);
    linkProblems.value = problems;
    setPageState(state);
  };
  follow();
  addEventListener("hashchange", follow);
  effect(() => {
    const link = toLink(pageState.value);
    clearTimeout(timer);
    timer = setTimeout(() => {
      // A link that was followed in the meantime is read before anything is written over it.
      if (location.hash.slice(1) !== known) return;
      history.replaceState(null, "", `#${link}`);
      known = location.hash.slice(1);
    }, 250);
  });
}
