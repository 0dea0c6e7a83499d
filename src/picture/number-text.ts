/** A double to a few significant digits, without trailing zeros and with a real minus sign. */
export function shortNumber(value: number, digits: number = 5): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "undefined";
  return String(Number(value.toPrecision(digits)))
    .replace("e+", "e")
    .replaceAll("-", "−");
}
