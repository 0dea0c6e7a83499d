import { isZero, type Polynomial, polynomialFromTerms, scale, toText } from "../poly/index.js";
import { rational } from "../rings/index.js";

/** A cell of a parameter space: the signs of the border polynomials on it. */
export interface SignedCell {
  readonly borders: readonly Polynomial[];
  readonly signs: readonly (-1 | 0 | 1)[];
  /** A point of it, as text. */
  readonly place: string;
}

interface Literal {
  readonly border: number;
  readonly sign: -1 | 1;
}

/** Cells on which all literals hold; `part` names one of them where the literals hold on others too. */
interface Conjunction {
  readonly literals: readonly Literal[];
  readonly part?: string;
}

/**
 * Strict inequalities that hold on the cells inside and on none outside: as few as a greedy search finds, joined by `and`; where one
 * conjunction cannot do it, several joined by `or`. The polynomials are carried back by `restore` first.
 */
export function conditionText(
  inside: readonly SignedCell[],
  outside: readonly SignedCell[],
  restore: (p: Polynomial) => Polynomial,
  given: readonly string[],
): string {
  const borders = inside[0]?.borders ?? [];
  const texts = conjunctions(inside, outside, borders).map(({ literals, part }) =>
    [
      ...literals.map(({ border, sign }) => inequality(restore(borders[border]!), sign)),
      ...(part === undefined ? [] : [`the connected part of that set which holds ${part}`]),
    ].join(" and "),
  );
  const alternatives = [...new Set(texts)];
  const own =
    alternatives.length > 1 && given.length > 0 ? `(${alternatives.join(" or ")})` : alternatives.join(" or ");
  return [own, ...given].filter((text) => text !== "").join(" and ");
}

function conjunctions(
  inside: readonly SignedCell[],
  outside: readonly SignedCell[],
  borders: readonly Polynomial[],
): readonly Conjunction[] {
  const first = inside[0];
  if (first === undefined) return [];
  const common = borders.flatMap((_, border): Literal[] => {
    const sign = first.signs[border]!;
    return sign !== 0 && inside.every((cell) => cell.signs[border] === sign) ? [{ border, sign }] : [];
  });
  const violates = (cell: SignedCell, { border, sign }: Literal): boolean => cell.signs[border] !== sign;
  let rest = [...outside];
  const chosen: Literal[] = [];
  while (rest.length > 0) {
    const ranked = common
      .map((literal) => ({
        literal,
        gain: rest.filter((cell) => violates(cell, literal)).length,
        length: toText(borders[literal.border]!).length,
      }))
      .filter(({ gain }) => gain > 0)
      .sort((a, b) => b.gain - a.gain || a.length - b.length);
    const best = ranked[0];
    if (best === undefined) return splitBySign(inside, outside, borders);
    chosen.push(best.literal);
    rest = rest.filter((cell) => !violates(cell, best.literal));
  }
  const needed = chosen.filter(
    (literal) => !outside.every((cell) => chosen.some((other) => other !== literal && violates(cell, other))),
  );
  return [{ literals: covers(needed, outside, violates) ? needed : chosen }];
}

function covers(
  literals: readonly Literal[],
  outside: readonly SignedCell[],
  violates: (cell: SignedCell, literal: Literal) => boolean,
): boolean {
  return outside.every((cell) => literals.some((literal) => violates(cell, literal)));
}

/** Two parts by the border that divides the cells most evenly; there is one, since cells of the same signs are alike. */
function splitBySign(
  inside: readonly SignedCell[],
  outside: readonly SignedCell[],
  borders: readonly Polynomial[],
): readonly Conjunction[] {
  const splits = borders
    .map((_, border) => {
      const positive = inside.filter((cell) => cell.signs[border]! > 0);
      return { positive, negative: inside.filter((cell) => !positive.includes(cell)) };
    })
    .filter(({ positive, negative }) => positive.length > 0 && negative.length > 0)
    .sort((a, b) => Math.abs(a.positive.length - a.negative.length) - Math.abs(b.positive.length - b.negative.length));
  const [best] = splits;
  // Different answers on cells of the same signs: the signs alone do not tell them apart.
  if (best === undefined) {
    return inside.map(({ signs, place }) => ({
      literals: signs.flatMap((sign, border) => (sign === 0 ? [] : [{ border, sign }])),
      part: place,
    }));
  }
  return [...conjunctions(best.positive, outside, borders), ...conjunctions(best.negative, outside, borders)];
}

/** p > 0 or p < 0 with terms on the side where they are positive: `v > a^2`. */
function inequality(p: Polynomial, sign: -1 | 1): string {
  const whole = sign > 0 ? p : scale(p, rational(-1));
  const side = (keep: (c: bigint) => boolean): Polynomial =>
    polynomialFromTerms(
      whole.variables,
      whole.terms.filter((term) => keep(term.coefficient)).map((term) => ({ ...term })),
      1n,
    );
  const positive = side((c) => c > 0n);
  const negative = scale(
    side((c) => c < 0n),
    rational(-1),
  );
  if (isZero(positive)) return `${toText(negative)} < 0`;
  return `${toText(positive)} > ${toText(negative)}`;
}
