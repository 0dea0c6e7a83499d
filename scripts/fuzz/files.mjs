// Files of eigenvalues of every kind that is read, sound ones and damaged ones, and saved laws.
import { strToU8, zipSync } from "fflate";

/** The bytes of a .npy file of doubles. */
function npy(values, shape) {
  const head = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
  const padded = head.padEnd(Math.ceil((head.length + 11) / 64) * 64 - 11 + 0, " ");
  const header = strToU8(`${padded}\n`);
  const bytes = new Uint8Array(10 + header.length + 8 * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(header, 10);
  const view = new DataView(bytes.buffer);
  values.forEach((value, k) => {
    view.setFloat64(10 + header.length + 8 * k, value, true);
  });
  return bytes;
}

const laws = [
  ["mp(1/2)", "m^2*z + 2*m*z - m + 2", []],
  ["semicircle(1)", "m^2 + m*z + 1", []],
  ["mp(c)", "c*m^2*z + m*z + c*m - m + 1", ["c"]],
  ["semicircle(1) |> shift(1)", "m^2 + m*z - m + 1", []],
];

export function fileMaker(random) {
  const { one, chance, below, times, next } = random;
  const value = () => {
    if (chance(0.94)) return 4 * next() ** 2;
    return one([0, -1, 1e300, 1e-300, -0, 5e-324, Number.NaN, Number.POSITIVE_INFINITY, 1e17]);
  };
  const damaged = (bytes) => {
    let result = bytes;
    for (let k = 1 + below(4); k > 0; k--) {
      const at = below(result.length + 1);
      const cut = one([
        () => result.slice(0, at),
        () => Uint8Array.from(result, (byte, place) => (place === at ? below(256) : byte)),
        () => Uint8Array.from([...result.slice(0, at), below(256), ...result.slice(at)]),
        () => Uint8Array.from([...result.slice(0, at), ...result.slice(at + 1 + below(8))]),
      ]);
      result = cut();
    }
    return result;
  };
  /** A name and bytes. */
  const spectrum = () => {
    const values = times(one([0, 1, 2, 3, 10, 40, 100]), value);
    const kind = one(["txt", "csv", "tsv", "npy", "npz", "matrix"]);
    if (kind === "npy") return { name: "s.npy", bytes: npy(values, chance(0.9) ? [values.length] : [value(), 3]) };
    if (kind === "npz") {
      const arrays = times(1 + below(2), (_, k) => [`a${k}.npy`, npy(values, [values.length])]);
      return { name: "s.npz", bytes: zipSync(Object.fromEntries(arrays)) };
    }
    if (kind === "matrix") {
      const n = 1 + below(8);
      return { name: "s.npy", bytes: npy(times(n * n, value), [n, n]) };
    }
    const separator = { txt: "\n", csv: ",", tsv: "\t" }[kind];
    const head = chance(0.2) ? `eigenvalue${separator}` : chance(0.1) ? "# note\n" : "";
    return {
      name: `s.${kind}`,
      bytes: strToU8(head + values.map(String).join(separator) + one(["", "\n", "\r\n", separator])),
    };
  };
  const savedLaw = () => {
    const [law, curve, parameters] = one(laws);
    const fields = [
      ["format", '"freecurve-law"'],
      ["version", "1"],
      ["law", JSON.stringify(law)],
      ["curve", JSON.stringify(curve)],
      ["parameters", JSON.stringify(parameters)],
    ];
    const odd = [
      "null",
      "[]",
      "{}",
      "1e999",
      '""',
      '"__proto__"',
      '"constructor"',
      "true",
      '{"toString":1}',
      "2",
      '"mp("',
    ];
    if (chance(0.7)) {
      const which = one(fields);
      if (chance(0.5)) which[1] = one(odd);
      else which[0] = one(["__proto__", "constructor", "prototype", "Law", ""]);
    }
    if (chance(0.3)) fields.push(["__proto__", '{"polluted": true, "format": "freecurve-law"}']);
    return { name: "law.json", bytes: strToU8(`{${fields.map(([key, text]) => `"${key}": ${text}`).join(", ")}}`) };
  };
  const perhapsDamaged = (file, share) => (chance(share) ? { ...file, bytes: damaged(file.bytes) } : file);
  return { spectrum: () => perhapsDamaged(spectrum(), 0.4), savedLaw: () => perhapsDamaged(savedLaw(), 0.3) };
}
