// What must hold of every run of the command line.

/** Runs may pass the limit by this factor, and by this many seconds on top, before it counts. */
const factor = 3;
const grace = 2;

/** A sentence on what is wrong with a run, or undefined. `seconds` is undefined where time is not to be judged. */
export function complaint({ argv }, { code, out, error, seconds }, limit) {
  if (![0, 2, 3].includes(code)) return `exit code ${code}`;
  if (/\n\s+at |this is a defect of the program|InternalError|TypeError|\[object |\bundefined\b/.test(error)) {
    return "the message shows the inside of the program";
  }
  const said = error.split("\n").filter((line) => line.startsWith("freecurve: "));
  const session = argv[0] === "repl";
  if (code !== 0 && !session) {
    if (said.length !== 1) return `${said.length} sentences on standard error instead of one`;
    if (out !== "") return "an answer and a refusal at once";
  }
  if (
    code === 0 &&
    !session &&
    argv.includes("--json") &&
    !["--help", "help", "--version"].some((word) => argv.includes(word))
  ) {
    let value;
    try {
      value = JSON.parse(out);
    } catch {
      return "--json did not print one JSON value";
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) return "--json printed no object";
    if (!("guarantee" in value)) return "the JSON object has no field guarantee";
  }
  if (seconds !== undefined && seconds > factor * limit + grace)
    return `it took ${seconds.toFixed(1)} s with a limit of ${limit} s`;
  const added = Object.keys(Object.prototype);
  if (added.length > 0 || {}.polluted !== undefined) return `Object.prototype was given ${added.join(", ")}`;
  return undefined;
}
