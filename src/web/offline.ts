/** After the first load the page works without a network, where the browser allows it: on https, or from this machine. */
export function keepOffline(): void {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  addEventListener("load", () => void navigator.serviceWorker.register("./offline-worker.js").catch(() => undefined));
}
