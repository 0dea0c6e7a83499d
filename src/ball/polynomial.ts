/** Polynomials whose coefficients are balls; coeffs[k] multiplies x^k, and an empty list is the polynomial 0. */
export interface BallPolynomials<B> {
  /** p(x) by Horner's rule. */
  horner(coeffs: readonly B[], x: B): B;
  /** p(x) and p'(x) by Horner's rule. */
  evaluateWithDerivative(coeffs: readonly B[], x: B): { readonly value: B; readonly derivative: B };
  /** The coefficients of p(x + c), by n²/2 steps of Horner's rule. */
  taylorShift(coeffs: readonly B[], c: B): B[];
}

interface Arithmetic<B> {
  readonly zero: B;
  add(a: B, b: B): B;
  mul(a: B, b: B): B;
}

export function ballPolynomials<B>(arithmetic: Arithmetic<B>): BallPolynomials<B> {
  const { zero, add, mul } = arithmetic;
  return {
    horner(coeffs, x) {
      const n = coeffs.length - 1;
      if (n < 0) return zero;
      let value = coeffs[n] as B;
      for (let k = n - 1; k >= 0; k--) value = add(mul(value, x), coeffs[k] as B);
      return value;
    },
    evaluateWithDerivative(coeffs, x) {
      const n = coeffs.length - 1;
      if (n < 0) return { value: zero, derivative: zero };
      let value = coeffs[n] as B;
      let derivative = zero;
      for (let k = n - 1; k >= 0; k--) {
        derivative = k === n - 1 ? value : add(mul(derivative, x), value);
        value = add(mul(value, x), coeffs[k] as B);
      }
      return { value, derivative };
    },
    taylorShift(coeffs, c) {
      const result = [...coeffs];
      const n = result.length;
      for (let i = 0; i < n - 1; i++) {
        for (let k = n - 2; k >= i; k--) result[k] = add(result[k] as B, mul(result[k + 1] as B, c));
      }
      return result;
    },
  };
}
