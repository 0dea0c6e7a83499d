import type { PlaneFacts } from "../engine/plane.js";

/** A loop that can be chosen from a list. */
export interface PresetLoop {
  readonly name: string;
  readonly corners: readonly (readonly [number, number])[];
}

const corners = 24;

/** Once around each branch point, no other one inside, and once around all of them; counterclockwise. */
export function presetLoops({ points }: PlaneFacts): readonly PresetLoop[] {
  if (points.length === 0) return [];
  const single = points.map(({ re, im, exact }): PresetLoop => {
    const near = Math.min(
      ...points.flatMap((other) => {
        const away = Math.hypot(other.re - re, other.im - im);
        return away > 0 ? [away] : [];
      }),
      2 * (1 + Math.hypot(re, im)),
    );
    return { name: `around ${exact?.text ?? complexText(re, im)}`, corners: circle(re, im, 0.45 * near) };
  });
  const middle = points.reduce((sum, { re }) => sum + re, 0) / points.length;
  const reach = Math.max(...points.map(({ re, im }) => Math.hypot(re - middle, im)));
  return reach > 0 ? [...single, { name: "around all", corners: circle(middle, 0, 1.25 * reach) }] : single;
}

/** A polygon that begins off the real axis. */
function circle(re: number, im: number, radius: number): readonly (readonly [number, number])[] {
  return Array.from({ length: corners }, (_, k) => {
    const angle = (2 * Math.PI * (k + 0.5)) / corners;
    return [re + radius * Math.cos(angle), im + radius * Math.sin(angle)] as const;
  });
}

export function complexText(re: number, im: number): string {
  const short = (x: number): string => String(Number(x.toPrecision(4))).replace("-", "−");
  return im === 0 ? short(re) : `${short(re)} ${im < 0 ? "−" : "+"} ${short(Math.abs(im))} i`;
}
