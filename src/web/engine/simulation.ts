import { type Budget, DomainError, seededRandom } from "../../core/index.js";
import { sample } from "../../ensembles/index.js";
import { type Law, numericValue } from "../../law/index.js";
import { haarOrthogonal, symmetricEigenvalues } from "../../matrices/index.js";
import { QQ, rationalToNumber } from "../../rings/index.js";
import type { Context } from "./context.js";
import { lawOf } from "./law-cache.js";

/** The eigenvalues of one random matrix, ascending, and what matrix it is. */
export interface SimulationFacts {
  readonly law: string;
  readonly n: number;
  readonly seed: number;
  readonly eigenvalues: Float64Array;
  readonly model: string;
}

export interface SimulationQuestion {
  readonly law: string;
  readonly n: number;
  readonly seed: number;
}

const largest = { sampled: 2000, turned: 1000 };

/**
 * One random matrix with the law in the limit of large size: of the matrix model of the law, or, for a law compressed by tau < 1, the n by n corner of
 * a matrix of size n/tau with the law before, its eigenvectors turned by a Haar-distributed orthogonal matrix. An estimate of the law, by its nature.
 *
 * @throws DomainError when no matrix with the law is known here, with the reason.
 */
export function simulate({ law: text, n, seed }: SimulationQuestion, { budget }: Context): SimulationFacts {
  if (n > largest.sampled) throw new DomainError(`matrices are simulated here up to size ${largest.sampled}; got ${n}`);
  const law = lawOf(text, budget);
  budget.spend(1, "simulating a matrix");
  const cut = cornerOf(law);
  if (cut !== undefined) {
    const { whole, share } = cut;
    const size = Math.round(n / share);
    if (size > largest.turned) {
      const most = Math.floor(largest.turned * share);
      throw new DomainError(
        `this law is that of a corner: size ${n} is cut out of size ${size}, and up to ${largest.turned} can be computed here; take a size up to ${most}`,
      );
    }
    const eigenvalues = cornerEigenvalues(sample(whole, size, seed), n, seed, budget);
    return { law: text, n, seed, eigenvalues, model: `the corner of size ${n} of one matrix of size ${size}` };
  }
  if (law.derivation.operation === "decompress") {
    throw new DomainError(
      "no matrix is simulated for a law that was decompressed: a larger matrix is not determined by a smaller one; set the size factor to 1 or below",
    );
  }
  return { law: text, n, seed, eigenvalues: sample(law, n, seed), model: `one matrix of size ${n}` };
}

/** The law of the larger matrix, when a law is that of a corner. */
function cornerOf(law: Law): { readonly whole: Law; readonly share: number } | undefined {
  const { operation, operands } = law.derivation;
  const [first, second] = operands;
  if (operation !== "decompress" && operation !== "compress") return undefined;
  if (first?.kind !== "law" || second?.kind !== "scalar") return undefined;
  const tau = numericValue(second.value);
  return tau === undefined || QQ.compare(tau, QQ.one) >= 0
    ? undefined
    : { whole: first.law, share: rationalToNumber(tau) };
}

/** The eigenvalues of the n by n corner of Q diag(values) Qᵀ, Q Haar-distributed. */
function cornerEigenvalues(values: Float64Array, n: number, seed: number, budget: Budget): Float64Array {
  const size = values.length;
  const { entries } = haarOrthogonal(size, seededRandom(seed + 1));
  budget.spend(1, "turning a matrix");
  const corner = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += entries[i * size + k]! * values[k]! * entries[j * size + k]!;
      corner[i * n + j] = sum;
      corner[j * n + i] = sum;
    }
  }
  return symmetricEigenvalues(corner, n);
}
