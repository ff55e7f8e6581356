// Leaving a field may add or take away an error's line. Whoever presses a button meanwhile must hit it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, launchChromium, openPage } from './support/chromium.mjs';
import { startServer } from '../support/foyer_server.mjs';
import { Visitor } from './support/visitor.mjs';

let server, browser;
before(async () => {
  server = await startServer();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// On the identity step, with an error at every required field, the focus in the first of them, whose error is about to go.
async function aboutToLeave(options, query = '') {
  const page = await openPage(browser, options, `${server.origin}/oudon/inscription/identite${query}`);
  const visitor = new Visitor(page, options.hasTouch ? 'touch' : 'mouse');
  await visitor.press('SUIVANT');
  await page.locator('.error_summary').waitFor();
  await visitor.fill('Nom de naissance', 'Le Goff');
  const button = page.getByRole('button', { name: 'SUIVANT' });
  await button.scrollIntoViewIfNeeded();
  assert.equal(await visitor.field('Nom de naissance').evaluate((field) => field === document.activeElement), true);
  const box = await button.boundingBox();
  return { page, visitor, button, x: box.x + box.width / 2, y: box.y + box.height / 2, top: box.y };
}
const mended = (page) => page.waitForFunction(() => document.querySelector('[name=birth_name]').getAttribute('aria-invalid') === null);
// SUIVANT leads to the summary of what is still missing.
const atSummary = () => document.activeElement?.classList.contains('error_summary');

for (const view of ['canvas', 'texte']) {
  test(`nothing moves between a mouse button's going down and its click (${view})`, async () => {
    const { page, visitor, button, x, y, top } = await aboutToLeave(DESK, view === 'texte' ? '?texte' : '');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.view), view);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.equal((await button.boundingBox()).y, top);
    await page.mouse.up();
    await page.waitForFunction(atSummary);
    assert.equal(await visitor.field('Nom de naissance').getAttribute('aria-invalid'), null, 'what was left in the field has counted');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('a finger hits the button it touches', async () => {
  const { page, x, y } = await aboutToLeave(PHONE);
  await page.touchscreen.tap(x, y);
  await page.waitForFunction(atSummary);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a press that ends beside the button is no click, and what was left in the field counts all the same', async () => {
  const { page, x, y } = await aboutToLeave(DESK);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(4, 300, { steps: 4 });
  await page.mouse.up();
  await mended(page);
  assert.equal(await page.evaluate(atSummary), false);
  await page.context().close();
});

test('a finger that scrolls lets go of what its press held back', async () => {
  const { page, visitor, x, y } = await aboutToLeave(PHONE);
  const session = await page.context().newCDPSession(page);
  const touch = (type, touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [{ x, y }]);
  for (let step = 1; step <= 8; ++step) await touch('touchMove', [{ x, y: y - 20 * step }]);
  await touch('touchEnd', []);
  await visitor.fill('Prénom(s)', 'Anne');
  await mended(page);
  assert.equal(await visitor.field('Prénom(s)').inputValue(), 'Anne');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a list opened by the mouse answers as soon as something is chosen', async () => {
  const page = await openPage(browser, DESK, `${server.origin}/oudon/inscription/identite`);
  const visitor = new Visitor(page);
  const list = page.getByRole('combobox', { name: 'Civilité' });
  await list.click();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await visitor.fill('Nom de naissance', 'Le Goff');
  await visitor.press('SUIVANT');
  await page.locator('.error_summary').waitFor();
  assert.notEqual(await list.inputValue(), '');
  assert.equal(await visitor.field('Nom de naissance').getAttribute('aria-invalid'), null);
  await page.context().close();
});
