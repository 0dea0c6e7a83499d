/** The little that is needed to write SVG as text: escaped elements, rounded coordinates, the width of a line of text. */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text that is safe as character data and inside a quoted attribute; characters that XML forbids are left out. */
export function escapeXml(text: string): string {
  let result = "";
  for (const c of text) if (isAllowedInXml(c.codePointAt(0)!)) result += ESCAPES[c] ?? c;
  return result;
}

function isAllowedInXml(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code < 0xd800 || (code > 0xdfff && code !== 0xfffe && code !== 0xffff);
}

/** A coordinate with at most two decimals. */
export function coordinate(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(Object.is(rounded, -0) ? 0 : rounded);
}

/** `<name …>children</name>`; numbers are rounded, text in attributes is escaped, children are taken as they are. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  let head = name;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    head += ` ${key}="${typeof value === "number" ? coordinate(value) : escapeXml(value)}"`;
  }
  return children.length === 0 ? `<${head}/>` : `<${head}>${children.join("")}</${name}>`;
}

export function textElement(text: string, attributes: Attributes): string {
  return element("text", attributes, escapeXml(text));
}

/** An estimate of the width of a line in a sans-serif font of the given size: enough to keep labels apart. */
export function estimateTextWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const c of text)
    em += /[ijl.,:;'|!()[\] ]/.test(c) ? 0.33 : /[mwMW@%]/.test(c) ? 0.88 : /[A-Z]/.test(c) ? 0.68 : 0.58;
  return em * fontSize;
}

/** The text, cut with an ellipsis so that it is estimated to fit. */
export function fitText(text: string, fontSize: number, width: number): string {
  if (estimateTextWidth(text, fontSize) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && estimateTextWidth(`${characters.join("")}…`, fontSize) > width) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** What every picture has: its size in pixels, a heading that is its title too, and a description for readers that do not see it. */
export interface SvgFrame {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
}

/** A self-contained SVG document on white with its heading, `parts` after it in order. */
export function svgDocument({ width, height, title, description }: SvgFrame, ...parts: readonly string[]): string {
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-labelledby": "title desc",
      "font-family": "ui-sans-serif, system-ui, 'Helvetica Neue', Arial, sans-serif",
    },
    element("title", { id: "title" }, escapeXml(title)),
    element("desc", { id: "desc" }, escapeXml(description)),
    element("rect", { width, height, fill: "#ffffff" }),
    textElement(fitText(title, 15.5, width - 32), {
      x: 16,
      y: 26,
      "font-size": 15,
      "font-weight": "600",
      fill: "#1c2430",
    }),
    ...parts,
  )}\n`;
}
