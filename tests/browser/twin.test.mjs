// The numbers of the twin: what a Dear ImGui page owes to people who do not see its canvas.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { DESK, PHONE, launchChromium, openPage, ready } from './support/chromium.mjs';
import { eventually } from '../support/eventually.mjs';
import { startServer } from '../support/foyer_server.mjs';
import { examine } from './support/examine.mjs';
import { differ, pixelsOf } from './support/pixels.mjs';
import { PORTALS } from './support/registration.mjs';
import { everyScreen } from './support/steps.mjs';
import { Visitor } from './support/visitor.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Rules that axe cannot decide here, each with the reason why that is right.
const EXPLAINED = {
  'color-contrast': 'ImGui paints the text; the DOM text above it is transparent. The colours are checked when the portal is loaded.',
};

const AUTOCOMPLETE = {
  identity: { birth_name: 'family-name', first_names: 'given-name', 'birth_date.day': 'bday-day', 'birth_date.month': 'bday-month', 'birth_date.year': 'bday-year' },
  address: { address: 'address-line1', address_extra: 'address-line2', postal_code: 'postal-code', commune: 'address-level2' },
  contact: { mobile: 'tel', home_phone: 'tel', work_phone: 'tel', email: 'email' },
  access: { identifier: 'username', password: 'new-password' },
};

let server, browser;
before(async () => {
  server = await startServer();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const portal of Object.values(PORTALS)) {
  for (const [size, options] of [['1280 px', DESK], ['360 px', PHONE]]) {
    test(`${portal.town}: every step and error state passes axe and can be reached, named and filled, at ${size}`, async () => {
      const page = await openPage(browser, { ...options, hasTouch: false, isMobile: false });
      const looked = [];
      await everyScreen(page, server, portal, async (name) => {
        await page.evaluate(axe);
        const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations', 'incomplete'] }));
        const say = (list) => list.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`);
        assert.deepEqual(say(result.violations), [], `axe on ${name}`);
        assert.deepEqual(result.incomplete.map((rule) => rule.id).filter((id) => !(id in EXPLAINED)), [], `axe cannot decide on ${name}`);
        assert.deepEqual(await page.evaluate(examine), [], name);
        const step = AUTOCOMPLETE[name];
        if (step)
          for (const [field, token] of Object.entries(step))
            assert.equal((await page.locator(`[name="${field}"]`).getAttribute('autocomplete')).split(' ').at(-1), token, `${name}: ${field}`);
        looked.push(name);
      });
      assert.ok(looked.length >= 15, `${looked.length} screens looked at`);
      await page.context().close();
    });
  }
}

test('a field is painted where its DOM element stands, within a pixel, at every density and when scrolled', async () => {
  for (const deviceScaleFactor of [1, 1.5, 2, 4]) {
    const page = await openPage(browser, { viewport: { width: 400, height: 700 }, deviceScaleFactor }, `${server.origin}/oudon/inscription/adresse`);
    await page.goto(`${server.origin}/oudon/inscription/identite`);
    await new Visitor(page).sees('Votre identité');
    for (const scroll of [400, 733]) {
      await page.evaluate((y) => scrollTo(0, y), scroll);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const boxes = await page.evaluate(() =>
        [...document.querySelectorAll('#scene input[type=text]')]
          .map((input) => input.getBoundingClientRect())
          .filter((box) => box.top > 60 && box.bottom < innerHeight - 20)
          .map(({ left, top, right, bottom }) => ({ left, top, right, bottom })));
      assert.ok(boxes.length > 0, `fields in view when scrolled to ${scroll}`);
      const pixels = await pixelsOf(page, browser);
      for (const box of boxes) {
        // From outside towards the middle of each side, the first pixel that is not the ground is the frame's.
        const row = Math.round(((box.top + box.bottom) / 2) * deviceScaleFactor);
        const column = Math.round((box.left + (box.right - box.left) * 0.75) * deviceScaleFactor);
        const edge = (length, pixel) => {
          const ground = pixel(0);
          for (let step = 1; step < length; ++step) if (differ(pixel(step), ground)) return step / deviceScaleFactor;
          return NaN;
        };
        const reach = Math.round(12 * deviceScaleFactor);
        const from = Math.round(6 * deviceScaleFactor);
        const left = edge(reach, (step) => pixels.at(Math.round(box.left * deviceScaleFactor) - from + step, row));
        const right = edge(reach, (step) => pixels.at(Math.round(box.right * deviceScaleFactor) - 1 + from - step, row));
        const top = edge(reach, (step) => pixels.at(column, Math.round(box.top * deviceScaleFactor) - from + step));
        const bottom = edge(reach, (step) => pixels.at(column, Math.round(box.bottom * deviceScaleFactor) - 1 + from - step));
        for (const [side, distance] of Object.entries({ left, right, top, bottom }))
          assert.ok(Math.abs(distance - from / deviceScaleFactor) <= 1, `${side} edge off by ${(distance - from / deviceScaleFactor).toFixed(2)} px at density ${deviceScaleFactor}, scrolled to ${scroll}`);
      }
    }
    await page.context().close();
  }
});

test('at rest no frame is drawn, and a key draws one at most', async () => {
  const page = await openPage(browser, DESK, `${server.origin}/oudon/inscription/identite`);
  const visitor = new Visitor(page);
  const frames = () => page.evaluate(() => globalThis.foyer_frames);
  const settled = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))));
  const drawnBy = async (key) => {
    await settled();
    const before = await frames();
    assert.ok(before > 0);
    await page.keyboard.insertText(key);
    await settled();
    return (await frames()) - before;
  };
  await visitor.fill('Nom de naissance', 'Mu');
  // The letter stands in the DOM's own field: where nothing painted changes, nothing is painted.
  assert.ok((await drawnBy('ñ')) <= 1);
  const rest = await frames();
  await page.waitForTimeout(10_000);
  assert.equal(await frames(), rest, 'frames drawn in 10 s of rest');

  await page.goto(`${server.origin}/oudon/mot-de-passe?id=1&key=00`);
  await ready(page);
  await visitor.field('Mot de passe').click();
  assert.equal(await drawnBy('C'), 1, 'a key that brings the judgement of a password');
  await visitor.reads(/Mot de passe faible/);
  await page.context().close();
});

test('dead keys, composition and undo give the same text in the field and in the wizard', async () => {
  const page = await openPage(browser, DESK, `${server.origin}/oudon/inscription/identite`);
  const visitor = new Visitor(page);
  const session = await page.context().newCDPSession(page);
  const name = visitor.field('Nom de naissance');
  await name.click();
  await session.send('Input.imeSetComposition', { text: 'e', selectionStart: 1, selectionEnd: 1 });
  await session.send('Input.imeSetComposition', { text: 'é', selectionStart: 1, selectionEnd: 1 });
  await session.send('Input.insertText', { text: 'é' });
  await page.keyboard.type('őłž');
  await page.keyboard.type('x');
  await page.keyboard.press('Control+z');
  await page.keyboard.insertText('ñ');
  const typed = await name.inputValue();
  assert.equal(typed, 'éőłžñ');
  await visitor.fill('Prénom(s)', 'Fañch');
  await visitor.fill('Jour', '3');
  await visitor.fill('Mois', '11');
  await visitor.fill('Année', '1985');
  await visitor.press('SUIVANT');
  await visitor.sees('Votre adresse');
  // The next step's elements are new: what comes back is the wizard's own copy.
  await visitor.press('PRÉCÉDENT');
  await visitor.sees('Votre identité');
  assert.equal(await name.inputValue(), typed);
  await page.context().close();
});

test('what is pasted is taken, a password too', async () => {
  for (const [path, field, pasted, kept] of [
    ['inscription/identite', 'Nom de naissance', '  Mun\u0303oz\u00a0', 'Muñoz'],
    ['mot-de-passe?id=1&key=00', 'Mot de passe', 'Cheval-blanc-1985!', 'Cheval-blanc-1985!'],
  ]) {
    const page = await openPage(browser, DESK, `${server.origin}/oudon/${path}`);
    const visitor = new Visitor(page);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
    await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
    await visitor.field(field).click();
    await page.keyboard.press('Control+V');
    assert.equal(await visitor.value(field), pasted);
    if (path.startsWith('mot')) await visitor.reads(/Mot de passe suffisant/);
    await page.keyboard.press('Tab');
    await eventually(`${kept} stands in the field`, async () => (await visitor.value(field)) === kept);
    await page.context().close();
  }
});

test('the version texte takes over in the middle of a word and loses nothing', async () => {
  const page = await openPage(browser, DESK, `${server.origin}/oudon/inscription/identite`);
  const visitor = new Visitor(page);
  await visitor.fill('Nom de naissance', 'Le Goff-L');
  await page.getByRole('button', { name: 'Version texte' }).click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.view), 'texte');
  assert.equal(await visitor.field('Nom de naissance').inputValue(), 'Le Goff-L');
  await visitor.fill('Prénom(s)', 'Anne');
  await page.getByRole('button', { name: 'Version graphique' }).click();
  assert.equal(await visitor.field('Prénom(s)').inputValue(), 'Anne');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('without WebGL the version texte comes by itself', async () => {
  const context = await browser.newContext(DESK);
  const page = await context.newPage();
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => null;
  });
  await page.goto(`${server.origin}/saint-maur-des-fosses/inscription/identite`);
  await page.waitForFunction(() => document.documentElement.dataset.view === 'texte');
  await new Visitor(page).fill('Nom de naissance', 'Søren');
  await context.close();
});
