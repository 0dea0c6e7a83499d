import type { Budget } from "../../core/index.js";
import { edgePolynomial, trajectories } from "../../evolution/index.js";
import { decompress } from "../../flow/index.js";
import { cumulants, type Law, numericValue, requireNumeric } from "../../law/index.js";
import { coefficients, constantValue, degree, type Polynomial } from "../../poly/index.js";
import { parseRational, QQ, type Rational, rationalToNumber } from "../../rings/index.js";
import { algebraicToNumber } from "../../roots/index.js";
import { stieltjes } from "../../statistics/index.js";
import type { Context } from "./context.js";
import { lawOf } from "./law-cache.js";
import {
  type BoundaryRow,
  bulkNode,
  type DoubleTable,
  type MovingSpectrum,
  type MovingStretch,
  refinedFrame,
} from "./moving-frame.js";

const nodes = 160;
const rows = 40;

/**
 * Prepares a law for every size factor of an interval: its curve with tau in the coefficients, and between neighbouring events the edges and
 * the boundary values of the physical branch in rows of increasing tau. One row of each stretch is proved by the kernel; the others follow from it by
 * continuation in doubles, and one whose mass or mean is wrong is taken from the kernel too. The interval ends at the horizon.
 *
 * @throws DomainError when the law has parameters, or is no spectrum at the beginning of the interval; LimitError when something could not be decided.
 */
export function movingSpectrum(
  { law: text, from, to }: { readonly law: string; readonly from: string; readonly to: string },
  { budget }: Context,
): MovingSpectrum {
  const law = lawOf(text, budget);
  requireNumeric(law, "a moving density");
  const paths = trajectories(law, parseRational(from), parseRational(to), budget);
  const [start, end] = [
    rationalToNumber(paths.from),
    "num" in paths.to ? rationalToNumber(paths.to) : algebraicToNumber(paths.to),
  ];
  const [mean, variance] = cumulants(law, 2).map((value) => rationalToNumber(numericValue(value) ?? QQ.zero)) as [
    number,
    number,
  ];
  const spectrum = {
    law: text,
    from: start,
    to: end,
    mean,
    variance,
    curve: tableOf(decompress(law, "tau").curve),
    edges: tableOf(edgePolynomial(law, budget).polynomial),
    nodes,
  };
  const times = [...new Set([start, ...paths.events.map(({ at }) => algebraicToNumber(at)), end])];
  times.sort((a, b) => a - b);
  const stretches: MovingStretch[] = [];
  for (const [k, upper] of times.entries()) {
    const lower = times[k - 1];
    if (lower === undefined || upper - lower <= 1e-12 * upper) continue;
    budget.spend(100, "preparing the densities of all sizes");
    stretches.push(stretchOf(law, spectrum, lower, upper, (taus) => paths.evaluate(taus), budget));
  }
  return { ...spectrum, stretches };
}

function stretchOf(
  law: Law,
  spectrum: Omit<MovingSpectrum, "stretches">,
  from: number,
  to: number,
  evaluate: ReturnType<typeof trajectories>["evaluate"],
  budget: Budget,
): MovingStretch {
  const taus = Float64Array.from({ length: rows }, (_, k) => {
    // Dense towards the events, where edges may run like a root of the distance.
    const share = Math.min(1 - 1e-7, Math.max(1e-7, (1 - Math.cos((Math.PI * k) / (rows - 1))) / 2));
    return from * (to / from) ** share;
  });
  const middle = rows >> 1;
  const anchor = simpleBetween(taus[middle - 1]!, taus[middle]!);
  taus[middle] = rationalToNumber(anchor);
  const samples = evaluate(Array.from(taus));
  const bulks = samples[middle]!.edges.length / 2;
  const atoms = samples[middle]!.atoms.map(({ at, weight }) => ({ at, birth: taus[middle]! * (1 - weight) }));
  const width = bulks * nodes;
  const skewed = Array.from({ length: bulks }, (_, k) => {
    const ratios = samples.map(({ edges: ends }) => ends[2 * k]! / ends[2 * k + 1]!);
    return ratios.every((ratio) => ratio > 0 && ratio < 1) && Math.min(...ratios) < 0.05;
  });
  const [edges, re, im] = [
    new Float64Array(rows * 2 * bulks),
    new Float64Array(rows * width),
    new Float64Array(rows * width),
  ];
  const keep = (k: number, row: BoundaryRow): BoundaryRow => {
    edges.set(row.edges, 2 * bulks * k);
    re.set(row.re, width * k);
    im.set(row.im, width * k);
    return row;
  };
  const proved = (tau: Rational, ends: Float64Array): BoundaryRow => {
    const x = Float64Array.from({ length: width }, (_, k) => {
      const bulk = Math.floor(k / nodes);
      const [left, right] = [ends[2 * bulk]!, ends[2 * bulk + 1]!];
      return bulkNode(left, right, skewed[bulk]!, k % nodes, nodes).x;
    });
    const values = stieltjes(decompress(law, tau), budget)(x, new Float64Array(width));
    return { edges: ends, ...values };
  };
  const first = keep(middle, proved(anchor, samples[middle]!.edges));
  const stretch = { bulks, skewed, atoms };
  for (const direction of [1, -1]) {
    let before = first;
    for (let k = middle + direction; k >= 0 && k < rows; k += direction) {
      budget.spend(10, "preparing the densities of all sizes");
      const ends = samples[k]!.edges;
      const guess = { ...before, edges: ends };
      const { frame, row } = refinedFrame(spectrum, stretch, taus[k]!, guess);
      before = keep(k, frame.sound ? row : betterOf(row, () => proved(parseRational(String(taus[k]!)), ends)));
    }
  }
  return { from, to, ...stretch, taus, edges, re, im };
}

/** The proved row, unless the kernel has values that are not finite next to an event. */
function betterOf(row: BoundaryRow, proved: () => BoundaryRow): BoundaryRow {
  const found = proved();
  return found.re.every(Number.isFinite) && found.im.every(Number.isFinite) ? found : row;
}

/** A number of few digits between two, and of as many as are needed. */
function simpleBetween(low: number, high: number): Rational {
  for (let digits = 1; digits < 17; digits++) {
    const text = String(Number(((low + high) / 2).toPrecision(digits)));
    if (Number(text) > low && Number(text) < high) return parseRational(text);
  }
  return parseRational(String(low));
}

/** A polynomial in z, m and tau in doubles, divided by the largest of its coefficients. */
export function tableOf(polynomial: Polynomial): DoubleTable {
  const [degreeM, degreeZ, degreeTau] = ["m", "z", "tau"].map((name) => Math.max(0, degree(polynomial, name))) as [
    number,
    number,
    number,
  ];
  const values: Rational[] = [];
  for (let j = 0; j <= degreeM; j++) {
    const inM = coefficients(polynomial, "m")[j];
    for (let i = 0; i <= degreeZ; i++) {
      const inZ = inM === undefined ? undefined : coefficients(inM, "z")[i];
      for (let k = 0; k <= degreeTau; k++) {
        const c = inZ === undefined ? undefined : coefficients(inZ, "tau")[k];
        values.push(c === undefined ? QQ.zero : constantValue(c));
      }
    }
  }
  const largest = values.reduce((most, value) => (QQ.compare(QQ.abs(value), most) > 0 ? QQ.abs(value) : most), QQ.zero);
  return {
    degreeM,
    degreeZ,
    degreeTau,
    coeffs: Float64Array.from(values, (value) => rationalToNumber(QQ.div(value, largest))),
  };
}
