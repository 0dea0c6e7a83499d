// Exact: coordinates y = h·m − g of a curve in z and m, in which a point at infinity is finite, or sheets that meet vanish.
import type { Budget } from "../core/index.js";
import {
  add,
  coefficients,
  constant,
  divideExact,
  fromIntegerPoly,
  multiply,
  type Polynomial,
  power,
  primitive,
  toText,
  variable,
} from "../poly/index.js";
import { polyOf, type Table, tableOf } from "../verify/index.js";

/** The curve in z and y = h·m − g. */
export interface Chart {
  readonly h: readonly bigint[];
  readonly g: readonly bigint[];
  /** The power of h that is left out. */
  readonly power: number;
  readonly table: Table;
}

/** The charts of a curve, the first of them m itself, made as they are needed. */
export interface Charts {
  readonly all: readonly Chart[];
  readonly texts: readonly (readonly string[])[];
  /** The index of that of y = h·m − g. */
  indexOf(h: readonly bigint[], g: readonly bigint[]): number;
}

export function chartsOf(curve: Polynomial, budget: Budget): Charts {
  const all: Chart[] = [{ h: [1n], g: [0n], power: 0, table: tableOf(polyOf(toText(curve))) }];
  const texts: (readonly string[])[] = [];
  const known = new Map<string, number>();
  const indexOf = (h: readonly bigint[], g: readonly bigint[]): number => {
    const key = `${h.join(" ")}|${g.join(" ")}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    budget.spend(5, "looking for coordinates of a sheet");
    const [above, below] = [add(variable("m"), fromIntegerPoly(g, "z")), fromIntegerPoly(h, "z")];
    const parts = coefficients(curve, "m");
    let own = parts.reduce(
      (sum, row, j) => add(sum, multiply(row, multiply(power(above, j), power(below, parts.length - 1 - j)))),
      constant(0),
    );
    let count = 0;
    for (let next = h.length > 1 ? divideExact(own, below) : undefined; next !== undefined; count++) {
      own = next;
      next = divideExact(own, below);
    }
    const text = toText(primitive(own));
    texts.push([toText(below), toText(fromIntegerPoly(g, "z")), String(count), text]);
    all.push({ h, g, power: count, table: tableOf(polyOf(text)) });
    known.set(key, all.length - 1);
    return all.length - 1;
  };
  return { all, texts, indexOf };
}
