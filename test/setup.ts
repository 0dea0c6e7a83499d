import fc from "fast-check";

/**
 * Every run draws the same cases, so that a failure is one that can be repeated. `FREECURVE_SEED=17 npm test` draws others.
 */
fc.configureGlobal({ seed: Number(process.env.FREECURVE_SEED ?? 20261122) });
