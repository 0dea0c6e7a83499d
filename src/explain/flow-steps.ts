import { type Budget, BudgetError, DomainError, LimitError } from "../core/index.js";
import { edgePolynomial, events, horizon, isSpectrum, type SpectralEvent } from "../evolution/index.js";
import { decompress } from "../flow/index.js";
import { parameterDomain, remadeLaw } from "../lang/index.js";
import { type Law, support } from "../law/index.js";
import { symbolicHorizon } from "../phases/index.js";
import { constant, degree, discriminant, divideExact, primitive, substitute } from "../poly/index.js";
import { symbolicHorizonToText } from "../report/index.js";
import { QQ, type Rational, rational, simplestRationalBetween } from "../rings/index.js";
import { type AlgebraicNumber, rationalBetween, refine } from "../roots/index.js";
import { type Block, check, display, type Formula, inline, paragraph } from "./explanation.js";
import { algebraic, equation, factorisation, radicalsToTex, rationalFormula } from "./formulas.js";
import { verified } from "./verification.js";

/** The law of a larger matrix: the flow of the curve, its edges as a dual curve, horizon and events. */
export function flowSteps(law: Law, digits: number, budget: Budget): readonly Block[] {
  const name = ["tau", "t", "r"].find((candidate) => !law.parameters.includes(candidate));
  if (name === undefined)
    return [paragraph`The parameters of the law use up the names of a size factor: tau, t and r.`];
  const factor: Formula = { tex: name === "tau" ? "\\tau" : name, plain: name };
  const flowed = decompress(law, name, budget);
  const steps: Block[] = [
    paragraph`A matrix ${factor} times as large, of which this law is that of a free corner, has the curve`,
    display(equation(flowed.curve)),
    paragraph`since in the coordinates ${{ tex: "z", plain: "z" }} and ${{ tex: "F = -1/m", plain: "F = -1/m" }} free decompression is the linear shear ${{ tex: `z' = z + (${factor.tex} - 1)F,\\; F' = ${factor.tex} F`, plain: `z' = z + (${name} - 1) F, F' = ${name} F` }}.`,
  ];
  if (law.parameters.length > 0) return name === "tau" ? [...steps, ...symbolicHorizonSteps(law, budget)] : steps;
  return [
    ...steps,
    ...orWhyNot("The edge polynomial", () => edgeSteps(law, budget)),
    ...orWhyNot("The horizon", () => horizonSteps(law, digits, budget)),
    ...orWhyNot("The list of events", () => eventSteps(law, digits, budget)),
  ];
}

/** A part of the document, or one sentence that says why it is missing. */
export function orWhyNot(what: string, steps: () => readonly Block[]): readonly Block[] {
  try {
    return steps();
  } catch (error) {
    if (error instanceof BudgetError) throw error;
    if (error instanceof LimitError) return [paragraph`${what} could not be decided: ${error.message}.`];
    if (error instanceof DomainError) return [paragraph`${what} is not available: ${error.message}.`];
    throw error;
  }
}

function edgeSteps(law: Law, budget: Budget): readonly Block[] {
  const edges = edgePolynomial(law, budget);
  if (degree(edges.polynomial, "z") < 1) return [paragraph`No branch point moves: there is no edge polynomial.`];
  const at = rational(7, 5);
  const there = primitive(substitute(edges.polynomial, { tau: constant(at) }));
  const whole = discriminant(decompress(law, at, budget).curve, "m", budget);
  verified(divideExact(whole, there) !== undefined, "the edge polynomial divides the discriminant");
  const removed = edges.lines.filter((line) => !line.ramified && degree(line.factor, "z") > 0);
  const others: Block[] =
    removed.length === 0
      ? []
      : [
          paragraph`The discriminant of the flowing curve has other factors with ${{ tex: "z", plain: "z" }}, which are no branch points:`,
          {
            kind: "list",
            items: removed.map(({ factor, multiplicity, reason }) => {
              return inline`${factorisation(QQ.one, [{ factor, multiplicity }])}: ${reason}.`;
            }),
          },
        ];
  return [
    paragraph`The branch points of all these laws together are one curve in the plane of ${{ tex: "z", plain: "z" }} and ${{ tex: "\\tau", plain: "tau" }}: the dual curve of the first one, since a branch point is a tangent in the direction of the shear. Its equation, the edge polynomial, is`,
    display(equation(edges.polynomial, { tex: "E(z, \\tau)", plain: "E(z, tau)" })),
    check`at ${{ tex: "\\tau = 7/5", plain: "tau = 7/5" }} it divides the discriminant of the curve of that size, which is computed without it.`,
    ...others,
  ];
}

function symbolicHorizonSteps(law: Law, budget: Budget): readonly Block[] {
  return orWhyNot("The horizon as a formula in the parameters", () => {
    const found = symbolicHorizon(
      law,
      { admissible: parameterDomain(law, budget), remake: remadeLaw(law, budget) },
      budget,
    );
    if (found.kind === "unable")
      return [paragraph`The horizon as a formula in the parameters could not be decided: ${found.reason}.`];
    if (found.kind === "undefined") return [paragraph`The horizon is not defined: ${found.reason}.`];
    return [
      paragraph`How far the law can be decompressed, wherever in the space of the parameters this curve is that of a law (in the open parts; on their borders nothing is said):`,
      {
        kind: "list",
        items: symbolicHorizonToText(found)
          .split("\n")
          .filter((line) => !line.startsWith("  "))
          .map((line) => inline`${formulaOf(line)}.`),
      },
    ];
  });
}

/** `tau = d   where d - 1 > 0` as a formula. */
function formulaOf(line: string): Formula {
  const words = line
    .replace(/ {3}where /, "\\text{ where }")
    .replace(/ and /g, "\\text{ and }")
    .replace(/ or /g, "\\text{ or }");
  const parts = words.split(/(\\text\{[^}]*\})/);
  const tex = parts.map((part) =>
    part.startsWith("\\text") ? part : radicalsToTex(part).replace(/\\mathrm\{infinity\}/, "\\infty"),
  );
  return { tex: tex.join("").replace(/>=/g, "\\ge ").replace(/<=/g, "\\le "), plain: line.replace(/ {3}/, " ") };
}

function horizonSteps(law: Law, digits: number, budget: Budget): readonly Block[] {
  const found = horizon(law, budget);
  if (found.kind === "undefined") return [paragraph`The horizon is not defined: ${found.reason}.`];
  if (found.kind === "unable") return [paragraph`The horizon could not be decided: ${found.reason}.`];
  const { tau, reason } = found.value;
  if (tau === "infinity") {
    const far = rational(1000);
    const report = isSpectrum(decompress(law, far, budget), budget);
    verified(report.spectrum.kind !== "undefined", "a law that can be decompressed without end is one at tau = 1000");
    return [
      paragraph`The law can be decompressed without end: ${reason}.`,
      ...(report.spectrum.kind === "ok"
        ? [check`at ${{ tex: "\\tau = 1000", plain: "tau = 1000" }} every criterion of a probability measure is met.`]
        : []),
    ];
  }
  const beyond = isSpectrum(decompress(law, beyondOf(tau), budget), budget);
  verified(beyond.spectrum.kind !== "ok", "beyond the horizon there is no spectrum");
  const steps: Block[] = [
    paragraph`The law is a spectrum up to ${{ tex: `\\tau^* = ${algebraic(tau, digits).tex}`, plain: `tau* = ${algebraic(tau, digits).plain}` }}: ${reason}.`,
  ];
  if (beyond.spectrum.kind === "undefined") {
    const place = rationalFormula(beyondOf(tau));
    steps.push(
      check`at ${{ tex: `\\tau = ${place.tex}`, plain: `tau = ${place.plain}` }} there is none: ${beyond.spectrum.reason}.`,
    );
  }
  return steps;
}

/** A rational a hundredth beyond. */
function beyondOf(tau: AlgebraicNumber): Rational {
  const { upper } = refine(tau, 20);
  return simplestRationalBetween(QQ.mul(upper, rational(101, 100)), QQ.mul(upper, rational(103, 100)));
}

function eventSteps(law: Law, digits: number, budget: Budget): readonly Block[] {
  const found = events(law, {}, budget);
  if (found.length === 0)
    return [paragraph`Nothing else happens on the way: the law keeps the number of its bulks and atoms for all sizes.`];
  return [
    paragraph`From the smallest corner to the horizon this happens, and nothing qualitative between:`,
    {
      kind: "table",
      head: [inline`${{ tex: "\\tau", plain: "tau" }}`, inline`event`, inline`at`],
      rows: found.map((event) => [
        inline`${algebraic(event.at, digits)}`,
        [event.kinds.join(", ")],
        event.where === undefined ? [""] : inline`${algebraic(event.where, digits)}`,
      ]),
    },
    ...shapesBetween(law, found, budget),
  ];
}

/** The number of bulks and atoms between the events, from the support at one rational size of each interval. */
function shapesBetween(law: Law, found: readonly SpectralEvent[], budget: Budget): readonly Block[] {
  const times = found.map((event) => event.at).filter((at, k, all) => k === 0 || at !== all[k - 1]);
  const between: Rational[] = times.slice(1).map((right, k) => rationalBetween(times[k]!, right));
  const first = refine(times[0]!, 20).lower;
  const sizes = [QQ.mul(first, rational(1, 2)), ...between];
  const last = horizon(law, budget);
  if (last.kind === "ok" && last.value.tau === "infinity") sizes.push(beyondOf(times.at(-1)!));
  return orWhyNot("The support between the events", () => {
    const rows = sizes.map((size) => {
      const { intervals, atoms } = support(decompress(law, size, budget), budget);
      return [inline`${rationalFormula(size)}`, inline`${String(intervals.length)}`, inline`${String(atoms.length)}`];
    });
    return [
      paragraph`The support at one size between each two of them:`,
      {
        kind: "table",
        head: [inline`${{ tex: "\\tau", plain: "tau" }}`, inline`bulks`, inline`atoms`],
        rows,
      },
    ];
  });
}
