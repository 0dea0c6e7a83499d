import { type Budget, DomainError, unlimited } from "../core/index.js";
import { scale } from "../flow/index.js";
import { type Derivation, derivationOf, type Law, lawFromCurve } from "../law/index.js";
import { rational } from "../rings/index.js";
import { formalProduct } from "./free-product.js";
import { formalPower, freeSum } from "./free-sum.js";
import { atomAtZero, isAtomAtZero, isSymmetric } from "./special-laws.js";
import { square, symmetricRoot } from "./square.js";

/**
 * The law of i(ab − ba) for free a of law A and b of law B. Only the free cumulants of even order matter, so that A and B may be
 * replaced by the symmetric, perhaps formal, laws that have those and odd ones zero. Then ab is R-diagonal with
 * (ab)(ab)* of law A² ⊠ B², and i(ab − ba) has twice the free cumulants of the symmetric law whose square this is:
 * power 2 of squareRoot(square(A) ⊠ square(B)). Exact.
 *
 * @throws LimitError when an eliminant could not be factored with proof.
 * @see A. Nica, R. Speicher, Commutators of free random variables, Duke Math. J. 92 (1998) 553–592, Theorem 1.2; the tetilla law of two
 * semicirculars: A. Deya, I. Nourdin, ALEA 9 (2012) 101–127.
 * @example commutator(ensembles.semicircle(1), ensembles.semicircle(1)) // m^3*z - m^2 - m*z - 1
 */
export function commutator(a: Law, b: Law, budget: Budget = unlimited): Law {
  return ofEvenLaws(evenPart(a, budget), evenPart(b, budget), derivationOf("commutator", [a, b]), budget);
}

/**
 * The law of ab + ba for free a and b with symmetric laws A and B: the same as that of {@link commutator}, since ab is R-diagonal. Exact.
 *
 * @throws DomainError when one of the laws is not symmetric: then the odd free cumulants matter too, and the law is another one.
 * @see A. Nica, R. Speicher, Commutators of free random variables, Duke Math. J. 92 (1998) 553–592, section 1.
 * @example anticommutator(ensembles.semicircle(1), ensembles.arcsine(-1, 1))
 */
export function anticommutator(a: Law, b: Law, budget: Budget = unlimited): Law {
  for (const [name, law] of [
    ["A", a],
    ["B", b],
  ] as const) {
    if (!isSymmetric(law)) {
      throw new DomainError(`anticommutator(A, B) needs two symmetric laws, and ${name} is not symmetric`);
    }
  }
  return ofEvenLaws(a, b, derivationOf("anticommutator", [a, b]), budget);
}

function ofEvenLaws(a: Law, b: Law, derivation: Derivation, budget: Budget): Law {
  if (isAtomAtZero(a) || isAtomAtZero(b)) return lawFromCurve(atomAtZero, { derivation }, budget);
  const product = formalProduct(square(a, budget), square(b, budget), derivation, budget);
  return formalPower(symmetricRoot(product, derivation, budget), rational(2), derivation, budget);
}

/** The formal law with the even free cumulants of the given one and odd ones zero: half of A ⊞ (−A). */
function evenPart(law: Law, budget: Budget): Law {
  if (isSymmetric(law)) return law;
  const doubled = freeSum(law, scale(law, -1, budget), budget);
  return formalPower(doubled, rational(1, 2), doubled.derivation, budget);
}
