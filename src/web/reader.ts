import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { ask, type Failure } from "./engine/client.js";
import type { LawQuestion } from "./engine/law-reading.js";
import { baseText, dragging, expression, flow, parameters, reading } from "./state.js";

/** What is wrong with the text in the input line. */
export const mistake: Signal<Failure | undefined> = signal(undefined);
/** What is wrong with the values of the parameters, in a text that was read with others. */
export const valueMistake: Signal<Failure | undefined> = signal(undefined);
/** True from a change of the text until it has been read. */
export const isReading: Signal<boolean> = signal(true);
/** True when the page has no law to show: the first text could not be read. */
export const hasNoLaw: ReadonlySignal<boolean> = computed(
  () => reading.value === undefined && mistake.value !== undefined,
);
/** Why horizon and events are not known. */
export const flowFailure: Signal<Failure | undefined> = signal(undefined);

/** Milliseconds that the text must rest before it is read. */
const rest = 140;

/** Counts the wishes to read the same text once more. */
const wishes: Signal<number> = signal(0);

/** Reads the text once more, after it was cancelled or took too long. */
export function readAgain(): void {
  wishes.value += 1;
}

/** Has the expression read whenever it changes, and asks for horizon and events of every law that was read. */
export function keepLaw(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What was asked last, or came back as the values of the parameters: it need not be asked again. */
  let known = "";
  let granted = 0;
  /** Counts the questions: only the answer to the last one counts. */
  let turn = 0;
  let busy = false;
  const read = async (): Promise<void> => {
    clearTimeout(timer);
    // A slider that is dragged waits for the answer that is on its way; a text that is typed replaces it.
    if (busy && dragging.peek()) return;
    const question = currentQuestion();
    const own = ++turn;
    busy = true;
    const answer = await ask("readLaw", question, { channel: "read", urgent: true });
    if (own !== turn) return;
    busy = false;
    const isLast = keyOf(currentQuestion()) === keyOf(question);
    batch(() => {
      if (answer.ok) {
        mistake.value = undefined;
        valueMistake.value = undefined;
        reading.value = answer.value;
      }
      if (!isLast) return;
      isReading.value = false;
      if (answer.ok) {
        const values = Object.fromEntries(answer.value.parameters.map(({ name, value }) => [name, value]));
        known = keyOf({ expression: question.expression, parameters: values });
        parameters.value = values;
      } else {
        const isOfValues = reading.peek()?.expression === question.expression;
        mistake.value = isOfValues ? undefined : answer;
        valueMistake.value = isOfValues ? answer : undefined;
      }
    });
    if (!isLast) void read();
  };
  effect(() => {
    const question = { expression: expression.value, parameters: parameters.value };
    if (keyOf(question) === known && wishes.value === granted) return;
    granted = wishes.value;
    const first = known === "";
    known = keyOf(question);
    isReading.value = true;
    clearTimeout(timer);
    timer = setTimeout(() => void read(), first || dragging.peek() ? 0 : rest);
  });
  effect(() => {
    const law = baseText.value;
    if (law !== "" && law !== followed && !dragging.value) void followFlow(law);
  });
}

function currentQuestion(): LawQuestion {
  return { expression: expression.peek(), parameters: parameters.peek() };
}

function keyOf(question: LawQuestion): string {
  return JSON.stringify([question.expression, question.parameters]);
}

/** The law whose horizon and events are known, or looked for. */
let followed = "";

async function followFlow(law: string): Promise<void> {
  followed = law;
  batch(() => {
    flow.value = undefined;
    flowFailure.value = undefined;
  });
  const answer = await ask("flowFacts", { law }, { channel: "flow" });
  if (law !== followed) return;
  if (answer.ok) flow.value = answer.value;
  else flowFailure.value = answer;
  if (!answer.ok && answer.kind === "cancelled") followed = "";
}
