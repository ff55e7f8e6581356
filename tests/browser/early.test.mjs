// On a slow connection the first step is there long before the program is: it can be filled in at once, and when the program
// comes, nothing of it is lost: no letter, no choice, no focus, no place in a word.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../support/foyer_server.mjs';
import { DESK, PHONE, launchChromium, openPage, ready } from './support/chromium.mjs';
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

// A page whose program is held back until `come` is called; `written`: what scripts wrote into a field that had the focus.
async function slowly(options, path) {
  const page = await openPage(browser, options);
  let come;
  const released = new Promise((resolve) => { come = resolve; });
  await page.route(/\/assets\/foyer\.[0-9a-f]+\.wasm$/, async (route) => {
    await released;
    await route.continue();
  });
  await page.addInitScript(() => {
    globalThis.written = [];
    const { set, get } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    Object.defineProperty(HTMLInputElement.prototype, 'value', {
      get,
      set(value) {
        if (document.activeElement === this) globalThis.written.push(`${this.id}: ${value}`);
        set.call(this, value);
      },
    });
  });
  await page.goto(`${server.origin}/${path}`);
  return { page, visitor: new Visitor(page), come };
}
const cursor = (page) => page.evaluate(() => { const { id, value, selectionStart, selectionEnd } = document.activeElement; return { id, value, selectionStart, selectionEnd }; });
const at_work = (page) => page.evaluate(() => document.documentElement.dataset.ready === 'yes');

for (const [size, options] of [['a desk', DESK], ['a telephone', PHONE]])
  for (const query of ['', '?texte'])
    test(`on ${size}${query}, what is typed before the program has come is kept, with the focus and the cursor in a word`, async () => {
      const { page, visitor, come } = await slowly(options, `oudon/inscription/identite${query}`);
      await visitor.choose('Civilité', 'Monsieur');
      for (const [name, value] of [['Prénom(s)', 'Fañch'], ['Jour', '3'], ['Mois', '11'], ['Année', '1985']]) await visitor.fill(name, value);
      await visitor.field('Nom de naissance').click();
      await page.keyboard.type('Le Goff');
      for (let left = 0; left < 4; ++left) await page.keyboard.press('ArrowLeft');
      const before = await cursor(page);
      assert.equal(before.selectionStart, 3);
      assert.equal(await at_work(page), false, 'all of this before the program has come');
      await page.evaluate(() => { globalThis.field = document.activeElement; });
      come();
      await ready(page);
      assert.deepEqual(await cursor(page), before);
      assert.equal(await page.evaluate(() => globalThis.field === document.activeElement && globalThis.field.isConnected), true, 'it is the same element');
      assert.equal(await page.evaluate(() => document.documentElement.dataset.view), query ? 'texte' : 'canvas');
      await page.keyboard.type('Du ');
      assert.equal(await visitor.value('Nom de naissance'), 'Le Du Goff');
      assert.deepEqual(await page.evaluate(() => globalThis.written), [], 'nothing is written into a field that has the focus');
      // The wizard has all of it: it goes on, and shows its own copy when one comes back.
      await visitor.press('SUIVANT');
      await visitor.sees('Votre adresse');
      await visitor.press('PRÉCÉDENT');
      await visitor.sees('Votre identité');
      for (const [name, value] of [['Nom de naissance', 'Le Du Goff'], ['Prénom(s)', 'Fañch'], ['Jour', '3'], ['Mois', '11'], ['Année', '1985']]) assert.equal(await visitor.value(name), value);
      assert.equal(await page.getByRole('combobox', { name: 'Civilité' }).evaluate((list) => list.selectedOptions[0].label), 'Monsieur');
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });

test('a word that is being composed when the program comes is finished', async () => {
  const { page, visitor, come } = await slowly(DESK, 'saint-maur-des-fosses/inscription/identite');
  const session = await page.context().newCDPSession(page);
  await visitor.field('Nom de naissance').click();
  await page.keyboard.type('L');
  await session.send('Input.imeSetComposition', { text: 'e', selectionStart: 1, selectionEnd: 1 });
  assert.equal(await at_work(page), false);
  come();
  await ready(page);
  await session.send('Input.insertText', { text: 'é' });
  await page.keyboard.type('on');
  assert.equal(await visitor.value('Nom de naissance'), 'Léon');
  await visitor.field('Prénom(s)').click();
  await visitor.press('SUIVANT');
  await page.locator('.error_summary').waitFor();
  assert.equal(await page.locator('.error_summary').getByText(/nom de naissance/i).count(), 0, 'the wizard has it');
  await page.context().close();
});

test('what is pressed before the program has come opens the next screen all the same', async () => {
  const { page, visitor, come } = await slowly(PHONE, 'oudon/');
  await visitor.follow('Créer mon espace');
  await visitor.sees('Bonjour et bienvenue');
  come();
  await ready(page);
  await visitor.follow('Je crée mon espace');
  await visitor.sees('Votre identité');
  await page.context().close();
});
