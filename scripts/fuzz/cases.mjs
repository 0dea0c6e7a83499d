// Cases for fuzzing: command lines, with the files and the standard input that go with them. A case is known by the seed and its number.
import { expressionMaker } from "./expressions.mjs";
import { fileMaker } from "./files.mjs";
import { choices } from "./random.mjs";

/** What stands in an argument for the folder of the case's files. */
export const folderMark = "@FOLDER@";

/** The case of this number. `seconds` is what --max-seconds is given. */
export function fuzzCase(vocabulary, seed, number, seconds) {
  const random = choices(Math.imul(seed, 0x9e3779b1) + number);
  const { one, chance, below, times } = random;
  const make = expressionMaker(random, vocabulary);
  const file = fileMaker(random);
  const wild = one([0, 0.05, 0.2]);
  const depth = one([0, 1, 1, 2, 2, 3]);
  const law = () => {
    if (chance(0.08)) return make.soup();
    const text = make.law(depth, wild);
    return chance(0.12) ? make.mutated(text) : text;
  };
  // Most options are right, so that most cases come to the mathematics.
  const mostly = (right, wrong) => one(chance(0.85) ? right : wrong);
  const count = () => mostly(["1", "3", "8", "20"], ["0", "-1", "1e3", "x", "1.5"]);
  const place = () => mostly(["0", "1", "1/3", "0.5,2", "-1", "1e9", "1e-9", "4"], ["x", "", "1/0"]);
  const scalar = () => make.scalar(wild);
  const lawCommands = [
    ["curve", () => (chance(0.3) ? ["--as", one(["r", "s", "cauchy", "moment", "eta", "stieltjes", "x"])] : [])],
    ["support", () => []],
    ["branch-points", () => []],
    ["sheets", () => []],
    ["horizon", () => []],
    ["is-spectrum", () => []],
    [
      "density",
      () =>
        chance(0.7) ? ["--at", place()] : ["--grid", mostly(["0:3:4", "0:1:1"], ["1:0:3", "0:1", "a:b:c", "0:1:1e9"])],
    ],
    [
      "moments",
      () => [
        "-n",
        count(),
        ...(chance(0.5) ? [one(["--recurrence", "--differential-equation", "--hankel", "--jacobi"])] : []),
      ],
    ],
    ["cumulants", () => ["-n", count()]],
    ["quantiles", () => (chance(0.5) ? ["-n", count()] : ["--at", mostly(["1/2", "0.05,0.95", "1"], ["0", "2", "x"])])],
    ["distribution", () => ["--at", place()]],
    [
      "sample",
      () => ["-n", mostly(["1", "2", "30", "300"], ["0", "x"]), "--seed", mostly(["1", "7"], ["-1", "x", "1e99"])],
    ],
    [
      "statistics",
      () => [
        "--of",
        one(["log(x)", "x^2", "1/x", "exp(x)", "sqrt(x)", "abs(x)", "1/(x-1)", "x^x", "", "log(", "pi", "y"]),
      ],
    ],
    ["stieltjes", () => ["--at", one(["1+2i", "i", "-0.5i", "2", "0", "1e9+1e-9i", "z", ""])]],
    [
      "ridge",
      () => [
        ...["--ratio", one(["1/2", "2", "1", "0", "-1", "c", "1/2,2"])],
        ...(chance(0.5) ? ["--lambda", one(["0", "1", "1/10,1", "-1", "1e-9", "x"])] : ["--optimal"]),
        ...(chance(0.4) ? ["--noise", one(["0", "1", "-1", "1e9"])] : []),
        ...(chance(0.3) ? ["--alignment", one(["1", "x", "x^2", "1-x", "z", "1/x"])] : []),
      ],
    ],
    ["events", () => (chance(0.3) ? ["--in", one(["tau", "c", "x", "__proto__"])] : chance(0.3) ? ["--all"] : [])],
    ["edge-polynomial", () => []],
    ["phases", () => ["--x", one(["c", "v", "tau", "q"]), "--y", one(["tau", "c1", "x"])]],
    ["explain", () => ["--format", mostly(["markdown", "text", "html"], ["pdf"])]],
  ];
  const common = () => [
    "--max-seconds",
    String(seconds),
    ...(chance(0.6) ? ["--json"] : []),
    ...(chance(0.3) ? ["--digits", mostly(["1", "5", "30", "60"], ["0", "x", "-3", "1e9"])] : []),
  ];
  const settings = () =>
    chance(0.25)
      ? ["--set", mostly(["c=1/2", "c=2", "tau=3", "x=0", "v=-1"], ["__proto__=1", "c", "=1", "c=c", "z=1", "m=2"])]
      : [];
  const lawLine = () => {
    const [command, options] = one(lawCommands);
    return { argv: [command, law(), ...options(), ...settings(), ...common()] };
  };
  const fileLine = () => {
    const files = [file.spectrum()];
    const path = `${folderMark}/${files[0].name}`;
    const [command, options] = one([
      ["fit", () => []],
      ["check", () => (chance(0.5) ? ["--sizes", one(["2,4", "0", "x", "1000"])] : [])],
      ["weights", () => ["--resamples", "10", ...(chance(0.5) ? ["--ratio", one(["1/2", "0.5", "2", "x"])] : [])]],
      ["scaling", () => (chance(0.4) ? ["--keep", count()] : chance(0.4) ? ["--to", count()] : [])],
      ["extrapolate", () => ["--to", count()]],
    ]);
    return { files, argv: [command, path, ...options(), ...common()] };
  };
  const savedLine = () => {
    const files = [file.savedLaw()];
    const [command, options] = one(lawCommands);
    return { files, argv: [command, `${folderMark}/law.json`, ...options(), ...settings(), ...common()] };
  };
  const sessionLine = () => {
    const options = `--max-seconds ${seconds}${chance(0.5) ? " --json" : ""}`;
    const line = () =>
      one([
        () => `curve ${law()} ${options}`,
        () => `${one(["A", "B", "__proto__", "constructor", "e"])} = ${make.law(0, wild)}`,
        () => `moments ${one(["A", "B", "A [+] B", "toString"])} -n 3 ${options}`,
        () => `help ${one(["curve", "x", "", "--"])}`,
        () => make.soup().replaceAll("\n", " "),
        () => one(["", "# note", "exit", "repl", "--version", "curve", "completion bash", "curve --help", "=", "A ="]),
      ])();
    return { argv: ["repl"], input: times(1 + below(5), line).join(one(["\n", "\r\n"])) };
  };
  const temperatureLine = () => ({
    argv: [
      "high-temperature",
      ...times(chance(0.95) ? 2 : below(4), () => scalar()),
      ...one([
        () => ["--at", place()],
        () => ["--moments", one(["1", "3", "6", "0"])],
        () => ["--stieltjes", one(["1+2i", "i", "3", "x"])],
        () => ["--sample", one(["1", "10", "0"])],
        () => ["--grid", "0:3:3"],
      ])(),
      ...common(),
    ],
  });
  const strayLine = () => ({
    argv: times(1 + below(4), () =>
      one([
        "curve",
        "--json",
        "--help",
        "help",
        "",
        "-",
        "--",
        "completion",
        "bash",
        "zsh",
        "fish",
        law(),
        "--set",
        "-n",
      ]),
    ),
    input: chance(0.5) ? law() : "",
  });
  /** Options that any command may be given, most of them not its own, with values of every kind. */
  const optionLine = () => {
    const files = chance(0.3) ? [file.spectrum()] : [];
    const names = [
      "n",
      "at",
      "grid",
      "of",
      "digits",
      "set",
      "as",
      "seed",
      "lambda",
      "to",
      "sizes",
      "array",
      "keep",
      "in",
      "format",
    ];
    const more = [
      "max-seconds",
      "max-memory",
      "max-matrix",
      "max-degree",
      "title",
      "x",
      "y",
      "alignment",
      "noise",
      "moments",
    ];
    const odd = [
      "",
      "-1",
      "0",
      "1",
      "1/3",
      "1e9",
      "1e-999",
      "NaN",
      "x",
      "__proto__",
      "c=1",
      "0:1:3",
      "\u0000",
      "../x",
      "\u001b[2J",
      "9".repeat(400),
    ];
    const option = () => {
      const name = one([...names, ...more]);
      const dashes = name.length === 1 ? "-" : "--";
      return one([[`${dashes}${name}`, one(odd)], [`--${name}=${one(odd)}`], [`${dashes}${name}`]]);
    };
    const command = one([
      ...lawCommands.map(([name]) => name),
      "fit",
      "check",
      "weights",
      "scaling",
      "high-temperature",
    ]);
    const operand = files.length > 0 ? `${folderMark}/${files[0].name}` : law();
    return { files, argv: [command, operand, ...times(1 + below(4), option).flat(), ...common()] };
  };
  const [kind, line] = one([
    ["options", optionLine],
    ["options", optionLine],
    ...times(10, () => ["law", lawLine]),
    ["file", fileLine],
    ["file", fileLine],
    ["saved law", savedLine],
    ["session", sessionLine],
    ["high temperature", temperatureLine],
    ["stray", strayLine],
  ]);
  return { kind, number, files: [], input: "", ...line() };
}
