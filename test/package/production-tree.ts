import { readFileSync } from "node:fs";

/** What the lockfile says of a package. */
export interface LockedPackage {
  /** Where it is installed: node_modules/name, or deeper. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly license: string | undefined;
  readonly resolved: string | undefined;
  readonly integrity: string | undefined;
  readonly hasInstallScript: boolean;
  /** Installed only where the platform asks for it. */
  readonly optional: boolean;
}

interface Entry {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8"));

export const manifest: Readonly<Record<string, unknown>> = read("package.json") as Record<string, unknown>;

export const locked: Readonly<Record<string, Entry>> = (
  read("package-lock.json") as { packages: Record<string, Entry> }
).packages;

/** Every package that a user of this one gets, by path: what it needs, and what those need, as the lockfile lays them out. */
export function productionTree(): readonly LockedPackage[] {
  const found = new Map<string, LockedPackage>();
  const visit = (from: string): void => {
    const entry = locked[from]!;
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const path = placeOf(name, from);
      if (found.has(path)) continue;
      const one = locked[path]!;
      found.set(path, {
        path,
        name,
        version: one.version ?? "",
        license: one.license,
        resolved: one.resolved,
        integrity: one.integrity,
        hasInstallScript: one.hasInstallScript === true,
        optional: one.optional === true,
      });
      visit(path);
    }
  };
  visit("");
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Where node finds a package that is asked for by another one: in it, or beside it, or beside one that holds it. */
function placeOf(name: string, from: string): string {
  for (let holder = from; ; holder = holder.slice(0, Math.max(0, holder.lastIndexOf("/node_modules/")))) {
    const path = `${holder === "" ? "" : `${holder}/`}node_modules/${name}`;
    if (locked[path] !== undefined) return path;
    if (holder === "") throw new Error(`the lockfile has no ${name} for ${from}`);
  }
}
