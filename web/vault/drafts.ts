// What is being filled in and has not been sent, kept for whoever wants that: encrypted by a key that no script can
// read, for thirty days, never with a password in it. On a shared computer nothing is kept at all.
//
// The key does not protect from somebody who has the disk (docs/threat-model.md); it keeps what was typed out of the
// plain files of a browser's profile, and makes wiping sure: without its key a draft is noise.
import { utf8, type Bytes } from "./bytes.ts";

// "keep": on this device; "nothing": a shared computer; not asked yet.
export type DraftChoice = "keep" | "nothing" | undefined;

export interface Draft {
  readonly portal: string;
  readonly savedAt: number; // milliseconds
  // JSON, as the wizard made it; only the wizard knows what is in it.
  readonly text: string;
  // It can no longer be read: its key is gone. It is wiped.
  readonly lost?: boolean;
}

// As it is kept. Portal and time are in clear, for lists and for wiping.
export interface KeptDraft {
  readonly portal: string;
  readonly savedAt: number;
  readonly iv: Bytes;
  readonly sealed: Bytes;
}

export interface DraftStorage {
  readDraftKey(): Promise<CryptoKey | undefined>;
  // Keeps this key unless another is already there; gives the one that is there now.
  keepDraftKey(key: CryptoKey): Promise<CryptoKey>;
  putDraft(draft: KeptDraft): Promise<void>;
  allDrafts(): Promise<KeptDraft[]>;
  deleteDraft(portal: string): Promise<void>;
  // Every draft and the key.
  wipeDrafts(): Promise<void>;
  draftChoice(): Promise<DraftChoice>;
  keepDraftChoice(choice: "keep" | "nothing"): Promise<void>;
}

export const DRAFT_LIFE = 30 * 24 * 3600_000;
const ALGORITHM = "AES-GCM";
// Padded, so that its length does not say how far somebody has come.
const BUCKET = 1024;

export interface DraftsOptions {
  readonly storage: DraftStorage;
  readonly subtle: SubtleCrypto;
  readonly random: (count: number) => Uint8Array<ArrayBuffer>;
  // By the server's clock, as far as it is known; `isCertain`: the server has told the time in this visit.
  readonly now: () => number;
  readonly isCertain?: () => boolean;
  // The person has said that this is a shared computer.
  readonly onNothing?: () => Promise<void>;
  // Another tab has kept, or wiped, this portal's draft since.
  readonly onElsewhere?: (portal: string) => void;
  readonly channel?: Pick<BroadcastChannel, "postMessage"> & { onmessage: ((event: MessageEvent) => void) | null };
}

export class Drafts {
  readonly #options: DraftsOptions;

  constructor(options: DraftsOptions) {
    this.#options = options;
    if (options.channel) {
      options.channel.onmessage = (event: MessageEvent<{ portal?: unknown }>): void => {
        if (typeof event.data.portal === "string") options.onElsewhere?.(event.data.portal);
      };
    }
  }

  choice(): Promise<DraftChoice> {
    return this.#options.storage.draftChoice();
  }

  // "nothing" wipes what was kept before.
  async choose(choice: "keep" | "nothing"): Promise<void> {
    await this.#options.storage.keepDraftChoice(choice);
    if (choice !== "nothing") return;
    await this.wipe();
    await this.#options.onNothing?.();
  }

  // Kept only where the person has chosen so. False: it was not.
  async keep(portal: string, text: string): Promise<boolean> {
    const { storage, subtle, random, now } = this.#options;
    if ((await storage.draftChoice()) !== "keep") return false;
    const key = await this.#key();
    const iv = random(12);
    const plain = utf8(text.padEnd(Math.ceil((utf8(text).length + 1) / BUCKET) * BUCKET - (utf8(text).length - text.length), " "));
    const sealed = new Uint8Array(await subtle.encrypt({ name: ALGORITHM, iv, additionalData: utf8(portal) }, key, plain));
    await storage.putDraft({ portal, savedAt: now(), iv, sealed });
    this.#options.channel?.postMessage({ portal });
    return true;
  }

  // Nothing: there is none, or it is too old; then it is wiped too.
  async read(portal: string): Promise<Draft | undefined> {
    const { storage, subtle } = this.#options;
    const kept = (await this.#young()).find((draft) => draft.portal === portal);
    const key = kept && (await storage.readDraftKey());
    if (!kept) return undefined;
    try {
      if (!key) throw new Error("the key is gone");
      const plain = await subtle.decrypt({ name: ALGORITHM, iv: kept.iv, additionalData: utf8(portal) }, key, kept.sealed);
      return { portal, savedAt: kept.savedAt, text: new TextDecoder().decode(plain).trimEnd() };
    } catch {
      await storage.deleteDraft(portal);
      return { portal, savedAt: kept.savedAt, text: "", lost: true };
    }
  }

  async list(): Promise<readonly Pick<Draft, "portal" | "savedAt">[]> {
    return (await this.#young()).map(({ portal, savedAt }) => ({ portal, savedAt }));
  }

  // One draft, as when its form has been sent; or all of them and the key.
  async wipe(portal?: string): Promise<void> {
    const { storage, channel } = this.#options;
    if (portal === undefined) {
      const gone = await storage.allDrafts();
      await storage.wipeDrafts();
      for (const draft of gone) channel?.postMessage({ portal: draft.portal });
    } else {
      await storage.deleteDraft(portal);
      channel?.postMessage({ portal });
    }
  }

  async #young(): Promise<KeptDraft[]> {
    const { storage, now, isCertain } = this.#options;
    const all = await storage.allDrafts();
    const age = (draft: KeptDraft): number => now() - draft.savedAt;
    if (isCertain?.() === false) {
      // A battery that went flat sets a device back to 1970, where a draft is from the future: that clock wipes nothing,
      // and what it takes for old waits until the server has told the time.
      return all.filter((draft) => age(draft) <= DRAFT_LIFE);
    }
    // A clock that was set back does not make a draft eternal.
    const old = all.filter((draft) => Math.abs(age(draft)) > DRAFT_LIFE);
    for (const draft of old) await storage.deleteDraft(draft.portal);
    return all.filter((draft) => !old.includes(draft));
  }

  async #key(): Promise<CryptoKey> {
    const { storage, subtle } = this.#options;
    return (await storage.readDraftKey()) ?? storage.keepDraftKey(await subtle.generateKey({ name: ALGORITHM, length: 256 }, false, ["encrypt", "decrypt"]));
  }
}
