// Criteria of RGAA 4.1.2 and WCAG 2.2 that are about what a page does not do (docs/accessibility.md): nothing changes by
// itself, nothing appears under the pointer, no key is a shortcut, no time runs out, nothing is dragged. Each is named in
// CRITERIA, and a failure says which.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DESK, launchChromium, openPage, ready } from '../browser/support/chromium.mjs';
import { Visitor } from '../browser/support/visitor.mjs';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { settled } from './support/in_page.mjs';
import { windows } from './support/measures.mjs';
import { Tally } from './support/rows.mjs';

let server, browser;
before(async () => {
  server = await startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS });
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const PAGES = [['landing', ''], ['identity', 'inscription/identite'], ['login', 'connexion']];

// Where we are, and all that can be seen and used.
const state = (page) => page.evaluate(() => ({
  address: location.href, title: document.title, heading: document.querySelector('h1').textContent,
  shown: [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility() && element.getClientRects().length > 0).map((element) => `${element.localName}#${element.id}`).join(' '),
  text: document.body.innerText,
}));

const focus = (page, id) => page.evaluate((name) => { document.getElementById(name).focus(); }, id);

// Each is given a page that nobody has touched, or that the ones before have left as it was.
const CRITERIA = {
  async '8.9, 10.1: no element and no attribute is there for its looks'(page) {
    const found = await page.evaluate(() => [
      ...[...document.querySelectorAll('b, i, u, s, big, font, center, strike, tt, marquee, blink, basefont')].map(({ localName }) => localName),
      ...[...document.querySelectorAll('body *')].flatMap((element) => ['align', 'bgcolor', 'border', 'color', 'face', 'valign', 'cellpadding', 'cellspacing', 'background', 'text', 'link'].filter((name) => element.hasAttribute(name)).map((name) => `${element.localName}[${name}]`)),
    ]);
    assert.deepEqual(found, []);
  },
  // A link that has a frame or a ground of its own looks like a button. On the canvas the line is painted.
  async '10.6: a link in a text is told by more than its colour'(page, view) {
    if (view === 'canvas') return;
    const links = await page.evaluate(() => [...document.querySelectorAll(':is(main, aside, footer) a[href]')].map((link) => ({ link, style: getComputedStyle(link) }))
      .filter(({ link, style }) => link.checkVisibility() && style.borderTopWidth === '0px' && style.backgroundColor === 'rgba(0, 0, 0, 0)')
      .map(({ link, style }) => ({ name: link.textContent, line: style.textDecorationLine })));
    assert.ok(links.length > 0);
    for (const { name, line } of links) assert.match(line, /underline/, name);
  },
  async '10.14: no text comes from a style sheet'(page) {
    const words = await page.evaluate(() => [...document.querySelectorAll('body *')].flatMap((element) => ['::before', '::after'].map((piece) => getComputedStyle(element, piece).content)).filter((content) => !['none', 'normal', '""'].includes(content)));
    assert.deepEqual(words, []);
  },
  async '2.5.7: nothing is dragged'(page) {
    assert.equal(await page.locator('[draggable=true], input[type=range]').count(), 0);
  },
  async '12.10: no single key does anything but where it is typed'(page) {
    await page.evaluate(() => { document.activeElement.blur(); });
    const before = await state(page);
    for (const key of 'abcdefghijklmnopqrstuvwxyz0123456789?/.-') await page.keyboard.press(key);
    await page.evaluate(settled);
    assert.deepEqual(await state(page), before);
  },
  async '10.13: nothing appears when the pointer or the focus comes'(page) {
    const ids = await page.evaluate(() => [...document.querySelectorAll('#scene :is(input:not([type=hidden]), select, button, a)')].filter((element) => element.checkVisibility() && element.id).map(({ id }) => id));
    assert.ok(ids.length > 2);
    const { shown } = await state(page);
    for (const id of ids) {
      await page.locator(`[id="${id}"]`).hover();
      await page.evaluate(settled);
      assert.equal((await state(page)).shown, shown, `under the pointer on ${id}`);
    }
    // A field that is left says what is wrong with it only once it has been filled in.
    for (const id of ids) {
      await focus(page, id);
      assert.equal((await state(page)).shown, shown, `with the focus on ${id}`);
    }
  },
  async '7.4: the focus and a choice change neither the page nor where one is in it'(page) {
    const before = await state(page);
    for (const id of await page.evaluate(() => [...document.querySelectorAll('#scene :is(input, select)')].map((field) => field.id))) {
      await focus(page, id);
      const list = page.locator(`select[id="${id}"]`);
      if ((await list.count()) > 0) await list.selectOption({ index: 1 });
      await page.evaluate(settled);
      const now = await state(page);
      assert.equal(await page.evaluate(() => document.activeElement.id), id);
      for (const part of ['address', 'title', 'heading']) assert.equal(now[part], before[part], id);
    }
  },
};

describe('what a page does not do', { concurrency: 2 }, () => {
  for (const [town, view] of [['oudon', 'canvas'], ['saint-maur-des-fosses', 'texte']])
    for (const [name, path] of PAGES)
      test(`${town}, ${name} (${view}): nothing changes, appears or runs out by itself, and no key, dragging or colour alone is needed`, async () => {
        const page = await openPage(browser, DESK, `${server.origin}/${town}/${path}${view === 'texte' ? '?texte' : ''}`);
        await page.evaluate(settled);
        assert.equal(await page.evaluate(() => document.documentElement.dataset.view), view);
        for (const [criterion, holds] of Object.entries(CRITERIA))
          await holds(page, view).catch((error) => { throw new Error(`${criterion}: ${error.message}`, { cause: error }); });
        assert.deepEqual(page.complaints, []);
        await page.context().close();
      });
});

// 12.2, 3.2.6: who has found the way to help once finds it again.
for (const town of ['oudon', 'saint-maur-des-fosses'])
  test(`${town}: the town’s band and the ways to reach the town hall are the same and at the same place on every page`, async () => {
    const page = await openPage(browser, DESK);
    const found = [];
    for (const path of ['', 'inscription/identite', 'connexion', 'mail-non-recu']) {
      await page.goto(`${server.origin}/${town}/${path}`);
      await ready(page);
      found.push(await page.evaluate(() => ({
        band: document.querySelector('header').innerText, help: document.querySelector('aside').innerText, foot: document.querySelector('footer').innerText,
        order: [...document.querySelectorAll('header, main, aside, footer')].map(({ localName }) => localName).join(' '),
        ways: [...document.querySelectorAll('aside a')].map((link) => link.protocol).join(' '),
      })));
    }
    assert.equal(found[0].order, 'header main aside footer');
    assert.equal(found[0].ways, 'tel: mailto:');
    for (const each of found) assert.deepEqual(each, found[0]);
    await page.context().close();
  });

// 8.7, 8.8: a screen reader changes its voice for the name of the other language.
test('the way to the other language is written in that language, and says so', async () => {
  const page = await openPage(browser, DESK);
  for (const [query, own, other, name] of [['', 'fr', 'en', 'English'], ['?lang=en', 'en', 'fr', 'Français']]) {
    await page.goto(`${server.origin}/oudon/connexion${query}`);
    await ready(page);
    assert.equal(await page.evaluate(() => document.documentElement.lang), own);
    const switches = await page.evaluate(() => [...document.querySelectorAll('body [lang]')].map((element) => [element.lang, element.innerText.trim()]));
    assert.deepEqual(switches, [[other, name]]);
  }
  await page.context().close();
});

// 10.4, 13.9: every screen is measured so by ./dev a11y; these are by every run of the tests.
test('at 200 % and on a telephone’s side nothing is wider than the window', async () => {
  const tally = new Tally();
  for (const view of ['canvas', 'texte']) {
    const page = await openPage(browser, DESK);
    for (const [name, path] of PAGES) {
      await page.goto(`${server.origin}/oudon/${path}${view === 'texte' ? `${path.includes('?') ? '&' : '?'}texte` : ''}`);
      await ready(page);
      await windows(page, tally, { name, view, size: 'a desk' }, ['zoom2', 'landscape']);
    }
    await page.context().close();
  }
  assert.deepEqual(tally.misses(), []);
  for (const row of ['zoom2', 'landscape']) assert.equal(tally.lines.get(row).seen, 2 * PAGES.length);
});

test('13.1: what is filled in is there a day later, and goes on', async () => {
  const page = await openPage(browser, DESK);
  await page.clock.install();
  await page.goto(`${server.origin}/oudon/inscription/identite`);
  await ready(page);
  const visitor = new Visitor(page);
  await visitor.fill('Nom de naissance', 'Tanguy');
  await visitor.fill('Prénom(s)', 'Rozenn');
  await page.clock.fastForward('24:00:00');
  for (const [name, value] of [['Jour', '3'], ['Mois', '11'], ['Année', '1985']]) await visitor.fill(name, value);
  await visitor.press('SUIVANT');
  await visitor.sees('Votre adresse');
  await visitor.press('PRÉCÉDENT');
  await visitor.sees('Votre identité');
  assert.equal(await visitor.value('Nom de naissance'), 'Tanguy');
  assert.equal(await visitor.value('Prénom(s)'), 'Rozenn');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});
