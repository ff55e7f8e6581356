// A page in a window of another size or density than its own.
import { settled } from './in_page.mjs';

// One session for each page, for as long as it lives: one that ends takes the window it has set with it, and the page's own
// only comes back with the next picture, which may then show a canvas that was painted for another density.
const sessions = new WeakMap();
export async function sessionOf(page) {
  if (!sessions.has(page)) sessions.set(page, await page.context().newCDPSession(page));
  return sessions.get(page);
}

// CSS pixels, and device pixels to one of them.
export async function showIn(page, { width, height }, deviceScaleFactor) {
  const session = await sessionOf(page);
  await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile: false });
  await page.evaluate(settled);
}
