import {
  atoms,
  type Budget,
  BudgetError,
  branchPoints,
  checkMatrix,
  createBudget,
  criticalTimes,
  cumulants,
  decompress,
  densityAt,
  distributionAt,
  edgePolynomial,
  encode,
  ensembles,
  events,
  explain,
  extrapolate,
  fitHighTemperature,
  fit as fitLaw,
  freeDifference,
  freeProduct,
  freeQuotient,
  freeSum,
  genus,
  highTemperatureMp,
  horizon,
  informationPlusNoise,
  inverse,
  isSpectrum,
  jacobiCoefficients,
  type Law,
  lawFromCurve,
  learningCurve,
  limitingTestError,
  momentRecurrence,
  moments,
  momentsOfCumulants,
  monodromy,
  multiplicativePower,
  optimalRidge,
  parseLaw,
  phases,
  phasesSvg,
  plotSvg,
  powerLawModes,
  quantileAt,
  quantiles,
  type RidgeModel,
  rectangularFreeSum,
  ridgeBalls,
  ridgeCurve,
  ridgeErrors,
  ridgelessErrors,
  ridgeRegression,
  ridgeValue,
  sample,
  seededRandom,
  shift,
  square,
  statistic,
  stieltjesAt,
  support,
  symbolicHorizon,
  symmetricEigenvalues,
  trajectories,
  weightShape,
  weightSpectrum,
} from "freecurve";
import { expect, test, vi } from "vitest";
import { unlimited } from "../../src/core/index.js";
import { rational } from "../../src/rings/index.js";

// A question that is cancelled ends at the next thing it announces, and leaves nothing behind: asked again it is answered. And all work is
// announced to the budget that it was given: none of it to the budget without limit.

const twoAtoms = (): Law =>
  ensembles.deformedWigner("1/2", [
    [-1, "1/2"],
    [1, "1/2"],
  ]);
const free = (): Law =>
  ensembles.compoundFreePoisson("1/10", [
    [2, "3/4"],
    ["11/2", "1/4"],
  ]);

const questions: readonly (readonly [string, () => (budget: Budget) => unknown])[] = [
  ["support", () => law(twoAtoms(), support)],
  ["branchPoints", () => law(twoAtoms(), branchPoints)],
  ["isSpectrum", () => law(twoAtoms(), isSpectrum)],
  ["horizon", () => law(twoAtoms(), horizon)],
  ["events", () => law(free(), (one, budget) => events(one, {}, budget))],
  ["edgePolynomial", () => law(free(), edgePolynomial)],
  ["densityAt", () => law(free(), (one, budget) => densityAt(one, rational(5), 30, budget))],
  ["distributionAt", () => law(free(), (one, budget) => distributionAt(one, rational(5), 5, budget))],
  ["quantileAt", () => law(twoAtoms(), (one, budget) => quantileAt(one, rational(1, 3), 3, budget))],
  ["quantileAt an atom", () => law(ensembles.mp(2), (one, budget) => quantileAt(one, rational(1, 2), 20, budget))],
  ["quantiles", () => law(free(), (one, budget) => quantiles(one, 7, budget))],
  ["statistic", () => law(ensembles.mp("1/2"), (one, budget) => statistic(one, "log(x)", {}, budget))],
  [
    "stieltjesAt",
    () => law(free(), (one, budget) => stieltjesAt(one, { re: rational(1), im: rational(1) }, 30, budget)),
  ],
  ["freeSum", () => twoLaws(free(), twoAtoms(), freeSum)],
  ["freeProduct", () => twoLaws(free(), twoAtoms(), freeProduct)],
  ["square", () => law(free(), (one, budget) => square(one, budget).curve)],
  ["symbolicHorizon", () => law(lawFromCurve("a*m^2 + z*m + 1"), (one, budget) => symbolicHorizon(one, {}, budget))],
  ["phases", () => law(ensembles.mp("c"), (one, budget) => phases(one, { x: "c", y: "tau" }, budget))],
  ["explain", () => law(ensembles.mp("1/2"), (one, budget) => explain(one, {}, budget))],
  ["atoms", () => law(ensembles.mp(2), atoms)],
  ["moments", () => law(twoAtomsAnywhere(), (one, budget) => moments(one, 6, budget))],
  ["cumulants", () => law(twoAtomsAnywhere(), (one, budget) => cumulants(one, 6, budget))],
  ["jacobiCoefficients", () => law(ensembles.mp("c"), (one, budget) => jacobiCoefficients(one, 6, budget))],
  ["momentRecurrence", () => law(ensembles.mp("c"), momentRecurrence)],
  ["momentsOfCumulants", () => list(cumulants(ensembles.mp("c"), 6), momentsOfCumulants)],
  ["decompress", () => law(free(), (one, budget) => decompress(one, "tau", budget).curve)],
  ["inverse", () => law(shift(free(), 10), (one, budget) => inverse(one, budget).curve)],
  ["encode", () => law(free(), (one, budget) => encode(one, "s", budget))],
  ["freeDifference", () => twoLaws(free(), ensembles.bures(), freeDifference)],
  ["freeQuotient", () => twoLaws(free(), ensembles.bures(), freeQuotient)],
  ["multiplicativePower", () => law(free(), (one, budget) => multiplicativePower(one, 2, budget).curve)],
  ["informationPlusNoise", () => law(free(), (one, budget) => informationPlusNoise(one, 1, "1/2", budget).curve)],
  [
    "rectangularFreeSum",
    () => twoLaws(ensembles.mp(1), ensembles.fussCatalan(2), (a, b, budget) => rectangularFreeSum(a, b, 1, budget)),
  ],
  ["criticalTimes", () => law(free(), criticalTimes)],
  ["trajectories", () => law(ensembles.mp("1/2"), (one, budget) => trajectories(one, 1, 3, budget).evaluate([1, 2]))],
  ["monodromy", () => law(twoAtoms(), monodromy)],
  ["genus", () => law(twoAtoms(), genus)],
  ["plotSvg", () => law(ensembles.mp("1/2"), (one, budget) => plotSvg(one, {}, budget))],
  [
    "phasesSvg",
    () => law(ensembles.mp("c"), (one, budget) => phasesSvg(phases(one, { x: "c", y: "tau" }, budget), {}, budget)),
  ],
  ["parseLaw", () => (budget) => parseLaw("deformedWigner(v, [[a, 1/2], [b, 1/2]]) |> square()", { budget }).curve],
  ["sample", () => law(ensembles.bures(), (one, budget) => Array.from(sample(one, 40, 7, budget)))],
  ["symmetricEigenvalues", () => (budget) => Array.from(symmetricEigenvalues(normals(400), 20, budget))],
  ["weightSpectrum", () => (budget) => weightSpectrum(30, 40, normals(1200), budget)],
  [
    "weightShape",
    () => (budget) => weightShape(weightSpectrum(30, 40, normals(1200), budget), { rivals: [], resamples: 20 }, budget),
  ],
  ["checkMatrix", () => (budget) => checkMatrix(symmetric(24), 24, { sizes: [8, 12], draws: 4 }, budget)],
  ["learningCurve", () => (budget) => learningCurve(powerLawModes(1.5, 1.8, 100), [1, 10, 100], undefined, budget)],
  ["highTemperatureMp", () => (budget) => highTemperatureMp("1/2", 3).densityAt(rational(1), 20, budget)],
  ["moments at high temperature", () => (budget) => highTemperatureMp("g", "k").moments(4, budget)],
  [
    "a sample at high temperature",
    () => (budget) => Array.from(highTemperatureMp(1, 2).sample(30, seededRandom(3), budget)),
  ],
  ["fitHighTemperature", () => measured((values, budget) => fitHighTemperature(values, 0.5, budget).kappa)],
  ["ridgeErrors", () => ridge((model, budget) => ridgeErrors(model, rational(1, 3), 12, budget))],
  ["ridgeBalls", () => ridge((model, budget) => ridgeBalls(model, rational(1, 3), 80, budget))],
  ["ridgeValue", () => ridge((model, budget) => ridgeValue(model, "df1", rational(1, 3), budget))],
  ["ridgeCurve", () => ridge((model, budget) => ridgeCurve(model, "df1", budget))],
  ["ridgelessErrors", () => ridge((model, budget) => ridgelessErrors(model, 12, budget))],
  ["optimalRidge", () => ridge((model, budget) => optimalRidge(model, budget))],
  ["limitingTestError", () => ridge((model, budget) => limitingTestError(model, "infinity", 12, budget))],
  ["fit", () => measured((values, budget) => fitted(fitLaw(values, {}, budget)))],
  ["fit of forced degrees", () => measured((values, budget) => fitted(fitLaw(values, { degM: 2, degZ: 1 }, budget)))],
  ["extrapolate", () => measured((values, budget) => fitted(extrapolate(values, { to: 480 }, budget).fit))],
];

const twoAtomsAnywhere = (): Law =>
  ensembles.compoundFreePoisson("c", [
    ["a", "1/2"],
    [3, "1/2"],
  ]);

/** The curve of what is made of two laws of their own. */
function twoLaws(a: Law, b: Law, make: (a: Law, b: Law, budget: Budget) => Law): (budget: Budget) => unknown {
  return (budget) => make(a, b, budget).curve;
}

function list<T>(
  values: readonly T[],
  ask: (values: readonly T[], budget: Budget) => unknown,
): (budget: Budget) => unknown {
  return (budget) => ask(values, budget);
}

/** A model of its own, so that no answer is remembered from another one. */
function ridge(ask: (model: RidgeModel, budget: Budget) => unknown): (budget: Budget) => unknown {
  const population = ensembles.atoms([
    [1, "1/2"],
    [4, "1/2"],
  ]);
  const model = ridgeRegression(population, { ratio: "3/2", noise: "1/4", alignment: "x" });
  return (budget) => ask(model, budget);
}

function normals(count: number): Float64Array {
  const random = seededRandom(5);
  return Float64Array.from({ length: count }, () => random.normal());
}

function symmetric(n: number): Float64Array {
  const entries = normals(n * n);
  return entries.map((_, k) => entries[Math.min(k, (k % n) * n + Math.floor(k / n))]!);
}

/** A question about the eigenvalues of a sample covariance matrix. */
function measured(ask: (eigenvalues: Float64Array, budget: Budget) => unknown): (budget: Budget) => unknown {
  const eigenvalues = sample(ensembles.mp("1/2"), 60, 11);
  return (budget) => ask(eigenvalues, budget);
}

const fitted = ({ law: one, residual }: { readonly law: Law; readonly residual: number }): unknown => [
  one.curve,
  residual,
];

/** The question about a law of its own, so that no answer is remembered from another one. */
function law(one: Law, ask: (law: Law, budget: Budget) => unknown): (budget: Budget) => unknown {
  return (budget) => ask(one, budget);
}

/** A budget that aborts its own signal when it is asked for the k-th time, and says how often it was asked. */
function cancellingBudget(k: number): { readonly budget: Budget; asked(): number } {
  const controller = new AbortController();
  const inner = createBudget({ signal: controller.signal });
  let asked = 0;
  return {
    budget: {
      signal: controller.signal,
      spend(units, doing) {
        asked++;
        if (asked === k) controller.abort();
        inner.spend(units, doing);
      },
    },
    asked: () => asked,
  };
}

/**
 * Units of work, some microseconds each, that were announced to the budget without limit although there was another one: the arithmetic of
 * the rational functions in the maps of operations, and the laws of the catalogue that a fit tries, have no budget.
 */
const unannounced = (calls: readonly (readonly [units: number, doing: string])[]): number =>
  calls.reduce((sum, [units]) => sum + units, 0);

const plain = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));

test.each(questions)("%s", (_name, prepare) => {
  const whole = cancellingBudget(Number.POSITIVE_INFINITY);
  const question = prepare();
  const without = vi.spyOn(unlimited, "spend");
  const answer = plain(question(whole.budget));
  const calls = [...without.mock.calls];
  without.mockRestore();
  expect(unannounced(calls)).toBeLessThan(400);
  expect(whole.asked()).toBeGreaterThan(0);
  for (const k of new Set([1, Math.ceil(whole.asked() / 2), whole.asked()])) {
    const ask = prepare();
    const cancelled = cancellingBudget(k);
    expect(() => ask(cancelled.budget)).toThrow(BudgetError);
    // Nothing swallowed the end of the call and went on.
    expect(cancelled.asked()).toBe(k);
    expect(plain(ask(createBudget()))).toBe(answer);
  }
});
