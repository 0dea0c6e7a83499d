import type { Budget } from "../core/index.js";
import { catalogue } from "../ensembles/index.js";
import { lawToText, operations } from "../lang/index.js";
import { cumulants, cumulantsOfMoments, type Derivation, type Law, moments, physicalSheet } from "../law/index.js";
import {
  divideExact,
  factor,
  fractions,
  type Polynomial,
  type RationalFunction,
  rationalFunctionToText,
  substituteFractions,
} from "../poly/index.js";
import { type Block, check, display, type Formula, inline, paragraph } from "./explanation.js";
import { equation, factorisation, fraction } from "./formulas.js";
import { cancelledTerms, verified } from "./verification.js";

/** How many moments a check compares. */
const compared = 4;

/** The laws that a law is made of, each once, every one after those it is made of; the law itself is the last. */
export function lawsInOrder(law: Law): readonly Law[] {
  const found: Law[] = [];
  const visit = (one: Law): void => {
    if (found.includes(one)) return;
    for (const operand of one.derivation.operands) if (operand.kind === "law") visit(operand.law);
    found.push(one);
  };
  visit(law);
  return found;
}

/** How the curve of every law that the last one is made of arises, and how it was checked. */
export function lawSteps(chain: readonly Law[], budget: Budget): readonly Block[] {
  return chain.flatMap((law, k) => {
    const name = nameOf(law, chain);
    const opening =
      chain.length === 1 ? [] : [paragraph`Step ${String(k + 1)}: the law ${name}, \`${lawToText(law)}\`.`];
    return [...opening, ...originSteps(law, chain, name, budget)];
  });
}

/** L, or L with its number where there are several. */
function nameOf(law: Law, chain: readonly Law[]): Formula {
  if (chain.length === 1) return { tex: "L", plain: "L" };
  const index = chain.indexOf(law) + 1;
  return { tex: `L_{${index}}`, plain: `L${index}` };
}

function curveName(law: Law, chain: readonly Law[]): Formula {
  if (chain.length === 1) return { tex: "P(z, m)", plain: "P(z, m)" };
  const index = chain.indexOf(law) + 1;
  return { tex: `P_{${index}}(z, m)`, plain: `P${index}(z, m)` };
}

function originSteps(law: Law, chain: readonly Law[], name: Formula, budget: Budget): readonly Block[] {
  const { operation, operands, substitution } = law.derivation;
  const result = display(equation(law.curve, curveName(law, chain)));
  if (operation === "curve") {
    return [paragraph`The curve is given:`, result, branchCheck(law, budget)];
  }
  const entry = catalogue.find((one) => one.name === operation);
  if (entry !== undefined) {
    return [
      paragraph`${capitalised(entry.title)} [${entry.source}]. Its Stieltjes transform satisfies`,
      result,
      closedFormCheck(law, budget) ?? branchCheck(law, budget),
    ];
  }
  const of = operands.flatMap((operand) => (operand.kind === "law" ? [nameOf(operand.law, chain)] : []));
  const doc = operations.find((one) => one.name === operation)?.doc ?? "";
  const call = `\`${operation}\``;
  const note = doc === "" ? "" : ` (${doc})`;
  if (of.length === 0)
    return [paragraph`It is ${call}${note}. Its curve is known in closed form:`, result, branchCheck(law, budget)];
  const made = paragraph`It is ${call} of ${list(of)}${note}.`;
  const operand = operands
    .flatMap((one) => (one.kind === "law" ? [one.law] : []))
    .find((one) => one.curve === substitution?.of.curve);
  if (substitution !== undefined && operand !== undefined) {
    return [
      made,
      ...substitutionSteps(law, operand, substitution, chain, budget),
      result,
      ...ruleCheck(law, budget),
      branchCheck(law, budget),
    ];
  }
  const text = paragraph`Its curve comes from those of ${list(of)} by ${substitution === undefined ? "elimination: the resultant" : "way of another law, in which it is a substitution, and what that gives"} is a product of curves; the one of ${name} is the irreducible factor that vanishes on the branch with the moments of ${name}, computed without it.`;
  return [made, text, result, irreducibleCheck(law.curve, budget), ...ruleCheck(law, budget), branchCheck(law, budget)];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function list(names: readonly Formula[]): Formula {
  return { tex: names.map((f) => f.tex).join(",\\; "), plain: names.map((f) => f.plain).join(", ") };
}

/** The substitution, the cleared polynomial, and what was divided out. */
function substitutionSteps(
  law: Law,
  operand: Law,
  { z, m }: NonNullable<Derivation["substitution"]>,
  chain: readonly Law[],
  budget: Budget,
): readonly Block[] {
  const [toZ, toM] = [fraction(z), fraction(m)];
  const raw = substituteFractions(operand.curve, { z, m }, budget).numerator;
  const dropped = divideExact(raw, law.curve);
  verified(dropped !== undefined, "the curve divides the substituted polynomial");
  const before = curveName(operand, chain);
  const rule: Formula = {
    tex: `z \\leftarrow ${toZ.tex}, \\qquad m \\leftarrow ${toM.tex}`,
    plain: `z <- ${toZ.plain},  m <- ${toM.plain}`,
  };
  const factors = factor(dropped!, budget);
  const trivial = factors.factors.length === 0;
  return [
    paragraph`It is a substitution. The old coordinates are, in terms of the new ones,`,
    display(rule),
    trivial
      ? paragraph`Put into ${before} and cleared of denominators this is the new curve, and no factor is left over:`
      : paragraph`Put into ${before} and cleared of denominators it gives the new curve times ${factorisation(factors.unit, factors.factors)}, a factor that the map brings in (it divides a denominator or the Jacobian determinant of the substitution) and no part of the law:`,
    check`the new curve times what was dropped is the substituted polynomial, by exact division.`,
  ];
}

function irreducibleCheck(curve: Polynomial, budget: Budget): Block {
  const { factors } = factor(curve, budget);
  verified(factors.length === 1 && factors[0]!.multiplicity === 1, "the curve is irreducible");
  return check`the curve is irreducible over the rationals${curve.variables.length > 2 ? " with the parameters" : ""}: it was factored again.`;
}

/** The moments of the curve against the closed form of the catalogue. */
function closedFormCheck(law: Law, budget: Budget): Block | undefined {
  const entry = catalogue.find((one) => one.name === law.derivation.operation);
  const values = law.derivation.operands.map((operand) =>
    operand.kind === "pairs" ? operand.pairs : operand.kind === "scalar" ? operand.value : undefined,
  );
  if (entry === undefined || values.includes(undefined)) return undefined;
  const known = entry.closedForms(...(values as never[]));
  const closed = known.moments?.(compared) ?? undefined;
  if (closed === undefined) return undefined;
  const found = moments(law, compared, budget);
  verified(
    found.every((mu, k) => fractions.equals(mu, closed[k]!)),
    "the moments of the curve are those of the closed form",
  );
  return check`the branch ${branchAtInfinity} has the moments ${listOf(found)}, which are those of the closed form.`;
}

const branchAtInfinity: Formula = {
  tex: "m = -\\frac1z - \\frac{\\mu_1}{z^2} - \\cdots",
  plain: "m = -1/z - mu_1/z^2 - ...",
};

/** The curve vanishes on its own branch at infinity. */
function branchCheck(law: Law, budget: Budget): Block {
  if (law.meanBetween !== undefined) {
    const { tracker, base } = physicalSheet(law, budget);
    verified(tracker.certify(base.z, base.m) !== undefined, "the branch at infinity is certified");
    return check`the curve has a branch ${{ tex: "m \\sim -1/z", plain: "m ~ -1/z" }} whose mean lies in the bounds that were computed for it: its value at one point far above the support is proved.`;
  }
  const mu = moments(law, compared, budget);
  const order = cancelledTerms(law, mu);
  verified(order === compared + 1, "the curve vanishes on the branch at infinity");
  return check`put into the curve, ${branchAtInfinity} with the moments ${listOf(mu)} cancels the first ${String(order)} powers of ${{ tex: "1/z", plain: "1/z" }}: the curve has the branch of a law.`;
}

function listOf(values: readonly RationalFunction[]): Formula {
  return {
    tex: values.map((f) => fraction(f).tex).join(",\\; "),
    plain: values.map((f) => rationalFunctionToText(f)).join(", "),
  };
}

/** What the operation does to free cumulants or moments, compared with those of the new curve. */
function ruleCheck(law: Law, budget: Budget): readonly Block[] {
  const { operation, operands } = law.derivation;
  const of = operands.flatMap((operand) => (operand.kind === "law" ? [operand.law] : []));
  const scalars = operands.flatMap((operand) => (operand.kind === "scalar" ? [operand.value] : []));
  const rule = rules[operation];
  if (rule === undefined) return [];
  const expected = rule.cumulants(
    of.map((one) => cumulants(one, compared, budget)),
    scalars,
  );
  const found = cumulants(law, compared, budget);
  verified(
    found.every((kappa, k) => fractions.equals(kappa, expected[k]!)),
    `the free cumulants follow the rule of ${operation}`,
  );
  return [
    check`the first ${String(compared)} free cumulants of the new curve, ${listOf(found)}, are those of the rule ${rule.text}.`,
  ];
}

interface CumulantRule {
  readonly text: Formula;
  cumulants(
    of: readonly (readonly RationalFunction[])[],
    scalars: readonly RationalFunction[],
  ): readonly RationalFunction[];
}

const { add, sub, mul, pow, one, zero } = fractions;

/** The rules of the operations whose action on free cumulants is a formula. */
const rules: Readonly<Record<string, CumulantRule>> = {
  decompress: {
    text: { tex: "\\kappa_n \\to \\tau^{n-1} \\kappa_n", plain: "kappa_n -> tau^(n-1) kappa_n" },
    cumulants: ([kappa], [tau]) => kappa!.map((c, k) => mul(pow(tau!, k), c)),
  },
  compress: {
    text: { tex: "\\kappa_n \\to \\alpha^{n-1} \\kappa_n", plain: "kappa_n -> alpha^(n-1) kappa_n" },
    cumulants: ([kappa], [alpha]) => kappa!.map((c, k) => mul(pow(alpha!, k), c)),
  },
  shift: {
    text: { tex: "\\kappa_1 \\to \\kappa_1 + b", plain: "kappa_1 -> kappa_1 + b" },
    cumulants: ([kappa], [b]) => kappa!.map((c, k) => (k === 0 ? add(c, b!) : c)),
  },
  scale: {
    text: { tex: "\\kappa_n \\to a^n \\kappa_n", plain: "kappa_n -> a^n kappa_n" },
    cumulants: ([kappa], [a]) => kappa!.map((c, k) => mul(pow(a!, k + 1), c)),
  },
  power: {
    text: { tex: "\\kappa_n \\to s\\,\\kappa_n", plain: "kappa_n -> s kappa_n" },
    cumulants: ([kappa], [s]) => kappa!.map((c) => mul(s!, c)),
  },
  semicircularFlow: {
    text: { tex: "\\kappa_2 \\to \\kappa_2 + v", plain: "kappa_2 -> kappa_2 + v" },
    cumulants: ([kappa], [v]) => kappa!.map((c, k) => (k === 1 ? add(c, v!) : c)),
  },
  freeSum: {
    text: { tex: "\\kappa_n \\to \\kappa_n(A) + \\kappa_n(B)", plain: "kappa_n -> kappa_n(A) + kappa_n(B)" },
    cumulants: ([a, b]) => a!.map((c, k) => add(c, b![k]!)),
  },
  mix: {
    text: { tex: "\\mu_n \\to w\\,\\mu_n(A) + (1-w)\\,\\mu_n(B)", plain: "mu_n -> w mu_n(A) + (1 - w) mu_n(B)" },
    cumulants: ([a, b], [w]) => {
      const [left, right] = [momentsFrom(a!), momentsFrom(b!)];
      return cumulantsOfMoments(left.map((mu, k) => add(mul(w!, mu), mul(sub(one, w!), right[k]!))).slice(1));
    },
  },
};

/** mu_0 … mu_n by the recursion mu_n = Σ_s kappa_s Σ mu_{i_1} … mu_{i_s} over i_1 + … + i_s = n − s (Speicher 1994). */
function momentsFrom(kappa: readonly RationalFunction[]): readonly RationalFunction[] {
  const mu: RationalFunction[] = [one];
  const convolved = (s: number, total: number): RationalFunction => {
    if (s === 0) return total === 0 ? one : zero;
    return Array.from({ length: total + 1 }, (_, i) => mul(mu[i]!, convolved(s - 1, total - i))).reduce(
      (sum, term) => add(sum, term),
      zero,
    );
  };
  for (let n = 1; n <= kappa.length; n++) {
    mu.push(kappa.slice(0, n).reduce((sum, c, k) => add(sum, mul(c, convolved(k + 1, n - k - 1))), zero));
  }
  return mu;
}

/** The first moments and free cumulants as a table. */
export function momentSteps(law: Law, budget: Budget): readonly Block[] {
  const [mu, kappa] = [moments(law, compared, budget), cumulants(law, compared, budget)];
  return [
    paragraph`The expansion of the branch at infinity gives the moments; ${{ tex: "z = R(-m) - \\frac1m", plain: "z = R(-m) - 1/m" }} with ${{ tex: "R(s) = \\sum \\kappa_n s^{n-1}", plain: "R(s) = sum kappa_n s^(n-1)" }} gives the free cumulants.`,
    {
      kind: "table",
      head: [inline`n`, inline`moment`, inline`free cumulant`],
      rows: mu.map((value, k) => [
        inline`${String(k + 1)}`,
        inline`${fraction(value)}`,
        inline`${fraction(kappa[k]!)}`,
      ]),
    },
    roundTripCheck(mu, kappa),
  ];
}

function roundTripCheck(mu: readonly RationalFunction[], kappa: readonly RationalFunction[]): Block {
  const again = momentsFrom(kappa).slice(1);
  verified(
    again.every((value, k) => fractions.equals(value, mu[k]!)),
    "the sums over non-crossing partitions of the free cumulants are the moments",
  );
  return check`the sums of the free cumulants over non-crossing partitions are the moments again.`;
}
