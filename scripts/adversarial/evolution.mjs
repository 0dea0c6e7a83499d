// A law as its matrix grows or is cut: where its spectra end, and what happens to them, beside what the judge finds at single sizes.
import { compare, exact, framed, readLines } from "./compare.mjs";

/** What is wrong with the horizon (`flow: "horizon"`) or the events (`flow: "events"`) of a law. */
export async function evolutionVerdict(engine, one, said, { asked, timed, seconds, verdict, answersOf }) {
  const { core, evolution, roots } = engine;
  const answer = timed(() => {
    try {
      const budget = core.createBudget({ seconds });
      const { tau } = core.orThrow(evolution.horizon(said.law, budget));
      return { tau, events: one.flow === "events" ? evolution.events(said.law, {}, budget) : [] };
    } catch (error) {
      return { error };
    }
  });
  if (answer.error !== undefined) {
    if (answer.error instanceof core.BudgetError) return verdict("over the limit", answer.error.message);
    if (answer.error instanceof core.LimitError) return verdict("refused", answer.error.message);
    return verdict("WRONG", `no horizon of a law: ${answer.error.stack ?? answer.error}`);
  }
  const at = (tau, detail = 0) => asked(`lawAt(${said.curve}, ${tau}, ${detail})`);
  const horizon = answer.tau === "infinity" ? "infinity" : roots.algebraicToDecimal(answer.tau, 30);
  const found =
    one.flow === "events"
      ? await wrongEvents(engine, one, answer, { at, timed, answersOf, seconds })
      : await wrongHorizon(horizon, at);
  if (found === undefined) return verdict("right", `answered, horizon ${horizon}`);
  return found.reason === undefined ? verdict("WRONG", found.why) : verdict("no judge", found.reason);
}

/** A law just below the horizon, none just above. */
async function wrongHorizon(horizon, at) {
  const exactly = horizon.replace(/(\d+)\.(\d+)/, (_, whole, part) => `(${whole}${part}/10^${part.length})`);
  const sizes =
    horizon === "infinity"
      ? [
          ["1000", true],
          ["3/2", true],
        ]
      : [
          [`${exactly}*(1-1/10^9)`, true],
          [`${exactly}*(1+1/10^9)`, false],
        ];
  for (const [size, expected] of sizes) {
    if (horizon === "1" && expected) continue;
    const answer = await at(size);
    if (answer.reason !== undefined) return answer;
    if (answer.lines.some((line) => line.startsWith("law 1")) !== expected)
      return { why: `the horizon is said to be ${horizon}, and ${answer.lines.at(-1)} at ${size}` };
  }
  return undefined;
}

const change = {
  bulks: { "cusp-split": 1, "bulk-appears": 1, "cusp-merge": -1, "bulk-vanishes": -1 },
  atoms: { "atom-born": 1, "atom-absorbed": -1 },
};

/**
 * The judge counts bulks and atoms at two sizes between any two neighbouring events, next to each of them: the counts are the same there, and
 * differ from stretch to stretch by what is said to happen. At the second size of each stretch but the last, the program's own support is compared. Where
 * a bulk splits, a gap is to be seen just beyond.
 */
async function wrongEvents(engine, one, { tau, events }, { at, timed, answersOf, seconds }) {
  const { roots } = engine;
  const number = (a) => Number(roots.algebraicToDecimal(a, 17));
  const times = [...new Set(events.map((event) => number(event.at)))];
  const end = tau === "infinity" ? Number.POSITIVE_INFINITY : number(tau);
  let before;
  for (let k = 0; k <= times.length; k++) {
    const low = times[k - 1] ?? 0;
    const high = times[k] ?? Math.min(end, Math.max(4, 8 * low));
    if (high <= low || low >= end) break;
    const pictures = [];
    for (const part of [1 / 16, 15 / 16]) {
      const size = simpleNear(low + part * (high - low), (high - low) / 32);
      const detail = part > 1 / 2 && k === times.length - 1 ? 1 : 0;
      const answer = await at(size, detail);
      if (answer.reason !== undefined) return answer;
      const seen = readLines(answer.lines);
      if (!seen.law) return { why: `no law (${seen.why}) at ${size}, before the horizon` };
      pictures.push({ size, bulks: seen.left.length, atoms: seen.poles.filter(isAtom).length });
      if (detail === 0) continue;
      const there = timed(() => answersOf(engine, { ...one, law: `decompress(${one.law}, ${size})` }, seconds));
      if (there.kind !== "answered" && there.kind !== "not a law") continue;
      const why = timed(() => compare(there, seen, engine));
      if (why !== undefined) return { why: `at ${size}: ${why}` };
    }
    const [first, second] = pictures;
    for (const what of ["bulks", "atoms"]) {
      if (first[what] !== second[what])
        return {
          why: `no event between ${first.size} and ${second.size}, and ${first[what]} ${what} become ${second[what]}`,
        };
      const kinds = events.filter((event) => number(event.at) === low).flatMap((event) => event.kinds);
      const expected = kinds.reduce((total, kind) => total + (change[what][kind] ?? 0), 0);
      if (before !== undefined && first[what] - before[what] !== expected)
        return { why: `${kinds} at ${low}, and ${before[what]} ${what} become ${first[what]}` };
    }
    before = second;
  }
  return wrongSplits(engine, events, at, number);
}

const isAtom = ([, weight, off]) => Number(weight) > 3 * Number(off);

/** A gap is seen just beyond a split, at its place. */
async function wrongSplits(engine, events, at, number) {
  for (const event of events) {
    if (!event.kinds.includes("cusp-split")) continue;
    const size = simpleNear(number(event.at) * (1 + 1e-6), number(event.at) * 1e-7);
    const answer = await at(size);
    if (answer.reason !== undefined) return answer;
    const { left, right, frame } = readLines(answer.lines);
    const place = Number((framed(event.where, frame, engine) * 10n ** 15n) / exact("1")) / 1e15;
    const gaps = left.slice(1).map(([from], k) => [Number(right[k][0]), Number(from)]);
    if (!gaps.some(([from, to]) => place > from - 1e-4 && place < to + 1e-4))
      return { why: `no gap at ${place}, framed, just beyond the split at ${number(event.at)}` };
  }
  return undefined;
}

/** A fraction with few digits at most so far from x. */
function simpleNear(x, slack) {
  for (let den = 1; ; den *= 2) {
    const num = Math.round(x * den);
    if (num > 0 && Math.abs(num / den - x) <= slack) return `${num}/${den}`;
  }
}
