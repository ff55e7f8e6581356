// What the vault keeps on the device: the key, what the server last said, and sealed envelopes. Never a plaintext.
import type { Entry } from "../outbox/outbox.ts";
import type { DraftChoice, DraftStorage, KeptDraft } from "./drafts.ts";
import type { HomeStorage, KeptHome } from "./homes.ts";

// What is left of an envelope when the town has it: the receipt's JSON, which names nobody.
export interface KeptReceipt {
  readonly id: string;
  readonly receipt: string;
  // What proves it, so that it can be carried back to the device that made the envelope (outbox/carry.ts).
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly corrects?: string; // the UUID of the request it corrects
  readonly from?: string; // the draft it was made of (Vault.isFrom)
  // By the server's clock, as far as it was known, in milliseconds: when the envelope was made, when the receipt was verified.
  readonly madeAt: number;
  readonly at: number;
}

export interface VaultStorage {
  // Where drafts are kept; nothing where nothing would survive.
  readonly drafts?: DraftStorage | undefined;
  readonly homes?: HomeStorage | undefined;

  readDeviceKey(): Promise<CryptoKeyPair | undefined>;
  // Keeps this pair unless another than `instead` is already there; gives the one that is there now.
  keepDeviceKey(pair: CryptoKeyPair, instead: CryptoKeyPair | undefined): Promise<CryptoKeyPair>;
  // Whether this browser once had a key, told from a place that is cleared separately.
  hadDeviceKey(): boolean;
  rememberDeviceKey(): void;

  readServer(): Promise<string | undefined>;
  keepServer(json: string): Promise<void>;

  // Resolves when the entry would survive a power cut, as far as the browser can promise that.
  putEntry(entry: Entry): Promise<void>;
  entries(): Promise<Entry[]>;
  deleteEntry(id: string): Promise<void>;
  // Puts the receipt in the entry's place, both or neither.
  acknowledgeEntry(receipt: KeptReceipt): Promise<void>;
  receipts(): Promise<KeptReceipt[]>;
  forgetReceipt(id: string): Promise<void>;

  // Whether an entry is in this page's memory and nowhere else.
  isHeld?(id: string): boolean;
  // `heard`: what was kept here has been erased while this page was open, by the person or by the browser.
  onErased?(heard: () => void): void;
}

// Nothing survives closing the page.
export class MemoryStorage implements VaultStorage {
  #key: CryptoKeyPair | undefined;
  #server: string | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #receipts = new Map<string, KeptReceipt>();

  readDeviceKey(): Promise<CryptoKeyPair | undefined> {
    return Promise.resolve(this.#key);
  }
  keepDeviceKey(pair: CryptoKeyPair, instead: CryptoKeyPair | undefined): Promise<CryptoKeyPair> {
    if (!this.#key || this.#key === instead) this.#key = pair;
    return Promise.resolve(this.#key);
  }
  hadDeviceKey(): boolean {
    return false;
  }
  rememberDeviceKey(): void {
    // There is nowhere to.
  }
  readServer(): Promise<string | undefined> {
    return Promise.resolve(this.#server);
  }
  keepServer(json: string): Promise<void> {
    this.#server = json;
    return Promise.resolve();
  }
  putEntry(entry: Entry): Promise<void> {
    this.#entries.set(entry.id, { ...entry });
    return Promise.resolve();
  }
  entries(): Promise<Entry[]> {
    return Promise.resolve([...this.#entries.values()].map((entry) => ({ ...entry })));
  }
  deleteEntry(id: string): Promise<void> {
    this.#entries.delete(id);
    return Promise.resolve();
  }
  acknowledgeEntry(receipt: KeptReceipt): Promise<void> {
    this.#entries.delete(receipt.id);
    this.#receipts.set(receipt.id, receipt);
    return Promise.resolve();
  }
  receipts(): Promise<KeptReceipt[]> {
    return Promise.resolve([...this.#receipts.values()]);
  }
  forgetReceipt(id: string): Promise<void> {
    this.#receipts.delete(id);
    return Promise.resolve();
  }
  isHeld(id: string): boolean {
    return this.#entries.has(id);
  }
}

// A storage that may stop working in the middle of a visit (a full disk, a browser that takes it away): what cannot be
// kept any more is held in memory, so that it is at least sent, and `onLost` says so once. What is erased under an open
// page is put back from what the page has seen of it: sealed envelopes, and receipts that nobody has read yet.
export class CarefulStorage implements VaultStorage {
  readonly drafts: DraftStorage | undefined;
  readonly homes: HomeStorage | undefined;
  readonly #kept: VaultStorage;
  readonly #held = new MemoryStorage();
  readonly #onLost: () => void;
  // As last seen on the disk; `writes` tells a list that was read before the last change from one that was read after it.
  readonly #entries = new Map<string, Entry>();
  readonly #receipts = new Map<string, KeptReceipt>();
  #writes = 0;
  #server: string | undefined;
  #lost = false;

  constructor(kept: VaultStorage, onLost: () => void) {
    this.#kept = kept;
    this.drafts = kept.drafts;
    this.homes = kept.homes;
    this.#onLost = onLost;
  }

  readDeviceKey(): Promise<CryptoKeyPair | undefined> {
    return this.#either((storage) => storage.readDeviceKey());
  }
  keepDeviceKey(pair: CryptoKeyPair, instead: CryptoKeyPair | undefined): Promise<CryptoKeyPair> {
    return this.#either((storage) => storage.keepDeviceKey(pair, instead));
  }
  hadDeviceKey(): boolean {
    return this.#kept.hadDeviceKey();
  }
  rememberDeviceKey(): void {
    this.#kept.rememberDeviceKey();
  }
  async readServer(): Promise<string | undefined> {
    const json = await this.#either((storage) => storage.readServer());
    this.#server = json ?? this.#server;
    return json;
  }
  keepServer(json: string): Promise<void> {
    this.#server = json;
    return this.#either((storage) => storage.keepServer(json));
  }
  async putEntry(entry: Entry): Promise<void> {
    try {
      await this.#kept.putEntry(entry);
      this.#writes += 1;
      this.#entries.set(entry.id, entry);
      // There was no room before, and there is now.
      await this.#held.deleteEntry(entry.id);
    } catch {
      await this.#held.putEntry(entry);
      this.#tellLost();
    }
  }
  async entries(): Promise<Entry[]> {
    const { writes, kept } = await this.#read((storage) => storage.entries());
    if (kept && writes === this.#writes) renew(this.#entries, kept);
    const held = await this.#held.entries();
    // The held one is the newer: it was changed when it could not be kept.
    return [...(kept ?? []).filter((entry) => !held.some(({ id }) => id === entry.id)), ...held];
  }
  async deleteEntry(id: string): Promise<void> {
    this.#writes += 1;
    this.#entries.delete(id);
    await this.#held.deleteEntry(id);
    // One that cannot be deleted is sent again some day and answered with the same receipt.
    await this.#kept.deleteEntry(id).catch(() => undefined);
  }
  async acknowledgeEntry(receipt: KeptReceipt): Promise<void> {
    try {
      await this.#kept.acknowledgeEntry(receipt);
      this.#writes += 1;
      this.#receipts.set(receipt.id, receipt);
      await this.#held.deleteEntry(receipt.id);
    } catch {
      await this.#held.acknowledgeEntry(receipt);
    }
    this.#entries.delete(receipt.id);
  }
  async receipts(): Promise<KeptReceipt[]> {
    const { writes, kept } = await this.#read((storage) => storage.receipts());
    if (kept && writes === this.#writes) renew(this.#receipts, kept);
    return [...(kept ?? []), ...(await this.#held.receipts())];
  }
  async forgetReceipt(id: string): Promise<void> {
    this.#writes += 1;
    this.#receipts.delete(id);
    await this.#held.forgetReceipt(id);
    await this.#kept.forgetReceipt(id).catch(() => undefined);
  }

  isHeld(id: string): boolean {
    return this.#held.isHeld(id);
  }
  onErased(heard: () => void): void {
    this.#kept.onErased?.(() => void this.#putBack().then(heard));
  }

  async #read<T>(work: (storage: VaultStorage) => Promise<T>): Promise<{ writes: number; kept: T | undefined }> {
    const writes = this.#writes;
    return { writes, kept: await work(this.#kept).catch(() => undefined) };
  }

  async #putBack(): Promise<void> {
    const [entries, receipts, server] = [[...this.#entries.values()], [...this.#receipts.values()], this.#server];
    if (server !== undefined) await this.keepServer(server);
    for (const entry of entries) await this.putEntry(entry);
    for (const receipt of receipts) await this.acknowledgeEntry(receipt);
  }

  #tellLost(): void {
    if (!this.#lost) this.#onLost();
    this.#lost = true;
  }

  async #either<T>(work: (storage: VaultStorage) => Promise<T>): Promise<T> {
    try {
      return await work(this.#kept);
    } catch {
      this.#tellLost();
      return work(this.#held);
    }
  }
}

function renew<T extends { readonly id: string }>(known: Map<string, T>, now: readonly T[]): void {
  known.clear();
  for (const each of now) known.set(each.id, each);
}

const DATABASE = "foyer-vault";
const FACTS = "facts";
const ENTRIES = "entries";
const RECEIPTS = "receipts";
const DRAFTS = "drafts";
const HOMES = "homes";
// Each with where its records have their key; whoever adds one adds it at the end. No other change is ever made.
const STORES: readonly (readonly [name: string, options: IDBObjectStoreParameters])[] = [
  [FACTS, {}],
  [ENTRIES, { keyPath: "id" }],
  [RECEIPTS, { keyPath: "id" }],
  [DRAFTS, { keyPath: "portal" }],
  [HOMES, { keyPath: "portal" }],
];
const DRAFT_KEY = "draft-key";
const DRAFT_CHOICE = "draft-choice";
const HOME_KEY = "home-key";
const LEAVING = "leaving";
const DEVICE_KEY = "device-key";
const SERVER = "server";
const BORN = "born"; // tells this database from one that was made in its place
const MARK = "foyer-device";
const FIRST_LOOK = 100;
const LAST_LOOK = 60_000;

// The browser's database, or memory (and `onFallback`) where there is none that works.
export async function openStorage(onFallback: () => void): Promise<VaultStorage> {
  try {
    const storage = new DatabaseStorage();
    await storage.readServer();
    return new CarefulStorage(storage, onFallback);
  } catch {
    onFallback();
    return new MemoryStorage();
  }
}

export class DatabaseStorage implements VaultStorage, DraftStorage, HomeStorage {
  readonly drafts: DraftStorage = this;
  readonly homes: HomeStorage = this;
  #connection: Promise<IDBDatabase> | undefined;
  #born: string | undefined;
  #erased = false;
  #heard: (() => void) | undefined;

  onErased(heard: () => void): void {
    this.#heard = heard;
    this.#tellErased();
  }

  #tellErased(): void {
    if (!this.#erased || !this.#heard) return;
    this.#erased = false;
    this.#heard();
  }

  async readDeviceKey(): Promise<CryptoKeyPair | undefined> {
    return (await this.#one(FACTS, "readonly", (store) => store.get(DEVICE_KEY))) as CryptoKeyPair | undefined;
  }

  async keepDeviceKey(pair: CryptoKeyPair, instead: CryptoKeyPair | undefined): Promise<CryptoKeyPair> {
    // add() fails when a key is there, and is atomic between tabs; only a key known to be useless is replaced.
    if (instead) await this.#one(FACTS, "readwrite", (store) => store.put(pair, DEVICE_KEY));
    else {
      try {
        await this.#one(FACTS, "readwrite", (store) => store.add(pair, DEVICE_KEY));
      } catch (error) {
        if (!(error instanceof DOMException && error.name === "ConstraintError")) throw error;
      }
    }
    return (await this.readDeviceKey()) ?? pair;
  }

  hadDeviceKey(): boolean {
    try {
      return (marks()?.getItem(MARK) ?? null) !== null;
    } catch {
      return false;
    }
  }

  rememberDeviceKey(): void {
    try {
      marks()?.setItem(MARK, "1");
    } catch {
      // Then a lost key will not be noticed; nothing else depends on it.
    }
  }

  async readServer(): Promise<string | undefined> {
    return (await this.#one(FACTS, "readonly", (store) => store.get(SERVER))) as string | undefined;
  }

  async keepServer(json: string): Promise<void> {
    await this.#one(FACTS, "readwrite", (store) => store.put(json, SERVER));
  }

  async putEntry(entry: Entry): Promise<void> {
    await this.#one(ENTRIES, "readwrite", (store) => store.put(entry));
  }

  async entries(): Promise<Entry[]> {
    return (await this.#one(ENTRIES, "readonly", (store) => store.getAll())) as Entry[];
  }

  async deleteEntry(id: string): Promise<void> {
    await this.#one(ENTRIES, "readwrite", (store) => store.delete(id));
  }

  async acknowledgeEntry(receipt: KeptReceipt): Promise<void> {
    await this.#run([ENTRIES, RECEIPTS], "readwrite", (transaction) => {
      transaction.objectStore(ENTRIES).delete(receipt.id);
      return transaction.objectStore(RECEIPTS).put(receipt);
    });
  }

  async receipts(): Promise<KeptReceipt[]> {
    return (await this.#one(RECEIPTS, "readonly", (store) => store.getAll())) as KeptReceipt[];
  }

  async forgetReceipt(id: string): Promise<void> {
    await this.#one(RECEIPTS, "readwrite", (store) => store.delete(id));
  }

  readDraftKey(): Promise<CryptoKey | undefined> {
    return this.#key(DRAFT_KEY);
  }
  keepDraftKey(key: CryptoKey): Promise<CryptoKey> {
    return this.#keepKey(DRAFT_KEY, key);
  }
  readHomeKey(): Promise<CryptoKey | undefined> {
    return this.#key(HOME_KEY);
  }
  keepHomeKey(key: CryptoKey): Promise<CryptoKey> {
    return this.#keepKey(HOME_KEY, key);
  }

  async #key(name: string): Promise<CryptoKey | undefined> {
    return (await this.#one(FACTS, "readonly", (store) => store.get(name))) as CryptoKey | undefined;
  }

  async #keepKey(name: string, key: CryptoKey): Promise<CryptoKey> {
    try {
      await this.#one(FACTS, "readwrite", (store) => store.add(key, name));
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "ConstraintError")) throw error;
    }
    return (await this.#key(name)) ?? key;
  }

  async home(portal: string): Promise<KeptHome | undefined> {
    return (await this.#one(HOMES, "readonly", (store) => store.get(portal))) as KeptHome | undefined;
  }

  async putHome(record: KeptHome, epoch: string): Promise<boolean> {
    const kept = { done: false };
    await this.#run([HOMES], "readwrite", (transaction) => {
      const store = transaction.objectStore(HOMES);
      const asked = store.get(record.portal) as IDBRequest<KeptHome | undefined>;
      asked.onsuccess = (): void => {
        kept.done = (asked.result?.epoch ?? "") === epoch;
        if (kept.done) store.put(record);
      };
      return asked;
    });
    return kept.done;
  }

  async deleteHome(portal: string): Promise<void> {
    await this.#one(HOMES, "readwrite", (store) => store.delete(portal));
  }

  async wipeHomes(): Promise<void> {
    await this.#run([HOMES, FACTS], "readwrite", (transaction) => {
      transaction.objectStore(HOMES).clear();
      return transaction.objectStore(FACTS).delete(HOME_KEY);
    });
  }

  async leaving(): Promise<readonly string[]> {
    const portals: unknown = await this.#one(FACTS, "readonly", (store) => store.get(LEAVING) as IDBRequest<unknown>);
    return Array.isArray(portals) ? portals.filter((portal): portal is string => typeof portal === "string") : [];
  }

  async keepLeaving(portals: readonly string[]): Promise<void> {
    await this.#one(FACTS, "readwrite", (store) => store.put(portals, LEAVING));
  }

  async putDraft(draft: KeptDraft): Promise<void> {
    await this.#one(DRAFTS, "readwrite", (store) => store.put(draft));
  }

  async allDrafts(): Promise<KeptDraft[]> {
    return (await this.#one(DRAFTS, "readonly", (store) => store.getAll())) as KeptDraft[];
  }

  async deleteDraft(portal: string): Promise<void> {
    await this.#one(DRAFTS, "readwrite", (store) => store.delete(portal));
  }

  async wipeDrafts(): Promise<void> {
    await this.#run([DRAFTS, FACTS], "readwrite", (transaction) => {
      transaction.objectStore(DRAFTS).clear();
      return transaction.objectStore(FACTS).delete(DRAFT_KEY);
    });
  }

  async draftChoice(): Promise<DraftChoice> {
    const choice: unknown = await this.#one(FACTS, "readonly", (store) => store.get(DRAFT_CHOICE) as IDBRequest<unknown>);
    return choice === "keep" || choice === "nothing" ? choice : undefined;
  }

  async keepDraftChoice(choice: "keep" | "nothing"): Promise<void> {
    await this.#one(FACTS, "readwrite", (store) => store.put(choice, DRAFT_CHOICE));
  }

  #one<T>(store: string, mode: IDBTransactionMode, request: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return this.#run([store], mode, (transaction) => request(transaction.objectStore(store)));
  }

  // Requests in a transaction of their own; resolves when it is complete. A connection that was lost (the browser closes
  // them in the background) is opened again once.
  async #run<T>(stores: string[], mode: IDBTransactionMode, request: (transaction: IDBTransaction) => IDBRequest<T>): Promise<T> {
    const connection = await this.#connect();
    let transaction: IDBTransaction;
    try {
      transaction = connection.transaction(stores, mode, { durability: "strict" });
    } catch {
      this.#connection = undefined;
      transaction = (await this.#connect()).transaction(stores, mode, { durability: "strict" });
    }
    return new Promise<T>((resolve, reject) => {
      const asked = request(transaction);
      transaction.oncomplete = (): void => {
        resolve(asked.result);
      };
      transaction.onabort = (): void => {
        reject(transaction.error ?? new DOMException("aborted", "AbortError"));
      };
    });
  }

  #connect(): Promise<IDBDatabase> {
    this.#connection ??= this.#open().catch((error: unknown) => {
      this.#connection = undefined;
      throw error;
    });
    return this.#connection;
  }

  // Whatever version is there is good when it has our stores: a newer page, or an older one, may be open in another tab,
  // and each only adds. Without a version a new database is made, and one that exists is opened as it is.
  async #open(): Promise<IDBDatabase> {
    let connection = await this.#opened(undefined);
    while (STORES.some(([name]) => !connection.objectStoreNames.contains(name))) {
      const { version } = connection;
      connection.close();
      connection = await this.#opened(version + 1).catch(async (error: unknown) => {
        // Another tab was quicker.
        if (error instanceof DOMException && error.name === "VersionError") return this.#opened(undefined);
        throw error;
      });
    }
    const born = await birthOf(connection);
    connection.onversionchange = (event): void => {
      connection.close();
      this.#connection = undefined;
      // It is being deleted. What is asked for now is answered by whatever comes after it.
      if (event.newVersion === null) this.#look();
    };
    connection.onclose = (): void => {
      this.#connection = undefined;
      this.#look();
    };
    if (this.#born !== undefined && born !== undefined && this.#born !== born) this.#erased = true;
    this.#born = born ?? this.#born;
    // Before anybody uses this connection, and not before they can.
    queueMicrotask(() => { this.#tellErased(); });
    return connection;
  }

  // Whether it is still the same database; where nobody listens, the next one to use it will see. A browser that is still
  // erasing opens none.
  #look(wait = FIRST_LOOK): void {
    if (!this.#heard || wait > LAST_LOOK) return;
    this.#connect().catch(() => setTimeout(() => { this.#look(4 * wait); }, wait));
  }

  #opened(version: number | undefined): Promise<IDBDatabase> {
    return new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(DATABASE, version);
      opening.onupgradeneeded = (): void => {
        const names = opening.result.objectStoreNames;
        for (const [name, options] of STORES) if (!names.contains(name)) opening.result.createObjectStore(name, options);
      };
      opening.onsuccess = (): void => {
        resolve(opening.result);
      };
      opening.onerror = (): void => {
        reject(opening.error ?? new DOMException("cannot open", "UnknownError"));
      };
    });
  }
}

// Of two pages that find none, one makes it; nothing where it could not be written.
function birthOf(connection: IDBDatabase): Promise<string | undefined> {
  return new Promise((resolve) => {
    const transaction = connection.transaction([FACTS], "readwrite");
    const store = transaction.objectStore(FACTS);
    const found = { born: "" };
    const asked = store.get(BORN) as IDBRequest<unknown>;
    asked.onsuccess = (): void => {
      found.born = typeof asked.result === "string" ? asked.result : [...crypto.getRandomValues(new Uint8Array(8))].join(".");
      if (asked.result === undefined) store.put(found.born, BORN);
    };
    transaction.oncomplete = (): void => {
      resolve(found.born);
    };
    transaction.onabort = (): void => {
      resolve(undefined);
    };
  });
}

// Where it is remembered that there was a key; a worker has no such place.
function marks(): { getItem(key: string): string | null; setItem(key: string, value: string): void } | undefined {
  return (globalThis as { localStorage?: ReturnType<typeof marks> }).localStorage;
}
