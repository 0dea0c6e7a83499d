import { ensembles, support } from "freecurve";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { algebraicToNumber } from "../../src/roots/index.js";
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

/** The numbers in a text. */
function numbersIn(text: string): number[] {
  return (text.replaceAll("−", "-").match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? []).map(Number);
}

describe.skipIf(!hasBrowser)("the figures of the page", { timeout: 120_000 }, () => {
  let house: PageHouse;
  let open: OpenPage;
  let page: Page;

  beforeAll(async () => {
    house = await openHouse();
    open = await house.open();
    page = open.page;
  }, 60_000);

  afterAll(async () => {
    await house?.close();
  });

  async function follow(law: string, more = ""): Promise<void> {
    await page.goto("about:blank");
    await page.goto(`${house.address}#v=1&law=${encodeURIComponent(law)}${more}`);
  }

  /** What the density figure says to those who do not see it, once its law is certified. */
  async function density(): Promise<string> {
    await shows(page, ".density .guarantee", "certified");
    return (await page.getAttribute(".density svg[role=img]", "aria-label")) ?? "";
  }

  /** The middle of an element on the screen. */
  async function middle(selector: string, nth = 0): Promise<{ x: number; y: number }> {
    const element = page.locator(selector).nth(nth);
    await element.scrollIntoViewIfNeeded();
    const box = await element.boundingBox();
    if (box === null) throw new Error(`there is no ${selector}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  it("draw the density with its edges and atoms, and say them in words", async () => {
    await follow("mp(4)");
    expect(await density()).toBe("Density of mp(4). One bulk from 1 to 9. Atom at 0 of weight 0.75.");
    expect(await page.locator(".density .curve").count()).toBe(1);
    expect(await page.locator(".density .atom").count()).toBe(1);
    await follow("compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])");
    const words = await density();
    const { intervals } = support(
      ensembles.compoundFreePoisson("1/10", [
        [2, "3/4"],
        ["11/2", "1/4"],
      ]),
    );
    for (const { left, right } of intervals) {
      for (const edge of [left, right]) expect(words).toContain(String(Number(algebraicToNumber(edge).toPrecision(5))));
    }
    expect(open.problems).toEqual([]);
  });

  it("read the density at a point that keys move, certified once it rests", async () => {
    await follow("semicircle(1)");
    await density();
    const point = page.locator(".density .cursor");
    await point.focus();
    await point.press("Home");
    const said = (): Promise<string | null> => point.getAttribute("aria-valuetext");
    await expect.poll(said, patience).toMatch(/^x = −2\.\d+, density 0$/);
    await point.press("End");
    for (let k = 0; k < 10; k++) await point.press("PageDown");
    const text = await shows(page, ".density .readout", "certified");
    const [x, value] = numbersIn(text);
    expect(x).toBeGreaterThan(-0.2);
    expect(x).toBeLessThan(0.2);
    expect(value).toBeCloseTo(Math.sqrt(4 - x! * x!) / (2 * Math.PI), 10);
  });

  it("move the density with the size factor while the line of the edge diagram is dragged, and certify it at rest", async () => {
    await follow("semicircle(1)", "&tab=edges");
    await density();
    await page.locator(".edge-diagram .size-handle").waitFor();
    // The engine prepares the densities of other sizes after the first answer.
    await isReady(page);
    const { x, y } = await middle(".edge-diagram .mover");
    await page.mouse.move(x, y);
    await page.mouse.down();
    const seen = new Set<string>();
    for (let k = 1; k <= 12; k++) {
      await page.mouse.move(x + 8 * k, y);
      await shows(page, ".density .guarantee", "estimate while the size moves");
      const words = (await page.getAttribute(".density svg[role=img]", "aria-label")) ?? "";
      const tau = Number(await page.getAttribute(".edge-diagram [role=slider]", "aria-valuenow"));
      // "… One bulk from −2 √tau to 2 √tau."
      const [from, to] = numbersIn(words.slice(words.indexOf("One bulk")));
      expect(Math.abs(to! / (2 * Math.sqrt(tau)) - 1)).toBeLessThan(1e-4);
      expect(from).toBe(-to!);
      seen.add(words);
    }
    expect(seen.size).toBeGreaterThan(8);
    await page.mouse.up();
    const words = await density();
    const tau = numbersIn((await page.getAttribute(".edge-diagram [role=slider]", "aria-valuetext")) ?? "")[0]!;
    expect(tau).toBeGreaterThan(1);
    expect(Math.abs(numbersIn(words.slice(words.indexOf("One bulk")))[1]! / (2 * Math.sqrt(tau)) - 1)).toBeLessThan(
      1e-4,
    );
    expect(await page.inputValue("#tau-value")).toBe(String(tau));
    expect(open.problems).toEqual([]);
  });

  it("step from event to event by keys, through births of atoms to the horizon and past it", async () => {
    await follow("kestenMcKay(4)", "&tab=edges");
    await density();
    const line = page.locator(".edge-diagram [role=slider]");
    await line.waitFor();
    expect(await page.getAttribute(".edge-diagram svg[role=img]", "aria-label")).toContain("No spectrum beyond 4.");
    await line.focus();
    await line.press("PageUp");
    await expect.poll(() => page.inputValue("#tau-value"), patience).toBe("2");
    await line.press("ArrowRight");
    await expect.poll(async () => numbersIn(await page.inputValue("#tau-value"))[0]!, patience).toBeGreaterThan(2);
    await shows(page, ".density .guarantee", "certified");
    expect(await density()).toMatch(/Atom at -4 of weight 0\.0\d+\. Atom at 4 of weight/);
    await line.press("End");
    await shows(page, ".density .no-figure, .density .beyond-note", /spectrum/);
    expect(open.problems).toEqual([]);
  });

  it("give the permutation of a loop drawn by hand: around one edge of the semicircle, and around both", async () => {
    await follow("semicircle(1)", "&tab=plane");
    await page.locator(".plane .overlay .branch").nth(1).waitFor();
    const draw = async (corners: readonly { x: number; y: number }[]): Promise<void> => {
      await page.mouse.move(corners[0]!.x, corners[0]!.y);
      await page.mouse.down();
      for (const { x, y } of [...corners.slice(1), corners[0]!]) await page.mouse.move(x, y, { steps: 6 });
      await page.mouse.up();
    };
    const left = await middle(".plane .overlay .branch", 0);
    const right = await middle(".plane .overlay .branch", 1);
    const reach = (right.x - left.x) / 8;
    const around = (from: number, to: number): { x: number; y: number }[] => [
      { x: from - reach, y: right.y + reach },
      { x: to + reach, y: right.y + reach },
      { x: to + reach, y: right.y - reach },
      { x: from - reach, y: right.y - reach },
    ];
    await draw(around(right.x, right.x));
    expect(await shows(page, ".plane .cycles", "(1 2)")).toBe("(1 2)");
    await shows(page, ".loop-result .guarantee", "certified");
    expect(await page.getAttribute(".strands", "aria-label")).toBe("The sheets along the loop: 1 to 2, 2 to 1");
    await draw(around(left.x, right.x));
    expect(await shows(page, ".plane .cycles", "()")).toBe("()");
    expect(await page.evaluate<string>("decodeURIComponent(location.hash)")).toContain("tab=plane");
    expect(open.problems).toEqual([]);
  });

  it("colour every sheet of a curve, and follow loops that are chosen from a list", async () => {
    await follow("compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]])", "&tab=plane");
    await page.locator(".plane .colours:not(.outdated)").waitFor();
    const picture = "document.querySelector('.plane .colours').toDataURL()";
    const physical = await page.evaluate<string>(picture);
    expect(physical.length).toBeGreaterThan(5000);
    await page.selectOption(".plane select >> nth=0", "2");
    await page.locator(".plane .colours[aria-label*='sheet 2, one of 3']:not(.outdated)").waitFor();
    expect(await page.evaluate<string>(picture)).not.toBe(physical);
    const names = await page.locator(".plane select >> nth=1 >> option").allTextContents();
    await page.selectOption(".plane select >> nth=1", {
      label: names.find((name) => name.startsWith("around 1.0055"))!,
    });
    expect(await shows(page, ".plane .cycles", "(")).toMatch(/^\(1 [23]\)$/);
    expect(open.problems).toEqual([]);
  });

  it("set two parameters at once by a click in the phase map, and by keys", async () => {
    await follow("deformedWigner(v, [[-a, 1/2], [a, 1/2]])", "&p.a=1&p.v=2&tab=phases");
    await shows(page, ".phase-legend .present", "1 bulk");
    const map = page.locator(".phase-map .mover");
    const box = (await map.boundingBox())!;
    // v across from 0 to 4, a upwards from −4 to 4: v = 1, a = 3.
    await page.mouse.click(box.x + 0.25 * box.width, box.y + 0.125 * box.height);
    await shows(page, ".phase-legend .present", "2 bulks");
    const v = Number(await page.inputValue("#value-v"));
    const a = Number(await page.inputValue("#value-a"));
    expect(Math.abs(v - 1)).toBeLessThan(0.06);
    expect(Math.abs(a - 3)).toBeLessThan(0.12);
    await expect.poll(density, patience).toContain("2 bulks");
    const point = page.locator(".phase-map [role=slider]");
    await point.focus();
    for (let k = 0; k < 3; k++) await point.press("Shift+ArrowDown");
    await shows(page, ".phase-legend .present", "1 bulk");
    await expect.poll(density, patience).toContain("One bulk");
    expect(open.problems).toEqual([]);
  });

  it("set the derivation in MathML, in sections that fold", async () => {
    await follow("mp(1/2)", "&tab=derivation");
    await shows(page, ".derivation summary", "The support");
    expect(await page.locator(".derivation math").count()).toBeGreaterThan(20);
    expect(await page.locator(".derivation .check").count()).toBeGreaterThan(5);
    const support = page.locator(".derivation details", { hasText: "each minimal polynomial" });
    expect(await support.getAttribute("open")).toBeNull();
    await support.locator("summary").click();
    await shows(page, ".derivation details[open] .check", "each minimal polynomial changes its sign");
    // The elements that a formula is made of are those of MathML, not strange ones of HTML with the same names.
    expect(await page.evaluate<string>("document.querySelector('.derivation mfrac').namespaceURI")).toContain("MathML");
    expect(open.problems).toEqual([]);
  });

  it("show a simulated matrix beside the law, the same again for the same link", async () => {
    await follow("mp(1/2)", "&sample=300,7");
    await shows(page, ".simulation p", "one matrix of size 300, seed 7");
    await density();
    await page.locator(".density .bar").first().waitFor({ state: "attached" });
    const bars = await page.locator(".density .bar").count();
    expect(bars).toBeGreaterThan(8);
    const heights =
      "Array.from(document.querySelectorAll('.density .bar'), (bar) => bar.getAttribute('height')).join()";
    const first = await page.evaluate<string>(heights);
    await follow("mp(1/2)", "&sample=300,7");
    await page
      .locator(".density .bar")
      .nth(bars - 1)
      .waitFor({ state: "attached" });
    expect(await page.evaluate<string>(heights)).toBe(first);
    await follow("mp(1/2)", "&sample=300,7&tau=3");
    await shows(page, ".simulation p", "No matrix is simulated for a law that was decompressed");
  });

  for (const [tab, ready] of [
    ["edges", ".edge-diagram .size-handle"],
    ["plane", ".plane .colours:not(.outdated)"],
    ["phases", ".phase-map .place"],
    ["derivation", ".derivation .check"],
  ] as const) {
    it(`are usable with a screen reader and keys: ${tab}`, async () => {
      await follow("deformedWigner(v, [[-a, 1/2], [a, 1/2]])", `&p.a=1&p.v=2&tab=${tab}&loop=1,-1;4,-1;4,1;1,1`);
      await page.locator(ready).first().waitFor();
      await density();
      expect(await accessibilityProblems(page)).toEqual([]);
    });
  }

  it("fit into a narrow window", async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    for (const tab of ["edges", "plane", "phases", "derivation"]) {
      await follow("deformedWigner(v, [[-a, 1/2], [a, 1/2]])", `&p.a=1&p.v=2&tab=${tab}`);
      await density();
      await page.locator(".panel figure svg, .derivation math").first().waitFor();
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    }
  });
});
