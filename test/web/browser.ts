import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { type Served, serveFolder } from "../../scripts/web/serve.mjs";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Whether there is a browser to test in. Where there is none the tests are skipped, and this says so once. */
export const hasBrowser: boolean = existsSync(executablePath);
if (!hasBrowser) {
  console.warn(
    `the page is not tested: no browser at ${executablePath}; install Debian's chromium, or name one in CHROMIUM`,
  );
}

const projectFolder = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the page into a folder of its own, as `npm run build:web` does; what the build says. */
export async function buildPage(folder: string): Promise<string> {
  const vite = join(projectFolder, "node_modules/vite/bin/vite.js");
  const { stdout } = await promisify(execFile)(process.execPath, [vite, "build", "--outDir", folder, "--emptyOutDir"], {
    cwd: projectFolder,
    env: { ...process.env, NODE_ENV: "production", NO_COLOR: "1" },
  });
  return stdout;
}

/** A browser with the page, served from this machine. */
export interface PageHouse {
  readonly folder: string;
  /** What the build printed. */
  readonly report: string;
  readonly address: string;
  /** Opens the page in a profile of its own. */
  open(options?: OpenOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenOptions extends BrowserContextOptions {
  /** The part of the address behind #. */
  readonly link?: string;
  /** Another address than that of the house. */
  readonly address?: string;
}

export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors on the console, exceptions, and violations of the content-security policy, as they come. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

let house: Promise<PageHouse> | undefined;

/** The page, built once for all tests of a worker. */
export function openHouse(): Promise<PageHouse> {
  house ??= build();
  return house;
}

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags });
}

async function build(): Promise<PageHouse> {
  const folder = await mkdtemp(join(tmpdir(), "freecurve-page-"));
  const report = await buildPage(folder);
  const server: Served = await serveFolder(folder);
  const browser = await launchBrowser();
  return {
    folder,
    report,
    address: server.address,
    open: (options = {}) => openPage(browser, server.address, options),
    async close() {
      house = undefined;
      await browser.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Opens a page of any site in a profile of its own. */
export async function openPage(browser: Browser, home: string, options: OpenOptions): Promise<OpenPage> {
  const { link = "", address = home, ...contextOptions } = options;
  const context = await browser.newContext(contextOptions);
  await context.addInitScript(
    'addEventListener("securitypolicyviolation", (e) => console.error("policy: " + e.violatedDirective + " " + e.blockedURI))',
  );
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(link === "" ? address : `${address}#${link}`);
  return { page, context, problems, close: () => context.close() };
}

/** Waits until an element shows a text; what it shows. */
export async function shows(page: Page, selector: string, text: RegExp | string, timeout = 50_000): Promise<string> {
  const found = page.locator(selector).filter({ hasText: text }).first();
  await found.waitFor({ timeout });
  return (await found.textContent()) ?? "";
}

/**
 * Waits until nothing is computed any more, nor going to be: an answer leads to the next question in an effect, which runs after the next frame,
 * and that in another one.
 */
export async function isReady(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    for (let quiet = 0; quiet < 6; ) {
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      quiet = document.querySelector('.status[data-state="ready"]') === null ? 0 : quiet + 1;
    }
  })()`);
}

/** What axe-core objects to, one line for each. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  const path = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  // Evaluated, not added to the page, whose policy lets no foreign script in.
  await page.evaluate(await readFile(path, "utf8"));
  return await page.evaluate<string[]>(
    `axe.run(document).then(({ violations }) => violations.flatMap((v) => v.nodes.map((node) =>
      v.id + ": " + node.target.join(" ") + " — " + node.failureSummary.replaceAll("\\n", " "))))`,
  );
}
