import type { JSX } from "preact";
import type { SetBlock, SetInline, SetLine } from "../engine/derivation.js";
import { dragging, lawText } from "../state.js";
import "./figures.css";
import "./derivation.css";
import { NoFigure } from "./guarantee.js";
import { MathFormula } from "./math-formula.js";
import { useAnswer } from "./use-answer.js";

/** The derivation of everything that is known of the law, in sections that open, with every check that was computed. */
export function DerivationPanel(): JSX.Element {
  const law = lawText.value;
  const derivation = useAnswer("derivationFacts", law === "" || dragging.value ? undefined : { law }, "derivation");
  if (derivation.failure !== undefined) return <NoFigure failure={derivation.failure} again={derivation.again} />;
  const facts = derivation.value;
  if (facts === undefined) return <p class="waiting tall">Deriving it step by step …</p>;
  return (
    <article class={facts.law === law ? "derivation" : "derivation outdated"} aria-busy={facts.law !== law}>
      {facts.sections.map(({ heading, blocks }, k) => (
        <details key={heading} open={k < 3}>
          <summary>
            <h2>{heading}</h2>
          </summary>
          {blocks.map((block, i) => (
            <BlockView key={i} block={block} />
          ))}
        </details>
      ))}
    </article>
  );
}

function BlockView({ block }: { readonly block: SetBlock }): JSX.Element {
  switch (block.kind) {
    case "paragraph":
      return (
        <p>
          <Line line={block.line} />
        </p>
      );
    case "check":
      return (
        <p class="check">
          <strong>checked</strong> <Line line={block.line} />
        </p>
      );
    case "display":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <div class="display" tabIndex={0}>
          <MathFormula mathml={block.mathml} plain={block.plain} />
        </div>
      );
    case "list":
      return (
        <ul>
          {block.items.map((item, k) => (
            <li key={k}>
              <Line line={item} />
            </li>
          ))}
        </ul>
      );
    case "table":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section class="scroll" tabIndex={0} aria-label="table">
          <table>
            <thead>
              <tr>
                {block.head.map((cell, k) => (
                  <th key={k} scope="col">
                    <Line line={cell} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, k) => (
                <tr key={k}>
                  {row.map((cell, i) => (
                    <td key={i}>
                      <Line line={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      );
  }
}

function Line({ line }: { readonly line: SetLine }): JSX.Element {
  return (
    <>
      {line.map((piece, k) => (
        <Piece key={k} piece={piece} />
      ))}
    </>
  );
}

function Piece({ piece }: { readonly piece: SetInline }): JSX.Element | string {
  if (piece.kind === "formula") return <MathFormula mathml={piece.mathml} plain={piece.plain} />;
  return piece.kind === "code" ? <code>{piece.text}</code> : piece.text;
}
