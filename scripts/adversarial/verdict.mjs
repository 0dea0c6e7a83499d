// One case: what the program says, what the judge says, and whether both are the same.

/** What a case can come to, in the order of the table. */
export const outcomes = ["right", "refused", "over the limit", "no judge", "WRONG"];

/** What a case came to. `engine` is the rooms of the program by name, `judge` from judge.mjs. */
export async function verdictOn(engine, one, judge, { seconds = 10, patience = 60 } = {}) {
  const said = answersOf(engine, one, seconds);
  const verdict = (outcome, why = "") => ({ outcome, why, curve: said.curve ?? "" });
  if (said.kind === "over the limit") return verdict("over the limit", said.why);
  if (said.kind === "crash") return verdict("WRONG", `crash: ${said.why}`);
  if (said.curve === undefined) return refusedText(one, said, judge, verdict);
  if (said.kind === "refused") return verdict("refused", said.why);
  const ask = (expression) => judge.ask(expression, { digits: one.digits, seconds: patience });
  const moments = one.moments.length > 0 ? one.moments : (said.moments ?? []);
  const given = `[${moments.join(", ")}]`;
  if (one.transform !== undefined) {
    const differs = await ask(`sameTransform(${said.curve}, ${given}, ${one.transform})`);
    if (differs.reason !== undefined) return verdict("no judge", differs.reason);
    if (differs.lines[0] !== "same") return verdict("WRONG", `the curve is not that of the law: ${differs.lines[0]}`);
  }
  const seen = await ask(`judge(${said.curve}, ${given}, ${said.kind === "answered" ? 1 : 0})`);
  const why =
    seen.reason === undefined
      ? compare(said, readLines(seen.lines), engine)
      : /"?(none|ambiguous)/.test(seen.reason)
        ? said.kind === "answered"
          ? "answered, and there is no branch or no telling which"
          : undefined
        : null;
  if (why === null) return verdict("no judge", seen.reason);
  if (why !== undefined) return verdict("WRONG", why);
  if (said.kind === "answered" && one.flow === true) return flowVerdict(engine, said, ask, given, seconds, verdict);
  return verdict("right", said.kind);
}

/** Texts that were refused before there was a curve: what is said about factors is checked. */
async function refusedText(one, said, judge, verdict) {
  if (/product of|repeated factor/.test(said.why) && /^curve\("/.test(one.law ?? "")) {
    const polynomial = /^curve\("([^"]*)"/.exec(one.law)[1];
    const found = await judge.ask(
      `print(matsize(factor(simplify((${polynomial})*1)))[1], " ", vecmax(factor((${polynomial})*1)[,2]))`,
    );
    if (found.reason !== undefined) return verdict("no judge", found.reason);
    const [factors, most] = found.lines[0].split(" ").map(Number);
    return factors > 1 || most > 1
      ? verdict("right", "not irreducible")
      : verdict("WRONG", "irreducible curve refused");
  }
  return verdict("refused", said.why);
}

function answersOf(engine, one, seconds) {
  const { DomainError, LimitError, BudgetError, createBudget } = engine.core;
  let curve;
  let moments;
  const failed = (error) => {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof BudgetError) return { kind: "over the limit", why, curve, moments };
    if (error instanceof DomainError || error instanceof LimitError) return { kind: "refused", why, curve, moments };
    return { kind: "crash", why: error?.stack ?? why, curve, moments };
  };
  try {
    const budget = createBudget({ seconds });
    const law =
      one.conjugates === undefined ? engine.lang.parseLaw(one.law, { budget }) : conjugate(engine, one.conjugates);
    if (one.conjugates !== undefined)
      moments = [String(one.conjugates[3] + one.conjugates[2] * Math.sqrt(one.conjugates[1]))];
    curve = engine.poly.toText(law.curve);
    const decided = engine.law.decideSpectrum(law, budget);
    if (decided.kind === "undefined") return { kind: "not a law", why: decided.reason, curve, moments };
    if (decided.kind === "unable") return { kind: "refused", why: decided.reason, curve, moments };
    const support = engine.law.support(law, budget);
    const branchPoints = engine.law.branchPoints(law, budget);
    const density = (x) => {
      try {
        return engine.density.densityAt(law, engine.rings.parseRational(x), 20, budget);
      } catch (error) {
        return failed(error);
      }
    };
    return { kind: "answered", law, curve, moments, support, branchPoints, density };
  } catch (error) {
    return failed(error);
  }
}

function conjugate({ poly, law, rings }, [product, k, sign, mean]) {
  const terms = poly.coefficients(poly.parsePolynomial(product), "s_");
  const norm = terms.reduce(
    (total, c, i) => poly.add(total, poly.multiply(c, poly.constant(k ** (i / 2)))),
    poly.constant(0),
  );
  const root = mean + sign * Math.sqrt(k);
  const bound = (x) => rings.rationalFromNumber(x);
  return law.lawFromCurve(norm, { meanBetween: [bound(root - 0.25), bound(root + 0.25)] });
}

function readLines(lines) {
  const seen = { cells: [], left: [], right: [], poles: [], real: [], upper: [], law: false, why: "" };
  for (const line of lines) {
    const [word, ...values] = line.replaceAll(/ (e[+-]?\d)/gi, "$1").split(" ");
    if (word === "law") Object.assign(seen, { law: values[0] === "1", why: values.slice(1).join(" ") });
    else
      ({ cell: seen.cells, pole: seen.poles, left: seen.left, right: seen.right, real: seen.real, upper: seen.upper })[
        word
      ].push(values);
  }
  return seen;
}

/** What is wrong, or undefined. */
function compare(said, seen, engine) {
  if (said.kind === "not a law") return seen.law ? `a law, and said to be none: ${said.why}` : undefined;
  if (!seen.law) return `no law (${seen.why}), and answered`;
  const { support, branchPoints } = said;
  const decimal = (a) => exact(engine.roots.algebraicToDecimal(a, 60));
  const size = largest([...seen.left, ...seen.right, ...seen.real].map(([at]) => exact(at)));
  const near = (a, text, places = 40) => apart(decimal(a), exact(text)) <= size / 10n ** BigInt(places);
  const sides = [
    ["left", support.intervals.map((bulk) => [bulk.left, bulk.leftExponent]), seen.left],
    ["right", support.intervals.map((bulk) => [bulk.right, bulk.rightExponent]), seen.right],
  ];
  for (const [name, edges, expected] of sides) {
    if (edges.length !== expected.length) return `${edges.length} bulks instead of ${expected.length}`;
    for (const [k, [at, exponent]] of edges.entries()) {
      if (!near(at, expected[k][0]))
        return `the ${name} edge ${engine.roots.algebraicToDecimal(at, 30)} instead of ${expected[k][0]}`;
      if (exponent.kind !== "ok") continue;
      const value = Number(exponent.value.num) / Number(exponent.value.den);
      if (Math.abs(value - Number(expected[k][1])) > 0.02)
        return `the exponent ${value} instead of ${expected[k][1]} at ${expected[k][0]}`;
    }
  }
  // The judge knows a weight to about three digits.
  const expectedAtoms = seen.poles.filter(([, weight]) => Number(weight) > 2e-3);
  const heavy = support.atoms.filter((atom) => Number(engine.roots.algebraicToDecimal(atom.weight, 15)) > 2e-3);
  if (heavy.length !== expectedAtoms.length) return `${heavy.length} atoms instead of ${expectedAtoms.length}`;
  for (const [k, atom] of heavy.entries()) {
    if (!near(atom.at, expectedAtoms[k][0])) return `an atom at the wrong place, ${expectedAtoms[k][0]}`;
    const weight = Number(engine.roots.algebraicToDecimal(atom.weight, 15));
    if (Math.abs(weight - Number(expectedAtoms[k][1])) > 1e-3)
      return `an atom of weight ${weight} instead of ${expectedAtoms[k][1]}`;
  }
  const mass =
    support.intervals.reduce((total, bulk) => total + bulk.mass, 0) +
    support.atoms.reduce((total, atom) => total + Number(engine.roots.algebraicToDecimal(atom.weight, 15)), 0);
  if (!(Math.abs(mass - 1) < 1e-7)) return `the masses add up to ${mass}`;
  for (const [x, value] of seen.cells) {
    const density = said.density(x);
    if (typeof density !== "string") {
      if (density.kind === "crash") return `crash in the density at ${x}: ${density.why}`;
      continue;
    }
    const [a, b] = [exact(density), exact(value)];
    if (apart(a, b) > magnitude(b) / 10n ** 17n) return `the density ${density} instead of ${value} at ${x}`;
  }
  const reals = seen.real.filter(([, ramified]) => ramified === "1");
  if (branchPoints.real.length !== reals.length)
    return `${branchPoints.real.length} real branch points instead of ${reals.length}`;
  if (!branchPoints.real.every((at, k) => near(at, reals[k][0]))) return "a real branch point at the wrong place";
  const uppers = seen.upper.filter(([, , ramified]) => ramified === "1");
  const complex = branchPoints.complex.filter((point) => point.im > 0);
  if (complex.length !== uppers.length)
    return `${complex.length} branch points above the axis instead of ${uppers.length}`;
  for (const [re, im] of uppers) {
    const error = Math.min(...complex.map((point) => Math.hypot(point.re - Number(re), point.im - Number(im))));
    if (!(error <= 1e-9 * Math.max(Math.hypot(Number(re), Number(im)), Number.MIN_VALUE)))
      return `no branch point found at ${re} + ${im}i`;
  }
  if (branchPoints.complex.some((point) => point.onPhysicalSheet))
    return "a law with a branch point on its physical sheet";
  return undefined;
}

/** The horizon: a law just below it, none just above. */
async function flowVerdict({ core, evolution, roots }, said, ask, given, seconds, verdict) {
  let found;
  try {
    found = core.orThrow(evolution.horizon(said.law, core.createBudget({ seconds })));
  } catch (error) {
    if (error instanceof core.BudgetError) return verdict("over the limit", error.message);
    if (error instanceof core.LimitError) return verdict("refused", error.message);
    return error instanceof core.DomainError
      ? verdict("WRONG", `a law without horizon: ${error.message}`)
      : verdict("WRONG", `crash in the horizon: ${error?.stack ?? error}`);
  }
  const text = found.tau === "infinity" ? "infinity" : roots.algebraicToDecimal(found.tau, 30);
  const sizes =
    text === "infinity"
      ? [
          ["1000", true],
          ["3/2", true],
        ]
      : [
          [`${text}*(1-1/10^9)`, true],
          [`${text}*(1+1/10^9)`, false],
        ];
  for (const [size, expected] of sizes) {
    if (text === "1" && expected) continue;
    const answer = await ask(`lawAt(${said.curve}, ${given}, ${exactly(size)})`);
    if (answer.reason !== undefined) return verdict("no judge", answer.reason);
    if (answer.lines.some((line) => line.startsWith("law 1")) !== expected) {
      return verdict("WRONG", `the horizon is said to be ${text}, and ${answer.lines.at(-1)} at ${size}`);
    }
  }
  return verdict("right", `answered, horizon ${text}`);
}

/** Decimals in a formula of GP as exact fractions. */
function exactly(formula) {
  return formula.replaceAll(/\d+\.\d+/g, (word) => {
    const [whole, part] = word.split(".");
    return `(${whole}${part}/10^${part.length})`;
  });
}

/** Units of 10^-400, exactly, from decimal text; large enough for all places that are compared. */
const unit = 400;
function exact(text) {
  const [, sign, whole, part = "", power = "0"] = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`no decimal number: ${text}`);
  const shift = unit + Number(power) - part.length;
  const digits = BigInt(`${whole}${part}` || "0");
  const size = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return sign === "-" ? -size : size;
}
const magnitude = (a) => (a < 0n ? -a : a);
const apart = (a, b) => magnitude(a - b);
const largest = (list) =>
  list
    .map(magnitude)
    .sort((a, b) => (a < b ? -1 : 1))
    .at(-1) ?? 0n;
