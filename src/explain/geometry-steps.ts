import type { Budget } from "../core/index.js";
import { densityAt } from "../density/index.js";
import { anatomy, atoms, branchPoints, type Law, type Support, support } from "../law/index.js";
import {
  coefficients,
  constant,
  constantValue,
  degree,
  discriminant,
  divideExact,
  factor,
  fromIntegerPoly,
  isConstant,
  isZero,
  leadingCoefficient,
  multiply,
  type Polynomial,
  power,
  primitive,
  productOf,
  rationalFunction,
  scale,
  substitute,
  subtract,
  toText,
  variable,
} from "../poly/index.js";
import { algebraicToText } from "../report/index.js";
import { QQ, type Rational, rational, rationalToNumber, simplestRationalBetween } from "../rings/index.js";
import {
  type AlgebraicNumber,
  algebraicFromRational,
  algebraicToNumber,
  compareAlgebraic,
  radicalRoots,
  rationalBetween,
  refine,
} from "../roots/index.js";
import { type Block, check, display, type Formula, inline, paragraph } from "./explanation.js";
import { algebraic, factorisation, fraction, polynomialToTex, radicalsToTex, rationalFormula } from "./formulas.js";
import { isDiscriminantAt, verified } from "./verification.js";

const discriminantName: Formula = { tex: "D(z) = \\operatorname{disc}_m P", plain: "D(z) = disc_m P" };

/** The discriminant in m, its factors, and for a law without parameters what each of its real roots is. */
export function branchPointSteps(law: Law, digits: number, budget: Budget): readonly Block[] {
  const d = discriminant(law.curve, "m", budget);
  if (degree(law.curve, "m") === 1) {
    return [
      paragraph`${{ tex: "P", plain: "P" }} has degree one in ${{ tex: "m", plain: "m" }}: there is one sheet, and no branch point. The law is a sum of atoms.`,
    ];
  }
  const factors = factor(d, budget);
  verified(
    isZero(
      subtract(
        d,
        multiply(constant(factors.unit), productOf(factors.factors.map((f) => power(f.factor, f.multiplicity)))),
      ),
    ),
    "the factors multiply to the discriminant",
  );
  const places = [2, 3, 5, 7].map((k) => constant(rational(k)));
  verified(
    places.every((place) => isDiscriminantAt(d, law.curve, place, budget)),
    "the discriminant agrees with that of the curve at single points",
  );
  const named: Formula = factorisation(factors.unit, factors.factors);
  const steps: Block[] = [
    paragraph`Sheets of the curve can meet only over the roots of the discriminant`,
    display({ tex: `${discriminantName.tex} = ${named.tex}`, plain: `${discriminantName.plain} = ${named.plain}` }),
    check`the factors multiply to the discriminant, and at ${{ tex: "z = 2, 3, 5, 7", plain: "z = 2, 3, 5, 7" }} it is that of ${{ tex: "P(z, \\cdot)", plain: "P(z, .)" }} by subresultants, an algorithm that does not interpolate.`,
  ];
  const moving = factors.factors.filter((f) => degree(f.factor, "z") > 0);
  if (law.parameters.length > 0)
    return [
      ...steps,
      ...symbolicBranchPoints(
        moving.map((f) => f.factor),
        budget,
      ),
    ];
  return [...steps, ...verdicts(law, moving, digits, budget)];
}

function symbolicBranchPoints(factors: readonly Polynomial[], budget: Budget): readonly Block[] {
  const rows = factors.flatMap((f) =>
    (radicalRoots(f, "z", budget) ?? []).map(({ text }): readonly Formula[] => [
      { tex: polynomialToTex(f), plain: toText(f) },
      { tex: radicalsToTex(text), plain: text },
    ]),
  );
  if (rows.length === 0) return [];
  return [
    paragraph`In radicals, each substituted back before it is shown:`,
    { kind: "table", head: [inline`factor`, inline`root`], rows: rows.map((row) => row.map((cell) => [cell])) },
    paragraph`Which of them are edges of the support depends on the parameters; give them values to have it decided.`,
  ];
}

/** For every factor of the discriminant, its real roots and what they are to the physical sheet. */
function verdicts(
  law: Law,
  factors: readonly { readonly factor: Polynomial; readonly multiplicity: number }[],
  digits: number,
  budget: Budget,
): readonly Block[] {
  const found = anatomy(law, budget);
  const points = branchPoints(law, budget);
  const shape = support(law, budget);
  const edges = shape.intervals.flatMap(({ left, right }) => [left, right]);
  const same = (a: AlgebraicNumber) => (b: AlgebraicNumber) => compareAlgebraic(a, b) === 0;
  const rows = factors.flatMap(({ factor: f, multiplicity }) => {
    const of = found.points.filter(
      ({ at }) => divideExact(f, fromIntegerPoly(at.minimalPolynomial, "z")) !== undefined,
    );
    const cell: Formula =
      f.terms.length > 8
        ? { tex: `\\text{degree } ${degree(f, "z")}`, plain: `degree ${degree(f, "z")}` }
        : { tex: polynomialToTex(f), plain: toText(f) };
    if (of.length === 0) return [[inline`${cell}`, inline`${String(multiplicity)}`, inline`none real`, inline``]];
    return of.map(({ at }) => {
      const k = points.real.findIndex(same(at));
      const verdict = edges.some(same(at))
        ? "edge of the support"
        : shape.cusps.some(same(at))
          ? "cusp"
          : k < 0
            ? "nothing ramifies: a singular point of the curve"
            : points.onPhysicalBoundary[k]
              ? "branch point inside the support"
              : "branch point of other sheets: spurious";
      return [
        inline`${cell}`,
        inline`${String(multiplicity)}`,
        inline`${algebraicToText(at, Math.min(digits, 10))}`,
        [verdict],
      ];
    });
  });
  const complex = points.complex.filter((point) => point.onPhysicalSheet).length;
  return [
    {
      kind: "table",
      head: [inline`factor`, inline`multiplicity`, inline`real root`, inline`what it is`],
      rows,
    },
    points.complex.length === 0
      ? paragraph`No branch point lies off the real axis.`
      : paragraph`Of the ${String(points.complex.length)} branch points off the real axis ${complex === 0 ? "none is" : `${complex} are`} on the physical sheet.`,
  ];
}

/** How the physical branch was chosen over each cell of the real line. */
export function physicalBranchSteps(law: Law, digits: number, budget: Budget): readonly Block[] {
  const { cells } = anatomy(law, budget);
  const sheets = degree(law.curve, "m");
  const rows = cells.map(({ left, right, at, point, real }) => {
    const [from, to] = [left, right].map((end) => (end === undefined ? undefined : algebraicToText(end.at, 6)));
    verified(real || Math.abs(point.m.im) > point.radius, "a value off the real axis is not real");
    const density = (point.m.im / Math.PI).toPrecision(Math.min(digits, 10));
    return [
      [from ?? "−∞"],
      [to ?? "∞"],
      inline`${rationalFormula(at)}`,
      inline`${complexFormula(point.m.re, point.m.im, real, digits)}`,
      [real ? "real: no density" : point.m.im > 0 ? `density ${density}` : `density ${density}: no spectrum`],
    ];
  });
  return [
    paragraph`Over most points the curve has ${String(sheets)} value${sheets === 1 ? "" : "s"} of ${{ tex: "m", plain: "m" }}. The physical one is ${{ tex: "-1/z", plain: "-1/z" }} at infinity. It was followed from there through the upper half-plane to one point of every interval between the critical points above; at each step a disc was proved to hold that value and no other.`,
    {
      kind: "table",
      head: [
        inline`from`,
        inline`to`,
        inline`at`,
        inline`${{ tex: "m(x + i0)", plain: "m(x + i0)" }}`,
        inline`so there is`,
      ],
      rows,
    },
    valuesCheck(law, budget),
  ];
}

function complexFormula(re: number, im: number, real: boolean, digits: number): Formula {
  const shown = Math.min(digits, 8);
  const size = Math.max(Math.abs(re), Math.abs(im));
  const part = (x: number): string => (Math.abs(x) < 1e-14 * size ? "0" : String(Number(x.toPrecision(shown))));
  const tex = (x: string): string => x.replace(/e\+?(-?\d+)/, " \\cdot 10^{$1}");
  if (real) return { tex: tex(part(re)), plain: part(re) };
  return { tex: `${tex(part(re))} + ${tex(part(im))}\\,i`, plain: `${part(re)} + ${part(im)} i` };
}

/** P(x, m) at the values of the table: small beside its terms at the largest of them, for one of the values may be 0. */
function valuesCheck(law: Law, budget: Budget): Block {
  const { cells } = anatomy(law, budget);
  const largest = Math.max(...cells.map(({ point }) => Math.hypot(point.m.re, point.m.im)));
  const worst = Math.max(
    ...cells.map(({ at, point }) => {
      const inM = coefficients(substitute(law.curve, { z: constant(at) }), "m").map((c) =>
        isZero(c) ? 0 : rationalToNumber(constantValue(c)),
      );
      let [re, im, size] = [0, 0, 0];
      for (let k = inM.length - 1; k >= 0; k--) {
        [re, im] = [re * point.m.re - im * point.m.im + inM[k]!, re * point.m.im + im * point.m.re];
        size = size * largest + Math.abs(inM[k]!);
      }
      return size === 0 ? 0 : Math.hypot(re, im) / size;
    }),
  );
  verified(worst < 1e-9, "the values satisfy the equation of the curve");
  return check`put into ${{ tex: "P(x, m)", plain: "P(x, m)" }} the values leave less than ${{ tex: "10^{-9}", plain: "1e-9" }} of the size that its terms have at the largest of them.`;
}

/** Edges with exponents and minimal polynomials, cusps, atoms. */
export function supportSteps(law: Law, digits: number, budget: Budget): readonly Block[] {
  const shape = support(law, budget);
  const edges = shape.intervals.flatMap((bulk, k) => [
    { name: `left end of bulk ${k + 1}`, at: bulk.left, exponent: bulk.leftExponent },
    { name: `right end of bulk ${k + 1}`, at: bulk.right, exponent: bulk.rightExponent },
  ]);
  const steps: Block[] = [];
  if (edges.length > 0) {
    steps.push(
      paragraph`The support is where the physical value is not real. Its ends are algebraic numbers:`,
      {
        kind: "list",
        items: edges.map(
          ({ name, at, exponent }) =>
            inline`${name}: ${algebraic(at, digits)}, a root of ${{ tex: polynomialToTex(fromIntegerPoly(at.minimalPolynomial, "x")), plain: toText(fromIntegerPoly(at.minimalPolynomial, "x")) }}; the density goes like the power ${exponent.kind === "ok" ? rationalFormula(exponent.value) : `(not decided: ${exponent.reason})`} of the distance.`,
        ),
      },
      signCheck(edges.map(({ at }) => at)),
    );
  }
  for (const cusp of shape.cusps) steps.push(paragraph`Two bulks touch in the cusp at ${algebraic(cusp, digits)}.`);
  steps.push(...atomSteps(law, shape, digits, budget));
  return [...steps, ...densitySteps(law, shape, digits, budget), massCheck(shape)];
}

/** The minimal polynomial has opposite signs at the ends of a narrow interval: a root lies between. */
function signCheck(numbers: readonly AlgebraicNumber[]): Block {
  for (const a of numbers) {
    const { lower, upper } = refine(a, 60);
    const f = fromIntegerPoly(a.minimalPolynomial, "x");
    const signAt = (x: Rational): number => QQ.sign(constantValue(substitute(f, { x: constant(x) })));
    verified(signAt(lower) * signAt(upper) <= 0, "a minimal polynomial changes its sign at its root");
  }
  return check`each minimal polynomial changes its sign on an interval of relative width ${{ tex: "2^{-60}", plain: "2^-60" }} around the number given, evaluated exactly at its ends.`;
}

function atomSteps(law: Law, shape: Support, digits: number, budget: Budget): readonly Block[] {
  const leading = leadingCoefficient(law.curve, "m");
  const formula: Formula = { tex: polynomialToTex(leading), plain: toText(leading) };
  if (isConstant(leading)) {
    return [
      paragraph`The leading coefficient of ${{ tex: "P", plain: "P" }} in ${{ tex: "m", plain: "m" }} is constant, so no sheet has a pole: there is no atom.`,
    ];
  }
  if (shape.atoms.length === 0) {
    return [
      paragraph`An atom is a pole of the physical sheet, at a root of the leading coefficient ${formula} in ${{ tex: "m", plain: "m" }}. At none of them has the physical sheet one: there is no atom.`,
    ];
  }
  for (const atom of atoms(law, budget)) {
    verified(
      divideExact(primitive(leading), fromIntegerPoly(atom.at.minimalPolynomial, "z")) !== undefined,
      "an atom is at a root of the leading coefficient",
    );
  }
  return [
    paragraph`An atom is a pole of the physical sheet, at a root of the leading coefficient ${formula} in ${{ tex: "m", plain: "m" }}; its weight is minus the residue:`,
    {
      kind: "list",
      items: shape.atoms.map(
        ({ at, weight }) => inline`at ${algebraic(at, digits)}, weight ${algebraic(weight, digits)}.`,
      ),
    },
  ];
}

/** The density in closed form where the curve is quadratic in m. */
function densitySteps(law: Law, shape: Support, digits: number, budget: Budget): readonly Block[] {
  const bulk = shape.intervals[0];
  if (degree(law.curve, "m") !== 2 || bulk === undefined) return [];
  const d = discriminant(law.curve, "m", budget);
  const lead = leadingCoefficient(law.curve, "m");
  const inX = (p: Polynomial): Polynomial => substitute(p, { z: variable("x") });
  const radicand = fraction(rationalFunction(scale(inX(d), rational(-1))));
  const below = fraction(rationalFunction(scale(inX(lead), rational(2))));
  const middle = insideOf(bulk.left, bulk.right);
  // An atom may be in the middle.
  const isPole = isZero(substitute(lead, { z: constant(middle) }));
  const x = isPole ? insideOf(algebraicFromRational(middle), bulk.right) : middle;
  const [dx, leadX] = [d, lead].map((p) => rationalToNumber(constantValue(substitute(p, { z: constant(x) }))));
  const closed = Math.sqrt(-dx!) / (2 * Math.PI * Math.abs(leadX!));
  const certified = Number(densityAt(law, x, 15, budget));
  verified(Math.abs(closed - certified) < 1e-9 * certified, "the closed form is the certified density");
  return [
    paragraph`The curve is quadratic in ${{ tex: "m", plain: "m" }}, so the density of the bulk has the closed form`,
    display({
      tex: `\\rho(x) = \\frac{\\sqrt{${radicand.tex}}}{\\pi\\,\\lvert ${below.tex} \\rvert}`,
      plain: `rho(x) = sqrt(${radicand.plain})/(pi*|${below.plain}|)`,
    }),
    check`at ${{ tex: `x = ${rationalFormula(x).tex}`, plain: `x = ${rationalFormula(x).plain}` }} it is ${closed.toPrecision(Math.min(digits, 12))}, the certified density there.`,
  ];
}

function insideOf(left: AlgebraicNumber, right: AlgebraicNumber): Rational {
  const [a, b] = [refine(left, 20).upper, refine(right, 20).lower];
  const third = QQ.div(QQ.sub(b, a), rational(3));
  return QQ.sign(third) > 0
    ? simplestRationalBetween(QQ.add(a, third), QQ.sub(b, third))
    : rationalBetween(left, right);
}

function massCheck(shape: Support): Block {
  const total =
    shape.intervals.reduce((sum, bulk) => sum + bulk.mass, 0) +
    shape.atoms.reduce((sum, atom) => sum + algebraicToNumber(atom.weight), 0);
  verified(Math.abs(total - 1) < 1e-8, "the masses add up to one");
  const parts = shape.intervals.map((bulk) => bulk.mass.toPrecision(8));
  if (parts.length === 0) return check`the weights of the atoms add up to one.`;
  const weights = shape.atoms.length === 0 ? "is" : "and the weights of the atoms add up to";
  return check`the density integrated over the bulk${parts.length > 1 ? `s (${parts.join(", ")})` : ""} ${weights} ${total.toFixed(9)}.`;
}
