import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readArray, readEigenvalues, readSpectra } from "../../src/measured/index.js";

/** A .npy file written out by hand, after the format's specification. */
function npy(header: string, data: ArrayBuffer, version = 1): Uint8Array {
  const fixed = version === 1 ? 10 : 12;
  const padded = `${header.padEnd(Math.ceil((fixed + header.length + 1) / 64) * 64 - fixed - 1)}\n`;
  const bytes = new Uint8Array(fixed + padded.length + data.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, padded.length, true);
  else view.setUint32(8, padded.length, true);
  bytes.set(new TextEncoder().encode(padded), fixed);
  bytes.set(new Uint8Array(data), fixed + padded.length);
  return bytes;
}

function doubles(values: readonly number[], little: boolean): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  values.forEach((value, k) => {
    view.setFloat64(8 * k, value, little);
  });
  return view.buffer;
}

const header = (type: string, shape: string): string =>
  `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape}), }`;

/** A file that numpy wrote: fixtures/make-fixtures.py. */
const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

describe("readEigenvalues", () => {
  it("reads text with comments, and sorts", () => {
    expect([...readEigenvalues("# two\n3.5\n\n-1e-3 # small\r\n+2\n", "a.txt")]).toEqual([-1e-3, 2, 3.5]);
  });

  it("reads one column of CSV with and without a header line", () => {
    expect([...readEigenvalues("eigenvalue\n2\n1\n", "a.csv")]).toEqual([1, 2]);
    expect([...readEigenvalues('"2.5"\n1\n', "a.CSV")]).toEqual([1, 2.5]);
  });

  it("reads .npy of both widths, byte orders and versions", () => {
    expect([...readEigenvalues(npy(header("<f8", "3,"), doubles([3, 1, 2], true)), "a.npy")]).toEqual([1, 2, 3]);
    expect([...readEigenvalues(npy(header(">f8", "2, 1"), doubles([0.1, -7], false), 2), "a.npy")]).toEqual([-7, 0.1]);
    const floats = new Float32Array([0.5, 0.25]);
    expect([...readEigenvalues(npy(header("<f4", "2,"), floats.buffer), "a.npy")]).toEqual([0.25, 0.5]);
  });

  it.each([
    ["1\ntwo\n3", "a.txt", /a\.txt, line 2: "two" is not a number/],
    ["1\n\n# c\nNaN\n", "a.txt", /line 4: NaN is no measured value/],
    ["1\n-Infinity\n", "a.txt", /line 2: -Infinity is no measured value/],
    ["1\n1e999\n", "a.txt", /line 2: 1e999 is beyond the range/],
    ["1\n2 3\n", "a.txt", /line 2: 2 numbers where the lines before have 1 number;/],
    ["1 2 3\n4 5 6\n", "a.txt", /holds a 2 x 3 matrix; a list of eigenvalues or a symmetric square matrix/],
    ["# nothing\n", "a.txt", /holds no eigenvalues/],
    ["4\n", "a.txt", /single value/],
    ["[1, 2, 3", "a.txt", /a\.txt is no list \[\.\.\.\] .*; it may be cut short/],
    ["[[1, 2], [3, 4]", "a.txt", /cut short/],
    ["[1, 2] 3\n", "a.txt", /cut short/],
    ["[1, 2]\n[3, 4]\n", "a.txt", /cut short/],
    ["1,2\n3,4\n", "a.csv", /not symmetric: row 2, column 1 is 3, row 1, column 2 is 2;/],
    ["a,b\n1,2\n3\n", "a.csv", /line 3: 1 number where the lines before have 2 numbers/],
    ["x\ny\n1\n", "a.csv", /line 2: "y" is not a number/],
    ["nan\n1\n", "a.csv", /line 1: nan is no measured value/],
    ["1\n2\n", "a.npy", /magic bytes/],
  ])("refuses %j in %s plainly", (content, name, message) => {
    expect(() => readEigenvalues(content, name)).toThrow(message);
    expect(() => readEigenvalues(content, name)).toThrow(expect.objectContaining({ name: "DomainError" }));
  });

  it.each([
    [npy(header("<f8", "2, 2"), doubles([1, 2, 3, 4], true)), /not symmetric/],
    [npy(header("<f8", "2, 1, 2"), doubles([1, 2, 3, 4], true)), /shape \(2, 1, 2\)/],
    [npy(header("<f8", ""), doubles([1], true)), /shape \(\)/],
    [npy(header("<f8", "999999999999999,"), doubles([1, 2], true)), /cut short: 999999999999999 values/],
    [npy(header("<f8", "2**9,"), doubles([1, 2], true)), /damaged .npy header: its shape is \(2\*\*9,\)/],
    [npy("{'descr': '<f8', 'shape': (2,), }", doubles([1, 2], true)), /damaged .npy header/],
    [npy(header("<c16", "2,"), doubles([1, 2, 3, 4], true)), /type <c16/],
    [npy(header("<f8", "3,"), doubles([1, 2], true)), /cut short/],
    [npy(header("<f8", "2,"), doubles([1, Number.NaN], true)), /value 2: NaN/],
    [Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 9, 0, 0, 0, 0, 0), /version 9/],
  ])("refuses a damaged or unfit .npy", (content, message) => {
    expect(() => readEigenvalues(content, "a.npy")).toThrow(message);
  });

  it("computes the eigenvalues of a symmetric matrix", () => {
    const expected = [2 - Math.SQRT2, 2, 2 + Math.SQRT2];
    for (const found of [
      readEigenvalues(fixture("symmetric.npy"), "s.npy"),
      readEigenvalues(fixture("several.npz"), "s.npz", { array: "matrix" }),
      readEigenvalues("2,1,0\n1,2,1\n0,1,2\n", "s.csv"),
      // The last bits differ across the diagonal.
      readEigenvalues("# saved by numpy.savetxt\n2 1.00000001 0\n1 2 1\n0 1 2\n", "s.txt"),
    ]) {
      expect(found.length).toBe(3);
      found.forEach((value, k) => {
        expect(value).toBeCloseTo(expected[k]!, 7);
      });
    }
  });

  it("stops before an eigenvalue problem that takes too long, or an array that is too large", () => {
    expect(() => readEigenvalues(fixture("symmetric.npy"), "s.npy", { matrixSize: 2 })).toThrow(
      /s\.npy is a 3 x 3 matrix, .* the limit is 2, raise `matrixSize` \(on the command line --max-matrix\)/,
    );
    for (const [name, content] of [
      ["d.npz", fixture("deflated.npz")],
      ["d.npy", npy(header("<f8", "1000,"), new ArrayBuffer(8000))],
      ["d.txt", "1\n".repeat(1025)],
    ] as const) {
      expect(() => readEigenvalues(content, name, { memory: 4000 })).toThrow(
        /d\.np?[zyt].* of memory.*--max-memory|d\.txt/,
      );
    }
  });
});

describe("readArray", () => {
  it("reads what numpy writes", () => {
    expect(readArray(fixture("fortran-3x2.npy"), "f.npy")).toEqual({
      rows: 3,
      columns: 2,
      values: Float64Array.of(1, 2, 3, 4, 5, 6),
    });
    expect([...readArray(fixture("half.npy"), "h.npy").values]).toEqual([1.5, -0.25, 65504, 2 ** -24, 2 ** -14]);
    expect([...readArray(fixture("integers-big-endian.npy"), "i.npy").values]).toEqual([3, -1, 2 ** 40]);
    expect([...readArray(fixture("several.npz"), "s.npz", { array: "spectrum" }).values]).toEqual([3, 1, 2]);
    expect(readArray(fixture("deflated.npz"), "d.npz").values.slice(-3)).toEqual(Float64Array.of(3, 4, 5));
  });

  it.each([
    [
      "several.npz",
      {},
      /holds 2 arrays \(spectrum, matrix\); say which by `array` \(on the command line --array NAME\)/,
    ],
    ["several.npz", { array: "weights" }, /holds no array "weights", only spectrum, matrix/],
    ["complex.npy", {}, /complex numbers \(type <c16\)/],
    ["objects.npy", {}, /Python objects \(type \|O\), which are never loaded/],
    ["records.npy", {}, /records with named fields/],
  ])("refuses %s %j plainly", (name, options, message) => {
    expect(() => readArray(fixture(name), name, options)).toThrow(message);
  });

  it("refuses every truncation and no flipped byte surprises it", () => {
    for (const name of ["several.npz", "deflated.npz", "half.npy", "fortran-3x2.npy"]) {
      const whole = fixture(name);
      for (let length = 1; length < whole.length; length += 7) {
        expect(() => readArray(whole.subarray(0, length), name)).toThrow(
          expect.objectContaining({ name: "DomainError" }),
        );
      }
      for (let place = 0; place < whole.length; place += 3) {
        const damaged = Uint8Array.from(whole);
        damaged[place]! ^= 0x55;
        try {
          readArray(damaged, name, { array: "spectrum", memory: 2 ** 20 });
        } catch (error) {
          expect(error).toMatchObject({ name: "DomainError" });
        }
      }
    }
  });

  it("reads text across the borders of its pieces", () => {
    const lines = Array.from({ length: 300_000 }, (_, k) => String(k / 8));
    const { rows, values } = readArray(new TextEncoder().encode(lines.join("\r\n")), "long.txt");
    expect(rows).toBe(300_000);
    expect(values.every((value, k) => value === k / 8)).toBe(true);
  });
});

describe("readSpectra", () => {
  const file = (name: string, content: string): { name: string; content: string } => ({ name, content });

  it("pools files of one size", () => {
    const pooled = readSpectra([file("a.txt", "2\n1\n"), file("b.txt", "4\n3\n")]);
    expect(pooled).toEqual({ size: 2, samples: [Float64Array.of(1, 2), Float64Array.of(3, 4)] });
    expect(readSpectra([file("a.txt", "2\n1\n"), file("b.txt", "5\n4\n3\n")], { size: 9 }).size).toBe(9);
  });

  it.each([
    [{}, /a\.txt holds 2 eigenvalues and b\.txt 3; .* --size/],
    [{ size: 2 }, /b\.txt holds 3, more than 2/],
  ])("refuses files that do not belong together, %j", (options, message) => {
    expect(() => readSpectra([file("a.txt", "2\n1\n"), file("b.txt", "5\n4\n3\n")], options)).toThrow(message);
  });
});

describe("what people have in files of eigenvalues", () => {
  const plain = [...readEigenvalues("0.25\n-1.5\n3\n7e-3\n", "a.txt")];

  it.each([
    ["one row", "0.25 -1.5 3 7e-3\n", "a.txt"],
    ["one row of CSV", "0.25,-1.5,3,7e-3\n", "a.csv"],
    ["JSON", "[0.25, -1.5, 3, 7e-3]", "a.json"],
    ["JSON on lines", "[\n  0.25,\n  -1.5,\n  3,\n  7e-3\n]\n", "a.json"],
    ["a printed array", "[ 0.25 -1.5\n  3.  0.007]\n", "a.txt"],
    ["a table with row numbers", "index,eigenvalue\n0,0.25\n1,-1.5\n2,3\n3,7e-3\n", "a.csv"],
    ["a table whose row numbers have no name", ",0\n0,0.25\n1,-1.5\n2,3\n3,7e-3\n", "a.csv"],
    ["row numbers from 1", "1 0.25\n2 -1.5\n3 3\n4 7e-3\n", "a.txt"],
  ])("reads %s as the plain list", (_, content, name) => {
    expect([...readEigenvalues(content, name)]).toEqual(plain);
    expect([...readEigenvalues(new TextEncoder().encode(`\uFEFF${content}`), name)]).toEqual(plain);
  });

  it("reads a matrix in brackets as its rows, and no two columns as a list", () => {
    const matrix = readArray("[[2, 1],\n [1, 2]]", "m.json");
    expect([matrix.rows, matrix.columns, [...matrix.values]]).toEqual([2, 2, [2, 1, 1, 2]]);
    expect(() => readEigenvalues("0 1\n1 2\n3 3\n", "a.txt")).toThrow(/holds a 3 x 2 matrix/);
    expect([...readEigenvalues("0 1\n1 0\n", "a.txt")]).toEqual([-1, 1]);
  });

  it("says where a list in brackets is wrong", () => {
    expect(() => readEigenvalues('{"eigenvalues": [1, 2]}', "a.json")).toThrow(/a\.json holds a JSON object; a list/);
    expect(() => readEigenvalues("[[1, 2],\n [3, NaN]]", "a.json")).toThrow(/line 2: NaN is no measured value/);
    expect(() => readEigenvalues("[1, ..., 2]", "a.json")).toThrow(/line 1: "\.\.\." is not a number/);
    expect(() => readEigenvalues("[]", "a.json")).toThrow(/holds no eigenvalues/);
  });
});
