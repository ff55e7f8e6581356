// What the server says about itself (GET /api/v1/server): the key to seal to, the key that signs receipts, the price of
// a stamp. Kept, so that sealing works without a network.
import { base64, fromBase64, sameBytes, utf8, type Bytes } from "./bytes.ts";
import type { ServerClock } from "./clock.ts";
import { hangUpAfter } from "./hang_up.ts";
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
// Whoever presses VALIDER in a tunnel waits no longer than this for a network that takes everything and gives nothing
// back; what was kept is then good enough.
const PATIENCE = 3_000;
const CLOCK_NOISE = 60_000;

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
  #keptOffset = 0;

  constructor(options: ServerFactsOptions) {
    this.#options = options;
  }

  // What is known, else what the server says now, else what was kept; nothing without any of them.
  async get(): Promise<Server | undefined> {
    if (this.#known) return this.#known;
    const asked = this.refresh();
    const kept = parseServer((await this.#options.storage.readServer().catch(() => undefined)) ?? "");
    if (!kept) return asked;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => { resolve(undefined); }, PATIENCE);
    });
    const server = (await Promise.race([asked, patience])) ?? kept;
    clearTimeout(timer);
    return (this.#known ??= server);
  }

  // What the server says now; nothing when it does not answer.
  refresh(): Promise<Server | undefined> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  // Sets the clock by what an earlier visit has learnt, before anything is dated without a network.
  async recallClock(): Promise<void> {
    const kept = at(json(await this.#options.storage.readServer().catch(() => undefined)), "clock_offset");
    if (typeof kept !== "number") return;
    this.#keptOffset = kept;
    this.#options.clock.recall(kept);
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
    const patience = hangUpAfter(TIMEOUT);
    try {
      const response = await this.#options.fetch(new URL("/api/v1/server", this.#options.origin), {
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        signal: patience.signal,
      });
      this.#options.clock.learn(response.headers.get("date"));
      const text = response.ok ? await response.text() : "";
      const server = parseServer(text);
      if (!server) return undefined;
      const offset = this.#options.clock.offset();
      if (!this.#known || !sameServer(this.#known, server) || Math.abs(offset - this.#keptOffset) > CLOCK_NOISE) {
        await this.#options.storage.keepServer(JSON.stringify({ ...(json(text) as object), clock_offset: offset }));
        this.#keptOffset = offset;
      }
      this.#known = server;
      return server;
    } catch {
      return undefined;
    } finally {
      patience.done();
    }
  }
}

function sameServer(left: Server, right: Server): boolean {
  return (
    sameBytes(left.sealingKey, right.sealingKey) && sameBytes(left.signingKey, right.signingKey) && left.stampBits === right.stampBits
  );
}

export function parseServer(text: string): Server | undefined {
  const facts = json(text);
  const sealingKeyId = bytesAt(facts, "sealing_key", "id", 8);
  const sealingKey = bytesAt(facts, "sealing_key", "public_key", 65);
  const signingKeyId = bytesAt(facts, "signing_key", "id", 8);
  const signingKey = bytesAt(facts, "signing_key", "public_key", 65);
  const stampBits = at(facts, "stamp_bits");
  if (!sealingKeyId || !sealingKey || !signingKeyId || !signingKey) return undefined;
  if (typeof stampBits !== "number" || !Number.isInteger(stampBits) || stampBits < 0 || stampBits > HIGHEST_STAMP) return undefined;
  return { sealingKeyId, sealingKey, signingKeyId, signingKey, stampBits };
}

function json(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function at(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function bytesAt(facts: unknown, object: string, name: string, length: number): Bytes | undefined {
  const text = at(at(facts, object), name);
  const bytes = typeof text === "string" ? fromBase64(text) : undefined;
  return bytes?.length === length ? bytes : undefined;
}
