// Keeps what is being filled in, where the person wants that, and gives it back: one question where a procedure begins,
// one offer when there is a draft, and a way to wipe it always in reach. What is in a draft is the wizard's affair.
import { DRAFT_LIFE, type DraftChoice, type Drafts } from "../vault/drafts.ts";
import type { Vault } from "../vault/index.ts";
import { persist } from "../vault/persist.ts";
import { day, moment } from "../outbox/moments.ts";
import { draft_words as words } from "./draft_words.ts";
import { is_section, sections_of, unsent } from "./unsent.ts";

export interface DraftHooks {
  // What has been typed and not sent, without any password, as JSON; "" when there is nothing.
  readonly draft: () => string;
  // Gives it back to the wizard, which takes what still fits.
  readonly restore: (draft: string) => void;
}

const PAUSE = 800;
const FORMS = /^\/[^/]+\/(inscription|entourage|profil|correction)\/(?!confirmation|mot-de-passe|appareils)/;

export class DraftKeeper {
  readonly #vault: Vault;
  readonly #portal: string;
  readonly #hooks: DraftHooks;
  readonly #drafts: Drafts | undefined;
  readonly #section = document.createElement("section");
  // Under which the draft is kept: the town's, or that of whoever is logged in, which is offered to nobody else.
  #slot: string;
  #choice: DraftChoice;
  // A draft waits for the person's word; until then nothing is kept over it.
  #offered = "";
  // Kept or taken up by this page: its end is this page's to write down.
  #mine = false;
  #last = "";
  #said = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn: Promise<void> = Promise.resolve();
  #drawn = "";

  constructor(vault: Vault, portal: string, hooks: DraftHooks) {
    this.#vault = vault;
    this.#portal = portal;
    this.#hooks = hooks;
    this.#slot = portal;
    vault.draftOf(portal);
    this.#drafts = vault.drafts((where) => { if (where === this.#slot) this.#elsewhere(); });
    this.#section.className = "device";
    this.#section.id = "draft";
    this.#section.hidden = true;
    this.#section.setAttribute("aria-labelledby", "draft-title");
    document.getElementById("stage")?.after(this.#section);
  }

  async start(): Promise<void> {
    const drafts = this.#drafts;
    if (!drafts) return;
    this.#choice = await drafts.choice().catch(() => "nothing" as const);
    await this.#look();
    const scene = document.getElementById("scene");
    for (const event of ["input", "change", "click"]) scene?.addEventListener(event, () => { this.#soon(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") void this.#keep(); });
    addEventListener("pagehide", () => void this.#keep());
    const title = document.querySelector("title");
    // With the screen, not a moment later.
    if (title) new MutationObserver(() => { this.#draw(); this.#soon(); }).observe(title, { childList: true, characterData: true, subtree: true });
    this.#draw();
  }

  // Somebody is logged in, as far as the town or this device knows; empty: nobody.
  present(owner: string): void {
    this.#turn = this.#turn.then(() => this.#change_slot(owner)).catch(() => undefined);
  }

  // This page's request is kept in the outbox now: the draft has done its work, but for what else is in it.
  sent(): void {
    if (!this.#mine) return;
    this.#last = "";
    void this.#keep();
  }

  // What was kept is gone from the device, and with it the person's choice: they are asked again. What was offered is in
  // this page still.
  erased(): void {
    this.#choice = undefined;
    this.#mine = false;
    this.#last = "";
    this.#draw();
  }

  async #change_slot(owner: string): Promise<void> {
    const slot = owner === "" ? this.#portal : `${this.#portal}/${await digest(owner)}`;
    if (slot === this.#slot) return;
    await this.#keep();
    this.#slot = slot;
    this.#vault.draftOf(slot);
    this.#offered = "";
    this.#mine = false;
    this.#last = "";
    this.#said = "";
    await this.#look();
    this.#draw();
  }

  // Whether there is something to go on with.
  async #look(): Promise<void> {
    const drafts = this.#drafts;
    if (!drafts || this.#choice === "nothing") return;
    const slot = this.#slot;
    const draft = await drafts.read(slot).catch(() => undefined);
    if (!draft || slot !== this.#slot) return;
    if (draft.lost) {
      this.#said = words().lost;
      return;
    }
    let text = await unsent(this.#vault, slot, draft.text, draft.savedAt);
    const owner = sections_of(text)["owner"];
    if (slot === this.#portal && typeof owner === "string") {
      // Kept before drafts belonged to accounts.
      await drafts.keep(`${this.#portal}/${await digest(owner)}`, text);
      text = for_nobody(text);
    }
    if (text === "") await drafts.wipe(slot);
    else if (this.#hooks.draft() === "") this.#offer(text, draft.savedAt);
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), PAUSE);
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#timer);
    const drafts = this.#drafts;
    if (drafts && this.#choice === "keep" && this.#offered === "") {
      const all = this.#hooks.draft();
      const draft = this.#slot === this.#portal ? for_nobody(all) : all;
      if (draft !== "" && draft !== this.#last) {
        this.#last = draft;
        const kept = await drafts.keep(this.#slot, draft).catch(() => undefined);
        this.#mine = kept === true;
        // Another tab has chosen otherwise, or nothing is left of the choice.
        if (kept === false) this.#choice = await drafts.choice().catch(() => "nothing" as const);
        if (kept === undefined) this.#said = words().not_kept;
        else if (this.#said === words().not_kept) this.#said = "";
      } else if (draft === "" && this.#mine) {
        this.#mine = false;
        this.#last = "";
        await drafts.wipe(this.#slot);
      }
    }
    this.#draw();
  }

  #offer(text: string, saved_at: number): void {
    this.#offered = text;
    this.#said = words().offer(moment(saved_at));
  }

  #resume(): void {
    const before = answers_in(this.#offered);
    this.#hooks.restore(this.#offered);
    this.#offered = "";
    this.#mine = true;
    // The wizard is at rest again by then.
    setTimeout(() => {
      const after = new Set(answers_in(this.#hooks.draft()));
      const left_out = before.filter((answer) => !after.has(answer)).length;
      this.#said = left_out > 0 ? `${words().resumed} ${words().left_out(left_out)}` : words().resumed;
      this.#draw();
    }, 0);
  }

  async #choose(choice: "keep" | "nothing"): Promise<void> {
    this.#choice = choice;
    this.#offered = "";
    this.#mine = false;
    this.#last = "";
    this.#said = choice === "nothing" ? words().erased : "";
    if (choice === "keep") void persist();
    try {
      await this.#drafts?.choose(choice);
    } catch {
      // It holds for this page all the same: "nothing" above all.
      this.#said = choice === "keep" ? words().not_kept : "";
      if (choice === "keep") this.#choice = undefined;
    }
    await this.#keep();
  }

  async #erase(): Promise<void> {
    this.#offered = "";
    this.#said = "";
    await this.#drafts?.wipe(this.#slot);
    await this.#keep();
  }

  #elsewhere(): void {
    if (this.#hooks.draft() === "") return;
    this.#said = words().elsewhere;
    this.#draw();
  }

  #draw(): void {
    const asks = this.#choice === undefined && FORMS.test(location.pathname);
    const keeps = this.#mine && this.#choice === "keep";
    const drawn = JSON.stringify([document.documentElement.lang, asks, keeps, this.#offered !== "", this.#said]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const parts: HTMLElement[] = [];
    const title = (text: string): void => {
      const heading = line("h2", text);
      heading.id = "draft-title";
      parts.push(heading);
    };
    if (this.#offered !== "") {
      title(this.#said);
      parts.push(line("p", words().offer_help), button(words().resume, () => { this.#resume(); }), button(words().erase, () => void this.#erase()));
    } else if (asks) {
      title(words().question);
      if (this.#said !== "") parts.push(line("p", this.#said));
      parts.push(line("p", words().question_help), button(words().keep, () => void this.#choose("keep")), button(words().nothing, () => void this.#choose("nothing")));
    } else if (keeps || this.#said !== "") {
      const status = line("p", [this.#said, keeps ? words().kept(day(this.#vault.now() * 1000 + DRAFT_LIFE)) : ""].filter(Boolean).join(" "));
      status.id = "draft-title";
      status.setAttribute("role", "status");
      parts.push(status);
      if (keeps) parts.push(button(words().stop, () => void this.#choose("nothing")));
    }
    // An offer comes first. The rest stands where SUIVANT is, so that no field moves under somebody's finger.
    const stage = document.getElementById("stage");
    const first = this.#offered !== "";
    if (first && stage?.previousElementSibling !== this.#section) stage?.before(this.#section);
    if (!first && stage?.nextElementSibling !== this.#section) stage?.after(this.#section);
    this.#section.replaceChildren(...parts);
    this.#section.hidden = parts.length === 0;
  }
}

function line(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function button(text: string, work: () => void): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", work);
  return made;
}

// What belongs to no account.
function for_nobody(draft: string): string {
  const { version, path, registration } = sections_of(draft);
  return is_section(registration) ? JSON.stringify({ path, registration, version }) : "";
}

// "registration birth_name" and so on, of all the answers in a draft.
function answers_in(draft: string): string[] {
  return Object.entries(sections_of(draft)).flatMap(([name, section]) => (is_section(section) ? Object.keys(section).map((key) => `${name} ${key}`) : []));
}

// So that a draft's place does not say whose it is.
async function digest(owner: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(owner)));
  return [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
