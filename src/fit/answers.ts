/** A number that is asked of a law, with a 90 % band where one is known. */
export interface LawAnswer {
  readonly name: string;
  /** The order, the probability or the place, for those that have one. */
  readonly order?: number;
  /** Null where it is not defined: the reason is in `why`. */
  readonly value: number | null;
  readonly why?: string;
  /** The 5 % and 95 % points of what other data of the same noise would have given. */
  readonly band?: readonly [low: number, high: number];
}

/** A distribution with its bulks and atoms. */
export interface AnsweredLaw {
  readonly bulks: readonly { readonly left: number; readonly right: number }[];
  readonly atoms: readonly { readonly at: number; readonly weight: number }[];
  quantile(p: number): number;
  /** The mass of (−∞, x]. */
  cumulative(x: number): number;
}

const points = 1000;
const probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
const schattenOrders = [4];

/**
 * What people ask of a spectrum, named and defined as the statistics of `statistics` (all traces per dimension): quantiles, the extreme edges, log-determinant, traces of powers, Schatten norms, condition number,
 * effective rank, the share of negative eigenvalues; the shares below the places in `below`. Means by the midpoint rule over 1000 quantiles: an estimate, good to about three digits where the function is smooth.
 */
export function answersOf(law: AnsweredLaw, below: readonly number[] = []): LawAnswer[] {
  const values = new Float64Array(points);
  for (let k = 0; k < points; k++) values[k] = law.quantile((k + 0.5) / points);
  const mean = (f: (x: number) => number): number => {
    let sum = 0;
    for (let k = 0; k < points; k++) sum += f(values[k]!);
    return sum / points;
  };
  const ends = [...law.bulks.flatMap(({ left, right }) => [left, right]), ...law.atoms.map(({ at }) => at)];
  const [least, greatest] = [Math.min(...ends), Math.max(...ends)];
  const largest = Math.max(Math.abs(least), Math.abs(greatest));
  const covers = (x: number): boolean =>
    law.bulks.some(({ left, right }) => left <= x && x <= right) || law.atoms.some(({ at }) => at === x);
  const smallest = covers(0) ? 0 : Math.min(...ends.map(Math.abs));
  const answers: LawAnswer[] = probabilities.map((p) => ({ name: "quantile", order: p, value: law.quantile(p) }));
  const put = (name: string, value: number | null, why?: string, order?: number): void => {
    answers.push({
      name,
      ...(order === undefined ? {} : { order }),
      value,
      ...(why === undefined ? {} : { why }),
    });
  };
  put("smallest-edge", least);
  put("largest-edge", greatest);
  if (least > 0) put("logdet", mean(Math.log));
  else put("logdet", null, covers(0) ? "0 is in the spectrum" : "part of the spectrum is negative");
  for (const k of [1, 2, 3, 4])
    put(
      "trace-of-power",
      mean((x) => x ** k),
      undefined,
      k,
    );
  put("nuclear-norm", mean(Math.abs));
  put("frobenius-norm", Math.sqrt(mean((x) => x * x)));
  for (const p of schattenOrders) put("schatten-norm", mean((x) => Math.abs(x) ** p) ** (1 / p), undefined, p);
  put("spectral-norm", largest);
  if (smallest > 0) put("condition-number", largest / smallest);
  else put("condition-number", null, "0 is in the spectrum");
  if (least >= 0) {
    const first = mean((x) => x);
    put("effective-rank", Math.exp(-mean((x) => (x > 0 ? (x / first) * Math.log(x / first) : 0))));
  } else put("effective-rank", null, "part of the spectrum is negative");
  put(
    "negative-share",
    mean((x) => (x < 0 ? 1 : 0)),
  );
  for (const x of below) put("share-below", law.cumulative(x), undefined, x);
  return answers;
}

/** The answers with the 5 % and 95 % points of the same answers of draws. */
export function withBands(answers: readonly LawAnswer[], draws: readonly (readonly LawAnswer[])[]): LawAnswer[] {
  return answers.map((answer, k) => {
    const values = draws.flatMap((draw) => draw[k]?.value ?? []);
    const band = answer.value === null ? undefined : bandOf(values, draws.length);
    return band === undefined ? answer : { ...answer, band };
  });
}

/** At least this share of the draws must have the quantity for its band to mean anything. */
const agreement = 0.9;
/** So many draws have 5 % and 95 % points of their own; of fewer, those of the normal distribution with their mean and variance are taken. */
const manyDraws = 40;

/** The 5 % and 95 % points of what one more draw would give; undefined when too few of `count` draws have a value. */
export function bandOf(values: readonly number[], count: number): readonly [number, number] | undefined {
  if (values.length < 10 || values.length < agreement * count) return undefined;
  if (values.length < manyDraws) return normalBand(values);
  const sorted = Float64Array.from(values).sort();
  const at = (p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
  return [at(0.05), at(0.95)];
}

/**
 * Mean ± t·s·√(1 + 1/n), t the 95 % point of Student's distribution with n − 1 degrees of freedom by its expansion [Abramowitz and Stegun 26.7.5]; of the
 * logarithms where all values have one sign.
 */
function normalBand(values: readonly number[]): readonly [number, number] {
  const sign = Math.sign(values[0]!);
  if (sign !== 0 && values.every((value) => value * sign > 0)) {
    const ends = studentBand(values.map((value) => Math.log(value * sign))).map((end) => sign * Math.exp(end));
    return [Math.min(...ends), Math.max(...ends)];
  }
  return studentBand(values);
}

function studentBand(values: readonly number[]): readonly [number, number] {
  const [n, z] = [values.length, 1.6448536];
  const [mean, nu] = [values.reduce((sum, value) => sum + value, 0) / n, n - 1];
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / nu);
  const t = z + (z ** 3 + z) / (4 * nu) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * nu ** 2);
  const half = t * deviation * Math.sqrt(1 + 1 / n);
  return [mean - half, mean + half];
}
