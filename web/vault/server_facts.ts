// What the server says about itself (GET /api/v1/server): the key to seal to, the key that signs receipts, the price of
// a stamp. Kept, so that sealing works without a network.
import { base64, fromBase64, sameBytes, utf8, type Bytes } from "./bytes.ts";
import type { ServerClock } from "./clock.ts";
import { contentDigest, readReceiptSignature, sha256, type ReceiptResponse } from "./signature.ts";
import type { VaultStorage } from "./storage.ts";

export interface Server {
  readonly sealingKeyId: Bytes;
  readonly sealingKey: Bytes;
  readonly signingKeyId: Bytes;
  readonly signingKey: Bytes;
  readonly stampBits: number;
}

// Beyond this a phone would search for hours: somebody is making fun of us.
const HIGHEST_STAMP = 26;
const TIMEOUT = 20_000;

export interface ServerFactsOptions {
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: ServerClock;
  readonly storage: VaultStorage;
}

export class ServerFacts {
  readonly #options: ServerFactsOptions;
  #known: Server | undefined;
  #asking: Promise<Server | undefined> | undefined;

  constructor(options: ServerFactsOptions) {
    this.#options = options;
  }

  // What is known, else what was kept, else what the server says now; nothing without any of them.
  async get(): Promise<Server | undefined> {
    if (this.#known) return this.#known;
    return (await this.refresh()) ?? this.#kept();
  }

  // What the server says now; nothing when it does not answer.
  refresh(): Promise<Server | undefined> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  // True only for the server's own word that it has this very request.
  async verifyReceipt(subtle: SubtleCrypto, response: ReceiptResponse): Promise<boolean> {
    const read = readReceiptSignature(response);
    if (!read) return false;
    if (response.headers.get("content-digest") !== contentDigest(await sha256(subtle, response.body))) return false;
    let server = await this.get();
    if (!server || base64(server.signingKeyId) !== read.keyId) server = await this.refresh();
    if (!server || base64(server.signingKeyId) !== read.keyId) return false;
    const key = await subtle.importKey("raw", server.signingKey, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    return subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, read.signature, utf8(read.base));
  }

  async #ask(): Promise<Server | undefined> {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      abort.abort();
    }, TIMEOUT);
    try {
      const response = await this.#options.fetch(new URL("/api/v1/server", this.#options.origin), {
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        signal: abort.signal,
      });
      this.#options.clock.learn(response.headers.get("date"));
      const text = response.ok ? await response.text() : "";
      const server = parseServer(text);
      if (!server) return undefined;
      if (!this.#known || !sameServer(this.#known, server)) await this.#options.storage.keepServer(text);
      this.#known = server;
      return server;
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  async #kept(): Promise<Server | undefined> {
    this.#known ??= parseServer((await this.#options.storage.readServer()) ?? "");
    return this.#known;
  }
}

function sameServer(left: Server, right: Server): boolean {
  return (
    sameBytes(left.sealingKey, right.sealingKey) && sameBytes(left.signingKey, right.signingKey) && left.stampBits === right.stampBits
  );
}

export function parseServer(text: string): Server | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const sealingKeyId = bytesAt(json, "sealing_key", "id", 8);
  const sealingKey = bytesAt(json, "sealing_key", "public_key", 65);
  const signingKeyId = bytesAt(json, "signing_key", "id", 8);
  const signingKey = bytesAt(json, "signing_key", "public_key", 65);
  const stampBits = at(json, "stamp_bits");
  if (!sealingKeyId || !sealingKey || !signingKeyId || !signingKey) return undefined;
  if (typeof stampBits !== "number" || !Number.isInteger(stampBits) || stampBits < 0 || stampBits > HIGHEST_STAMP) return undefined;
  return { sealingKeyId, sealingKey, signingKeyId, signingKey, stampBits };
}

function at(json: unknown, name: string): unknown {
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>)[name] : undefined;
}

function bytesAt(json: unknown, object: string, name: string, length: number): Bytes | undefined {
  const text = at(at(json, object), name);
  const bytes = typeof text === "string" ? fromBase64(text) : undefined;
  return bytes?.length === length ? bytes : undefined;
}
