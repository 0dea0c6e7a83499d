import { type Budget, unlimited } from "../core/index.js";
import { mul, trim } from "./integer-poly-arithmetic.js";
import { bezoutResidues, multiplyResidues, type ResiduePoly } from "./prime-field-poly.js";

/** A node of the tree of factors: its two halves are coprime monic polynomials with s*left + t*right = 1 to the same precision. */
interface Node {
  product: readonly bigint[];
  readonly halves:
    | { readonly left: Node; readonly right: Node; s: readonly bigint[]; t: readonly bigint[] }
    | undefined;
}

/** The residue of least absolute value. */
export function symmetricResidue(value: bigint, modulus: bigint): bigint {
  let r = value % modulus;
  if (r < 0n) r += modulus;
  return 2n * r > modulus ? r - modulus : r;
}

function reduce(coeffs: readonly bigint[], modulus: bigint): readonly bigint[] {
  return trim(
    coeffs.map((c) => {
      const r = c % modulus;
      return r < 0n ? r + modulus : r;
    }),
  );
}

function multiply(a: readonly bigint[], b: readonly bigint[], modulus: bigint): readonly bigint[] {
  return reduce(mul(a, b), modulus);
}

function combine(a: readonly bigint[], sign: bigint, b: readonly bigint[], modulus: bigint): readonly bigint[] {
  const result: bigint[] = [];
  for (let k = 0; k < Math.max(a.length, b.length); k++) result.push((a[k] ?? 0n) + sign * (b[k] ?? 0n));
  return reduce(result, modulus);
}

function divideByMonic(
  a: readonly bigint[],
  b: readonly bigint[],
  modulus: bigint,
): { quotient: readonly bigint[]; rest: readonly bigint[] } {
  if (a.length < b.length) return { quotient: [], rest: a };
  const rest = a.slice();
  const quotient = new Array<bigint>(a.length - b.length + 1).fill(0n);
  for (let k = quotient.length - 1; k >= 0; k--) {
    const top = rest[k + b.length - 1]! % modulus;
    quotient[k] = top;
    if (top !== 0n) for (let j = 0; j < b.length - 1; j++) rest[k + j]! -= top * b[j]!;
  }
  return { quotient: reduce(quotient, modulus), rest: reduce(rest.slice(0, b.length - 1), modulus) };
}

/** One quadratic step (von zur Gathen–Gerhard, Modern Computer Algebra, algorithm 15.10) down the tree. */
function liftNode(node: Node, target: readonly bigint[], modulus: bigint, last: boolean): void {
  node.product = target;
  const halves = node.halves;
  if (halves === undefined) return;
  const g = halves.left.product;
  const h = halves.right.product;
  const error = combine(target, -1n, multiply(g, h, modulus), modulus);
  const step = divideByMonic(multiply(halves.s, error, modulus), h, modulus);
  const gain = combine(multiply(halves.t, error, modulus), 1n, multiply(step.quotient, g, modulus), modulus);
  const left = combine(g, 1n, gain, modulus);
  const right = combine(h, 1n, step.rest, modulus);
  if (!last) {
    const sum = combine(multiply(halves.s, left, modulus), 1n, multiply(halves.t, right, modulus), modulus);
    const defect = combine(sum, -1n, [1n], modulus);
    const fix = divideByMonic(multiply(halves.s, defect, modulus), right, modulus);
    const change = combine(multiply(halves.t, defect, modulus), 1n, multiply(fix.quotient, left, modulus), modulus);
    halves.s = combine(halves.s, -1n, fix.rest, modulus);
    halves.t = combine(halves.t, -1n, change, modulus);
  }
  liftNode(halves.left, left, modulus, last);
  liftNode(halves.right, right, modulus, last);
}

function plant(factors: readonly ResiduePoly[], p: number): { node: Node; residues: ResiduePoly } {
  const toBig = (c: ResiduePoly): bigint[] => Array.from(c, BigInt);
  if (factors.length === 1) return { node: { product: toBig(factors[0]!), halves: undefined }, residues: factors[0]! };
  const middle = factors.length >> 1;
  const left = plant(factors.slice(0, middle), p);
  const right = plant(factors.slice(middle), p);
  const { s, t } = bezoutResidues(left.residues, right.residues, p);
  const residues = multiplyResidues(left.residues, right.residues, p);
  return {
    node: { product: toBig(residues), halves: { left: left.node, right: right.node, s: toBig(s), t: toBig(t) } },
    residues,
  };
}

function leaves(node: Node): (readonly bigint[])[] {
  return node.halves === undefined ? [node.product] : [...leaves(node.halves.left), ...leaves(node.halves.right)];
}

function inverseModuloPower(a: bigint, modulus: bigint): bigint {
  let [r0, r1] = [modulus, ((a % modulus) + modulus) % modulus];
  let [t0, t1] = [0n, 1n];
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [t0, t1] = [t1, t0 - q * t1];
  }
  return ((t0 % modulus) + modulus) % modulus;
}

/**
 * Monic factors of f/lead(f) modulo p^exponent, from its monic, pairwise coprime factors modulo the prime p, which does not divide
 * lead(f). The order of the factors is kept; coefficients lie in [0, p^exponent).
 */
export function henselLift(
  f: readonly bigint[],
  factors: readonly ResiduePoly[],
  p: number,
  exponent: number,
  budget: Budget = unlimited,
): (readonly bigint[])[] {
  const schedule: number[] = [];
  for (let e = exponent; e > 1; e = Math.ceil(e / 2)) schedule.unshift(e);
  const root = plant(factors, p).node;
  const full = BigInt(p) ** BigInt(exponent);
  const inverse = inverseModuloPower(f[f.length - 1]!, full);
  const monic = f.map((c) => (c * inverse) % full);
  schedule.forEach((e, index) => {
    budget.spend(f.length * factors.length, "lifting modular factors");
    const modulus = BigInt(p) ** BigInt(e);
    liftNode(root, reduce(monic, modulus), modulus, index === schedule.length - 1);
  });
  return leaves(root);
}
