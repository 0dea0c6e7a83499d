import fc from "fast-check";
import { afterAll, vi } from "vitest";

/**
 * Every run draws the same cases, so that a failure is one that can be repeated. `FREECURVE_SEED=17 npm test` draws others.
 */
fc.configureGlobal({ seed: Number(process.env.FREECURVE_SEED ?? 20261122) });

// The files of a worker share its clock: one that was replaced must not outlive its file.
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
