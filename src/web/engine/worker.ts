import type { Reply, Request } from "./answer.js";
import { compute } from "./compute.js";

// The types of a page and of a worker exclude each other; this is the part of the latter that is needed.
const scope = globalThis as unknown as {
  postMessage(reply: Reply): void;
  onmessage: ((event: { readonly data: Request }) => void) | null;
};

scope.onmessage = async ({ data }) => {
  const answer = await compute(data, (progress) => scope.postMessage({ id: data.id, progress }));
  scope.postMessage({ id: data.id, answer });
};

scope.postMessage({ isLoaded: true });
