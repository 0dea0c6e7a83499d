import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { PhaseMapFacts } from "../engine/phase-map.js";
import { fractionToNumber, fractionToText, readFraction } from "../exact-number.js";
import { MathText } from "../panels/polynomial.js";
import {
  type AxisScale,
  axisScale,
  HorizontalAxis,
  Overlay,
  type PlotBox,
  pathThrough,
  VerticalAxis,
} from "./chart.js";
import { useHolding } from "./use-holding.js";

/** Exact values on the two axes. */
interface PlanePlace {
  readonly x: string;
  readonly y: string;
}

interface PhaseMapFigureProps {
  readonly facts: PhaseMapFacts;
  readonly width: number;
  readonly place: PlanePlace;
  readonly onPlace: (place: PlanePlace) => void;
}

/** Characters of an equation that are shown. */
const longest = 160;
/** Steps of the arrow keys across the map. */
const steps = 100;

/** The cells of the map in the colours of their phases, and the point where the law is. */
export function PhaseMapFigure({ facts, width, place, onPlace }: PhaseMapFigureProps): JSX.Element {
  const height = Math.round(Math.max(280, Math.min(460, 0.72 * width)));
  const box: PlotBox = { left: 44, right: width - 12, top: 22, bottom: height - 40 };
  const x = axisScale([facts.x.from, facts.x.to], [box.left, box.right], false);
  const y = axisScale([facts.y.from, facts.y.to], [box.bottom, box.top], false);
  const here = { x: numberOf(place.x), y: numberOf(place.y) };
  const isAtBorder = facts.borders.some((border) => comesNear(border, x, y, here));
  const phase = isAtBorder ? undefined : phaseAt(facts, here.x, here.y);
  const picture = useMemo(
    () => (
      <svg
        class="chart"
        role="img"
        aria-label={inWords(facts)}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        {facts.areas.map(({ phase: name, outline }, k) => (
          <path key={k} class={classOf(facts, name)} d={pathOf(outline, x, y, true)} />
        ))}
        {facts.borders.map((border, k) => (
          <path key={k} class="phase-border" d={pathOf(border, x, y, false)} />
        ))}
        <HorizontalAxis box={box} scale={x} title="" />
        <VerticalAxis box={box} scale={y} title={facts.y.name === "tau" ? "τ" : facts.y.name} />
        <text class="axis-title" x={box.right} y={box.bottom + 34} text-anchor="end">
          {facts.x.name === "tau" ? "τ" : facts.x.name}
        </text>
      </svg>
    ),
    [facts, width],
  );
  return (
    <>
      {picture}
      <Overlay width={width} height={height}>
        <Handle facts={facts} box={box} x={x} y={y} place={place} here={here} phase={phase} onPlace={onPlace} />
      </Overlay>
      <Legend facts={facts} phase={phase} />
    </>
  );
}

function numberOf(text: string): number {
  const found = readFraction(text);
  return found === undefined ? 0 : fractionToNumber(found);
}

function pathOf(flat: Float64Array, x: AxisScale, y: AxisScale, close: boolean): string {
  const points = Array.from({ length: flat.length / 2 }, (_, k): [number, number] => [
    x.at(flat[2 * k]!),
    y.at(flat[2 * k + 1]!),
  ]);
  return pathThrough(points, close);
}

/** Phases without a spectrum are hatched out, the others have the colours of a list. */
function classOf({ names }: PhaseMapFacts, phase: string): string {
  if (phase === "no spectrum" || phase === "not decided") return "phase phase-void";
  const coloured = names.filter((name) => name !== "no spectrum" && name !== "not decided");
  return `phase phase-${coloured.indexOf(phase) % 8}`;
}

/** The phase of the cell in which a place lies. */
function phaseAt({ areas }: PhaseMapFacts, px: number, py: number): string | undefined {
  return areas.find(({ outline }) => {
    let inside = false;
    const count = outline.length / 2;
    for (let k = 0, last = count - 1; k < count; last = k++) {
      const [ax, ay, bx, by] = [outline[2 * k]!, outline[2 * k + 1]!, outline[2 * last]!, outline[2 * last + 1]!];
      if (ay > py !== by > py && px < ((bx - ax) * (py - ay)) / (by - ay) + ax) inside = !inside;
    }
    return inside;
  })?.phase;
}

/** Whether a line comes nearer to a place than half a pixel: on which side of it the place is cannot be read off the outlines. */
function comesNear(
  flat: Float64Array,
  x: AxisScale,
  y: AxisScale,
  place: { readonly x: number; readonly y: number },
): boolean {
  const [px, py] = [x.at(place.x), y.at(place.y)];
  for (let k = 0; k + 3 < flat.length; k += 2) {
    const [ax, ay] = [x.at(flat[k]!) - px, y.at(flat[k + 1]!) - py];
    const [dx, dy] = [x.at(flat[k + 2]!) - px - ax, y.at(flat[k + 3]!) - py - ay];
    const along = dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
    if (Math.hypot(ax + along * dx, ay + along * dy) < 0.5) return true;
  }
  return false;
}

/** The point of the map where the law is: dragged by a pointer, moved by arrow keys along both axes. */
function Handle(props: {
  readonly facts: PhaseMapFacts;
  readonly box: PlotBox;
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly place: PlanePlace;
  readonly here: { readonly x: number; readonly y: number };
  readonly phase: string | undefined;
  readonly onPlace: (place: PlanePlace) => void;
}): JSX.Element {
  const { facts, box, x, y, place, here, phase, onPlace } = props;
  const { surface, byKey, release } = useHolding((left, top) =>
    onPlace({ x: within(facts.x, x.at.invert(left)), y: within(facts.y, y.at.invert(top)) }),
  );
  const onKey = (event: KeyboardEvent): void => {
    const move = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const pace = event.shiftKey ? 10 : 1;
    byKey(() =>
      onPlace({
        x: move[0] === 0 ? place.x : within(facts.x, here.x + (pace * move[0]! * (facts.x.to - facts.x.from)) / steps),
        y: move[1] === 0 ? place.y : within(facts.y, here.y + (pace * move[1]! * (facts.y.to - facts.y.from)) / steps),
      }),
    );
  };
  const at = {
    x: Math.max(box.left, Math.min(box.right, x.at(here.x))),
    y: Math.max(box.top, Math.min(box.bottom, y.at(here.y))),
  };
  const text = `${facts.x.name} = ${place.x}, ${facts.y.name} = ${place.y}: ${phase ?? "at a border"}`;
  return (
    <>
      <rect
        class="mover free"
        x={box.left}
        y={box.top}
        width={Math.max(0, box.right - box.left)}
        height={box.bottom - box.top}
        {...surface}
      />
      <g
        class="passive place"
        role="slider"
        tabIndex={0}
        aria-label={`point of the map, ${facts.x.name} across and ${facts.y.name} upwards`}
        aria-valuemin={facts.x.from}
        aria-valuemax={facts.x.to}
        aria-valuenow={here.x}
        aria-valuetext={text}
        onKeyDown={onKey}
        onBlur={release}
      >
        <path class="place-cross" d={`M${at.x},${box.bottom}V${at.y}H${box.left}`} />
        <circle class="place-point" cx={at.x} cy={at.y} r={7} />
      </g>
    </>
  );
}

/** A short exact number near to a place, inside the axis. */
function within({ from, to }: { readonly from: number; readonly to: number }, value: number): string {
  const step = 10 ** Math.floor(Math.log10((to - from) / 50));
  const inside = Math.max(from, Math.min(to, value));
  let text = Number((Math.round(inside / step) * step).toPrecision(12)).toString();
  if (Number(text) < from || Number(text) > to) text = String(Number(inside.toPrecision(6)));
  // A parameter at 0 is mostly none.
  if (Number(text) === 0 && from === 0) text = String(step);
  const found = readFraction(text);
  return found === undefined ? text : fractionToText(found);
}

function Legend(props: { readonly facts: PhaseMapFacts; readonly phase: string | undefined }): JSX.Element {
  const { facts, phase } = props;
  return (
    <div class="phase-legend">
      <ul>
        {facts.names.map((name) => (
          <li key={name} class={name === phase ? "present" : undefined}>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <rect class={classOf(facts, name)} x="1" y="1" width="14" height="14" />
            </svg>{" "}
            {name}
            {name === phase ? " — here" : ""}
          </li>
        ))}
        {phase === undefined ? <li class="present">here: at a border</li> : null}
      </ul>
      {facts.transitions.length === 0 ? null : (
        <ul class="equations">
          {facts.transitions.map(({ equation, between }) => (
            <li key={equation} title={between.map((pair) => pair.join(" | ")).join("; ")}>
              <MathText text={equation.length > longest ? `${equation.slice(0, longest)} …` : equation} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function inWords({ x, y, names, transitions }: PhaseMapFacts): string {
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  return [
    `Phases over ${x.name} from ${short(x.from)} to ${short(x.to)} and ${y.name} from ${short(y.from)} to ${short(y.to)}: ${names.join("; ")}.`,
    ...transitions
      .slice(0, 6)
      .map(({ equation, between }) => `Across ${equation}: ${between.map((pair) => pair.join(" to ")).join("; ")}.`),
  ].join(" ");
}
