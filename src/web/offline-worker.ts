// The service worker: keeps all files of the page, so that it opens without a network. The build fills in which they are.

declare const __OFFLINE_FILES__: readonly string[];
declare const __OFFLINE_VERSION__: string;

interface ExtendableEvent {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface WorkerScope {
  addEventListener(kind: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(kind: "fetch", listener: (event: FetchEvent) => void): void;
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
}

const scope = globalThis as unknown as WorkerScope;
const prefix = "freecurve-";
const cacheName = `${prefix}${__OFFLINE_VERSION__}`;
const addresses = new Set(__OFFLINE_FILES__.map((file) => new URL(file, scope.location.href).href));

scope.addEventListener("install", (event) => {
  // Asked of the server, since a document that the browser still has may be that of another version.
  const requests = [...addresses].map((address) => new Request(address, { cache: "no-cache" }));
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(requests)));
});

scope.addEventListener("activate", (event) => {
  event.waitUntil(forgetOlder().then(() => scope.clients.claim()));
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.replace(/[?#].*$/, "");
  if (request.method === "GET" && addresses.has(address)) event.respondWith(answer(request, address));
});

/** The document comes from the network while there is one, so that a newer version is seen; what it names by hash never changes. */
async function answer(request: Request, address: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = (): Promise<Response | undefined> => cache.match(address);
  if (request.mode === "navigate") {
    try {
      return await fetch(request);
    } catch (error) {
      const document = await kept();
      if (document === undefined) throw error;
      return document;
    }
  }
  return (await kept()) ?? fetch(request);
}

async function forgetOlder(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)),
  );
}
