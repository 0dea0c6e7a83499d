import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { writeWhole } from "../../src/cli/io.js";
import { type BuiltCommand, buildCommand } from "../cli/built-command.js";

// Files appear whole or not at all, whatever ends the process that writes them.

// Processes are started, and a machine may be busy.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let command: BuiltCommand;
let folder = "";
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "freecurve-outputs-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly error: string;
}

/** Runs a module of its own with the functions of io.ts in scope; `user` where it is not to be the superuser. */
function runModule(code: string, user?: number): Ended {
  const script = join(folder, "script.mjs");
  writeFileSync(
    script,
    `import { readdirSync } from "node:fs";\nimport { writeWhole } from ${JSON.stringify(join(command.main, "../io.js"))};\n${code}`,
  );
  const { status, signal, stderr } = spawnSync(process.execPath, [script], {
    cwd: folder,
    encoding: "utf8",
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  rmSync(script);
  return { status, signal, error: stderr };
}

describe("a process that is ended while it writes", () => {
  test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("%s leaves the old file as it was", async (signal) => {
    const target = join(folder, "law.json");
    writeFileSync(target, "old");
    // A text this long is written in many turns of the event loop; the first one that sees the neighbour ends the process.
    const ended = runModule(`
      void writeWhole("law.json", "x".repeat(2 ** 27));
      const look = () => readdirSync(".").some((name) => name.endsWith(".part"))
        ? process.kill(process.pid, "${signal}")
        : setImmediate(look);
      look();
    `);
    expect(ended).toMatchObject({ signal, error: "" });
    expect(readFileSync(target, "utf8")).toBe("old");
    // What is left says whose it is, and the next writing removes it.
    expect(readdirSync(folder).filter((name) => !/^\.law\.json\.\d+-[0-9a-f]{12}\.part$/.test(name))).toEqual([
      "law.json",
    ]);
    expect(readdirSync(folder)).toHaveLength(2);
    await writeWhole(target, "new");
    expect(readFileSync(target, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["law.json"]);
  });
});

test("the neighbour of a process that still writes is left alone", async () => {
  const neighbour = `.law.json.${process.pid}-0123456789ab.part`;
  writeFileSync(join(folder, neighbour), "half");
  await writeWhole(join(folder, "law.json"), "new");
  expect(readdirSync(folder)).toEqual([neighbour, "law.json"]);
});

test("a symbolic link stays one, and the file it leads to keeps its permissions", async () => {
  mkdirSync(join(folder, "there"));
  const real = join(folder, "there", "real.json");
  writeFileSync(real, "old");
  chmodSync(real, 0o600);
  symlinkSync(real, join(folder, "link.json"));
  await writeWhole(join(folder, "link.json"), "new");
  expect(readFileSync(real, "utf8")).toBe("new");
  expect(statSync(real).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(["link.json", "there"]);
  expect(readdirSync(join(folder, "there"))).toEqual(["real.json"]);
});

test("without permission nothing is written, and one sentence says so", () => {
  const closed = join(folder, "closed");
  mkdirSync(closed);
  writeFileSync(join(closed, "old.json"), "old");
  chmodSync(join(closed, "old.json"), 0o444);
  chmodSync(closed, 0o555);
  // The superuser may write everywhere.
  const user = process.getuid?.() === 0 ? 65534 : undefined;
  for (const place of [folder, join(command.main, "../../.."), join(command.main, "../..")]) chmodSync(place, 0o755);
  for (const name of ["new.json", "old.json"]) {
    const { error } = runModule(
      `await writeWhole("closed/${name}", "x").catch((error) => console.error(error.name, error.message));`,
      user,
    );
    expect(error).toBe(`DomainError cannot write "closed/${name}": permission denied\n`);
  }
  chmodSync(closed, 0o755);
  expect(readdirSync(closed)).toEqual(["old.json"]);
});

describe("a full disk", () => {
  const disk = mkdtempSync(join(tmpdir(), "freecurve-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]).status === 0;
  afterAll(() => {
    if (mounted) spawnSync("umount", [disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  test.skipIf(!mounted)("keeps the old file and no half of the new one", async () => {
    const target = join(disk, "law.json");
    writeFileSync(target, "old");
    await expect(writeWhole(target, "x".repeat(2 ** 20))).rejects.toThrow(`cannot write "${target}": the disk is full`);
    expect(readFileSync(target, "utf8")).toBe("old");
    expect(readdirSync(disk)).toEqual(["law.json"]);
  });

  test("is one sentence for a device, and for an answer on standard output", async () => {
    await expect(writeWhole("/dev/full", "x")).rejects.toThrow('cannot write "/dev/full": the disk is full');
    const shell = spawnSync("sh", ["-c", `"${process.execPath}" "${command.main}" curve 'mp(1)' > /dev/full`], {
      encoding: "utf8",
    });
    expect(shell).toMatchObject({ status: 2, stderr: "freecurve: cannot write the answer: the disk is full\n" });
  });
});
