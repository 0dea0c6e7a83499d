import { readFile } from "node:fs/promises";
import {
  decompress,
  ensembles,
  events,
  horizon,
  parseLaw,
  parseRational,
  rationalToText,
  sample,
  support,
} from "freecurve";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { curveToJson, eventsToJson, horizonToJson, supportToJson } from "../../src/report/index.js";
import { QQ } from "../../src/rings/index.js";
import {
  accessibilityProblems,
  hasBrowser,
  isReady,
  type OpenPage,
  openHouse,
  type PageHouse,
  shows,
} from "./browser.js";

const patience = { timeout: 50_000 };

describe.skipIf(!hasBrowser)("the page", { timeout: 120_000 }, () => {
  let house: PageHouse;
  let open: OpenPage;
  let page: Page;

  beforeAll(async () => {
    house = await openHouse();
    const start = performance.now();
    open = await house.open();
    page = open.page;
    await shows(page, ".answers h2", "Curve");
    console.info(`cold load to the first answer: ${((performance.now() - start) / 1000).toFixed(2)} s`);
    console.info(house.report.split("\n").find((line) => line.includes("gzipped: first load")) ?? house.report);
  }, 120_000);

  afterAll(async () => {
    await house?.close();
  });

  it("answers a law that is typed", async () => {
    await page.fill("#law", "mp(1/2)");
    await shows(page, ".answers .formula", /m2\s*z \+ 2\s*m\s*z − m \+ 2\s*=\s*0/);
    // (1 ± √(1/2))², with their radicals.
    const lower = await shows(page, ".exact-number", /^from/);
    expect(lower).toContain("0.08578643763");
    expect(await shows(page, ".exact-number", /^to/)).toContain("2.914213562");
    expect(await page.locator(".moments").textContent()).toContain("μ23/2");
  });

  it("shows a mistake under its place, and keeps the law before", async () => {
    await page.fill("#law", "mp(1/2) [+] semicircel(1)");
    await shows(
      page,
      "#law-mistake",
      /Column 13: there is no law or operation "semicircel"; did you mean semicircle\?/,
    );
    expect(await page.locator(".carets").textContent()).toBe(`${"mp(1/2) [+] "}${"^".repeat("semicircel".length)}`);
    // The carets stand where the word stands: both texts are set in one font from one left end.
    const shift = await page.evaluate<number>(`(() => {
      const input = document.getElementById("law"), style = getComputedStyle(input);
      const text = input.getBoundingClientRect().left + parseFloat(style.borderLeftWidth) + parseFloat(style.paddingLeft);
      return document.querySelector(".carets .unseen").getBoundingClientRect().left - text;
    })()`);
    expect(Math.abs(shift)).toBeLessThan(1);
    expect(await page.getAttribute("#law", "aria-invalid")).toBe("true");
    expect(await page.locator(".answers .formula").first().textContent()).toMatch(/− m \+ 2\s*=\s*0/);
    await page.fill("#law", "mp(-1)");
    await shows(page, "#law-mistake", /Column 4: mp\(c\) needs c > 0; got -1/);
  });

  it("gives parameters sliders with exact values", async () => {
    await page.fill("#law", "freePoisson(rate, 2)");
    await shows(page, ".slider-name", "rate");
    await page.fill("#value-rate", "1/3");
    await page.press("#value-rate", "Enter");
    await shows(page, ".answers h3", "of mass 0.333333");
    await shows(page, ".exact-number", /^weight 2\/3/);
    await page.locator("#parameter-rate").press("ArrowRight");
    await expect.poll(() => page.inputValue("#value-rate"), patience).not.toBe("1/3");
    const rate = parseRational(await page.inputValue("#value-rate"));
    expect(QQ.compare(rate, parseRational("1/3"))).toBe(1);
    await shows(page, ".exact-number", new RegExp(`^weight ${rationalToText(QQ.sub(QQ.one, rate))}$`));
  });

  it("says what happens at a split and beyond the horizon while tau is dragged", async () => {
    await page.goto(`${house.address}#v=1&law=${encodeURIComponent("mp(2) ⊞ semicircle(1/4)")}`);
    await shows(page, ".flow-sentence", "No horizon");
    await shows(page, ".events li:not(.passed)", "τ = 27/16: a bulk splits at x = 1");
    await shows(page, ".answers h3", "One bulk");
    await dragTau(page, 2);
    await shows(page, ".events li.passed", "a bulk splits");
    await shows(page, ".answers h3", "Bulk 2 of 2");
    // The kernel agrees with the size that the slider stands at.
    const size = await page.inputValue("#tau-value");
    const larger = decompress(parseLaw("mp(2) ⊞ semicircle(1/4)"), parseRational(size));
    expect(support(larger).intervals).toHaveLength(2);

    await page.goto(`${house.address}#v=1&law=${encodeURIComponent("deformedWigner(2, [[-1, 1/2], [1, 1/2]])")}`);
    await shows(page, ".flow-sentence", "Horizon τ* = 9/8: beyond it");
    await dragTau(page, 2);
    await shows(page, ".flow-sentence.beyond", /Beyond the horizon τ\* = 9\/8 no matrix has such a spectrum/);
    await shows(page, ".answers .beyond", /This curve is no spectrum: its physical sheet has a branch point/);
    await page.fill("#tau-value", "9/8");
    await page.press("#tau-value", "Enter");
    await shows(page, ".flow-sentence:not(.beyond)", "Horizon");
    await page.fill("#tau-value", "-1");
    await page.press("#tau-value", "Enter");
    await shows(page, ".wrong", "a positive exact number");
    expect(open.problems).toEqual([]);
  });

  it("exports what the kernel answers", async () => {
    const text = "deformedWigner(2, [[-1, 1/2], [1, 1/2]])";
    // Loaded anew: the law before this one has one bulk, too, so that its answer would pass for the new one.
    await page.goto("about:blank");
    await page.goto(`${house.address}#v=1&law=${encodeURIComponent(text)}&tau=17/16`);
    await shows(page, ".answers h3", "One bulk");
    await page.click("summary:has-text('Export')");
    const file = async (button: string): Promise<Buffer> => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.click(`.menu-buttons button:has-text("${button}")`),
      ]);
      return await readFile(await download.path());
    };
    const small = parseLaw(text);
    const law = decompress(small, parseRational("17/16"));
    const exported = JSON.parse((await file("JSON")).toString()) as Record<string, unknown>;
    expect(exported).toEqual({
      law: expect.any(String) as string,
      ...(JSON.parse(
        JSON.stringify({
          curve: curveToJson(law),
          support: supportToJson(support(law), 15),
          events: eventsToJson(events(law), "tau", false, 15),
          horizon: horizonToJson(horizon(law), 15),
        }),
      ) as object),
    });
    expect(parseLaw(exported.law as string).curve).toEqual(law.curve);
    expect((await file("SVG")).toString()).toMatch(/^<svg /);
    const png = await file("PNG");
    expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join("")).toBe("PNG");
    expect(png.length).toBeGreaterThan(5000);
    expect((await file("LaTeX")).toString()).toMatch(/^\\documentclass\{article\}[\s\S]*\\end\{document\}\n$/);
    await page.click(".menu-buttons button:has-text('Code')");
    expect(await page.locator("#code").textContent()).toContain("|> decompress(17/16)'");
    await page.keyboard.press("Escape");
    expect(await page.locator(".menu-body").isVisible()).toBe(false);
  });

  it("ends a long computation when it is told to", async () => {
    await page.goto(`${house.address}#v=1&law=mp(2)`);
    await shows(page, ".answers h3", "One bulk");
    // With eight atoms each it takes nine seconds on a machine that does nothing else.
    const law = (jump: number): string =>
      `silverstein(1/2, [${Array.from({ length: 10 }, (_, k) => `[${jump * k * k + k + 1}, 1/10]`).join(", ")}])`;
    await page.fill("#law", `${law(3)} ⊠ ${law(5)}`);
    await shows(page, ".status [role=status]", /reading the law/i);
    await page.click(".status button:has-text('Cancel')");
    await shows(page, "#law-mistake", "Cancelled; what is shown is the law before.");
    await isReady(page);
    await page.fill("#law", "mp(1)");
    await shows(page, ".exact-number", /^to 4/);
    expect(open.problems).toEqual([]);
  });

  it("fits uploaded eigenvalues and extrapolates them", async () => {
    const eigenvalues = sample(ensembles.mp("1/2"), 150, 7);
    await page.click("#tab-data");
    await page.setInputFiles("input[type=file]", {
      name: "eigenvalues.txt",
      mimeType: "text/plain",
      buffer: Buffer.from(`# a Wishart matrix\n${eigenvalues.join("\n")}\n`),
    });
    await shows(page, ".data form", "150 eigenvalues of eigenvalues.txt");
    await shows(page, ".verdict", "good fit", 60_000);
    await page.fill("input[placeholder='600']", "300");
    await page.click("button:has-text('Extrapolate')");
    const found = await shows(page, ".extrapolation", "From size 150 to 300", 60_000);
    // mp(1/2) at twice the size is mp(1), from 0 to 4.
    const [, left, right] = /Bulk(−?[\d.e−]+) to ([\d.]+), mass/.exec(found) ?? [];
    expect(Math.abs(Number(left?.replaceAll("−", "-")))).toBeLessThan(0.1);
    expect(Number(right)).toBeGreaterThan(3.6);
    expect(Number(right)).toBeLessThan(4.4);
    await page.setInputFiles("input[type=file]", {
      name: "words.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("1\n2\nthree\n"),
    });
    await shows(page, ".data [role=alert]", /words\.txt.*line 3/i);
    expect(open.problems).toEqual([]);
  });

  it("can be used with the keyboard alone", async () => {
    const { page: other, problems, close } = await house.open();
    await shows(other, ".answers h2", "Curve");
    const focused = (): Promise<string> =>
      other.evaluate<string>("document.activeElement.id || document.activeElement.textContent || ''");
    const tabTo = async (id: string): Promise<void> => {
      for (let k = 0; k < 40 && (await focused()) !== id; k++) await other.keyboard.press("Tab");
      expect(await focused()).toBe(id);
    };
    await tabTo("law");
    await other.keyboard.press("Control+A");
    await other.keyboard.type("kest");
    await shows(other, "[role=option][aria-selected=true]", "kestenMcKay(d)");
    expect(await other.getAttribute("#law", "aria-activedescendant")).toBe("law-name-0");
    await other.keyboard.press("Enter");
    await other.keyboard.type("3");
    expect(await other.inputValue("#law")).toBe("kestenMcKay(3)");
    await shows(other, ".exact-number", /^to 2\.828427125 = 2\s*√\(2\)/);
    await tabTo("tau");
    await other.keyboard.press("ArrowRight");
    await expect.poll(async () => Number(await other.inputValue("#tau-value")), patience).toBeCloseTo(2 ** (1 / 40), 2);
    await tabTo("tab-answers");
    await other.keyboard.press("ArrowRight");
    expect(await focused()).toBe("tab-edges");
    await other.keyboard.press("End");
    await shows(other, ".data h2", "Measured eigenvalues");
    expect(problems).toEqual([]);
    await close();
  });

  it("works without a network once it was loaded", async () => {
    const { serveFolder } = await import("../../scripts/web/serve.mjs");
    const server = await serveFolder(house.folder);
    const { page: other, problems, close } = await house.open({ address: server.address });
    await other.evaluate("navigator.serviceWorker.ready.then(() => true)");
    // What is still on its way comes from the network.
    await shows(other, ".answers h2", "Curve");
    await isReady(other);
    await server.close();
    await other.goto(`${server.address}#v=1&law=mp(3)`);
    await other.reload();
    await shows(other, ".exact-number", /^weight 2\/3/);
    // Parts of the page and of the engine that were not needed before come from what was kept, too.
    await other.click("#tab-data");
    await other.click("button:has-text('Simulate the law')");
    await shows(other, ".verdict", "good fit");
    expect(problems).toEqual([]);
    await close();
  });

  it("takes nothing from a hostile link but a sentence", async () => {
    const hostile = new URLSearchParams({
      v: "1",
      law: '<img src=x onerror="alert(1)">',
      "p.__proto__": "1",
      "p.c": "1e999",
      tau: "-1",
      tab: "constructor",
      sample: "99999999,1",
      sheet: "1e9",
      loop: "1,NaN;2",
      data: "\u202Egnp.exe",
      run: "javascript:alert(1)",
    });
    const { page: other, problems, close } = await house.open({ link: hostile.toString() });
    await shows(other, ".notice", /tau "-1" was ignored.*unknown field was ignored/i);
    await shows(other, "#law-mistake", /Column 1/);
    expect(await other.locator("img").count()).toBe(0);
    expect(await other.evaluate("({}).c === undefined && Object.keys(Object.prototype).length === 0")).toBe(true);
    await other.goto(`${house.address}#v=1&law=${"a".repeat(13_000)}`);
    await shows(other, ".notice", "longer than");
    await other.goto(`${house.address}#%00%zz&&&=&v=1&v=2&law=${encodeURIComponent("mp(5)")}`);
    await shows(other, ".exact-number", /^weight 4\/5/);
    expect(problems).toEqual([]);
    await close();
  });

  it("keeps the whole state in the link", async () => {
    const { page: other, close } = await house.open({
      link: "v=1&law=mp(c)&p.c=1%2F3&tau=3%2F2&tab=edges&sample=300%2C5",
    });
    await shows(other, "[role=tab][aria-selected=true]", "Edges");
    await isReady(other);
    await other.fill("#value-c", "1/4");
    await other.press("#value-c", "Enter");
    await expect.poll(() => other.evaluate("location.hash"), patience).toContain("p.c=1%2F4");
    const link = await other.evaluate<string>("location.hash.slice(1)");
    expect(Object.fromEntries(new URLSearchParams(link))).toEqual({
      v: "1",
      law: "mp(c)",
      "p.c": "1/4",
      tau: "3/2",
      tab: "edges",
      sample: "300,5",
    });
    await close();
  });

  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 360],
  ] as const)("has nothing that axe-core objects to, %s at %d pixels", async (colorScheme, width) => {
    const {
      page: other,
      problems,
      close,
    } = await house.open({
      colorScheme,
      viewport: { width, height: 800 },
      link: "v=1&law=mp(c)&p.c=2",
    });
    await shows(other, ".answers h2", "Curve");
    await isReady(other);
    expect(await accessibilityProblems(other)).toEqual([]);
    const overflow = await other.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
    expect(overflow).toBeLessThanOrEqual(0);
    await other.fill("#law", "mp(");
    await shows(other, "#law-mistake", "Column 4");
    await other.click("#tab-data");
    await shows(other, ".data h2", "Measured");
    await other.click("summary:has-text('Export')");
    expect(await accessibilityProblems(other)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });
});

/** Holds the slider of the size factor and moves it to a size in several steps; it must not move away under the pointer. */
async function dragTau(page: Page, size: number): Promise<void> {
  const slider = page.locator("#tau");
  await slider.scrollIntoViewIfNeeded();
  const box = (await slider.boundingBox())!;
  const thumb = 16.8;
  const at = (value: number): number => box.x + thumb / 2 + ((Math.log2(value) + 3) / 9) * (box.width - thumb);
  const y = box.y + box.height / 2;
  await page.mouse.move(at(1), y);
  await page.mouse.down();
  for (let k = 1; k <= 12; k++) {
    await page.mouse.move(at(size ** (k / 12)), y);
    expect(Math.abs((await slider.boundingBox())!.y - box.y)).toBeLessThan(1);
  }
  await page.mouse.up();
  await isReady(page);
  expect(Math.abs((await slider.boundingBox())!.y - box.y)).toBeLessThan(1);
}
