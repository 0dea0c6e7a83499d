import { type CertifyOptions, certify, type Question } from "../certificate/index.js";
import type { Law } from "../law/index.js";
import { type Options, type Setting, textOption } from "./command-frame.js";
import { checkWritable, writeWhole } from "./io.js";

/** The option and what it is for, for every command whose answer can carry a proof. */
export const certificateOption: readonly [string, string] = [
  "--certificate <file>",
  "also write the answer with its proof, for freecurve verify",
];

/** Writes the certificate of an answer when it was asked for; gives the files that were written. */
export async function certificateFiles(
  law: Law,
  question: Question,
  setting: Setting,
  options: Options,
  extra: CertifyOptions = {},
): Promise<{ readonly files?: readonly string[] }> {
  const path = textOption(options, "certificate");
  if (path === undefined) return {};
  await checkWritable(path);
  setting.progress("proving the answer");
  const certificate = certify(law, question, { digits: setting.digits, ...extra }, setting.budget);
  await writeWhole(path, `${JSON.stringify(certificate, undefined, 1)}\n`);
  return { files: [path] };
}
