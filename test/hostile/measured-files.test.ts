import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readArray, readEigenvalues } from "../../src/measured/index.js";
import { runCommand } from "../cli/captured-run.js";

// Files of eigenvalues that are made to do harm, or come from programs that write otherwise: read right, or refused in one sentence.

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "freecurve-hostile-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A .npy file of doubles, or of what its header calls them. */
function npy(values: readonly number[], shape: string, type = "'<f8'"): Uint8Array {
  const header = strToU8(
    `{'descr': ${type}, 'fortran_order': False, 'shape': (${shape}), }`.padEnd(117, " ").concat("\n"),
  );
  const bytes = new Uint8Array(10 + header.length + 8 * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  bytes.set(header, 10);
  bytes.set(new Uint8Array(Float64Array.from(values).buffer), 10 + header.length);
  return bytes;
}

const zip = (entries: Readonly<Record<string, Uint8Array>>): Uint8Array => zipSync(entries, { level: 9 });

/** The archive with other sizes in its local headers and its directory: what the data unpack to and what is announced differ. */
function announcing(archive: Uint8Array, size: number): Uint8Array {
  const bytes = Uint8Array.from(archive);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const signature = view.getUint32(at, true);
    if (signature === 0x04034b50) view.setUint32(at + 22, size, true);
    if (signature === 0x02014b50) view.setUint32(at + 24, size, true);
  }
  return bytes;
}

/** The sentence of a refusal; fails when there is none. */
function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toMatchObject({ name: "DomainError" });
    return (error as Error).message;
  }
  throw new Error("it was read");
}

/** Bytes in the heap and in typed arrays that a refusal leaves in use at most, as a multiple of what is normal for a test. */
const little = 2 ** 24;

function memoryOf(act: () => void): number {
  const before = process.memoryUsage();
  act();
  const after = process.memoryUsage();
  return after.arrayBuffers - before.arrayBuffers;
}

describe("an archive", () => {
  // 32 MB of zeros in some 32 kB.
  const bomb = zip({ "a.npy": new Uint8Array(2 ** 25) });

  test("that unpacks to a thousand times its size is refused before it is unpacked", () => {
    expect(bomb.length).toBeLessThan(2 ** 16);
    const taken = memoryOf(() => {
      expect(refusal(() => readArray(bomb, "b.npz", { memory: 2 ** 20 }))).toMatch(
        /^b\.npz, array a would take 32 MB of memory, more than the limit of 1 MB; raise `memory`/,
      );
    });
    expect(taken).toBeLessThan(little);
  });

  test.each([0, 100, 2 ** 20, 2 ** 30, 2 ** 32 - 2])(
    "that announces %i bytes in their place is never unpacked to more",
    (size) => {
      const taken = memoryOf(() => {
        expect(refusal(() => readArray(announcing(bomb, size), "b.npz", { memory: 2 ** 21 }))).toMatch(
          /^b\.npz(, array a)?( is a damaged \.npz archive|: the archive is damaged| does not start with the magic bytes| would take )/,
        );
      });
      expect(taken).toBeLessThan(little);
    },
  );

  test("with names that lead elsewhere is a list of names", () => {
    const entries = Object.fromEntries(
      ["../x", "../../../../etc/passwd", "/etc/passwd", "__proto__", "constructor", "a/b", "C:\\x", ""].map(
        (name, k) => [`${name}.npy`, npy([k, 1], "2,")],
      ),
    );
    const archive = zip(entries);
    expect(refusal(() => readArray(archive, "n.npz"))).toContain("say which by `array`");
    for (const name of ["../x", "__proto__", "constructor", "a/b"]) {
      const k = Object.keys(entries).indexOf(`${name}.npy`);
      expect([...readEigenvalues(archive, "n.npz", { array: name })]).toEqual([k, 1].sort((a, b) => a - b));
    }
    expect(refusal(() => readArray(archive, "n.npz", { array: "toString" }))).toContain('holds no array "toString"');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each([
    ["cut in its directory", (bytes: Uint8Array) => bytes.slice(0, -10)],
    ["cut in its data", (bytes: Uint8Array) => bytes.slice(0, 60)],
    ["with a damaged byte in its data", (bytes: Uint8Array) => bytes.map((byte, k) => (k === 50 ? byte ^ 255 : byte))],
    ["of its first four bytes", (bytes: Uint8Array) => bytes.slice(0, 4)],
  ])("%s is refused", (_what, damage) => {
    expect(refusal(() => readArray(damage(zip({ "a.npy": npy([1, 2, 3], "3,") })), "d.npz"))).toMatch(/^d\.npz/);
  });
});

describe("a .npy header", () => {
  test.each(["1099511627776,", "1048576, 1048576", "999999999999999, 999999999999999"])(
    "that claims the shape (%s) takes no memory",
    (shape) => {
      const taken = memoryOf(() => {
        expect(refusal(() => readArray(npy([1, 2], shape), "h.npy"))).toMatch(
          /^h\.npy is cut short: [\d.e+]+ values of 8 bytes are announced, 16 bytes are there$/,
        );
      });
      expect(taken).toBeLessThan(little);
    },
  );

  test.each([
    ["'|O'", "Python objects (type |O), which are never loaded"],
    ["'<U8'", "values of type <U8"],
    ["'<c16'", "complex numbers"],
    ["'|V8'", "values of type |V8"],
    ["'<M8[ns]'", "values of type <M8[ns]"],
    ["'<f16'", "values of type <f16"],
    ["'__proto__'", "values of type __proto__"],
    ["'constructor'", "values of type constructor"],
    ["[('a', '<f8')]", "records with named fields"],
    ["__import__('os').system('true')", "damaged .npy header"],
  ])("with the type %s is refused", (type, sentence) => {
    expect(refusal(() => readArray(npy([1, 2], "2,", type), "t.npy"))).toContain(sentence);
  });

  test("is cut where the file is", () => {
    const whole = npy([1, 2], "2,");
    for (const length of [6, 7, 9, 11, 20, 127, 130, whole.length - 1]) {
      expect(refusal(() => readArray(whole.slice(0, length), "c.npy"))).toMatch(/^c\.npy/);
    }
  });

  test("that is longer than any is refused", () => {
    const bytes = npy([1], "1,");
    bytes[6] = 2;
    new DataView(bytes.buffer).setUint32(8, 2 ** 31, true);
    expect(refusal(() => readArray(bytes, "l.npy"))).toBe("l.npy has a damaged .npy header");
  });
});

describe("text", () => {
  test.each(["a.txt", "a.csv"])("of one line without end is refused before it is taken apart: %s", (name) => {
    // Ten million numbers as strings would take several hundred megabytes.
    const line = "1 ".repeat(10_000_000);
    expect(refusal(() => readArray(line, name))).toBe(
      `${name}, line 1 has more than 16777216 characters; one number a line, or the rows of a matrix, are expected`,
    );
    expect(refusal(() => readArray(strToU8(`1\n${line}`), name))).toContain("line 2 has more than 16777216 characters");
  });

  test("of more numbers than the limit allows stops at the limit", () => {
    const numbers = "1\n".repeat(200_000);
    expect(refusal(() => readArray(numbers, "m.txt", { memory: 2 ** 20 }))).toMatch(
      /^m\.txt would take 2 MB of memory/,
    );
    expect(refusal(() => readArray(numbers, "m.csv", { memory: 2 ** 20 }))).toMatch(
      /^m\.csv would take 2 MB of memory/,
    );
  });

  test.each([
    ["digits", "1".repeat(1_000_000)],
    ["a decimal", `${"1".repeat(500_000)}.${"1".repeat(500_000)}`],
    ["an exponent", `1e${"1".repeat(1_000_000)}`],
    ["signs", "-".repeat(1_000_000)],
    ["commas", `1${",".repeat(1_000_000)}`],
    ["blanks", `1${" ".repeat(1_000_000)}`],
  ])("of a million %s and a letter takes time in proportion to its length", (_what, long) => {
    // A pattern that can match in two ways would try both for every character, which takes hours.
    for (const name of ["r.txt", "r.csv"]) {
      const sentence = refusal(() => readArray(`${long}x\n2\n`, name));
      expect(sentence).toMatch(/^r\.(txt|csv), line [12]: /);
      expect(sentence.length).toBeLessThan(200);
    }
  });

  test("with NUL bytes, or of bytes that are none, is refused", () => {
    for (const name of ["n.txt", "n.csv"]) {
      expect(refusal(() => readEigenvalues("1\n2\0\n3\n", name))).toContain("line 2: ");
      expect(refusal(() => readEigenvalues(Uint8Array.of(0xff, 0xfd, 0x80, 0x0a), name))).toMatch(
        /line 1: |no eigenvalues/,
      );
    }
  });

  test.each(["b.txt", "b.csv"])("from Windows is read: %s", (name) => {
    const text = "1\r\n2.5\r\n-3e-1\r\n";
    const utf16 = (little: boolean): Uint8Array => {
      const view = new DataView(new ArrayBuffer(2 * text.length + 2));
      [..."\uFEFF", ...text].forEach((character, k) => {
        view.setUint16(2 * k, character.charCodeAt(0), little);
      });
      return new Uint8Array(view.buffer);
    };
    const marked = Uint8Array.of(0xef, 0xbb, 0xbf, ...strToU8(text));
    for (const content of [text, marked, utf16(true), utf16(false)]) {
      expect([...readArray(content, name).values]).toEqual([1, 2.5, -0.3]);
    }
    expect([...readArray("1\r2\r3", name).values]).toEqual([1, 2, 3]);
  });

  test("in quotes is read as CSV, and open quotes are refused", () => {
    expect([...readArray('"x"\r\n"1"\r\n"2.5"\r\n', "q.csv").values]).toEqual([1, 2.5]);
    expect([...readArray('1;"2"\n"3";4\n', "q.csv").values]).toEqual([1, 2, 3, 4]);
    expect(refusal(() => readArray('1\n"2\n3\n', "q.csv"))).toMatch(/^q\.csv, line 2: /);
    expect(refusal(() => readArray('1\n"2""3"\n', "q.csv"))).toMatch(/^q\.csv, line 2: "2"3" is not a number$/);
    expect(refusal(() => readArray("1\n=1+1\n", "q.csv"))).toBe('q.csv, line 2: "=1+1" is not a number');
  });
});

describe("the command line", () => {
  test.each([
    ["bomb.npz", zip({ "a.npy": new Uint8Array(2 ** 24) })],
    ["claim.npy", npy([1, 2], "1099511627776,")],
    ["pickle.npy", npy([1, 2], "2,", "'|O'")],
    ["nul.txt", strToU8("1\n2\0\n")],
    ["long.txt", strToU8(`1${"1".repeat(100_000)}x`)],
    ["\u001b[2J\u202e.txt", strToU8("x\n")],
  ])("says one sentence of %j", async (name, bytes) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    for (const command of ["fit", "check", "weights", "scaling"]) {
      const { code, out, error } = await runCommand([command, path, "--max-memory", "1"]);
      expect([code, out]).toEqual([2, ""]);
      expect(error).toMatch(/^freecurve: [^\n]+\n$/);
      expect(error).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
      expect(error.length).toBeLessThan(1200);
    }
  });
});
