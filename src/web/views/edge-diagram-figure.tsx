import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { type DiagramBulk, type EdgeDiagram, estimateTextWidth, shortNumber } from "../../picture/index.js";
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

interface EdgeDiagramFigureProps {
  readonly diagram: EdgeDiagram;
  /** Of x. */
  readonly extent: readonly [number, number];
  readonly isLogarithmic: boolean;
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly sizeText: string;
  /** Size factors at which the line stops when it comes near: events, horizon, 1; ascending. */
  readonly stops: readonly { readonly at: number; readonly text: string }[];
  readonly onSize: (size: number | string) => void;
}

const labelRow = 15;
/** Pixels within which the line jumps to a stop. */
const catching = 5;
/** Steps of the arrow keys in an octave. */
const stepsPerOctave = 20;

/** The bulks shaded between their edges over the size factor, atoms as lines, events marked and named, and the present size as a line. */
export function EdgeDiagramFigure(props: EdgeDiagramFigureProps): JSX.Element {
  const { diagram, extent, isLogarithmic, width, height } = props;
  const labels = useMemo(() => arrangedLabels(diagram, width), [diagram, width]);
  const box: PlotBox = { left: leftMargin, right: width - 14, top: 34 + labelRow * labels.rows, bottom: height - 38 };
  const tau = axisScale(diagram.domain, [box.left, box.right], true);
  const x = axisScale(extent, [box.bottom, box.top], isLogarithmic);
  // The picture does not depend on the present size, which changes at every frame of a drag.
  const picture = useMemo(
    () => (
      <svg
        class="chart"
        role="img"
        aria-label={inWords(diagram)}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        <clipPath id="edges-plot">
          <rect x={box.left} y={box.top} width={Math.max(0, box.right - box.left)} height={box.bottom - box.top} />
        </clipPath>
        <VerticalAxis box={box} scale={x} title={isLogarithmic ? "x (log)" : "x"} grid />
        <HorizontalAxis box={box} scale={tau} title="" />
        <Beyond diagram={diagram} tau={tau} box={box} />
        <g clip-path="url(#edges-plot)">
          {diagram.bulks.map((bulk) => (
            <Bulk key={`${bulk.tau[0]} ${bulk.lower[0]}`} bulk={bulk} tau={tau} x={x} />
          ))}
        </g>
        {diagram.atoms.map(({ at, from, to }) => (
          <line
            key={at}
            class="atom-line"
            x1={tau.at(from)}
            x2={tau.at(to)}
            y1={heightOf(at, x, box)}
            y2={heightOf(at, x, box)}
          />
        ))}
        <Events diagram={diagram} labels={labels} tau={tau} x={x} box={box} />
        <text class="axis-title" x={box.right} y={box.bottom + 33} text-anchor="end">
          size factor τ (logarithmic)
        </text>
      </svg>
    ),
    [diagram, extent, isLogarithmic, width, height],
  );
  return (
    <>
      {picture}
      <Overlay width={width} height={height}>
        <SizeLine {...props} box={box} tau={tau} x={x} />
      </Overlay>
    </>
  );
}

const leftMargin = 50;

function heightOf(at: number, x: AxisScale, box: PlotBox): number {
  return x.isLogarithmic && at <= (x.at.domain()[0] ?? 0) ? box.bottom - 3 : x.at(at);
}

function Bulk({
  bulk,
  tau,
  x,
}: {
  readonly bulk: DiagramBulk;
  readonly tau: AxisScale;
  readonly x: AxisScale;
}): JSX.Element {
  const floor = x.isLogarithmic ? x.at.domain()[0]! / 10 : Number.NEGATIVE_INFINITY;
  const points = (edge: ArrayLike<number>): [number, number][] =>
    Array.from({ length: bulk.tau.length }, (_, k) => [tau.at(bulk.tau[k]!), x.at(Math.max(floor, edge[k]!))]);
  const [lower, upper] = [points(bulk.lower), points(bulk.upper)];
  return (
    <>
      <path class="bulk-area" d={pathThrough([...lower, ...[...upper].reverse()], true)} />
      <path class="bulk-edge" d={pathThrough(lower)} />
      <path class="bulk-edge" d={pathThrough(upper)} />
    </>
  );
}

/** Where there is no spectrum any more. */
function Beyond({
  diagram,
  tau,
  box,
}: {
  readonly diagram: EdgeDiagram;
  readonly tau: AxisScale;
  readonly box: PlotBox;
}): JSX.Element | null {
  const { horizon, domain } = diagram;
  if (horizon === undefined || horizon > domain[1]) return null;
  const from = tau.at(horizon);
  const fits = box.right - from > estimateTextWidth("no spectrum", 12) + 12;
  return (
    <g>
      <rect
        class="no-spectrum"
        x={from}
        y={box.top}
        width={Math.max(0, box.right - from)}
        height={box.bottom - box.top}
      />
      <line class="horizon-line" x1={from} x2={from} y1={box.top} y2={box.bottom} />
      {fits ? (
        <text class="beyond-text" x={(from + box.right) / 2} y={(box.top + box.bottom) / 2} text-anchor="middle">
          no spectrum
        </text>
      ) : null}
    </g>
  );
}

interface PlacedLabel {
  readonly text: string;
  readonly tau: number;
  /** The middle of the text, in pixels. */
  readonly at: number;
  /** 0 is next to the plot. */
  readonly row: number;
}

/** One label for each time, in as few rows above the plot as keep them apart. */
function arrangedLabels(
  { events, horizon, domain }: EdgeDiagram,
  width: number,
): { readonly placed: readonly PlacedLabel[]; readonly rows: number } {
  const scale = axisScale(domain, [leftMargin, width - 14], true);
  const words = new Map<number, string[]>();
  for (const { tau, label } of events) {
    const known = words.get(tau) ?? [];
    words.set(tau, known);
    if (!known.includes(label)) known.push(label);
  }
  if (horizon !== undefined && horizon <= domain[1]) words.set(horizon, [...(words.get(horizon) ?? []), "horizon"]);
  const ends: number[] = [];
  const placed = [...words]
    .sort(([a], [b]) => a - b)
    .map(([tau, list]): PlacedLabel => {
      const text = `${list.join(", ")} ${shortNumber(tau, 4)}`;
      const half = estimateTextWidth(text, 12) / 2;
      const at = Math.max(half + 2, Math.min(scale.at(tau), width - 2 - half));
      let row = ends.findIndex((end) => end + 8 < at - half);
      if (row < 0) row = ends.length;
      ends[row] = at + half;
      return { text, tau, at, row };
    });
  return { placed, rows: ends.length };
}

function Events(props: {
  readonly diagram: EdgeDiagram;
  readonly labels: ReturnType<typeof arrangedLabels>;
  readonly tau: AxisScale;
  readonly x: AxisScale;
  readonly box: PlotBox;
}): JSX.Element {
  const { diagram, labels, tau, x, box } = props;
  return (
    <g>
      {labels.placed.map(({ text, tau: time, at, row }) => {
        const [from, y] = [tau.at(time), box.top - 22 - labelRow * row];
        return (
          <g key={time}>
            <line class="event-line" x1={from} x2={from} y1={box.top} y2={box.bottom} />
            <path class="event-leader" d={`M${from},${box.top}V${y + 4}`} />
            <text class="event-label halo" x={at} y={y} text-anchor="middle">
              {text}
            </text>
          </g>
        );
      })}
      {diagram.events.flatMap(({ tau: time, x: place, kind }) => {
        if (place === undefined) return [];
        const [cx, cy] = [tau.at(time), heightOf(place, x, box)];
        return kind.startsWith("atom") ? (
          <path key={`${time} ${kind}`} class="event-mark" d={`M${cx},${cy - 6}l6,6l-6,6l-6,-6z`} />
        ) : (
          <circle key={`${time} ${kind} ${place}`} class="event-mark" cx={cx} cy={cy} r={4.5} />
        );
      })}
    </g>
  );
}

/** The present size: a line with a grip that is moved by pointer and keys, and the edges where it meets them. */
function SizeLine(
  props: EdgeDiagramFigureProps & { readonly box: PlotBox; readonly tau: AxisScale; readonly x: AxisScale },
): JSX.Element {
  const { diagram, size, sizeText, stops, onSize, box, tau, x } = props;
  const [low, high] = diagram.domain;
  const at = Math.max(box.left, Math.min(box.right, tau.at(size)));
  const edges = edgesNear(diagram, size);
  const { surface, byKey, release } = useHolding((left) => {
    const pixel = Math.max(box.left, Math.min(box.right, left));
    const stop = stops.find((candidate) => Math.abs(tau.at(candidate.at) - pixel) <= catching);
    onSize(stop === undefined ? tau.at.invert(pixel) : stop.text);
  });
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    const next: number | string | undefined =
      step !== undefined
        ? Math.max(low, Math.min(high, size * 2 ** (step / stepsPerOctave)))
        : event.key === "PageUp"
          ? stops.find((stop) => stop.at > size * (1 + 1e-9))?.text
          : event.key === "PageDown"
            ? stops.findLast((stop) => stop.at < size * (1 - 1e-9))?.text
            : event.key === "Home"
              ? low
              : event.key === "End"
                ? high
                : undefined;
    if (next === undefined) return;
    event.preventDefault();
    byKey(() => onSize(next));
  };
  const text = `τ = ${shortNumber(size, 4)}`;
  const isRight = at + 16 + estimateTextWidth(text, 13) > box.right;
  return (
    <g class="size-handle">
      <rect
        class="mover"
        x={box.left}
        y={box.top - 16}
        width={Math.max(0, box.right - box.left)}
        height={box.bottom - box.top + 16}
        {...surface}
      />
      <g
        class="passive"
        role="slider"
        tabIndex={0}
        aria-label="size factor tau"
        aria-valuemin={low}
        aria-valuemax={high}
        aria-valuenow={size}
        aria-valuetext={`tau = ${sizeText}${edges.length === 0 ? ", no spectrum" : `, edges ${edges.map((edge) => shortNumber(edge, 4)).join(", ")}`}`}
        onKeyDown={onKey}
        onBlur={release}
      >
        <line class="size-line" x1={at} x2={at} y1={box.top - 6} y2={box.bottom} />
        <circle class="size-grip" cx={at} cy={box.top - 6} r={7} />
        <text
          class="size-text halo"
          x={isRight ? at - 12 : at + 12}
          y={box.top - 3}
          text-anchor={isRight ? "end" : "start"}
        >
          {text}
        </text>
      </g>
      <g class="passive">
        {edges.map((edge) => (
          <circle key={edge} class="crossing" cx={at} cy={heightOf(edge, x, box)} r={3} />
        ))}
      </g>
    </g>
  );
}

/** The edges at a size factor between the samples of the diagram; none beyond the horizon. */
function edgesNear({ bulks }: EdgeDiagram, size: number): readonly number[] {
  return bulks.flatMap(({ tau, lower, upper }) => {
    if (tau.length === 0 || size < tau[0]! || size > tau[tau.length - 1]!) return [];
    let k = 0;
    while (k + 2 < tau.length && tau[k + 1]! < size) k++;
    const share = (size - tau[k]!) / (tau[k + 1]! - tau[k]!);
    return [lower, upper].map((edge) => edge[k]! + share * (edge[k + 1]! - edge[k]!));
  });
}

function inWords({ domain, events, atoms, bulks, horizon }: EdgeDiagram): string {
  const short = (x: number): string => String(Number(x.toPrecision(4)));
  const parts = [`Edges of the spectrum for a size factor from ${domain.map(short).join(" to ")}.`];
  for (const [k, { tau, lower, upper }] of bulks.entries()) {
    const last = tau.length - 1;
    const from = `${short(lower[0]!)} to ${short(upper[0]!)} at ${short(tau[0]!)}`;
    parts.push(`Bulk ${k + 1}: ${from}, ${short(lower[last]!)} to ${short(upper[last]!)} at ${short(tau[last]!)}.`);
  }
  for (const { tau, x, label } of events)
    parts.push(`At ${short(tau)}: ${label}${x === undefined ? "" : `, x = ${short(x)}`}.`);
  for (const { at, from } of atoms) parts.push(`Atom at ${short(at)} from ${short(from)} on.`);
  if (horizon !== undefined && horizon <= domain[1]) parts.push(`No spectrum beyond ${short(horizon)}.`);
  return parts.join(" ");
}
