import { laws, operations, signature, type VocabularyEntry } from "../../lang/index.js";

/** A name of the input language, as completion shows it. */
export interface VocabularyName {
  readonly name: string;
  readonly kind: "law" | "operation";
  readonly signature: string;
  readonly doc: string;
}

/** All names of the input language. */
export function vocabulary(): readonly VocabularyName[] {
  const names = (entries: readonly VocabularyEntry[], kind: VocabularyName["kind"]): VocabularyName[] =>
    entries.map((entry) => ({ name: entry.name, kind, signature: signature(entry), doc: entry.doc }));
  return [...names(laws, "law"), ...names(operations, "operation")];
}
