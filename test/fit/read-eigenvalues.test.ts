import { describe, expect, it } from "vitest";
import { readEigenvalues } from "../../src/fit/index.js";

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
    ["1\n\n# c\nNaN\n", "a.txt", /line 4: NaN is no eigenvalue/],
    ["1\n-Infinity\n", "a.txt", /line 2: -Infinity is no eigenvalue/],
    ["1\n1e999\n", "a.txt", /line 2: 1e999 is beyond the range/],
    ["1 2\n", "a.txt", /line 1: 2 numbers on one line/],
    ["# nothing\n", "a.txt", /holds no eigenvalues/],
    ["4\n", "a.txt", /single value/],
    ["1,2\n3,4\n", "a.csv", /line 1: 2 columns/],
    ["x\ny\n1\n", "a.csv", /line 2: "y" is not a number/],
    ["nan\n1\n", "a.csv", /line 1: nan is no eigenvalue/],
    ["1\n2\n", "a.npy", /magic bytes/],
  ])("refuses %j in %s plainly", (content, name, message) => {
    expect(() => readEigenvalues(content, name)).toThrow(message);
    expect(() => readEigenvalues(content, name)).toThrow(expect.objectContaining({ name: "DomainError" }));
  });

  it.each([
    [npy(header("<f8", "2, 2"), doubles([1, 2, 3, 4], true)), /shape \(2, 2\)/],
    [npy(header("<c16", "2,"), doubles([1, 2, 3, 4], true)), /type <c16/],
    [npy(header("<f8", "3,"), doubles([1, 2], true)), /cut short/],
    [npy(header("<f8", "2,"), doubles([1, Number.NaN], true)), /value 2: NaN/],
    [Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 9, 0, 0, 0, 0, 0), /version 9/],
  ])("refuses a damaged or unfit .npy", (content, message) => {
    expect(() => readEigenvalues(content, "a.npy")).toThrow(message);
  });
});
