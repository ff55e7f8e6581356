// What the vault keeps on the device: the key, what the server last said, and sealed envelopes. Never a plaintext.
import type { Entry } from "../outbox/outbox.ts";

export interface VaultStorage {
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
}

// Nothing survives closing the page.
export class MemoryStorage implements VaultStorage {
  #key: CryptoKeyPair | undefined;
  #server: string | undefined;
  readonly #entries = new Map<string, Entry>();

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
}

// A storage that may stop working in the middle of a visit (a full disk, a browser that takes it away): what cannot be
// kept any more is held in memory, so that it is at least sent, and `onLost` says so once.
export class CarefulStorage implements VaultStorage {
  readonly #kept: VaultStorage;
  readonly #held = new MemoryStorage();
  readonly #onLost: () => void;
  #lost = false;

  constructor(kept: VaultStorage, onLost: () => void) {
    this.#kept = kept;
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
const VERSION = 1;
const FACTS = "facts";
const ENTRIES = "entries";
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

export class DatabaseStorage implements VaultStorage {
  #connection: Promise<IDBDatabase> | undefined;

  async readDeviceKey(): Promise<CryptoKeyPair | undefined> {
    return (await this.#run(FACTS, "readonly", (store) => store.get(DEVICE_KEY))) as CryptoKeyPair | undefined;
  }

  async keepDeviceKey(pair: CryptoKeyPair, instead: CryptoKeyPair | undefined): Promise<CryptoKeyPair> {
    // add() fails when a key is there, and is atomic between tabs; only a key known to be useless is replaced.
    if (instead) await this.#run(FACTS, "readwrite", (store) => store.put(pair, DEVICE_KEY));
    else {
      try {
        await this.#run(FACTS, "readwrite", (store) => store.add(pair, DEVICE_KEY));
      } catch (error) {
        if (!(error instanceof DOMException && error.name === "ConstraintError")) throw error;
      }
    }
    return (await this.readDeviceKey()) ?? pair;
  }

  hadDeviceKey(): boolean {
    try {
      return localStorage.getItem(MARK) !== null;
    } catch {
      return false;
    }
  }

  rememberDeviceKey(): void {
    try {
      localStorage.setItem(MARK, "1");
    } catch {
      // Then a lost key will not be noticed; nothing else depends on it.
    }
  }

  async readServer(): Promise<string | undefined> {
    return (await this.#run(FACTS, "readonly", (store) => store.get(SERVER))) as string | undefined;
  }

  async keepServer(json: string): Promise<void> {
    await this.#run(FACTS, "readwrite", (store) => store.put(json, SERVER));
  }

  async putEntry(entry: Entry): Promise<void> {
    await this.#run(ENTRIES, "readwrite", (store) => store.put(entry));
  }

  async entries(): Promise<Entry[]> {
    return (await this.#run(ENTRIES, "readonly", (store) => store.getAll())) as Entry[];
  }

  async deleteEntry(id: string): Promise<void> {
    await this.#run(ENTRIES, "readwrite", (store) => store.delete(id));
  }

  // One request in a transaction of its own; resolves when the transaction is complete. A connection that was lost (the
  // browser closes them in the background) is opened again once.
  async #run<T>(store: string, mode: IDBTransactionMode, request: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const connection = await this.#connect();
    let transaction: IDBTransaction;
    try {
      transaction = connection.transaction(store, mode, { durability: "strict" });
    } catch {
      this.#connection = undefined;
      transaction = (await this.#connect()).transaction(store, mode, { durability: "strict" });
    }
    return new Promise<T>((resolve, reject) => {
      const asked = request(transaction.objectStore(store));
      transaction.oncomplete = (): void => {
        resolve(asked.result);
      };
      transaction.onabort = (): void => {
        reject(transaction.error ?? new DOMException("aborted", "AbortError"));
      };
    });
  }

  #connect(): Promise<IDBDatabase> {
    this.#connection ??= new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(DATABASE, VERSION);
      // Upgrades only add: an older page may still be open in another tab.
      opening.onupgradeneeded = (): void => {
        const names = opening.result.objectStoreNames;
        if (!names.contains(FACTS)) opening.result.createObjectStore(FACTS);
        if (!names.contains(ENTRIES)) opening.result.createObjectStore(ENTRIES, { keyPath: "id" });
      };
      opening.onsuccess = (): void => {
        const connection = opening.result;
        connection.onversionchange = (): void => {
          connection.close();
          this.#connection = undefined;
        };
        connection.onclose = (): void => {
          this.#connection = undefined;
        };
        resolve(connection);
      };
      opening.onerror = (): void => {
        this.#connection = undefined;
        reject(opening.error ?? new DOMException("cannot open", "UnknownError"));
      };
    });
    return this.#connection;
  }
}
