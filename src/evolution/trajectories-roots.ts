import { type Budget, LimitError, unlimited } from "../core/index.js";
import {
  coefficients,
  constant,
  constantValue,
  degree,
  isConstant,
  type Polynomial,
  substitute,
} from "../poly/index.js";
import { type Rational, rationalFromNumber, rationalToNumber } from "../rings/index.js";
import { algebraicRoots, algebraicToNumber } from "../roots/index.js";

/** The real roots z of E(z, tau), ascending, for tau between two critical times: their number does not change and they do not meet. */
export interface MovingRoots {
  /** In double precision, for the given tau in ascending order. */
  evaluate(taus: readonly number[]): readonly Float64Array[];
}

/** rows[j][i] multiplies z^j tau^i. */
interface Table {
  readonly rows: readonly Float64Array[];
}

/**
 * Follows all real roots together from an exact start: Newton's iteration from the tangent, steps halved until it is proved, up to
 * rounding with a stated bound, that each root is where it should be: the values half-way between neighbours have alternating
 * signs, so that there is a root in every one of as many intervals as there are roots. Where doubles are not enough, exact isolation.
 */
export function followRoots(edges: Polynomial, start: Rational, budget: Budget = unlimited): MovingRoots {
  const table = tableOf(edges);
  const first = exactRoots(edges, start, budget);
  const origin = { tau: rationalToNumber(start), roots: first };
  return {
    evaluate(taus) {
      const result = new Array<Float64Array>(taus.length);
      const split = taus.findIndex((t) => t >= origin.tau);
      const upper = split < 0 ? taus.length : split;
      let here: State = origin;
      for (let k = upper; k < taus.length; k++) {
        here = advance(edges, table, origin, here, taus[k]!, budget);
        result[k] = here.roots;
      }
      here = origin;
      for (let k = upper - 1; k >= 0; k--) {
        here = advance(edges, table, origin, here, taus[k]!, budget);
        result[k] = here.roots;
      }
      return result;
    },
  };
}

interface State {
  readonly tau: number;
  readonly roots: Float64Array;
}

const smallestShare = 2 ** -12;

function advance(edges: Polynomial, table: Table, origin: State, from: State, to: number, budget: Budget): State {
  let here = from;
  let share = 1;
  while (here.tau !== to) {
    budget.spend(from.roots.length, "following the edges");
    const target = share === 1 ? to : here.tau + share * (to - here.tau);
    const roots = step(table, here, target);
    if (roots !== undefined) {
      here = { tau: target, roots };
      share = Math.min(1, 2 * share);
    } else if (share > smallestShare) share /= 4;
    else here = { tau: to, roots: isolated(edges, origin, to, budget) };
  }
  return here;
}

/**
 * The roots at tau by exact isolation; where roots have met, at a critical time itself or beyond it by rounding, those a little nearer to
 * the origin.
 */
function isolated(edges: Polynomial, origin: State, tau: number, budget: Budget): Float64Array {
  for (const share of [0, 2 ** -48, 2 ** -40, 2 ** -30]) {
    const roots = exactRoots(edges, rationalFromNumber(tau + share * (origin.tau - tau)), budget);
    if (roots.length === origin.roots.length) return roots;
  }
  throw new LimitError(`the edges at tau = ${tau} could not be told apart`);
}

/** The roots at tau, or undefined when they could not be told apart. */
function step(table: Table, from: State, tau: number): Float64Array | undefined {
  const at = coefficientsAt(table, tau);
  const roots = new Float64Array(from.roots.length);
  const slopes = slopesAt(table, from);
  for (let k = 0; k < roots.length; k++) {
    let z = from.roots[k]! + slopes[k]! * (tau - from.tau);
    let settled = false;
    for (let iteration = 0; iteration < 20; iteration++) {
      const { value, slope, error, size } = evaluate(at, z);
      const move = value / slope;
      if (!Number.isFinite(move)) return undefined;
      z -= move;
      const blur = error / Math.abs(slope);
      if (Math.abs(move) <= 4 * blur + 4 * Number.EPSILON * Math.abs(z)) {
        // Ten digits are asked of a picture and of a start for refinement.
        settled = blur <= 1e-10 * (Math.abs(z) + size);
        break;
      }
    }
    if (!settled) return undefined;
    roots[k] = z;
  }
  return inOrder(at, roots) ? roots : undefined;
}

/** Whether the polynomial changes sign between each root and the next, beyond rounding. */
function inOrder(at: Coefficients, roots: Float64Array): boolean {
  let before = 0;
  for (let k = 0; k <= roots.length; k++) {
    const [left, right] = [roots[k - 1], roots[k]];
    const spread = roots.length > 1 ? roots.at(-1)! - roots[0]! : 1 + Math.abs(roots[0] ?? 0);
    const z =
      left === undefined ? (right ?? 0) - spread / 8 : right === undefined ? left + spread / 8 : (left + right) / 2;
    if (left !== undefined && right !== undefined && !(left < z && z < right)) return false;
    const inside = left !== undefined && right !== undefined;
    const { value, error } = evaluate(at, z);
    if (Math.abs(value) <= error) {
      if (inside) return false;
      continue;
    }
    const sign = Math.sign(value);
    if (inside && before !== 0 && sign === before) return false;
    before = inside || before === 0 ? sign : before;
  }
  return true;
}

interface Coefficients {
  readonly values: Float64Array;
  readonly sizes: Float64Array;
}

function coefficientsAt(table: Table, tau: number): Coefficients {
  const values = new Float64Array(table.rows.length);
  const sizes = new Float64Array(table.rows.length);
  table.rows.forEach((row, j) => {
    let [value, size] = [0, 0];
    for (let i = row.length - 1; i >= 0; i--) {
      value = value * tau + row[i]!;
      size = size * Math.abs(tau) + Math.abs(row[i]!);
    }
    values[j] = value;
    sizes[j] = size * (row.length + 2);
  });
  return { values, sizes };
}

function evaluate(
  { values, sizes }: Coefficients,
  z: number,
): { value: number; slope: number; error: number; size: number } {
  let [value, slope, bound] = [0, 0, 0];
  for (let j = values.length - 1; j >= 0; j--) {
    slope = slope * z + value;
    value = value * z + values[j]!;
    bound = bound * Math.abs(z) + sizes[j]!;
  }
  return { value, slope, error: 2 ** -52 * bound * (values.length + 2), size: Math.abs(z) };
}

/** dz/dtau = −E_tau/E_z of every root. */
function slopesAt(table: Table, { tau, roots }: State): Float64Array {
  const at = coefficientsAt(table, tau);
  const inTime = coefficientsAt({ rows: table.rows.map((row) => row.map((_, i) => (i + 1) * (row[i + 1] ?? 0))) }, tau);
  return roots.map((z) => {
    const slope = -evaluate(inTime, z).value / evaluate(at, z).slope;
    return Number.isFinite(slope) ? slope : 0;
  });
}

function exactRoots(edges: Polynomial, tau: Rational, budget: Budget): Float64Array {
  const inZ = substitute(edges, { tau: constant(tau) });
  return isConstant(inZ) ? new Float64Array() : Float64Array.from(algebraicRoots(inZ, budget).map(algebraicToNumber));
}

/** The coefficients as doubles, scaled by a power of two so that none overflows. */
function tableOf(edges: Polynomial): Table {
  const rows = coefficients(edges, "z").map((row) => coefficients(row, "tau").map(constantValue));
  let longest = 0;
  for (const row of rows)
    for (const c of row) longest = Math.max(longest, (c.num < 0n ? -c.num : c.num).toString(16).length);
  const shift = BigInt(Math.max(0, 4 * longest - 900));
  const width = degree(edges, "tau") + 1;
  return {
    rows: rows.map((row) =>
      Float64Array.from({ length: Math.max(1, width) }, (_, i) => {
        const c = row[i];
        return c === undefined ? 0 : rationalToNumber({ num: c.num, den: 1n << shift });
      }),
    ),
  };
}
