import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Answer } from "../../src/web/engine/answer.js";

/** Questions that wait for an answer, in the order in which they were asked. */
const asked: { name: string; args: unknown; answer: (answer: Answer<unknown>) => void }[] = [];

vi.mock("../../src/web/engine/client.js", () => ({
  // As the pool does: a newer question on a channel ends the one before.
  ask: (name: string, args: unknown) => {
    for (const older of asked.filter((question) => question.name === name)) older.answer(cancelled);
    return new Promise<Answer<unknown>>((resolve) => {
      const answer = (value: Answer<unknown>): void => {
        asked.splice(asked.indexOf(question), 1);
        resolve(value);
      };
      const question = { name, args, answer };
      asked.push(question);
    });
  },
}));

const cancelled: Answer<unknown> = { ok: false, kind: "cancelled", message: "cancelled" };
const { keepLaw, isReading, mistake, valueMistake, flowFailure } = await import("../../src/web/reader.js");
const { baseText, expression, flow, hold, parameters } = await import("../../src/web/state.js");

/** The question of a kind that waits, and its answer. */
function waiting(name: string): { args: unknown; answer: (answer: Answer<unknown>) => Promise<void> } {
  const question = asked.find((candidate) => candidate.name === name);
  if (question === undefined) throw new Error(`no ${name} is asked`);
  return {
    args: question.args,
    async answer(answer) {
      question.answer(answer);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

function count(name: string): number {
  return asked.filter((question) => question.name === name).length;
}

/** What the engine makes of an expression: here its text is the expression with the value of c. */
function readingOf(args: unknown): Answer<unknown> {
  const question = args as { expression: string; parameters: Record<string, string> };
  const { c } = question.parameters;
  const list = c === undefined ? [] : [{ name: "c", value: c, from: "0", to: "4", step: "1/50" }];
  return {
    ok: true,
    value: { text: `${question.expression} ${c ?? ""}`, expression: question.expression, parameters: list },
  };
}

async function answerReading(): Promise<void> {
  const { args, answer } = waiting("readLaw");
  await answer(readingOf(args));
}

describe("reading the law", () => {
  beforeAll(() => {
    vi.useFakeTimers();
    keepLaw();
  });

  beforeEach(async () => {
    expression.value = "first";
    parameters.value = {};
    await vi.advanceTimersByTimeAsync(1000);
    while (count("readLaw") > 0) await answerReading();
    while (count("flowFacts") > 0) await waiting("flowFacts").answer({ ok: true, value: { law: baseText.value } });
  });

  it("reads a text that was typed while another was read once, and says nothing of a cancellation", async () => {
    const seen: unknown[] = [];
    const stop = mistake.subscribe((value) => seen.push(value));
    expression.value = "second";
    await vi.advanceTimersByTimeAsync(1000);
    expression.value = "third";
    await vi.advanceTimersByTimeAsync(10);
    await answerReading();
    expect(waiting("readLaw").args).toMatchObject({ expression: "third" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(isReading.value).toBe(true);
    await answerReading();
    expect([baseText.value, isReading.value, count("readLaw")]).toEqual(["third ", false, 0]);
    expect(seen).toEqual([undefined]);
    stop();
  });

  it("lets a slider that is dragged wait for the answer on its way, also after a text was replaced", async () => {
    expression.value = "older";
    await vi.advanceTimersByTimeAsync(1000);
    expression.value = "newer";
    await vi.advanceTimersByTimeAsync(1000);
    const release = hold();
    for (const c of ["1", "2", "3"]) {
      parameters.value = { c };
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(waiting("readLaw").args).toEqual({ expression: "newer", parameters: {} });
    await answerReading();
    expect(waiting("readLaw").args).toEqual({ expression: "newer", parameters: { c: "3" } });
    await answerReading();
    expect(baseText.value).toBe("newer 3");
    release();
  });

  it("says of a mistake whether it is one of the text or of the values", async () => {
    const wrong: Answer<unknown> = { ok: false, kind: "user", message: "wrong" };
    parameters.value = { c: "1" };
    await vi.advanceTimersByTimeAsync(1000);
    await waiting("readLaw").answer(wrong);
    expect([mistake.value, valueMistake.value]).toEqual([undefined, wrong]);
    expression.value = "unreadable";
    await vi.advanceTimersByTimeAsync(1000);
    await waiting("readLaw").answer(wrong);
    expect([mistake.value, valueMistake.value]).toEqual([wrong, undefined]);
    expression.value = "first";
    await vi.advanceTimersByTimeAsync(1000);
    await answerReading();
    expect([mistake.value, valueMistake.value]).toEqual([undefined, undefined]);
  });

  it("goes on looking for the horizon when a slider is pressed and let go", async () => {
    expression.value = "slow";
    await vi.advanceTimersByTimeAsync(1000);
    await answerReading();
    const search = waiting("flowFacts");
    hold()();
    hold()();
    await vi.advanceTimersByTimeAsync(1000);
    expect(flowFailure.value).toBeUndefined();
    await search.answer({ ok: true, value: { law: "slow " } });
    expect(flow.value).toEqual({ law: "slow " });
    expect(count("flowFacts")).toBe(0);
  });
});
