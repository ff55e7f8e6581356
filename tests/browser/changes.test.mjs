// What happens to a page while somebody is at it: the graphics go and come back, the letters grow, a telephone's keyboard
// opens, the canvas may be no taller than this. No letter is lost, nor the focus, nor its place in the window.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drift } from '../a11y/support/drift.mjs';
import { settled } from '../a11y/support/in_page.mjs';
import { Tally } from '../a11y/support/rows.mjs';
import { CHEAP_STAMPS, startServer } from '../support/foyer_server.mjs';
import { DESK, PHONE, launchChromium, openPage, ready } from './support/chromium.mjs';
import { pixelsOf } from './support/pixels.mjs';
import { Visitor } from './support/visitor.mjs';

let server, browser;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const identity = async (options) => {
  const page = await openPage(browser, options, `${server.origin}/oudon/inscription/identite`);
  return { page, visitor: new Visitor(page) };
};
const becomes = (page, wanted) => page.waitForFunction((value) => document.documentElement.dataset.view === value, wanted);
const place = (page) => page.evaluate(() => {
  const { id, value, selectionStart } = document.activeElement;
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  return { id, value, selectionStart, top: Math.round(top), bottom: Math.round(bottom) };
});

const graphics = (page, act) => page.evaluate((name) => {
  globalThis.graphics ??= document.getElementById('paint').getContext('webgl2').getExtension('WEBGL_lose_context');
  globalThis.graphics[name]();
}, act);

// How many colours there are in the window: an empty canvas has few.
const colours = async (page) => {
  const pixels = await pixelsOf(page);
  const found = new Set();
  for (let y = 0; y < pixels.height; y += 2) for (let x = 0; x < pixels.width; ++x) found.add(pixels.number(x, y));
  return found.size;
};

test('the graphics are lost in the middle of a word, in which one goes on, and come back with all that is painted', async () => {
  const { page, visitor } = await identity(DESK);
  await visitor.fill('Prénom(s)', 'Anne');
  await visitor.field('Nom de naissance').click();
  await page.keyboard.type('Le Goff');
  for (let left = 0; left < 4; ++left) await page.keyboard.press('ArrowLeft');
  const painted = await colours(page);
  const start = await place(page);
  for (let time = 1; time <= 3; ++time) {
    await graphics(page, 'loseContext');
    await becomes(page, 'texte');
    const meanwhile = await place(page);
    assert.equal(meanwhile.id, start.id);
    assert.ok(Math.abs(meanwhile.top - start.top) <= 1, `the field has gone from ${start.top} to ${meanwhile.top}`);
    await page.keyboard.type('x');
    await graphics(page, 'restoreContext');
    await becomes(page, 'canvas');
    await page.evaluate(settled);
    const now = await place(page);
    assert.equal(now.value, `Le ${'x'.repeat(time)}Goff`);
    assert.equal(now.selectionStart, 3 + time);
    assert.ok(Math.abs(now.top - start.top) <= 1, `${now.top} and ${start.top}`);
    assert.ok((await colours(page)) >= painted * 0.9, 'all is painted again');
  }
  // A device that loses them again and again is left in peace.
  await graphics(page, 'loseContext');
  await becomes(page, 'texte');
  await graphics(page, 'restoreContext');
  await page.waitForFunction(() => !document.getElementById('paint').getContext('webgl2').isContextLost());
  await page.evaluate(settled);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.view), 'texte');
  for (const [name, value] of [['Jour', '3'], ['Mois', '11'], ['Année', '1985']]) await visitor.fill(name, value);
  await visitor.press('SUIVANT');
  await visitor.sees('Votre adresse');
  await visitor.press('PRÉCÉDENT');
  await visitor.sees('Votre identité');
  assert.equal(await visitor.value('Nom de naissance'), 'Le xxxGoff');
  assert.equal(await visitor.value('Prénom(s)'), 'Anne');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('letters enlarged while the page is open bring the version texte, and the picture comes back with the usual size', async () => {
  const { page, visitor } = await identity(DESK);
  await visitor.field('Prénom(s)').click();
  await page.keyboard.type('Ann');
  const before = await place(page);
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
  await becomes(page, 'texte');
  await page.evaluate(settled);
  const enlarged = await place(page);
  assert.ok(Math.abs(enlarged.top - before.top) <= 60, 'its field stays at its place');
  const { size, wide } = await page.evaluate(() => ({ size: parseFloat(getComputedStyle(document.activeElement).fontSize), wide: document.documentElement.scrollWidth > document.documentElement.clientWidth }));
  assert.ok(size >= 32, `${size} px`);
  assert.equal(wide, false);
  await page.keyboard.type('e');
  await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
  await becomes(page, 'canvas');
  await page.keyboard.type('-Lise');
  assert.equal((await place(page)).value, 'Anne-Lise');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

// Two ways in which a keyboard takes its room: the window gets lower, or only what is seen of it.
const KEYBOARDS = {
  'makes the window lower': (page, { width }, left) => page.setViewportSize({ width, height: left }),
  'lies over the window': (page, _, left) => page.evaluate((height) => {
    Object.defineProperty(visualViewport, 'height', { value: height, configurable: true });
    visualViewport.dispatchEvent(new Event('resize'));
  }, left),
};
// [the telephone is held, its window, what the keyboard leaves of the height]
const HELD = [['upright', { width: 360, height: 740 }, 400], ['on its side', { width: 740, height: 360 }, 150]];

for (const [how, opens] of Object.entries(KEYBOARDS))
  for (const [held, viewport, left] of HELD)
    for (const view of ['canvas', 'texte'])
      test(`a keyboard that ${how} leaves the field in view that it opened for (${held}, ${view})`, async () => {
        const page = await openPage(browser, { ...PHONE, viewport }, `${server.origin}/oudon/inscription/identite${view === 'texte' ? '?texte' : ''}`);
        const field = new Visitor(page).field('Prénom(s)');
        // In the lower part of the window, where the keyboard will be.
        await field.evaluate((element) => { scrollBy({ top: element.getBoundingClientRect().bottom - innerHeight + 30, behavior: 'instant' }); });
        await field.tap();
        const before = await place(page);
        assert.ok(before.bottom > left && before.bottom <= viewport.height, `${before.bottom}`);
        await opens(page, viewport, left);
        await page.evaluate(settled);
        const now = await place(page);
        assert.ok(now.top >= 0 && now.bottom <= left, `from ${now.top} to ${now.bottom} of ${left} px`);
        await page.keyboard.type('Anne');
        assert.equal((await place(page)).value, 'Anne');
        assert.equal(await page.evaluate(() => document.documentElement.dataset.view), view);
        await page.context().close();
      });

test('where a canvas may be 1024 pixels long and no more, a step is painted where its elements stand', async () => {
  const page = await openPage(browser, { ...DESK, viewport: { width: 400, height: 700 } });
  await page.addInitScript(() => {
    const { getParameter } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.getParameter = function (name) {
      return name === WebGL2RenderingContext.MAX_TEXTURE_SIZE ? 1024 : getParameter.call(this, name);
    };
  });
  await page.goto(`${server.origin}/oudon/inscription/identite`);
  await ready(page);
  await page.evaluate(settled);
  const canvas = () => page.evaluate(() => { const { width, height, className } = document.getElementById('paint'); return { width, height, className }; });
  assert.match((await canvas()).className, /\bsticky\b/);
  assert.ok((await canvas()).height <= 1024);
  const tally = new Tally();
  await drift(page, tally, { name: 'identity' }, [1]);
  assert.deepEqual(tally.misses(), []);
  assert.ok(tally.lines.get('drift').seen >= 3);
  await page.context().close();
});
