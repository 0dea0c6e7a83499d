import type { JSX } from "preact";
import type { ParameterReading } from "../engine/law-reading.js";
import { fractionToNumber, fractionToText, readFraction, stepped } from "../exact-number.js";
import { parameters, reading } from "../state.js";
import { ExactField } from "./exact-field.js";
import { Slider } from "./slider.js";
import { useStill } from "./use-hold.js";

/** A slider and a field for every parameter of the law. */
export function Parameters(): JSX.Element | null {
  const list = reading.value?.parameters ?? [];
  if (list.length === 0) return null;
  return (
    <fieldset class="parameters">
      <legend class="visually-hidden">Parameters</legend>
      {list.map((parameter) => (
        <ParameterRow key={parameter.name} parameter={parameter} />
      ))}
    </fieldset>
  );
}

function ParameterRow({ parameter }: { readonly parameter: ParameterReading }): JSX.Element {
  const { name } = parameter;
  const value = parameters.value[name] ?? parameter.value;
  const track = useStill(parameter);
  const [from, to, step] = [track.from, track.to, track.step].map((text) => readFraction(text)!);
  const number = (text: string): number => fractionToNumber(readFraction(text) ?? from!);
  const unit = fractionToNumber(step!);
  const start = fractionToNumber(from!);
  const set = (text: string): void => {
    parameters.value = { ...parameters.value, [name]: text };
  };
  return (
    <div class="slider-row">
      <label for={`parameter-${name}`} class="slider-name">
        {name}
      </label>
      <Slider
        id={`parameter-${name}`}
        max={Math.round((fractionToNumber(to!) - start) / unit)}
        value={Math.round((number(value) - start) / unit)}
        text={value}
        onValue={(k) => set(fractionToText(stepped(from!, step!, k)))}
      />
      <ExactField id={`value-${name}`} label={`${name}, exact value`} value={value} onValue={set} />
    </div>
  );
}
