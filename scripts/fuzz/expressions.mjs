// Texts of the input language: made from the grammar with the kinds of arguments of the vocabulary, some of them wrong on purpose, and
// mutations of such texts.

const plainNumbers = ["1", "2", "3", "1/2", "1/3", "2/3", "1/4", "3/2"];
const oddNumbers = [
  "0",
  "-1",
  "-1/2",
  "0.1",
  "1e3",
  "1e-3",
  "4",
  "5",
  "7/13",
  "2^3",
  "(1+1)/2",
  "1e20",
  "1e-20",
  "1/0",
  "0^0",
];
/** Among them the names that eliminations use inside, those of the plane, and those of every JavaScript object. */
const names = ["c", "tau", "t", "x", "y", "v", "c1", "z1_", "m1_", "y_", "r_", "y1_", "λ", "z", "m", "e", "pi"];
const objectNames = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];
const polynomials = [
  "m^2 + z*m + 1",
  "c*z*m^2 + (z + c - 1)*m + 1",
  "2*z^2*m^3 + z^2*m^2 - 1",
  "z*m + 1",
  "m^2 - z",
  "(z^2 - 4)*m^2 - 1",
  "0",
  "m",
  "z",
  "1",
  "m^2 + z*m + 1.",
  "(z*m+1)*(z*m+2)",
  "(z*m+1)^2",
  "z^9*m^9+m+1",
  "",
];
const fragments = [
  "|>",
  "[+]",
  "[*]",
  "⊞",
  "⊠",
  "(",
  ")",
  "[",
  "]",
  ",",
  "^",
  "-",
  "/",
  '"',
  "'",
  "#",
  " ",
  "\n",
  "\0",
  "1e999",
  "\u202e",
  "é",
];

function rationalOf(text) {
  const [num, den = "1"] = text.split("/");
  return { num: BigInt(num), den: BigInt(den) };
}

export function expressionMaker(random, { laws, operations }) {
  const { one, chance, below, times } = random;
  const number = () => (chance(0.85) ? one(plainNumbers) : one(oddNumbers));
  /** A number that an argument may be, where the vocabulary says which those are. */
  const numberFor = ({ domain }) => {
    const allowed = plainNumbers.filter((text) => domain === undefined || domain.holds(rationalOf(text)));
    return one(allowed.length > 0 ? allowed : plainNumbers);
  };
  const scalar = (wild) => {
    if (chance(0.9 - wild)) return number();
    if (chance(0.05)) return one(objectNames);
    if (chance(0.6)) return one(names);
    return `${one(names)} ${one(["+", "-", "*", "/", "^"])} ${number()}`;
  };
  const pairs = (wild) => {
    const count = 1 + below(3);
    const weights = [["1"], ["1/2", "1/2"], ["1/4", "1/4", "1/2"]][count - 1];
    return `[${times(count, (_, k) => `[${scalar(wild)}, ${chance(0.95) ? weights[k] : scalar(wild)}]`).join(", ")}]`;
  };
  const argument = (spec, depth, wild) => {
    if (chance(wild / 4)) return one([law(0, wild), scalar(wild), pairs(wild), `"${one(polynomials)}"`, "[]"]);
    if (spec.kind === "law") return law(depth - 1, wild);
    if (spec.kind === "pairs") return pairs(wild);
    if (spec.kind === "scalars") return `[${times(below(4), () => scalar(wild)).join(", ")}]`;
    if (spec.kind === "polynomial") return `"${one(polynomials)}"`;
    if (spec.kind === "integer") return chance(1 - wild) ? one(["1", "2", "3", "4"]) : scalar(wild);
    return chance(0.8 - wild) ? numberFor(spec) : scalar(wild);
  };
  const call = (entry, depth, wild) => {
    const wanted = entry.arguments.filter((spec) => spec.optional !== true || chance(0.3));
    const values = wanted.map((spec) => argument(spec, depth, wild));
    if (chance(wild / 6)) values.pop();
    if (chance(wild / 6)) values.push(scalar(wild));
    return `${entry.name}(${values.join(", ")})`;
  };
  const stage = (depth, wild) => {
    const entry = one(operations);
    const place = entry.arguments.findIndex((spec) => spec.kind === "law");
    const values = entry.arguments.filter((_, k) => k !== place).map((spec) => argument(spec, depth, wild));
    return `|> ${entry.name}(${values.join(", ")})`;
  };
  /** An expression for a law; `wild` is about the share of its parts that are not what they should be. */
  function law(depth, wild) {
    if (depth <= 0 || chance(0.35)) return call(one(laws), 0, wild);
    if (chance(0.2)) return `(${law(depth - 1, wild)}) ${one(["[+]", "[*]", "⊞", "⊠"])} (${law(depth - 1, wild)})`;
    if (chance(0.3)) return `(${law(depth - 1, wild)}) ${stage(depth - 1, wild)}`;
    return call(one(operations), depth, wild);
  }
  const mutated = (text) => {
    let result = text;
    for (let k = 1 + below(4); k > 0; k--) {
      const at = below(result.length + 1);
      const length = below(6);
      const piece = result.slice(at, at + length);
      result = one([
        () => result.slice(0, at) + result.slice(at + length),
        () => result.slice(0, at) + piece + piece + result.slice(at + length),
        () => result.slice(0, at) + one(fragments) + result.slice(at),
        () => result.slice(0, at) + String.fromCodePoint(1 + below(chance(0.8) ? 126 : 0x2fff)) + result.slice(at),
        () => result.slice(0, at) + one([...laws, ...operations]).name + result.slice(at),
      ])();
    }
    return result;
  };
  const soup = () =>
    times(1 + below(20), () => one([...fragments, ...names, ...plainNumbers, one(laws).name])).join("");
  return { law, scalar, number, mutated, soup };
}
