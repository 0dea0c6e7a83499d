import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { EdgeDiagram } from "../../picture/index.js";
import { useStill } from "../controls/use-hold.js";
import { fractionToNumber, fractionToText, readFraction, roundFraction } from "../exact-number.js";
import { flowFailure } from "../reader.js";
import { baseText, flow, tau } from "../state.js";
import { EdgeDiagramFigure } from "./edge-diagram-figure.js";
import "./figures.css";
import { Guarantee, NoFigure } from "./guarantee.js";
import { useAnswer } from "./use-answer.js";
import { useWidth } from "./use-width.js";

/** The size factors of the slider, as powers of two. */
const octaves = { from: -3, to: 6 };

/** The edges of the law over its size factor, with what happens to them; the present size is a line that can be moved. */
export function EdgeDiagramPanel(): JSX.Element {
  const base = baseText.value;
  const facts = flow.value?.law === base ? flow.value : undefined;
  const size = sizeOf(tau.value);
  const isKnown = facts !== undefined || flowFailure.value !== undefined;
  const range = useStill(rangeOf(facts, size));
  const edges = useAnswer("edgesFacts", base === "" || !isKnown ? undefined : { law: base, ...range }, "edge diagram");
  const { ref, width } = useWidth<HTMLDivElement>();
  const scale: Signal<"auto" | "linear" | "log"> = useSignal("auto");
  const diagram = edges.value?.law === base ? edges.value.diagram : undefined;
  const reading = useMemo(() => (diagram === undefined ? undefined : axisOf(diagram)), [diagram]);
  const isLogarithmic =
    reading?.canBeLogarithmic === true && (scale.value === "auto" ? reading.isWide : scale.value === "log");
  return (
    <figure class="figure edge-diagram" aria-label="Edges over the size factor">
      <div class="options">
        <span class="quiet">Drag the line, or focus it and use the arrow keys.</span>
        {reading?.canBeLogarithmic === true ? (
          <label>
            <input
              type="checkbox"
              checked={isLogarithmic}
              onChange={(event) => {
                scale.value = event.currentTarget.checked ? "log" : "linear";
              }}
            />{" "}
            logarithmic x
          </label>
        ) : null}
      </div>
      <div ref={ref} class="canvas">
        {edges.failure !== undefined ? (
          <NoFigure failure={edges.failure} again={edges.again} />
        ) : diagram === undefined || reading === undefined || width < 60 ? (
          <div class="waiting tall">Following the edges …</div>
        ) : (
          <EdgeDiagramFigure
            diagram={diagram}
            extent={isLogarithmic ? reading.positive : reading.extent}
            isLogarithmic={isLogarithmic}
            width={width}
            height={Math.round(Math.max(300, Math.min(520, 0.8 * width)))}
            size={size}
            sizeText={tau.value}
            stops={stopsOf(facts)}
            onSize={(wanted) => {
              tau.value = typeof wanted === "string" ? wanted : fractionToText(roundFraction(wanted));
            }}
          />
        )}
      </div>
      {diagram === undefined ? null : (
        <figcaption>
          <Guarantee trust="exact" of="events and horizon; the lines between them are followed to about ten digits" />
        </figcaption>
      )}
    </figure>
  );
}

function sizeOf(text: string): number {
  const found = readFraction(text);
  return found === undefined ? 1 : fractionToNumber(found);
}

/** The powers of two between which everything happens, with the present size among them. */
function rangeOf(facts: typeof flow.value, size: number): { readonly from: string; readonly to: string } {
  const horizon = facts?.horizon.kind === "finite" ? facts.horizon.at.number : undefined;
  const times = (facts?.events ?? [])
    .map(({ at }) => at.number)
    .filter((at) => at < 2 ** octaves.to && at > 2 ** octaves.from);
  const last = horizon ?? Math.max(4, 2 * Math.max(0, ...times));
  const first = Math.min(0.5, 0.6 * Math.min(1, ...times));
  const to = Math.min(
    octaves.to,
    Math.max(horizon === undefined ? 3 : 1, Math.ceil(Math.log2(Math.max(last * 1.15, size)))),
  );
  const from = Math.max(
    octaves.from,
    Math.floor(Math.log2(Math.min(first, size, horizon === undefined ? 1 : 0.6 * horizon))),
  );
  return { from: from < 0 ? `1/${2 ** -from}` : String(2 ** from), to: String(2 ** to) };
}

/** The size factors at which something happens, those that are exact numbers as such. */
function stopsOf(facts: typeof flow.value): readonly { readonly at: number; readonly text: string }[] {
  const all = (facts?.events ?? []).map(({ at }) => at);
  if (facts?.horizon.kind === "finite") all.push(facts.horizon.at);
  return [{ at: 1, text: "1" }, ...all.map(({ number, text }) => ({ at: number, text }))].sort((a, b) => a.at - b.at);
}

/** What the axis of x has to show, and whether it can be logarithmic. */
function axisOf({ bulks, atoms }: EdgeDiagram): {
  readonly extent: readonly [number, number];
  readonly positive: readonly [number, number];
  readonly canBeLogarithmic: boolean;
  readonly isWide: boolean;
} {
  let [low, high, least] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const note = (x: number): void => {
    low = Math.min(low, x);
    high = Math.max(high, x);
    if (x > 0) least = Math.min(least, x);
  };
  for (const { lower, upper } of bulks) {
    for (let k = 0; k < lower.length; k++) {
      note(lower[k]!);
      note(upper[k]!);
    }
  }
  for (const { at } of atoms) note(at);
  if (!(low <= high)) return { extent: [-1, 1], positive: [1, 10], canBeLogarithmic: false, isWide: false };
  const margin = high > low ? 0.05 * (high - low) : 1;
  // An edge that touches 0 must not stretch the axis without end.
  const floor = Math.max(least, high / 1e6);
  return {
    extent: [low - margin, high + margin],
    positive: [floor / 1.3, high * 1.3],
    canBeLogarithmic: high > 0 && low > -1e-9 * high,
    isWide: high / least > 300,
  };
}
