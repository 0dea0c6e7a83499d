import katex from "katex";

/**
 * Formulas set by KaTeX. Its HTML carries inline styles, which a strict content-security policy forbids; each different one becomes a
 * class of `stylesheet()` instead.
 */
export interface Typesetter {
  set(latex: string, display: boolean): string;
  /** The classes of everything that was set so far. */
  stylesheet(): string;
  readonly count: number;
}

export function typesetter(): Typesetter {
  const classes = new Map<string, string>();
  let count = 0;
  const classOf = (style: string): string => {
    const known = classes.get(style);
    if (known !== undefined) return known;
    const name = `k${classes.size}`;
    classes.set(style, name);
    return name;
  };
  return {
    set(latex, display) {
      count++;
      const html = katex.renderToString(latex, {
        displayMode: display,
        output: "htmlAndMathml",
        throwOnError: true,
        strict: "error",
        trust: false,
      });
      return html.replace(/<(\w+)([^<>]*?) style="([^"]*)"([^<>]*)>/g, (_, tag, before, style, after) => {
        const attributes = `${before}${after}`;
        const name = classOf(style);
        return / class="/.test(attributes)
          ? `<${tag}${attributes.replace(/ class="([^"]*)"/, ` class="$1 ${name}"`)}>`
          : `<${tag} class="${name}"${attributes}>`;
      });
    },
    stylesheet: () => Array.from(classes, ([style, name]) => `.katex .${name}{${style}}\n`).join(""),
    get count() {
      return count;
    },
  };
}
