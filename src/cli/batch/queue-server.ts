import { setTimeout as wait } from "node:timers/promises";
import type { ConnectionOptions } from "bullmq";
import type { Redis } from "ioredis";
import { DomainError } from "../../core/index.js";
import { type Options, textOption } from "../command-frame.js";
import { codeOf, quote } from "../io.js";
import { readVersion } from "../package-files.js";

/** A queue on a Redis or Valkey server, and the two packages that speak to it. */
export interface QueueServer {
  readonly bull: typeof import("bullmq");
  /** The server as messages name it: without a password. */
  readonly place: string;
  /** The name of the queue: a worker of another version of the program has another one. */
  readonly queue: string;
  /** What every part of the queue is opened with. */
  readonly options: { readonly connection: ConnectionOptions; readonly prefix: string };
  close(): Promise<void>;
}

export const QUEUE = "redis://host:6379, or rediss:// for an encrypted connection";
export const PREFIX = "what all its keys begin with, to keep apart several queues on one server";

/** How long a server is waited for at the start, in milliseconds. */
const PATIENCE = 5000;

/** How long a batch or a worker that is gone still claims its version, in seconds. */
const CLAIM = 60;

/** Connects to a server, and makes sure that all that use its queue are of one version. Later it reconnects by itself. */
export async function queueServer(url: string, options: Options): Promise<QueueServer> {
  const place = withoutPassword(url);
  const prefix = textOption(options, "queuePrefix")!;
  if (!/^[\w.-]{1,64}$/.test(prefix)) {
    throw new DomainError(`--queue-prefix must be letters, digits, dots, dashes and underscores, not "${prefix}"`);
  }
  const { bull, Redis } = await packages();
  await requireServer(
    new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: PATIENCE }),
    place,
  );
  const connection = {
    url,
    // A command waits for the server, however long it is away.
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(200 * times, 2000),
  };
  const client = new Redis(url, connection);
  client.on("error", () => undefined);
  const version = readVersion();
  const claim = (): Promise<unknown> => client.set(`${prefix}:version`, version, "EX", CLAIM);
  const other = await claimedByOther(client, `${prefix}:version`, version);
  if (other !== undefined) {
    client.disconnect();
    throw new DomainError(
      `the queue at ${place} is used by freecurve ${other}, and this is ${version}; use one version everywhere, or another --queue-prefix (the queue is free a minute after the others have ended)`,
    );
  }
  const renewal = setInterval(() => void claim().catch(() => undefined), (1000 * CLAIM) / 3);
  return {
    bull,
    place,
    queue: `jobs-${version}`,
    options: { connection, prefix },
    async close() {
      clearInterval(renewal);
      client.disconnect();
    },
  };
}

async function packages(): Promise<{ bull: typeof import("bullmq"); Redis: typeof Redis }> {
  try {
    const [bull, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bull, Redis };
  } catch (error) {
    if (codeOf(error) !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new DomainError(
      "the queue needs two packages beside freecurve; install them where it is installed: npm install bullmq ioredis",
    );
  }
}

function withoutPassword(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new DomainError(`--queue must look like redis://127.0.0.1:6379, not ${quote(text)}`);
  }
  if (!["redis:", "rediss:"].includes(url.protocol)) {
    throw new DomainError(`--queue must begin with redis:// or rediss://, not "${url.protocol}//"`);
  }
  return `${url.protocol}//${url.host}${url.pathname === "/" ? "" : url.pathname}`;
}

/** One answer of the server, within some seconds. */
async function requireServer(client: Redis, place: string): Promise<void> {
  let reason = "it did not answer in time";
  client.on("error", (error) => {
    reason = codeOf(error) === "ECONNREFUSED" ? "the connection was refused" : error.message;
  });
  const tooLate = new AbortController();
  const answer = client.connect().then(() => client.ping());
  const answered = await Promise.race([
    answer.catch((error: Error) => {
      if (/^(NOAUTH|WRONGPASS|NOPERM|ERR)/.test(error.message)) reason = error.message;
      return undefined;
    }),
    wait(PATIENCE, undefined, { signal: tooLate.signal }).catch(() => undefined),
  ]);
  tooLate.abort();
  client.disconnect();
  if (answered !== "PONG") throw new DomainError(`no Redis or Valkey server answers at ${place}: ${reason}`);
}

/** The version that uses a queue already, when it is another one. */
async function claimedByOther(client: Redis, key: string, version: string): Promise<string | undefined> {
  await client.set(key, version, "EX", CLAIM, "NX");
  const claimed = await client.get(key);
  return claimed === null || claimed === version ? undefined : claimed;
}
