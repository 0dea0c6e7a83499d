import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin, type UserConfig } from "vite";

const offlineWorker = "offline-worker.js";

/** Tells the service worker which files to keep: all that the build made, under a name that changes with any of them. */
function offlineFiles(): Plugin {
  return {
    name: "offline-files",
    enforce: "post",
    generateBundle(_, bundle) {
      const worker = bundle[offlineWorker];
      if (worker?.type !== "chunk") return;
      const files = Object.keys(bundle).filter((name) => name !== offlineWorker && !name.endsWith(".map"));
      const hash = createHash("sha256");
      for (const name of files) {
        const file = bundle[name]!;
        hash.update(name).update(file.type === "chunk" ? file.code : file.source);
      }
      worker.code = worker.code
        .replace("__OFFLINE_FILES__", JSON.stringify(["./", ...files]))
        .replace("__OFFLINE_VERSION__", JSON.stringify(hash.digest("hex").slice(0, 16)));
    },
  };
}

/** Prints how large the page is as a server sends it: what a first visit loads, and everything. */
function sizes(): Plugin {
  return {
    name: "sizes",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = new Map<string, string>();
      for (const file of Object.values(bundle)) {
        if (!/\.(js|css|html|svg)$/.test(file.fileName)) continue;
        files.set(file.fileName, file.type === "chunk" ? file.code : new TextDecoder().decode(bytesOf(file.source)));
      }
      const first = new Set<string>();
      const add = (name: string): void => {
        const text = files.get(name);
        if (text === undefined || first.has(name)) return;
        first.add(name);
        // What a script needs before it can run; what it may need later is imported with a parenthesis.
        for (const [, other] of text.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)) add(`assets/${other}`);
        for (const [, other] of text.matchAll(/["'`](?:\.\/)?(assets\/(?:page|icon|worker)-[^"'`]+)["'`]/g))
          add(other!);
        for (const [, other] of text.matchAll(/["'`]((?:worker)-[^"'`/]+\.js)["'`]/g)) add(`assets/${other}`);
      };
      add("index.html");
      const sum = (names: Iterable<string>): string =>
        `${([...names].reduce((total, name) => total + gzipSync(files.get(name)!, { level: 9 }).length, 0) / 1000).toFixed(1)} kB`;
      this.info(`gzipped: first load ${sum(first)}, everything ${sum(files.keys())}`);
    },
  };
}

function bytesOf(source: string | Uint8Array): Uint8Array {
  return typeof source === "string" ? new TextEncoder().encode(source) : source;
}

const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL("src/web", import.meta.url)),
  base: "./",
  build: {
    outDir: fileURLToPath(new URL("site", import.meta.url)),
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        page: fileURLToPath(new URL("src/web/index.html", import.meta.url)),
        offline: fileURLToPath(new URL("src/web/offline-worker.ts", import.meta.url)),
      },
      output: {
        entryFileNames: (chunk) => (chunk.name === "offline" ? offlineWorker : "assets/[name]-[hash].js"),
      },
    },
  },
  worker: { format: "es" },
  plugins: [offlineFiles(), sizes()],
});

export default config;
