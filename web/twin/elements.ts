// One node, one element: the TypeScript half of docs/scene-dom.md (the other half is wasm-client/scene/html.cpp).
// make() and update() share one description of the attributes and children an element should have, and change only what
// differs: an element that has the focus is never moved, and what has been typed is never touched here.
import type { SceneNode } from "./patch.ts";

const is_invalid = (node: SceneNode): boolean => node.invalid === true || (node.error ?? "") !== "";

// They stand beside the page's <main>, which holds everything else.
export const LANDMARKS: Readonly<Record<string, string>> = { "page-header": "header", "page-help": "aside" };

// The tag of the outer element; when it changes, the element has to be replaced.
export function outer_tag(node: SceneNode, in_list: boolean): string {
  switch (node.role) {
    case "form":
      return "form";
    case "group":
      return node.type === "list" ? "ul" : node.type === "card" ? "article" : node.label ? "fieldset" : (LANDMARKS[node.id] ?? "div");
    case "heading":
      return `h${node.level ?? 1}`;
    case "paragraph":
      return in_list ? "li" : "p";
    case "link":
    case "status":
      return "p";
    case "button":
      return "button";
    case "table":
      return "dl";
    default:
      return "div";
  }
}

// Nodes that differ in this need another element, even when the tag is the same.
export function shape(node: SceneNode, in_list: boolean): string {
  // An entry may gain a list, or lose it, under the person's hands.
  const role = node.role === "combobox" ? "text" : node.role;
  const control = node.role === "link" ? (node.href ? "a" : "button") : node.role === "figure" ? (node.value ? "img" : "icon") : "";
  return `${outer_tag(node, in_list)} ${role} ${control}`;
}

// Attributes: null takes one away.
type Attributes = Record<string, string | null>;

function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) {
      if (element.hasAttribute(name)) element.removeAttribute(name);
    } else if (element.getAttribute(name) !== value) {
      element.setAttribute(name, value);
    }
  }
}

const present = (value: string | undefined): string | null => (value ? value : null);
const flag = (value: boolean | undefined): string | null => (value ? "" : null);

function set_text(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function described_by(node: SceneNode): string | null {
  const ids = (["hint", "error", "warning"] as const).filter((part) => node[part]).map((part) => `${node.id}-${part}`);
  return ids.length ? ids.join(" ") : null;
}

const states = (node: SceneNode, speaks: boolean): Attributes => ({
  "aria-required": speaks && node.required ? "true" : null,
  "aria-invalid": speaks && is_invalid(node) ? "true" : null,
  "aria-describedby": described_by(node),
});

// The children of an element that are not scene nodes, keyed by `key`, made to be exactly these, in this order, before
// every scene node's element.
class Furniture {
  private position: ChildNode | null;
  constructor(private readonly parent: Element) {
    this.position = parent.firstChild;
  }

  element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}): HTMLElementTagNameMap[Tag] {
    const here = this.position;
    if (here instanceof HTMLElement && here.localName === tag && !here.dataset["node"] && this.same_kind(here, attributes)) {
      this.position = here.nextSibling;
      set(here, attributes);
      return here as HTMLElementTagNameMap[Tag];
    }
    // It may stand further on: what is between has gone.
    for (let next: ChildNode | null = here; next; next = next.nextSibling) {
      if (next instanceof HTMLElement && next.dataset["node"]) break;
      if (next instanceof HTMLElement && next.localName === tag && this.same_kind(next, attributes)) {
        while (this.position && this.position !== next) {
          const gone: ChildNode = this.position;
          this.position = gone.nextSibling;
          gone.remove();
        }
        this.position = next.nextSibling;
        set(next, attributes);
        return next as HTMLElementTagNameMap[Tag];
      }
    }
    const made = document.createElement(tag);
    set(made, attributes);
    this.parent.insertBefore(made, here);
    return made;
  }

  text(text: string): void {
    const here = this.position;
    if (here instanceof Text) {
      if (here.data !== text) here.data = text;
      this.position = here.nextSibling;
    } else if (text !== "") {
      this.parent.insertBefore(document.createTextNode(text), here);
    }
  }

  // Takes away what is left over.
  end(): void {
    while (this.position && !(this.position instanceof HTMLElement && this.position.dataset["node"])) {
      const gone: ChildNode = this.position;
      this.position = gone.nextSibling;
      gone.remove();
    }
  }

  // A hint is not turned into an error: a live region or a screen reader's cursor may be on it.
  private same_kind(element: HTMLElement, attributes: Attributes): boolean {
    return !("id" in attributes) || element.id === "" || element.id === attributes["id"];
  }
}

function icon_into(furniture: Furniture, node: SceneNode, where: "before" | "after"): void {
  if (!node.icon) return;
  const follows = node.icon === "arrow-right" || node.icon === "external";
  if (follows === (where === "after")) furniture.element("span", { class: `icon icon-${node.icon}`, "aria-hidden": "true" });
}

// Text with a star for what has to be filled in.
function label_text(element: Element, node: SceneNode, with_icon: boolean): void {
  const inside = new Furniture(element);
  if (with_icon && node.icon) inside.element("span", { class: `icon icon-${node.icon}`, "aria-hidden": "true" });
  inside.text(node.label ?? "");
  if (node.required) set_text(inside.element("span", { class: "required", "aria-hidden": "true" }), " *");
  inside.end();
}

function sentences(furniture: Furniture, node: SceneNode): void {
  for (const part of ["hint", "error", "warning"] as const) {
    const text = node[part];
    if (text) set_text(furniture.element("p", { class: part, id: `${node.id}-${part}` }), text);
  }
}

function with_icon_and_text(element: Element, node: SceneNode): void {
  const inside = new Furniture(element);
  icon_into(inside, node, "before");
  inside.text(node.label ?? "");
  icon_into(inside, node, "after");
  inside.end();
}

function update_entry(outer: HTMLElement, node: SceneNode): void {
  const inside = new Furniture(outer);
  label_text(inside.element("label", { id: `${node.id}-label`, for: node.id }), node, false);
  sentences(inside, node);
  inside.element("input", {
    id: node.id,
    type: node.type || (node.role === "password" ? "password" : "text"),
    name: present(node.name),
    autocomplete: present(node.autocomplete),
    inputmode: present(node.inputmode),
    enterkeyhint: present(node.enterkeyhint),
    autocapitalize: present(node.autocapitalize),
    spellcheck: node.spellcheck ? "true" : "false",
    ...states(node, true),
    readonly: flag(node.readonly),
    disabled: flag(node.disabled),
    ...list_states(node),
  });
  if (node.icon) inside.element("span", { class: `icon icon-${node.icon}`, "aria-hidden": "true" });
  if (node.role === "combobox" && node.options?.length) listbox(inside, node);
  inside.end();
}

const option_id = (node: SceneNode, index: number): string => `${node.id}-option-${index}`;

function list_states(node: SceneNode): Attributes {
  const options = node.options ?? [];
  const active = options.findIndex((option) => option.selected);
  const has_list = node.role === "combobox";
  const open = has_list && options.length > 0;
  return {
    role: has_list ? "combobox" : null,
    "aria-autocomplete": has_list ? "list" : null,
    "aria-expanded": has_list ? String(open) : null,
    "aria-controls": open ? `${node.id}-list` : null,
    "aria-activedescendant": open && active >= 0 ? option_id(node, active) : null,
  };
}

function listbox(inside: Furniture, node: SceneNode): void {
  const list = new Furniture(inside.element("ul", { id: `${node.id}-list`, role: "listbox", "aria-labelledby": `${node.id}-label` }));
  node.options?.forEach((option, index) => {
    const attributes = { id: option_id(node, index), role: "option", "data-option": option.id ?? "", "aria-selected": String(option.selected === true) };
    set_text(list.element("li", attributes), option.label ?? "");
  });
  list.end();
}

function update_select(outer: HTMLElement, node: SceneNode): void {
  const inside = new Furniture(outer);
  label_text(inside.element("label", { id: `${node.id}-label`, for: node.id }), node, false);
  sentences(inside, node);
  const select = inside.element("select", {
    id: node.id,
    name: present(node.name),
    autocomplete: present(node.autocomplete),
    ...states(node, true),
    disabled: flag(node.disabled),
  });
  inside.end();
  const list = new Furniture(select);
  for (const option of node.options ?? []) set_text(list.element("option", { value: option.id ?? "", disabled: flag(option.disabled) }), option.label ?? "");
  list.end();
  const selected = (node.options ?? []).find((option) => option.selected)?.id ?? node.options?.[0]?.id ?? "";
  if (select.value !== selected) select.value = selected;
}

function update_tickable(outer: HTMLElement, node: SceneNode): void {
  const inside = new Furniture(outer);
  const input = inside.element("input", {
    id: node.id,
    type: node.role,
    name: present(node.name),
    value: present(node.value),
    ...states(node, node.role === "checkbox"),
    disabled: flag(node.disabled),
  });
  const checked = node.checked === true;
  if (input.checked !== checked) input.checked = checked;
  label_text(inside.element("label", { id: `${node.id}-label`, for: node.id }), node, true);
  sentences(inside, node);
  inside.end();
}

function update_summary(outer: HTMLElement, node: SceneNode): void {
  const around = new Furniture(outer);
  const inside = new Furniture(around.element("div", { role: "alert" }));
  around.end();
  set_text(inside.element("h2"), node.label ?? "");
  const list = new Furniture(inside.element("ul"));
  inside.end();
  for (const row of node.rows ?? []) {
    const item = new Furniture(list.element("li"));
    set_text(item.element("a", { href: `#${row.action ?? ""}`, "data-action": row.action ?? "" }), row.term ?? "");
    item.end();
  }
  list.end();
}

function update_table(outer: HTMLElement, node: SceneNode): void {
  const rows = new Furniture(outer);
  for (const row of node.rows ?? []) {
    const cells = new Furniture(rows.element("div"));
    set_text(cells.element("dt"), row.term ?? "");
    set_text(cells.element("dd", { class: null }), row.value ?? "");
    if (row.action) {
      const action = new Furniture(cells.element("dd", { class: "action" }));
      const attributes = { type: "button", class: "as-link", "data-action": row.action, "aria-label": present(row.action_name) };
      set_text(action.element("button", attributes), row.action_label ?? "");
      action.end();
    }
    cells.end();
  }
  rows.end();
}

function update_suggestion(outer: HTMLElement, node: SceneNode): void {
  const inside = new Furniture(outer);
  set_text(inside.element("p", { class: "label", id: `${node.id}-label` }), node.label ?? "");
  const list = new Furniture(inside.element("ul"));
  inside.end();
  for (const option of node.options ?? []) {
    const item = new Furniture(list.element("li"));
    const attributes = {
      type: "button",
      "data-option": option.id ?? "",
      "aria-pressed": option.selected ? "true" : null,
      disabled: flag(option.disabled),
    };
    set_text(item.element("button", attributes), option.label ?? "");
    item.end();
  }
  list.end();
}

function update_figure(outer: HTMLElement, node: SceneNode): void {
  const inside = new Furniture(outer);
  if (node.value) {
    inside.element("img", { id: node.id, src: node.value, alt: node.label ?? "" });
  } else {
    set(outer, {
      role: node.label ? "img" : null,
      "aria-label": present(node.label),
      "aria-hidden": node.label ? null : "true",
    });
    if (node.icon) inside.element("span", { class: `icon icon-${node.icon}`, "aria-hidden": "true" });
  }
  inside.end();
}

function update_link(outer: HTMLElement, node: SceneNode): void {
  const inside = new Furniture(outer);
  const control = node.href
    ? inside.element("a", { id: node.id, href: node.href, "aria-label": present(node.hint) })
    : inside.element("button", { type: "button", class: "as-link", id: node.id, "aria-label": present(node.hint) });
  with_icon_and_text(control, node);
  inside.end();
}

// A bar for each step, which says nothing more than the words beside it.
function bars_into(furniture: Furniture, node: SceneNode): void {
  const bars = new Furniture(furniture.element("p", { class: "bars", "aria-hidden": "true" }));
  for (let bar = 0; bar < (node.width ?? 0); ++bar) bars.element("span", { class: bar < (node.done ?? 0) ? "done" : null });
  bars.end();
}

// Two paragraphs: progress and notice.
function update_paragraphs(outer: HTMLElement, node: SceneNode): void {
  const inside = new Furniture(outer);
  if (node.role === "notice" && node.icon) inside.element("span", { class: `icon icon-${node.icon}`, "aria-hidden": "true" });
  set_text(inside.element("p", { class: "label" }), node.label ?? "");
  if (node.role === "progress" && node.width) bars_into(inside, node);
  if (node.hint) set_text(inside.element("p", { class: "hint" }), node.hint);
  inside.end();
}

// Outer elements that do not carry the node's id themselves.
const CONTROL_INSIDE = new Set(["text", "password", "combobox", "select", "radio", "checkbox", "link"]);

// Brings an element, new or adopted, to what the node says. The value of an entry is not set here.
export function update(outer: HTMLElement, node: SceneNode): void {
  const classes = ["node", node.role];
  if (node.role === "group" && (node.type === "list" || node.type === "card")) classes.push(node.type);
  if (node.emphasis) classes.push(node.emphasis);
  if (node.inline_row) classes.push("inline");
  if (is_invalid(node)) classes.push("invalid");
  const id_inside = CONTROL_INSIDE.has(node.role) || (node.role === "figure" && node.value);
  set(outer, {
    class: classes.join(" "),
    "data-node": node.id,
    lang: present(node.lang),
    "data-width": node.width ? String(node.width) : null,
    id: id_inside ? null : node.id,
  });
  switch (node.role) {
    case "form":
      set(outer, { method: "post", novalidate: "" });
      break;
    case "group":
      if (node.type === "card") {
        set(outer, { "aria-labelledby": `${node.id}-title` });
      } else if (node.label && node.type !== "list") {
        const radios = node.type === "radiogroup";
        set(outer, { role: radios ? "radiogroup" : null, ...states(node, radios) });
        const inside = new Furniture(outer);
        label_text(inside.element("legend", { id: `${node.id}-label` }), node, false);
        sentences(inside, node);
        inside.end();
      }
      break;
    case "heading":
      if ((node.level ?? 1) <= 1) set(outer, { tabindex: "-1" });
      set_text(outer, node.label ?? "");
      break;
    case "paragraph":
      with_icon_and_text(outer, node);
      break;
    case "status":
      set(outer, { role: "status" });
      set_text(outer, node.label ?? "");
      break;
    case "text":
    case "password":
    case "combobox":
      update_entry(outer, node);
      break;
    case "select":
      update_select(outer, node);
      break;
    case "radio":
    case "checkbox":
      update_tickable(outer, node);
      break;
    case "button":
      set(outer, { type: node.type || "button", "aria-label": present(node.hint), disabled: flag(node.disabled) });
      with_icon_and_text(outer, node);
      break;
    case "link":
      update_link(outer, node);
      break;
    case "error_summary":
      set(outer, { tabindex: "-1" });
      update_summary(outer, node);
      break;
    case "progress":
    case "notice":
      update_paragraphs(outer, node);
      break;
    case "table":
      update_table(outer, node);
      break;
    case "suggestion":
      set(outer, { role: "group", "aria-labelledby": `${node.id}-label` });
      update_suggestion(outer, node);
      break;
    case "figure":
      update_figure(outer, node);
      break;
  }
}
