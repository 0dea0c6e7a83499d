/** What a link to the page holds: the whole state but the uploaded numbers. Plain data, so that it can be tested anywhere. */
export interface PageState {
  readonly expression: string;
  /** Exact values of the parameters by name: "1/2", "0.02". */
  readonly parameters: Readonly<Record<string, string>>;
  /** The size factor, exact text. */
  readonly tau: string;
  readonly tab: Tab;
  readonly simulation: Simulation;
  /** The sheet that the complex plane shows. */
  readonly sheet: number | "physical";
  /** A loop drawn by hand, as points [re, im]. */
  readonly loop: readonly (readonly [number, number])[];
  /** The name of the uploaded file, whose numbers no link holds. */
  readonly data: string;
}

export const tabs = ["answers", "edges", "plane", "phases", "derivation", "data"] as const;
export type Tab = (typeof tabs)[number];

/** A simulated matrix beside the law: its size, the seed of its entries, and whether it is shown. */
export interface Simulation {
  readonly n: number;
  readonly seed: number;
  readonly shown: boolean;
}

export const initialState: PageState = {
  expression: "mp(c) ⊞ semicircle(v)",
  parameters: { c: "2", v: "1/4" },
  tau: "1",
  tab: "answers",
  simulation: { n: 400, seed: 1, shown: false },
  sheet: "physical",
  loop: [],
  data: "",
};

const version = "1";
const longest = { link: 12_000, expression: 4000, value: 80, name: 32, data: 80, parameters: 12, loop: 400 };
const parameterPrefix = "p.";

/** The state as the part of an address behind #; what stands as at first is left out. */
export function toLink(state: PageState): string {
  const fields = new URLSearchParams();
  fields.set("v", version);
  fields.set("law", state.expression);
  for (const [name, value] of Object.entries(state.parameters)) fields.set(`${parameterPrefix}${name}`, value);
  if (state.tau !== initialState.tau) fields.set("tau", state.tau);
  if (state.tab !== initialState.tab) fields.set("tab", state.tab);
  const { n, seed, shown } = state.simulation;
  if (shown) fields.set("sample", `${n},${seed}`);
  if (state.sheet !== "physical") fields.set("sheet", String(state.sheet));
  if (state.loop.length > 0)
    fields.set(
      "loop",
      state.loop.map((point) => point.map((x) => String(Number(x.toPrecision(6)))).join(",")).join(";"),
    );
  if (state.data !== "") fields.set("data", state.data.slice(0, longest.data));
  return fields.toString();
}

/** What a link says, field by field; each field that makes no sense is left at its first value, with a sentence. */
export interface LinkReading {
  readonly state: PageState;
  readonly problems: readonly string[];
}

/** Reads the part of an address behind #. Nothing in it is trusted, and nothing in it is run. */
export function readLink(text: string): LinkReading {
  if (text.trim() === "") return { state: initialState, problems: [] };
  if (text.length > longest.link) return refused(`the link is longer than ${longest.link} characters`);
  const fields = new URLSearchParams(text);
  const given = fields.get("v");
  if (given !== version) {
    return refused(
      given === null ? "the link says no version" : `the link has version ${shown(given)}; this page reads ${version}`,
    );
  }
  const problems: string[] = [];
  const read = <T>(name: string, otherwise: T, parse: (value: string) => T | undefined): T => {
    const value = fields.get(name);
    if (value === null) return otherwise;
    const found = parse(value);
    if (found !== undefined) return found;
    problems.push(`the link's ${name} ${shown(value)} was ignored`);
    return otherwise;
  };
  const expression = read("law", initialState.expression, readExpression);
  const state: PageState = {
    expression,
    parameters: readParameters(fields, problems),
    tau: read("tau", initialState.tau, (value) => (isPositiveRational(value) ? value : undefined)),
    tab: read("tab", initialState.tab, (value) => tabs.find((tab) => tab === value)),
    simulation: read("sample", initialState.simulation, readSimulation),
    sheet: read("sheet", initialState.sheet, readSheet),
    loop: read("loop", initialState.loop, readLoop),
    data: read("data", "", (value) => (isPlainText(value) && value.length <= longest.data ? value : undefined)),
  };
  const known = new Set(["v", "law", "tau", "tab", "sample", "sheet", "loop", "data"]);
  const unknown = [...new Set(fields.keys())].filter((name) => !known.has(name) && !name.startsWith(parameterPrefix));
  if (unknown.length > 0)
    problems.push(`the link's unknown ${unknown.length === 1 ? "field was" : "fields were"} ignored`);
  return { state, problems };
}

function refused(reason: string): LinkReading {
  return { state: initialState, problems: [`${reason}; it was ignored`] };
}

/** A value as a sentence shows it: short, and without anything that is no plain character. */
function shown(value: string): string {
  const plain = value.replace(/[^\x20-\x7e]/g, "?");
  return `"${plain.length > 24 ? `${plain.slice(0, 24)}…` : plain}"`;
}

/** Text without control characters, marks of direction and the like. */
function isPlainText(value: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u.test(value);
}

function readExpression(value: string): string | undefined {
  const text = value.trim();
  return text !== "" && text.length <= longest.expression && isPlainText(text.replace(/[\n\t]/g, " "))
    ? text
    : undefined;
}

function readParameters(fields: URLSearchParams, problems: string[]): Record<string, string> {
  const parameters: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [field, value] of fields) {
    if (!field.startsWith(parameterPrefix)) continue;
    const name = field.slice(parameterPrefix.length);
    if (isName(name) && isRationalText(value) && Object.keys(parameters).length < longest.parameters)
      parameters[name] = value;
    else problems.push(`the link's parameter ${shown(name)} = ${shown(value)} was ignored`);
  }
  return { ...parameters };
}

function isName(name: string): boolean {
  return name.length <= longest.name && /^[\p{L}][\p{L}\p{N}_]*$/u.test(name) && name !== "__proto__";
}

/** An exact number as the page writes it: an integer, a fraction or a decimal, of at most 80 characters. */
export function isRationalText(value: string): boolean {
  return value.length <= longest.value && /^-?(\d+(\/0*[1-9]\d*)?|\d*\.\d+)(e[-+]?\d{1,2})?$/.test(value);
}

/** A positive exact number, as a size factor is. */
export function isPositiveRational(value: string): boolean {
  return isRationalText(value) && !value.startsWith("-") && /[1-9]/.test(value.split(/[/e]/)[0] ?? "");
}

function readSimulation(value: string): Simulation | undefined {
  const match = /^(\d{1,5}),(\d{1,9})$/.exec(value);
  if (match === null) return undefined;
  const n = Number(match[1]);
  return n >= 2 && n <= 4000 ? { n, seed: Number(match[2]), shown: true } : undefined;
}

function readSheet(value: string): number | "physical" | undefined {
  if (value === "physical") return value;
  return /^\d{1,2}$/.test(value) ? Number(value) : undefined;
}

function readLoop(value: string): (readonly [number, number])[] | undefined {
  const points = value.split(";").map((point) => point.split(",").map((x) => (x === "" ? Number.NaN : Number(x))));
  const fine = points.every(
    (point) => point.length === 2 && point.every((x) => Number.isFinite(x) && Math.abs(x) < 1e9),
  );
  return fine && points.length <= longest.loop ? points.map(([re, im]) => [re!, im!] as const) : undefined;
}
