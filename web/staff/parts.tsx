// The small things every screen is made of.
import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { Mark } from "./contract.ts";
import { useDesk } from "./desk.ts";
import type { Place } from "./place.ts";
import { addressOf } from "./place.ts";
import { letters } from "./settings.ts";
import { useStore } from "./store.ts";
import { say, word } from "./texts.ts";

// The first screen is where the browser has put the reader already; later ones are read from their title.
let firstTitle = true;

export function Title({ children, label }: { readonly children: ComponentChildren; readonly label: string }): JSX.Element {
  const { town } = useDesk();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    document.title = `${label} – ${say("console")} – ${town}`;
    if (!firstTitle) heading.current?.focus();
    firstTitle = false;
  }, [label]);
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>;
}

export function Link({ to, children, current }: {
  readonly to: Place;
  readonly children: ComponentChildren;
  readonly current?: boolean; // where the agent is now
}): JSX.Element {
  const desk = useDesk();
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    desk.go(to);
  };
  return <a aria-current={current ? "page" : undefined} href={addressOf(desk.root, to)} onClick={follow}>{children}</a>;
}

export const Trouble = ({ text }: { readonly text: string }): JSX.Element => (
  <div role="alert">{text !== "" && <p class="trouble">{text}</p>}</div>
);

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly type?: "text" | "email" | "password" | "date";
  readonly hint?: string;
  readonly error?: string;
  readonly autocomplete?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly autofocus?: boolean;
  readonly inputmode?: "numeric" | "email" | "text";
  readonly maxLength?: number;
  readonly min?: string;
  readonly max?: string;
}

export function Field(props: FieldProps): JSX.Element {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const { hint, error } = props;
  useLayoutEffect(() => {
    if (props.autofocus) field.current?.focus();
  }, []);
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  // The types tell each kind of entry apart by what else it may have; these have all of it.
  const kind = { type: props.type ?? "text" } as { readonly type: "text" };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      <input
        {...kind}
        ref={field}
        id={id}
        value={props.value}
        required={props.required ?? false}
        readOnly={props.readOnly ?? false}
        autocomplete={props.autocomplete ?? "off"}
        maxLength={props.maxLength ?? 1000}
        aria-invalid={error ? "true" : "false"}
        {...(props.inputmode ? { inputMode: props.inputmode } : {})}
        {...(props.min ? { min: props.min } : {})}
        {...(props.max ? { max: props.max } : {})}
        {...(described ? { "aria-describedby": described } : {})}
        onInput={(event) => { props.onValue(event.currentTarget.value); }}
      />
      {error && <p class="trouble" id={`${id}-error`}>{error}</p>}
    </div>
  );
}

export function Words(props: {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hint?: string;
  readonly rows?: number;
  readonly maxLength?: number;
}): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.hint && <p class="hint" id={`${id}-hint`}>{props.hint}</p>}
      <textarea
        id={id}
        rows={props.rows ?? 3}
        maxLength={props.maxLength ?? 2000}
        value={props.value}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        onInput={(event) => { props.onValue(event.currentTarget.value); }}
      />
    </div>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function Select(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => { props.onValue(event.currentTarget.value); }}>
        {props.choices.map((choice) => <option key={choice.value} value={choice.value} selected={choice.value === props.value}>{choice.label}</option>)}
      </select>
    </div>
  );
}

// Modal: the browser keeps the focus inside and gives it back.
export function Dialog(props: {
  readonly title: string;
  readonly onClose?: () => void; // none: it cannot be left
  readonly children: ComponentChildren;
}): JSX.Element {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current } = dialog;
    const before = document.activeElement;
    current?.showModal();
    return () => {
      current?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const cancel = (event: Event): void => {
    event.preventDefault();
    props.onClose?.();
  };
  // A second Escape closes it whatever the page says (HTML Standard, close watchers); one that cannot be left is back.
  const closed = (): void => {
    if (!props.onClose && dialog.current?.isConnected) dialog.current.showModal();
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={cancel} onClose={closed}>
      <h2 id={id}>{props.title}</h2>
      {props.children}
    </dialog>
  );
}

// Before what cannot be taken back.
export function Confirm(props: {
  readonly title: string;
  readonly words: string;
  readonly send: string;
  readonly onSend: () => void;
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <p>{props.words}</p>
      <p class="buttons">
        <button type="button" class="danger" onClick={props.onSend}>{props.send}</button>
        <button type="button" onClick={props.onClose}>{say("cancel")}</button>
      </p>
    </Dialog>
  );
}

export const State = ({ state }: { readonly state: string }): JSX.Element => (
  <span class={`badge state-${state}`}>{word("state", state, "state_unknown")}</span>
);

export const Marks = ({ marks }: { readonly marks: readonly Mark[] }): JSX.Element | null =>
  marks.length === 0 ? null : (
    <ul class="marks">
      {[...new Set(marks.map((mark) => word("mark_short", mark.code, "mark_short_other")))].map((text) => <li key={text} class="badge doubt">{text}</li>)}
    </ul>
  );

// A table that is wider than the screen is moved sideways, by keys too.
export const Scroll = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }): JSX.Element => (
  <div class="scroll" role="region" aria-label={label} tabIndex={0}>{children}</div>
);

// The key that does the same; shown, not said: the list of all is behind "?".
export function Key({ name }: { readonly name: string }): JSX.Element | null {
  return useStore(letters) ? <kbd aria-hidden="true">{name}</kbd> : null;
}

// An address of mail, which goes on in the next line after its @ before it does so anywhere else.
export function Address({ text }: { readonly text: string }): JSX.Element {
  const at = text.lastIndexOf("@") + 1;
  return <>{text.slice(0, at)}<wbr />{text.slice(at)}</>;
}

// For what has no picture of its own: a word that only screen readers say.
export const Hidden = ({ children }: { readonly children: ComponentChildren }): JSX.Element => <span class="unseen">{children}</span>;
