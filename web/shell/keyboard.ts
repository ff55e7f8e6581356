// A telephone's keyboard covers the lower half of the window. Most browsers bring the field above it, some only the part
// of the page that they can scroll, and the rest that grows the field (an open list, an error) comes later: so whenever
// there is less to see of the page, the field that has the focus is brought back into what is seen.

const AIR = 16; // CSS pixels between the field and the keyboard

export function keep_above_the_keyboard(root: HTMLElement): void {
  const seen = window.visualViewport;
  if (!seen) return;
  let { height, scale } = seen;
  seen.addEventListener("resize", () => {
    // Who spreads two fingers looks where they want to.
    const less = seen.height < height && seen.scale === scale;
    ({ height, scale } = seen);
    const field = document.activeElement;
    if (!less || !field?.matches("input, select") || !root.contains(field)) return;
    const box = field.getBoundingClientRect();
    const below = box.bottom + AIR - (seen.offsetTop + seen.height);
    const above = box.top - AIR - seen.offsetTop;
    if (below > 0) window.scrollBy({ top: Math.min(below, above), behavior: "instant" });
    else if (above < 0) window.scrollBy({ top: above, behavior: "instant" });
  });
}
