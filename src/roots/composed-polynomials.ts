import { type Budget, unlimited } from "../core/index.js";
import { type IntegerPoly, integerPoly } from "../univariate/index.js";

/** The power sums lead^k * (sum of the k-th powers of the roots), k = 0 … count, which are integers (Newton's identities). */
function scaledPowerSums(f: IntegerPoly, count: number): bigint[] {
  const n = f.length - 1;
  const lead = f[n]!;
  // The polynomial of lead*x is monic with coefficients f_(n-i) lead^(i-1).
  const monic: bigint[] = [];
  let power = 1n;
  for (let i = 1; i <= n; i++) {
    monic.push(f[n - i]! * power);
    power *= lead;
  }
  const sums: bigint[] = [BigInt(n)];
  for (let k = 1; k <= count; k++) {
    let sum = k <= n ? -BigInt(k) * monic[k - 1]! : 0n;
    for (let i = 1; i <= Math.min(k - 1, n); i++) sum -= monic[i - 1]! * sums[k - i]!;
    sums.push(sum);
  }
  return sums;
}

/** The monic polynomial with the power sums [1], …, [degree] of its roots; every division is exact. */
function fromPowerSums(sums: readonly bigint[], degree: number): bigint[] {
  const descending: bigint[] = [1n];
  for (let k = 1; k <= degree; k++) {
    let sum = 0n;
    for (let i = 1; i <= k; i++) sum -= sums[i]! * descending[k - i]!;
    descending.push(sum / BigInt(k));
  }
  return descending.reverse();
}

/**
 * The primitive polynomial whose roots are all sums of a root of f and a root of g, with multiplicities, from the products of the
 * exponential generating series of their power sums [Bostan, Flajolet, Salvy & Schost, J. Symb. Comput. 41 (2006) 1–29]. The
 * degree is the product of the degrees D; O(D^2) products of integers.
 */
export function composedSum(f: IntegerPoly, g: IntegerPoly, budget: Budget = unlimited): IntegerPoly {
  const degree = (f.length - 1) * (g.length - 1);
  budget.spend(1 + (degree * degree) / 50, "adding algebraic numbers");
  const [a, b] = [f[f.length - 1]!, g[g.length - 1]!];
  // Power sums of a*b*(x + y): with x scaled by a already, and y by b.
  const left = scaledPowerSums(f, degree).map((s, k) => s * b ** BigInt(k));
  const right = scaledPowerSums(g, degree).map((s, k) => s * a ** BigInt(k));
  const sums: bigint[] = [];
  let binomials: bigint[] = [1n];
  for (let k = 0; k <= degree; k++) {
    let sum = 0n;
    for (let j = 0; j <= k; j++) sum += binomials[j]! * left[j]! * right[k - j]!;
    sums.push(sum);
    binomials = [1n, ...binomials.map((c, j) => c + (binomials[j + 1] ?? 0n))];
  }
  return integerPoly.primitive(integerPoly.scaleVariable(fromPowerSums(sums, degree), a * b));
}

/** The primitive polynomial whose roots are all products of a root of f and a root of g; as {@link composedSum}. */
export function composedProduct(f: IntegerPoly, g: IntegerPoly, budget: Budget = unlimited): IntegerPoly {
  const degree = (f.length - 1) * (g.length - 1);
  budget.spend(1 + (degree * degree) / 50, "multiplying algebraic numbers");
  const [a, b] = [f[f.length - 1]!, g[g.length - 1]!];
  const right = scaledPowerSums(g, degree);
  const sums = scaledPowerSums(f, degree).map((s, k) => s * right[k]!);
  return integerPoly.primitive(integerPoly.scaleVariable(fromPowerSums(sums, degree), a * b));
}
