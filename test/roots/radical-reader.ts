import { Decimal } from "decimal.js";

export const Big: Decimal.Constructor = Decimal.clone({ precision: 80 });

/** The value of an expression in + - * / ^ sqrt cbrt and parentheses: a small recursive reader on decimal.js. */
export function readValue(text: string): Decimal {
  let rest = text.replace(/\s/g, "");
  const take = (token: string): boolean => {
    if (!rest.startsWith(token)) return false;
    rest = rest.slice(token.length);
    return true;
  };
  const group = (): Decimal => {
    const value = sum();
    if (!take(")")) throw new Error(`no ) in ${text}`);
    return value;
  };
  const atom = (): Decimal => {
    if (take("sqrt(")) return group().sqrt();
    if (take("cbrt(")) return group().cbrt();
    if (take("(")) return group();
    const digits = /^\d+/.exec(rest)?.[0];
    if (digits === undefined) throw new Error(`no number at ${rest} in ${text}`);
    rest = rest.slice(digits.length);
    return new Big(digits);
  };
  const factor = (): Decimal => {
    const base = atom();
    return take("^") ? base.pow(atom()) : base;
  };
  const product = (): Decimal => {
    let value = factor();
    for (;;) {
      if (take("*")) value = value.mul(factor());
      else if (take("/")) value = value.div(factor());
      else return value;
    }
  };
  const sum = (): Decimal => {
    let value = take("-") ? product().neg() : product();
    for (;;) {
      if (take("+")) value = value.plus(product());
      else if (take("-")) value = value.minus(product());
      else return value;
    }
  };
  const value = sum();
  if (rest !== "") throw new Error(`${rest} is left of ${text}`);
  return value;
}
