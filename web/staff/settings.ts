// What an agent chooses for this browser: colours, and whether single letters are shortcuts.
import { Store } from "./store.ts";

export type Theme = "system" | "light" | "dark";
const THEMES: readonly Theme[] = ["system", "light", "dark"];

function kept(name: string): string | null {
  try {
    return localStorage.getItem(`foyer-staff-${name}`);
  } catch {
    return null; // a browser that keeps nothing still works
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`foyer-staff-${name}`, value);
  } catch {
    // As above.
  }
}

export const theme = new Store<Theme>(THEMES.find((one) => one === kept("theme")) ?? "system");
// They can be switched off (WCAG 2.1.4): speech input types letters where nobody means them.
export const letters = new Store<boolean>(kept("letters") !== "off");

const showTheme = (): void => {
  document.documentElement.dataset["theme"] = theme.get();
};
theme.watch(() => {
  keep("theme", theme.get());
  showTheme();
});
letters.watch(() => {
  keep("letters", letters.get() ? "on" : "off");
});
showTheme();
