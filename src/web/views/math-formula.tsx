import { h, type JSX, type VNode } from "preact";
import { useMemo } from "preact/hooks";

/** The elements of MathML that formulas are made of; anything else is left out with all that is in it. */
const elements: ReadonlySet<string> = new Set(
  "math semantics mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle mpadded mphantom".split(
    " ",
  ),
);
const attributes: ReadonlySet<string> = new Set(
  "display mathvariant stretchy fence separator lspace rspace minsize maxsize width height depth linethickness columnalign rowspacing columnspacing scriptlevel displaystyle accent accentunder movablelimits".split(
    " ",
  ),
);

/** A formula, built node by node from its MathML: of the text only known elements and attributes come through. */
export function MathFormula({ mathml, plain }: { readonly mathml: string; readonly plain: string }): JSX.Element {
  const formula = useMemo(() => formulaOf(mathml), [mathml]);
  return formula ?? <code>{plain}</code>;
}

function formulaOf(mathml: string): VNode | undefined {
  const parsed = new DOMParser().parseFromString(mathml, "application/xml");
  const math = parsed.getElementsByTagName("math")[0];
  return math === undefined || parsed.getElementsByTagName("parsererror").length > 0
    ? undefined
    : (nodeOf(math) as VNode);
}

function nodeOf(node: Node): VNode | string | null {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element) || !elements.has(node.localName)) return null;
  const known = Array.from(node.attributes).filter(({ name }) => attributes.has(name));
  return h(
    node.localName,
    Object.fromEntries(known.map(({ name, value }) => [name, value])),
    ...Array.from(node.childNodes, nodeOf),
  );
}
