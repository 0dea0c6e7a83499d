import type { CSSProperties, JSX } from "preact";
import type { EventFacts, FlowFacts, HorizonFacts } from "../engine/flow-facts.js";
import { fractionToNumber, fractionToText, readFraction, roundFraction } from "../exact-number.js";
import { isPositiveRational } from "../permalink.js";
import { flowFailure, hasNoLaw } from "../reader.js";
import { baseText, flow, tau } from "../state.js";
import { ExactField } from "./exact-field.js";
import { Slider } from "./slider.js";
import { useStill } from "./use-hold.js";

const octaves = { from: -3, to: 6 };
const stepsPerOctave = 40;
const positions = (octaves.to - octaves.from) * stepsPerOctave;

function positionOf(size: number): number {
  return (Math.log2(size) - octaves.from) * stepsPerOctave;
}

function sizeAt(position: number): string {
  return fractionToText(roundFraction(2 ** (octaves.from + position / stepsPerOctave)));
}

function tauNumber(): number {
  const found = readFraction(tau.value);
  return found === undefined ? 1 : fractionToNumber(found);
}

/** The size factor: a slider on a logarithmic scale with the events and the horizon of the law marked. */
export function SizeFactor(): JSX.Element {
  // While a parameter is dragged they are those of the law before.
  const facts = flow.value?.law === baseText.value ? flow.value : undefined;
  return (
    <section class="size-factor" aria-label="Size factor">
      <div class="slider-row">
        <label for="tau" class="slider-name">
          <span aria-hidden="true">τ</span>
          <span class="visually-hidden">size factor tau</span>
        </label>
        <div class="marked-slider">
          <Slider
            id="tau"
            max={positions}
            value={Math.round(positionOf(tauNumber()))}
            text={`tau = ${tau.value}`}
            onValue={(position) => {
              tau.value = sizeAt(position);
            }}
          />
          <Marks facts={facts} />
        </div>
        <ExactField
          id="tau-value"
          label="size factor tau, exact value"
          value={tau.value}
          accepts={isPositiveRational}
          wanted="a positive exact number such as 3, 1/50 or 0.02"
          onValue={(text) => {
            tau.value = text;
          }}
        />
      </div>
    </section>
  );
}

/** Where a size stands on the track, as a share of it; undefined outside. */
function share(size: number): number | undefined {
  const found = positionOf(size) / positions;
  return found >= 0 && found <= 1 ? found : undefined;
}

function Marks({ facts }: { readonly facts: FlowFacts | undefined }): JSX.Element {
  const horizon = facts?.horizon.kind === "finite" ? facts.horizon.at.number : undefined;
  const from = horizon === undefined ? undefined : Math.min(1, Math.max(0, positionOf(horizon) / positions));
  const place = (at: number): CSSProperties => ({ "--at": String(at) }) as CSSProperties;
  return (
    <div class="marks" aria-hidden="true">
      {from === undefined ? null : <span class="mark-beyond" style={place(from)} />}
      {[1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32, 64].map((size) => (
        <span
          key={size}
          class={Math.log2(size) % 2 === 0 ? "mark-number minor" : "mark-number"}
          style={place(share(size)!)}
        >
          {size < 1 ? `1/${1 / size}` : size}
        </span>
      ))}
      {(facts?.events ?? []).map((event) => {
        const at = share(event.at.number);
        return at === undefined ? null : <span key={event.at.text} class="mark-event" style={place(at)} />;
      })}
      {from === undefined ? null : <span class="mark-horizon" style={place(from)} />}
    </div>
  );
}

/** What happens to the spectrum as its size grows, and how far it can. */
export function FlowSentences(): JSX.Element {
  // What is below must not move while something is held.
  const { facts, failure } = useStill({ facts: flow.value, failure: flowFailure.value });
  if (facts === undefined) {
    const text = hasNoLaw.value
      ? ""
      : failure === undefined
        ? "Looking for the horizon …"
        : failure.kind === "cancelled"
          ? "The search for the horizon was cancelled."
          : `Horizon and events are not known: ${failure.message}.`;
    return <p class="flow-sentence quiet">{text}</p>;
  }
  const size = tauNumber();
  const { horizon, events } = facts;
  const isBeyond = horizon.kind === "finite" && size > horizon.at.number;
  return (
    <div class={facts.law === baseText.value ? "flow" : "flow stale"}>
      {events.length === 0 ? null : (
        <ul class="events">
          {events.map((event) => (
            <li key={event.at.text} class={event.at.number <= size ? "passed" : undefined}>
              {eventSentence(event)}
            </li>
          ))}
        </ul>
      )}
      {/* Both sentences have their room, so that what is below does not move when one takes the place of the other. */}
      <div class="either" role="status">
        <p class="flow-sentence" hidden={isBeyond}>
          {horizonSentence(horizon)}
        </p>
        {horizon.kind === "finite" ? (
          <p class="flow-sentence beyond" hidden={!isBeyond}>
            {beyondSentence(horizon)}
          </p>
        ) : null}
      </div>
    </div>
  );
}

function equal({ text, radicals }: { readonly text: string; readonly radicals?: string }): string {
  const short = (text.length > 9 && !text.includes("/") ? Number(text).toPrecision(5) : text).replace("-", "−");
  return radicals === undefined ? short : `${short} = ${radicals.replaceAll("*", "·").replaceAll("sqrt", "√")}`;
}

function horizonSentence(horizon: HorizonFacts): string {
  switch (horizon.kind) {
    case "infinity":
      return "No horizon: matrices of any larger size can have this spectrum.";
    case "finite":
      return `Horizon τ* = ${equal(horizon.at)}: ${horizon.reason}.`;
    case "unable":
      return `The horizon could not be decided: ${horizon.reason}.`;
    case "undefined":
      return `There is no horizon: ${horizon.reason}.`;
  }
}

function beyondSentence(horizon: Extract<HorizonFacts, { kind: "finite" }>): string {
  return `Beyond the horizon τ* = ${equal(horizon.at)} no matrix has such a spectrum: ${horizon.reason.replace(/^beyond it, /, "")}. The curve is still exact.`;
}

const eventWords: Readonly<Record<string, string>> = {
  "cusp-split": "a bulk splits",
  "cusp-merge": "bulks merge",
  "bulk-appears": "a bulk appears",
  "bulk-vanishes": "a bulk vanishes",
  "atom-born": "an atom is born",
  "atom-absorbed": "an atom is absorbed",
  "edge-meets-atom": "an edge meets an atom",
  "atoms-meet": "two atoms meet",
  "spectrum-collapses": "the spectrum collapses to a point",
  acnode: "branch points reach the axis",
  "spectrum-ends": "the spectra end",
  "spectrum-begins": "the spectra begin",
};

function eventSentence({ at, kinds, where }: EventFacts): string {
  const what = kinds.map((kind) => eventWords[kind] ?? kind).join(", ");
  const place = where === undefined ? "" : ` at x\u00a0=\u00a0${equal({ text: where.text })}`;
  return `τ\u00a0=\u00a0${equal({ text: at.text })}: ${what}${place}`;
}
