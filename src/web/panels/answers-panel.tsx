import type { JSX } from "preact";
import type { ExactFacts, Spectrum } from "../engine/law-answers.js";
import { dragging, lawText } from "../state.js";
import { NoFigure } from "../views/guarantee.js";
import { useAnswer } from "../views/use-answer.js";
import { MathText } from "./polynomial.js";

/** The curve of the law, its edges and atoms with their exact forms, and its first moments. */
export function AnswersPanel(): JSX.Element {
  const law = lawText.value;
  const answer = useAnswer("lawAnswers", law === "" || dragging.value ? undefined : { law }, "answers");
  if (answer.failure !== undefined) return <NoFigure failure={answer.failure} again={answer.again} />;
  if (answer.value === undefined) return <p class="quiet">Computing …</p>;
  const { curve, degrees, moments, spectrum } = answer.value;
  return (
    <div class={answer.value.law === law ? "answers" : "answers stale"}>
      <h2>
        Curve <Guarantee kind="exact" />
      </h2>
      <p class="formula">
        <MathText text={curve} />
        {"\u00a0=\u00a00"}
      </p>
      <p class="quiet">
        degree {degrees.m} in <i>m</i>, {degrees.z} in <i>z</i>; <i>m</i> ~ −1/<i>z</i> at infinity is the Stieltjes
        transform
      </p>
      <SpectrumAnswer spectrum={spectrum} />
      <h2>
        Moments <Guarantee kind="exact" />
      </h2>
      <dl class="moments">
        {moments.map((value, k) => (
          <div key={`mu-${k + 1}`}>
            <dt>
              <i>μ</i>
              <sub>{k + 1}</sub>
            </dt>
            <dd>{value.replace("-", "−")}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** What may be relied on. */
export function Guarantee({ kind }: { readonly kind: "exact" | "certified" | "estimate" }): JSX.Element {
  return <small class={`badge ${kind}`}>{kind}</small>;
}

function SpectrumAnswer({ spectrum }: { readonly spectrum: Spectrum }): JSX.Element {
  if (spectrum.kind !== "spectrum") {
    return (
      <>
        <h2>Spectrum</h2>
        <p class="beyond">
          {spectrum.kind === "none"
            ? "This curve is no spectrum: "
            : "Whether this curve is a spectrum could not be decided: "}
          {spectrum.failed[0] ?? spectrum.reason}.
        </p>
        {spectrum.failed.length < 2 ? null : (
          <ul>
            {spectrum.failed.slice(1).map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        )}
      </>
    );
  }
  const { bulks, atoms, cusps } = spectrum;
  return (
    <>
      <h2>
        Support <Guarantee kind="exact" />
      </h2>
      {bulks.map((bulk, k) => (
        <div key={bulk.left.text} class="bulk">
          <h3>
            {bulks.length === 1 ? "One bulk" : `Bulk ${k + 1} of ${bulks.length}`}{" "}
            <span class="quiet">of mass {Number(bulk.mass.toPrecision(6))}</span>
          </h3>
          <ExactNumber label="from" value={bulk.left} exponent={bulk.leftExponent} />
          <ExactNumber label="to" value={bulk.right} exponent={bulk.rightExponent} />
        </div>
      ))}
      {cusps.map((cusp) => (
        <ExactNumber key={cusp.text} label="cusp at" value={cusp} />
      ))}
      {atoms.map(({ at, weight }) => (
        <div key={at.text} class="bulk">
          <h3>Atom</h3>
          <ExactNumber label="at" value={at} />
          <ExactNumber label="weight" value={weight} />
        </div>
      ))}
    </>
  );
}

function ExactNumber({
  label,
  value,
  exponent,
}: {
  readonly label: string;
  readonly value: ExactFacts;
  readonly exponent?: string;
}): JSX.Element {
  const isRational = /^[-\d/]+$/.test(value.text);
  return (
    <div class="exact-number">
      <span class="quiet">{label}</span> <span class="number">{value.text.replace("-", "−")}</span>
      {value.radicals === undefined ? null : (
        <>
          {" "}
          = <MathText text={value.radicals} />
        </>
      )}
      {exponent === undefined ? null : <span class="quiet"> · exponent {exponent.replace("-", "−")}</span>}
      {isRational ? null : (
        <details>
          <summary>minimal polynomial</summary>
          <p class="formula">
            <MathText text={value.minimalPolynomial} />
          </p>
        </details>
      )}
    </div>
  );
}
