import type { PageState } from "../permalink.js";

type Shown = Pick<PageState, "expression" | "parameters" | "tau">;

/** Commands that give in a shell what the page shows. */
export function commandLines(state: Shown): string {
  const law = state.tau === "1" ? state.expression : `${state.expression} |> decompress(${state.tau})`;
  const set = Object.entries(state.parameters).map(([name, value]) => ` --set ${name}=${value}`);
  const line = (command: string, expression: string, options = ""): string =>
    `freecurve ${command} ${quoted(expression)}${set.join("")}${options}`;
  return [
    line("support", law),
    line("events", state.expression),
    line("horizon", state.expression),
    line("explain", law),
    line("plot", law, " -o density.svg"),
  ].join("\n");
}

/** A text as a POSIX shell takes it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A program that gives with the library what the page shows. */
export function libraryCode({ expression, parameters, tau }: Shown): string {
  const values = Object.entries(parameters).map(([name, value]) => `${name}: parseRational(${JSON.stringify(value)})`);
  const options = values.length === 0 ? "" : `, { parameters: { ${values.join(", ")} } }`;
  const isChanged = tau !== "1";
  const rational = isChanged || values.length > 0 ? ["parseRational"] : [];
  const names = [
    ...(isChanged ? ["decompress"] : []),
    "density",
    "events",
    "horizon",
    "parseLaw",
    ...rational,
    "support",
  ];
  return `import { ${names.join(", ")} } from "freecurve";

const small = parseLaw(${JSON.stringify(expression)}${options});
const law = ${isChanged ? `decompress(small, parseRational(${JSON.stringify(tau)}))` : "small"};
console.log(support(law)); // bulks and atoms, exact
console.log(density(law)(Float64Array.of(0.5, 1, 2)));
console.log(events(small), horizon(small)); // as the size grows
`;
}
