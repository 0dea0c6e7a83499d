import type { VocabularyName } from "../engine/vocabulary.js";

/** The name that is being typed before a place in a text, if there is one. */
export function wordBefore(text: string, place: number): { readonly word: string; readonly start: number } | undefined {
  const match = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(text.slice(0, place));
  if (match === null || insideQuotes(text, place)) return undefined;
  return { word: match[0], start: match.index };
}

function insideQuotes(text: string, place: number): boolean {
  return (text.slice(0, place).match(/"/g)?.length ?? 0) % 2 === 1;
}

const most = 8;

/** The names that may be meant by what is typed: those that begin with it, then those that hold it; after |> operations only. */
export function completions(names: readonly VocabularyName[], text: string, place: number): readonly VocabularyName[] {
  const typed = wordBefore(text, place);
  if (typed === undefined) return [];
  const afterPipe = /\|>\s*$/.test(text.slice(0, typed.start));
  const wanted = typed.word.toLowerCase();
  const fitting = names.filter(({ name, kind }) => {
    if (afterPipe && kind !== "operation") return false;
    return name.toLowerCase().includes(wanted) && (name !== typed.word || !/^\s*\(/.test(text.slice(place)));
  });
  const rank = ({ name }: VocabularyName): number => (name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return fitting.sort((a, b) => rank(a) - rank(b)).slice(0, most);
}

/** A text with the typed word replaced by a name and its parenthesis, and the place inside. */
export function complete(
  text: string,
  place: number,
  { name }: VocabularyName,
): { readonly text: string; readonly place: number } {
  const start = wordBefore(text, place)?.start ?? place;
  const rest = text.slice(place).replace(/^[\p{L}\p{N}_]+/u, "");
  const isCalled = /^\s*\(/.test(rest);
  const made = `${text.slice(0, start)}${name}${isCalled ? "" : "()"}`;
  return { text: made + rest, place: start + name.length + 1 };
}

/** The innermost call around a place, whose arguments are being typed. */
export function callAround(names: readonly VocabularyName[], text: string, place: number): VocabularyName | undefined {
  let depth = 0;
  for (let k = place - 1; k >= 0; k--) {
    const character = text[k];
    if (character === ")") depth++;
    else if (character === "(" && depth > 0) depth--;
    else if (character === "(") {
      const word = wordBefore(text, k)?.word;
      if (word !== undefined) return names.find(({ name }) => name === word);
    }
  }
  return undefined;
}
