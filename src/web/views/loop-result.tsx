import type { JSX } from "preact";
import type { LoopFacts } from "../engine/plane.js";
import { pathThrough } from "./chart.js";
import { Guarantee, NoFigure } from "./guarantee.js";
import type { Asked } from "./use-answer.js";

/** The permutation of the sheets along a loop, in cycle notation and as strands. */
export function LoopResult({
  answer,
  isDrawn,
}: {
  readonly answer: Asked<LoopFacts>;
  readonly isDrawn: boolean;
}): JSX.Element {
  if (!isDrawn) {
    return <p class="quiet loop-result">Draw a closed loop in the plane: what it does to the sheets appears here.</p>;
  }
  if (answer.failure !== undefined) return <NoFigure failure={answer.failure} again={answer.again} />;
  const facts = answer.value;
  if (facts === undefined || !answer.isCurrent) return <p class="quiet loop-result">Following the sheets …</p>;
  const { permutation, cycles } = facts;
  return (
    <div class="loop-result">
      <p role="status">
        The loop {cycles === "()" ? "brings every sheet back to itself" : "permutes the sheets"}:{" "}
        <output class="cycles">{cycles}</output>
      </p>
      <Guarantee trust="certified" of="each sheet followed with a proof at every step" />
      <Strands facts={facts} />
      <p class="visually-hidden">{permutation.map((to, k) => `Sheet ${k + 1} ends on sheet ${to + 1}.`).join(" ")}</p>
    </div>
  );
}

const size = { width: 340, height: 150, left: 26, right: 314, top: 14, bottom: 136 };

/** The values of m along the loop, from left to right, seen from one side: strands that change places. */
function Strands({ facts }: { readonly facts: LoopFacts }): JSX.Element {
  const { strands, permutation } = facts;
  const direction = viewOf(strands);
  const heights = strands.map((strand) =>
    Array.from({ length: strand.length / 2 }, (_, k) =>
      compressed(strand[2 * k]! * direction[0] + strand[2 * k + 1]! * direction[1]),
    ),
  );
  const all = heights.flat();
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const y = (height: number): number =>
    high > low
      ? size.bottom - ((height - low) / (high - low)) * (size.bottom - size.top)
      : (size.top + size.bottom) / 2;
  return (
    <svg
      class="chart strands"
      role="img"
      aria-label={`The sheets along the loop: ${permutation.map((to, k) => `${k + 1} to ${to + 1}`).join(", ")}`}
      viewBox={`0 0 ${size.width} ${size.height}`}
    >
      {heights.map((strand, k) => {
        const last = strand.length - 1;
        const points = strand.map((height, i): [number, number] => [
          size.left + ((size.right - size.left) * i) / last,
          y(height),
        ]);
        return (
          <g key={k} class={`strand strand-${k % 6}`}>
            <path class="strand-halo" d={pathThrough(points)} />
            <path d={pathThrough(points)} />
            <text x={size.left - 8} y={y(strand[0]!) + 4} text-anchor="end">
              {k + 1}
            </text>
            <text x={size.right + 8} y={y(strand[last]!) + 4}>
              {permutation[k]! + 1}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** The direction from which the ends of the strands are furthest apart. */
function viewOf(strands: readonly Float64Array[]): readonly [number, number] {
  let best: readonly [number, number] = [1, 0];
  let widest = -1;
  for (let k = 0; k < 24; k++) {
    const angle = (Math.PI * k) / 24;
    const direction = [Math.cos(angle), Math.sin(angle)] as const;
    const ends = strands
      .map((strand) => compressed(strand[0]! * direction[0] + strand[1]! * direction[1]))
      .sort((a, b) => a - b);
    const apart = Math.min(...ends.slice(1).map((end, i) => end - ends[i]!));
    if (apart > widest) [best, widest] = [direction, apart];
  }
  return best;
}

/** Large values are drawn closer, so that one pole does not flatten everything else. */
function compressed(x: number): number {
  return Math.asinh(2 * x);
}
