import { bitLength, QQ, type Rational } from "../rings/index.js";
import { type IntegerPoly, integerPoly } from "../univariate/index.js";
import { type GridValue, valueOnGrid } from "./grid-value.js";

/**
 * The interval [index, index + 1] / 2^level with exactly one root of a polynomial p, and values of p at its ends, whose signs differ
 * (one of them may be 0). A cell never contains 0 in its interior.
 */
export interface GridCell {
  readonly index: bigint;
  readonly level: number;
  readonly left: GridValue;
  readonly right: GridValue;
  /** The binary logarithm of the number of parts that the next quadratic step tries. */
  readonly stride: number;
}

/** index / 2^level in lowest terms. */
export function dyadic(index: bigint, level: number): Rational {
  if (level <= 0) return { num: index << BigInt(-level), den: 1n };
  if (index === 0n) return QQ.zero;
  const low = index & -index;
  const zeros = Math.min(level, bitLength(low) - 1);
  return { num: index >> BigInt(zeros), den: 1n << BigInt(level - zeros) };
}

/** The ends of the cell. */
export function boundsOf(cell: Pick<GridCell, "index" | "level">): { lower: Rational; upper: Rational } {
  return { lower: dyadic(cell.index, cell.level), upper: dyadic(cell.index + 1n, cell.level) };
}

/** r * 2^level, rounded down. */
function floorOnGrid(r: Rational, level: number): bigint {
  return level >= 0
    ? QQ.floor({ num: r.num << BigInt(level), den: r.den })
    : QQ.floor({ num: r.num, den: r.den << BigInt(-level) });
}

/**
 * A cell that isolates the one root of a square-free polynomial p between lower and upper, where p has opposite signs. The cell
 * lies inside the interval. A good estimate `near` of the root saves most of the work.
 */
export function startingCell(p: IntegerPoly, lower: Rational, upper: Rational, near?: Rational): GridCell {
  return (near && cellAround(p, lower, upper, near)) ?? cellByBisection(p, lower, upper);
}

/** A narrow cell at the estimate, when p changes its sign there. */
function cellAround(p: IntegerPoly, lower: Rational, upper: Rational, near: Rational): GridCell | undefined {
  if (near.num === 0n) return undefined;
  const size = bitLength(near.num) - bitLength(near.den);
  for (const bits of [44, 32, 16]) {
    const level = bits - size;
    const index = floorOnGrid(near, level);
    const left = valueOnGrid(p, index, level, 24, bits);
    let [first, leftValue] = [index, left];
    let rightValue = valueOnGrid(p, index + 1n, level, 24, bits);
    if (leftValue.mantissa < 0n === rightValue.mantissa < 0n) {
      // One more cell on the side where the values fall.
      const slope = difference(rightValue, leftValue);
      const rootIsLeft = slope > 0n === leftValue.mantissa > 0n;
      if (rootIsLeft) {
        first = index - 1n;
        rightValue = leftValue;
        leftValue = valueOnGrid(p, first, level, 24, bits);
      } else {
        first = index + 1n;
        leftValue = rightValue;
        rightValue = valueOnGrid(p, first + 1n, level, 24, bits);
      }
    }
    if (leftValue.mantissa < 0n === rightValue.mantissa < 0n) continue;
    const cell = { index: first, level, left: leftValue, right: rightValue, stride: 16 };
    const bounds = boundsOf(cell);
    if (QQ.compare(bounds.lower, lower) >= 0 && QQ.compare(bounds.upper, upper) <= 0) return cell;
  }
  return undefined;
}

/** a - b in units of the smaller exponent. */
function difference(a: GridValue, b: GridValue): bigint {
  const [x, y] = aligned(a, b);
  return x - y;
}

function aligned(a: GridValue, b: GridValue): [bigint, bigint] {
  const shift = a.exponent - b.exponent;
  return shift >= 0 ? [a.mantissa << BigInt(shift), b.mantissa] : [a.mantissa, b.mantissa << BigInt(-shift)];
}

/** The widest dyadic interval between lower and upper that contains the cell, as place and level on the grid. */
export function widestAround(
  cell: Pick<GridCell, "index" | "level">,
  lower: Rational,
  upper: Rational,
): Pick<GridCell, "index" | "level"> {
  const width = QQ.sub(upper, lower);
  for (let level = bitLength(width.den) - bitLength(width.num) - 1; level < cell.level; level++) {
    const wide = { index: cell.index >> BigInt(cell.level - level), level };
    const bounds = boundsOf(wide);
    if (QQ.compare(bounds.lower, lower) >= 0 && QQ.compare(bounds.upper, upper) <= 0) return wide;
  }
  return cell;
}

function cellByBisection(p: IntegerPoly, lower: Rational, upper: Rational): GridCell {
  const width = QQ.sub(upper, lower);
  let level = bitLength(width.den) - bitLength(width.num);
  let first = floorOnGrid(lower, level);
  let last = -floorOnGrid(QQ.neg(upper), level);
  const rising = integerPoly.signAt(p, lower) < 0;
  let loss = 16;
  /** Whether the root lies to the right; only points strictly inside (lower, upper) have a sign that tells. */
  const isBelow = (index: bigint): boolean => {
    const at = dyadic(index, level);
    if (QQ.compare(at, lower) <= 0) return true;
    if (QQ.compare(at, upper) >= 0) return false;
    const value = valueOnGrid(p, index, level, 1, loss);
    loss = value.loss + 4;
    return value.mantissa < 0n === rising;
  };
  for (let step = 1; ; step = Math.min(2 * step, 1 << 12)) {
    // A root very close to an end is approached by halving the number of digits, any other by halving the distance.
    let side: -1 | 0 | 1 = -1;
    for (let spread = last - first; spread > 1n; spread = last - first) {
      const reach = 1n << BigInt(bitLength(spread) >> 1);
      if (spread < 64n) side = 0;
      const middle = side < 0 ? first + reach : side > 0 ? last - reach : (first + last) >> 1n;
      const below = isBelow(middle);
      if (below) first = middle;
      else last = middle;
      if (side < 0 && below) side = 1;
      else if (side > 0 && !below) side = 0;
    }
    const scale = level >= 0 ? 1n << BigInt(level) : 1n;
    const unit = level >= 0 ? 1n : 1n << BigInt(-level);
    const inside = first * unit * lower.den >= lower.num * scale && last * unit * upper.den <= upper.num * scale;
    if (inside) {
      const left = valueOnGrid(p, first, level, 24, loss);
      const right = valueOnGrid(p, last, level, 24, loss);
      return { index: first, level, left, right, stride: 2 };
    }
    level += step;
    first <<= BigInt(step);
    last <<= BigInt(step);
  }
}

/** The distance of the cell from 0 in units of its width. */
function distance(cell: GridCell): bigint {
  return cell.index >= 0n ? cell.index : -cell.index - 1n;
}

/**
 * A cell of width at most 2^-bits times the absolute value of the root, by quadratic interval refinement [Abbott 2014]: linear
 * interpolation proposes one of 2^stride parts; when it is right the stride doubles. All signs are exact.
 */
export function refineCell(p: IntegerPoly, start: GridCell, bits: number): GridCell {
  let cell = start;
  for (;;) {
    const away = distance(cell);
    const missing = away === 0n ? 1 : bits - bitLength(away) + 1;
    if (missing <= 0) return cell;
    cell = away === 0n ? split(p, cell, 1) : split(p, cell, Math.min(cell.stride, missing));
  }
}

/** One step: a part of width 2^-stride of the cell when the interpolation hits it, else one half of the cell. */
function split(p: IntegerPoly, cell: GridCell, stride: number): GridCell {
  const level = cell.level + stride;
  const base = cell.index << BigInt(stride);
  const parts = 1n << BigInt(stride);
  const rising = cell.left.mantissa < 0n;
  const guess = stride === 1 ? 1n : interpolate(cell.left, cell.right, stride);
  const position = guess < 1n ? 1n : guess >= parts ? parts - 1n : guess;
  // The next step interpolates between these values with twice the stride, and they are smaller by the stride.
  const wanted = 2 * stride + 12;
  const loss = Math.max(cell.left.loss, cell.right.loss) + stride;
  const value = valueOnGrid(p, base + position, level, wanted, loss);
  const grown = Math.max(cell.stride, 2 * stride);
  if (value.mantissa < 0n === rising) {
    const end = position + 1n;
    const right = end === parts ? cell.right : valueOnGrid(p, base + end, level, wanted, loss);
    if (right.mantissa < 0n !== rising) return { index: base + position, level, left: value, right, stride: grown };
  } else {
    const begin = position - 1n;
    const left = begin === 0n ? cell.left : valueOnGrid(p, base + begin, level, wanted, loss);
    if (left.mantissa < 0n === rising) return { index: base + begin, level, left, right: value, stride: grown };
  }
  return { ...split(p, cell, 1), stride: Math.max(2, stride >> 1) };
}

/** round(2^stride * left/(left - right)) from the leading bits of the two values. */
function interpolate(left: GridValue, right: GridValue, stride: number): bigint {
  const [x, y] = aligned(left, right);
  const drop = BigInt(Math.max(0, Math.min(bitLength(x), bitLength(y)) - stride - 16));
  const a = x >> drop;
  const b = y >> drop;
  if (a === b) return 1n << BigInt(stride - 1);
  return ((a << BigInt(stride + 1)) + (a - b)) / (2n * (a - b));
}
