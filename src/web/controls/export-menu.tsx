import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Answer } from "../engine/answer.js";
import { ask } from "../engine/client.js";
import { toLink } from "../permalink.js";
import { lawText, pageState, reading, tau } from "../state.js";
import { commandLines, libraryCode } from "./code-text.js";

const channel = "export";

/** What the page shows, to be taken away: pictures, LaTeX, JSON, code, a link. */
export function ExportMenu(): JSX.Element {
  const note: Signal<string> = useSignal("");
  const code: Signal<boolean> = useSignal(false);
  const menu = useRef<HTMLDetailsElement>(null);
  const law = (): { readonly law: string } => ({ law: lawText.peek() });

  const save = async <T,>(
    name: string,
    question: () => Promise<Answer<T>>,
    made: (value: T) => Promise<Blob>,
  ): Promise<void> => {
    note.value = `Making ${name} …`;
    const answer = await question();
    if (!answer.ok) {
      note.value = answer.kind === "cancelled" ? "Cancelled." : `No ${name}: ${answer.message}`;
      return;
    }
    download(name, await made(answer.value));
    note.value = `Saved ${name}.`;
  };
  const svg = (): Promise<Answer<string>> => ask("pictureExport", law(), { channel });
  const copy = (text: string, what: string): void => {
    navigator.clipboard.writeText(text).then(
      () => {
        note.value = `${what} copied.`;
      },
      () => {
        note.value = `This browser does not let the page copy; the ${what.toLowerCase()} can be selected by hand.`;
      },
    );
  };

  // What can be taken away is what is shown, also while a newer text cannot be read.
  const shown = {
    expression: reading.value?.expression ?? "",
    parameters: Object.fromEntries((reading.value?.parameters ?? []).map(({ name, value }) => [name, value])),
    tau: tau.value,
  };
  return (
    <details
      class="menu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || menu.current === null) return;
        menu.current.open = false;
        menu.current.querySelector("summary")?.focus();
      }}
    >
      <summary class="button">Export</summary>
      <div class="menu-body">
        <div class="menu-buttons">
          <button
            type="button"
            onClick={() => void save("density.svg", svg, async (text) => new Blob([text], { type: "image/svg+xml" }))}
          >
            Picture, SVG
          </button>
          <button type="button" onClick={() => void save("density.png", svg, rastered)}>
            Picture, PNG
          </button>
          <button
            type="button"
            onClick={() =>
              void save(
                "derivation.tex",
                () => ask("latexExport", law(), { channel }),
                async (text) => new Blob([text], { type: "application/x-tex" }),
              )
            }
          >
            Derivation, LaTeX
          </button>
          <button
            type="button"
            onClick={() =>
              void save(
                "law.json",
                () => ask("lawExport", law(), { channel }),
                async (value) => new Blob([`${JSON.stringify(value, undefined, 2)}\n`], { type: "application/json" }),
              )
            }
          >
            Answers, JSON
          </button>
          <button
            type="button"
            aria-expanded={code.value}
            aria-controls="code"
            onClick={() => {
              code.value = !code.value;
            }}
          >
            Code
          </button>
          <button
            type="button"
            onClick={() => copy(`${location.href.split("#")[0]}#${toLink(pageState.peek())}`, "Link")}
          >
            Copy link
          </button>
        </div>
        <p role="status" class="quiet">
          {note.value}
        </p>
        <div id="code" hidden={!code.value}>
          <Code title="Command line" text={commandLines(shown)} onCopy={copy} />
          <Code title="Library" text={libraryCode(shown)} onCopy={copy} />
        </div>
      </div>
    </details>
  );
}

function Code({
  title,
  text,
  onCopy,
}: {
  readonly title: string;
  readonly text: string;
  readonly onCopy: (text: string, what: string) => void;
}): JSX.Element {
  return (
    <section class="code">
      <h2>{title}</h2>
      <button type="button" onClick={() => onCopy(text, title)}>
        Copy
      </button>
      <pre>{text}</pre>
    </section>
  );
}

function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** An SVG document as a PNG picture of twice its size. */
async function rastered(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * picture.naturalWidth;
    canvas.height = 2 * picture.naturalHeight;
    const context = canvas.getContext("2d")!;
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) =>
      canvas.toBlob((blob) => (blob === null ? fail(new Error("no picture")) : done(blob)), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
