import { type Budget, InternalError, type Random } from "../core/index.js";
import { absorbResidues, type ChineseRemainders } from "../modular/index.js";
import { bitLength } from "../rings/index.js";
import { divideExact, type Polynomial, polynomialFromTerms, primitive, quotientExact } from "../sparse/index.js";
import { lightPrime } from "../univariate/index.js";
import { groupFactors, joinPartitions } from "./factor-grouping.js";
import { type ImagedPolynomial, imageFactorsModulo, modularFactors } from "./factor-images.js";
import { splitContent } from "./gcd.js";
import { termsOfBox } from "./gcd-images.js";
import { imageOnLine, reduceTerms } from "./residue-terms.js";

/** Primes whose partitions of the factors are joined before the reconstruction starts. */
const partitionsJoined = 2;
/** Residues of a first prime that are smaller than this are taken for integers and tried. */
const shortInteger = 1024n;

/**
 * The irreducible factors over QQ from the factors of one image over ZZ, through images modulo primes.
 *
 * The factors of the image are put together by the factors of the polynomial on lines over GF(p), which separate at least
 * what belongs to different factors over QQ. Then each group is lifted along lines to the points of a grid (the image there
 * is known up to the leading coefficient of the whole, which is put in), interpolated and carried over to ZZ by Chinese
 * remaindering until it stays and divides. A group that shows a coefficient beyond its possible degree modulo a prime was
 * too small, and the partition is joined with the one modulo that prime. Without `grouping` each factor of the image is first
 * taken to belong to another factor. Exact: each factor is divided out, and it is irreducible because no smaller group was
 * possible.
 */
export function factorsFromImage(
  source: ImagedPolynomial,
  grouping: boolean,
  random: Random,
  budget: Budget,
): Polynomial[] {
  let partition: readonly (readonly number[])[] = source.factors.map((_, i) => [i]);
  let usable = grouping ? 0 : partitionsJoined;
  for (let k = 0; usable < partitionsJoined; k++) {
    const groups = partitionModulo(source, lightPrime(k), random, budget);
    if (groups === undefined) {
      if (k > 200) throw new InternalError("no prime separates the factors of an image");
      continue;
    }
    partition = joinPartitions(partition, groups);
    usable++;
    if (groups.length === source.factors.length) break;
  }
  for (;;) {
    if (partition.length === 1) return [source.polynomial];
    const factors = reconstruct(source, partition, random, budget);
    if (factors !== undefined) return factors;
    partition = coarserPartition(source, partition, random, budget);
  }
}

/** The partition joined with the one modulo some prime that is not coarser than it. */
function coarserPartition(
  source: ImagedPolynomial,
  partition: readonly (readonly number[])[],
  random: Random,
  budget: Budget,
): number[][] {
  for (let k = 0; k < 200; k++) {
    const groups = partitionModulo(source, lightPrime(k), random, budget);
    if (groups === undefined) continue;
    const joined = joinPartitions(partition, groups);
    if (joined.length < partition.length) return joined;
  }
  throw new InternalError("the factors of an image could not be put together");
}

function partitionModulo(source: ImagedPolynomial, p: number, random: Random, budget: Budget): number[][] | undefined {
  const { table } = source;
  budget.spend(table.degree * table.lineDegree, "putting the factors of an image together");
  const terms = reduceTerms(table, p);
  const factors = imageFactorsModulo(source, terms);
  if (factors === undefined) return undefined;
  const point = source.point.map((x) => ((x % p) + p) % p);
  const direction = point.map(() => (point.length === 1 ? 1 : random.integer(1, p - 1)));
  const rows = imageOnLine(terms, point, direction, table.lineDegree);
  return groupFactors(rows, terms.degree, factors, p);
}

/** One group on its way to ZZ. */
interface Candidate {
  readonly group: readonly number[];
  state: ChineseRemainders;
  shape: string;
  factor: Polynomial | undefined;
}

/** The factors that belong to the groups; undefined when some group is not a factor. */
function reconstruct(
  source: ImagedPolynomial,
  partition: readonly (readonly number[])[],
  random: Random,
  budget: Budget,
): Polynomial[] | undefined {
  const degreeOf = (group: readonly number[]): number =>
    group.reduce((sum, i) => sum + source.factors[i]!.length - 1, 0);
  const groups = [...partition].sort((a, b) => degreeOf(a) - degreeOf(b));
  // The largest group is what the others leave.
  const candidates: Candidate[] = groups
    .slice(0, -1)
    .map((group) => ({ group, state: { values: [], modulus: 1n }, shape: "", factor: undefined }));
  const bits = largestBits(source);
  let degrees: readonly number[] | undefined;
  for (let k = 0; ; k++) {
    const p = lightPrime(k);
    budget.spend(source.table.degree * source.table.lineDegree, "carrying factors over from a prime to the integers");
    const images = modularFactors(source, groups, p, degrees, random, budget);
    if (images === undefined) continue;
    if (images === "too small") {
      if (degrees === undefined || degrees === source.table.axisDegrees) return undefined;
      degrees = source.table.axisDegrees;
      continue;
    }
    degrees = images.degrees;
    for (const [i, candidate] of candidates.entries()) {
      if (candidate.factor !== undefined) continue;
      const image = images.list[i]!;
      const shape = image.box.join();
      if (candidate.shape !== shape) {
        // A smaller box comes from a prime that made a leading coefficient vanish.
        if (candidate.shape !== "" && image.values.length < candidate.state.values.length) continue;
        candidate.state = { values: [], modulus: 1n };
        candidate.shape = shape;
      }
      if (bitLength(candidate.state.modulus) > bits) {
        throw new InternalError("a factor was not found within the bound of its coefficients");
      }
      const stable = absorbResidues(candidate.state, image.values, p);
      if (!stable && !isShort(candidate.state, p)) continue;
      const multiple = polynomialFromTerms(
        [source.main, ...source.axes],
        termsOfBox(candidate.state.values, image.box),
      );
      const found = splitContent(multiple, source.main, budget).rest;
      if (divideExact(source.polynomial, found) !== undefined) candidate.factor = found;
      // The degrees were found by chance too low: from now on the proven ones are taken.
      else if (stable) degrees = source.table.axisDegrees;
    }
    if (candidates.every((c) => c.factor !== undefined)) break;
  }
  const found = candidates.map((c) => c.factor!);
  const rest = found.reduce((p, f) => primitive(quotientExact(p, f)), source.polynomial);
  return [...found, rest];
}

/** Whether all residues of a first prime are so small that they are probably the integers. */
function isShort(state: ChineseRemainders, p: number): boolean {
  return state.modulus === BigInt(p) && state.values.every((c) => c < shortInteger && c > -shortInteger);
}

/**
 * Binary digits beyond which the coefficients of a factor, multiplied by a leading coefficient, cannot go: factors have
 * coefficients at most 2^(sum of the degrees) times that of the product (Gelfond's lemma) — doubled, to be generous.
 */
function largestBits(source: ImagedPolynomial): number {
  const degrees = source.table.axisDegrees.reduce((sum, d) => sum + d, source.table.degree);
  const height = source.table.coefficients.reduce((bits, c) => Math.max(bits, bitLength(c)), 0);
  return 4 * (degrees + height) + 400;
}
