import { scaleLinear } from "d3-scale";
import type { JSX } from "preact";
import { type PictureSpectrum, shortNumber } from "../../picture/index.js";
import { pathThrough } from "../views/chart.js";
import { useWidth } from "../views/use-width.js";

interface SpectrumFigureProps {
  /** What the figure shows, in words. */
  readonly description: string;
  /** Measured numbers, ascending, drawn as a histogram of mass one. */
  readonly values?: Float64Array;
  readonly law?: PictureSpectrum;
}

const margin = { left: 44, right: 12, top: 14, bottom: 34 };

/** A histogram and a density over one axis. */
export function SpectrumFigure(props: SpectrumFigureProps): JSX.Element {
  const { ref, width } = useWidth<HTMLDivElement>();
  return <div ref={ref}>{width < 60 ? null : <Picture {...props} width={width} />}</div>;
}

function Picture({ description, values, law, width }: SpectrumFigureProps & { readonly width: number }): JSX.Element {
  const frame = { ...margin, width, height: Math.round(Math.max(200, Math.min(300, 0.5 * width))) };
  const [low, high] = extent(values, law);
  const bars = values === undefined ? [] : histogram(values, low, high);
  const points = Array.from(law?.x ?? [], (x, k): [number, number] => [x, law?.density?.[k] ?? 0]).filter(
    ([x, y]) => x >= low && x <= high && Number.isFinite(y),
  );
  const [tallest, peak] = [upper(bars.map((bar) => bar.height)), upper(points.map(([, y]) => y))];
  // A density that is unbounded, or has little to do with the numbers, must not flatten them.
  const top = 1.08 * ((tallest === 0 ? peak : Math.max(tallest, Math.min(peak, 2.5 * tallest))) || 1);
  const x = scaleLinear()
    .domain([low, high])
    .range([frame.left, frame.width - frame.right]);
  const y = scaleLinear()
    .domain([0, top])
    .range([frame.height - frame.bottom, frame.top])
    .clamp(true);
  const base = frame.height - frame.bottom;
  const pieces = (law?.intervals ?? []).map(({ left, right, leftExponent = 0.5, rightExponent = 0.5 }) => [
    ...(leftExponent > 0 ? [[left, 0] as [number, number]] : []),
    ...points.filter(([at]) => at > left && at < right),
    ...(rightExponent > 0 ? [[right, 0] as [number, number]] : []),
  ]);
  return (
    <svg
      class="spectrum-figure"
      width={frame.width}
      height={frame.height}
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      role="img"
      aria-label={description}
    >
      <g class="figure-grid">
        {y.ticks(4).map((tick) => (
          <g key={tick}>
            <line x1={frame.left} x2={frame.width - frame.right} y1={y(tick)} y2={y(tick)} />
            <text x={frame.left - 7} y={y(tick) + 4} text-anchor="end">
              {shortNumber(tick, 6)}
            </text>
          </g>
        ))}
      </g>
      <g class="figure-bars">
        {bars.map((bar) => (
          <rect
            key={bar.from}
            x={x(bar.from)}
            y={y(bar.height)}
            width={Math.max(0.5, x(bar.to) - x(bar.from) - 0.6)}
            height={base - y(bar.height)}
          />
        ))}
      </g>
      {pieces.map((piece) => {
        const curve = piece.map(([at, value]): [number, number] => [x(at), y(value)]);
        const ends = [curve[0], curve.at(-1)].map((point): [number, number] => [point?.[0] ?? 0, base]);
        return (
          <g key={piece[0]?.[0]} class="figure-law">
            <path class="area" d={pathThrough([ends[0]!, ...curve, ends[1]!], true)} />
            <path class="line" d={pathThrough(curve)} />
          </g>
        );
      })}
      <g class="figure-marks">
        {(law?.atoms ?? []).map(({ at }) => (
          <line key={at} class="atom" x1={x(at)} x2={x(at)} y1={base} y2={frame.top} />
        ))}
        {(law?.outliers ?? []).map((at) => (
          <path key={at} class="outlier" d={`M${x(at)},${base - 2}l-4,-9h8z`} />
        ))}
      </g>
      <g class="figure-axis">
        <line x1={frame.left} x2={frame.width - frame.right} y1={base} y2={base} />
        {x.ticks(Math.max(3, Math.round(width / 80))).map((tick) => (
          <g key={tick}>
            <line x1={x(tick)} x2={x(tick)} y1={base} y2={base + 5} />
            <text x={x(tick)} y={base + 19} text-anchor="middle">
              {shortNumber(tick, 6)}
            </text>
          </g>
        ))}
      </g>
    </svg>
  );
}

function upper(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** From the smallest to the largest of all that is shown, with a margin. */
function extent(values: Float64Array | undefined, law: PictureSpectrum | undefined): [number, number] {
  const ends = [
    ...(values === undefined || values.length === 0 ? [] : [values[0]!, values.at(-1)!]),
    ...(law?.intervals ?? []).flatMap(({ left, right }) => [left, right]),
    ...(law?.atoms ?? []).map(({ at }) => at),
    ...(law?.outliers ?? []),
  ];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const margin = high > low ? 0.03 * (high - low) : 1;
  return [low - margin, high + margin];
}

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly height: number;
}

/** Bars of equal width and total area one. */
function histogram(values: Float64Array, low: number, high: number): Bar[] {
  const count = Math.max(12, Math.min(90, Math.round(2.2 * Math.cbrt(values.length) * 2)));
  const width = (high - low) / count;
  const filled = new Float64Array(count);
  for (const value of values) filled[Math.min(count - 1, Math.max(0, Math.floor((value - low) / width)))]! += 1;
  return Array.from(filled, (n, k) => ({
    from: low + k * width,
    to: low + (k + 1) * width,
    height: n / (values.length * width),
  })).filter((bar) => bar.height > 0);
}
