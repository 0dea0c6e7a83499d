/** A law to begin with. */
export interface Example {
  readonly title: string;
  readonly expression: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tau?: string;
}

/** The laws of the catalogue and what the operations make of them, under headings. */
export const gallery: readonly { readonly heading: string; readonly examples: readonly Example[] }[] = [
  {
    heading: "Matrices of independent entries",
    examples: [
      { title: "Wigner’s semicircle", expression: "semicircle(v)", parameters: { v: "1" } },
      { title: "Marchenko–Pastur", expression: "mp(c)", parameters: { c: "1/2" } },
      {
        title: "Sample covariance, two populations",
        expression: "silverstein(c, [[1, 1/2], [7, 1/2]])",
        parameters: { c: "1/5" },
      },
      {
        title: "Wigner with a two-point source",
        expression: "deformedWigner(v, [[-1, 1/2], [1, 1/2]])",
        parameters: { v: "2" },
      },
      {
        title: "Hessian: Wigner plus Wishart",
        expression: "wignerPlusWishart(eps, phi)",
        parameters: { eps: "1/50", phi: "1/2" },
      },
      { title: "Wachter (Jacobi)", expression: "wachter(a, b)", parameters: { a: "2", b: "3" } },
      {
        title: "Multivariate analysis of variance",
        expression: "manova(c1, c2)",
        parameters: { c1: "1/2", c2: "1/3" },
      },
      { title: "Fisher", expression: "fisher(c1, c2)", parameters: { c1: "1/2", c2: "1/4" } },
      { title: "Inverse of Marchenko–Pastur", expression: "inverseMp(c)", parameters: { c: "1/4" } },
      { title: "Products of Wisharts (Fuss–Catalan)", expression: "fussCatalan(2)" },
      { title: "Raney", expression: "raney(3, 2)" },
      { title: "Bures", expression: "bures()" },
      { title: "Potential x⁴", expression: "monomialPotential(2)" },
    ],
  },
  {
    heading: "Free Lévy laws, graphs, projections",
    examples: [
      { title: "Free Poisson", expression: "freePoisson(rate, jump)", parameters: { rate: "1/2", jump: "1" } },
      {
        title: "Compound free Poisson",
        expression: "compoundFreePoisson(rate, [[2, 3/4], [11/2, 1/4]])",
        parameters: { rate: "1/10" },
      },
      {
        title: "Free Lévy law, three bulks",
        expression: "freeLevy(0, v, 1/2, [[2, 3/4], [6, 1/4]])",
        parameters: { v: "1/10" },
        tau: "2",
      },
      { title: "Free Meixner", expression: "freeMeixner(a, b)", parameters: { a: "1", b: "1/2" } },
      { title: "Kesten–McKay: regular graphs", expression: "kestenMcKay(d)", parameters: { d: "3" } },
      { title: "Arcsine", expression: "arcsine(-2, 2)" },
      { title: "Two atoms, compressed", expression: "atoms([[0, 1/2], [1, 1/2]])", tau: "1/2" },
      { title: "Tetilla", expression: "tetilla()" },
    ],
  },
  {
    heading: "Regression and networks",
    examples: [
      { title: "Conjugate kernel", expression: "conjugateKernel(1, 1/2, phi, 1/2)", parameters: { phi: "1/2" } },
      { title: "Ridge hat matrix", expression: "ridgeHat(c, lambda)", parameters: { c: "1/2", lambda: "1/10" } },
      {
        title: "Information plus noise",
        expression: "informationPlusNoise(atoms([[0, 1/2], [4, 1/2]]), v, 1/2)",
        parameters: { v: "1/2" },
      },
    ],
  },
  {
    heading: "Operations",
    examples: [
      { title: "Free sum: Wishart plus noise", expression: "mp(c) ⊞ semicircle(v)", parameters: { c: "2", v: "1/4" } },
      { title: "Free product of two Wisharts", expression: "mp(c) ⊠ mp(1/4)", parameters: { c: "1/2" } },
      {
        title: "A signal in noise, further than it goes",
        expression: "deformedWigner(2, [[-1, 1/2], [1, 1/2]])",
        tau: "3/2",
      },
      { title: "A mixture", expression: "mix(w, semicircle(1/4), mp(1/2))", parameters: { w: "1/2" } },
      { title: "Commutator of two semicircles", expression: "commutator(semicircle(1), semicircle(1))" },
      { title: "Any curve", expression: 'curve("z*m^2 + z*m + 1")' },
    ],
  },
];
