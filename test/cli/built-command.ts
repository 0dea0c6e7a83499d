import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformWithOxc } from "vite";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The command as a program of its own, for tests that start and kill processes. */
export interface BuiltCommand {
  /** The script that node runs. */
  readonly main: string;
  /** An empty folder beside it. */
  readonly folder: string;
  remove(): void;
}

/** The sources as they are now, stripped of their types, in a temporary folder: what is in `dist` may be older than they. */
export async function buildCommand(): Promise<BuiltCommand> {
  const place = mkdtempSync(join(tmpdir(), "freecurve-command-"));
  for (const name of readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })) {
    if (!/\.(ts|js)$/.test(name) || name.endsWith(".d.ts") || name.startsWith("web")) continue;
    const source = join(root, "src", name);
    const target = join(place, "dist", name.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    if (name.endsWith(".js")) cpSync(source, target);
    else {
      const { code } = await transformWithOxc(readFileSync(source, "utf8"), source, { sourcemap: false });
      writeFileSync(target, code);
    }
  }
  cpSync(join(root, "package.json"), join(place, "package.json"));
  for (const name of ["node_modules", "data"]) symlinkSync(join(root, name), join(place, name), "dir");
  const folder = join(place, "work");
  mkdirSync(folder);
  return {
    main: join(place, "dist/cli/main.js"),
    folder,
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}
