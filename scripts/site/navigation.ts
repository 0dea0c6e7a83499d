/** A page of the site: where its text is, below docs/, and what the navigation calls it. */
export interface Entry {
  readonly source: string;
  readonly label: string;
}

export interface Section {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

/** The pages of the site in the order of the navigation. Every Markdown file of docs/ stands here once. */
export const sections: readonly Section[] = [
  {
    heading: "Start",
    entries: [
      { source: "README.md", label: "Who should read what" },
      { source: "guide.md", label: "Guide" },
      { source: "gallery.md", label: "Gallery" },
    ],
  },
  {
    heading: "Lessons",
    entries: [
      { source: "lessons/README.md", label: "Contents" },
      { source: "lessons/1-stieltjes.md", label: "1. The Stieltjes transform" },
      { source: "lessons/2-semicircle-and-marchenko-pastur.md", label: "2. Two laws by algebra" },
      { source: "lessons/3-free-cumulants.md", label: "3. Free cumulants" },
      { source: "lessons/4-adding-and-multiplying.md", label: "4. Adding and multiplying" },
      { source: "lessons/5-edges-and-cusps.md", label: "5. Edges and cusps" },
      { source: "lessons/6-compression-and-decompression.md", label: "6. Decompression" },
      { source: "lessons/7-the-horizon.md", label: "7. The horizon" },
      { source: "lessons/8-from-eigenvalues.md", label: "8. From eigenvalues" },
      { source: "lessons/9-hessian.md", label: "9. A network’s Hessian" },
    ],
  },
  {
    heading: "In depth",
    entries: [
      { source: "calculus.md", label: "The calculus" },
      { source: "flow.md", label: "The flow" },
      { source: "guarantees.md", label: "Guarantees" },
      { source: "batch.md", label: "Many answers at once" },
      { source: "speed.md", label: "Speed" },
      { source: "references.md", label: "References" },
      { source: "licences.md", label: "Licences" },
    ],
  },
];

export const entries: readonly Entry[] = sections.flatMap((section) => section.entries);

/** Where the page of a Markdown file stands on the site: README.md is the index of its folder. */
export function addressOf(source: string): string {
  return source.replace(/(^|\/)README\.md$/, "$1index.html").replace(/\.md$/, ".html");
}

/** A path of the site as seen from another one. */
export function relative(from: string, to: string): string {
  const [here, there] = [from.split("/").slice(0, -1), to.split("/")];
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  return [...here.slice(shared).map(() => ".."), ...there.slice(shared)].join("/");
}

/** The lessons before and after a lesson. */
export function neighbours(source: string): { readonly before?: Entry; readonly after?: Entry } {
  const lessons = sections.find(({ heading }) => heading === "Lessons")!.entries;
  const at = lessons.findIndex((entry) => entry.source === source);
  if (at < 0) return {};
  const [before, after] = [lessons[at - 1], lessons[at + 1]];
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
