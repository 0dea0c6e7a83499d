// What the judge said of a law, and whether the program said the same.

/** The lines of `judge` in judge.gp. */
export function readLines(lines) {
  const seen = {
    frame: [0n, unit],
    cells: [],
    left: [],
    right: [],
    poles: [],
    real: [],
    upper: [],
    law: false,
    why: "",
  };
  for (const line of lines) {
    const [word, ...values] = line.replaceAll(/ (e[+-]?\d)/gi, "$1").split(" ");
    if (word === "law") Object.assign(seen, { law: values[0] === "1", why: values.slice(1).join(" ") });
    else if (word === "frame") seen.frame = values.map(exact);
    else
      ({ cell: seen.cells, pole: seen.poles, left: seen.left, right: seen.right, real: seen.real, upper: seen.upper })[
        word
      ].push(values);
  }
  return seen;
}

/** What is wrong with what the program said, or undefined. */
export function compare(said, seen, engine) {
  if (said.kind === "not a law") return seen.law ? `a law, and said to be none: ${said.why}` : undefined;
  if (!seen.law) return `no law (${seen.why}), and answered`;
  return (
    wrongEdges(said, seen, engine) ??
    wrongAtoms(said, seen, engine) ??
    wrongMass(said, engine) ??
    wrongDensity(said, seen) ??
    wrongBranchPoints(said, seen, engine)
  );
}

/** A real number of the program in the frame of the judge, in which everything is of size about one. */
export function framed(a, [centre, size], { roots }) {
  const digits = 60 + Math.max(0, length(centre) - length(size));
  return ((exact(roots.algebraicToDecimal(a, digits)) - centre) * unit) / size;
}

const places = 40n;
export const agree = (a, text) => apart(a, exact(text)) <= unit / 10n ** places;

function wrongEdges({ support }, { left, right, frame }, engine) {
  const sides = [
    ["left", support.intervals.map((bulk) => [bulk.left, bulk.leftExponent]), left],
    ["right", support.intervals.map((bulk) => [bulk.right, bulk.rightExponent]), right],
  ];
  for (const [name, edges, expected] of sides) {
    if (edges.length !== expected.length) return `${edges.length} bulks instead of ${expected.length}`;
    for (const [k, [at, exponent]] of edges.entries()) {
      if (!agree(framed(at, frame, engine), expected[k][0]))
        return `the ${name} edge ${engine.roots.algebraicToDecimal(at, 30)} instead of ${expected[k][0]}, framed`;
      if (exponent.kind !== "ok") continue;
      const value = Number(exponent.value.num) / Number(exponent.value.den);
      if (Math.abs(value - Number(expected[k][1])) > 0.02)
        return `the exponent ${value} instead of ${expected[k][1]} at ${expected[k][0]}`;
    }
  }
  return undefined;
}

/** The judge tells of each weight how far off it may be. */
function wrongAtoms({ support }, { poles, frame }, engine) {
  const weights = support.atoms.map((atom) => Number(engine.roots.algebraicToDecimal(atom.weight, 15)));
  const matched = new Set();
  for (const [at, text, off] of poles) {
    const weight = Number(text);
    const slack = Math.max(3 * Number(off), 1e-13);
    const k = support.atoms.findIndex((atom) => agree(framed(atom.at, frame, engine), at));
    if (k >= 0) matched.add(k);
    if (Math.abs(weight - (weights[k] ?? 0)) > slack)
      return `an atom of weight ${weights[k] ?? 0} instead of ${weight} at ${at}, framed`;
  }
  return matched.size === support.atoms.length ? undefined : "an atom where the transform is finite";
}

function wrongMass({ support }, { roots }) {
  const mass =
    support.intervals.reduce((total, bulk) => total + bulk.mass, 0) +
    support.atoms.reduce((total, atom) => total + Number(roots.algebraicToDecimal(atom.weight, 15)), 0);
  return Math.abs(mass - 1) < 1e-7 ? undefined : `the masses add up to ${mass}`;
}

function wrongDensity(said, { cells }) {
  for (const [x, value] of cells) {
    const density = said.density(x);
    if (typeof density !== "string") {
      if (density.kind === "crash") return `crash in the density at ${x}: ${density.why}`;
      continue;
    }
    const [a, b] = [exact(density), exact(value)];
    if (apart(a, b) > magnitude(b) / 10n ** 17n) return `the density ${density} instead of ${value} at ${x}`;
  }
  return undefined;
}

function wrongBranchPoints({ branchPoints }, { real, upper, frame }, engine) {
  const reals = real.filter(([, ramified]) => ramified === "1");
  if (branchPoints.real.length !== reals.length)
    return `${branchPoints.real.length} real branch points instead of ${reals.length}`;
  if (!branchPoints.real.every((at, k) => agree(framed(at, frame, engine), reals[k][0])))
    return "a real branch point at the wrong place";
  const uppers = upper.filter(([, , ramified]) => ramified === "1");
  const complex = branchPoints.complex.filter((point) => point.im > 0);
  if (complex.length !== uppers.length)
    return `${complex.length} branch points above the axis instead of ${uppers.length}`;
  for (const [re, im] of uppers) {
    const [x, y] = [Number(re), Number(im)];
    const found = complex.some(
      (point) => Math.abs(point.im / y - 1) < 1e-9 && Math.abs(point.re - x) <= 1e-9 * Math.hypot(x, y),
    );
    if (!found) return `no branch point found at ${re} + ${im}i`;
  }
  return branchPoints.complex.some((point) => point.onPhysicalSheet)
    ? "a law with a branch point on its physical sheet"
    : undefined;
}

/** Units of 10^-500, from decimal text or a fraction: enough for all places that are compared. */
const unit = 10n ** 500n;
export function exact(text) {
  const [above, below] = text.split("/");
  if (below !== undefined) return (unit * BigInt(above)) / BigInt(below);
  const [, sign, whole, part = "", power = "0"] = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`no decimal number: ${text}`);
  const shift = Number(power) - part.length;
  const digits = unit * BigInt(`${whole}${part}` || "0");
  const size = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return sign === "-" ? -size : size;
}
const magnitude = (a) => (a < 0n ? -a : a);
const apart = (a, b) => magnitude(a - b);
const length = (a) => magnitude(a).toString().length;
