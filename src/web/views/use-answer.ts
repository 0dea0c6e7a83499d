import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ask, type Failure } from "../engine/client.js";
import type { HandlerArguments, HandlerName, HandlerValue } from "../engine/handlers.js";
import { dragging } from "../state.js";

/** What is known of the answer to a question that changes. */
export interface Asked<T> {
  /** The last answer, which may be that to an earlier question. */
  readonly value: T | undefined;
  /** Whether it is the answer to the present question. */
  readonly isCurrent: boolean;
  /** Why there is no answer to the present question. */
  readonly failure: Failure | undefined;
  /** Asks once more after a failure. */
  readonly again: () => void;
}

interface State<T> {
  readonly value?: T;
  readonly key: string;
  readonly failure?: Failure;
  readonly failedKey: string;
}

/**
 * Asks the engine whenever the arguments change. At rest a new question replaces the one before; while something is dragged it waits for the answer
 * on its way, so that there are answers during the drag.
 *
 * @param args plain data; nothing is asked while they are undefined.
 */
export function useAnswer<N extends HandlerName>(
  name: N,
  args: HandlerArguments<N> | undefined,
  channel: string,
): Asked<HandlerValue<N>> {
  const state: Signal<State<HandlerValue<N>>> = useSignal({ key: "", failedKey: "" });
  const key = args === undefined ? "" : JSON.stringify(args);
  const wanted = useRef({ key, args });
  wanted.current = { key, args };
  const turn = useRef(0);
  /** The question on its way. */
  const asked = useRef<string>(undefined);
  const isGone = useRef(false);
  const run = async (): Promise<void> => {
    const question = wanted.current;
    if (question.args === undefined) return;
    const own = ++turn.current;
    asked.current = question.key;
    const answer = await ask(name, question.args, { channel });
    if (own !== turn.current || isGone.current) return;
    asked.current = undefined;
    if (answer.ok) state.value = { value: answer.value, key: question.key, failedKey: "" };
    else state.value = { ...state.peek(), failure: answer, failedKey: question.key };
    if (wanted.current.key !== question.key) void run();
  };
  useEffect(() => {
    if (args === undefined || asked.current === key) return;
    if (state.peek().key === key) {
      // It is answered; what was asked in between is nobody's question any more.
      turn.current += 1;
      asked.current = undefined;
    } else if (asked.current === undefined || !dragging.peek()) void run();
  }, [key]);
  useEffect(
    () => () => {
      isGone.current = true;
    },
    [],
  );
  const { value, key: answered, failure, failedKey } = state.value;
  return {
    value,
    isCurrent: key !== "" && answered === key,
    failure: key !== "" && failedKey === key ? failure : undefined,
    again: () => void run(),
  };
}
