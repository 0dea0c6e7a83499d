/** Measures of random matrices at high temperature, where eigenvalues hardly repel: no algebraic laws. */
export {
  type HighTemperatureMp,
  highTemperatureHasNoCurve,
  highTemperatureMp,
  type Tails,
} from "./high-temperature-mp.js";
