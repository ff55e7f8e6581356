// The town's colours, by day or by night, as the page's styles have them (theme.css): the canvas paints with the same.

// In the order of view::Palette (wasm-client/view/theme.h).
const PALETTE = ("primary on-primary button on-button button-hover button-pressed tint background surface fixed track border separator text muted disabled " +
  "error error-tint warning warning-tint success success-tint information information-tint").split(" ");

export function colours(): Uint32Array {
  const style = getComputedStyle(document.documentElement);
  return Uint32Array.from(PALETTE, (name) => parseInt(style.getPropertyValue(`--${name}`).trim().slice(1), 16));
}

// Now, and whenever the device changes between day and night.
export function follow_colours(tell: (colours: Uint32Array) => void): void {
  const say = (): void => { tell(colours()); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", say);
  say();
}
