// Keeps what is being filled in, where the person wants that, and gives it back: one question where a procedure begins,
// one offer when there is a draft, and a way to wipe it always in reach. What is in a draft is the wizard's affair.
import { DRAFT_LIFE, type DraftChoice, type Drafts } from "../vault/drafts.ts";
import type { Vault } from "../vault/index.ts";
import { draft_words as words } from "./draft_words.ts";

export interface DraftHooks {
  // What has been typed and not sent, without any password, as JSON; "" when there is nothing.
  readonly draft: () => string;
  // Gives it back to the wizard, which takes what still fits.
  readonly restore: (draft: string) => void;
}

const PAUSE = 800;
const FORMS = /^\/[^/]+\/(inscription\/|entourage\/)(?!confirmation)/;

export class DraftKeeper {
  readonly #vault: Vault;
  readonly #portal: string;
  readonly #hooks: DraftHooks;
  readonly #drafts: Drafts | undefined;
  readonly #section = document.createElement("section");
  #choice: DraftChoice;
  // A draft waits for the person's word; until then nothing is kept over it.
  #offered = "";
  // Kept or taken up by this page: its end is this page's to write down.
  #mine = false;
  #last = "";
  #said = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drawn = "";

  constructor(vault: Vault, portal: string, hooks: DraftHooks) {
    this.#vault = vault;
    this.#portal = portal;
    this.#hooks = hooks;
    this.#drafts = vault.drafts((where) => { if (where === portal) this.#elsewhere(); });
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
    const draft = this.#choice === "keep" ? await drafts.read(this.#portal).catch(() => undefined) : undefined;
    if (draft && (await this.#was_sent(draft.savedAt))) await drafts.wipe(this.#portal);
    else if (draft) this.#offer(draft.text, draft.savedAt);
    const scene = document.getElementById("scene");
    for (const event of ["input", "change", "click"]) scene?.addEventListener(event, () => { this.#soon(); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") void this.#keep(); });
    addEventListener("pagehide", () => void this.#keep());
    const title = document.querySelector("title");
    // With the screen, not a moment later.
    if (title) new MutationObserver(() => { this.#draw(); this.#soon(); }).observe(title, { childList: true, characterData: true, subtree: true });
    this.#draw();
  }

  // This page's request is kept in the outbox now: the draft has done its work.
  sent(): void {
    if (!this.#mine) return;
    this.#mine = false;
    this.#last = "";
    void this.#drafts?.wipe(this.#portal).then(() => { this.#draw(); });
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), PAUSE);
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#timer);
    const drafts = this.#drafts;
    if (drafts && this.#choice === "keep" && this.#offered === "") {
      const draft = this.#hooks.draft();
      if (draft !== "" && draft !== this.#last) {
        this.#last = draft;
        this.#mine = await drafts.keep(this.#portal, draft).catch(() => false);
      } else if (draft === "" && this.#mine) this.sent();
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
    await this.#drafts?.choose(choice);
    await this.#keep();
  }

  async #erase(): Promise<void> {
    this.#offered = "";
    this.#said = "";
    await this.#drafts?.wipe(this.#portal);
    await this.#keep();
  }

  #elsewhere(): void {
    if (this.#hooks.draft() === "") return;
    this.#said = words().elsewhere;
    this.#draw();
  }

  // Was killed between keeping the request and wiping the draft.
  async #was_sent(saved_at: number): Promise<boolean> {
    const [entries, receipts] = await Promise.all([this.#vault.entries(), this.#vault.receipts()]);
    return entries.some((entry) => entry.portal === this.#portal && entry.createdAt >= saved_at) || receipts.some((receipt) => receipt.madeAt >= saved_at);
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

const moment = (milliseconds: number): string => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(milliseconds);
const day = (milliseconds: number): string => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(milliseconds);

// "registration birth_name" and so on, of all the answers in a draft.
function answers_in(draft: string): string[] {
  if (draft === "") return [];
  const sections = JSON.parse(draft) as Record<string, unknown>;
  return Object.entries(sections).flatMap(([name, section]) => (typeof section === "object" && section !== null ? Object.keys(section).map((key) => `${name} ${key}`) : []));
}
