import type { JSX } from "preact";
import { ExportMenu } from "./controls/export-menu.js";
import { InputLine } from "./controls/input-line.js";
import { Parameters } from "./controls/parameters.js";
import { FlowSentences, SizeFactor } from "./controls/size-factor.js";
import { LinkNotices, StatusLine } from "./controls/status-line.js";
import { Tabs } from "./controls/tabs.js";
import { DensityPanel } from "./views/density-panel.js";

/** The page: the law and what can be changed of it beside its density, and one question about it in the tabs. */
export function App(): JSX.Element {
  return (
    <>
      <header class="head">
        <h1>freecurve</h1>
        <p>exact spectral curves of random matrices</p>
        <a href="docs/index.html">Documentation</a>
        <StatusLine />
        <ExportMenu />
      </header>
      <main>
        <InputLine />
        <LinkNotices />
        <div class="columns">
          <section class="column" aria-label="Density and what changes it">
            <DensityPanel>
              <SizeFactor />
              <Parameters />
            </DensityPanel>
            <FlowSentences />
          </section>
          <section class="column" aria-label="Questions about the law">
            <Tabs />
          </section>
        </div>
      </main>
    </>
  );
}
