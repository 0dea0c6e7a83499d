import { type Law, support } from "freecurve";
import { algebraicToNumber } from "freecurve/roots";

/** The laws of the tables: one of each kind of edge and shape. */
export const texts: readonly string[] = [
  "semicircle(1)",
  "mp(1/2)",
  "mp(1)",
  "arcsine(-1, 3)",
  "kestenMcKay(3)",
  "wachter(1/2, 3/4)",
  "freeMeixner(3, 1)",
  "fussCatalan(3)",
  "bures()",
  "deformedWigner(1, [[-1, 1/2], [1, 1/2]])",
  "deformedWigner(1/4, [[0, 1/3], [1, 2/3]])",
  "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]]) |> decompress(6)",
  "freeLevy(0, 4/25, 1/10, [[2, 3/4], [11/2, 1/4]])",
  "silverstein(1/2, [[1, 1/2], [3, 1/2]])",
  "inverseMp(1/4)",
  "wignerPlusWishart(1/10, 1/4)",
  "semicircle(1) [+] mp(1/2)",
  "semicircle(1) [*] mp(1/2)",
  "mp(1/2) [*] mp(1/4)",
];

/** Points that cover the bulks of a law in no order. */
export function pointsInBulks(law: Law, count: number): Float64Array {
  const { intervals } = support(law);
  return Float64Array.from({ length: count }, (_, k) => {
    const { left, right } = intervals[k % intervals.length]!;
    const [a, b] = [algebraicToNumber(left), algebraicToNumber(right)];
    return a + (((k + 0.5) * 0.6180339887498949) % 1) * (b - a);
  });
}
