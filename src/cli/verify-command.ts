import type { Command } from "commander";
import { DomainError, LimitError } from "../core/index.js";
import { type Verdict, verifyCertificate } from "../verify/index.js";
import { plainCommand } from "./command-frame.js";
import { type Io, readText } from "./io.js";

/** `verify`. */
export function addVerifyCommand(program: Command, io: Io): void {
  plainCommand(program, "verify", "check the proof of an answer", io, async (setting, [path]) => {
    const verdict = verifyCertificate(parsed(await readText(path!), path!), setting.budget);
    if (verdict.verdict !== "verified") {
      if (setting.json) io.writeOut(`${JSON.stringify(verdict)}\n`);
      const sentence = `the certificate ${verdict.verdict === "refuted" ? "is refuted" : "cannot be checked"}${place(verdict)}: ${verdict.reason}`;
      throw verdict.verdict === "refuted" ? new DomainError(sentence) : new LimitError(sentence);
    }
    return { json: { ...verdict }, text: textOf(verdict) };
  })
    .argument("<certificate>", "a file written with --certificate")
    .description(
      "Checks a certificate, an answer with its proof, by arithmetic on integers and rationals alone, without the engine that found it. Exact. Says what of the answer is verified, what it rests on, and what is not covered. Exit code 0 when it is verified, 2 when it is refuted or broken, 3 when it cannot be checked.",
    )
    .addHelpText(
      "after",
      "\nExample: freecurve support 'mp(1/2)' --certificate proof.json && freecurve verify proof.json\n  JSON fields: verdict, step, reason, question, law, verified, trusted, notCovered",
    );
}

/** Two fields of one name are refused, and characters or numbers that are written in more than one way: another reader may take them otherwise. */
function parsed(text: string, path: string): unknown {
  const withoutBlanks = (json: string): string => json.replaceAll(/\s/g, "");
  try {
    const value: unknown = JSON.parse(text);
    if (withoutBlanks(JSON.stringify(value)) === withoutBlanks(text)) return value;
  } catch {
    throw new DomainError(`the certificate is broken: "${path}" is not JSON`);
  }
  throw new DomainError(`the certificate is broken: "${path}" has a field twice, or a text or number in odd spelling`);
}

const place = ({ step }: Verdict): string => (step === undefined ? "" : ` at step ${step}`);

function textOf({ question, law, verified, trusted, notCovered }: Verdict): string {
  const listing = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`${title}:\n${lines.map((line) => `  ${line}`).join("\n")}`];
  return [
    `verified: the ${question} of ${law}`,
    ...listing("what was verified", verified),
    ...listing("taken on trust", trusted),
    ...listing("not covered", notCovered),
  ].join("\n\n");
}
