// Sealed envelopes on their way to the town. An entry is kept on the device until the town's signed receipt for exactly
// this envelope has been verified; nothing else deletes it but the person.
//
//   ready → sending → acknowledged (its receipt in its place) | refused (kept, to be shown)
//           sending → ready (tried again later)
//
// The page and the service worker run the same code over the same database, one at a time (locks.ts). What depends on
// something else says what it waits for: an entourage filled in before its account is activated, a profile before the
// registration has left.
import type { Bytes } from "../vault/bytes.ts";
import { fromBase64, uuidBytes } from "../vault/bytes.ts";
import type { ServerClock } from "../vault/clock.ts";
import { hangUpAfter } from "../vault/hang_up.ts";
import type { Fields, ReceiptResponse } from "../vault/signature.ts";
import type { KeptReceipt, VaultStorage } from "../vault/storage.ts";
import { LONGEST_WAIT, retryAfter, waitAfter } from "./backoff.ts";
import type { OneAtATime } from "./locks.ts";

export type EntryState = "ready" | "sending" | "acknowledged" | "refused";

// What an entry that is ready waits for, besides the network: that somebody logs in on this device; that the
// registration before it has been received.
export type Waits = "" | "login" | "registration";

const REGISTRATION = 1;

// As it is kept. It holds no plaintext: the body is sealed.
export interface Entry {
  readonly id: string; // the envelope's UUID
  readonly path: string;
  headers: Fields; // signed; the stamp may be replaced by a dearer one
  readonly body: Bytes;
  // Not of the envelope, which the town alone can read: for words on the screen, and for the order of things.
  readonly portal: string;
  readonly procedure: number;
  // Tells whoever knows an account's reference that it is that account's (Vault.isOf); the request it corrects.
  readonly of?: string;
  readonly corrects?: string;
  // Tells whoever knows where drafts are kept which of them it was made of (Vault.isFrom); nothing of what was carried here.
  readonly from?: string;
  waits: Waits;
  state: "ready" | "refused";
  problem: string; // refused: the problem document
  attempts: number;
  // By the device's clock: not before this. `told`: the server has said so (Retry-After), nobody may be quicker.
  notBefore: number;
  told: boolean;
  // By the server's clock, as far as it was known.
  readonly createdAt: number;
}

export interface EntryChange {
  readonly id: string;
  readonly state: EntryState;
  // acknowledged: the receipt's JSON; refused: problem+json; else "".
  readonly body: string;
  readonly waits?: Waits;
  // sending: not for the first time. Attempts that nobody asked for follow one another for as long as there is no network.
  readonly again?: boolean;
  // It is in this page's memory and nowhere else: whoever closes the page loses it.
  readonly held?: boolean;
}

export interface EntrySummary {
  readonly id: string;
  readonly portal: string;
  readonly procedure: number;
  readonly of: string;
  readonly corrects: string;
  readonly from: string;
  readonly waits: Waits;
  readonly state: "ready" | "refused";
  readonly problem: string;
  readonly tried: boolean; // and not received
  readonly held: boolean;
  readonly createdAt: number;
}

export interface OutboxOptions {
  readonly origin: string;
  readonly storage: VaultStorage;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: ServerClock;
  readonly random: (count: number) => Uint8Array;
  readonly locks: OneAtATime;
  // More headers for every request, such as the language of refusals.
  readonly headers: () => Fields;
  // The headers with which a genuine receipt came.
  readonly heard?: (headers: Headers) => void;
  // True only for a genuine receipt for this request.
  readonly verify: (response: ReceiptResponse) => Promise<boolean>;
  // A new Stamp header at the server's present price; nothing when the server cannot be asked.
  readonly restamp: (context: Uint8Array, digest: Uint8Array) => Promise<string | undefined>;
  readonly onChange: (change: EntryChange) => void;
}

const SEND_TIMEOUT = 60_000;
const LOOK_EVERY = 60_000;
const AT_ONCE = 3;
const OCCASIONS: readonly [target: "window" | "document", event: string][] = [
  ["window", "online"],
  ["window", "pageshow"],
  ["document", "visibilitychange"],
];

// Of a response that was verified.
type Proof = Pick<ReceiptResponse, "status" | "headers" | "body">;

// What an answer means.
type Outcome =
  | { kind: "acknowledged"; response: Proof }
  | { kind: "refused"; problem: string }
  | { kind: "restamp" }
  | { kind: "later"; wait?: number | undefined; waits?: Waits };

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #channel: BroadcastChannel | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #started = false;
  #waiting: Promise<void> | undefined; // a drain that has not begun yet: one is enough
  #eager = false;
  readonly #onOccasion = (): void => {
    const { document } = globalThis as { document?: { visibilityState: string } };
    if (!document || document.visibilityState === "visible") void this.drain();
  };

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("foyer-outbox");
    if (this.#channel) {
      this.#channel.onmessage = (event: MessageEvent<EntryChange>): void => {
        options.onChange(event.data);
      };
      // In node a channel keeps the process alive; in a browser there is no unref.
      (this.#channel as { unref?: () => void }).unref?.();
    }
  }

  // Resolves once the entry is kept.
  async add(entry: Pick<Entry, "id" | "path" | "headers" | "body" | "portal" | "procedure" | "of" | "corrects" | "from">): Promise<void> {
    await this.#options.storage.putEntry({ ...entry, waits: "", state: "ready", problem: "", attempts: 0, notBefore: 0, told: false, createdAt: this.#options.clock.nowMilliseconds() });
    this.#tell({ id: entry.id, state: "ready", body: "" });
  }

  async entries(): Promise<readonly EntrySummary[]> {
    const { storage } = this.#options;
    return (await storage.entries())
      .map(({ id, portal, procedure, of = "", corrects = "", from = "", waits, state, problem, attempts, createdAt }) => ({
        id, portal, procedure, of, corrects, from, waits, state, problem, tried: attempts > 0, held: storage.isHeld?.(id) ?? false, createdAt,
      }))
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  receipts(): Promise<readonly KeptReceipt[]> {
    return this.#options.storage.receipts();
  }

  async forgetReceipt(id: string): Promise<void> {
    await this.#options.storage.forgetReceipt(id);
  }

  async entry(id: string): Promise<Entry | undefined> {
    return (await this.#options.storage.entries()).find((entry) => entry.id === id);
  }

  // A receipt that came another way, by a file from the device that handed the envelope in. True: it was genuine, and
  // the envelope has made way for it.
  async accept(id: string, receipt: Proof): Promise<boolean> {
    const entry = await this.entry(id);
    if (!entry) return false;
    const genuine = await this.#options.verify({ ...receipt, path: entry.path, requestContentDigest: entry.headers["content-digest"] ?? "" });
    if (genuine) await this.#acknowledge(entry, receipt);
    return genuine;
  }

  async discard(id: string): Promise<void> {
    const entry = (await this.#options.storage.entries()).find((candidate) => candidate.id === id);
    // Only a refused one: what is waiting may have been received already.
    if (entry?.state === "refused") await this.#options.storage.deleteEntry(id);
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    for (const [target, event] of OCCASIONS) occasionTarget(target)?.addEventListener(event, this.#onOccasion);
    void this.drain();
  }

  stop(): void {
    this.#started = false;
    clearTimeout(this.#timer);
    for (const [target, event] of OCCASIONS) occasionTarget(target)?.removeEventListener(event, this.#onOccasion);
    this.#channel?.close();
  }

  // Tries every entry that waits, once: a person or the network's return asks for it, so that waits after mere failures
  // are cut short. Never rejects.
  drain(): Promise<void> {
    this.#eager = true;
    return this.#drain();
  }

  #drain(): Promise<void> {
    this.#waiting ??= this.#options
      .locks(async () => {
        const eager = this.#eager;
        this.#waiting = undefined;
        this.#eager = false;
        await this.#sendAll(eager);
      })
      .catch(() => {
        this.#waiting = undefined;
      })
      .finally(() => {
        this.#schedule();
      });
    return this.#waiting;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (!this.#started) return;
    void this.#options.storage
      .entries()
      .catch(() => [])
      .then((entries) => {
        const ready = entries.filter((entry) => entry.state === "ready");
        if (!this.#started || ready.length === 0) return;
        const next = Math.min(...ready.map((entry) => entry.notBefore)) - this.#options.clock.localNow();
        clearTimeout(this.#timer);
        // Not longer than this: a laptop that slept wakes with its timers late.
        this.#timer = setTimeout(() => void this.#drain(), Math.min(Math.max(next, 250), LOOK_EVERY));
      });
  }

  async #sendAll(eager: boolean): Promise<void> {
    const now = this.#options.clock.localNow();
    const entries = (await this.#options.storage.entries()).sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    const due: Entry[] = [];
    for (const entry of entries) {
      if (entry.state !== "ready" || !(isDue(entry, now) || (eager && !entry.told))) continue;
      if (waitsForRegistration(entry, entries)) await this.#wait(entry, "registration");
      else due.push(entry);
    }
    // Towns that have just said that nobody is logged in here.
    const strangers = new Set<string>();
    // A few side by side, so that one that hangs does not hold up the others; one that fails concerns no other.
    const workers = Array.from({ length: Math.min(AT_ONCE, due.length) }, async () => {
      for (let entry = due.shift(); entry; entry = due.shift()) {
        if (entry.procedure !== REGISTRATION && strangers.has(entry.portal)) await this.#wait(entry, "login").catch(() => undefined);
        else if ((await this.#send(entry).catch(() => undefined)) === "login") strangers.add(entry.portal);
      }
    });
    await Promise.all(workers);
    // What waited for a registration that has left by now need not wait for the next occasion.
    const left = await this.#options.storage.entries();
    if (left.some((entry) => entry.waits === "registration" && entry.state === "ready" && !waitsForRegistration(entry, left))) {
      for (const entry of left.filter((candidate) => candidate.waits === "registration")) await this.#options.storage.putEntry({ ...entry, waits: "" });
      await this.#sendAll(true);
    }
  }

  async #wait(entry: Entry, waits: Waits): Promise<void> {
    if (entry.waits !== waits) await this.#options.storage.putEntry({ ...entry, waits, notBefore: this.#options.clock.localNow() + LONGEST_WAIT, told: false });
    this.#tell({ id: entry.id, state: "ready", body: "", waits });
  }

  async #acknowledge({ id, createdAt, corrects = "", from = "" }: Entry, { status, headers, body }: Proof): Promise<void> {
    const receipt = new TextDecoder().decode(body);
    const proof = Object.fromEntries(["content-digest", "signature", "signature-input"].map((name) => [name, headers.get(name) ?? ""]));
    await this.#options.storage.acknowledgeEntry({ id, receipt, status, headers: proof, corrects, from, madeAt: createdAt, at: this.#options.clock.nowMilliseconds() });
    this.#tell({ id, state: "acknowledged", body: receipt });
  }

  // What the entry waits for afterwards.
  async #send(entry: Entry): Promise<Waits> {
    this.#tell({ id: entry.id, state: "sending", body: "", again: entry.attempts > 0 });
    let outcome = await this.#attempt(entry);
    if (outcome.kind === "restamp") {
      const stamp = await this.#restamp(entry);
      outcome = stamp ? await this.#attempt(entry) : { kind: "later" };
      // Still too cheap at the price just asked for: not worth another search at once.
      if (outcome.kind === "restamp") outcome = { kind: "later" };
    }
    const { storage, clock, random } = this.#options;
    switch (outcome.kind) {
      case "acknowledged":
        await this.#acknowledge(entry, outcome.response);
        return "";
      case "refused":
        await storage.putEntry({ ...entry, state: "refused", problem: outcome.problem });
        this.#tell({ id: entry.id, state: "refused", body: outcome.problem });
        return "";
      case "later": {
        const attempts = entry.attempts + 1;
        const [high = 0, low = 0] = random(2);
        const wait = outcome.wait ?? waitAfter(entry.attempts, (high * 256 + low) / 65_536);
        // A network that failed says nothing about who is logged in.
        const waits = outcome.waits ?? entry.waits;
        await storage.putEntry({ ...entry, attempts, waits, notBefore: clock.localNow() + wait, told: outcome.waits === undefined && outcome.wait !== undefined });
        this.#tell({ id: entry.id, state: "ready", body: "", waits });
        return waits;
      }
    }
  }

  async #restamp(entry: Entry): Promise<boolean> {
    const digest = fromBase64(/^sha-256=:(.+):$/.exec(entry.headers["content-digest"] ?? "")?.[1] ?? "");
    const stamp = digest && (await this.#options.restamp(uuidBytes(entry.id), digest));
    if (!stamp) return false;
    entry.headers = { ...entry.headers, stamp };
    await this.#options.storage.putEntry(entry);
    return true;
  }

  async #attempt(entry: Entry): Promise<Outcome> {
    const { origin, fetch, clock, headers, heard, verify } = this.#options;
    const patience = hangUpAfter(SEND_TIMEOUT);
    try {
      const response = await fetch(new URL(entry.path, origin), {
        method: "PUT",
        headers: { ...entry.headers, ...headers() },
        body: entry.body,
        credentials: "omit",
        cache: "no-store",
        // A network's log-in page must not pass for the town.
        redirect: "error",
        signal: patience.signal,
      });
      clock.learn(response.headers.get("date"));
      const body = new Uint8Array(await response.arrayBuffer());
      if (response.status === 200 || response.status === 201) {
        const receipt: ReceiptResponse = { status: response.status, headers: response.headers, body, path: entry.path, requestContentDigest: entry.headers["content-digest"] ?? "" };
        if (!(await verify(receipt))) return { kind: "later" };
        heard?.(response.headers);
        return { kind: "acknowledged", response: receipt };
      }
      return outcomeOf(response, new TextDecoder().decode(body), clock.localNow());
    } catch {
      return { kind: "later" };
    } finally {
      patience.done();
    }
  }

  #tell(change: EntryChange): void {
    const told = this.#options.storage.isHeld?.(change.id) ? { ...change, held: true } : change;
    this.#options.onChange(told);
    this.#channel?.postMessage(told);
  }
}

function isDue(entry: Entry, now: number): boolean {
  // A device clock that was set back must not keep an entry for years: no wait is longer than an hour.
  return entry.notBefore <= now || entry.notBefore > now + 3_600_000;
}

function outcomeOf(response: Response, body: string, now: number): Outcome {
  const wait = retryAfter(response.headers.get("retry-after"), now);
  // Only the town itself refuses, and it does so with a problem document; anything else on the way is weather.
  const fromTown = (response.headers.get("content-type") ?? "").startsWith("application/problem+json");
  if (!fromTown || response.status === 429 || response.status === 408 || response.status >= 500) return { kind: "later", wait };
  if (response.status === 428) return { kind: "restamp" };
  // The server does not know its own name: its configuration is wrong, not the envelope.
  if (body.includes('"authority_unknown"')) return { kind: "later", wait };
  // The account is not activated yet, or nobody has logged in on this device: the same envelope is good afterwards.
  if (response.status === 401 && body.includes('"not_logged_in"')) return { kind: "later", wait: LONGEST_WAIT, waits: "login" };
  return { kind: "refused", problem: body };
}

// An entourage means nothing to the town before it knows the family.
function waitsForRegistration(entry: Entry, entries: readonly Entry[]): boolean {
  if (entry.procedure === REGISTRATION) return false;
  return entries.some((other) => other.procedure === REGISTRATION && other.portal === entry.portal && other.state === "ready" && other.createdAt <= entry.createdAt);
}

function occasionTarget(name: "window" | "document"): EventTarget | undefined {
  return (globalThis as unknown as Record<string, EventTarget | undefined>)[name];
}
