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
}

// A storage that may stop working in the middle of a visit (a full disk, a browser that takes it away): what cannot be
// kept any more is held in memory, so that it is at least sent, and `onLost` says so once.
export class CarefulStorage implements VaultStorage {
  readonly drafts: DraftStorage | undefined;
  readonly homes: HomeStorage | undefined;
  readonly #kept: VaultStorage;
  readonly #held = new MemoryStorage();
  readonly #onLost: () => void;
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
  readServer(): Promise<string | undefined> {
    return this.#either((storage) => storage.readServer());
  }
  keepServer(json: string): Promise<void> {
    return this.#either((storage) => storage.keepServer(json));
  }
  putEntry(entry: Entry): Promise<void> {
    return this.#either((storage) => storage.putEntry(entry));
  }
  async entries(): Promise<Entry[]> {
    const held = await this.#held.entries();
    const kept = await this.#kept.entries().catch(() => []);
    // The held one is the newer: it was changed when it could not be kept.
    return [...kept.filter((entry) => !held.some(({ id }) => id === entry.id)), ...held];
  }
  async deleteEntry(id: string): Promise<void> {
    await this.#held.deleteEntry(id);
    // One that cannot be deleted is sent again some day and answered with the same receipt.
    await this.#kept.deleteEntry(id).catch(() => undefined);
  }
  async acknowledgeEntry(receipt: KeptReceipt): Promise<void> {
    await this.#held.deleteEntry(receipt.id);
    await this.#kept.acknowledgeEntry(receipt).catch(() => this.#held.acknowledgeEntry(receipt));
  }
  async receipts(): Promise<KeptReceipt[]> {
    return [...(await this.#kept.receipts().catch(() => [])), ...(await this.#held.receipts())];
  }
  async forgetReceipt(id: string): Promise<void> {
    await this.#held.forgetReceipt(id);
    await this.#kept.forgetReceipt(id).catch(() => undefined);
  }

  async #either<T>(work: (storage: VaultStorage) => Promise<T>): Promise<T> {
    try {
      return await work(this.#kept);
    } catch {
      if (!this.#lost) this.#onLost();
      this.#lost = true;
      return work(this.#held);
    }
  }
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
const MARK = "foyer-device";

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
    connection.onversionchange = (): void => {
      connection.close();
      this.#connection = undefined;
    };
    connection.onclose = (): void => {
      this.#connection = undefined;
    };
    return connection;
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

// Where it is remembered that there was a key; a worker has no such place.
function marks(): { getItem(key: string): string | null; setItem(key: string, value: string): void } | undefined {
  return (globalThis as { localStorage?: ReturnType<typeof marks> }).localStorage;
}
