import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file of the package, whether this module runs from `src/cli` or from `dist/cli`. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** A module of the command line that threads begin with; its path begins beside this one, also in the build, where most are one file. */
export function moduleFile(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

export function readVersion(): string {
  return (JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as { version: string }).version;
}
