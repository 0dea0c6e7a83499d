import fc from "fast-check";
import {
  branchPoints,
  cumulantRecurrence,
  cumulants,
  ensembles,
  equationToText,
  type Law,
  lawFromCurve,
  momentEquation,
  momentRecurrence,
  moments,
  parseLaw,
  recurrenceToText,
} from "freecurve";
import {
  coefficients,
  degree,
  divideExact,
  fractionConstant,
  fractions,
  fromIntegerPoly,
  parseRationalFunction,
  type RationalFunction,
  rationalFunctionToText,
} from "freecurve/poly";
import { describe, expect, test } from "vitest";
import { anyLaw } from "../../property-tests/random-laws.js";
import { createBudget } from "../../src/core/index.js";
import { satisfies } from "../../src/holonomic/index.js";
import { branchAtInfinity, momentSeries } from "../../src/law/branch-at-infinity.js";
import { cumulantsOfSeries } from "../../src/law/free-cumulants.js";
import { provenScaling, rationalTerms, scaledTerms } from "../../src/law/scaled-terms.js";
import { GF, QQ, type Rational, rational, reduceModulo, wordPrime } from "../../src/rings/index.js";
import { expandBranch, powerSeries } from "../../src/series/index.js";

const texts = (values: readonly RationalFunction[]): string[] => values.map(rationalFunctionToText);
const integersOf = (values: readonly RationalFunction[]): bigint[] =>
  values.map((value) => {
    const { num, den } = fractionConstant(value);
    expect(den).toBe(1n);
    return num;
  });

function binomial(n: bigint, k: bigint): bigint {
  let result = 1n;
  for (let i = 0n; i < k; i++) result = (result * (n - i)) / (i + 1n);
  return result;
}

describe("recurrences of the literature", () => {
  test.each([
    ["Catalan numbers", "mp(1)", "(n + 2)*mu(n + 1) - (4*n + 2)*mu(n) = 0"],
    ["Catalan numbers with zeros between them", "semicircle(1)", "(n + 4)*mu(n + 2) - (4*n + 4)*mu(n) = 0"],
    ["central binomial coefficients", "arcsine(0, 4)", "(n + 1)*mu(n + 1) - (4*n + 2)*mu(n) = 0"],
    [
      "central trinomial coefficients",
      "arcsine(-1, 3)",
      "(n + 2)*mu(n + 2) - (2*n + 3)*mu(n + 1) - (3*n + 3)*mu(n) = 0",
    ],
    ["Motzkin numbers", "semicircle(1) |> shift(1)", "(n + 4)*mu(n + 2) - (2*n + 5)*mu(n + 1) - (3*n + 3)*mu(n) = 0"],
    ["large Schroeder numbers", "freePoisson(2, 1)", "(n + 3)*mu(n + 2) - (6*n + 9)*mu(n + 1) + n*mu(n) = 0"],
    [
      "Narayana polynomials",
      "mp(c)",
      "(n + 3)*mu(n + 2) - (2*c*n + 3*c + 2*n + 3)*mu(n + 1) + (c^2*n - 2*c*n + n)*mu(n) = 0",
    ],
    ["3-Catalan numbers", "fussCatalan(2)", "(4*n^2 + 10*n + 6)*mu(n + 1) - (27*n^2 + 27*n + 6)*mu(n) = 0"],
  ])("%s, %s", (_, law, text) => {
    expect(recurrenceToText(momentRecurrence(parseLaw(law)).recurrence, "mu")).toBe(text);
  });

  test("free cumulants: of fussCatalan(2) the Catalan numbers, of bures the central binomials over powers of 2", () => {
    const of = (law: Law): string => recurrenceToText(cumulantRecurrence(law).recurrence, "kappa");
    expect(of(ensembles.fussCatalan(2))).toBe("(n + 2)*kappa(n + 1) - (4*n + 2)*kappa(n) = 0");
    expect(of(ensembles.bures())).toBe("(n + 1)*kappa(n + 1) - (2*n + 1)*kappa(n) = 0");
    expect(of(ensembles.mp("c"))).toBe("kappa(n + 1) - c*kappa(n) = 0");
  });

  test("the index has a name of its own when a parameter is called n", () => {
    const { recurrence } = momentRecurrence(parseLaw("semicircle(n)"));
    expect(recurrenceToText(recurrence, "mu")).toBe("(k + 4)*mu(k + 2) - (4*k*n + 4*n)*mu(k) = 0");
  });
});

describe("the terms that a recurrence starts from", () => {
  test("come from the series, with the numbers of the terms", () => {
    const { recurrence, given } = momentRecurrence(parseLaw("atoms([[0, 1/2], [1, 1/2]])"));
    expect(recurrenceToText(recurrence, "mu")).toBe("mu(n + 1) - mu(n) = 0");
    expect(recurrence.from).toBe(1);
    expect(given.map(({ index, value }) => `${index}: ${rationalFunctionToText(value)}`)).toEqual(["0: 1", "1: 1/2"]);
  });

  test("one point mass: powers of its place, and no free cumulant but the first", () => {
    for (const at of [0, 3]) {
      const law = ensembles.atoms([[at, 1]]);
      const n = 20;
      expect(texts(moments(law, n))).toEqual(Array.from({ length: n }, (_, k) => String(BigInt(at) ** BigInt(k + 1))));
      expect(texts(cumulants(law, n))).toEqual(Array.from({ length: n }, (_, k) => (k === 0 ? String(at) : "0")));
    }
    const { recurrence, given } = momentRecurrence(ensembles.atoms([[0, 1]]));
    expect(recurrenceToText(recurrence, "mu")).toBe("mu(n) = 0");
    expect([recurrence.from, given.length]).toEqual([1, 1]);
  });

  test("a branch that was chosen by its moments starts from these", () => {
    const curve = "(m*z + 1)^2 - m^2*(1 - m)";
    const [right, left] = [1, -1].map((mean) => lawFromCurve(curve, { moments: [parseMean(mean)] }));
    expect(momentRecurrence(right!).recurrence).toEqual(momentRecurrence(left!).recurrence);
    for (const law of [right!, left!]) expect(residues(moments(law, 60))).toEqual(seriesModuloPrime(law, 60).slice(1));
    expect(rationalFunctionToText(moments(left!, 1)[0]!)).toBe("-1");
  });
});

function parseMean(mean: number): RationalFunction {
  return moments(parseLaw(`atoms([[${mean}, 1]])`), 1)[0]!;
}

describe("closed forms, far out", () => {
  test("10 000 moments of fussCatalan(2): binomial(3n + 1, n)/(3n + 1)", () => {
    const mu = integersOf(moments(ensembles.fussCatalan(2), 10_000));
    for (const n of [1n, 2n, 3n, 100n, 10_000n]) {
      expect(mu[Number(n) - 1]).toBe(binomial(3n * n + 1n, n) / (3n * n + 1n));
    }
  });

  test.each([
    // Of the curve of y = B^r, B = 1 + w B^p, with m = −w y: A_n(p, r) = r/(n p + r)·binomial(n p + r, n).
    ["Raney(3, 2)", "z*m*(1 + m)^2 + 1", 3n, 2n],
    ["Raney(4, 2)", "(1 + z*m^2)^2 + z*m", 4n, 2n],
    ["Raney(4, 1)", "z^3*m^4 + z*m + 1", 4n, 1n],
  ])("%s", (_, curve, p, r) => {
    const mu = integersOf(moments(lawFromCurve(curve), 200));
    mu.forEach((value, k) => {
      const n = BigInt(k + 1);
      expect(value).toBe((binomial(n * p + r, n) * r) / (n * p + r));
    });
  });

  test("the Narayana polynomials up to the sixtieth moment of mp(c)", () => {
    const mu = moments(ensembles.mp("c"), 60);
    for (const n of [2, 25, 60]) {
      const size = BigInt(n);
      const numbers = coefficients(mu[n - 1]!.numerator, "c").map((c) => c.terms[0]?.coefficient);
      expect(numbers).toEqual(
        Array.from({ length: n }, (__, k) => (binomial(size, BigInt(k)) * binomial(size, BigInt(k + 1))) / size),
      );
    }
  });

  test("the 500th moment of mp(1/2): sum of Narayana numbers over powers of 2", () => {
    const n = 500n;
    const row = [1n];
    for (let k = 1n; k <= n; k++) row.push((row.at(-1)! * (n - k + 1n)) / k);
    let sum = 0n;
    for (let k = 1n; k <= n; k++) sum += ((row[Number(k)]! * row[Number(k) - 1]!) / n) * 2n ** (n - k);
    expect(QQ.equals(fractionConstant(moments(ensembles.mp("1/2"), 500).at(-1)!), rational(sum, 2n ** (n - 1n)))).toBe(
      true,
    );
  });
});

const numericLaws = [
  "semicircle(1/3)",
  "mp(2/3)",
  "freePoisson(5/2, -3/7)",
  "inverseMp(1/4)",
  "wachter(3/2, 5/4)",
  "freeMeixner(2/3, -1/5)",
  "kestenMcKay(5/2)",
  "bures()",
  "fussCatalan(3)",
  "atoms([[1/2, 1/3], [2/5, 1/3], [-7, 1/3]])",
  "silverstein(1/2, [[1, 1/2], [3, 1/2]])",
  "deformedWigner(1/4, [[0, 1/3], [1, 2/3]])",
  "compoundFreePoisson(1/10, [[2, 3/4], [11/2, 1/4]]) |> decompress(6)",
  "semicircle(1) [*] mp(1/2)",
  "mix(1/3, mp(1/2), semicircle(2))",
];

const prime = wordPrime(3);
const field = GF(prime);

function residue({ num, den }: Rational): number {
  return field.div(reduceModulo(num, prime), reduceModulo(den, prime));
}

/** 1, mu_1, …, mu_n modulo a prime, from the series of the physical branch over that field. */
function seriesModuloPrime(law: Law, n: number): readonly number[] {
  const { kind, branch } = branchAtInfinity(law);
  if (kind !== "numeric") throw new Error("a numeric law was expected");
  const image = {
    prefix: branch.prefix.map(residue),
    reduced: branch.reduced.map((row) => row.map(residue)),
    start: residue(branch.start),
  };
  return expandBranch(field, image, n + 1);
}

const residues = (values: readonly RationalFunction[]): number[] => values.map((f) => residue(fractionConstant(f)));

describe("many terms by recurrence", () => {
  test.each(numericLaws)("of %s are those of the series modulo a prime", (text) => {
    const law = parseLaw(text);
    const n = 66;
    const series = seriesModuloPrime(law, n);
    expect(residues(moments(law, n))).toEqual(series.slice(1));
    // C(w M(w)) = M(w) for the generating functions of free cumulants and of moments [Speicher 1994].
    const kappa = [1, ...residues(cumulants(law, n))];
    expect(powerSeries(field).compose(kappa, [0, ...series.slice(0, n)])).toEqual(series);
  });

  test.each(["mp(2/3)", "kestenMcKay(5/2)", "deformedWigner(1/4, [[0, 1/3], [1, 2/3]])"])(
    "of %s are those of the series",
    (text) => {
      const law = parseLaw(text);
      expect(texts(moments(law, 50))).toEqual(texts(momentSeries(law, 50).slice(1)));
    },
  );

  test.each([
    ["mp(c)", 14],
    ["freeMeixner(a, b)", 12],
    ["inverseMp(c)", 12],
    ["silverstein(c, [[1, 1/2], [3, 1/2]])", 18],
  ] as const)("of %s, with parameters, are those of the series", (text, n) => {
    const law = parseLaw(text);
    expect(texts(moments(law, n))).toEqual(texts(momentSeries(law, n).slice(1)));
  });

  test("free cumulants with parameters: of inverseMp(c) and freeMeixner(a, b)", () => {
    cumulants(ensembles.inverseMp("c"), 14).forEach((kappa, k) => {
      const n = BigInt(k + 1);
      const catalan = binomial(2n * n - 2n, n - 1n) / n;
      expect(fractions.equals(kappa, parseRationalFunction(`${catalan}*c^${k}/(1 - c)^${2 * k + 1}`))).toBe(true);
    });
    const law = ensembles.freeMeixner("a", "b");
    expect(texts(cumulants(law, 12))).toEqual(texts(cumulantsOfSeries(momentSeries(law, 12))));
  });

  test("of random laws are those of the series modulo a prime", () => {
    let byRecurrence = 0;
    fc.assert(
      fc.property(anyLaw, (text) => {
        const law = parseLaw(text);
        const n = 16 * degree(law.curve, "m");
        const { recurrence } = momentRecurrence(law);
        if (recurrence.from + recurrence.coefficients.length + 3 <= n) byRecurrence++;
        expect(residues(moments(law, n))).toEqual(seriesModuloPrime(law, n).slice(1));
      }),
      { numRuns: 30 },
    );
    expect(byRecurrence).toBeGreaterThan(10);
  });

  test.each(["silverstein(1/2, [[1, 1/2], [3, 1/2]])", "mp(1/2) [*] mp(1/4)"])(
    "1000 of %s are those of the series modulo a prime",
    (text) => {
      const law = parseLaw(text);
      expect(residues(moments(law, 1000))).toEqual(seriesModuloPrime(law, 1000).slice(1));
    },
  );
});

describe("scaling to integers", () => {
  test.each(numericLaws)("the proved scaling clears the denominators of the moments of %s", (text) => {
    const law = parseLaw(text);
    const branch = branchAtInfinity(law);
    if (branch.kind !== "numeric") throw new Error("a numeric law was expected");
    const scaling = provenScaling(rationalTerms, branch.branch);
    momentSeries(law, 20).forEach((mu, k) => {
      expect(scaling ** BigInt(k) % fractionConstant(mu).den).toBe(0n);
    });
  });

  test("is put right where the first moments showed too few denominators", () => {
    const law = parseLaw("mp(1/2)");
    const branch = branchAtInfinity(law);
    if (branch.kind !== "numeric") throw new Error("a numeric law was expected");
    const { recurrence } = momentRecurrence(law);
    const late = (): never => {
      throw new Error("no exceptional index");
    };
    const terms = scaledTerms(
      rationalTerms,
      recurrence,
      { first: [QQ.one, QQ.one], late },
      branch.branch,
      20,
      createBudget(),
    );
    expect(terms).toEqual(momentSeries(law, 20).map(fractionConstant));
  });
});

describe("the differential equation of the Stieltjes transform", () => {
  test.each([
    ["semicircle(1)", "(z^2 - 4)*m'' + z*m' - m = 0", "(z^2 - 4)*m' - z*m = 2"],
    ["mp(1)", "(z^2 - 4*z)*m'' + (2*z - 6)*m' = 0", "(z^2 - 4*z)*m' - 2*m = 1"],
    ["arcsine(a, b)", "(2*z^2 - 2*a*z - 2*b*z + 2*a*b)*m' + (2*z - a - b)*m = 0", undefined],
  ])("of %s", (text, homogeneous, withRightSide) => {
    const law = parseLaw(text);
    expect(equationToText(momentEquation(law))).toBe(homogeneous);
    expect(equationToText(momentEquation(law, { rightSide: true }))).toBe(withRightSide ?? homogeneous);
  });

  test.each(numericLaws.slice(0, 13))(
    "of %s holds in the algebra, and its singular points contain the branch points",
    (text) => {
      const law = parseLaw(text);
      const equation = momentEquation(law);
      expect(satisfies(law.curve, equation)).toBe(true);
      const leading = equation.coefficients.at(-1)!;
      for (const point of branchPoints(law).real) {
        expect(divideExact(leading, fromIntegerPoly(point.minimalPolynomial, "z"))).toBeDefined();
      }
    },
  );
});

describe("refusals", () => {
  test("the budget stops the derivation and the terms", () => {
    expect(() => moments(parseLaw("silverstein(1/2, [[1, 1/2], [3, 1/2]])"), 500, createBudget({ limit: 50 }))).toThrow(
      /work limit/,
    );
    expect(() => moments(parseLaw("fussCatalan(2)"), 10_000, createBudget({ limit: 2000 }))).toThrow(/work limit/);
  });

  test("unbounded support has no moments, few or many", () => {
    for (const n of [1, 100])
      expect(() => moments(lawFromCurve("z^2*m^2 + (2*z - 1)*m + 1"), n)).toThrow(/unbounded support/);
  });
});
