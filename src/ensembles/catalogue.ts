import { arcsine } from "./arcsine.js";
import { atoms } from "./atoms.js";
import { bures } from "./bures.js";
import { compoundFreePoisson } from "./compound-free-poisson.js";
import { conjugateKernel } from "./conjugate-kernel.js";
import { deformedWigner } from "./deformed-wigner.js";
import type { Ensemble } from "./ensemble.js";
import { fisher } from "./fisher.js";
import { freeLevy } from "./free-levy.js";
import { freeMeixner } from "./free-meixner.js";
import { freePoisson } from "./free-poisson.js";
import { fussCatalan } from "./fuss-catalan.js";
import { inverseMp } from "./inverse-marchenko-pastur.js";
import { kestenMcKay } from "./kesten-mckay.js";
import { manova } from "./manova.js";
import { mp } from "./marchenko-pastur.js";
import { monomialPotential } from "./monomial-potential.js";
import { quarterCircle } from "./quarter-circle.js";
import { raney } from "./raney.js";
import { ridgeHat } from "./ridge-hat.js";
import { semicircle } from "./semicircle.js";
import { silverstein } from "./silverstein.js";
import { tetilla } from "./tetilla.js";
import { wachter } from "./wachter.js";
import { wignerPlusWishart } from "./wigner-plus-wishart.js";

/** Every law of the catalogue: the entries with arguments, domains, closed forms, samplers and sources. */
export const catalogue: readonly Ensemble[] = [
  semicircle,
  mp,
  freePoisson,
  compoundFreePoisson,
  freeLevy,
  atoms,
  arcsine,
  kestenMcKay,
  wachter,
  freeMeixner,
  fussCatalan,
  bures,
  deformedWigner,
  silverstein,
  inverseMp,
  wignerPlusWishart,
  raney,
  tetilla,
  manova,
  fisher,
  monomialPotential,
  conjugateKernel,
  ridgeHat,
  quarterCircle,
];

/** The functions that make the laws of the catalogue: one for every entry that has a curve, which `quarterCircle` has not. */
export interface Ensembles {
  readonly semicircle: typeof semicircle.law;
  readonly mp: typeof mp.law;
  readonly freePoisson: typeof freePoisson.law;
  readonly compoundFreePoisson: typeof compoundFreePoisson.law;
  readonly freeLevy: typeof freeLevy.law;
  readonly atoms: typeof atoms.law;
  readonly arcsine: typeof arcsine.law;
  readonly kestenMcKay: typeof kestenMcKay.law;
  readonly wachter: typeof wachter.law;
  readonly freeMeixner: typeof freeMeixner.law;
  readonly fussCatalan: typeof fussCatalan.law;
  readonly bures: typeof bures.law;
  readonly deformedWigner: typeof deformedWigner.law;
  readonly silverstein: typeof silverstein.law;
  readonly inverseMp: typeof inverseMp.law;
  readonly wignerPlusWishart: typeof wignerPlusWishart.law;
  readonly raney: typeof raney.law;
  readonly tetilla: typeof tetilla.law;
  readonly manova: typeof manova.law;
  readonly fisher: typeof fisher.law;
  readonly monomialPotential: typeof monomialPotential.law;
  readonly conjugateKernel: typeof conjugateKernel.law;
  readonly ridgeHat: typeof ridgeHat.law;
}

/**
 * The laws of the catalogue by name. Scalars are integers, text such as `"1/50"`, `"0.02"` or `"2*c"`, rationals or rational
 * functions; lists of atoms are `[location, weight]` pairs. A `DomainError` says what an argument outside the domain should be.
 *
 * @example
 * ensembles.mp("1/2").curve // m^2*z + 2*m*z - m + 2
 */
export const ensembles: Ensembles = {
  semicircle: semicircle.law,
  mp: mp.law,
  freePoisson: freePoisson.law,
  compoundFreePoisson: compoundFreePoisson.law,
  freeLevy: freeLevy.law,
  atoms: atoms.law,
  arcsine: arcsine.law,
  kestenMcKay: kestenMcKay.law,
  wachter: wachter.law,
  freeMeixner: freeMeixner.law,
  fussCatalan: fussCatalan.law,
  bures: bures.law,
  deformedWigner: deformedWigner.law,
  silverstein: silverstein.law,
  inverseMp: inverseMp.law,
  wignerPlusWishart: wignerPlusWishart.law,
  raney: raney.law,
  tetilla: tetilla.law,
  manova: manova.law,
  fisher: fisher.law,
  monomialPotential: monomialPotential.law,
  conjugateKernel: conjugateKernel.law,
  ridgeHat: ridgeHat.law,
};
