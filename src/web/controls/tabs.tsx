import { type Signal, useSignal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { type Tab, tabs } from "../permalink.js";
import { hasNoLaw } from "../reader.js";
import { tab } from "../state.js";

const titles: Readonly<Record<Tab, string>> = {
  answers: "Answers",
  edges: "Edges",
  plane: "Plane",
  phases: "Phases",
  derivation: "Derivation",
  data: "Data",
};

/** Where the panels come from; each is loaded when it is opened. */
const panels: Readonly<Record<Tab, () => Promise<ComponentType>>> = {
  answers: async () => (await import("../panels/answers-panel.js")).AnswersPanel,
  edges: async () => (await import("../views/edge-diagram-panel.js")).EdgeDiagramPanel,
  plane: async () => (await import("../views/complex-plane-panel.js")).ComplexPlanePanel,
  phases: async () => (await import("../views/phase-map-panel.js")).PhaseMapPanel,
  derivation: async () => (await import("../views/derivation-panel.js")).DerivationPanel,
  data: async () => (await import("../panels/data-panel.js")).DataPanel,
};

/** A list of tabs and the panel of the chosen one: arrows move between them, as the ARIA pattern has it. */
export function Tabs(): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const at = tabs.indexOf(tab.value);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    tab.value = tabs[(to + tabs.length) % tabs.length]!;
    list.current?.querySelector<HTMLElement>(`#tab-${tab.value}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label="Questions" class="tabs" ref={list} onKeyDown={move}>
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={tab.value === name}
            aria-controls="panel"
            tabIndex={tab.value === name ? 0 : -1}
            onClick={() => {
              tab.value = name;
            }}
          >
            {titles[name]}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="panel" class="panel" aria-labelledby={`tab-${tab.value}`}>
        <LoadedPanel key={tab.value} name={tab.value} />
      </div>
    </>
  );
}

function LoadedPanel({ name }: { readonly name: Tab }): JSX.Element {
  const loaded: Signal<{ readonly Panel: ComponentType } | "failed" | undefined> = useSignal(undefined);
  useEffect(() => {
    panels[name]().then(
      (Panel) => {
        loaded.value = { Panel };
      },
      () => {
        loaded.value = "failed";
      },
    );
  }, [name]);
  if (hasNoLaw.value && name !== "data") return <p class="quiet">No law was read yet.</p>;
  if (loaded.value === "failed") return <p role="alert">This part of the page could not be loaded.</p>;
  if (loaded.value === undefined) return <p class="quiet">Loading …</p>;
  const { Panel } = loaded.value;
  return <Panel />;
}
