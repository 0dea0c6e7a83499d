import { type RealBall, realBalls } from "../ball/index.js";
import { type Budget, DomainError, InternalError } from "../core/index.js";
import { type Law, pointOfSupport, requireNumeric, type Support, support } from "../law/index.js";
import { QQ, type Rational, rational, rationalToText } from "../rings/index.js";
import {
  type AlgebraicNumber,
  affineImage,
  algebraicFromRational,
  compareAlgebraic,
  rationalValue,
  signOf,
} from "../roots/index.js";
import { ballOf, type Finding, mean } from "./mean.js";
import type { RealFunction } from "./real-function.js";

/** A statistic with a name; `order` is the number that some of them take. */
export interface NamedStatistic {
  readonly name: string;
  readonly doc: string;
  /** What the number after the name is; undefined when there is none. */
  readonly order: string | undefined;
  compute(law: Law, order: Rational, digits: number, budget: Budget): Finding;
}

const x: RealFunction = { kind: "variable" };
const absolute: RealFunction = { kind: "elementary", name: "abs", argument: x };
const logarithm = (argument: RealFunction): RealFunction => ({ kind: "elementary", name: "log", argument });
const constant = (value: Rational): RealFunction => ({ kind: "constant", value });
const powerOf = (base: RealFunction, exponent: Rational): RealFunction => ({ kind: "power", base, exponent });
const product = (left: RealFunction, right: RealFunction): RealFunction => ({ kind: "product", left, right });

/** All per dimension: tr means the normalised trace, ∫ f drho. */
export const namedStatistics: readonly NamedStatistic[] = [
  {
    name: "logdet",
    doc: "log-determinant per dimension, the mean of log(x)",
    order: undefined,
    compute: (law, _order, digits, budget) => mean(law, logarithm(x), digits, budget),
  },
  {
    name: "trace-of-power",
    doc: "mean of x^k",
    order: "k",
    compute: (law, k, digits, budget) => mean(law, powerOf(x, k), digits, budget),
  },
  {
    name: "schatten-norm",
    doc: "(mean of abs(x)^p)^(1/p)",
    order: "p",
    compute(law, p, digits, budget) {
      if (QQ.sign(p) <= 0)
        throw new DomainError(`the order of a Schatten norm must be positive, not ${rationalToText(p)}`);
      const isEven = p.den === 1n && p.num % 2n === 0n;
      const inner = mean(law, powerOf(isEven ? x : absolute, p), digits + 2, budget);
      return combined([inner], digits, (real, [a]) => real.powRational(a!, QQ.inv(p)));
    },
  },
  {
    name: "nuclear-norm",
    doc: "mean of abs(x)",
    order: undefined,
    compute: (law, _order, digits, budget) => mean(law, absolute, digits, budget),
  },
  {
    name: "frobenius-norm",
    doc: "root of the mean of x^2",
    order: undefined,
    compute: (law, _order, digits, budget) =>
      combined([mean(law, powerOf(x, rational(2)), digits + 2, budget)], digits, (real, [a]) => real.sqrt(a!)),
  },
  {
    name: "spectral-norm",
    doc: "largest abs(x) in the support",
    order: undefined,
    compute: (law, _order, _digits, budget) => ({ kind: "exact", value: extremes(law, budget).largest }),
  },
  {
    name: "condition-number",
    doc: "largest over smallest abs(x) in the support",
    order: undefined,
    compute(law, _order, digits, budget) {
      const { largest, smallest } = extremes(law, budget);
      if (signOf(smallest) === 0)
        throw new DomainError("not defined: the condition number is infinite, since 0 is in the support");
      const [a, b] = [rationalValue(largest), rationalValue(smallest)];
      if (a !== undefined && b !== undefined) return { kind: "exact", value: algebraicFromRational(QQ.div(a, b)) };
      const parts: Finding[] = [largest, smallest].map((value) => ({ kind: "exact", value }));
      return combined(parts, digits, (real, [high, low]) => real.div(high!, low!));
    },
  },
  {
    name: "stable-rank",
    doc: "share of the dimension: mean of x^2 over the square of the spectral norm",
    order: undefined,
    compute(law, _order, digits, budget) {
      const parts: Finding[] = [
        mean(law, powerOf(x, rational(2)), digits, budget),
        { kind: "exact", value: extremes(law, budget).largest },
      ];
      return combined(parts, digits, (real, [second, norm]) => real.div(second!, real.sqr(norm!)));
    },
  },
  {
    name: "effective-rank",
    doc: "share of the dimension: exp(-mean of y log y), y = x over its mean, for positive spectra [Roy and Vetterli 2007]",
    order: undefined,
    compute(law, _order, digits, budget) {
      const first = mean(law, x, digits, budget);
      const value = first.kind === "exact" ? rationalValue(first.value) : undefined;
      if (value === undefined || QQ.sign(value) <= 0) {
        throw new DomainError("not defined: the effective rank needs a law of positive mean, without free parameters");
      }
      const share = product(x, constant(QQ.inv(value)));
      // Near 0 the function is continued by 0: atoms there count for nothing.
      const entropy = mean(withoutAtomAtZero(law, budget), product(share, logarithm(share)), digits + 2, budget);
      return combined([entropy], digits, (real, [a]) => real.exp(real.neg(a!)));
    },
  },
  {
    name: "participation-ratio",
    doc: "square of the mean of x over the mean of x^2",
    order: undefined,
    compute(law, _order, digits, budget) {
      const parts = [rational(1), rational(2)].map((k) => mean(law, powerOf(x, k), digits, budget));
      return combined(parts, digits, (real, [first, second]) => real.div(real.sqr(first!), second!));
    },
  },
];

function withoutAtomAtZero(law: Law, budget: Budget): Law {
  if (support(law, budget).atoms.some(({ at }) => signOf(at) === 0)) {
    throw new DomainError(
      "not available: the effective rank of a law with an atom at 0; take the mean of x*log(x) of its other part",
    );
  }
  return law;
}

/** A function of numbers that are known exactly or in balls; the guarantee is the weakest of theirs. */
function combined(
  parts: readonly Finding[],
  digits: number,
  combine: (real: ReturnType<typeof realBalls>, values: readonly RealBall[]) => RealBall,
): Finding {
  const bits = Math.ceil(digits * 3.33) + 64;
  const real = realBalls(bits);
  const values = parts.map((part) => {
    if (part.kind === "symbolic")
      throw new DomainError("this statistic needs numbers, and the law still has free parameters");
    return ballOf(part, bits);
  });
  const value = combine(real, values);
  return { kind: parts.some((part) => part.kind === "estimate") ? "estimate" : "certified", value };
}

/** The largest and the smallest |x| of the support. */
function extremes(law: Law, budget: Budget): { readonly largest: AlgebraicNumber; readonly smallest: AlgebraicNumber } {
  requireNumeric(law, "the size of the spectrum");
  const found: Support = support(law, budget);
  const ends = [...found.intervals.flatMap(({ left, right }) => [left, right]), ...found.atoms.map(({ at }) => at)];
  const sizes = ends
    .map((at) => (signOf(at) < 0 ? affineImage(at, rational(-1), rational(0)) : at))
    .sort(compareAlgebraic);
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  if (smallest === undefined || largest === undefined) throw new InternalError("a law has a support");
  return {
    largest,
    smallest: pointOfSupport(law, rational(0), budget) ? algebraicFromRational(rational(0)) : smallest,
  };
}
