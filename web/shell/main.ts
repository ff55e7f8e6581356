// The page's own part: fetches the module and what it needs, brings people's events to it and its answers to the DOM,
// the canvas and the network. It keeps nothing of what is typed.
import { Twin, type TwinEvent } from "../twin/twin.ts";
import { Addresses } from "./addresses.ts";
import { Alarm } from "./alarm.ts";
import { stay_where_it_is } from "./anchor.ts";
import { PageClock } from "./clock.ts";
import { follow_colours } from "./colours.ts";
import { counter, forget_counter } from "./counter.ts";
import { carry_out, remembered_bound, type World } from "./effects.ts";
import { FamilyLoader } from "./family.ts";
import { fetch_asset, patiently } from "./fetch_asset.ts";
import { keep_above_the_keyboard } from "./keyboard.ts";
import { File, Module, type Effect, type Page } from "./module.ts";
import { Mode } from "./mode.ts";
import { Poll } from "./poll.ts";
import { Press } from "./press.ts";
import { Stage } from "./stage.ts";
import { VaultLoader } from "./vault_loader.ts";
import { words } from "./words.ts";

function by_id<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no #${id}`);
  return element;
}

const MOST_TIMES_LOST = 3;

class Shell {
  private readonly slug = document.documentElement.dataset["slug"] ?? "";
  private readonly prefix = `/${this.slug}`;
  private readonly root = by_id("scene", HTMLElement);
  private readonly stage_element = by_id("stage", HTMLElement);
  private readonly status = by_id("shell-status", HTMLElement);
  private readonly mode = new Mode((text) => { this.mode_changed(text); });
  private readonly twin = new Twin(this.root, this.prefix, (event: TwinEvent) => { this.send(event); });
  private stage: Stage | null = null;
  private module: Module | null = null;
  private revision = "";
  private readonly vault = new VaultLoader({
    slug: this.slug,
    may_reload: () => this.module?.would_lose_answers() === false,
    say: (sentence, with_reload) => { this.say(sentence, with_reload); },
    draft: () => this.module?.draft() ?? "",
    restore: (draft) => { this.send({ kind: "restore", draft }); },
    on_device: (entries) => { this.send({ kind: "on_device", entries }); },
    counter,
    forget_counter: () => { forget_counter(this.slug); },
  });
  private readonly press = new Press(() => { this.go_on(); });
  private readonly alarm = new Alarm((effect) => { this.send({ kind: "woken", effect }); });
  private readonly poll = new Poll();
  private readonly addresses = new Addresses((event) => { this.send(event); });
  private readonly family = new FamilyLoader();
  private family_wanted = false;
  private extended = false; // the module has its second part
  // Those whose texts are there.
  private readonly languages: string[] = [];
  // The module is at work, or there are events before this one.
  private busy = false;
  private times_lost = 0; // the graphics
  private measured = -1; // CSS pixels: the width that was painted for
  private readonly events: object[] = [];
  private readonly effects: Effect[] = [];

  private readonly page: Page = {
    apply: (patch) => { this.twin.apply(patch); },
    carry_out: (effects) => { this.effects.push(...effects); },
    place: (width, height, rectangles) => {
      const put = (): void => {
        this.stage?.resize(width, height);
        this.twin.place(rectangles);
      };
      // What comes late, as the line under an address, makes the page taller.
      if (!this.mode.text && this.stage && this.stage.height !== height) stay_where_it_is(put);
      else put();
    },
    letters_missing: (missing) => { this.letters_missing = missing; },
    update_texture: (update) => { this.stage?.renderer.update_texture(update); },
    forget_texture: (texture) => { this.stage?.renderer.forget_texture(texture); },
    show: (vertices, indices, commands) => { this.stage?.renderer.show(vertices, indices, commands); },
    now: () => this.clock.now(),
  };
  // As the module last said; obeyed when it rests.
  private letters_missing = false;
  private readonly clock = new PageClock();

  async run(): Promise<void> {
    this.mode.set("asked", new URLSearchParams(location.search).has("texte"));
    this.mode.watch();
    keep_above_the_keyboard(this.root);
    const canvas = by_id("paint", HTMLCanvasElement);
    this.stage = Stage.on(this.stage_element, canvas);
    this.mode.set("no_webgl", this.stage === null);
    canvas.addEventListener("webglcontextlost", (event) => {
      event.preventDefault(); // else the browser does not give it back
      this.mode.set("context_lost", true);
    });
    canvas.addEventListener("webglcontextrestored", () => { this.graphics_are_back(); });
    this.stage?.on_frame(() => { this.guarded(() => this.module?.paint()); });

    const wanted = document.documentElement.lang || "fr";
    const language = FOYER_ASSETS[`texts-${wanted}.bin`] ? wanted : "fr";
    const wasm = patiently(() => Module.load(fetch(FOYER_ASSETS["foyer.wasm"] ?? ""), this.page));
    const fonts = this.stage ? Promise.all(["font-regular.ttf", "font-bold.ttf"].map(fetch_asset)) : null;
    const [module, portal, texts, font_files] = await Promise.all([wasm, patiently(() => this.fetch_portal()), fetch_asset(`texts-${language}.bin`), fonts]);
    if (!module.load(File.portal, portal) || !module.load(File.texts, texts)) throw new Error("the portal or its texts are not understood");
    font_files?.forEach((bytes, index) => module.load(index === 0 ? File.font_regular : File.font_bold, bytes));
    this.languages.push(language);
    this.module = module;
    this.twin.live = true;
    this.enter(() => {
      const started = module.start({
        path: this.path(),
        query: location.search.slice(1),
        language: wanted,
        bound: remembered_bound(this.slug),
        seed: [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
        text_mode: this.mode.has("asked"),
        addresses: this.addresses.index !== "",
      });
      if (!started) throw new Error("the module does not start");
    });
    follow_colours((colours) => { this.enter(() => { if (module.colours(colours)) this.stage?.ask_for_frame(); }); });
    this.listen();
    // The canvas takes over when the letters are there for both.
    await document.fonts.ready;
    this.mode.set("starting", false);
    // For tests: how often the canvas was drawn.
    Object.defineProperty(globalThis, "foyer_frames", { get: () => this.stage?.renderer.frames ?? 0 });
    document.documentElement.dataset["ready"] = "yes";
    performance.mark("foyer-ready");
    this.vault.when_idle(() => { this.arrived(this.path()); });
  }

  private path(): string {
    return location.pathname.slice(this.prefix.length + 1);
  }

  // Whoever may be about to see their family's screens gets them while the page has nothing better to do.
  private arrived(path: string): void {
    if (path === "connexion" || remembered_bound(this.slug)) this.family.soon(this.languages);
  }

  private async load_family(): Promise<boolean> {
    this.family_wanted = true;
    const { module, texts } = await this.family.get(this.languages);
    if (module && !this.extended) {
      await this.module?.extend(module);
      this.extended = true;
    }
    return texts.every((bytes) => this.load(File.texts, bytes));
  }

  private async add_language(language: string): Promise<boolean> {
    const first = fetch_asset(`texts-${language}.bin`);
    const more = this.family_wanted ? await this.family.get([language]) : null;
    if (!this.load(File.texts, await first)) return false;
    if (!this.languages.includes(language)) this.languages.push(language);
    return more?.texts.every((bytes) => this.load(File.texts, bytes)) ?? true;
  }

  private load(file: File, bytes: ArrayBuffer): boolean {
    const answer = { taken: false };
    this.enter(() => { answer.taken = this.module?.load(file, bytes) ?? false; });
    if (answer.taken) this.stage?.ask_for_frame();
    return answer.taken;
  }

  // An answer that cannot come: the page says so, and stays what the server made it.
  fail(error: unknown): void {
    console.error(error);
    this.twin.live = false;
    this.say(this.module ? words().has_stopped : words().cannot_load, true);
    by_id("otherwise", HTMLElement).hidden = false;
    this.mode.set("failed", true);
  }

  private async fetch_portal(): Promise<ArrayBuffer> {
    // By its revision, so that page and portal are of one time whatever happens in between.
    const { revision } = document.documentElement.dataset;
    const answer = await fetch(`/api/v1/portals/${this.slug}${revision ? `?revision=${revision}` : ""}`);
    if (!answer.ok) throw new Error(`the portal: status ${answer.status}`);
    this.revision = answer.headers.get("Portal-Revision") ?? "";
    // A cached answer has an old date.
    if (!answer.headers.has("Age")) this.clock.learn(answer.headers.get("Date"));
    return answer.arrayBuffer();
  }

  private listen(): void {
    addEventListener("popstate", () => { this.send({ kind: "navigate", path: this.path() + location.search }); });
    const measure = (): void => { this.measure(); };
    // A step that has grown taller is as wide as it was: it has been painted, and is not painted twice.
    new ResizeObserver(() => { if (this.stage_element.clientWidth !== this.measured) measure(); }).observe(this.stage_element);
    // Zooming and moving to another screen change the density.
    const watch_density = (): void => {
      matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => { measure(); watch_density(); }, { once: true });
    };
    watch_density();
    addEventListener("pagehide", () => { this.twin.leave(); });
    addEventListener("pageshow", (event) => { if (event.persisted) this.twin.come_back(); });
    addEventListener("beforeunload", (event) => { if (this.module?.would_lose_answers()) event.preventDefault(); });
    measure();
  }

  private measure(): void {
    if (!this.stage || this.mode.text) return;
    const width = this.stage_element.clientWidth;
    this.measured = width;
    this.stage.set_density(devicePixelRatio);
    this.enter(() => { if (this.module?.resize(width, devicePixelRatio)) this.stage?.ask_for_frame(); });
  }

  private show_as(text: boolean): void {
    const address = new URL(location.href);
    if (text) address.searchParams.set("texte", "1");
    else address.searchParams.delete("texte");
    history.replaceState(history.state, "", address);
    this.mode.set("asked", text);
  }

  // A device that loses them again and again is left with the version texte.
  private graphics_are_back(): void {
    if (++this.times_lost > MOST_TIMES_LOST || !this.stage?.restore()) return;
    this.enter(() => { this.module?.surface_changed(); });
    this.mode.set("context_lost", false);
    this.stage.ask_for_frame();
  }

  private mode_changed(text: boolean): void {
    if (!text) this.measure();
  }

  private send(event: object): void {
    // What is under the pointer only changes how things are painted: a button that is held down looks so.
    if (this.press.holds && !this.busy && "kind" in event && event.kind === "pointer") {
      this.guarded(() => { this.tell(event); });
      return;
    }
    this.events.push(event);
    this.go_on();
  }

  private go_on(): void {
    if (this.events.length > 0 && !this.busy && !this.press.holds && this.module) this.enter(() => undefined);
  }

  // Everything that calls the module goes through here: one at a time, in order, and effects and focus only when it rests.
  private enter(work: () => void): void {
    this.busy = true;
    this.guarded(() => {
      work();
      this.drain();
      // Settling moves the focus, which is an event again.
      this.twin.settle();
      this.drain();
    });
    this.busy = false;
    this.mode.set("letters", this.letters_missing);
    const effects = this.effects.splice(0);
    for (const effect of effects) carry_out(effect, this.world());
    if (!this.mode.has("failed")) this.go_on();
  }

  private drain(): void {
    if (this.press.holds) return;
    for (let event = this.events.shift(); event; event = this.events.shift()) this.tell(event);
  }

  private tell(event: object): void {
    if (this.mode.text && "kind" in event && event.kind === "pointer") return;
    if (this.module?.event(event)) this.stage?.ask_for_frame();
  }

  private guarded(work: () => void): void {
    if (this.mode.has("failed")) return;
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  private world(): World {
    return {
      prefix: this.prefix,
      slug: this.slug,
      revision: () => this.revision,
      vault: () => this.vault.get(),
      send: (event) => { this.send(event); },
      load: (file, bytes) => this.load(file, bytes),
      load_family: () => this.load_family(),
      add_language: (language) => this.add_language(language),
      arrived: (path) => {
        this.stage?.come_in();
        this.arrived(path);
      },
      wake_after: (effect, seconds) => { this.alarm.set(effect, seconds); },
      poll: this.poll,
      addresses: this.addresses,
      present: (owner, account) => { this.vault.present(owner, account); },
      text_asked: () => this.mode.has("asked"),
      show_as: (text) => { this.show_as(text); },
    };
  }

  private say(sentence: string, with_reload: boolean): void {
    this.status.textContent = sentence;
    if (!with_reload) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words().reload;
    button.addEventListener("click", () => { location.reload(); });
    this.status.append(" ", button);
  }
}

const shell = new Shell();
shell.run().catch((error: unknown) => { shell.fail(error); });
