// A folder of static files on a loopback port: what any web server would do with the page.
//
//   node scripts/web/serve.mjs [folder = site] [--port 8080]
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const kinds = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** The file that an address means, or undefined; never one outside the folder. */
async function fileOf(folder, address) {
  const path = normalize(join(folder, decodeURIComponent(new URL(address, "http://localhost").pathname)));
  if (path !== folder && !path.startsWith(folder + sep)) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return path;
  const index = join(path, "index.html");
  return found?.isDirectory() && (await stat(index).catch(() => undefined))?.isFile() ? index : undefined;
}

/** Serves the folder until `close`; port 0 takes any free one. */
export async function serveFolder(folder, port = 0) {
  const root = resolve(folder);
  const server = createServer(async (request, response) => {
    const path = await fileOf(root, request.url ?? "/").catch(() => undefined);
    if (path === undefined || (request.method !== "GET" && request.method !== "HEAD")) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not here");
      return;
    }
    const type = kinds[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "cache-control": "no-cache" });
    if (request.method === "HEAD") response.end();
    else createReadStream(path).pipe(response);
  });
  await new Promise((done, fail) => server.once("error", fail).listen(port, "127.0.0.1", done));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    options: { port: { type: "string", default: "8080" } },
    allowPositionals: true,
  });
  const folder = positionals[0] ?? fileURLToPath(new URL("../../site", import.meta.url));
  const { address } = await serveFolder(folder, Number(values.port)).catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
    // Somebody else's port: any other one does as well.
    return serveFolder(folder);
  });
  console.log(`the page is at ${address} (Ctrl-C ends)`);
}
