import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { shortNumber } from "../../picture/index.js";
import { useAnswer } from "./use-answer.js";

interface DensityReadoutProps {
  readonly law: string;
  readonly x: number | undefined;
  /** From the curve that is drawn. */
  readonly density: number | undefined;
  /** Whether the certified density may be asked for. */
  readonly isResting: boolean;
}

/** Milliseconds that the point must rest before its density is certified. */
const rest = 250;

/** The density at the point under the pointer: at once from the curve, certified to twelve digits once the point rests. */
export function DensityReadout({ law, x, density, isResting }: DensityReadoutProps): JSX.Element {
  const place = x === undefined ? "" : decimalText(x);
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(place), rest);
    return () => clearTimeout(timer);
  }, [place]);
  const wanted = isResting && settled !== "" && settled === place ? { law, x: settled } : undefined;
  const { value, isCurrent } = useAnswer("densityPoint", wanted, "density at a point");
  if (x === undefined || density === undefined) return <p class="readout quiet">Point at the curve to read it.</p>;
  return (
    <p class="readout">
      ρ({place.replace("-", "−")}){" "}
      {isCurrent && value !== undefined ? (
        <>
          = <output>{value.density}</output> <span class="quiet">certified</span>
        </>
      ) : (
        <>
          ≈ <output>{shortNumber(density, 4)}</output>
        </>
      )}
    </p>
  );
}

/** Four digits, as an exact number of the input language. */
function decimalText(x: number): string {
  return String(Number(x.toPrecision(4)));
}
