import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { buildDocs, sourcesOf } from "../../scripts/site/build-docs.js";
import { checkLinks } from "../../scripts/site/links.js";
import { addressOf, entries, neighbours, relative } from "../../scripts/site/navigation.js";
import { stateOfCommand } from "../../scripts/site/permalinks.js";
import { serveFolder } from "../../scripts/web/serve.mjs";
import { readLink } from "../../src/web/permalink.js";
import { accessibilityProblems, hasBrowser, launchBrowser, openPage } from "../web/browser.js";
import { textOf } from "./pages.js";

// The site of the documentation, built without the reference and without the program beside it.

const site = mkdtempSync(join(tmpdir(), "freecurve-site-"));
afterAll(() => rmSync(site, { recursive: true, force: true }));
const report = buildDocs(join(site, "docs"));
const pages = entries.map(({ source }) => ({
  source,
  html: readFileSync(join(site, "docs", addressOf(source)), "utf8"),
}));

describe("the pages of the site", () => {
  test("are those of docs/", () => {
    expect(entries.map(({ source }) => source).toSorted()).toEqual(sourcesOf().toSorted());
    expect(report.pages).toBe(entries.length);
    expect(report.pictures).toBeGreaterThan(20);
    expect(report.formulas).toBeGreaterThan(500);
  });

  test("link only to what is there, and load nothing from elsewhere", () => {
    const { broken, requests, internal, pages: read } = checkLinks(site, ["docs/reference/", "index.html"]);
    expect(broken).toEqual([]);
    expect(requests).toEqual([]);
    expect(read).toBe(entries.length);
    expect(internal).toBeGreaterThan(900);
  });

  test.each(pages)("$source has a title, a policy, and no style or script of its own", ({ source, html }) => {
    const heading = /^# (.*)$/m.exec(textOf(`docs/${source}`))![1]!;
    expect(html).toContain(`<title>${heading} · freecurve</title>`);
    expect(html.match(/<h1 /g)?.length).toBe(1);
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'`,
    );
    expect(html).not.toMatch(/ style="|<style|<script>| on\w+="|katex-error|<th[^>]*><\/th>/);
    expect(html).toContain('aria-current="page"');
    const ids = Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    // Every formula is there twice: to be seen, and as MathML to be read aloud. No dollar sign is left outside of code.
    expect(html.match(/class="katex-html"/g)?.length ?? 0).toBe(html.match(/<math /g)?.length ?? 0);
    expect(html.replace(/<pre[\s\S]*?<\/pre>|<code[\s\S]*?<\/code>/g, "")).not.toContain("$");
  });

  test("have styles for every class that took the place of an inline style, and every file that a stylesheet names", () => {
    const assets = join(site, "docs/assets");
    const formulas = readFileSync(join(assets, "formulas.css"), "utf8");
    const defined = new Set(Array.from(formulas.matchAll(/\.(k\d+)\{/g), ([, name]) => name!));
    const used = new Set(
      pages.flatMap(({ html }) => Array.from(html.matchAll(/[" ](k\d+)(?=[" ])/g), ([, name]) => name!)),
    );
    expect([...used].filter((name) => !defined.has(name))).toEqual([]);
    expect(used.size).toBeGreaterThan(50);
    for (const name of readdirSync(assets).filter((file) => file.endsWith(".css"))) {
      const targets = Array.from(
        readFileSync(join(assets, name), "utf8").matchAll(/url\(([^)]+)\)/g),
        ([, url]) => url!,
      );
      expect(
        targets.filter((target) => !existsSync(join(assets, target))),
        name,
      ).toEqual([]);
    }
  });

  test("the lessons lead to the next one and the one before", () => {
    const html = pages.find(({ source }) => source === "lessons/2-semicircle-and-marchenko-pastur.md")!.html;
    expect(html).toContain('<a rel="prev" href="1-stieltjes.html">');
    expect(html).toContain('<a rel="next" href="3-free-cumulants.html">');
    expect(neighbours("guide.md")).toEqual({});
    expect(neighbours("lessons/9-hessian.md").after).toBeUndefined();
    expect(relative("lessons/1-stieltjes.html", "assets/style.css")).toBe("../assets/style.css");
    expect(relative("guide.html", "lessons/index.html")).toBe("lessons/index.html");
  });

  test("each picture of the gallery links to the law in the program", () => {
    const html = pages.find(({ source }) => source === "gallery.md")!.html;
    const links = Array.from(html.matchAll(/href="\.\.\/index\.html#([^"]*)"/g), ([, link]) =>
      link!.replaceAll("&amp;", "&"),
    );
    const readings = links.map(readLink);
    expect(readings.flatMap(({ problems }) => problems)).toEqual([]);
    const commands = Array.from(textOf("docs/gallery.md").matchAll(/^freecurve .*$/gm), ([line]) => line).filter(
      (line) => !line.includes(": wrote"),
    );
    expect(readings.map(({ state }) => state)).toEqual(commands.map(stateOfCommand));
    expect(html.match(/<img /g)!.length).toBeLessThanOrEqual(links.length);
    expect(readings[0]!.state.expression).toBe("silverstein(1/5, [[1, 1/2], [7, 1/2]])");
    expect(new Set(readings.map(({ state }) => state.tab))).toEqual(
      new Set(["answers", "edges", "phases", "plane", "derivation"]),
    );
  });

  test("a link that leads nowhere is found", () => {
    const folder = join(site, "broken");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "a.html"),
      '<p id="here">x</p><a href="#here">ok</a><a href="#there">no</a><a href="b.html">no</a><img src="https://example.org/x.png"><a href="https://example.org/">out</a>',
    );
    expect(checkLinks(folder)).toEqual({
      pages: 1,
      internal: 3,
      external: 2,
      broken: ["a.html: #there", "a.html: b.html"],
      requests: ["a.html: https://example.org/x.png"],
    });
    rmSync(folder, { recursive: true });
  });
});

describe.skipIf(!hasBrowser)("a lesson in the browser", () => {
  test.each([
    { colorScheme: "light", width: 1280 },
    { colorScheme: "dark", width: 360 },
  ] as const)("in $colorScheme colours, $width pixels wide", async ({ colorScheme, width }) => {
    const server = await serveFolder(site);
    const browser = await launchBrowser();
    try {
      const address = `${server.address}docs/lessons/5-edges-and-cusps.html`;
      const { page, problems } = await openPage(browser, address, { colorScheme, viewport: { width, height: 900 } });
      expect(await page.title()).toBe("5. Edges, cusps and discriminants · freecurve");
      expect(await page.evaluate("document.documentElement.dataset.theme")).toBe(colorScheme);
      await page.evaluate("document.fonts.ready");
      expect(await page.evaluate("document.fonts.check('16px KaTeX_Math')")).toBe(true);
      // What is wider than the window, formulas, code and tables, scrolls by itself.
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      const paper = (): Promise<string> => page.evaluate("getComputedStyle(document.body).backgroundColor");
      const before = await paper();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.click("#theme");
      expect(await paper()).not.toBe(before);
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.reload();
      expect(await paper()).not.toBe(before);
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
      await server.close();
    }
  });
});
