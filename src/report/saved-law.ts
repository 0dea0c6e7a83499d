import { type Budget, DomainError, unlimited } from "../core/index.js";
import { lawToText, parseLaw } from "../lang/index.js";
import type { Law } from "../law/index.js";
import { toText } from "../poly/index.js";

/** A law as a file holds it. */
export interface SavedLaw {
  readonly format: "freecurve-law";
  readonly version: 1;
  /** The law in the input language. */
  readonly law: string;
  /** Its curve in canonical text, against which a reader checks what the text means to it. */
  readonly curve: string;
  readonly parameters: readonly string[];
}

/** The law as a file holds it, see {@link readSavedLaw}. Exact. */
export function saveLaw(law: Law): SavedLaw {
  return {
    format: "freecurve-law",
    version: 1,
    law: lawToText(law),
    curve: toText(law.curve),
    parameters: law.parameters,
  };
}

/**
 * The law of a saved file. Exact.
 *
 * @throws DomainError when the text is not a saved law, when a newer version wrote it, or when its curve is not that of its law.
 */
export function readSavedLaw(text: string, name: string, budget: Budget = unlimited): Law {
  const saved = checkedShape(text, name);
  const law = parseLaw(saved.law, { budget });
  if (toText(law.curve) !== saved.curve) {
    throw new DomainError(`${name} contradicts itself: its curve is not that of its law ${saved.law}`);
  }
  return law;
}

/** A version is a number; of anything else, which may be of any size, only that is said. */
function versionText(version: unknown): string {
  if (version === undefined) return "no version";
  return typeof version === "number" ? `version ${version}` : "a version that is no number";
}

function checkedShape(text: string, name: string): { law: string; curve: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DomainError(`${name} is not a saved law: it is not JSON`);
  }
  const object = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  if (object.format !== "freecurve-law") {
    throw new DomainError(
      `${name} is not a saved law: it has no "format": "freecurve-law"; fit -o law.json writes one`,
    );
  }
  if (object.version !== 1) {
    throw new DomainError(`${name} has ${versionText(object.version)}; this program reads version 1`);
  }
  if (typeof object.law !== "string" || typeof object.curve !== "string") {
    throw new DomainError(`${name} is a damaged law: its fields law and curve must be text`);
  }
  return { law: object.law, curve: object.curve };
}
