import { type Budget, DomainError, type Random, unlimited } from "../core/index.js";
import { checkBeta, type TridiagonalMatrix } from "./beta-ensembles.js";
import { checkSize } from "./dense-matrix.js";

/** An entry interacts with its k neighbours on each side only, so that the chain forgets its start within a few sweeps. */
const sweeps = 60;

const largestOrder = 10;

/**
 * A tridiagonal matrix with eigenvalue density ∝ Π_{i<j} |λ_i − λ_j|^β exp(−nβ Σ V(λ)/2) with V(x) = x^(2k)/(k C(2k, k)), whose law
 * tends to the equilibrium measure of V, on [−2, 2]. Its entries a_1 … a_n and b_1 … b_(n−1) have density
 * ∝ Π b_j^(β(n−j) − 1) exp(−nβ tr V(T)/2) (M. Krishnapur, B. Rider and B. Virág, Comm. Pure Appl. Math. 69 (2016) 145–199), from
 * which they are drawn by a fixed number of Metropolis sweeps that begin at the most likely matrix. Estimate in double precision, for k > 1
 * also as every Markov chain that is stopped. n·k³ operations; k is at most 10.
 */
export function monomialEnsemble(
  size: number,
  beta: number,
  k: number,
  random: Random,
  budget: Budget = unlimited,
): TridiagonalMatrix {
  checkSize(size);
  checkBeta(beta);
  if (!(Number.isInteger(k) && k >= 1 && k <= largestOrder)) {
    throw new DomainError(
      `a matrix with a potential of degree 2k is sampled for k from 1 to ${largestOrder}; got ${k}`,
    );
  }
  let central = 1;
  for (let i = 1; i <= k; i++) central = (central * (k + i)) / i;
  const strength = (size * beta) / (2 * k * central);
  // The first `mass` of n coefficients removed leave an equilibrium measure of mass t, whose support scales with t^(1/2k).
  const radius = (mass: number): number => (mass / size) ** (1 / (2 * k));
  const diagonal = new Float64Array(size);
  const offDiagonal = Float64Array.from({ length: size - 1 }, (_, j) => radius(size - 1 - j));
  const trace = traceAround(diagonal, offDiagonal, k);
  const move = (entries: Float64Array, j: number, mass: number): void => {
    const before = entries[j]!;
    const after = before + (radius(mass) / Math.sqrt(beta * mass)) * random.normal();
    const isBeside = entries === offDiagonal;
    if (isBeside && after <= 0) return;
    const traceBefore = trace(j);
    entries[j] = after;
    const gain = isBeside ? (beta * mass - 1) * Math.log(after / before) : 0;
    if (Math.log(random.uniform()) >= gain - strength * (trace(j) - traceBefore)) entries[j] = before;
  };
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let j = 0; j < size; j++) {
      budget.spend(1 + k ** 3 / 20, "drawing a random matrix");
      move(diagonal, j, size - j);
      if (j + 1 < size) move(offDiagonal, j, size - 1 - j);
    }
  }
  return { diagonal, offDiagonal };
}

/**
 * tr T^(2k) of the rows that a closed walk of length 2k through row j or the step from j to j + 1 can reach: it depends on
 * the entries there as the whole trace does.
 */
function traceAround(diagonal: Float64Array, offDiagonal: Float64Array, k: number): (j: number) => number {
  const size = diagonal.length;
  let vector = new Float64Array(size + 2);
  let image = new Float64Array(size + 2);
  return (j) => {
    const first = Math.max(0, j - k);
    const last = Math.min(size - 1, j + k + 1);
    let trace = 0;
    for (let start = first; start <= last; start++) {
      // |T^k e_start|², with the vectors shifted by one place so that both ends have a neighbour.
      vector.fill(0, first, last + 3);
      image.fill(0, first, last + 3);
      vector[start + 1] = 1;
      for (let step = 1; step <= k; step++) {
        const [low, high] = [Math.max(first, start - step), Math.min(last, start + step)];
        for (let i = low; i <= high; i++) {
          const left = i > first ? offDiagonal[i - 1]! * vector[i]! : 0;
          const right = i < last ? offDiagonal[i]! * vector[i + 2]! : 0;
          image[i + 1] = left + diagonal[i]! * vector[i + 1]! + right;
        }
        [vector, image] = [image, vector];
      }
      for (let i = Math.max(first, start - k); i <= Math.min(last, start + k); i++) trace += vector[i + 1]! ** 2;
    }
    return trace;
  };
}
