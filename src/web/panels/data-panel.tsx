import { batch, type Signal, signal } from "@preact/signals";
import type { JSX } from "preact";
import { ask, cancel, type Failure } from "../engine/client.js";
import type { ExtrapolationFacts, FitFacts } from "../engine/measured.js";
import { baseText, expression, measured, missingData, parameters, tau } from "../state.js";
import { Guarantee } from "./answers-panel.js";
import { SpectrumFigure } from "./spectrum-figure.js";

const channel = "data";

/** What is wanted and what came of it; kept while other tabs are open. */
const size: Signal<string> = signal("");
const target: Signal<string> = signal("");
const isComplex: Signal<boolean> = signal(false);
const working: Signal<string> = signal("");
const failure: Signal<Failure | undefined> = signal(undefined);
const fitted: Signal<FitFacts | undefined> = signal(undefined);
const extrapolated: Signal<ExtrapolationFacts | undefined> = signal(undefined);

const largestFile = 64 * 2 ** 20;
const seconds = 300;

/** Measured eigenvalues: a law for them, and the spectrum of a larger matrix of which theirs is a part. */
export function DataPanel(): JSX.Element {
  const data = measured.value;
  return (
    <div class="data">
      <h2>Measured eigenvalues</h2>
      <p>
        <label class="button file">
          Choose a file
          <input
            type="file"
            class="visually-hidden"
            accept=".txt,.csv,.dat,.npy,.npz"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file !== undefined) void read(file);
              event.currentTarget.value = "";
            }}
          />
        </label>{" "}
        <button type="button" disabled={baseText.value === ""} onClick={() => void simulated()}>
          Simulate the law
        </button>
      </p>
      <p class="quiet">
        Text with one number a line, CSV, .npy or .npz: eigenvalues, or a symmetric matrix. The file stays on this
        machine.
      </p>
      {data === undefined && missingData.value !== "" ? (
        <p role="status">The link speaks of a file “{missingData.value}”, which a link cannot hold: choose it here.</p>
      ) : null}
      {data === undefined ? null : <Questions count={data.eigenvalues.length} name={data.name} />}
      {failure.value === undefined || failure.value.kind === "cancelled" ? null : (
        <p role="alert" class="beyond">
          {sentence(failure.value.message)}
        </p>
      )}
      {working.value === "" ? null : (
        <p role="status">
          {working.value} …{" "}
          <button type="button" onClick={() => cancel(channel)}>
            Cancel
          </button>
        </p>
      )}
      {data === undefined || fitted.value === undefined ? null : (
        <FitAnswer fit={fitted.value} values={data.eigenvalues} />
      )}
      {extrapolated.value === undefined ? null : <ExtrapolationAnswer answer={extrapolated.value} />}
    </div>
  );
}

function Questions({ count, name }: { readonly count: number; readonly name: string }): JSX.Element {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void extrapolate();
      }}
    >
      <p>
        <strong>{count}</strong> eigenvalues of <span class="mono">{name}</span>
      </p>
      <div class="fields">
        <label>
          Size of the matrix{" "}
          <input
            type="text"
            inputMode="numeric"
            size={6}
            placeholder={String(count)}
            value={size.value}
            onInput={(event) => {
              size.value = event.currentTarget.value;
            }}
          />
        </label>
        <label>
          <input
            type="checkbox"
            checked={isComplex.value}
            onChange={(event) => {
              isComplex.value = event.currentTarget.checked;
            }}
          />{" "}
          complex Hermitian
        </label>
        <button type="button" onClick={() => void fitLaw()}>
          Fit a law
        </button>
      </div>
      <div class="fields">
        <label>
          Size of the larger matrix{" "}
          <input
            type="text"
            inputMode="numeric"
            size={6}
            placeholder={String(4 * count)}
            value={target.value}
            onInput={(event) => {
              target.value = event.currentTarget.value;
            }}
          />
        </label>
        <button type="submit">Extrapolate</button>
      </div>
    </form>
  );
}

function FitAnswer({ fit, values }: { readonly fit: FitFacts; readonly values: Float64Array }): JSX.Element {
  return (
    <section class="fit" aria-label="Fitted law">
      <h2>
        Law <Guarantee kind="estimate" />
      </h2>
      <p>
        {sentence(fit.name)} <Verdict fit={fit} />
      </p>
      <SpectrumFigure
        description={`Histogram of ${values.length} eigenvalues from ${short(values[0]!)} to ${short(values.at(-1)!)}${fit.picture === undefined ? "" : ", and the density of the fitted law over it"}`}
        values={values}
        {...(fit.picture === undefined ? {} : { law: fit.picture })}
      />
      <p>{sentence(fit.diagnosis)}</p>
      <dl class="facts">
        <dt>Distance</dt>
        <dd>{short(fit.distance)} to the eigenvalues (Kolmogorov–Smirnov)</dd>
        <dt>Horizon</dt>
        <dd>
          {fit.horizon.kind === "infinity"
            ? "none: "
            : fit.horizon.kind === "finite"
              ? `τ* = ${fit.horizon.at.text}: `
              : "not known: "}
          {fit.horizon.reason}
        </dd>
        {fit.zeros > 0 ? (
          <>
            <dt>Zeros</dt>
            <dd>{fit.zeros}</dd>
          </>
        ) : null}
        {fit.outliers.length > 0 ? (
          <>
            <dt>Outliers</dt>
            <dd>{fit.outliers.map(short).join(", ")}</dd>
          </>
        ) : null}
      </dl>
      <Warnings list={fit.warnings.filter((warning) => sentence(warning) !== sentence(fit.diagnosis))} />
      <p>
        <button type="button" onClick={() => adopt(fit)}>
          Look at this law
        </button>
      </p>
    </section>
  );
}

function Verdict({ fit }: { readonly fit: FitFacts }): JSX.Element {
  return <strong class={`verdict ${fit.verdict}`}>{fit.verdict} fit</strong>;
}

function ExtrapolationAnswer({ answer }: { readonly answer: ExtrapolationFacts }): JSX.Element {
  const { size: sizes, picture, physical, guarantee } = answer;
  return (
    <section class="extrapolation" aria-label="Extrapolated spectrum">
      <h2>
        From size {sizes.from} to {sizes.to} <Guarantee kind="estimate" />
      </h2>
      {physical === true ? null : (
        <p class="beyond">The law of the larger matrix is no proved spectrum: {sentence(physical)}</p>
      )}
      <SpectrumFigure
        description={`Predicted density of the eigenvalues of the matrix of size ${sizes.to}: ${answer.bulks
          .map((bulk) => `mass ${short(bulk.mass)} from ${short(bulk.left)} to ${short(bulk.right)}`)
          .join("; ")}`}
        law={picture}
      />
      <dl class="facts">
        {answer.bulks.map((bulk) => (
          <>
            <dt>Bulk</dt>
            <dd>
              {short(bulk.left)} to {short(bulk.right)}, mass {short(bulk.mass)}
            </dd>
          </>
        ))}
        {answer.atoms.map((atom) => (
          <>
            <dt>Atom</dt>
            <dd>
              at {short(atom.at)}, weight {short(atom.weight)}
            </dd>
          </>
        ))}
        {answer.outliers.map((outlier) => (
          <>
            <dt>Outlier</dt>
            <dd>
              {short(outlier.from)} moves to {short(outlier.to)}
            </dd>
          </>
        ))}
      </dl>
      <details>
        <summary>
          Quantiles, norms and the like{guarantee === "certified" ? "" : " (from the continued branch)"}
        </summary>
        <table>
          <thead>
            <tr>
              <th>of the law of the bulk</th>
              <th>value</th>
              <th>90 % band</th>
            </tr>
          </thead>
          <tbody>
            {answer.answers.map(({ name, value, band }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>{value === null ? "not defined" : short(value)}</td>
                <td>{band === undefined ? "" : `${short(band[0])} to ${short(band[1])}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <Warnings list={answer.warnings.filter((warning) => !answer.fit.warnings.includes(warning))} />
    </section>
  );
}

function Warnings({ list }: { readonly list: readonly string[] }): JSX.Element | null {
  if (list.length === 0) return null;
  return (
    <ul class="warnings">
      {list.map((warning) => (
        <li key={warning}>{sentence(warning)}</li>
      ))}
    </ul>
  );
}

/** Runs one question of this panel; what failed is shown, what was cancelled is not. */
async function work<T>(
  doing: string,
  question: () => Promise<{ readonly ok: true; readonly value: T } | Failure>,
): Promise<T | undefined> {
  batch(() => {
    working.value = doing;
    failure.value = undefined;
  });
  const answer = await question();
  working.value = "";
  if (answer.ok) return answer.value;
  failure.value = answer;
  return undefined;
}

function take(name: string, eigenvalues: Float64Array): void {
  batch(() => {
    measured.value = { name, eigenvalues };
    missingData.value = "";
    fitted.value = undefined;
    extrapolated.value = undefined;
    size.value = "";
    target.value = "";
  });
}

async function read(file: File): Promise<void> {
  if (file.size > largestFile) {
    const message = `${file.name} has ${Math.ceil(file.size / 2 ** 20)} MB; files of up to ${largestFile / 2 ** 20} MB are read here, larger ones on the command line`;
    failure.value = { ok: false, kind: "user", message };
    return;
  }
  const content = new Uint8Array(await file.arrayBuffer());
  const found = await work(`Reading ${file.name}`, () =>
    ask("readMeasured", { name: file.name, content }, { channel, seconds }),
  );
  if (found === undefined) return;
  take(found.name, found.eigenvalues);
  await fitLaw();
}

async function simulated(): Promise<void> {
  const [n, seed] = [400, 1];
  const found = await work("Simulating", () =>
    ask("simulate", { law: baseText.peek(), n, seed }, { channel, seconds }),
  );
  if (found === undefined) return;
  take(found.model, found.eigenvalues);
  await fitLaw();
}

function sizeOption(): { readonly size?: number } | undefined {
  const typed = size.peek().trim();
  if (typed === "") return {};
  const count = measured.peek()!.eigenvalues.length;
  const value = Number(typed);
  if (Number.isInteger(value) && value >= count) return { size: value };
  refuse(`the size of the matrix must be a whole number of at least ${count}, the number of eigenvalues`);
  return undefined;
}

function refuse(message: string): void {
  failure.value = { ok: false, kind: "user", message };
}

async function fitLaw(): Promise<void> {
  const wanted = sizeOption();
  if (wanted === undefined) return;
  const { eigenvalues } = measured.peek()!;
  const found = await work("Fitting", () =>
    ask("fitMeasured", { eigenvalues, complex: isComplex.peek(), ...wanted }, { channel, seconds }),
  );
  batch(() => {
    fitted.value = found;
    extrapolated.value = undefined;
  });
}

async function extrapolate(): Promise<void> {
  const wanted = sizeOption();
  if (wanted === undefined) return;
  const { eigenvalues } = measured.peek()!;
  const typed = target.peek().trim();
  const to = typed === "" ? 4 * eigenvalues.length : Number(typed);
  if (!Number.isInteger(to) || to < 2 || to > 10_000_000) {
    refuse("the size of the larger matrix must be a whole number, at most 10 000 000");
    return;
  }
  const found = await work("Fitting and extrapolating", () =>
    ask("extrapolateMeasured", { eigenvalues, complex: isComplex.peek(), to, ...wanted }, { channel, seconds }),
  );
  if (found === undefined) return;
  batch(() => {
    fitted.value = found.fit;
    extrapolated.value = found;
  });
}

/** Makes the fitted law that of the page. */
function adopt(fit: FitFacts): void {
  batch(() => {
    expression.value = fit.law;
    parameters.value = {};
    tau.value = "1";
  });
  document.getElementById("law")?.focus();
}

function short(value: number): string {
  return String(Number(value.toPrecision(5))).replace("-", "−");
}

function sentence(text: string): string {
  // The name of a file stays as it is.
  const first = /^\S+\.\w/.test(text) ? text.charAt(0) : text.charAt(0).toUpperCase();
  return `${first}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
