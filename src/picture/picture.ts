/** What a picture of spectra is made of: plain arrays, so that it can be drawn from anything that has numbers. */
export interface SpectrumPicture {
  readonly title?: string;
  /** What a reader who cannot see the picture is told; by default the edges and atoms in words. */
  readonly description?: string;
  /** Drawn in this order of importance: the first has the strongest colour and its edges are labelled. */
  readonly spectra: readonly PictureSpectrum[];
  /** Pixels; default 800 by 460. */
  readonly width?: number;
  readonly height?: number;
  /**
   * `auto` (the default) takes a logarithmic axis when every spectrum is positive and the whole spans more than three
   * decades: between its outermost edges, or between the 5 % and 95 % quantiles of measured values. On a logarithmic axis the densities shown are those of log10 x, and the axis says so.
   */
  readonly xScale?: "auto" | "linear" | "log";
  readonly xLabel?: string;
}

/** One spectrum: any of a density curve, its intervals and atoms, and a histogram of measured values. */
export interface PictureSpectrum {
  readonly label: string;
  /** Increasing sample points of the density, with its values there (with respect to x, also for a logarithmic axis). */
  readonly x?: ArrayLike<number>;
  readonly density?: ArrayLike<number>;
  /** The intervals of the support. Where an exponent is negative the density is unbounded. */
  readonly intervals?: readonly PictureInterval[];
  readonly cusps?: readonly number[];
  readonly atoms?: readonly PictureAtom[];
  /** Single eigenvalues beside the bulk: small circles on the axis. */
  readonly outliers?: readonly number[];
  readonly histogram?: PictureHistogram;
}

export interface PictureInterval {
  readonly left: number;
  readonly right: number;
  /** Exponents of the density at the edges; default 1/2. */
  readonly leftExponent?: number;
  readonly rightExponent?: number;
}

export interface PictureAtom {
  readonly at: number;
  readonly weight: number;
  /** What the label says instead of the rounded weight. */
  readonly label?: string;
}

/**
 * Measured values, or ready bins: `edges` has one entry more than `density` (with respect to x). Values that agree with an atom of
 * one of the spectra to a billionth of the largest, and the numerical zeros of a matrix of that size, are shown as a measured atom, not
 * as a bar.
 */
export type PictureHistogram =
  | { readonly values: ArrayLike<number>; readonly bins?: number }
  | { readonly edges: ArrayLike<number>; readonly density: ArrayLike<number> };
