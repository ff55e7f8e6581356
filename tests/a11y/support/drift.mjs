// Where ImGui painted a field's frame, found in the picture, against where its element stands.
import { decodePng, differ } from '../../browser/support/pixels.mjs';
import { sessionOf, showIn } from './emulated.mjs';
import { settled } from './in_page.mjs';

export const DENSITIES = [1, 1.5, 2, 3, 4];

const fieldsInView = () =>
  [...document.querySelectorAll('#scene :is(input:not([type=checkbox], [type=radio]), select):not([readonly], :disabled)')]
    .filter((field) => field !== document.activeElement)
    .map((field) => ({ id: field.id, box: field.getBoundingClientRect() }))
    .filter(({ box }) => box.top > 20 && box.bottom < innerHeight - 20)
    .map(({ id, box: { left, top, right, bottom } }) => ({ id, left, top, right, bottom }));

// The largest distance, in CSS pixels, of the four edges of each field in view, at the density the page has now.
async function inView(page, session, density, tally, name) {
  const boxes = await page.evaluate(fieldsInView);
  if (boxes.length === 0) return 0;
  // The window as it is now; Playwright's own pictures are taken at the density that the page was opened with.
  const { data } = await session.send('Page.captureScreenshot', { format: 'png' });
  const pixels = decodePng(Buffer.from(data, 'base64'));
  for (const box of boxes) {
    // From outside towards the middle of each side, the first pixel that is not the ground is the frame's.
    const row = Math.round(((box.top + box.bottom) / 2) * density);
    const column = Math.round((box.left + (box.right - box.left) * 0.75) * density);
    const [from, reach] = [Math.round(6 * density), Math.round(12 * density)];
    // `value` is where the edge should be; `way` leads from outside inwards, and pixel n lies between n and n + 1.
    const edge = (value, way, pixel) => {
      const inside = Math.round(value * density) - (way < 0 ? 1 : 0);
      const ground = pixel(inside - way * from);
      for (let step = 1; step < reach; ++step) {
        const here = inside + way * (step - from);
        if (differ(pixel(here), ground)) return Math.abs((way < 0 ? here + 1 : here) / density - value);
      }
      return NaN;
    };
    const [across, down] = [(x) => pixels.at(x, row), (y) => pixels.at(column, y)];
    const off = [edge(box.left, 1, across), edge(box.right, -1, across), edge(box.top, 1, down), edge(box.bottom, -1, down)];
    tally.figure('drift', off.some(Number.isNaN) ? NaN : Math.max(...off), `${name} at density ${density}, ${box.id}`);
  }
  return boxes.length;
}

// At every density, at the top and scrolled by amounts that are whole pixels at none of them.
export async function drift(page, tally, { name, density: usual = 1 }, densities = DENSITIES) {
  const session = await sessionOf(page);
  const as = (density) => showIn(page, page.viewportSize(), density);
  try {
    for (const density of densities) {
      await as(density);
      for (const scroll of [0, 433, 977]) {
        const moved = await page.evaluate((y) => {
          const before = scrollY;
          scrollTo({ top: y, behavior: 'instant' });
          return y === 0 || scrollY !== before;
        }, scroll);
        await page.evaluate(settled);
        if (moved) await inView(page, session, density, tally, `${name}, scrolled to ${scroll}`);
      }
    }
  } finally {
    await as(usual);
    await page.evaluate(() => { scrollTo({ top: 0, behavior: 'instant' }); });
  }
}
