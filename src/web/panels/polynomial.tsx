import type { JSX } from "preact";

/** A polynomial or radical expression from its text in the input language, set with raised exponents and letters in italics. */
export function MathText({ text }: { readonly text: string }): JSX.Element {
  const parts = text.match(/\^\(?[\d/]+\)?|sqrt|cbrt|[\p{L}_][\p{L}\p{N}_]*|[^^\p{L}_]+/gu) ?? [];
  return (
    <span class="math">
      {parts.map((part, k) => {
        const key = `${k}${part}`;
        if (part.startsWith("^")) return <sup key={key}>{part.replace(/[\^()]/g, "")}</sup>;
        if (part === "sqrt") return <span key={key}>√</span>;
        if (/^\p{L}/u.test(part)) return part === "cbrt" ? <span key={key}>∛</span> : <i key={key}>{part}</i>;
        return <span key={key}>{part.replaceAll("*", "\u2009").replaceAll("-", "−")}</span>;
      })}
    </span>
  );
}
