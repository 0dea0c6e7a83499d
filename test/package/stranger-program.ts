// Compiled and run in a stranger's project by stranger.mjs: every subpath, and nothing but what they export.
import {
  algebraicToNumber,
  atoms,
  decompress,
  density,
  ensembles,
  fit as fitLaw,
  type Law,
  rationalToText,
  sample,
} from "freecurve";
import { ballToText, type RealBall, realBalls, toDecimal } from "freecurve/ball";
import { discriminant, parsePolynomial, toText } from "freecurve/poly";
import { algebraicToDecimal, rationalValue, realRoots } from "freecurve/roots";
import { startThreads } from "freecurve/threads";

const flow: Law = decompress(ensembles.mp("c"), "tau");
console.log(toText(flow.curve));

for (const { at, weight } of atoms(decompress(ensembles.mp("1/50"), 80))) {
  const exact = rationalValue(weight);
  console.log(algebraicToNumber(at), exact === undefined ? "irrational" : rationalToText(exact));
}

const values: Float64Array = density(ensembles.semicircle(1))(Float64Array.of(0, 3));
console.log(Math.abs(values[0]! - 1 / Math.PI) < 1e-13, values[1]);

console.log(toText(discriminant(parsePolynomial("y^3 + x*y + 1"), "y")));
console.log(
  realRoots(parsePolynomial("x^2 - 2"))
    .map(({ root }) => algebraicToDecimal(root, 20))
    .join(" "),
);

const balls = realBalls(64);
const third: RealBall = balls.inv(balls.fromInteger(3n));
console.log(ballToText(third, 50), toDecimal(third, 10).plus(1).toString());

const eigenvalues: Float64Array = sample(ensembles.semicircle(1), 100, 1);
const threads = startThreads({ threads: 2 });
const there = await threads.fit(eigenvalues);
await threads.close();
console.log("the same in threads:", toText(there.law.curve) === toText(fitLaw(eigenvalues).law.curve));
