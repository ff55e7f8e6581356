// Picture or text. The step's DOM is always there; with the canvas it lies on the picture, without it is the "version
// texte". Text comes by itself wherever a picture of text would fail somebody, and by the visible switch.

import { stay_where_it_is } from "./anchor.ts";

export type Reason =
  | "asked"          // the switch, or ?texte
  | "starting"       // the module is not there yet
  | "no_webgl"
  | "context_lost"
  | "forced_colours" // the person chose the page's colours
  | "larger_text"    // the browser's font size is not the usual one
  | "text_spacing"   // letters, words or lines were moved apart
  | "translated"     // the browser's translation cannot reach the canvas
  | "letters"        // a name in letters that our fonts lack; the device has its own
  | "narrow"
  | "failed";

const NARROWEST = 280;
const USUAL_FONT_SIZE = 16;

export class Mode {
  private readonly reasons = new Set<Reason>(["starting"]);
  private readonly probe: HTMLElement;

  constructor(private readonly changed: (text: boolean) => void) {
    this.probe = document.createElement("p");
    this.probe.className = "spacing-probe";
    this.probe.setAttribute("aria-hidden", "true");
    this.probe.textContent = "mm mm";
    document.body.append(this.probe);
  }

  get text(): boolean {
    return this.reasons.size > 0;
  }

  has(reason: Reason): boolean {
    return this.reasons.has(reason);
  }

  set(reason: Reason, applies: boolean): void {
    const before = this.text;
    if (applies) this.reasons.add(reason);
    else this.reasons.delete(reason);
    if (before === this.text) return;
    stay_where_it_is(() => {
      document.documentElement.dataset["view"] = this.text ? "texte" : "canvas";
      this.changed(this.text);
    });
  }

  // Looks now, and at everything that tells of a change.
  watch(): void {
    this.follow("(forced-colors: active)", "forced_colours");
    // Grows and shrinks with the letters: also when a style sheet of the person's own moves them apart.
    new ResizeObserver(() => { this.look_at_text(); }).observe(this.probe);
    this.look_at_text();
    const width = (): void => { this.set("narrow", document.documentElement.clientWidth < NARROWEST); };
    addEventListener("resize", width);
    width();
    const translated = (): void => {
      this.set("translated", /\btranslated-(ltr|rtl)\b/.test(document.documentElement.className) || document.querySelector("#scene font") !== null);
    };
    new MutationObserver(translated).observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
    const scene = document.getElementById("scene");
    if (scene) new MutationObserver(translated).observe(scene, { childList: true, subtree: true });
    translated();
  }

  private follow(query: string, reason: Reason): void {
    const list = matchMedia(query);
    const look = (): void => { this.set(reason, list.matches); };
    list.addEventListener("change", look);
    look();
  }

  private look_at_text(): void {
    const probe = getComputedStyle(this.probe);
    const root = getComputedStyle(document.documentElement);
    this.set("larger_text", Math.abs(parseFloat(root.fontSize) - USUAL_FONT_SIZE) > 0.5);
    const usual_spacing = [probe.letterSpacing, probe.wordSpacing].every((space) => space === "normal" || parseFloat(space) === 0);
    this.set("text_spacing", !usual_spacing || probe.lineHeight !== "20px");
  }
}
