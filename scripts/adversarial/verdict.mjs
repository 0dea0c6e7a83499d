// One case: what the program says, what the judge says, and whether both are the same.
import { compare, readLines } from "./compare.mjs";
import { evolutionVerdict } from "./evolution.mjs";

/**
 * What a case can come to, in the order of the table. `right`: an answer that the judge confirms. `no law`: no answer, since there is no law or
 * no telling which, and the judge confirms that. `refused`: the program could not decide. `over the limit`: nor could it in time. `no judge`: the judge
 * could not tell. WRONG: an answer that the judge contradicts, a refusal for a reason that does not hold, a crash.
 */
export const outcomes = ["right", "no law", "refused", "over the limit", "no judge", "WRONG"];

/** What a case came to, and the seconds that both took. `engine` is the rooms of the program by name, `judge` from judge.mjs. */
export async function verdictOn(engine, one, judge, { seconds = 10, patience = 20 } = {}) {
  const took = { engine: 0, judge: 0 };
  const asked = async (expression) => {
    const begun = performance.now();
    const answer = await judge.ask(expression, { digits: one.digits, seconds: patience });
    took.judge += (performance.now() - begun) / 1000;
    return answer;
  };
  const timed = (compute) => {
    const begun = performance.now();
    const value = compute();
    took.engine += (performance.now() - begun) / 1000;
    return value;
  };
  const said = timed(() => answersOf(engine, one, seconds));
  const found = await judged(engine, one, said, { asked, timed, seconds });
  return { ...found, curve: said.curve ?? "", took };
}

const verdict = (outcome, why = "") => ({ outcome, why });

async function judged(engine, one, said, { asked, timed, seconds }) {
  if (said.kind === "over the limit") return verdict("over the limit", said.why);
  if (said.kind === "crash") return verdict("WRONG", `crash: ${said.why}`);
  if (said.kind === "undecided") return verdict("refused", said.why);
  if (said.curve === undefined) return refusedText(one, said, asked);
  const moments = one.moments.length > 0 ? one.moments : (said.moments ?? []);
  const given = `[${moments.join(", ")}]`;
  if (said.kind === "refused") return refusedBranch(said, asked, given);
  if (one.transform !== undefined) {
    const differs = await asked(`sameTransform(${said.curve}, ${given}, ${one.transform})`);
    if (differs.reason !== undefined) return verdict("no judge", differs.reason);
    if (differs.lines[0] !== "same") return verdict("WRONG", `the curve is not that of the law: ${differs.lines[0]}`);
  }
  const seen = await asked(`judge(${said.curve}, ${given}, ${said.kind === "answered" ? 1 : 0})`);
  if (noBranch(seen)) {
    return said.kind === "answered"
      ? verdict("WRONG", "answered, and there is no branch or no telling which")
      : verdict("no law", said.why);
  }
  if (seen.reason !== undefined) return verdict("no judge", seen.reason);
  const why = timed(() => compare(said, readLines(seen.lines), engine));
  if (why !== undefined) return verdict("WRONG", why);
  if (said.kind === "not a law") return verdict("no law", said.why);
  if (one.flow === undefined) return verdict("right", said.kind);
  return evolutionVerdict(engine, one, said, { asked, timed, seconds, verdict, answersOf });
}

const noBranch = ({ reason }) => reason !== undefined && /"?user error: (none|ambiguous)/.test(reason);

/** Texts that were refused before there was a curve: what is said about factors is checked. */
async function refusedText(one, said, asked) {
  if (one.outside === true) return verdict("no law", said.why);
  if (/product of|repeated factor/.test(said.why) && /^curve\("/.test(one.law ?? "")) {
    const polynomial = /^curve\("([^"]*)"/.exec(one.law)[1];
    const found = await asked(
      `print(matsize(factor(simplify((${polynomial})*1)))[1], " ", vecmax(factor((${polynomial})*1)[,2]))`,
    );
    if (found.reason !== undefined) return verdict("no judge", found.reason);
    const [factors, most] = found.lines[0].split(" ").map(Number);
    return factors > 1 || most > 1
      ? verdict("no law", "not irreducible")
      : verdict("WRONG", "irreducible curve refused");
  }
  return verdict("refused", said.why);
}

/** Curves of which it is said that no branch at infinity is a law's, or that more must be known to choose one. */
async function refusedBranch(said, asked, given) {
  const found = await asked(`physicalBranch(${said.curve}, ${given})`);
  if (noBranch(found)) return verdict("no law", said.why);
  if (found.reason !== undefined) return verdict("no judge", found.reason);
  return verdict("WRONG", `refused, and there is one branch: ${said.why}`);
}

/** What the program says of a case: `kind` is answered, not a law, refused (for what was asked), undecided, over the limit or crash. */
function answersOf(engine, one, seconds) {
  const { createBudget } = engine.core;
  let curve;
  let moments;
  const failed = (error) => ({ ...failure(engine, error), curve, moments });
  try {
    const budget = createBudget({ seconds });
    const law =
      one.conjugates === undefined ? engine.lang.parseLaw(one.law, { budget }) : conjugate(engine, one.conjugates);
    if (one.conjugates !== undefined)
      moments = [String(one.conjugates[3] + one.conjugates[2] * Math.sqrt(one.conjugates[1]))];
    curve = engine.poly.toText(law.curve);
    const decided = engine.law.decideSpectrum(law, budget);
    if (decided.kind === "undefined") return { kind: "not a law", why: decided.reason, curve, moments };
    if (decided.kind === "unable") return { kind: "undecided", why: decided.reason, curve, moments };
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

/** What an error of the program says. */
export function failure({ core }, error) {
  const why = error instanceof Error ? error.message : String(error);
  if (error instanceof core.BudgetError) return { kind: "over the limit", why };
  if (error instanceof core.LimitError) return { kind: "undecided", why };
  if (error instanceof core.DomainError) return { kind: "refused", why };
  return { kind: "crash", why: error?.stack ?? why };
}

function conjugate({ poly, law, rings }, [product, k, sign, mean]) {
  // s_² = k; the product has even powers of s_ only.
  const norm = poly
    .coefficients(poly.parsePolynomial(product), "s_")
    .filter((_, i) => i % 2 === 0)
    .reduce((total, c, i) => poly.add(total, poly.multiply(c, poly.constant(k ** i))), poly.constant(0));
  const root = mean + sign * Math.sqrt(k);
  const bound = (x) => rings.rationalFromNumber(x);
  return law.lawFromCurve(norm, { meanBetween: [bound(root - 0.25), bound(root + 0.25)] });
}
