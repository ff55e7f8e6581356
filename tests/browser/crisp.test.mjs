// Text that Dear ImGui paints beside the same text as the browser paints it, in the same place: its edges are as sharp, and
// it is as dark, at every density of screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { settled } from '../a11y/support/in_page.mjs';
import { launchChromium, openPage } from './support/chromium.mjs';
import { decodePng } from './support/pixels.mjs';
import { startServer } from '../support/foyer_server.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// How much the light changes from one pixel to the next, by row and by column, for each bit of ink; and the ink itself.
// A blurred letter has the same ink and smaller steps.
function edges({ width, height, at }) {
  const dark = (x, y) => 255 - at(x, y).reduce((sum, part) => sum + part, 0) / 3;
  let ink = 0;
  let steps = 0;
  for (let y = 1; y < height; ++y)
    for (let x = 1; x < width; ++x) {
      const here = dark(x, y);
      ink += here;
      // Squares: one sharp step of 200 counts for more than two of 100.
      steps += (here - dark(x - 1, y)) ** 2 + (here - dark(x, y - 1)) ** 2;
    }
  return { ink, sharpness: steps / ink };
}

const SHARP_ENOUGH = 0.9;

for (const deviceScaleFactor of [1, 2, 3])
  test(`painted text is as crisp as the page’s own beside it, at ${deviceScaleFactor} device pixels for each of CSS`, async (t) => {
    const page = await openPage(browser, { viewport: { width: 800, height: 900 }, deviceScaleFactor, locale: 'fr-FR' }, `${server.origin}/oudon/inscription/identite`);
    page.setDefaultTimeout(30_000);
    await page.waitForFunction(() => globalThis.foyer_frames > 0);
    await page.evaluate(settled);
    const said = [];
    for (const selector of ['#title', '#introduction-0', '#field-usage_name-hint', '#field-usage_name-label']) {
      const element = page.locator(selector);
      const photograph = async () => edges(decodePng(await page.screenshot({ clip: await element.boundingBox(), animations: 'disabled' })));
      const painted = await photograph();
      // The element's own words, on the page's ground: what is painted below is not seen.
      const colour = selector.endsWith('hint') ? '--muted' : '--text';
      const wear = (style) => element.evaluate((it, [text, ground]) => {
        it.style.setProperty('color', text, 'important');
        it.style.setProperty('background', ground, 'important');
      }, style);
      await wear([`var(${colour})`, 'var(--background)']);
      const written = await photograph();
      await wear(['', '']);
      const sharpness = painted.sharpness / written.sharpness;
      const ink = painted.ink / written.ink;
      said.push(`${selector}: sharpness ${sharpness.toFixed(3)}, ink ${ink.toFixed(3)}`);
      assert.ok(sharpness >= SHARP_ENOUGH, `${selector} is blurred: ${sharpness.toFixed(3)} of the page’s own`);
      assert.ok(Math.abs(ink - 1) < 0.1, `${selector} has ${ink.toFixed(3)} of the ink`);
    }
    t.diagnostic(said.join('\n'));
    await page.context().close();
  });
