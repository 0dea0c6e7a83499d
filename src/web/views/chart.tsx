import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3-scale";
import type { ComponentChildren, JSX } from "preact";
import { spreadLabels, ticksOf } from "../../picture/index.js";

/** The part of a figure that the axes enclose, in pixels. */
export interface PlotBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A place on an axis as pixels, and back. */
export interface AxisScale {
  readonly at: ScaleContinuousNumeric<number, number>;
  readonly isLogarithmic: boolean;
}

export function axisScale(
  domain: readonly [number, number],
  range: readonly [number, number],
  isLogarithmic: boolean,
): AxisScale {
  return { at: (isLogarithmic ? scaleLog() : scaleLinear()).domain(domain).range(range), isLogarithmic };
}

/** What can be moved in a figure, over its picture: the parts have names of their own. */
export function Overlay(props: {
  readonly width: number;
  readonly height: number;
  readonly children: ComponentChildren;
}): JSX.Element {
  const { width, height, children } = props;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: a title would be shown as a tooltip over the whole figure
    <svg class="chart overlay" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      {children}
    </svg>
  );
}

/** The axis below a plot, with its title at the right end. */
export function HorizontalAxis(props: {
  readonly box: PlotBox;
  readonly scale: AxisScale;
  readonly title: string;
}): JSX.Element {
  const { box, scale, title } = props;
  const { left, right, bottom } = box;
  const all = ticks(scale, Math.max(3, Math.round((right - left) / 75)));
  const labelled = all.flatMap(({ x, label }) => (label === "" ? [] : [{ x, text: label }]));
  const shown = new Set(spreadLabels(labelled).map(({ text }) => text));
  return (
    <g class="axis">
      <line x1={left} x2={right} y1={bottom} y2={bottom} />
      {all.map(({ x, label }) => (
        <g key={x}>
          <line x1={x} x2={x} y1={bottom} y2={bottom + (label === "" ? 3 : 5)} />
          {shown.has(label) ? (
            <text x={x} y={bottom + 18} text-anchor="middle">
              {label}
            </text>
          ) : null}
        </g>
      ))}
      <text class="axis-title halo" x={right} y={bottom - 7} text-anchor="end">
        {title}
      </text>
    </g>
  );
}

/** The axis on the left or right of a plot, with its title above. */
export function VerticalAxis(props: {
  readonly box: PlotBox;
  readonly scale: AxisScale;
  readonly title: string;
  readonly side?: "left" | "right";
  readonly grid?: boolean;
}): JSX.Element {
  const { box, scale, title, side = "left", grid = false } = props;
  const { left, right, top, bottom } = box;
  const x = side === "left" ? left : right;
  const out = side === "left" ? -1 : 1;
  return (
    <g class="axis">
      {ticks(scale, Math.max(3, Math.round((bottom - top) / 55))).map(({ x: y, label }) => (
        <g key={y}>
          {grid && label !== "" && Math.abs(y - bottom) > 1 ? (
            <line class="grid" x1={left} x2={right} y1={y} y2={y} />
          ) : null}
          <line x1={x} x2={x + out * (label === "" ? 3 : 5)} y1={y} y2={y} />
          <text x={x + out * 8} y={y + 4} text-anchor={side === "left" ? "end" : "start"}>
            {label}
          </text>
        </g>
      ))}
      <line x1={x} x2={x} y1={top} y2={bottom} />
      <text
        class="axis-title"
        x={side === "left" ? 2 : x + 42}
        y={top - 9}
        text-anchor={side === "left" ? "start" : "end"}
      >
        {title}
      </text>
    </g>
  );
}

function ticks(
  { at, isLogarithmic }: AxisScale,
  count: number,
): readonly { readonly x: number; readonly label: string }[] {
  return ticksOf(at, isLogarithmic, count).map((tick) => ({ x: at(tick.at), label: tick.label }));
}

/** A path through points. */
export function pathThrough(points: readonly (readonly [number, number])[], close = false): string {
  if (points.length === 0) return "";
  return `M${points.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join("L")}${close ? "Z" : ""}`;
}
