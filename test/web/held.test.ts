import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fractionToNumber, readFraction } from "../../src/web/exact-number.js";
import { hasBrowser, isReady, openHouse, type PageHouse, shows } from "./browser.js";

const thumb = 16.8;
const patience = { timeout: 50_000 };

/** The middle of an element, scrolled into view. */
async function middle(page: Page, selector: string): Promise<{ x: number; y: number; width: number; height: number }> {
  const element = page.locator(selector);
  await element.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await element.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2, width, height };
}

/** Follows an element frame by frame; what is returned says how far it has moved away at most, in pixels. */
async function follow(page: Page, selector: string): Promise<() => Promise<number>> {
  await page.evaluate(`(() => {
    const place = () => { const { x, y, width, height } = document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect(); return [x, y, width, height]; };
    const [start, mine] = [place(), {}];
    window.moved = 0;
    window.following = mine;
    const look = () => {
      if (window.following !== mine) return;
      window.moved = Math.max(window.moved, ...place().map((value, k) => Math.abs(value - start[k])));
      requestAnimationFrame(look);
    };
    look();
  })()`);
  return () => page.evaluate<number>("new Promise((done) => requestAnimationFrame(() => done(window.moved)))");
}

/** Presses on a slider where its thumb is; what is returned moves it to another share of its track. */
async function press(page: Page, selector: string): Promise<(share: number) => Promise<void>> {
  const { x, y, width } = await middle(page, selector);
  const at = (share: number): number => x - width / 2 + thumb / 2 + share * (width - thumb);
  const share = await page.evaluate<number>(
    `(() => { const { value, max } = document.querySelector(${JSON.stringify(selector)}); return value / max; })()`,
  );
  await page.mouse.move(at(share), y);
  await page.mouse.down();
  let last = share;
  return async (to) => {
    for (let k = 1; k <= 6; k++) await page.mouse.move(at(last + ((to - last) * k) / 6), y);
    last = to;
  };
}

async function numberIn(page: Page, field: string): Promise<number> {
  return fractionToNumber(readFraction(await page.inputValue(field))!);
}

describe.skipIf(!hasBrowser)("what is held on the page", { timeout: 120_000 }, () => {
  let house: PageHouse;

  beforeAll(async () => {
    house = await openHouse();
  }, 60_000);

  afterAll(async () => {
    await house?.close();
  });

  async function opened(width: number, law: string, more = ""): Promise<{ page: Page; close: () => Promise<void> }> {
    const { page, close } = await house.open({
      viewport: { width, height: 760 },
      link: `v=1&law=${encodeURIComponent(law)}${more}`,
    });
    await shows(page, ".density .guarantee", "certified");
    await shows(page, ".flow-sentence", /orizon/);
    await isReady(page);
    return { page, close };
  }

  it.each([1280, 360])("stays where it is: a parameter at a mistaken value, %d pixels", async (width) => {
    // 0 < c < 1 is mistaken.
    const { page, close } = await opened(width, "mp(c*(c - 1))", "&p.c=2&sample=50,1");
    const moved = await follow(page, "#parameter-c");
    const move = await press(page, "#parameter-c");
    await move(0.5625);
    await shows(page, "#values-mistake", "mp(c) needs c > 0; got -");
    expect(await page.locator(".mistake").count()).toBe(0);
    await move(0.25);
    await page.locator("#values-mistake").waitFor({ state: "detached" });
    expect(await moved()).toBeLessThan(1);
    await page.mouse.up();
    await shows(page, ".density .guarantee", "certified");
    expect(await numberIn(page, "#value-c")).toBeLessThan(-1);
    await close();
  });

  it.each([1280, 360])("stays where it is: a slider pressed when a field is left, %d pixels", async (width) => {
    const { page, close } = await opened(width, "mp(c)", "&p.c=2");
    const moved = await follow(page, "#parameter-c");
    await page.fill("#tau-value", "nonsense");
    const move = await press(page, "#parameter-c");
    await shows(page, ".wrong", "a positive exact number");
    await move(0.3);
    expect(await moved()).toBeLessThan(1);
    await page.mouse.up();

    await page.fill("#law", "mp(1) [+] semi");
    await shows(page, "[role=option]", "semicircle(");
    await isReady(page);
    const stays = await follow(page, "#tau");
    const moveTau = await press(page, "#tau");
    await page.locator("[role=option]").first().waitFor({ state: "detached" });
    await moveTau(0.6);
    expect(await stays()).toBeLessThan(1);
    await page.mouse.up();
    await shows(page, "#law-mistake", "semi");
    await close();
  });

  it.each([1280, 360])(
    "stays where it is: the line of the edge diagram beyond the horizon, %d pixels",
    async (width) => {
      const { page, close } = await opened(width, "kestenMcKay(3)", "&tab=edges&sample=50,1");
      const { x, y, width: room } = await middle(page, ".edge-diagram .mover");
      const moved = await follow(page, ".edge-diagram .mover");
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (const share of [0.1, 0.2, 0.3, 0.45]) await page.mouse.move(x + share * room, y);
      await shows(page, ".flow-sentence.beyond", "Beyond the horizon τ* = 3");
      await page.mouse.move(x - 0.3 * room, y);
      await shows(page, ".flow-sentence:not(.beyond)", "Horizon τ* = 3");
      expect(await moved()).toBeLessThan(1);
      await page.mouse.up();
      await close();
    },
  );

  it("stays where it is: the point of the phase map, 360 pixels", async () => {
    const { page, close } = await opened(
      360,
      "deformedWigner(v, [[-a, 1/2], [a, 1/2]])",
      "&p.a=1&p.v=2&tab=phases&sample=50,1",
    );
    const { x, y, width, height } = await middle(page, ".phase-map .mover");
    const moved = await follow(page, ".phase-map .mover");
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 0.2 * width, y - 0.3 * height);
    await shows(page, ".phase-legend .present", "2 bulks");
    await page.mouse.move(x, y);
    await shows(page, ".phase-legend .present", "1 bulk");
    expect(await moved()).toBeLessThan(1);
    await page.mouse.up();
    await close();
  });

  it("keeps its scale: a parameter far from 0, and the edge diagram at a large size", async () => {
    const { page, close } = await opened(1280, "mp(c)", "&p.c=50&tau=50&tab=edges");
    /** What one position of the slider means; the first is one step from 0. */
    const step = async (): Promise<number> =>
      (await numberIn(page, "#value-c")) / (1 + Number(await page.inputValue("#parameter-c")));
    expect(await step()).toBe(1 / 2);
    const move = await press(page, "#parameter-c");
    await move(0.03);
    await isReady(page);
    expect(await numberIn(page, "#value-c")).toBeLessThan(4);
    expect(await step()).toBe(1 / 2);
    await page.mouse.up();
    await expect.poll(step, patience).toBeLessThan(1 / 4);

    await page.locator(".edge-diagram .size-handle").waitFor();
    const scale = (): Promise<string | null> => page.getAttribute(".edge-diagram [role=slider]", "aria-valuemax");
    const whole = await scale();
    const { x, y, width } = await middle(page, ".edge-diagram .mover");
    await page.mouse.move(x + 0.4 * width, y);
    await page.mouse.down();
    await page.mouse.move(x - 0.2 * width, y);
    await isReady(page);
    expect(await scale()).toBe(whole);
    await page.mouse.up();
    await expect.poll(scale, patience).not.toBe(whole);
    await close();
  });

  it("is held although another slider loses the focus to it", async () => {
    const { page, close } = await opened(1280, "mp(c)", "&p.c=1/2");
    const moveFirst = await press(page, "#parameter-c");
    await moveFirst(0.4);
    await page.mouse.up();
    await shows(page, ".density .guarantee", "certified");
    await shows(page, ".flow-sentence", "No horizon");
    await isReady(page);
    const move = await press(page, "#tau");
    await move(0.5);
    await shows(page, ".density .guarantee", "estimate");
    await isReady(page);
    expect(await page.textContent(".density .guarantee")).toContain("estimate");
    await page.mouse.up();
    await shows(page, ".density .guarantee", "certified");
    await close();
  });
});
