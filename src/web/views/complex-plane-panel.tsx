import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { BranchFacts, PlaneFacts, PlaneWindow } from "../engine/plane.js";
import { dragging, lawText, loop, sheet } from "../state.js";
import "./figures.css";
import { Guarantee, NoFigure } from "./guarantee.js";
import { LoopResult } from "./loop-result.js";
import { presetLoops } from "./loops.js";
import { PlaneFigure } from "./plane-figure.js";
import { useAnswer } from "./use-answer.js";
import { useWidth } from "./use-width.js";

/** Columns of the colouring; it is stretched to the width of the panel. */
const columns = 300;

/** The Stieltjes transform on one of its sheets in colours, the branch points, and what a loop drawn among them does to the sheets. */
export function ComplexPlanePanel(): JSX.Element {
  const law = lawText.value;
  const held = dragging.value;
  const plane = useAnswer("planeFacts", law === "" || held ? undefined : { law }, "plane");
  const facts = plane.value?.law === law ? plane.value : undefined;
  const zoom: Signal<number> = useSignal(0);
  const { ref, width } = useWidth<HTMLDivElement>();
  const window = useMemo(
    () => (facts === undefined ? undefined : zoomed(facts.window, zoom.value)),
    [facts, zoom.value],
  );
  const chosen =
    facts === undefined || sheet.value === "physical" ? 1 : Math.min(Math.max(1, sheet.value), facts.sheets);
  const rows = window === undefined ? 0 : Math.round((columns * window.height) / (window.right - window.left));
  const colours = useAnswer(
    "sheetColouring",
    facts === undefined || window === undefined ? undefined : { law, sheet: chosen, window, columns, rows },
    "colours of the plane",
  );
  const corners = loop.value;
  const permuted = useAnswer(
    "loopPermutation",
    facts !== undefined && corners.length > 2 ? { law, loop: corners } : undefined,
    "loop",
  );
  const presets = useMemo(() => (facts === undefined ? [] : presetLoops(facts)), [facts]);
  if (plane.failure !== undefined) {
    return (
      <figure class="figure" aria-label="Complex plane">
        <div ref={ref}>
          <NoFigure failure={plane.failure} again={plane.again} />
        </div>
      </figure>
    );
  }
  return (
    <figure class="figure plane" aria-label="Complex plane">
      <div class="options">
        <label>
          sheet{" "}
          <select
            value={String(chosen)}
            onChange={(event) => {
              const wanted = Number(event.currentTarget.value);
              sheet.value = wanted === 1 ? "physical" : wanted;
            }}
          >
            {Array.from({ length: facts?.sheets ?? 1 }, (_, k) => (
              <option key={k} value={String(k + 1)}>
                {k === 0 ? "1 (physical)" : k + 1}
              </option>
            ))}
          </select>
        </label>
        <label>
          loop{" "}
          <select
            value="choose"
            onChange={(event) => {
              const wanted = presets[Number(event.currentTarget.value)];
              loop.value = wanted?.corners ?? [];
              event.currentTarget.value = "choose";
            }}
          >
            <option value="choose">{corners.length > 2 ? "drawn" : "draw one, or choose"}</option>
            {presets.map(({ name }, k) => (
              <option key={name} value={String(k)}>
                {name}
              </option>
            ))}
            <option value="none">none</option>
          </select>
        </label>
        <span class="buttons">
          <button type="button" aria-label="zoom in" disabled={zoom.value >= 8} onClick={() => zoom.value++}>
            +
          </button>
          <button type="button" aria-label="zoom out" disabled={zoom.value <= -6} onClick={() => zoom.value--}>
            −
          </button>
        </span>
      </div>
      <div ref={ref} class="canvas">
        {facts === undefined || window === undefined || width < 60 ? (
          <div class="waiting tall">Looking for the branch points …</div>
        ) : (
          <PlaneFigure
            facts={facts}
            window={window}
            width={width}
            sheet={chosen}
            colours={colours.isCurrent ? colours.value : undefined}
            description={inWords(facts, chosen)}
            loop={corners}
            onLoop={(points) => {
              loop.value = points;
            }}
          />
        )}
      </div>
      <figcaption>
        {colours.failure === undefined ? (
          <Guarantee trust="estimate" of="colours; branch points are certified, real ones exact" />
        ) : (
          <p>{colours.failure.message}</p>
        )}
        <Legend />
      </figcaption>
      {facts === undefined ? null : <LoopResult answer={permuted} isDrawn={corners.length > 2} />}
    </figure>
  );
}

function Legend(): JSX.Element {
  return (
    <p class="quiet legend">
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <circle class="branch physical" cx="7" cy="7" r="4.5" />
      </svg>{" "}
      branch point of the physical sheet{" "}
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <circle class="branch" cx="7" cy="7" r="4" />
      </svg>{" "}
      of another one
    </p>
  );
}

/** A window smaller by the square root of two with each step. */
function zoomed({ left, right, height }: PlaneWindow, steps: number): PlaneWindow {
  const factor = 2 ** (-steps / 2);
  const [middle, half] = [(left + right) / 2, ((right - left) / 2) * factor];
  return { left: middle - half, right: middle + half, height: height * factor };
}

function inWords(facts: PlaneFacts, chosen: number): string {
  const short = (x: number): string => String(Number(x.toPrecision(4)));
  const text = ({ re, im }: BranchFacts): string =>
    im === 0 ? short(re) : `${short(re)} ${im < 0 ? "−" : "+"} ${short(Math.abs(im))} i`;
  const list = (points: readonly BranchFacts[]): string => (points.length === 0 ? "none" : points.map(text).join(", "));
  const name = chosen === 1 ? "the physical sheet" : `sheet ${chosen}`;
  return [
    `The Stieltjes transform on ${name}, one of ${facts.sheets}, in colours: hue for the argument, brightness for the modulus.`,
    `Branch points of the physical sheet: ${list(facts.points.filter(({ physical }) => physical))}.`,
    `Of other sheets only: ${list(facts.points.filter(({ physical }) => !physical))}.`,
  ].join(" ");
}
