import { type Signal, useSignal } from "@preact/signals";
import type { JSX, TargetedPointerEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { ColouringFacts, PlaneFacts, PlaneWindow } from "../engine/plane.js";
import {
  type AxisScale,
  axisScale,
  HorizontalAxis,
  Overlay,
  type PlotBox,
  pathThrough,
  VerticalAxis,
} from "./chart.js";
import { writeColour } from "./domain-colours.js";
import { complexText } from "./loops.js";

type Corner = readonly [number, number];

interface PlaneFigureProps {
  readonly facts: PlaneFacts;
  readonly window: PlaneWindow;
  readonly width: number;
  readonly sheet: number;
  readonly colours: ColouringFacts | undefined;
  readonly description: string;
  readonly loop: readonly Corner[];
  readonly onLoop: (corners: readonly Corner[]) => void;
}

/** Pixels between neighbouring corners of a loop that is drawn, and the most that are kept. */
const drawing = { spacing: 5, most: 150 };

/** One sheet in colours with axes and branch points; a pointer draws a loop. */
export function PlaneFigure(props: PlaneFigureProps): JSX.Element {
  const { facts, window, width, sheet, colours, description, loop, onLoop } = props;
  const box: PlotBox = { left: 44, right: width - 8, top: 20, bottom: 0 };
  const scale = (box.right - box.left) / (window.right - window.left);
  const bottom = box.top + 2 * window.height * scale;
  const frame = { ...box, bottom };
  const height = Math.round(bottom + 26);
  const x = axisScale([window.left, window.right], [frame.left, frame.right], false);
  const y = axisScale([-window.height, window.height], [frame.bottom, frame.top], false);
  const drawn: Signal<readonly Corner[] | undefined> = useSignal(undefined);
  const pointer: Signal<Corner | undefined> = useSignal(undefined);
  const here = (event: TargetedPointerEvent<SVGRectElement>): Corner => {
    const rectangle = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
    return [x.at.invert(event.clientX - rectangle.left), y.at.invert(event.clientY - rectangle.top)];
  };
  const finish = (): void => {
    const points = drawn.value;
    drawn.value = undefined;
    if (points === undefined || points.length < 3) return;
    const every = Math.ceil(points.length / drawing.most);
    onLoop(
      points
        .filter((_, k) => k % every === 0)
        .map(([re, im]) => [Number(re.toPrecision(6)), Number(im.toPrecision(6))] as const),
    );
  };
  const shown = drawn.value ?? loop;
  return (
    <>
      <Colours colours={colours} frame={frame} description={description} />
      <Overlay width={width} height={height}>
        <clipPath id="plane-plot">
          <rect x={frame.left} y={frame.top} width={frame.right - frame.left} height={frame.bottom - frame.top} />
        </clipPath>
        <g>
          <HorizontalAxis box={frame} scale={x} title="" />
          <VerticalAxis box={frame} scale={y} title="Im z" />
          <g clip-path="url(#plane-plot)">
            <line class="real-axis" x1={frame.left} x2={frame.right} y1={y.at(0)} y2={y.at(0)} />
            {sheet === 1 ? <Bulks edges={facts.edges} x={x} height={y.at(0)} /> : null}
            {facts.points.map(({ re, im, physical }) => (
              <circle
                key={`${re} ${im}`}
                class={physical ? "branch physical" : "branch"}
                cx={x.at(re)}
                cy={y.at(im)}
                r={physical ? 4.5 : 4}
              />
            ))}
          </g>
        </g>
        <rect
          class="canvas-catcher"
          x={frame.left}
          y={frame.top}
          width={Math.max(0, frame.right - frame.left)}
          height={frame.bottom - frame.top}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            drawn.value = [here(event)];
          }}
          onPointerMove={(event) => {
            const at = here(event);
            pointer.value = at;
            const points = drawn.value;
            const last = points?.at(-1);
            if (points === undefined || last === undefined) return;
            const away = Math.hypot(x.at(at[0]) - x.at(last[0]), y.at(at[1]) - y.at(last[1]));
            if (away >= drawing.spacing) drawn.value = [...points, at];
          }}
          onPointerUp={finish}
          onPointerCancel={() => {
            drawn.value = undefined;
          }}
          onPointerLeave={() => {
            pointer.value = undefined;
          }}
        />
        {shown.length > 1 ? <LoopLine corners={shown} isClosed={drawn.value === undefined} x={x} y={y} /> : null}
        <text class="readout-text" x={frame.right} y={12} text-anchor="end">
          {pointer.value === undefined ? "" : readout(pointer.value, colours)}
        </text>
      </Overlay>
    </>
  );
}

/** The colouring on a canvas; the picture's height follows from the window. */
function Colours(props: {
  readonly colours: ColouringFacts | undefined;
  readonly frame: PlotBox;
  readonly description: string;
}): JSX.Element {
  const { colours, frame, description } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  // With the frame that names it, so that no frame shows the picture of another sheet, or none.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (colours === undefined || context === null || context === undefined) return;
    const { columns, rows } = colours.question;
    const image = context.createImageData(columns, 2 * rows);
    // Beside the window m is about 1/z: a modulus of that size is neither dark nor light.
    const unit = 3 / (colours.question.window.right - colours.question.window.left);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const at = row * columns + column;
        writeColour(colours.re[at]! / unit, colours.im[at]! / unit, image.data, 4 * at);
        writeColour(
          colours.re[at]! / unit,
          -colours.im[at]! / unit,
          image.data,
          4 * ((2 * rows - 1 - row) * columns + column),
        );
      }
    }
    context.putImageData(image, 0, 0);
  }, [colours]);
  const [width, height] = [Math.max(0, frame.right - frame.left), frame.bottom - frame.top];
  return (
    <div style={{ padding: `${frame.top}px 0 26px ${frame.left}px` }}>
      <canvas
        ref={canvas}
        class={colours === undefined ? "colours outdated" : "colours"}
        role="img"
        aria-label={description}
        width={colours?.question.columns ?? 1}
        height={2 * (colours?.question.rows ?? 1)}
        style={{ width: `${width}px`, height: `${height}px` }}
      />
    </div>
  );
}

/** The cut of the physical sheet: the bulks. */
function Bulks({
  edges,
  x,
  height,
}: {
  readonly edges: Float64Array;
  readonly x: AxisScale;
  readonly height: number;
}): JSX.Element {
  return (
    <>
      {Array.from({ length: edges.length / 2 }, (_, k) => (
        <line key={k} class="cut" x1={x.at(edges[2 * k]!)} x2={x.at(edges[2 * k + 1]!)} y1={height} y2={height} />
      ))}
    </>
  );
}

/** A loop with its beginning and its direction. */
function LoopLine(props: {
  readonly corners: readonly Corner[];
  readonly isClosed: boolean;
  readonly x: AxisScale;
  readonly y: AxisScale;
}): JSX.Element {
  const { corners, isClosed, x, y } = props;
  const points = corners.map(([re, im]): [number, number] => [x.at(re), y.at(im)]);
  const [start, next] = [points[0]!, points[Math.min(points.length - 1, Math.max(1, Math.round(points.length / 12)))]!];
  const angle = (Math.atan2(next[1] - start[1], next[0] - start[0]) * 180) / Math.PI;
  const d = pathThrough(points, isClosed);
  return (
    <g class="loop">
      <path class="loop-halo" d={d} />
      <path class="loop-line" d={d} />
      <circle class="loop-start" cx={start[0]} cy={start[1]} r={4} />
      <path class="loop-arrow" d="M4,-5L14,0L4,5Z" transform={`translate(${start[0]} ${start[1]}) rotate(${angle})`} />
    </g>
  );
}

function readout([re, im]: Corner, colours: ColouringFacts | undefined): string {
  const z = `z = ${complexText(re, im)}`;
  if (colours === undefined) return z;
  const { window, columns, rows } = colours.question;
  const column = Math.floor(((re - window.left) / (window.right - window.left)) * columns);
  const row = rows - 1 - Math.floor((Math.abs(im) / window.height) * rows);
  const at = row * columns + column;
  if (column < 0 || column >= columns || row < 0 || row >= rows || Number.isNaN(colours.re[at]!)) return z;
  return `${z}, m ≈ ${complexText(colours.re[at]!, im < 0 ? -colours.im[at]! : colours.im[at]!)}`;
}
