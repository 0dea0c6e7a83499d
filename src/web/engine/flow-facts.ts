import type { Outcome } from "../../core/index.js";
import { events, type Horizon, horizon } from "../../evolution/index.js";
import { algebraicToText, shortRadicals } from "../../report/index.js";
import { type AlgebraicNumber, algebraicToNumber } from "../../roots/index.js";
import type { Context } from "./context.js";
import { lawOf } from "./law-cache.js";

/** What happens to a law as its size grows, for the marks of the size slider and the sentences under it. */
export interface FlowFacts {
  /** The law that was asked about. */
  readonly law: string;
  readonly horizon: HorizonFacts;
  readonly events: readonly EventFacts[];
}

export type HorizonFacts =
  | { readonly kind: "infinity"; readonly reason: string }
  | { readonly kind: "finite"; readonly at: NumberFacts; readonly reason: string }
  | { readonly kind: "unable" | "undefined"; readonly reason: string };

/** An exact number as the page shows it. */
export interface NumberFacts {
  readonly number: number;
  readonly text: string;
  /** Its radicals where they are short. */
  readonly radicals?: string;
}

export interface EventFacts {
  readonly at: NumberFacts;
  /** As the kernel names them: "cusp-split", "atom-born", …. */
  readonly kinds: readonly string[];
  readonly where?: NumberFacts;
}

const digits = 10;

export function numberFacts(a: AlgebraicNumber): NumberFacts {
  const radicals = shortRadicals(a);
  return {
    number: algebraicToNumber(a),
    text: algebraicToText(a, digits),
    ...(radicals === undefined ? {} : { radicals }),
  };
}

export function horizonFacts(found: Outcome<Horizon>): HorizonFacts {
  if (found.kind !== "ok") return { kind: found.kind, reason: found.reason };
  const { tau, reason } = found.value;
  return tau === "infinity" ? { kind: "infinity", reason } : { kind: "finite", at: numberFacts(tau), reason };
}

/** Horizon and events in tau of a law without parameters. Exact. */
export function flowFacts({ law: text }: { readonly law: string }, { budget }: Context): FlowFacts {
  const law = lawOf(text, budget);
  return {
    law: text,
    horizon: horizonFacts(horizon(law, budget)),
    events: events(law, {}, budget).map((event) => ({
      at: numberFacts(event.at),
      kinds: event.kinds,
      ...(event.where === undefined ? {} : { where: numberFacts(event.where) }),
    })),
  };
}
