// Files of eigenvalues of every kind that is read, sound ones and damaged ones, and saved laws.
import { strToU8, zipSync } from "fflate";

/** The bytes of a .npy file of doubles, or of what its header calls them. */
function npy(values, shape, { type = "<f8", order = "False" } = {}) {
  const head = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
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
    const kind = one(["txt", "csv", "tsv", "npy", "npz", "matrix", "odd npy", "odd npz", "odd text"]);
    // Headers that do not fit what follows, up to sizes that no memory holds.
    if (kind === "odd npy") {
      const type = one(["<f4", ">f8", "<i8", "|u1", "<c16", "<f2", "|O", "<U8", "[('a', '<f8')]", "<f8"]);
      const shape = one([
        [values.length],
        [2 ** 40],
        [2 ** 20, 2 ** 20],
        [-1],
        [],
        [0],
        ["1e9"],
        [values.length, 1, 1],
      ]);
      return { name: "s.npy", bytes: npy(values, shape, { type, order: one(["True", "False", "1"]) }) };
    }
    if (kind === "odd npz") {
      const names = [
        "../../a.npy",
        "__proto__.npy",
        "constructor.npy",
        "a.txt",
        "/etc/passwd.npy",
        "",
        "a.npy",
        "\u0000.npy",
      ];
      const entries = times(1 + below(3), () => [
        one(names),
        chance(0.2) ? new Uint8Array(2 ** 22) : npy(values, [values.length]),
      ]);
      return { name: "s.npz", bytes: zipSync(Object.fromEntries(entries), { level: one([0, 9]) }) };
    }
    if (kind === "odd text") {
      const odd = () =>
        one(["NaN", "inf", "1,5", "0x10", '"1"', "1e400", "--", "1 2", "#", "", "\u2212" + "1", "1_000", "=1+1"]);
      const line = () => (chance(0.7) ? String(value()) : odd());
      return {
        name: one(["s.txt", "s.csv", "s.dat", "s"]),
        bytes: strToU8(times(1 + below(30), line).join(one(["\n", "\r", ";", " "]))),
      };
    }
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
      "[".repeat(3000) + "]".repeat(3000),
      `"${"shift(".repeat(300)}mp(1)${",1)".repeat(300)}"`,
      '"mp(1/2)\\u001b[2J"',
      '"curve(\\"m^2+z*m+1\\")"',
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
