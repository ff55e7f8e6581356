// The vault: this device's key, and everything that leaves the page sealed and signed with it (docs/wire-format.md).
// The shell makes one vault, hands it the wizard's Submit and Call effects, and passes on what it reports. Nothing in
// here knows what is inside a plaintext, and no plaintext is ever stored.
import { envelopeAddress, envelopeFile, readEnvelopeAddress, readEnvelopeFile, readReceiptFile, type Carried } from "../outbox/carry.ts";
import { Outbox, type EntryChange, type EntrySummary } from "../outbox/outbox.ts";
import { browserLocks, type OneAtATime } from "../outbox/locks.ts";
import { base64, fromHex, utf8, uuidText } from "./bytes.ts";
import { ServerClock } from "./clock.ts";
import { Drafts } from "./drafts.ts";
import { DeviceKey } from "./device_key.ts";
import { hangUpAfter } from "./hang_up.ts";
import { Homes, type Kept } from "./homes.ts";
import { buildEnvelope } from "./seal.ts";
import { ServerFacts, type Server } from "./server_facts.ts";
import { contentDigest, sha256, signRequest, type Fields } from "./signature.ts";
import { openStorage, type KeptReceipt, type VaultStorage } from "./storage.ts";
import { workerStamper, type Stamper } from "./stamp.ts";
import { newUuidV7 } from "./uuid.ts";

export type { EntryChange, EntryState, EntrySummary } from "../outbox/outbox.ts";
export type { Kept } from "./homes.ts";
export type { KeptReceipt, VaultStorage } from "./storage.ts";

// What a person may have to be told.
export type Notice =
  // WebCrypto is missing: the page was not opened over https (nor on this very machine). Nothing can be sent.
  | "no_secure_context"
  // Private browsing, or a full or broken disk: what is sent now is sent now, nothing survives closing the page.
  | "storage_unavailable"
  // This browser's key is gone (its data were cleared): accounts must be signed in to again.
  | "device_key_recreated";

export interface VaultOptions {
  // The server, "https://…"; default: where the page is from.
  readonly origin?: string;
  // Where stamp_worker.js is: FOYER_ASSETS["stamp_worker.js"]. Without it stamps are made on the main thread.
  readonly stampWorkerUrl?: string | undefined;
  // Of the wizard, for the sentences in problem documents: "fr".
  readonly language?: () => string;
  readonly onNotice?: (notice: Notice) => void;
  // Every change of every entry, those of earlier visits and of other tabs included.
  // `own`: submitted by this page in this visit.
  readonly onChange?: (change: EntryChange, own: boolean) => void;
  // An agent has opened this page: what marks what is sent from it, and how the town has marked it.
  readonly counter?: { readonly ticket: string; heard(how: string): void };

  // For tests; default: the browser's.
  readonly storage?: VaultStorage;
  readonly fetch?: typeof globalThis.fetch;
  readonly now?: () => number; // milliseconds since 1970
  readonly random?: (count: number) => Uint8Array<ArrayBuffer>;
  readonly stamper?: Stamper;
  readonly locks?: OneAtATime;
  readonly crypto?: SubtleCrypto;
}

export interface Submission {
  readonly procedure: number;
  // Canonical JSON, padded (wire/payload.h), as the module made it.
  readonly plaintext: Uint8Array<ArrayBuffer> | string;
  // The Portal-Revision under which it was filled in: 32 hex digits.
  readonly portalRevision: string;
  // The town's slug: what waits for what is decided town by town.
  readonly portal?: string;
  // Whose it is, by the account's reference, and the UUID of the request it corrects.
  // The draft it was made of is the one last named (Vault.draftOf).
  readonly account?: string;
  readonly corrects?: string;
  // ready (kept on the device) → sending → acknowledged (body: the verified receipt's JSON) | refused (body: the
  // problem document). Goes back to ready when the network failed.
  readonly onState?: (change: EntryChange) => void;
}

export interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string; // "/api/v1/oudon/sessions", with "?query" if there is one
  // 0 or absent: no body; else the plaintext is sealed like an envelope.
  readonly procedure?: number;
  readonly plaintext?: Uint8Array<ArrayBuffer> | string;
  readonly portalRevision?: string;
  // Whoever asked may hang up: then there is no answer (status 0).
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number; // 0: the network did not answer
  readonly body: string;
}

// Nothing could be sent or kept; `reason` says why.
export class VaultError extends Error {
  constructor(readonly reason: "no_secure_context" | "server_unreachable") {
    super(reason);
    this.name = "VaultError";
  }
}

export interface Vault {
  // Resolves with the envelope's id once it is sealed, signed and kept; rejects with a VaultError when that cannot be
  // done. What happens to it afterwards comes by onState and onChange.
  submit(submission: Submission): Promise<string>;
  // A signed call that is answered now or not at all (status 0). Never rejects for want of a network.
  call(call: Call): Promise<Answer>;
  // Begins to drain the outbox now and on every occasion. Also fetches what sealing needs, so that a later submit
  // works without a network.
  start(): void;
  // Stops listening; for tests.
  stop(): void;
  // Tries to send everything that waits, now.
  drain(): Promise<void>;
  // What is kept on this device.
  entries(): Promise<readonly EntrySummary[]>;
  // Takes a refused entry off the device, because the person said so.
  discard(id: string): Promise<void>;
  // Receipts of what was sent from here and that nobody has put away yet.
  receipts(): Promise<readonly KeptReceipt[]>;
  forgetReceipt(id: string): Promise<void>;
  // An envelope that waits, to be carried to another device: as a file's text, and as an address for a QR code when it
  // is small enough.
  carry(id: string): Promise<{ file: string; address: string | undefined } | undefined>;
  // Takes up what was carried here, a file's text or the address's #fragment: an envelope goes out with those of this
  // device, a receipt makes its envelope leave this one.
  takeIn(what: { file: string } | { hash: string; portal: string }): Promise<TakenIn>;
  // What is being filled in; nothing where nothing can be kept. `onElsewhere`: another tab has kept or wiped a draft.
  drafts(onElsewhere: (portal: string) => void): Drafts | undefined;
  // What of a family's space is kept for when there is no network, and what becomes of that.
  keeping(portal: string, what: Keeping): Promise<Kept>;
  // Whether an entry belongs to the account of this reference: told by nobody else.
  isOf(entry: Pick<EntrySummary, "id" | "of">, account: string): Promise<boolean>;
  // Where the draft is kept that what is submitted from now on was made of; whether an entry or a receipt was.
  draftOf(place: string): void;
  isFrom(what: { readonly id: string; readonly from?: string }, place: string): Promise<boolean>;
  // `heard`: what was kept here has been erased while this page was open. What waited has been put back by then.
  onErased(heard: () => void): void;
  // Unix seconds by the server's clock, as far as it is known; certain once the server has told the time in this visit.
  now(): number;
  isTimeCertain(): boolean;
}

// What the wizard wants of it (wasm-client/wizard/effect.h).
export interface Keeping {
  readonly act: "open" | "keep" | "seen" | "forget" | "leave" | "logged_in" | "choose_open" | "choose_ask" | "choose_nothing";
  readonly owner: string;
  readonly text: string;
  readonly at: number;
}

export type TakenIn =
  | { kind: "envelope"; id: string }
  | { kind: "receipt"; id: string }
  // Not ours; signed for another address; a receipt that is false or whose envelope is not here.
  | { kind: "not_understood" | "another_address" | "receipt_of_nothing" };

const API_LABEL = { label: "api", tag: "api-v1" } as const;
const ENVELOPE_LABEL = { label: "env", tag: "envelope-v1" } as const;
const CALL_TIMEOUT = 30_000; // the server holds a call for 25 s at most

export async function createVault(options: VaultOptions = {}): Promise<Vault> {
  const origin = options.origin ?? globalThis.location.origin;
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  const random = options.random ?? ((count: number) => crypto.getRandomValues(new Uint8Array(count)));
  const localNow = options.now ?? Date.now;
  const notify = (notice: Notice): void => options.onNotice?.(notice);
  // TypeScript believes it is always there; browsers leave it out where the page is not secure.
  const subtle = options.crypto ?? (globalThis.crypto as Crypto | undefined)?.subtle;
  if (!subtle) notify("no_secure_context");

  const clock = new ServerClock(localNow);
  const storage =
    options.storage ??
    (await openStorage(() => {
      notify("storage_unavailable");
    }));
  const stamper = options.stamper ?? workerStamper(options.stampWorkerUrl);
  const server = new ServerFacts({ origin, fetch: send, clock, storage });
  await server.recallClock();
  const listeners = new Map<string, (change: EntryChange) => void>();
  let draft = "";

  // Made when first needed, once: two keys made at the same time would be two devices.
  let key: Promise<DeviceKey> | undefined;
  const deviceKey = (): Promise<DeviceKey> => {
    if (!subtle) return Promise.reject(new VaultError("no_secure_context"));
    key ??= DeviceKey.open(subtle, storage, () => {
      notify("device_key_recreated");
    });
    key.catch(() => (key = undefined));
    return key;
  };

  const language = (): Fields => (options.language ? { "accept-language": options.language() } : {});

  const outbox = new Outbox({
    origin,
    storage,
    fetch: send,
    clock,
    random,
    locks: options.locks ?? browserLocks("foyer-outbox"),
    headers: () => ({ ...language(), ...(options.counter && { "foyer-counter": options.counter.ticket }) }),
    heard: (headers) => { options.counter?.heard(headers.get("foyer-counter") ?? ""); },
    verify: async (response) => {
      if (!subtle) return false;
      return server.verifyReceipt(subtle, response);
    },
    restamp: async (context, digest) => {
      const facts = await server.refresh();
      return facts ? `pow1:${await stamper(context, digest, facts.stampBits)}` : undefined;
    },
    onChange: (change) => {
      const own = listeners.get(change.id);
      own?.(change);
      if (change.state === "acknowledged" || change.state === "refused") listeners.delete(change.id);
      options.onChange?.(change, own !== undefined);
    },
  });

  async function sealed(
    facts: Server,
    device: DeviceKey,
    context: Uint8Array<ArrayBuffer>,
    procedure: number,
    plaintext: Uint8Array<ArrayBuffer> | string,
    revision: string,
  ): Promise<{ body: Uint8Array<ArrayBuffer>; fields: Fields }> {
    const body = await buildEnvelope({
      serverKeyId: facts.sealingKeyId,
      serverKey: facts.sealingKey,
      revision: fromHex(revision),
      procedure,
      context,
      deviceThumbprint: device.thumbprint,
      plaintext: typeof plaintext === "string" ? utf8(plaintext) : plaintext,
    });
    const digest = await sha256(device.subtle, body);
    const fields: Fields = { "content-digest": contentDigest(digest) };
    if (facts.stampBits > 0) fields["stamp"] = `pow1:${await stamper(context, digest, facts.stampBits)}`;
    return { body, fields };
  }

  async function submit(submission: Submission): Promise<string> {
    const device = await deviceKey();
    const facts = await server.get();
    if (!facts) throw new VaultError("server_unreachable");
    const id = newUuidV7(clock.nowMilliseconds(), random(10));
    const text = uuidText(id);
    const path = `/api/v1/envelopes/${text}`;
    const { body, fields } = await sealed(facts, device, id, submission.procedure, submission.plaintext, submission.portalRevision);
    const signed = await signRequest(device, {
      ...ENVELOPE_LABEL,
      method: "PUT",
      url: new URL(path, origin),
      fields: { ...fields, "content-type": "application/vnd.foyer.envelope", "device-key": `:${base64(device.publicKey)}:` },
      created: clock.now(),
    });
    listeners.set(text, submission.onState ?? ((): void => undefined));
    const of = submission.account ? await tag(text, submission.account) : "";
    const from = draft === "" ? "" : await tag(text, draft);
    await outbox.add({ id: text, path, headers: signed, body, portal: submission.portal ?? "", procedure: submission.procedure, of, corrects: submission.corrects ?? "", from });
    void outbox.drain();
    return text;
  }

  // The same account's envelopes have nothing in common for whoever does not know its reference.
  async function tag(id: string, secret: string): Promise<string> {
    return subtle ? base64((await sha256(subtle, utf8(`${id} ${secret}`))).subarray(0, 12)) : "";
  }

  const homes =
    subtle && storage.homes
      ? new Homes({
          storage: storage.homes,
          subtle,
          random,
          now: () => clock.nowMilliseconds(),
          isCertain: () => clock.isCertain(),
          isShared: async () => (await storage.drafts?.draftChoice()) === "nothing",
          onFull: () => { notify("storage_unavailable"); },
        })
      : undefined;

  async function keeping(portal: string, { act, owner, text, at }: Keeping): Promise<Kept> {
    const nothing: Kept = { state: "nothing", choice: "impossible" };
    if (!homes) return nothing;
    switch (act) {
      case "open":
        return homes.open(portal, text);
      case "logged_in":
        return homes.loggedIn(portal, owner, text);
      case "choose_open":
        return homes.choose(portal, owner, "open");
      case "choose_ask":
        return homes.choose(portal, owner, "ask");
      case "choose_nothing":
        return homes.choose(portal, owner, "nothing");
      case "keep":
        await homes.keep(portal, owner, text, at);
        return nothing;
      case "seen":
        await homes.seen(portal, owner, at);
        return nothing;
      case "leave":
        await storage.homes?.keepLeaving([...new Set([...(await storage.homes.leaving()), portal])]).catch(() => undefined);
        await homes.forget(portal);
        return nothing;
      case "forget":
        await homes.forget(portal);
        return nothing;
    }
  }

  // Who has left this device without a network is logged out at the town when it can be told; what waited to be sent goes
  // first.
  async function tellLeaving(): Promise<void> {
    const portals = (await storage.homes?.leaving().catch(() => [])) ?? [];
    if (portals.length === 0) return;
    await outbox.drain();
    for (const portal of portals) {
      // Somebody may have logged in again in the meantime.
      if (!(await storage.homes?.leaving())?.includes(portal)) continue;
      const { status } = await callOnce({ method: "DELETE", path: `/api/v1/${portal}/sessions` });
      if (status === 204 || status === 401) await hasLeft(portal);
    }
  }

  async function hasLeft(portal: string): Promise<void> {
    const { homes: place } = storage;
    const left = (await place?.leaving().catch(() => [])) ?? [];
    if (left.includes(portal)) await place?.keepLeaving(left.filter((each) => each !== portal));
  }
  const onOnline = (): void => void tellLeaving().catch(() => undefined);

  async function callOnce(call: Call): Promise<Answer & { clockWrong: boolean; keyUnknown: boolean }> {
    const device = await deviceKey();
    const nonce = random(16);
    const url = new URL(call.path, origin);
    let body: Uint8Array<ArrayBuffer> | undefined;
    let fields: Fields = { "device-key": `:${base64(device.publicKey)}:` };
    if (call.procedure && call.plaintext !== undefined) {
      const facts = await server.get();
      if (!facts) return { status: 0, body: "", clockWrong: false, keyUnknown: false };
      const made = await sealed(facts, device, nonce, call.procedure, call.plaintext, call.portalRevision ?? "00".repeat(16));
      body = made.body;
      fields = { ...fields, ...made.fields, "content-type": "application/vnd.foyer.sealed" };
    }
    const signed = await signRequest(device, { ...API_LABEL, method: call.method, url, fields, created: clock.now(), nonce });
    const patience = hangUpAfter(CALL_TIMEOUT, call.signal);
    try {
      const response = await send(url, {
        method: call.method,
        headers: { ...signed, ...language(), accept: "application/json" },
        ...(body ? { body } : {}),
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        signal: patience.signal,
      });
      clock.learn(response.headers.get("date"));
      const text = await response.text();
      const code = problemCode(response, text);
      return { status: response.status, body: text, clockWrong: code === "clock", keyUnknown: code === "sealing_key_unknown" || code === "stamp_too_cheap" };
    } catch {
      return { status: 0, body: "", clockWrong: false, keyUnknown: false };
    } finally {
      patience.done();
    }
  }

  return {
    submit,
    async call(call) {
      let answer = await callOnce(call);
      // The server's Date has set the clock, or its new key or price is known now: once more, with a new nonce.
      if (answer.keyUnknown) await server.refresh();
      if (answer.clockWrong || answer.keyUnknown) answer = await callOnce(call);
      // Somebody has logged in: what waited for that may go.
      if (answer.status === 201 && call.path.endsWith("/sessions")) {
        await hasLeft(call.path.split("/").at(-2) ?? "").catch(() => undefined);
        void outbox.drain();
      }
      return { status: answer.status, body: answer.body };
    },
    start() {
      outbox.start();
      void server.refresh();
      // Making the key takes a moment on an old phone: not at the last press of a button.
      if (subtle) deviceKey().catch(() => undefined);
      onOnline();
      (globalThis as Partial<EventTarget>).addEventListener?.("online", onOnline);
    },
    stop() {
      (globalThis as Partial<EventTarget>).removeEventListener?.("online", onOnline);
      outbox.stop();
    },
    drain: () => outbox.drain(),
    entries: () => outbox.entries(),
    discard: (id) => outbox.discard(id),
    receipts: () => outbox.receipts(),
    forgetReceipt: (id) => outbox.forgetReceipt(id),
    async carry(id) {
      const entry = await outbox.entry(id);
      return entry && { file: envelopeFile(entry, origin), address: envelopeAddress(entry, origin) };
    },
    async takeIn(what) {
      if (!subtle) return { kind: "not_understood" };
      let carried: Carried | undefined;
      if ("file" in what) {
        const receipt = readReceiptFile(what.file);
        if (receipt) return { kind: (await outbox.accept(receipt.id, receipt)) ? "receipt" : "receipt_of_nothing", id: receipt.id };
        const read = readEnvelopeFile(what.file, origin);
        if (read === "another_address") return { kind: "another_address" };
        if (read !== "not_an_envelope") carried = read;
      } else carried = await readEnvelopeAddress(what.hash, what.portal, subtle);
      if (!carried) return { kind: "not_understood" };
      // A stamp is searched again only if the town asks for it; nothing else is made here.
      if (!(await outbox.entry(carried.id))) await outbox.add(carried);
      void outbox.drain();
      return { kind: "envelope", id: carried.id };
    },
    drafts(onElsewhere) {
      if (!subtle || !storage.drafts) return undefined;
      const channel = typeof BroadcastChannel === "undefined" ? {} : { channel: new BroadcastChannel("foyer-drafts") };
      return new Drafts({ storage: storage.drafts, subtle, random, now: () => clock.nowMilliseconds(), isCertain: () => clock.isCertain(), onElsewhere, onNothing: async () => homes?.wipe(), ...channel });
    },
    keeping,
    isOf: async (entry, account) => account !== "" && entry.of !== "" && entry.of === (await tag(entry.id, account)),
    draftOf(place) {
      draft = place;
    },
    isFrom: async ({ id, from = "" }, place) => from !== "" && from === (await tag(id, place)),
    onErased(heard) {
      storage.onErased?.(() => {
        void outbox.drain();
        heard();
      });
    },
    now: () => clock.now(),
    isTimeCertain: () => clock.isCertain(),
  };
}

function problemCode(response: Response, body: string): string {
  if (!(response.headers.get("content-type") ?? "").startsWith("application/problem+json")) return "";
  try {
    const problem: unknown = JSON.parse(body);
    const code: unknown = typeof problem === "object" && problem !== null && "code" in problem ? problem.code : "";
    return typeof code === "string" ? code : "";
  } catch {
    return "";
  }
}

