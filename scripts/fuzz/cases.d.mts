import type { VocabularyEntry } from "../../src/lang/index.js";

/** One command line with the files and the standard input that go with it. */
export interface FuzzCase {
  readonly kind: string;
  readonly number: number;
  /** Words; {@link folderMark} stands for the folder of the files. */
  readonly argv: readonly string[];
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly input: string;
}

export const folderMark: string;

export function fuzzCase(
  vocabulary: { readonly laws: readonly VocabularyEntry[]; readonly operations: readonly VocabularyEntry[] },
  seed: number,
  number: number,
  seconds: number,
): FuzzCase;
