import { type IntegerPoly, integerPoly } from "../poly/index.js";
import { bitLength, QQ, type Rational } from "../rings/index.js";
import { signVariations } from "./descartes-isolation.js";

/**
 * The interval [index, index + 1] / 2^level with exactly one root of a polynomial p inside, and the values of p at its ends times
 * 2^(level*deg p) (for level < 0 the values themselves). A cell never contains 0 in its interior.
 */
export interface GridCell {
  readonly index: bigint;
  readonly level: number;
  readonly left: bigint;
  readonly right: bigint;
  /** The binary logarithm of the number of parts that the next quadratic step tries. */
  readonly stride: number;
}

/** p(index / 2^level) * 2^(level*deg p), for level < 0 without the power of two. */
function valueOnGrid(p: IntegerPoly, index: bigint, level: number): bigint {
  const x = level < 0 ? index << BigInt(-level) : index;
  let value = 0n;
  let shift = 0n;
  const step = BigInt(Math.max(0, level));
  for (let k = p.length - 1; k >= 0; k--) {
    value = value * x + (p[k]! << shift);
    shift += step;
  }
  return value;
}

/** r * 2^level, rounded down. */
function floorOnGrid(r: Rational, level: number): bigint {
  return level >= 0
    ? QQ.floor({ num: r.num << BigInt(level), den: r.den })
    : QQ.floor({ num: r.num, den: r.den << BigInt(-level) });
}

/**
 * A cell that isolates the one root of the irreducible polynomial p of degree >= 2 in [lower, upper]; p has opposite signs at the
 * ends. The cell lies inside the interval, or sticks out when the root is very close to an end and no other root is near.
 */
export function startingCell(p: IntegerPoly, lower: Rational, upper: Rational): GridCell {
  const width = QQ.sub(upper, lower);
  let level = bitLength(width.den) - bitLength(width.num);
  let first = floorOnGrid(lower, level);
  let last = -floorOnGrid(QQ.neg(upper), level);
  const initial = level;
  let patience = 4;
  const rising = integerPoly.signAt(p, lower) < 0;
  for (;;) {
    // The root lies in [first, last] on the grid; only points strictly inside (lower, upper) have a sign that tells on which side.
    while (last - first > 1n) {
      const middle = (first + last) >> 1n;
      const at = level >= 0 ? { num: middle, den: 1n << BigInt(level) } : { num: middle << BigInt(-level), den: 1n };
      if (QQ.compare(at, lower) <= 0) first = middle;
      else if (QQ.compare(at, upper) >= 0) last = middle;
      else if (valueOnGrid(p, middle, level) < 0n === rising) first = middle;
      else last = middle;
    }
    const scale = level >= 0 ? 1n << BigInt(level) : 1n;
    const unit = level >= 0 ? 1n : 1n << BigInt(-level);
    const inside = first * unit * lower.den >= lower.num * scale && last * unit * upper.den <= upper.num * scale;
    // The test by Descartes' rule is dear, so it is made at distances that double.
    const tested = level - initial === patience;
    if (tested) patience *= 2;
    if (inside || (tested && isolates(p, first, last, unit, scale))) {
      const [left, right] = [valueOnGrid(p, first, level), valueOnGrid(p, last, level)];
      return { index: first, level, left, right, stride: 2 };
    }
    level += 1;
    first *= 2n;
    last *= 2n;
  }
}

/** Whether p has exactly one root between first*unit/scale and last*unit/scale, by Descartes' rule: false is no proof of the contrary. */
function isolates(p: IntegerPoly, first: bigint, last: bigint, unit: bigint, scale: bigint): boolean {
  return signVariations(integerPoly.pullBackMobius(p, last * unit, first * unit, scale, scale)) === 1;
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
  const rising = cell.left < 0n;
  const degree = p.length - 1;
  // Values scale with the level once it is not negative.
  const shift = BigInt(degree * (Math.max(0, level) - Math.max(0, cell.level)));
  const guess = stride === 1 ? 1n : interpolate(cell.left, cell.right, stride);
  const position = guess < 1n ? 1n : guess >= parts ? parts - 1n : guess;
  const value = valueOnGrid(p, base + position, level);
  const grown = Math.max(cell.stride, 2 * stride);
  if (value < 0n === rising) {
    const end = position + 1n;
    const right = end === parts ? cell.right << shift : valueOnGrid(p, base + end, level);
    if (right < 0n !== rising) return { index: base + position, level, left: value, right, stride: grown };
  } else {
    const begin = position - 1n;
    const left = begin === 0n ? cell.left << shift : valueOnGrid(p, base + begin, level);
    if (left < 0n === rising) return { index: base + begin, level, left, right: value, stride: grown };
  }
  return { ...split(p, cell, 1), stride: Math.max(2, stride >> 1) };
}

/** round(2^stride * left/(left - right)) from the leading bits of the two values. */
function interpolate(left: bigint, right: bigint, stride: number): bigint {
  const drop = Math.max(0, Math.min(bitLength(left), bitLength(right)) - stride - 16);
  const a = left >> BigInt(drop);
  const b = right >> BigInt(drop);
  return ((a << BigInt(stride + 1)) + (a - b)) / (2n * (a - b));
}
