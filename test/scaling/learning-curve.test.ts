import { describe, expect, it } from "vitest";
import {
  gamma,
  gradientDescent,
  gradientFlow,
  learningCurve,
  logGamma,
  lowerIncompleteGamma,
  measuredModes,
  perturbModes,
  powerLawAmplitude,
  powerLawLoss,
  powerLawModes,
  quantisationNoise,
  tailExponent,
  truncateModes,
} from "../../src/scaling/index.js";

/** ∫ over u of f(e^u) e^u by Simpson's rule: an integral over k in log k. */
function integrateInLog(f: (k: number) => number, from: number, to: number): number {
  const steps = 20_000;
  const [low, high] = [Math.log(from), Math.log(to)];
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const k = Math.exp(low + ((high - low) * i) / steps);
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * f(k) * k;
  }
  return (sum * (high - low)) / (3 * steps);
}

describe("the incomplete gamma function", () => {
  // mpmath 1.3, gammainc(s, 0, x) and loggamma(s) at 25 digits.
  it.each([
    [0.5, 0.3, 0.995094539655708],
    [0.5, 5, 1.769679247645103],
    [2.5, 1, 0.20053759629003473],
    [2.5, 30, 1.3293403881629795],
    [0.1, 0.001, 5.011416830818233],
    [7.3, 7, 641.5850853904217],
    [7.3, 9, 966.8043058673401],
  ])("is right at s = %d, x = %d", (s, x, value) => {
    expect(lowerIncompleteGamma(s, x) / value).toBeCloseTo(1, 12);
  });

  it.each([
    [0.1, 2.252712651734206],
    [0.5, 0.5723649429247009],
    [3.7, 1.428072326665388],
    [50.5, 146.5192554907206],
    [1e6, 12815504.5691476],
  ])("log Gamma(%d) = %d", (s, value) => {
    expect(logGamma(s) / value).toBeCloseTo(1, 13);
  });

  it("has the limits 0 and Gamma(s)", () => {
    expect(lowerIncompleteGamma(1.5, 0)).toBe(0);
    expect(lowerIncompleteGamma(1.5, Number.POSITIVE_INFINITY)).toBeCloseTo(Math.sqrt(Math.PI) / 2, 13);
    expect(gamma(6)).toBeCloseTo(120, 9);
    expect(() => lowerIncompleteGamma(0, 1)).toThrow(/needs s > 0/);
  });
});

describe("a power law in closed form", () => {
  it.each([
    [1.5, 1.8, 0.5, 1000],
    [1.2, 2.5, 30, 1e4],
    [0.7, 1.1, 1e4, 1e6],
    [2, 3, 0, 50],
  ])("agrees with quadrature: a = %d, b = %d, t = %d, N = %d", (a, b, t, N) => {
    const integral = integrateInLog((k) => k ** -b * Math.exp(-2 * t * k ** -a), 1, N);
    expect(powerLawLoss(a, b, t, N) / integral).toBeCloseTo(1, 9);
  });

  it("falls as t^−(b−1)/a with its constant", () => {
    const [a, b] = [1.5, 1.75];
    expect(tailExponent(a, b)).toBeCloseTo(0.5, 15);
    expect(powerLawLoss(a, b, 1e6) / (powerLawAmplitude(a, b) * 1e6 ** -0.5)).toBeCloseTo(1, 12);
    expect(() => tailExponent(1, 1)).toThrow(/exponent b of the losses must be above 1/);
    expect(() => tailExponent(0, 2)).toThrow(/exponent a/);
  });

  it("is followed by the sum over modes, frontier and exponent too", () => {
    const [a, b] = [1.5, 1.75];
    const modes = powerLawModes(a, b, 200_000);
    const [point] = learningCurve(modes, [1e4]);
    // The sum differs from the integral by k^−b at the lower end, which exp(−2 t) has wiped out.
    expect(point!.loss / powerLawLoss(a, b, 1e4, 200_000.5)).toBeCloseTo(1, 4);
    // 2 t k^−a = 1 at k = (2 t)^(1/a).
    expect(point!.frontier.modes).toBe(Math.floor(2e4 ** (1 / a)));
    expect(point!.frontier.eigenvalue! * 2e4).toBeGreaterThanOrEqual(1);
    // Modes cut off at N make the exponent a little larger than that of the infinite tail.
    expect(point!.exponent).toBeGreaterThan(0.5);
    expect(point!.exponent).toBeLessThan(0.52);
    expect(point!.tailShare).toBeGreaterThan(0.7);
  });
});

describe("learning curves", () => {
  const modes = measuredModes([1, 4, 0, 2], [1, 0.5, 7, 3]);

  it("sort the modes and sum their losses", () => {
    expect(modes).toEqual({
      eigenvalues: Float64Array.of(4, 2, 1),
      losses: Float64Array.of(1, 18, 1),
      floor: 0,
    });
    const [start, later] = learningCurve(modes, [0, 0.3]);
    expect(start).toMatchObject({ loss: 20, frontier: { modes: 0, eigenvalue: null }, exponent: 0, tailShare: 1 });
    const expected = Math.exp(-2.4) + 18 * Math.exp(-1.2) + Math.exp(-0.6);
    expect(later!.loss).toBeCloseTo(expected, 13);
    expect(later!.frontier).toEqual({ modes: 2, eigenvalue: 2 });
    // −d log L/d log t = Σ 2 lambda t loss/L.
    const slope = (2.4 * Math.exp(-2.4) + 1.2 * 18 * Math.exp(-1.2) + 0.6 * Math.exp(-0.6)) / expected;
    expect(later!.exponent).toBeCloseTo(slope, 7);
  });

  it("are those of gradient descent, step by step", () => {
    // Descent on (1/2) Σ lambda (w − w*)², one coordinate a mode, from w = 0.
    const rate = 0.3;
    const [lambdas, targets] = [
      [4, 2, 1],
      [0.5, 3, 1],
    ] as const;
    const weights = [0, 0, 0];
    for (let step = 0; step < 5; step++) {
      lambdas.forEach((lambda, k) => {
        weights[k]! -= rate * lambda * (weights[k]! - targets[k]!);
      });
    }
    const loss = lambdas.reduce((sum, lambda, k) => sum + lambda * (weights[k]! - targets[k]!) ** 2, 0);
    expect(learningCurve(modes, [5], gradientDescent(rate))[0]!.loss).toBeCloseTo(loss, 13);
    expect(learningCurve(modes, [1], gradientDescent(0.25))[0]!.loss).toBeCloseTo(18 / 4 + 9 / 16, 13);
    expect(() => learningCurve(modes, [1], gradientDescent(0.6))).toThrow(
      /diverges in the mode of eigenvalue 4; .* 0\.5/,
    );
  });

  it("keep what pruning removes", () => {
    const pruned = truncateModes(modes, 1);
    expect(pruned).toMatchObject({ eigenvalues: Float64Array.of(4), floor: 19 });
    expect(learningCurve(pruned, [100])[0]!.loss).toBe(19);
    expect(truncateModes(modes, 3)).toEqual(modes);
    expect(() => truncateModes(modes, 4)).toThrow(/whole number from 0 to 3; got 4/);
  });

  it("lose weak modes to noise", () => {
    const noisy = perturbModes(modes, 1);
    // lambda + 1/lambda and shares 1 − 1/lambda²: 15/16 and 3/4; the mode at the threshold is lost.
    expect([...noisy.eigenvalues]).toEqual([4.25, 2.5]);
    expect([...noisy.losses]).toEqual([15 / 16, 13.5]);
    expect(noisy.floor).toBeCloseTo(1 / 16 + 4.5 + 1, 14);
    expect(perturbModes(modes, 0)).toEqual(modes);
    expect(quantisationNoise(0.12, 1200)).toBeCloseTo(1.2, 14);
  });

  it("refuse what is no spectrum of a loss", () => {
    expect(() => measuredModes([1, -1])).toThrow(/an eigenvalue is -1/);
    expect(() => measuredModes([0, 0])).toThrow(/no eigenvalue is positive/);
    expect(() => measuredModes([1, 2], [1])).toThrow(/2 eigenvalues, 1 coefficients/);
    expect(() => learningCurve(modes, [-1], gradientFlow)).toThrow(/time must be at least 0/);
  });
});
