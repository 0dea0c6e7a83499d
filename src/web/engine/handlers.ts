import { derivationFacts } from "./derivation.js";
import { edgesFacts } from "./edges.js";
import { latexExport, lawExport, pictureExport } from "./export.js";
import { flowFacts } from "./flow-facts.js";
import { lawAnswers } from "./law-answers.js";
import { readLaw } from "./law-reading.js";
import { extrapolateMeasured, fitMeasured, readMeasured } from "./measured.js";
import { movingSpectrum } from "./moving-spectrum.js";
import { phaseMap } from "./phase-map.js";
import { loopPermutation, planeFacts, sheetColouring } from "./plane.js";
import { simulate } from "./simulation.js";
import { densityPoint, spectrumFacts } from "./spectrum.js";
import { vocabulary } from "./vocabulary.js";

/** The questions that the engine answers. Arguments and values are plain data: numbers, texts, lists, typed arrays. */
export interface Handlers {
  readonly vocabulary: typeof vocabulary;
  readonly pictureExport: typeof pictureExport;
  readonly latexExport: typeof latexExport;
  readonly lawExport: typeof lawExport;
  readonly readMeasured: typeof readMeasured;
  readonly fitMeasured: typeof fitMeasured;
  readonly extrapolateMeasured: typeof extrapolateMeasured;
  readonly lawAnswers: typeof lawAnswers;
  readonly readLaw: typeof readLaw;
  readonly flowFacts: typeof flowFacts;
  readonly derivationFacts: typeof derivationFacts;
  readonly edgesFacts: typeof edgesFacts;
  readonly movingSpectrum: typeof movingSpectrum;
  readonly phaseMap: typeof phaseMap;
  readonly planeFacts: typeof planeFacts;
  readonly sheetColouring: typeof sheetColouring;
  readonly loopPermutation: typeof loopPermutation;
  readonly simulate: typeof simulate;
  readonly spectrumFacts: typeof spectrumFacts;
  readonly densityPoint: typeof densityPoint;
}

export const handlers: Handlers = {
  vocabulary,
  pictureExport,
  latexExport,
  lawExport,
  readMeasured,
  fitMeasured,
  extrapolateMeasured,
  lawAnswers,
  readLaw,
  flowFacts,
  derivationFacts,
  edgesFacts,
  movingSpectrum,
  phaseMap,
  planeFacts,
  sheetColouring,
  loopPermutation,
  simulate,
  spectrumFacts,
  densityPoint,
};

export type HandlerName = keyof Handlers;
export type HandlerArguments<N extends HandlerName> =
  Parameters<Handlers[N]> extends readonly [infer A, ...unknown[]] ? A : undefined;
export type HandlerValue<N extends HandlerName> = Awaited<ReturnType<Handlers[N]>>;
