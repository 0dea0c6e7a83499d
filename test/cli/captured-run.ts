import { run } from "../../src/cli/run.js";

export interface Captured {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export interface RunSetting {
  readonly input?: string;
  readonly terminal?: boolean;
  readonly signal?: AbortSignal;
}

/** One command line in this process, with what it wrote. */
export async function runCommand(argv: readonly string[], setting: RunSetting = {}): Promise<Captured> {
  let out = "";
  let error = "";
  const code = await run(argv, {
    writeOut(text) {
      out += text;
    },
    writeError(text) {
      error += text;
    },
    readInput: async () => setting.input ?? "",
    errorIsTerminal: setting.terminal ?? false,
    signal: setting.signal,
  });
  return { code, out, error };
}

/** The one JSON object of a successful `--json` run. */
export async function runForJson(argv: readonly string[], setting: RunSetting = {}): Promise<Record<string, unknown>> {
  const { code, out, error } = await runCommand([...argv, "--json"], setting);
  if (code !== 0 || error !== "") throw new Error(`exit ${code}: ${error}`);
  return JSON.parse(out) as Record<string, unknown>;
}
