// What the module tells the twin (wasm-client/twin/patch_json.cpp writes it). A member that has its default value is not
// there.

export type Role =
  | "form" | "group" | "heading" | "paragraph" | "text" | "password" | "combobox" | "select" | "radio" | "checkbox" | "button"
  | "link" | "error_summary" | "status" | "progress" | "table" | "suggestion" | "figure" | "notice";

export interface Option {
  id?: string;
  label?: string;
  selected?: boolean;
  disabled?: boolean;
}

export interface Row {
  term?: string;
  value?: string;
  action?: string;
  action_label?: string;
  action_name?: string;
}

export interface SceneNode {
  id: string;
  role: Role;
  parent?: string;
  level?: number;
  lang?: string;
  label?: string;
  hint?: string;
  error?: string;
  warning?: string;
  invalid?: boolean;
  value?: string;
  value_rev?: number;
  options?: Option[];
  rows?: Row[];
  checked?: boolean;
  required?: boolean;
  disabled?: boolean;
  readonly?: boolean;
  type?: string;
  autocomplete?: string;
  inputmode?: string;
  enterkeyhint?: string;
  autocapitalize?: string;
  spellcheck?: boolean;
  name?: string;
  href?: string;
  emphasis?: string;
  icon?: string;
  width?: number;
  done?: number; // progress: how many of its `width` bars
  inline_row?: boolean;
}

export interface Patch {
  nodes: SceneNode[];
  order?: string[];
  removed?: string[];
  title?: string;
  language?: string;
  focus?: string;
  scroll_to_top?: boolean;
}
