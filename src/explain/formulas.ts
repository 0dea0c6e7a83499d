import {
  constant,
  isConstant,
  isZero,
  type Polynomial,
  type PolynomialPower,
  type RationalFunction,
  rationalFunctionToText,
  toText,
} from "../poly/index.js";
import { shortRadicals } from "../report/index.js";
import { bitLength, QQ, type Rational, rationalToText } from "../rings/index.js";
import { type AlgebraicNumber, algebraicToDecimal, rationalValue } from "../roots/index.js";
import type { Formula } from "./explanation.js";

/** Letters that are set in Greek where a parameter has their name. */
const greek: ReadonlySet<string> = new Set(
  "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega".split(" "),
);

/** The name of a variable: `tau` is a letter, `c1` has an index, a longer name is set as a word. */
export function nameToTex(name: string): string {
  const [, letters, index] = /^([A-Za-z]+)_?(\d*)$/.exec(name) ?? [undefined, undefined, ""];
  if (letters === undefined) return `\\mathrm{${name.replace(/_/g, "\\_")}}`;
  const base = greek.has(letters) ? `\\${letters}` : letters.length === 1 ? letters : `\\mathrm{${letters}}`;
  return index === "" ? base : `${base}_{${index}}`;
}

export function rationalToTex(value: Rational): string {
  const sign = value.num < 0n ? "-" : "";
  const magnitude = value.num < 0n ? -value.num : value.num;
  return value.den === 1n ? `${sign}${magnitude}` : `${sign}\\frac{${magnitude}}{${value.den}}`;
}

/** The terms of a polynomial in the order of its canonical text, each with its sign. */
function signedTerms(p: Polynomial): readonly { readonly sign: "+" | "-"; readonly tex: string }[] {
  return p.terms.map((term) => {
    const negative = term.coefficient < 0n;
    const magnitude = QQ.fromRatio(negative ? -term.coefficient : term.coefficient, p.denominator);
    const powers = p.variables.flatMap((name, i) => {
      const e = term.exponents[i]!;
      return e === 0 ? [] : [e === 1 ? nameToTex(name) : `${nameToTex(name)}^{${e}}`];
    });
    const shown = powers.length === 0 || !QQ.equals(magnitude, QQ.one) ? [rationalToTex(magnitude), ...powers] : powers;
    return { sign: negative ? "-" : "+", tex: shown.join(" ") };
  });
}

/** The polynomial on one line, in the order of its canonical text. */
export function polynomialToTex(p: Polynomial): string {
  if (isZero(p)) return "0";
  return signedTerms(p)
    .map(({ sign, tex }, k) => (k === 0 ? (sign === "-" ? `-${tex}` : tex) : ` ${sign} ${tex}`))
    .join("");
}

export function polynomial(p: Polynomial): Formula {
  return { tex: polynomialToTex(p), plain: toText(p) };
}

/** Characters of canonical text that go on one line of a displayed equation, and terms beyond which a polynomial is only described. */
const lineLength = 76;
const mostTerms = 80;

/** p = 0 as a display, broken into lines; a polynomial too long to be read is described by its degrees. */
export function equation(p: Polynomial, name?: Formula): Formula {
  const head = name === undefined ? { tex: "", plain: "" } : { tex: `${name.tex} = `, plain: `${name.plain} = ` };
  const tail = name === undefined ? " = 0" : "";
  if (p.terms.length > mostTerms || p.terms.some((t) => bitLength(t.coefficient) > 400)) {
    const words = `a polynomial of ${p.terms.length} terms in ${p.variables.join(", ")}`;
    return { tex: `${head.tex}\\text{${words}}${tail}`, plain: `${head.plain}${words}${tail}` };
  }
  const plain = `${head.plain}${toText(p)}${tail}`;
  if (plain.length <= lineLength) return { tex: `${head.tex}${polynomialToTex(p)}${tail}`, plain };
  const lines: string[] = [];
  let line = "";
  let length = 0;
  for (const [k, { sign, tex }] of signedTerms(p).entries()) {
    const piece = k === 0 ? (sign === "-" ? `-${tex}` : tex) : ` ${sign} ${tex}`;
    const size = tex.replace(/[\\{}^]/g, "").length + 3;
    if (length + size > lineLength && line !== "") {
      lines.push(line);
      [line, length] = ["", 0];
    }
    line += piece;
    length += size;
  }
  lines.push(`${line}${tail}`);
  const [first, ...rest] = lines;
  const body = [`${head.tex}& ${first}`, ...rest.map((next) => `& \\quad {}${next}`)].join(" \\\\ ");
  return { tex: `\\begin{aligned} ${body} \\end{aligned}`, plain };
}

export function fraction(f: RationalFunction): Formula {
  const plain = rationalFunctionToText(f);
  if (isConstant(f.denominator)) return { tex: polynomialToTex(f.numerator), plain };
  return { tex: `\\frac{${polynomialToTex(f.numerator)}}{${polynomialToTex(f.denominator)}}`, plain };
}

export function rationalFormula(value: Rational): Formula {
  return { tex: rationalToTex(value), plain: rationalToText(value) };
}

/** A product of powers, times a rational unit where it is not one. */
export function factorisation(unit: Rational, factors: readonly PolynomialPower[]): Formula {
  const tex: string[] = [];
  const plain: string[] = [];
  if (!QQ.equals(unit, QQ.one) || factors.length === 0) {
    tex.push(rationalToTex(unit));
    plain.push(toText(constant(unit)));
  }
  for (const { factor, multiplicity } of factors) {
    const long = factor.terms.length > mostTerms;
    const short = long ? { tex: "(\\cdots)", plain: `(${factor.terms.length} terms)` } : polynomial(factor);
    const alone = factors.length === 1 && multiplicity === 1 && tex.length === 0;
    const single = factor.terms.length === 1 || alone || long;
    const exponent = multiplicity === 1 ? "" : `^{${multiplicity}}`;
    tex.push(single ? `${short.tex}${exponent}` : `\\left(${short.tex}\\right)${exponent}`);
    plain.push(`${single ? short.plain : `(${short.plain})`}${multiplicity === 1 ? "" : `^${multiplicity}`}`);
  }
  return { tex: tex.join(" \\cdot "), plain: plain.join(" * ") };
}

/** The number in radicals where that is short, with decimals; exact alone where it is rational. */
export function algebraic(a: AlgebraicNumber, digits: number): Formula {
  const exact = rationalValue(a);
  if (exact !== undefined) return rationalFormula(exact);
  const decimals = algebraicToDecimal(a, digits);
  const text = shortRadicals(a);
  if (text === undefined) return { tex: `${decimals}\\ldots`, plain: `${decimals}...` };
  return { tex: `${radicalsToTex(text)} \\approx ${decimals}`, plain: `${text} = ${decimals}...` };
}

/**
 * Text with + − * / ^ , sqrt( ), cbrt( ) and names as LaTeX: roots get a radical sign, indices their places; quotients keep their stroke.
 */
export function radicalsToTex(text: string): string {
  let at = 0;
  const parse = (): string => {
    let result = "";
    while (at < text.length && text[at] !== ")") {
      const rest = text.slice(at);
      const call = /^(sqrt|cbrt)\(/.exec(rest);
      const name = /^[A-Za-z]\w*/.exec(rest);
      if (call !== null) {
        at += call[0].length;
        const inside = parse();
        at++;
        result += call[1] === "sqrt" ? `\\sqrt{${inside}}` : `\\sqrt[3]{${inside}}`;
      } else if (text[at] === "(") {
        at++;
        const inside = parse();
        at++;
        result += `(${inside})`;
      } else if (text[at] === "^") {
        at++;
        if (text[at] === "(") {
          at++;
          const inside = parse();
          at++;
          result += `^{${inside}}`;
        } else {
          const digits = /^\w+/.exec(text.slice(at))?.[0] ?? "";
          at += digits.length;
          result += `^{${digits}}`;
        }
      } else if (text[at] === "*") {
        at++;
        result += " ";
      } else if (name !== null) {
        at += name[0].length;
        result += nameToTex(name[0]);
      } else {
        result += text[at];
        at++;
      }
    }
    return result;
  };
  return parse();
}
