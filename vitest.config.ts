import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(`src/${path}/index.ts`, import.meta.url));

const config: ViteUserConfig = defineConfig({
  resolve: {
    alias: [
      { find: /^freecurve$/, replacement: fileURLToPath(new URL("src/index.ts", import.meta.url)) },
      { find: /^freecurve\/(poly|roots|ball|threads)$/, replacement: source("$1") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts", "property-tests/**/*.test.ts"],
    benchmark: { include: ["test/bench/**/*.bench.ts"] },
    setupFiles: ["test/setup.ts"],
    testTimeout: 60_000,
    // No test changes what another one sees, so the files of a worker share the modules that are loaded.
    isolate: false,
    maxWorkers: "100%",
  },
});

export default config;
