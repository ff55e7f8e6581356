// One key, one action; only while nobody types, no dialog is open, and the agent has not switched them off.
import { useLayoutEffect, useRef } from "preact/hooks";
import { letters } from "./settings.ts";

export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

const TYPED_IN = "input, textarea, select, [contenteditable]";

const takesLetters = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches(TYPED_IN) && !target.matches('input[type="checkbox"], input[type="radio"]');

export function useShortcuts(shortcuts: Shortcuts): void {
  const now = useRef(shortcuts);
  now.current = shortcuts;
  // With the screen, not some moments after it: what an agent types at once is not lost.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
      if (takesLetters(event.target) || document.querySelector("dialog[open]") || !letters.get()) return;
      const action = Object.hasOwn(now.current, event.key) ? now.current[event.key] : undefined;
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("keydown", press);
    };
  }, []);
}
