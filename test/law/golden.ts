import { readFileSync } from "node:fs";

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8"));

interface Facts {
  readonly law: string;
  readonly curve: string;
  readonly moments: string[];
  readonly cumulants: string[];
}

/** Reference values of laws: where they come from stands in the file. */
export const laws = read("laws") as {
  readonly catalogue: readonly Facts[];
  readonly operations: readonly { law: string; curve?: string; moments?: string[] }[];
  readonly densities: readonly { law: string; values: [string, string][]; edges?: string[] }[];
};

/** Reference values of flows: where they come from stands in the file. */
export const spectra = read("spectra") as {
  readonly compound: {
    readonly law: string;
    readonly edgePolynomial: string;
    readonly edges: Readonly<Record<string, string[]>>;
    readonly cusp: { readonly polynomial: string; readonly tau: string; readonly x: string };
    readonly atomBorn: string;
  };
  readonly horizons: readonly { law: string; tau: string; below: string; above: string; attained: boolean }[];
  readonly infinitelyDivisible: readonly string[];
};
