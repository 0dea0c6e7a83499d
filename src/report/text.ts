import type { NotDefined, Unable } from "../core/index.js";

/** Columns side by side: the given ones aligned to the right, the last one never padded. */
export function alignedTable(rows: readonly (readonly string[])[], rightAligned: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) for (const [k, cell] of row.entries()) widths[k] = Math.max(widths[k] ?? 0, [...cell].length);
  return rows
    .map((row) =>
      row
        .map((cell, k) => {
          const blank = " ".repeat(widths[k]! - [...cell].length);
          return rightAligned.includes(k) ? blank + cell : cell + blank;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Why there is no answer, in the place of one. */
export function whyNot({ kind, reason }: NotDefined | Unable): string {
  return kind === "undefined" ? `not defined: ${reason}` : `could not be decided: ${reason}`;
}
