/**
 * Fits and extrapolations on several threads of Node: the functions of `freecurve` itself give the same answers in one.
 *
 * @module freecurve/threads
 */
export { type FitThreads, startThreads, type ThreadsOptions } from "./fit-threads.js";
