import { Argument, type Command } from "commander";
import type { Io } from "./io.js";

const shells: Readonly<Record<string, (commands: readonly Entry[]) => string>> = { bash, zsh, fish };

interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly { readonly flag: string; readonly description: string }[];
}

/** `completion`. */
export function addCompletionCommand(program: Command, io: Io): void {
  program
    .command("completion")
    .summary("a script that completes commands and options in a shell")
    .description(
      "A script for the completion of commands, options and file names. In bash: source <(freecurve completion bash); in zsh the same with zsh; in fish: freecurve completion fish | source.",
    )
    .addArgument(new Argument("<shell>", "the shell it is for").choices(Object.keys(shells)))
    .addHelpText("after", "\nExample: freecurve completion bash > ~/.local/share/bash-completion/completions/freecurve")
    .action((shell: string) => io.writeOut(shells[shell]!(program.commands.map(entryOf))));
}

function entryOf(command: Command): Entry {
  return {
    name: command.name(),
    summary: command.summary(),
    options: command.options.flatMap(({ long, description }) => (long ? [{ flag: long, description }] : [])),
  };
}

function bash(commands: readonly Entry[]): string {
  const cases = commands.map(({ name, options }) => `    ${name}) words="${options.map((o) => o.flag).join(" ")}" ;;`);
  return `# completion of freecurve for bash
_freecurve() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map((c) => c.name).join(" ")}" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _freecurve freecurve
`;
}

function zsh(commands: readonly Entry[]): string {
  const list = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join("\n");
  const cases = commands.map(({ name, options }) => `    ${name}) flags=(${options.map((o) => o.flag).join(" ")}) ;;`);
  return `#compdef freecurve
# completion of freecurve for zsh
_freecurve() {
  local -a commands flags
  commands=(
${list}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "\${words[2]}" in
${cases.join("\n")}
  esac
  if [[ "$PREFIX" == -* ]]; then compadd -- $flags; else _files; fi
}
compdef _freecurve freecurve
`;
}

function fish(commands: readonly Entry[]): string {
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c freecurve -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...options.map(
      ({ flag, description }) =>
        `complete -c freecurve -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)} -d ${quoted(description)}`,
    ),
  ]);
  return `# completion of freecurve for fish\n${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, "’")}'`;
}
