import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { composeScene, type PictureSpectrum, type Scene, type SpectrumPicture } from "../../picture/index.js";
import { Mistake } from "../controls/mistake.js";
import { frameAt, type MovingFrame } from "../engine/moving-frame.js";
import { fractionToNumber, readFraction } from "../exact-number.js";
import { valueMistake } from "../reader.js";
import { baseText, dragging, flow, lawText, measured, simulation, tau } from "../state.js";
import { DensityFigure } from "./density-figure.js";
import { DensityReadout } from "./density-readout.js";
import "./figures.css";
import { Guarantee, NoFigure } from "./guarantee.js";
import { SimulationControls } from "./simulation-controls.js";
import { useAnswer } from "./use-answer.js";
import { useWidth } from "./use-width.js";

/** The size factors for which densities are prepared: those of the slider. */
const sizes = { from: "1/8", to: "64" };

/**
 * The density of the law that the page shows, with its edges and atoms, over a simulated matrix and measured eigenvalues. While the size factor is
 * dragged it is evaluated in double precision from what the engine has prepared, and says so; at rest it is certified. Under it the controls that are
 * given: they stand above everything that takes as much room as it has to say, so that none moves away while it is held.
 */
export function DensityPanel({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const [law, base, held] = [lawText.value, baseText.value, dragging.value];
  const answered: Signal<string> = useSignal("");
  const moving = useAnswer(
    "movingSpectrum",
    base !== "" && answered.value === base && !held ? { law: base, ...sizes } : undefined,
    "densities of other sizes",
  ).value;
  const isPrepared = moving?.law === base;
  const spectrum = useAnswer("spectrumFacts", law === "" || (held && isPrepared) ? undefined : { law }, "density");
  const isSettled = spectrum.isCurrent || spectrum.failure !== undefined;
  useEffect(() => {
    if (isSettled) answered.value = base;
  }, [isSettled, base]);

  const { shown, n, seed } = simulation.value;
  const simulated = useAnswer("simulate", shown && !held && law !== "" ? { law, n, seed } : undefined, "simulation");
  const size = sizeOf(tau.value);
  const isBeyond = moving !== undefined && isPrepared && !spectrum.isCurrent && size > moving.to;
  const frame = useMemo(
    () =>
      moving !== undefined && isPrepared && !spectrum.isCurrent
        ? frameAt(moving, Math.min(size, moving.to))
        : undefined,
    [moving, isPrepared, spectrum.isCurrent, size],
  );

  const facts = spectrum.value;
  const isStale = isBeyond || (frame === undefined && !spectrum.isCurrent);
  const curve = useMemo(() => (frame === undefined ? facts?.picture : pictureOf(frame)), [frame, facts]);
  const overlay = simulated.isCurrent ? simulated.value : undefined;
  const data = measured.value;
  const scene = useMemo(() => {
    if (curve === undefined) return undefined;
    const spectra: PictureSpectrum[] = [{ ...curve, label: "law" }];
    if (overlay !== undefined) spectra.push({ label: "simulated", histogram: { values: overlay.eigenvalues } });
    if (data !== undefined) spectra.push({ label: data.name, histogram: { values: data.eigenvalues } });
    return composeScene({ spectra } satisfies SpectrumPicture);
  }, [curve, overlay, data]);
  const domain = useSteadyDomain(scene, held && isPrepared);
  const cursor: Signal<number | undefined> = useSignal(undefined);
  const { ref, width } = useWidth<HTMLDivElement>();
  const densityAt = useMemo(() => interpolation(curve), [curve]);

  const failure = frame === undefined || isBeyond ? spectrum.failure : undefined;
  const height = Math.round(Math.max(250, Math.min(430, 0.58 * width)));
  const wrong = failure === undefined ? valueMistake.value : undefined;
  const isDim = (isStale || wrong !== undefined) && failure === undefined;
  return (
    <>
      {/* Whatever stands in the figure, it is as high. */}
      <figure class={`figure density${isDim ? " outdated" : ""}`} aria-label="Density" aria-busy={isDim}>
        <div ref={ref} class="canvas" style={{ minHeight: `${height}px` }}>
          {failure !== undefined ? (
            <NoFigure failure={failure} again={spectrum.again} />
          ) : scene === undefined || domain === undefined || width < 60 ? (
            <div class="waiting">{law === "" ? "" : "Computing the density …"}</div>
          ) : (
            <DensityFigure
              scene={scene}
              domain={domain}
              width={width}
              height={height}
              description={inWords(scene, law, frame)}
              cursor={cursor.value}
              onCursor={(x) => {
                cursor.value = x;
              }}
              densityAt={densityAt}
            />
          )}
          {isBeyond && failure === undefined ? <p class="beyond-note">{beyondText()}</p> : null}
        </div>
        <figcaption class={held ? "held" : undefined}>
          {failure !== undefined || law === "" ? null : wrong !== undefined ? (
            <Mistake id="values-mistake" failure={wrong} />
          ) : (
            <>
              {frame !== undefined ? (
                <Guarantee trust="estimate" of={movingText(frame, isBeyond)} />
              ) : facts === undefined ? null : (
                <Guarantee
                  trust={isStale ? "estimate" : "certified"}
                  of={isStale ? "an earlier law, while this one is computed" : "edges and atoms exact"}
                />
              )}
              <DensityReadout
                law={law}
                x={cursor.value}
                density={cursor.value === undefined ? undefined : densityAt(cursor.value)}
                isResting={spectrum.isCurrent && !held}
              />
            </>
          )}
        </figcaption>
      </figure>
      {children}
      <SimulationControls answer={simulated} />
    </>
  );
}

function sizeOf(text: string): number {
  const found = readFraction(text);
  return found === undefined ? 1 : fractionToNumber(found);
}

function movingText({ sound }: MovingFrame, isBeyond: boolean): string {
  if (isBeyond) return "the last spectrum, at the horizon";
  return sound ? "while the size moves; mass and mean agree" : "while the size moves; mass or mean is off";
}

function beyondText(): string {
  const horizon = flow.value?.horizon;
  return horizon?.kind === "finite"
    ? `No spectrum beyond the horizon τ* = ${horizon.at.text}.`
    : "No spectrum at this size.";
}

function pictureOf({ x, density, edges, atoms }: MovingFrame): PictureSpectrum {
  const intervals = Array.from({ length: edges.length / 2 }, (_, k) => ({
    left: edges[2 * k]!,
    right: edges[2 * k + 1]!,
  }));
  return { label: "law", x, density, intervals, atoms };
}

/** The domain of a scene; while the size moves it only grows, so that the eye has something that stands still. */
function useSteadyDomain(scene: Scene | undefined, isMoving: boolean): readonly [number, number] | undefined {
  const last = useRef<{ readonly domain: readonly [number, number]; readonly logarithmic: boolean }>(undefined);
  if (scene === undefined) return last.current?.domain;
  const { logarithmic } = scene;
  const [low, high] = scene.domain;
  const before = last.current?.logarithmic === logarithmic && isMoving ? last.current.domain : scene.domain;
  const domain = [Math.min(low, before[0]), Math.max(high, before[1])] as const;
  last.current = { domain, logarithmic };
  return domain;
}

/** The curve between its samples; 0 outside of the bulks. */
function interpolation(picture: PictureSpectrum | undefined): (x: number) => number {
  const { x: xs = [], density = [], intervals = [] } = picture ?? {};
  return (x) => {
    const bulk = intervals.find(({ left, right }) => x > left && x < right);
    if (bulk === undefined) return 0;
    let [low, high] = [0, xs.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (xs[middle]! <= x) low = middle;
      else high = middle;
    }
    const inside = (k: number): boolean => xs[k] !== undefined && xs[k]! > bulk.left && xs[k]! < bulk.right;
    if (!inside(low) || !inside(high)) {
      // Next to an edge, like the square root of the distance.
      const [edge, near] = inside(low) ? [bulk.right, low] : [bulk.left, high];
      return inside(near) ? density[near]! * Math.sqrt(Math.abs((x - edge) / (xs[near]! - edge))) : 0;
    }
    const share = (x - xs[low]!) / (xs[high]! - xs[low]!);
    return density[low]! + share * (density[high]! - density[low]!);
  };
}

function inWords(scene: Scene, law: string, frame: MovingFrame | undefined): string {
  const spectrum = scene.spectra[0]!;
  const short = (x: number): string => String(Number(x.toPrecision(5)));
  const parts = [`Density of ${law}${frame === undefined ? "" : ", estimated while its size changes"}.`];
  const { edges } = spectrum;
  const bulks = Array.from(
    { length: edges.length / 2 },
    (_, k) => `from ${short(edges[2 * k]!)} to ${short(edges[2 * k + 1]!)}`,
  );
  if (bulks.length > 0) parts.push(`${bulks.length === 1 ? "One bulk" : `${bulks.length} bulks`} ${bulks.join(", ")}.`);
  for (const { at, weight } of spectrum.atoms) parts.push(`Atom at ${short(at)} of weight ${short(weight)}.`);
  if (spectrum.cusps.length > 0) parts.push(`Cusps at ${spectrum.cusps.map(short).join(", ")}.`);
  const unbounded = scene.cuts.filter(({ height }) => height === Number.POSITIVE_INFINITY);
  if (unbounded.length > 0)
    parts.push(`Unbounded at ${[...new Set(unbounded.map(({ at }) => short(at)))].join(", ")}.`);
  for (const { label, bars } of scene.spectra.slice(1))
    parts.push(`Histogram of ${label} eigenvalues, ${bars.length} bars.`);
  return parts.join(" ");
}
