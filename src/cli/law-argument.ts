import { DomainError } from "../core/index.js";
import { lawToText, parseLaw } from "../lang/index.js";
import { type Law, specialise } from "../law/index.js";
import { readSavedLaw } from "../report/index.js";
import type { Setting } from "./command-frame.js";
import { readText } from "./io.js";

/**
 * The law of a command line: an expression, in which a path that ends in `.json` stands for the law saved there, such a path alone, or `-` for either from
 * standard input.
 */
export async function readLaw(argument: string, setting: Setting): Promise<Law> {
  if (argument.trim() === "") throw new DomainError("the law is empty; write for example 'mp(1/2)'");
  if (/\.json$/i.test(argument) && !/["|⊞⊠]|\[[+*]\]/.test(argument))
    return withValues(readSavedLaw(await readText(argument), argument, setting.budget), setting);
  if (argument !== "-")
    return parseLaw(await withSavedLaws(argument, setting), { parameters: setting.values, budget: setting.budget });
  const text = await setting.io.readInput();
  if (text.trim() === "") throw new DomainError("standard input is empty; a law is expected there");
  if (/^\s*\{/.test(text)) return withValues(readSavedLaw(text, "standard input", setting.budget), setting);
  return parseLaw(text.trim(), { parameters: setting.values, budget: setting.budget });
}

/** The expression with the paths in it replaced by the laws saved there, in brackets. What is in quotes is left alone. */
async function withSavedLaws(expression: string, { budget }: Setting): Promise<string> {
  const parts: string[] = [];
  let done = 0;
  for (const { 0: path, index } of expression.matchAll(/"[^"]*"|[\w./~-]+/g)) {
    if (!/^[^"]+\.json$/i.test(path)) continue;
    const law = readSavedLaw(await readText(path), path, budget);
    parts.push(expression.slice(done, index), `(${lawToText(law)})`);
    done = index + path.length;
  }
  return [...parts, expression.slice(done)].join("");
}

function withValues(law: Law, setting: Setting): Law {
  for (const name of Object.keys(setting.values)) {
    if (!law.parameters.includes(name)) {
      const known = law.parameters.length === 0 ? "it has none" : `it has ${law.parameters.join(", ")}`;
      throw new DomainError(`--set: the law has no parameter ${name}; ${known}`);
    }
  }
  return specialise(law, setting.values, setting.budget);
}
