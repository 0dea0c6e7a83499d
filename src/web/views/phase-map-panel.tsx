import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useStill } from "../controls/use-hold.js";
import type { ParameterReading } from "../engine/law-reading.js";
import type { AxisQuestion, PhaseMapQuestion } from "../engine/phase-map.js";
import { expression, parameters, reading, tau } from "../state.js";
import "./figures.css";
import { Guarantee, NoFigure } from "./guarantee.js";
import { PhaseMapFigure } from "./phase-map-figure.js";
import { useAnswer } from "./use-answer.js";
import { useWidth } from "./use-width.js";

/** The name of the size factor among the axes. */
const size = "tau";
/** The stretch of the size factor that a map shows. */
const sizes = { from: "1/8", to: "8" };

/** The phases of a law over the plane of two parameters, or of one and the size factor: a map in which the sliders move. */
export function PhaseMapPanel(): JSX.Element {
  const known = reading.value;
  const names = known === undefined ? [] : [...new Set([...known.parameters.map(({ name }) => name), size])];
  const first: Signal<string> = useSignal("");
  const second: Signal<string> = useSignal("");
  const x = names.includes(first.value) ? first.value : (names[0] ?? size);
  const y =
    names.includes(second.value) && second.value !== x ? second.value : (names.find((name) => name !== x) ?? size);
  const [across, upwards] = [axisOf(known?.parameters ?? [], x), axisOf(known?.parameters ?? [], y)];
  const axes = useStill({ across, upwards });
  const question = useMemo(
    () =>
      known === undefined || known.parameters.length === 0
        ? undefined
        : questionOf(known.expression, known.parameters, axes.across, axes.upwards),
    // The parameters on the axes may move without another map being asked for.
    [known?.expression, JSON.stringify(axes), valuesOfOthers(known?.parameters ?? [], x, y), tau.value],
  );
  const map = useAnswer("phaseMap", question, "phase map");
  const { ref, width } = useWidth<HTMLDivElement>();
  if (known !== undefined && known.parameters.length === 0) {
    return (
      <div class="no-figure">
        <p>
          This law has no parameter, and a phase map needs one at least: write a name in place of a number, as in{" "}
          <code>deformedWigner(v, [[-a, 1/2], [a, 1/2]])</code>.
        </p>
        <button
          type="button"
          onClick={() => {
            expression.value = "deformedWigner(v, [[-a, 1/2], [a, 1/2]])";
          }}
        >
          Take that one
        </button>
      </div>
    );
  }
  const facts = map.value;
  const isFitting =
    facts !== undefined &&
    facts.x.name === x &&
    facts.y.name === y &&
    facts.question.expression === question?.expression;
  return (
    <figure class="figure phase-map" aria-label="Phase map">
      <div class="options">
        <AxisChoice label="across" names={names} value={x} onChoice={(name) => swap(name, y, x, first, second)} />
        <AxisChoice label="upwards" names={names} value={y} onChoice={(name) => swap(name, x, y, second, first)} />
      </div>
      <div ref={ref} class="canvas">
        {map.failure !== undefined ? (
          <NoFigure failure={map.failure} again={map.again} />
        ) : !isFitting || width < 60 ? (
          <div class="waiting tall">Computing the phases …</div>
        ) : (
          <PhaseMapFigure
            facts={facts}
            width={width}
            place={{ x: exactValue(x), y: exactValue(y) }}
            onPlace={(place) => {
              setValues({ [x]: place.x, [y]: place.y });
            }}
          />
        )}
      </div>
      {isFitting && map.failure === undefined ? (
        <figcaption>
          <Guarantee trust="exact" of="borders and phases; outlines are rounded" />
        </figcaption>
      ) : null}
    </figure>
  );
}

/** Puts a name on an axis; where the other one has it, they change places. */
function swap(name: string, other: string, own: string, axis: Signal<string>, opposite: Signal<string>): void {
  axis.value = name;
  opposite.value = name === other ? own : other;
}

function AxisChoice(props: {
  readonly label: string;
  readonly names: readonly string[];
  readonly value: string;
  readonly onChoice: (name: string) => void;
}): JSX.Element {
  const { label, names, value, onChoice } = props;
  return (
    <label>
      {label}{" "}
      <select value={value} onChange={(event) => onChoice(event.currentTarget.value)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name === size ? "τ, the size factor" : name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The stretch of an axis: that of the slider. */
function axisOf(known: readonly ParameterReading[], name: string): AxisQuestion {
  const slider = known.find((parameter) => parameter.name === name);
  return { name, from: slider?.from ?? sizes.from, to: slider?.to ?? sizes.to };
}

function questionOf(
  text: string,
  known: readonly ParameterReading[],
  x: AxisQuestion,
  y: AxisQuestion,
): PhaseMapQuestion {
  const others = known.filter(({ name }) => name !== x.name && name !== y.name);
  const isResized = x.name !== size && y.name !== size && tau.value !== "1";
  return {
    expression: isResized ? `decompress(${text}, ${tau.value})` : text,
    parameters: Object.fromEntries(others.map(({ name, value }) => [name, value])),
    x,
    y,
  };
}

function valuesOfOthers(known: readonly ParameterReading[], x: string, y: string): string {
  return known.map(({ name, value }) => (name === x || name === y ? "" : value)).join(" ");
}

function exactValue(name: string): string {
  return name === size ? tau.value : (parameters.value[name] ?? "0");
}

function setValues(values: Readonly<Record<string, string>>): void {
  const changed = { ...parameters.value };
  for (const [name, value] of Object.entries(values)) {
    if (name === size) tau.value = value;
    else changed[name] = value;
  }
  parameters.value = changed;
}
