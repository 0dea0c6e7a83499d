/** Common divisors, square-free decomposition and irreducible factors over QQ in any number of variables. */
export { type Factorization, factor, isIrreducible } from "./factor.js";
export { factorByKronecker } from "./factor-kronecker.js";
export { content, contentIn, gcd, gcdOf, lcm } from "./gcd.js";
export { type PolynomialPower, squareFree, squareFreePart } from "./square-free.js";
