// Tells the wizard what waits on this device for its town and was made by other visits or in other tabs: the dashboard
// shows it, and whoever is about to do the same again should know. Of an account's requests nobody hears but whoever is
// logged in under it.
import type { EntryChange, EntrySummary, Vault } from "../vault/index.ts";

// As the wizard reads them (wasm-client/platform/event_json.cpp).
export interface OnDeviceEntry {
  readonly id: string;
  readonly procedure: number;
  readonly corrects: string;
  readonly state: "waiting" | "sending" | "acknowledged" | "refused";
  readonly body: string;
  readonly made_at: number; // Unix seconds
}

export class OnDevice {
  readonly #vault: Vault;
  readonly #portal: string;
  readonly #tell: (entries: readonly OnDeviceEntry[]) => void;
  // Of these the wizard hears otherwise: it made them itself.
  readonly #own = new Set<string>();
  readonly #sending = new Set<string>();
  readonly #told = new Map<string, OnDeviceEntry>();
  #account = "";
  #last = "[]";
  #turn: Promise<void> = Promise.resolve();

  constructor(vault: Vault, portal: string, tell: (entries: readonly OnDeviceEntry[]) => void) {
    this.#vault = vault;
    this.#portal = portal;
    this.#tell = tell;
    this.#look();
  }

  present(account: string): void {
    if (account === this.#account) return;
    this.#account = account;
    // Whoever comes now has heard of nothing.
    this.#told.clear();
    this.#last = "[]";
    this.#look();
  }

  changed(change: EntryChange, own: boolean): void {
    if (own) this.#own.add(change.id);
    if (change.state === "sending") this.#sending.add(change.id);
    else this.#sending.delete(change.id);
    this.#look();
  }

  #look(): void {
    this.#turn = this.#turn.then(() => this.#list()).catch(() => undefined);
  }

  async #list(): Promise<void> {
    const entries = await this.#vault.entries();
    const receipts = await this.#vault.receipts();
    const list: OnDeviceEntry[] = [];
    for (const entry of entries) if (await this.#concerns(entry)) list.push(this.#described(entry));
    for (const [id, told] of this.#told) {
      const receipt = receipts.find((each) => each.id === id);
      if (receipt && !list.some((each) => each.id === id)) list.push({ ...told, state: "acknowledged", body: receipt.receipt });
    }
    for (const entry of list) this.#told.set(entry.id, entry);
    const text = JSON.stringify(list);
    if (text === this.#last) return;
    this.#last = text;
    this.#tell(list);
  }

  async #concerns(entry: EntrySummary): Promise<boolean> {
    if (entry.portal !== this.#portal || this.#own.has(entry.id)) return false;
    return (entry.procedure === REGISTRATION && entry.corrects === "") || this.#vault.isOf(entry, this.#account);
  }

  #described({ id, procedure, corrects, state, problem, tried, createdAt }: EntrySummary): OnDeviceEntry {
    const now = state === "refused" ? "refused" : this.#sending.has(id) && !tried ? "sending" : "waiting";
    return { id, procedure, corrects, state: now, body: problem, made_at: Math.floor(createdAt / 1000) };
  }
}

const REGISTRATION = 1;
