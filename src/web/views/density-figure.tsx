import type { JSX, TargetedPointerEvent } from "preact";
import { useRef } from "preact/hooks";
import {
  estimateTextWidth,
  type Piece,
  type Scene,
  type SceneSpectrum,
  shortNumber,
  spreadLabels,
  ticksOf,
} from "../../picture/index.js";
import {
  type AxisScale,
  axisScale,
  HorizontalAxis,
  Overlay,
  type PlotBox,
  pathThrough,
  VerticalAxis,
} from "./chart.js";

interface DensityFigureProps {
  readonly scene: Scene;
  readonly domain: readonly [number, number];
  readonly width: number;
  readonly height: number;
  /** The figure in words. */
  readonly description: string;
  /** The point that is read out, or undefined for none. */
  readonly cursor: number | undefined;
  readonly onCursor: (x: number | undefined) => void;
  /** The density at a place, from the curve that is drawn. */
  readonly densityAt: (x: number) => number;
}

/** Densities with their edges and atoms, histograms under them, and a point that can be moved along the axis. */
export function DensityFigure(props: DensityFigureProps): JSX.Element {
  const { scene, domain, width, height, description } = props;
  const hasZeroOnLogarithm = scene.logarithmic && scene.spectra.some(({ atoms }) => atoms.some(({ at }) => at <= 0));
  const numbers = ticksOf(axisScale([0, scene.top], [height, 0], false).at, false, 6).map(({ label }) => label);
  const box: PlotBox = {
    left: Math.max(46, 14 + Math.max(...numbers.map((label) => estimateTextWidth(label, 12)))),
    right: width - (scene.weightTop > 0 ? 44 : 12),
    top: 26,
    bottom: height - 48,
  };
  const x = axisScale(domain, [box.left + (hasZeroOnLogarithm ? 34 : 0), box.right], scene.logarithmic);
  const y = axisScale([0, scene.top], [box.bottom, box.top], false);
  const weight = axisScale([0, scene.weightTop || 1], [box.bottom, box.top], false);
  const place = (at: number): number => (scene.logarithmic && at <= 0 ? box.left + 14 : x.at(at));
  return (
    <>
      <svg
        class="chart"
        role="img"
        aria-label={description}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        <clipPath id="density-plot">
          <rect x={box.left} y={box.top - 1} width={box.right - box.left} height={box.bottom - box.top + 2} />
        </clipPath>
        <VerticalAxis box={box} scale={y} title={scene.logarithmic ? "density of log₁₀ x" : "density"} grid />
        {scene.weightTop > 0 ? <VerticalAxis box={box} scale={weight} title="weight" side="right" /> : null}
        <HorizontalAxis box={box} scale={x} title={scene.logarithmic ? "x (logarithmic)" : "x"} />
        <g clip-path="url(#density-plot)">
          {[...scene.spectra.keys()].reverse().map((k) => (
            <Spectrum key={k} index={k} spectrum={scene.spectra[k]!} x={x} y={y} box={box} top={scene.top} />
          ))}
        </g>
        <Cuts scene={scene} x={x} box={box} />
        <Edges spectrum={scene.spectra[0]!} x={x} box={box} />
        <Atoms scene={scene} place={place} weight={weight} box={box} />
      </svg>
      <Overlay width={width} height={height}>
        <Cursor {...props} box={box} x={x} y={y} />
      </Overlay>
    </>
  );
}

function Spectrum(props: {
  readonly index: number;
  readonly spectrum: SceneSpectrum;
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly box: PlotBox;
  readonly top: number;
}): JSX.Element {
  const { index, spectrum, x, y, box, top } = props;
  const limit = 2 * top;
  const bars = spectrum.bars.map(({ left, right, height }) => {
    const at = y.at(Math.min(height, limit));
    const from = x.at(left);
    return (
      <rect key={left} class="bar" x={from} y={at} width={Math.max(0.5, x.at(right) - from)} height={box.bottom - at} />
    );
  });
  const points = ({ x: xs, y: ys }: Piece): [number, number][] =>
    xs.map((at, k): [number, number] => [x.at(at), y.at(Math.min(ys[k]!, limit))]);
  return (
    <g class={`spectrum spectrum-${index}`}>
      {bars}
      {spectrum.pieces.map((piece, k) => {
        const line = points(piece);
        const ends = [line[0], line.at(-1)].map((point): [number, number] => [point?.[0] ?? 0, box.bottom]);
        const under = pathThrough([ends[0]!, ...line, ends[1]!], true);
        return (
          <g key={k}>
            <path class="under" d={under} />
            <path class="curve" d={pathThrough(line)} />
          </g>
        );
      })}
    </g>
  );
}

/** What goes on above the end of the axis. */
function Cuts({ scene, x, box }: { readonly scene: Scene; readonly x: AxisScale; readonly box: PlotBox }): JSX.Element {
  const cuts = scene.cuts.filter((cut, k) => scene.cuts.findIndex(({ at }) => at === cut.at) === k);
  return (
    <g class="cuts">
      {cuts.map(({ at, height }) => {
        const middle = Math.max(box.left, Math.min(box.right, x.at(at)));
        const label = Number.isFinite(height) ? shortNumber(height, 3) : "unbounded";
        const fits = middle + 10 + estimateTextWidth(label, 11) < box.right;
        return (
          <g key={at}>
            <path class="arrow" d={`M${middle - 4.5},${box.top}h9l-4.5,-8z`} />
            <text
              class="halo small"
              x={fits ? middle + 8 : middle - 8}
              y={box.top + 1}
              text-anchor={fits ? "start" : "end"}
            >
              {label}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** Edges as marks across the axis with their numbers below it, cusps as diamonds. */
function Edges(props: { readonly spectrum: SceneSpectrum; readonly x: AxisScale; readonly box: PlotBox }): JSX.Element {
  const { spectrum, x, box } = props;
  const edges = [...new Set(spectrum.edges)].sort((a, b) => a - b);
  return (
    <g class="edges">
      {edges.map((at) => (
        <line key={at} x1={x.at(at)} x2={x.at(at)} y1={box.bottom - 5} y2={box.bottom + 6} />
      ))}
      {spectrum.cusps.map((at) => (
        <path key={at} class="cusp" d={`M${x.at(at) - 4},${box.bottom}l4,-5l4,5l-4,5z`} />
      ))}
      {spreadLabels(edges.map((at) => ({ x: x.at(at), text: shortNumber(at) }))).map(({ x: at, text }) => {
        const half = estimateTextWidth(text, 12) / 2;
        return (
          <text
            key={at}
            x={Math.max(half + 2, Math.min(box.right + 10 - half, at))}
            y={box.bottom + 36}
            text-anchor="middle"
          >
            {text}
          </text>
        );
      })}
    </g>
  );
}

/** Atoms as stems with heads; their labels are moved down where they would stand on each other. */
function Atoms(props: {
  readonly scene: Scene;
  readonly place: (at: number) => number;
  readonly weight: AxisScale;
  readonly box: PlotBox;
}): JSX.Element {
  const { scene, place, weight, box } = props;
  const all = scene.spectra.flatMap((spectrum, k) => [
    ...spectrum.atoms.map((atom) => ({ atom, k, exact: true })),
    ...spectrum.measuredAtoms.map((atom) => ({ atom, k, exact: false })),
  ]);
  all.sort((a, b) => b.atom.weight - a.atom.weight);
  /** A counted atom beside the exact one that it agrees with needs no number of its own. */
  const isNamed = ({ atom, exact }: (typeof all)[number]): boolean =>
    exact ||
    !all.some((other) => other.exact && other.atom.at === atom.at && Math.abs(other.atom.weight - atom.weight) < 0.01);
  const taken: { x: number; y: number; width: number }[] = [];
  return (
    <g class="atoms">
      {all.map((shown) => {
        const { atom, k, exact } = shown;
        const [x, y] = [place(atom.at), weight.at(atom.weight)];
        const text = isNamed(shown) ? (atom.label ?? shortNumber(atom.weight, 4)) : "";
        const width = estimateTextWidth(text, 12);
        const rightwards = x + 12 + width < box.right;
        const from = rightwards ? x + 10 : x - 10 - width;
        let at = y + 4;
        while (
          taken.some(
            (other) => Math.abs(other.y - at) < 14 && from < other.x + other.width + 4 && other.x < from + width + 4,
          )
        )
          at += 15;
        taken.push({ x: from, y: at, width });
        return (
          <g key={`${k} ${atom.at}`} class={`atom ${exact ? "exact" : "counted"}`}>
            <line x1={x} x2={x} y1={box.bottom} y2={y + (exact ? 0 : 4)} />
            <circle cx={x} cy={y} r={exact ? 5 : 4} />
            <text class="halo" x={from} y={at}>
              {text}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** A point of the curve that follows the pointer, and the arrow keys where it has the focus. */
function Cursor(
  props: DensityFigureProps & { readonly box: PlotBox; readonly x: AxisScale; readonly y: AxisScale },
): JSX.Element {
  const { box, x, y, domain, cursor, onCursor, densityAt } = props;
  const handle = useRef<SVGGElement>(null);
  const [left, right] = [x.at(domain[0]), x.at(domain[1])];
  const fromPointer = (event: TargetedPointerEvent<SVGRectElement>): void => {
    const frame = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (frame === undefined) return;
    onCursor(x.at.invert(Math.max(left, Math.min(right, event.clientX - frame.left))));
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    const at = x.at(cursor ?? x.at.invert((left + right) / 2));
    if (event.key === "Escape") onCursor(undefined);
    const to =
      event.key === "Home"
        ? left
        : event.key === "End"
          ? right
          : step === undefined
            ? undefined
            : at + (step * (right - left)) / 200;
    if (to === undefined) return;
    event.preventDefault();
    onCursor(x.at.invert(Math.max(left, Math.min(right, to))));
  };
  const shown = cursor === undefined ? undefined : Math.max(left, Math.min(right, x.at(cursor)));
  const value = cursor === undefined ? undefined : densityAt(cursor);
  const height = value === undefined ? box.bottom : Math.max(box.top, y.at(value));
  return (
    <>
      <rect
        class="catcher"
        x={box.left}
        y={box.top}
        width={Math.max(0, box.right - box.left)}
        height={box.bottom - box.top}
        onPointerMove={fromPointer}
        onPointerDown={fromPointer}
        onPointerLeave={(event) => {
          if (event.pointerType === "mouse" && document.activeElement !== handle.current) onCursor(undefined);
        }}
      />
      <g
        ref={handle}
        class="cursor"
        role="slider"
        tabIndex={0}
        aria-label="point of the density"
        aria-valuemin={domain[0]}
        aria-valuemax={domain[1]}
        aria-valuenow={cursor ?? (domain[0] + domain[1]) / 2}
        aria-valuetext={
          value === undefined ? "no point chosen" : `x = ${shortNumber(cursor!, 4)}, density ${shortNumber(value, 4)}`
        }
        onKeyDown={onKey}
        onFocus={() => {
          if (cursor === undefined) onCursor(x.at.invert((left + right) / 2));
        }}
      >
        {shown === undefined ? (
          <rect x={(left + right) / 2 - 6} y={box.bottom - 3} width={12} height={6} class="idle" />
        ) : (
          <>
            <line class="cursor-line" x1={shown} x2={shown} y1={box.top} y2={box.bottom} />
            <circle class="cursor-point" cx={shown} cy={height} r={4.5} />
          </>
        )}
      </g>
    </>
  );
}
