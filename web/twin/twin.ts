// The DOM beside the picture: real elements, one for each node of the scene, that take the focus, the typing, the
// autofill and the screen reader. It adopts what the server has written, changes what a patch says, and reports what
// people do. It knows neither the wizard nor the canvas.
import { LANDMARKS, outer_tag, shape, update } from "./elements.ts";
import type { Patch, SceneNode } from "./patch.ts";

// What is reported; wasm-client/platform/event_json.cpp reads it.
export type TwinEvent =
  | { kind: "input"; node: string; value: string; composing?: boolean }
  | { kind: "commit"; node: string; value: string }
  | { kind: "focus" | "blur" | "activate"; node: string }
  | { kind: "choose"; node: string; option: string }
  | { kind: "key"; node: string; key: string }
  | { kind: "pointer"; node: string; index?: number; pressed?: boolean };

interface Entry {
  node: SceneNode;
  element: HTMLElement;
  shape: string;
  value_rev: number;
  // The wizard wrote a value while the person was in the field: it waits for them to leave.
  waiting_value: string | null;
  // What the module knows the field to hold.
  reported: string;
}

const ENTRIES = new Set(["text", "password", "combobox"]);
const is_entry = (node: SceneNode): boolean => ENTRIES.has(node.role);

// Keys that belong to an open list, and those of them that the browser must not hear as well: the others move its cursor,
// or do nothing in a field. Why this is the one place that stops a key: docs/decisions/0009-keys-of-an-open-list.md.
const LIST_KEYS: Readonly<Record<string, string>> = { ArrowDown: "down", ArrowUp: "up", Home: "home", End: "end", Enter: "enter", Escape: "escape" };
const is_open = (node: SceneNode): boolean => node.role === "combobox" && (node.options?.length ?? 0) > 0;

// The pieces of a node, numbered as view::Part.
const Part = { control: 0, label: 1, hint: 2, error: 3, warning: 4, item: 5, term: 6, value: 7, action: 8 } as const;
const NUMBERS_PER_PIECE = 7;

export class Twin {
  // Somebody answers. Until then, and after a failure, links are the browser's: they lead to the server's pages.
  live = false;
  private readonly entries = new Map<string, Entry>();
  private readonly main: HTMLElement;
  private order: string[] = [];
  private readonly found = new Map<string, HTMLElement>();
  private composing: string | null = null;
  private wanted_focus: { id: string; scroll_to_top: boolean } | null = null;
  private readonly typed_before_start: TwinEvent[] = [];
  private pointer: TwinEvent | null = null;
  // The person has chosen in this field's list: what comes of it is written though they are still in the field.
  private chosen: string | null = null;
  private shown_option = ""; // the option that was last brought into view, or the list

  // `prefix` is "/oudon": addresses below it are the wizard's own.
  constructor(
    private readonly root: HTMLElement,
    private readonly prefix: string,
    private readonly report: (event: TwinEvent) => void,
  ) {
    this.main = root.querySelector("main") ?? root.appendChild(document.createElement("main"));
    for (const element of root.querySelectorAll<HTMLElement>("[data-node]")) {
      const id = element.dataset["node"];
      if (id) this.found.set(id, element);
    }
    this.listen();
  }

  apply(patch: Patch): void {
    for (const id of patch.removed ?? []) {
      this.entries.get(id)?.element.remove();
      this.entries.delete(id);
    }
    const nodes = new Map(patch.nodes.map((node) => [node.id, node]));
    if (patch.order) this.order = patch.order;
    for (const node of patch.nodes) this.renew(node, this.parent_is_list(node, nodes));
    if (patch.order) this.arrange();
    // What the server had written and the scene does not have.
    for (const element of this.found.values()) element.remove();
    this.found.clear();
    if (patch.title !== undefined) document.title = patch.title;
    if (patch.language !== undefined && patch.language !== "") document.documentElement.lang = patch.language;
    if (patch.focus) this.wanted_focus = { id: patch.focus, scroll_to_top: patch.scroll_to_top === true };
  }

  // Seven numbers for each piece: position of its node, part, index, x, y, width, height.
  place(rectangles: Float32Array): void {
    const pieces: Float32Array[] = [];
    for (let at = 0; at + NUMBERS_PER_PIECE <= rectangles.length; at += NUMBERS_PER_PIECE) pieces.push(rectangles.subarray(at, at + NUMBERS_PER_PIECE));
    // What lies inside a placed element (the links of an error summary) is placed from that element's corner.
    const corners = new Map<number, readonly [number, number]>();
    for (const [position = 0, part, , x = 0, y = 0] of pieces) {
      const entry = this.entries.get(this.order[position] ?? "");
      if (part === Part.control && entry && this.piece(entry, part, 0) === entry.element) corners.set(position, [x, y]);
    }
    for (const [position = 0, part = 0, index = 0, x = 0, y = 0, width = 0, height = 0] of pieces) {
      const entry = this.entries.get(this.order[position] ?? "");
      const element = entry && this.piece(entry, part, index);
      if (!element) continue;
      const [left, top] = (part === Part.control ? undefined : corners.get(position)) ?? [0, 0];
      const { style } = element;
      style.setProperty("--x", `${x - left}px`);
      style.setProperty("--y", `${y - top}px`);
      style.setProperty("--w", `${width}px`);
      style.setProperty("--h", `${height}px`);
    }
  }

  // To be called when the module is at rest: events that apply() gave rise to, scrolling, focus.
  settle(): void {
    for (const event of this.typed_before_start.splice(0)) this.report(event);
    this.show_list();
    const wanted = this.wanted_focus;
    if (!wanted) return;
    this.wanted_focus = null;
    if (wanted.scroll_to_top) window.scrollTo({ top: 0, behavior: "instant" });
    this.focus(wanted.id, wanted.scroll_to_top);
  }

  // A list that has opened, and the option that the arrows have come to, are to be seen: above a telephone's keyboard too.
  private show_list(): void {
    const input = document.activeElement;
    const entry = this.entry_of(input);
    const list = entry && is_open(entry.node) && input ? document.getElementById(`${entry.node.id}-list`) : null;
    const option = list ? (input?.getAttribute("aria-activedescendant") ?? list.id) : "";
    if (option === this.shown_option) return;
    this.shown_option = option;
    if (!list || !input || !entry) return;
    if (option !== list.id) {
      document.getElementById(option)?.scrollIntoView({ block: "nearest" });
      return;
    }
    const { height, offsetTop } = window.visualViewport ?? { height: innerHeight, offsetTop: 0 };
    const last = list.lastElementChild?.getBoundingClientRect().bottom ?? 0;
    const first = document.getElementById(`${entry.node.id}-label`)?.getBoundingClientRect().top ?? 0;
    const hidden = Math.min(last - (offsetTop + height), first - offsetTop);
    if (hidden > 0) window.scrollBy({ top: hidden, behavior: "instant" });
  }

  // Tells the module what a browser filled in without saying so (some password managers send no event).
  flush(): void {
    for (const entry of this.entries.values()) {
      if (!is_entry(entry.node)) continue;
      const input = this.input_of(entry);
      if (input && input.value !== entry.reported) this.report_value(entry, input.value, false);
    }
  }

  // A browser that goes back writes into a page's fields what stood there when it was left: on a shared computer that is
  // for somebody else to read, and what is to be kept the vault keeps.
  leave(): void {
    for (const control of this.root.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select")) {
      if (control instanceof HTMLSelectElement) control.selectedIndex = -1;
      else if (control.type === "checkbox" || control.type === "radio") control.checked = false;
      else control.value = "";
    }
  }

  // The page itself has come back, as it was.
  come_back(): void {
    for (const entry of this.entries.values()) {
      update(entry.element, entry.node);
      const input = is_entry(entry.node) ? this.input_of(entry) : null;
      if (input) input.value = entry.reported;
    }
  }

  private parent_is_list(node: SceneNode, changed: Map<string, SceneNode>): boolean {
    if (!node.parent) return false;
    const parent = changed.get(node.parent) ?? this.entries.get(node.parent)?.node;
    return parent?.role === "group" && parent.type === "list";
  }

  private renew(node: SceneNode, in_list: boolean): void {
    const wanted = shape(node, in_list);
    const known = this.entries.get(node.id);
    if (known && known.shape === wanted) {
      update(known.element, node);
      known.node = node;
      this.write_value(known);
      return;
    }
    const tag = outer_tag(node, in_list);
    const adopted = this.found.get(node.id);
    const usable = adopted?.localName === tag ? adopted : null;
    if (usable) this.found.delete(node.id);
    const element = usable ?? document.createElement(tag);
    if (usable) this.keep_what_was_done(usable, node);
    update(element, node);
    if (known) {
      // Another tag: what it held goes into the new one.
      for (const child of [...known.element.children]) if (child instanceof HTMLElement && child.dataset["node"]) element.append(child);
      known.element.replaceWith(element);
    }
    const entry: Entry = { node, element, shape: wanted, value_rev: node.value_rev ?? 0, waiting_value: null, reported: node.value ?? "" };
    this.entries.set(node.id, entry);
    if (is_entry(node) && !usable) {
      const input = this.input_of(entry);
      if (input) input.value = known ? (this.input_of(known)?.value ?? node.value ?? "") : (node.value ?? "");
    }
  }

  // The server's page was there before the module: what people did in it meanwhile is theirs.
  private keep_what_was_done(element: HTMLElement, node: SceneNode): void {
    const control = element.querySelector<HTMLElement>("input, select");
    if (control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio")) {
      if (control.checked !== (node.checked === true) && (control.type === "checkbox" || control.checked)) this.typed_before_start.push({ kind: "activate", node: node.id });
    } else if (control instanceof HTMLInputElement) {
      if (control.value !== (node.value ?? "")) this.typed_before_start.push({ kind: "input", node: node.id, value: control.value });
    } else if (control instanceof HTMLSelectElement) {
      const selected = node.options?.find((option) => option.selected)?.id ?? node.options?.[0]?.id ?? "";
      if (control.value !== selected) this.typed_before_start.push({ kind: "choose", node: node.id, option: control.value });
    }
  }

  private write_value(entry: Entry): void {
    const { node } = entry;
    const revision = node.value_rev ?? 0;
    if (!is_entry(node) || revision <= entry.value_rev) return;
    entry.value_rev = revision;
    const input = this.input_of(entry);
    if (!input) return;
    const chosen = this.chosen === node.id;
    if (chosen) this.chosen = null;
    if ((document.activeElement === input && !chosen) || this.composing === node.id) {
      entry.waiting_value = node.value ?? "";
    } else {
      this.set_value(entry, input, node.value ?? "");
    }
  }

  private set_value(entry: Entry, input: HTMLInputElement, value: string): void {
    entry.waiting_value = null;
    entry.reported = value;
    if (input.value !== value) input.value = value;
  }

  // Puts every element where the order wants it, moving none that is already there.
  private arrange(): void {
    const cursors = new Map<Element, Element | null>();
    const first_node = (parent: Element): Element | null => parent.querySelector(":scope > [data-node]");
    const next_node = (element: Element): Element | null => {
      let next = element.nextElementSibling;
      while (next && !(next instanceof HTMLElement && next.dataset["node"])) next = next.nextElementSibling;
      return next;
    };
    for (const element of this.found.values()) element.remove();
    for (const id of this.order) {
      const entry = this.entries.get(id);
      if (!entry) continue;
      const landmark = entry.node.parent ? undefined : LANDMARKS[id];
      if (landmark) {
        const first = landmark === "header";
        if ((first ? this.root.firstElementChild : this.root.lastElementChild) !== entry.element) this.root[first ? "prepend" : "append"](entry.element);
        continue;
      }
      const parent = (entry.node.parent ? this.entries.get(entry.node.parent)?.element : null) ?? this.main;
      const cursor = cursors.has(parent) ? (cursors.get(parent) ?? null) : first_node(parent);
      if (cursor === entry.element) {
        cursors.set(parent, next_node(entry.element));
      } else {
        // It may come from another parent, whose next one it was.
        const home = entry.element.parentElement;
        if (home && cursors.get(home) === entry.element) cursors.set(home, next_node(entry.element));
        parent.insertBefore(entry.element, cursor);
        cursors.set(parent, cursor);
      }
    }
  }

  private piece(entry: Entry, part: number, index: number): HTMLElement | null {
    const { element, node } = entry;
    const own = (name: string): HTMLElement | null => element.querySelector<HTMLElement>(`#${CSS.escape(`${node.id}-${name}`)}`) ?? element.querySelector<HTMLElement>(`:scope > .${name}`);
    switch (part) {
      case Part.control:
        return element.id === node.id ? element : element.querySelector<HTMLElement>(`#${CSS.escape(node.id)}`);
      case Part.label:
        return own("label") ?? element.querySelector("h2");
      case Part.hint:
        return own("hint");
      case Part.error:
        return own("error");
      case Part.warning:
        return own("warning");
      case Part.item:
        return element.querySelectorAll<HTMLElement>('li > *, [role="option"]')[index] ?? null;
      case Part.term:
        return element.children[index]?.querySelector<HTMLElement>("dt") ?? null;
      case Part.value:
        return element.children[index]?.querySelector<HTMLElement>("dd") ?? null;
      case Part.action:
        return element.children[index]?.querySelector<HTMLElement>("dd.action > *") ?? null;
      default:
        return null;
    }
  }

  private input_of(entry: Entry): HTMLInputElement | null {
    const input = entry.element.querySelector(`#${CSS.escape(entry.node.id)}`);
    return input instanceof HTMLInputElement ? input : null;
  }

  private focus(id: string, scrolled: boolean): void {
    const target = document.getElementById(id);
    if (!target) return;
    const focusable = target.matches("input, select, button, a, [tabindex]") ? target : target.querySelector<HTMLElement>("input, select, button, a");
    if (!focusable || document.activeElement === focusable) return;
    if (!scrolled) {
      const label = document.getElementById(`${id}-label`) ?? focusable;
      label.scrollIntoView({ block: label === focusable ? "nearest" : "start" });
    }
    focusable.focus({ preventScroll: true });
  }

  private listen(): void {
    const { root } = this;
    root.addEventListener("compositionstart", (event) => {
      this.composing = event.target instanceof HTMLElement ? event.target.id : null;
    });
    root.addEventListener("compositionend", (event) => {
      this.composing = null;
      const entry = this.entry_of(event.target);
      if (entry && event.target instanceof HTMLInputElement) this.report_value(entry, event.target.value, false);
    });
    // Autofill sends `input` without a type: only the value counts.
    root.addEventListener("input", (event) => {
      const entry = this.entry_of(event.target);
      if (entry && is_entry(entry.node) && event.target instanceof HTMLInputElement) this.report_value(entry, event.target.value, this.composing === entry.node.id);
    });
    root.addEventListener("change", (event) => { this.changed(event.target); });
    root.addEventListener("focusin", (event) => {
      const entry = this.entry_of(event.target);
      if (entry) this.report({ kind: "focus", node: entry.node.id });
    });
    root.addEventListener("focusout", (event) => {
      const entry = this.entry_of(event.target);
      if (!entry) return;
      if (entry.waiting_value !== null && event.target instanceof HTMLInputElement) this.set_value(entry, event.target, entry.waiting_value);
      this.report({ kind: "blur", node: entry.node.id });
    });
    root.addEventListener("keydown", (event) => { this.key(event); });
    // The focus stays in the field while one presses in its list, and a telephone's keyboard with it.
    root.addEventListener("mousedown", (event) => { if (event.target instanceof Element && event.target.closest('[role="listbox"]')) event.preventDefault(); });
    // Enter in a field clicks the submit button; that click is what counts.
    root.addEventListener("submit", (event) => { event.preventDefault(); });
    root.addEventListener("click", (event) => { this.clicked(event); });
    const passive = { passive: true };
    root.addEventListener("pointerover", (event) => { this.pointed(event.target, false); }, passive);
    root.addEventListener("pointerleave", () => { this.pointed(null, false); }, passive);
    root.addEventListener("pointerdown", (event) => { this.pointed(event.target, true); }, passive);
    for (const kind of ["pointerup", "pointercancel"] as const) root.addEventListener(kind, (event) => { this.pointed(event.pointerType === "mouse" ? event.target : null, false); }, passive);
  }

  // The node whose control this is.
  private entry_of(target: EventTarget | null): Entry | null {
    return target instanceof HTMLElement && target.id !== "" ? (this.entries.get(target.id) ?? null) : null;
  }

  // Never while an input method or a dead key is at work: then these keys are theirs.
  private key(event: KeyboardEvent): void {
    const entry = this.entry_of(event.target);
    const key = LIST_KEYS[event.key];
    if (!entry || !key || entry.node.role !== "combobox" || event.isComposing || this.composing !== null) return;
    // The Enter that ends a composition in Safari says so by this number alone.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    if (event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const open = is_open(entry.node);
    const moves = key === "down" || key === "up";
    if (!open && !moves) return;
    const takes = key === "enter" && entry.node.options?.some((option) => option.selected) === true;
    if (key === "enter" && !takes) return;
    if (open && (moves || takes)) event.preventDefault();
    if (takes) this.chosen = entry.node.id;
    this.report({ kind: "key", node: entry.node.id, key });
  }

  private report_value(entry: Entry, value: string, composing: boolean): void {
    this.chosen = null;
    entry.waiting_value = null;
    entry.reported = value;
    this.report({ kind: "input", node: entry.node.id, value, ...(composing ? { composing } : {}) });
  }

  private changed(target: EventTarget | null): void {
    const entry = this.entry_of(target);
    if (!entry) return;
    const node = entry.node.id;
    if (target instanceof HTMLSelectElement) {
      this.report({ kind: "choose", node, option: target.value });
    } else if (target instanceof HTMLInputElement && (target.type === "checkbox" || target.type === "radio")) {
      this.report({ kind: "activate", node });
      // The model has the last word on what is ticked, also when it changed nothing.
      const checked = this.entries.get(node)?.node.checked === true;
      if (target.checked !== checked) target.checked = checked;
    } else if (target instanceof HTMLInputElement) {
      entry.reported = target.value;
      this.report({ kind: "commit", node, value: target.value });
    }
  }

  private clicked(event: MouseEvent): void {
    const option_pressed = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="option"]') : null;
    const list_node = option_pressed?.closest<HTMLElement>("[data-node]")?.dataset["node"];
    if (option_pressed && list_node) {
      this.chosen = list_node;
      this.report({ kind: "choose", node: list_node, option: option_pressed.dataset["option"] ?? "" });
      return;
    }
    const control = event.target instanceof Element ? event.target.closest<HTMLElement>("button, a") : null;
    if (!control || !this.root.contains(control)) return;
    const action = control.dataset["action"];
    if (control instanceof HTMLAnchorElement) {
      const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (action !== undefined) {
        event.preventDefault();
        this.focus(action, false);
      } else if (this.live && plain && control.id && this.is_ours(control.getAttribute("href") ?? "")) {
        event.preventDefault();
        this.flush();
        this.report({ kind: "activate", node: control.id });
      }
      return;
    }
    this.flush();
    const option = control.dataset["option"];
    if (action !== undefined) {
      this.report({ kind: "activate", node: action });
    } else if (option !== undefined) {
      const list = control.closest<HTMLElement>("[data-node]")?.dataset["node"];
      if (list) this.report({ kind: "choose", node: list, option });
    } else if (control.id) {
      this.report({ kind: "activate", node: control.id });
    }
  }

  private is_ours(address: string): boolean {
    if (!address.startsWith(this.prefix)) return false;
    const next = address.charAt(this.prefix.length);
    return next === "" || next === "/" || next === "?";
  }

  private pointed(target: EventTarget | null, pressed: boolean): void {
    const event: TwinEvent = { kind: "pointer", node: "", index: -1, pressed };
    const outer = target instanceof Element ? target.closest<HTMLElement>("[data-node]") : null;
    if (outer && target instanceof Element) {
      const item = target.closest("li");
      const is_item = item && !item.dataset["node"] && outer.contains(item);
      event.node = outer.dataset["node"] ?? "";
      if (is_item) event.index = [...(item.parentElement?.children ?? [])].indexOf(item);
    }
    const before = this.pointer;
    if (before?.kind === "pointer" && before.node === event.node && before.index === event.index && before.pressed === event.pressed) return;
    this.pointer = event;
    this.report(event);
  }
}
