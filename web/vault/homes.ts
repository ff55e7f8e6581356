// What the town last said of a family, kept so that its pages open without a network: for each town one record, encrypted
// by a key that no script can read, and where the person wants that by one that only the password opens.
//
// The password's key wraps the record's (PBKDF2, docs/decisions/0010-offline-password.md): without it there is nothing
// to compare with and nothing to read. What it protects from, and what not, is in docs/threat-model.md.
import { base64, fromBase64, utf8, type Bytes } from "./bytes.ts";

// The person's, on this device; "impossible": nothing can be kept here.
export type HomeChoice = "impossible" | "unasked" | "open" | "ask" | "nothing";

// As the wizard is answered (wasm-client/wizard/action.h, Kept).
export interface Kept {
  readonly state: "nothing" | "open" | "locked" | "wrong" | "lost";
  readonly choice: HomeChoice;
  readonly text?: string;
  readonly at?: number; // Unix seconds: when the town said it
  readonly seconds?: number; // until the next password is looked at
  readonly knows_password?: boolean;
}

interface Sealed {
  readonly iv: Bytes;
  readonly sealed: Bytes;
}

// As it is kept. `epoch` changes with every choice and every password: who holds an older one keeps nothing.
export interface KeptHome {
  readonly portal: string;
  readonly epoch: string;
  readonly savedAt: number; // milliseconds
  readonly meta: Sealed;
  readonly body?: Sealed | undefined;
}

export interface HomeStorage {
  readHomeKey(): Promise<CryptoKey | undefined>;
  // Keeps this key unless another is already there; gives the one that is there now.
  keepHomeKey(key: CryptoKey): Promise<CryptoKey>;
  home(portal: string): Promise<KeptHome | undefined>;
  // Takes the place of what is of that epoch ("": of nothing), and of nothing else. False: something else is there.
  putHome(record: KeptHome, epoch: string): Promise<boolean>;
  deleteHome(portal: string): Promise<void>;
  wipeHomes(): Promise<void>;
  // Towns that have to be told that nobody is logged in here any more.
  leaving(): Promise<readonly string[]>;
  keepLeaving(portals: readonly string[]): Promise<void>;
}

export interface HomesOptions {
  readonly storage: HomeStorage;
  readonly subtle: SubtleCrypto;
  readonly random: (count: number) => Uint8Array<ArrayBuffer>;
  // By the server's clock, as far as it is known; `isCertain`: the server has told the time in this visit.
  readonly now: () => number;
  readonly isCertain?: () => boolean;
  // The person has said that this is a shared computer.
  readonly isShared: () => Promise<boolean>;
  // Something could not be kept: the disk is full.
  readonly onFull?: () => void;
  readonly iterations?: number; // for tests
}

// What opens a record by its password.
interface Lock extends Sealed {
  readonly salt: Bytes;
  readonly iterations: number;
}

interface Meta {
  owner: string;
  choice: "open" | "ask" | "nothing";
  at: number;
  failures: number;
  notBefore: number; // milliseconds
  lock?: Lock | undefined;
}

export const HOME_LIFE = 30 * 24 * 3600_000;
// OWASP's figure for PBKDF2 with SHA-256.
export const ITERATIONS = 600_000;
const AES = "AES-GCM";
// Padded, so that lengths do not tell how large a family is.
const BUCKET = 1024;
// So many tries cost nothing but their own time; then waiting doubles up to the longest.
const FREE_TRIES = 3;
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 300_000;

export class Homes {
  readonly #options: HomesOptions;
  // What this page has opened by a password, and the password it may ask for from now on: keys, never the word itself.
  readonly #opened = new Map<string, { epoch: string; key: CryptoKey }>();
  readonly #passwords = new Map<string, { owner: string; key: CryptoKey }>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: HomesOptions) {
    this.#options = options;
  }

  // What may be shown; with a password: if it is the right one.
  open(portal: string, password: string): Promise<Kept> {
    return this.#inTurn(() => this.#open(portal, password));
  }

  // The town has said this of `owner`.
  keep(portal: string, owner: string, text: string, at: number): Promise<void> {
    return this.#inTurn(async () => {
      const found = await this.#find(portal);
      if (!found || found.meta.choice === "nothing") return;
      if (found.meta.owner !== owner) return this.#forget(portal);
      const key = await this.#keyOf(found);
      if (!key) return;
      const body = await this.#seal(key, text, portal, "body", found.record.epoch);
      await this.#put({ ...found.meta, at }, found.record, body);
    }).catch(() => { this.#options.onFull?.(); });
  }

  // The town has said that nothing is new.
  seen(portal: string, owner: string, at: number): Promise<void> {
    return this.#inTurn(async () => {
      const found = await this.#find(portal);
      if (found?.record.body && found.meta.owner === owner) await this.#put({ ...found.meta, at: Math.max(at, found.meta.at) }, found.record, found.record.body);
    }).catch(() => undefined);
  }

  forget(portal: string): Promise<void> {
    return this.#inTurn(() => this.#forget(portal));
  }

  // All towns: a shared computer.
  wipe(): Promise<void> {
    return this.#inTurn(async () => {
      this.#opened.clear();
      await this.#options.storage.wipeHomes();
    });
  }

  // The town has just taken this password. What another account had kept here is gone; what this one has, opens with
  // this password from now on.
  loggedIn(portal: string, owner: string, password: string): Promise<Kept> {
    return this.#inTurn(async () => {
      this.#passwords.set(portal, { owner, key: await this.#imported(password) });
      const found = await this.#find(portal);
      if (found && found.meta.owner !== owner) await this.#forget(portal, true);
      else if (found?.meta.choice === "ask") return this.#choose(portal, owner, "ask");
      return this.#answer("nothing", portal);
    });
  }

  choose(portal: string, owner: string, choice: "open" | "ask" | "nothing"): Promise<Kept> {
    return this.#inTurn(() => this.#choose(portal, owner, choice));
  }

  async #open(portal: string, password: string): Promise<Kept> {
    const { storage, now } = this.#options;
    const kept = await storage.home(portal);
    if (!kept) return this.#answer("nothing", portal);
    const found = await this.#read(kept);
    if (!found) {
      await this.#forget(portal);
      return this.#answer("lost", portal);
    }
    const { meta, record } = found;
    if (meta.choice !== "ask") {
      const key = await storage.readHomeKey();
      return key && meta.choice === "open" ? this.#show(found, key) : this.#answer("nothing", portal);
    }
    // A clock that was set back makes nobody wait for years.
    const wait = Math.min(LONGEST_WAIT, meta.notBefore - now());
    const seconds = (milliseconds: number): number => Math.max(0, Math.ceil(milliseconds / 1000));
    if (password === "") return { ...(await this.#answer("locked", portal)), seconds: seconds(wait) };
    if (wait > 0 || !meta.lock) return { ...(await this.#answer("wrong", portal)), seconds: seconds(wait) };
    // Counted before it is tried: closing the page in between makes no try free.
    const failures = meta.failures + 1;
    const next = failures < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - FREE_TRIES));
    await this.#put({ ...meta, failures, notBefore: now() + next }, record, record.body, record.savedAt);
    const secret = await this.#imported(password);
    const key = await this.#unlocked(meta.lock, secret, portal, record.epoch);
    if (!key) return { ...(await this.#answer("wrong", portal)), seconds: seconds(next) };
    await this.#put({ ...meta, failures: 0, notBefore: 0 }, record, record.body, record.savedAt);
    this.#opened.set(portal, { epoch: record.epoch, key });
    this.#passwords.set(portal, { owner: meta.owner, key: secret });
    return this.#show(found, key);
  }

  async #show({ meta, record }: Found, key: CryptoKey): Promise<Kept> {
    const text = record.body && this.#isYoung(record) ? await this.#unseal(key, record.body, record.portal, "body", record.epoch) : undefined;
    return { ...(await this.#answer("open", record.portal)), text: text ?? "", at: meta.at };
  }

  // Whether it may still be shown. Only its body goes with time: whether the password is asked for is not forgotten.
  #isYoung(record: KeptHome): boolean {
    const age = this.#options.now() - record.savedAt;
    return age <= HOME_LIFE && (this.#options.isCertain?.() === false || -age <= HOME_LIFE);
  }

  async #choose(portal: string, owner: string, choice: "open" | "ask" | "nothing"): Promise<Kept> {
    const { storage, random, subtle, iterations = ITERATIONS } = this.#options;
    try {
      const epoch = base64(random(12));
      const meta: Meta = { owner, choice, at: 0, failures: 0, notBefore: 0 };
      let opened: CryptoKey | undefined;
      if (choice === "ask") {
        const password = this.#passwords.get(portal);
        if (password?.owner !== owner) return await this.#answer("nothing", portal);
        const salt = random(16);
        const raw = random(32);
        const wrapping = await this.#derived(password.key, salt, iterations);
        meta.lock = { salt, iterations, ...(await this.#sealBytes(wrapping, raw, portal, "key", epoch)) };
        opened = await subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"]);
      }
      const before = await storage.home(portal);
      await this.#put(meta, { portal, epoch, savedAt: 0 }, undefined, this.#options.now(), before?.epoch ?? "");
      if (opened) this.#opened.set(portal, { epoch, key: opened });
      else this.#opened.delete(portal);
    } catch {
      this.#options.onFull?.();
    }
    return this.#answer("nothing", portal);
  }

  async #forget(portal: string, keepPassword = false): Promise<void> {
    this.#opened.delete(portal);
    if (!keepPassword) this.#passwords.delete(portal);
    await this.#options.storage.deleteHome(portal);
  }

  async #answer(state: Kept["state"], portal: string): Promise<Kept> {
    const choice = (await this.#find(portal))?.meta.choice ?? ((await this.#options.isShared()) ? "nothing" : "unasked");
    return { state, choice, knows_password: this.#passwords.has(portal) };
  }

  async #find(portal: string): Promise<Found | undefined> {
    const record = await this.#options.storage.home(portal);
    return record && this.#read(record);
  }

  // Nothing: the device's key is gone, or another.
  async #read(record: KeptHome): Promise<Found | undefined> {
    const key = await this.#options.storage.readHomeKey();
    const text = key && (await this.#unseal(key, record.meta, record.portal, "meta", record.epoch));
    if (text === undefined) return undefined;
    const { lock, ...meta } = JSON.parse(text) as Omit<Meta, "lock"> & { lock?: Record<"salt" | "iv" | "sealed", string> & { iterations: number } };
    const bytes = (part: string): Bytes => fromBase64(part) ?? new Uint8Array();
    return { record, meta: { ...meta, lock: lock && { salt: bytes(lock.salt), iv: bytes(lock.iv), sealed: bytes(lock.sealed), iterations: lock.iterations } } };
  }

  // With what the body is sealed, as far as this page may know.
  async #keyOf({ meta, record }: Found): Promise<CryptoKey | undefined> {
    if (meta.choice === "open") return this.#options.storage.readHomeKey();
    const opened = this.#opened.get(record.portal);
    return opened?.epoch === record.epoch ? opened.key : undefined;
  }

  async #put(meta: Meta, { portal, epoch }: Pick<KeptHome, "portal" | "epoch" | "savedAt">, body: Sealed | undefined, savedAt = this.#options.now(), instead = epoch): Promise<void> {
    const { lock } = meta;
    const text = JSON.stringify({ ...meta, lock: lock && { salt: base64(lock.salt), iv: base64(lock.iv), sealed: base64(lock.sealed), iterations: lock.iterations } });
    const sealed = await this.#seal(await this.#homeKey(), text, portal, "meta", epoch);
    await this.#options.storage.putHome({ portal, epoch, savedAt, meta: sealed, body }, instead);
  }

  async #homeKey(): Promise<CryptoKey> {
    const { storage, subtle } = this.#options;
    return (await storage.readHomeKey()) ?? storage.keepHomeKey(await subtle.generateKey({ name: AES, length: 256 }, false, ["encrypt", "decrypt"]));
  }

  #imported(password: string): Promise<CryptoKey> {
    // As the town hashes it: the same letters however they were typed.
    return this.#options.subtle.importKey("raw", utf8(password.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  }

  #derived(password: CryptoKey, salt: Bytes, iterations: number): Promise<CryptoKey> {
    return this.#options.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, password, { name: AES, length: 256 }, false, ["encrypt", "decrypt"]);
  }

  async #unlocked(lock: Lock, password: CryptoKey, portal: string, epoch: string): Promise<CryptoKey | undefined> {
    const wrapping = await this.#derived(password, lock.salt, lock.iterations);
    const raw = await this.#unsealBytes(wrapping, lock, portal, "key", epoch);
    return raw && this.#options.subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"]);
  }

  #seal(key: CryptoKey, text: string, portal: string, part: string, epoch: string): Promise<Sealed> {
    const bytes = utf8(text);
    const padded = new Uint8Array(Math.ceil((bytes.length + 1) / BUCKET) * BUCKET).fill(0x20);
    padded.set(bytes);
    return this.#sealBytes(key, padded, portal, part, epoch);
  }

  async #unseal(key: CryptoKey, what: Sealed, portal: string, part: string, epoch: string): Promise<string | undefined> {
    const bytes = await this.#unsealBytes(key, what, portal, part, epoch);
    return bytes && new TextDecoder().decode(bytes).trimEnd();
  }

  async #sealBytes(key: CryptoKey, bytes: Bytes, portal: string, part: string, epoch: string): Promise<Sealed> {
    const iv = this.#options.random(12);
    const additionalData = utf8(`${part} ${epoch} ${portal}`);
    return { iv, sealed: new Uint8Array(await this.#options.subtle.encrypt({ name: AES, iv, additionalData }, key, bytes)) };
  }

  async #unsealBytes(key: CryptoKey, { iv, sealed }: Sealed, portal: string, part: string, epoch: string): Promise<Bytes | undefined> {
    try {
      return new Uint8Array(await this.#options.subtle.decrypt({ name: AES, iv, additionalData: utf8(`${part} ${epoch} ${portal}`) }, key, sealed));
    } catch {
      return undefined;
    }
  }

  // One after the other: what is chosen comes before what is kept by it.
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

interface Found {
  readonly record: KeptHome;
  readonly meta: Meta;
}
