import { Argument, type Command, type Option } from "commander";
import type { Io } from "./io.js";

const shells: Readonly<Record<string, (commands: readonly Entry[]) => string>> = { bash, zsh, fish };

interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  /** The words that the first operand is one of, where it is. */
  readonly operands: readonly string[];
}

interface Flag {
  readonly long: string;
  readonly short: string | undefined;
  readonly description: string;
  /** What comes after it: one of these words, a file, something that cannot be completed, or nothing. */
  readonly value: readonly string[] | "file" | "free" | "none";
}

/** `completion`. */
export function addCompletionCommand(program: Command, io: Io): void {
  program
    .command("completion")
    .summary("a script that completes commands and options in a shell")
    .description(
      "A script for the completion of commands, options, their values and file names. In bash: source <(freecurve completion bash); in zsh the same with zsh; in fish: freecurve completion fish | source.",
    )
    .addArgument(new Argument("<shell>", "the shell it is for").choices(Object.keys(shells)))
    .addHelpText("after", "\nExample: freecurve completion bash > ~/.local/share/bash-completion/completions/freecurve")
    .action((shell: string) => io.writeOut(shells[shell]!(program.commands.map(entryOf))));
}

function entryOf(command: Command): Entry {
  return {
    name: command.name(),
    summary: command.summary(),
    operands: command.registeredArguments[0]?.argChoices ?? [],
    flags: command.options.flatMap((option) =>
      option.long
        ? [
            {
              long: option.long,
              short: option.short ?? undefined,
              description: option.description,
              value: takenBy(option),
            },
          ]
        : [],
    ),
  };
}

function takenBy({ argChoices, required, flags }: Option): Flag["value"] {
  if (argChoices !== undefined) return argChoices;
  if (!required) return "none";
  return /<(FILE[^>]*|file|[^>]*\.(json|jsonl|svg))>/.test(flags) ? "file" : "free";
}

function wordsOf({ long, short }: Flag): readonly string[] {
  return short === undefined ? [long] : [short, long];
}

/** For the word before the one that is completed: what is done after each option that takes a value. */
function cases(
  flags: readonly Flag[],
  words: (list: readonly string[]) => string,
  files: string,
  none: string,
): string {
  return flags
    .flatMap((flag) => {
      if (flag.value === "none") return [];
      const does = flag.value === "file" ? files : flag.value === "free" ? none : words(flag.value);
      return [`${wordsOf(flag).join("|")}) ${does}; return ;;`];
    })
    .join(" ");
}

function bash(commands: readonly Entry[]): string {
  const offered = (list: readonly string[]): string => `COMPREPLY=($(compgen -W "${list.join(" ")}" -- "$current"))`;
  const files = 'COMPREPLY=($(compgen -f -- "$current"))';
  const arms = commands.map(
    ({ name, flags, operands }) =>
      `    ${name}) words="${flags.map(({ long }) => long).join(" ")}" operands="${operands.join(" ")}"
      case "$previous" in ${cases(flags, offered, files, "COMPREPLY=()")} esac ;;`,
  );
  return `# completion of freecurve for bash
_freecurve() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" operands=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    ${offered(commands.map(({ name }) => name))}
    return
  fi
  case "\${COMP_WORDS[1]}" in
${arms.join("\n")}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) if [ -n "$operands" ]; then COMPREPLY=($(compgen -W "$operands" -- "$current")); else ${files}; fi ;;
  esac
}
complete -o filenames -F _freecurve freecurve
`;
}

function zsh(commands: readonly Entry[]): string {
  const list = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`).join("\n");
  const offered = (words: readonly string[]): string => `compadd -- ${words.join(" ")}`;
  const arms = commands.map(
    ({ name, flags, operands }) =>
      `    ${name}) flags=(${flags.map(({ long }) => long).join(" ")}) operands=(${operands.join(" ")})
      case "\${words[CURRENT-1]}" in ${cases(flags, offered, "_files", ":")} esac ;;`,
  );
  return `#compdef freecurve
# completion of freecurve for zsh
_freecurve() {
  local -a commands flags operands
  commands=(
${list}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case "\${words[2]}" in
${arms.join("\n")}
  esac
  if [[ "$PREFIX" == -* ]]; then compadd -- $flags
  elif (( $#operands )); then compadd -- $operands
  else _files; fi
}
compdef _freecurve freecurve
`;
}

function fish(commands: readonly Entry[]): string {
  const lines = commands.flatMap(({ name, summary, flags, operands }) => [
    `complete -c freecurve -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...(operands.length === 0
      ? []
      : [`complete -c freecurve -n '__fish_seen_subcommand_from ${name}' -f -a ${quoted(operands.join(" "))}`]),
    ...flags.map(({ long, short, description, value }) => {
      const after =
        value === "none"
          ? ""
          : value === "file"
            ? " -r -F"
            : value === "free"
              ? " -x"
              : ` -x -a ${quoted(value.join(" "))}`;
      const names = `${short === undefined ? "" : ` -s ${short.slice(1)}`} -l ${long.slice(2)}`;
      return `complete -c freecurve -n '__fish_seen_subcommand_from ${name}'${names}${after} -d ${quoted(description)}`;
    }),
  ]);
  return `# completion of freecurve for fish\n${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, "’")}'`;
}
