/** A folder of static files on a loopback port. */
export interface Served {
  readonly address: string;
  close(): Promise<void>;
}

export function serveFolder(folder: string, port?: number): Promise<Served>;
