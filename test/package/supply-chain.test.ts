import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type LockedPackage, locked, manifest, productionTree } from "./production-tree.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tree = productionTree();

/** Licences under which a program of the MIT licence may pass a package on. */
const compatible: readonly string[] = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "Unlicense"];

/** What npm would run of a package that it installs. */
const scripts: readonly string[] = ["preinstall", "install", "postinstall"];

const installed = ({ path }: LockedPackage): Readonly<Record<string, unknown>> | undefined =>
  existsSync(`${root}${path}/package.json`)
    ? (JSON.parse(readFileSync(`${root}${path}/package.json`, "utf8")) as Record<string, unknown>)
    : undefined;

describe("what a user installs with the package", () => {
  test("is the tree that npm itself makes of the lockfile", () => {
    const listed = execFileSync("npm", ["ls", "--omit=dev", "--all", "--package-lock-only", "--parseable"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const paths = listed
      .trim()
      .split("\n")
      .map((path) => path.slice(path.indexOf("node_modules/")))
      .slice(1);
    expect(tree.map(({ path }) => path)).toEqual([...new Set(paths)].sort());
    expect(tree.length).toBeGreaterThan(20);
  });

  test("is what package.json asks for, in versions that are fixed", () => {
    for (const field of ["name", "version", "dependencies", "devDependencies", "peerDependencies", "engines"]) {
      expect((locked[""] as Readonly<Record<string, unknown>>)[field], field).toEqual(manifest[field]);
    }
    for (const [name, range] of Object.entries(manifest.dependencies as Readonly<Record<string, string>>)) {
      expect(range, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(locked[`node_modules/${name}`]?.version, name).toBe(range);
    }
  });

  test("comes from a registry, and its content is known", () => {
    for (const { path, version, resolved, integrity } of tree) {
      expect(version, path).toMatch(/^\d+\.\d+\.\d+$/);
      // The lockfile names no address of what comes from the registry that npm is set to.
      expect(resolved ?? "https://registry.npmjs.org/", path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
      expect(integrity, path).toMatch(/^sha512-/);
    }
  });

  test("runs nothing when it is installed", () => {
    expect(tree.filter(({ hasInstallScript }) => hasInstallScript)).toEqual([]);
    let looked = 0;
    for (const one of tree) {
      const found = installed(one);
      if (found === undefined) {
        expect(one.optional, one.path).toBe(true);
        continue;
      }
      looked++;
      expect(
        Object.keys((found.scripts ?? {}) as object).filter((name) => scripts.includes(name)),
        one.path,
      ).toEqual([]);
      expect(existsSync(`${root}${one.path}/binding.gyp`), one.path).toBe(false);
    }
    expect(looked).toBeGreaterThan(20);
  });

  test("has licences that go with that of the package, and they are listed", async () => {
    for (const one of tree) {
      expect(compatible, one.path).toContain(one.license);
      const found = installed(one);
      if (found !== undefined) expect(found.license, one.path).toBe(one.license);
    }
    // After a change of the dependencies: npx vitest run test/package -u
    await expect(licencesPage()).toMatchFileSnapshot("../../docs/licences.md");
  });
});

describe("the package", () => {
  test("would hold the program, its data and its pages, and nothing else", () => {
    const listed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [{ files, unpackedSize }] = JSON.parse(listed) as [{ files: { path: string }[]; unpackedSize: number }];
    const wanted =
      /^(dist\/([a-z-]+\/){0,2}[a-z-]+\.(js|d\.ts)|data\/(README\.md|digits-\d+\.txt)|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/;
    expect(files.map(({ path }) => path).filter((path) => !wanted.test(path))).toEqual([]);
    expect(files.length).toBeGreaterThan(300);
    expect(unpackedSize).toBeLessThan(8 * 2 ** 20);
  });
});

function licencesPage(): string {
  const rows = new Map<string, string>();
  for (const { name, version, license, optional } of tree) {
    const family = name.startsWith("@napi-rs/nice-") ? "@napi-rs/nice-* (one for each platform)" : name;
    rows.set(`${family} ${version}`, `| ${family} | ${version} | ${license} | ${optional ? "optional" : ""} |`);
  }
  return `# Licences of what freecurve brings along

freecurve has the MIT licence. Installed as a package, it brings these, none of which runs anything when it is installed. Those that are
optional are prebuilt programs which piscina would use to lower the priority of its threads; freecurve does not ask for that, and works
without them.

| package | version | licence | |
|---|---|---|---|
${[...rows.values()].join("\n")}

The queue for several machines needs bullmq and ioredis (both MIT), which are installed only by those who want it:
\`npm install bullmq ioredis\`.
`;
}
