// "Sur cet appareil": what waits here, what the town has received, and how to carry it elsewhere, below the screen on
// every page for as long as there is something to say. The wizard's own confirmation speaks of the request that was just
// made; this speaks of all the others, those of earlier visits above all.
import type { EntryChange, EntrySummary, KeptReceipt, TakenIn, Vault } from "../vault/index.ts";
import { persist, persisted } from "../vault/persist.ts";
import { receiptFile } from "./carry.ts";
import { moment } from "./moments.ts";
import { words } from "./words.ts";

// So long the wizard's own words are enough for what has not failed yet, and a good network has nothing to say at all.
const PATIENCE = 6_000;
const RECEIPTS_SHOWN = 30 * 24 * 3600 * 1000;

export interface StripOptions {
  readonly vault: Vault;
  readonly slug: string;
  readonly now: () => number;
  // Draws a text as a QR code: fetched only when somebody asks for one.
  readonly draw: (text: string) => Promise<{ size: number; path: string }>;
}

export class Strip {
  readonly #options: StripOptions;
  readonly #section = document.createElement("section");
  readonly #list = document.createElement("ul");
  readonly #said = document.createElement("p");
  readonly #hand_in = document.createElement("div");
  readonly #sending = new Set<string>();
  // Received while this page looked on: whoever made the request has read it on the screen.
  readonly #seen = new Set<string>();
  #drawn = "";
  #looks = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #persistent = true;
  // A request is in this page and nowhere else.
  #held = false;

  constructor(options: StripOptions) {
    this.#options = options;
    const heading = element("h2", words().title);
    heading.id = "device-title";
    this.#section.id = "device";
    this.#section.className = "device";
    this.#section.hidden = true;
    this.#section.setAttribute("aria-labelledby", heading.id);
    this.#said.setAttribute("role", "status");
    this.#section.append(heading, this.#said, this.#list, this.#hand_in);
    document.querySelector(".foot")?.before(this.#section);
    this.#listen_for_files();
    addEventListener("beforeunload", (event) => { if (this.#held) event.preventDefault(); });
    addEventListener("pagehide", () => { for (const id of this.#seen) void options.vault.forgetReceipt(id); });
  }

  // Own: this page's wizard shows what becomes of it.
  changed(change: EntryChange, own: boolean): void {
    if (change.state === "sending") this.#sending.add(change.id);
    else this.#sending.delete(change.id);
    if (change.state === "acknowledged" && own) this.#seen.add(change.id);
    // A request that stays is worth keeping: browsers grant it by themselves, or ask the person.
    if (change.state === "ready" && !change.held) void this.#persist();
    void this.look();
  }

  async look(): Promise<void> {
    const { vault, now } = this.#options;
    const mine = ++this.#looks;
    const [entries, receipts] = await Promise.all([vault.entries(), vault.receipts()]);
    if (mine !== this.#looks) return; // a later look shows what has become of it since
    // A clock that is years off must not take a receipt away that nobody has seen.
    const old = vault.isTimeCertain() ? receipts.filter((receipt) => now() - receipt.at > RECEIPTS_SHOWN) : [];
    for (const receipt of old) void vault.forgetReceipt(receipt.id);
    // Nor may a request from the future stay unsaid until that future has come.
    this.#held = entries.some((entry) => entry.held);
    const young = entries.filter((entry) => entry.state === "ready" && !entry.held && !entry.tried && Math.abs(now() - entry.createdAt) < PATIENCE);
    clearTimeout(this.#timer);
    if (young.length > 0) this.#timer = setTimeout(() => void this.look(), PATIENCE - Math.max(...young.map((entry) => now() - entry.createdAt)) + 100);
    this.#draw(entries.filter((entry) => !young.includes(entry)), receipts.filter((receipt) => !old.includes(receipt) && !this.#seen.has(receipt.id)));
  }

  // #deposer: somebody wants to hand a file in. #foyer=…: a telephone has read a code.
  async arrive(hash: string): Promise<void> {
    if (hash === "#deposer") this.#offer_hand_in();
    if (!hash.startsWith("#foyer=")) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    this.#say(await this.#options.vault.takeIn({ hash, portal: this.#options.slug }));
  }

  // Something that this device cannot do.
  notice(what: "no_room"): void {
    this.#said.textContent = words()[what];
    this.#show();
  }

  async take_file(file: Blob): Promise<void> {
    this.#say(await this.#options.vault.takeIn({ file: await file.text() }));
  }

  #draw(entries: readonly EntrySummary[], receipts: readonly KeptReceipt[]): void {
    const language = document.documentElement.lang;
    // Drawn again only for a reason: whoever reads here, is on a button, or holds a code up to a telephone, stays where
    // they are while it is tried again and again.
    const drawn = JSON.stringify([language, entries, receipts.map(({ id }) => id), this.#persistent]);
    if (drawn === this.#drawn) {
      for (const entry of entries) this.#say_state(entry);
      return;
    }
    this.#drawn = drawn;
    const heading = this.#section.firstElementChild;
    if (heading) heading.textContent = words().title;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["act"] : undefined;
    this.#list.replaceChildren(...entries.map((entry) => this.#entry(entry)), ...receipts.map((receipt) => this.#receipt(receipt)));
    this.#list.hidden = this.#list.childElementCount === 0;
    this.#show();
    if (focused) this.#list.querySelector<HTMLElement>(`[data-act="${focused}"]`)?.focus();
  }

  #show(): void {
    this.#section.hidden = this.#list.childElementCount === 0 && this.#hand_in.childElementCount === 0 && this.#said.textContent === "";
  }

  #entry(entry: EntrySummary): HTMLElement {
    const { vault } = this.#options;
    const item = document.createElement("li");
    item.dataset["state"] = entry.state;
    item.append(element("h3", name_of(entry.procedure, entry.corrects)), element("p", entry.held ? words().held : words().kept_on(moment(entry.createdAt))));
    if (entry.state === "refused") {
      item.append(element("p", words().refused), element("p", detail_of(entry.problem)));
      item.append(button(`discard-${entry.id}`, words().discard, () => { void vault.discard(entry.id).then(() => this.look()); }));
      item.append(button(`file-${entry.id}`, words().save_file, () => { void this.#save(entry.id); }));
      return item;
    }
    const state = element("p", this.#state_of(entry));
    state.dataset["of"] = entry.id;
    state.hidden = state.textContent === "";
    item.append(state);
    if (entry.waits === "") {
      item.append(element("p", words().carry_help));
      if (!this.#persistent && !entry.held) item.append(element("p", words().may_be_cleared));
    }
    const code = document.createElement("div");
    item.append(
      button(`send-${entry.id}`, words().send_now, () => { void vault.drain(); }),
      button(`file-${entry.id}`, words().save_file, () => { void this.#save(entry.id); }),
      button(`code-${entry.id}`, words().show_code, () => { void this.#show_code(entry.id, code); }),
      code,
    );
    return item;
  }

  #state_of(entry: EntrySummary): string {
    if (this.#sending.has(entry.id)) return words().sending;
    return entry.held && entry.waits === "" ? "" : words().waiting[entry.waits];
  }

  #say_state(entry: EntrySummary): void {
    const state = this.#list.querySelector<HTMLElement>(`[data-of="${entry.id}"]`);
    const text = this.#state_of(entry);
    if (!state || state.textContent === text) return;
    state.textContent = text;
    state.hidden = text === "";
  }

  #receipt(receipt: KeptReceipt): HTMLElement {
    const item = document.createElement("li");
    const { number, procedure, received_at } = fields_of(receipt.receipt);
    const known = { registration: 1, entourage: 2, profile: 3 }[procedure];
    item.dataset["state"] = "acknowledged";
    const received = element("p", "");
    // "n° OUDON-2026-000012" stands on one line, and is copied as it is.
    const [before = "", name = "", after = ""] = words().received("\n").split(/(\S+ \n)/);
    const whole = element("span", name.replace("\n", number));
    whole.className = "whole";
    received.append(before, whole, after);
    item.append(element("h3", name_of(known ?? 0, receipt.corrects)), received);
    const at = Date.parse(received_at);
    if (!Number.isNaN(at)) item.append(element("p", words().received_on(moment(at))));
    item.append(
      button(`put-${receipt.id}`, words().put_away, () => { void this.#options.vault.forgetReceipt(receipt.id).then(() => this.look()); }),
      button(`receipt-${receipt.id}`, words().save_receipt, () => { save(`recu-${number || receipt.id}.foyer`, receiptFile(receipt)); }),
    );
    return item;
  }

  async #save(id: string): Promise<void> {
    const carried = await this.#options.vault.carry(id);
    if (carried) save(`demande-${id.slice(-12)}.foyer`, carried.file);
  }

  async #show_code(id: string, place: HTMLElement): Promise<void> {
    const carried = await this.#options.vault.carry(id);
    if (!carried) return;
    if (carried.address === undefined) {
      place.replaceChildren(element("p", words().too_large_for_code));
      return;
    }
    const { size, path } = await this.#options.draw(carried.address);
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("viewBox", `0 0 ${size} ${size}`);
    picture.setAttribute("role", "img");
    picture.setAttribute("aria-label", words().code_name);
    picture.setAttribute("class", "code");
    const modules = document.createElementNS("http://www.w3.org/2000/svg", "path");
    modules.setAttribute("d", path);
    picture.append(modules);
    place.replaceChildren(element("p", words().code_help), picture);
  }

  #offer_hand_in(): void {
    const label = element("label", words().choose_file);
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".foyer,application/json";
    input.id = "device-file";
    label.setAttribute("for", input.id);
    input.addEventListener("change", () => { for (const file of input.files ?? []) void this.take_file(file); });
    const heading = element("h3", words().hand_in);
    this.#hand_in.replaceChildren(heading, element("p", words().hand_in_help), label, input);
    this.#show();
    input.focus();
    heading.scrollIntoView();
  }

  #listen_for_files(): void {
    const files = (event: DragEvent): boolean => [...(event.dataTransfer?.types ?? [])].includes("Files");
    addEventListener("dragover", (event) => { if (files(event)) event.preventDefault(); });
    addEventListener("drop", (event) => {
      if (!files(event)) return;
      event.preventDefault();
      for (const file of event.dataTransfer?.files ?? []) void this.take_file(file);
    });
    addEventListener("hashchange", () => { void this.arrive(location.hash); });
  }

  #say(taken: TakenIn): void {
    this.#said.textContent = { ...words(), envelope: words().taken_in, receipt: words().receipt_taken_in }[taken.kind];
    this.#show();
    void this.look();
  }

  async #persist(): Promise<void> {
    // Until somebody has answered it may be cleared.
    for (const known of [persisted, persist]) {
      const persistent = await known();
      if (persistent === this.#persistent) continue;
      this.#persistent = persistent;
      void this.look();
    }
  }
}

function element(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function button(act: string, text: string, work: () => void): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.dataset["act"] = act;
  made.addEventListener("click", work);
  return made;
}

function save(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  // The download has its own hold on it by then.
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 60_000);
}

// A correction is not a second request of its kind.
function name_of(procedure: number, corrects: string | undefined): string {
  return (corrects ? words().corrections : words().procedures)[procedure] ?? words().request;
}

function fields_of(json: string): { number: string; procedure: string; received_at: string } & Record<string, string> {
  try {
    return { number: "", procedure: "", received_at: "", ...(JSON.parse(json) as Record<string, string>) };
  } catch {
    return { number: "", procedure: "", received_at: "" };
  }
}

function detail_of(problem: string): string {
  return fields_of(problem)["detail"] ?? "";
}
