// Exact: coordinates y = h·m − g of a curve in z and m, in which a point at infinity is finite, or sheets that meet vanish.
import type { Budget } from "../core/index.js";
import { add, constant, fromIntegerPoly, multiply, type Polynomial, power, toText, variable } from "../poly/index.js";
import { type Chart, chartOf, polyOf } from "../verify/index.js";

/** The charts of a curve, the first of them m itself, made as they are needed. */
export interface Charts {
  readonly all: readonly Chart[];
  /** The index of that of y = h·m − g. */
  indexOf(h: readonly bigint[], g: readonly bigint[]): number;
}

export function chartsOf(curve: Polynomial, budget: Budget): Charts {
  const own = polyOf(toText(curve));
  const all: Chart[] = [];
  const known = new Map<string, number>();
  const indexOf = (h: readonly bigint[], g: readonly bigint[]): number => {
    const key = `${h.join(" ")}|${g.join(" ")}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    budget.spend(5, "looking for coordinates of a sheet");
    all.push(chartOf(own, polyOf(textOf(h)), polyOf(textOf(g))));
    known.set(key, all.length - 1);
    return all.length - 1;
  };
  indexOf([1n], [0n]);
  return { all, indexOf };
}

const textOf = (f: readonly bigint[]): string => toText(fromIntegerPoly(f, "z"));

/** h and g as texts. */
export const chartText = ({ h, g }: Chart): readonly [string, string] => [textOf(h), textOf(g)];

/** The curve in z and m, which stands for y. */
export const curveIn = ({ table }: Chart): Polynomial =>
  table.reduce((sum, row, j) => add(sum, multiply(fromIntegerPoly(row, "z"), power(variable("m"), j))), constant(0));
