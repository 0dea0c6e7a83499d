/**
 * The colour of a complex number: its argument as the hue (positive numbers red, negative ones cyan), its modulus from dark (zeros) to light (poles),
 * with a slight step at each power of two. Written as red, green, blue, opaque to four places of `out`; grey where there is no number.
 */
export function writeColour(re: number, im: number, out: Uint8ClampedArray, at: number): void {
  out[at + 3] = 255;
  const size = Math.hypot(re, im);
  if (!(size > 0) || !Number.isFinite(size)) {
    out.fill(Number.isNaN(size) ? 128 : size > 0 ? 255 : 0, at, at + 3);
    return;
  }
  const angle = Math.atan2(im, re);
  const octave = Math.log2(size);
  const ring = octave - Math.floor(octave);
  // From 0 for zeros to 1 for poles, with most of the change between moduli 1/8 and 8.
  const light = 0.5 + Math.atan(0.55 * octave) / Math.PI;
  const shade = (0.9 + 0.1 * ring) * Math.min(1, 1.75 * light);
  const tint = Math.max(0, 2.6 * (light - 0.62));
  for (let k = 0; k < 3; k++) {
    const pure = 0.5 + 0.46 * Math.cos(angle - (2 * Math.PI * k) / 3);
    out[at + k] = 255 * shade * (pure + (1 - pure) * Math.min(1, tint));
  }
}
