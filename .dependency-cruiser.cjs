// The rooms of src, lowest first. A room imports only rooms that stand before it here, and only through their index.ts.
// This list is the one place where the order stands.
const rooms = [
  "core",
  "matrices",
  "rings",
  "linear",
  "ball",
  "univariate",
  "sparse",
  "modular",
  "factor",
  "poly",
  "isolation",
  "complex-roots",
  "roots",
  "series",
  "holonomic",
  "curve",
  "surface",
  "law",
  "density",
  "statistics",
  "flow",
  "evolution",
  "phases",
  "convolution",
  "models",
  "ensembles",
  "high-temperature",
  "equivalents",
  "measured",
  "scaling",
  "regression",
  "fit",
  "lang",
  "picture",
  "report",
  "explain",
  "verify",
  "certificate",
  "threads",
  "cli",
  "web",
];

const shells = ["cli", "web"];
// Rooms for Node alone.
const platform = ["threads", ...shells];
const anyOf = (names) => `^src/(${names.join("|")})/`;

const order = rooms.map((room, position) => ({
  name: `room-order-${room}`,
  comment: `${room} imports only rooms before it in the list`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: {
    path: anyOf(rooms.slice(position + 1).concat(shells.includes(room) ? shells.filter((s) => s !== room) : [])),
    pathNot: `^src/${room}/`,
  },
}));

module.exports = {
  forbidden: [
    ...order.filter((rule) => rule.to.path !== "^src/()/"),
    {
      name: "through-the-door",
      comment: "another room is entered through its index.ts",
      severity: "error",
      from: { path: "^src/([^/]+)/" },
      to: { path: "^src/[^/]+/.+", pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$"] },
    },
    {
      name: "verify-stands-alone",
      comment: "the checker of certificates shares no code with what it checks but core and rings",
      severity: "error",
      from: { path: "^src/verify/" },
      to: { path: "^src/", pathNot: "^src/(verify|core|rings)/" },
    },
    {
      name: "kernel-has-no-platform",
      comment: "everything but the shells runs in a browser too",
      severity: "error",
      from: { path: "^src/", pathNot: anyOf(platform) },
      to: { dependencyTypes: ["core"] },
    },
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "known-room",
      comment: "every folder of src is in the list of rooms",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: anyOf(rooms) },
      to: {},
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default", "node"] },
  },
};
