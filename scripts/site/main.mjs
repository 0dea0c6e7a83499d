// Builds the documentation into site/docs: npm run site. The sources are TypeScript, and Vite loads them.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = fileURLToPath(new URL("../../", import.meta.url));
const { module } = await runnerImport(`${root}scripts/site/build-site.ts`, {
  root,
  configFile: false,
  logLevel: "warn",
});
await module.buildSite();
