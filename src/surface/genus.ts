import { type Budget, InternalError, unlimited } from "../core/index.js";
import { criticalPoints } from "../curve/index.js";
import { degree, type IntegerPoly, integerPoly, type Polynomial } from "../poly/index.js";
import { QQ } from "../rings/index.js";
import { type PuiseuxExpansion, puiseuxExpansions } from "../series/index.js";
import { type CurveLike, curveOf, monodromy } from "./monodromy.js";
import { cycleType } from "./permutation.js";

/** How a curve ramifies over the roots of one irreducible polynomial, or over infinity. */
export interface Ramification {
  /** Irreducible over the rationals, all of whose roots are alike; "infinity" for that point. */
  readonly over: IntegerPoly | "infinity";
  /** The numbers of sheets that hang together in each place over one of the points, in descending order; their sum is the degree in m. */
  readonly indices: readonly number[];
}

/**
 * Where the curve ramifies over the z-plane and over infinity, from its Puiseux expansions. Exact. Points without ramification are left out.
 *
 * @throws DomainError when the curve has parameters or a repeated factor.
 * @example ramifications("m^2 - z") // [2] over 0 and over infinity
 */
export function ramifications(of: CurveLike, budget: Budget = unlimited): readonly Ramification[] {
  const curve = curveOf(of);
  const { discriminant, leading } = criticalPoints(curve, budget);
  const sheets = degree(curve, "m");
  const finite = integerPoly.factor(discriminant, budget).factors.map(({ factor, multiplicity }): Ramification => {
    budget.spend(10, "expanding a curve at its critical points");
    // A simple root of the discriminant that keeps its fibre finite: two sheets meet, and ramify.
    const isSimple = multiplicity === 1 && integerPoly.divideExact(leading, factor) === undefined;
    if (isSimple) return { over: factor, indices: [2, ...new Array<number>(sheets - 2).fill(1)] };
    const at = { minimalPolynomial: factor, lower: QQ.zero, upper: QQ.zero };
    return { over: factor, indices: indicesOf(puiseuxExpansions(curve, "z", "m", at, { terms: 1 }, budget)) };
  });
  const infinite: Ramification = {
    over: "infinity",
    indices: indicesOf(puiseuxExpansions(curve, "z", "m", "infinity", { terms: 1 }, budget)),
  };
  return [...finite, infinite].filter(({ indices }) => indices.some((e) => e > 1));
}

function indicesOf(classes: readonly PuiseuxExpansion[]): readonly number[] {
  return classes
    .flatMap(({ ramification, residueDegree }) => new Array<number>(residueDegree).fill(ramification))
    .sort((a, b) => b - a);
}

export interface Genus {
  /** The genus of each component over the complex numbers; one component where the curve is irreducible there. */
  readonly components: readonly { readonly sheets: number; readonly genus: number }[];
  readonly ramifications: readonly Ramification[];
}

/**
 * The genus of a curve by the formula of Riemann and Hurwitz, 2g − 2 = −2n + Σ (e − 1), for each component over the complex numbers. The ramification is
 * counted twice, on the cycles of the monodromy and on exact Puiseux expansions, and must agree at every point. Certified.
 *
 * @throws DomainError when the curve has parameters or a repeated factor, LimitError when a certificate could not be reached.
 * @example genus("m^2 - z^3 - z").components // one, of genus 1
 */
export function genus(of: CurveLike, budget: Budget = unlimited): Genus {
  const curve = curveOf(of);
  const exact = ramifications(curve, budget);
  const { loops, infinity, components } = monodromy(curve, budget);
  const seen = [...loops.map((loop) => loop.permutation), infinity];
  compare(curve, exact, seen.map(cycleType));
  return {
    ramifications: exact,
    components: components.map((sheets) => {
      const own = new Set(sheets);
      const ramified = seen.reduce((sum, permutation) => {
        // Cycles stay inside a component: what they lack to one a sheet is Σ (e − 1).
        const images = new Set<number>();
        let count = 0;
        for (const start of sheets) {
          if (images.has(start)) continue;
          count++;
          for (let i = start; !images.has(i) && own.has(i); i = permutation[i]!) images.add(i);
        }
        return sum + sheets.length - count;
      }, 0);
      const twice = 2 - 2 * sheets.length + ramified;
      if (twice % 2 !== 0 || twice < 0) throw new InternalError(`a component with ${twice}/2 holes`);
      return { sheets: sheets.length, genus: twice / 2 };
    }),
  };
}

/** Throws when monodromy and Puiseux expansions do not show the same ramification. */
function compare(curve: Polynomial, exact: readonly Ramification[], seen: readonly (readonly number[])[]): void {
  const trivial = (indices: readonly number[]): boolean => indices.every((e) => e === 1);
  const expected = exact.flatMap(({ over, indices }) =>
    new Array<string>(over === "infinity" ? 1 : over.length - 1).fill(indices.join(" ")),
  );
  const found = seen.filter((indices) => !trivial(indices)).map((indices) => indices.join(" "));
  if (expected.sort().join(", ") !== found.sort().join(", ")) {
    throw new InternalError(
      `the curve of degree ${degree(curve, "m")} ramifies as (${expected.join(", ")}) by expansions and as (${found.join(", ")}) by monodromy`,
    );
  }
}
