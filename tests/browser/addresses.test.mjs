// The address that finds itself, as people use it: by mouse, by keyboard alone, by touch, filled in by the browser, with the
// network off, painted and as version texte.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { settled } from '../a11y/support/in_page.mjs';
import { eventually } from '../support/eventually.mjs';
import { startAddressTown } from './support/address_town.mjs';
import { DESK, PHONE, launchChromium, openPage, ready } from './support/chromium.mjs';
import { differ, pixelsOf } from './support/pixels.mjs';
import { screens, somebody } from './support/registration.mjs';
import { Visitor } from './support/visitor.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NOT_LISTED = /^Mon adresse n.est pas dans la liste$/;

let server, browser;
before(async () => {
  server = await startAddressTown();
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const PROJECTIONS = [['painted', ''], ['version texte', '?texte=1']];
const field = (page) => page.getByRole('combobox', { name: 'Adresse', exact: true });
const options = (page) => page.locator('[role="option"]'); // not those of the system's own lists
const box = (page, name) => page.getByRole('textbox', { name, exact: true });

// Counts the questions that the search beside the page has not answered yet.
const countQuestions = () => {
  globalThis.unanswered = 0;
  const { postMessage } = Worker.prototype;
  const heard = new WeakSet();
  Worker.prototype.postMessage = function (message, ...more) {
    if (message?.typed !== undefined) globalThis.unanswered += 1;
    // After the page's own listener, which may ask the next question.
    if (!heard.has(this)) this.addEventListener('message', ({ data }) => { if (data?.found) globalThis.unanswered -= 1; });
    heard.add(this);
    return postMessage.call(this, message, ...more);
  };
};
const answered = (page) => page.waitForFunction(() => globalThis.unanswered === 0);

async function addressStep(options = DESK, query = '', prepare = async () => undefined) {
  const page = await openPage(browser, options);
  await page.addInitScript(countQuestions);
  await prepare(page);
  await page.goto(`${server.origin}/oudon/inscription${query}`);
  await ready(page);
  const visitor = new Visitor(page);
  await screens.welcome(visitor);
  await screens.identity(visitor, somebody());
  await visitor.sees('Votre adresse');
  await field(page).waitFor();
  return page;
}
// Types and waits for the list of the whole text.
async function lookFor(page, text, first) {
  await field(page).focus();
  await page.keyboard.type(text);
  await eventually(`${first} is offered first`, async () => (await options(page).count()) > 1 && (await options(page).first().textContent()).startsWith(first));
  await answered(page);
}
const finished = async (page) => {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
};
const active = (page) => page.evaluate(() => document.getElementById(document.activeElement.getAttribute('aria-activedescendant') ?? '')?.textContent ?? null);
const look = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`);
};

for (const [projection, query] of PROJECTIONS) {
  test(`${projection}: an address is chosen by mouse, and everything is filled in and recognised`, async () => {
    const page = await addressStep(DESK, query);
    await lookFor(page, '2 bis rue d alsace', "2 bis Rue d'Alsace 44521 Oudon");
    assert.equal(await field(page).getAttribute('aria-expanded'), 'true');
    assert.match(await page.locator('#address-found').textContent(), /adresses? proposées? sous le champ/);
    assert.match(await options(page).last().textContent(), NOT_LISTED);
    assert.deepEqual(await look(page), [], 'axe with an open list');
    await options(page).first().click();
    await page.getByText('Adresse reconnue.').waitFor();
    assert.equal(await field(page).inputValue(), "2 bis Rue d'Alsace");
    assert.equal(await box(page, 'Code postal').inputValue(), '44521');
    assert.equal(await box(page, 'Commune').inputValue(), 'Oudon');
    assert.equal(await options(page).count(), 0);
    assert.equal(await field(page).getAttribute('aria-expanded'), 'false');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'field-address', 'the focus stays in the field');
    assert.deepEqual(await look(page), [], 'axe with a known address');
    await page.keyboard.press('End');
    await page.keyboard.type(' B');
    await eventually('the match is taken back', async () => (await page.getByText('Adresse reconnue.').count()) === 0);
    await finished(page);
  });

  test(`${projection}: the keyboard alone moves in the list, takes from it, and leaves it`, async () => {
    const page = await addressStep(DESK, query);
    await lookFor(page, '2 rue d alsace', "2 Rue d'Alsace");
    const first = await options(page).first().textContent();
    const length = await field(page).evaluate((input) => input.value.length);
    const cursor = () => field(page).evaluate((input) => input.selectionStart);
    await page.keyboard.press('ArrowUp');
    assert.match(await active(page), NOT_LISTED);
    assert.equal(await cursor(), length, 'the arrow moved in the list, not in the text');
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(page), first);
    assert.deepEqual(await look(page), [], 'axe with an active option');
    await page.keyboard.press('Home');
    assert.equal(await active(page), null);
    assert.equal(await cursor(), 0);
    await page.keyboard.press('Escape');
    assert.equal(await options(page).count(), 0);
    assert.equal(await field(page).inputValue(), '2 rue d alsace', 'Escape clears nothing');
    await page.keyboard.press('ArrowDown');
    assert.equal(await active(page), first, 'an arrow opens it again');
    await page.keyboard.press('Enter');
    await page.getByText('Adresse reconnue.').waitFor();
    assert.equal(await field(page).inputValue(), "2 Rue d'Alsace");
    assert.equal(await page.locator('h1').textContent(), 'Votre adresse', 'Enter took the option and sent nothing');

    await page.keyboard.press('Control+A');
    await lookFor(page, '4 rue d alsace', "4 Rue d'Alsace");
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    assert.equal(await field(page).inputValue(), '4 rue d alsace', 'Tab keeps what is typed');
    assert.equal(await options(page).count(), 0);
    await finished(page);
  });

  test(`${projection}: an address is chosen by touch at 360 px, by options as large as a thumb`, async () => {
    const page = await addressStep(PHONE, query);
    await lookFor(page, '2 bis rue d alsace', "2 bis Rue d'Alsace");
    for (const { width, height, x } of await options(page).evaluateAll((all) => all.map((option) => option.getBoundingClientRect().toJSON()))) {
      assert.ok(width >= 44 && height >= 44 && x >= 0 && x + width <= 360, `${width} × ${height} at ${x}`);
    }
    await options(page).first().tap();
    await page.getByText('Adresse reconnue.').waitFor();
    assert.equal(await box(page, 'Commune').inputValue(), 'Oudon');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'field-address', 'the keyboard stays open');
    await finished(page);
  });

  test(`${projection}: a whole address that the browser fills in is matched`, async () => {
    const page = await addressStep(DESK, query);
    await page.evaluate(() => {
      for (const [id, value] of [['field-address', "2 bis rue d'Alsace"], ['field-postal_code', '44521'], ['field-commune', 'Oudon']]) {
        const input = document.getElementById(id);
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
    await page.getByText('Adresse reconnue.').waitFor();
    assert.equal(await options(page).count(), 0);
    assert.equal(await field(page).inputValue(), "2 bis rue d'Alsace", "the person's own words stay");
    await finished(page);
  });
}

test('with the network off the list is as quick as before', async () => {
  const page = await addressStep();
  await lookFor(page, '4 rue d alsace', "4 Rue d'Alsace"); // the search has been fetched
  await page.keyboard.press('Control+A');
  await page.context().setOffline(true);
  await lookFor(page, '2 bis rue d alsace', "2 bis Rue d'Alsace");
  await options(page).first().click();
  await page.getByText('Adresse reconnue.').waitFor();
  await page.context().close();
});

test('the closest address is a question with two answers, and neither blocks', async () => {
  const page = await addressStep();
  await box(page, 'Code postal').fill('44521');
  await box(page, 'Commune').fill('Oudon');
  await field(page).fill('2 bis rue d alzace');
  await page.keyboard.press('Tab');
  await page.getByText(/Vouliez-vous dire/).waitFor();
  assert.deepEqual(await look(page), [], 'axe with the question');
  await page.getByRole('button', { name: NOT_LISTED }).click();
  await eventually('the question is gone', async () => (await page.getByText(/Vouliez-vous dire/).count()) === 0);
  assert.equal(await field(page).inputValue(), '2 bis rue d alzace');
  await page.getByText(/saisie à la main/).waitFor();
  await page.getByRole('button', { name: 'SUIVANT' }).click();
  await new Visitor(page).sees('Vos téléphones et votre adresse électronique');
  await finished(page);
});

for (const [name, focused] of [['another field', (page) => box(page, 'Code postal')], ['a button below the picture', (page) => page.getByRole('button', { name: /^Garder mon brouillon/ })]])
  test(`a question that comes late leaves ${name} where it is in the window`, async () => {
    let come;
    const held = new Promise((resolve) => { come = resolve; });
    const page = await addressStep({ ...PHONE, isMobile: false, hasTouch: false }, '', (opened) => opened.context().route(/\/addresses-.*\.idx/, (route) => held.then(() => route.continue())));
    await box(page, 'Code postal').fill('44521');
    await box(page, 'Commune').fill('Oudon');
    await field(page).fill('2 bis rue d alzace');
    await focused(page).focus();
    const measured = () => focused(page).evaluate((element) => ({ top: element.getBoundingClientRect().top, page: document.documentElement.scrollHeight }));
    const before = await measured();
    come();
    await page.getByText(/Vouliez-vous dire/).waitFor();
    await eventually('the page is taller', async () => (await measured()).page > before.page + 40);
    assert.ok(Math.abs((await measured()).top - before.top) < 1, `from ${before.top} to ${(await measured()).top}`);
    await finished(page);
  });

test('a dead key and an input method have their keys to themselves, and the list follows what they write', async () => {
  const page = await addressStep();
  const cdp = await page.context().newCDPSession(page);
  await field(page).focus();
  await cdp.send('Input.imeSetComposition', { text: '2 bis rue d alsace', selectionStart: 18, selectionEnd: 18 });
  await eventually('the list is there while a word is composed', async () => (await options(page).count()) > 1);
  const stopped = await field(page).evaluate((input) => {
    const event = new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true, isComposing: true });
    input.dispatchEvent(event);
    return event.defaultPrevented;
  });
  assert.equal(stopped, false);
  assert.equal(await active(page), null);
  await cdp.send('Input.insertText', { text: '2 bis rue d alsace é' });
  assert.equal(await field(page).inputValue(), '2 bis rue d alsace é');
  for (const key of ['Dead', 'Process', 'é', 'a', 'Tab', 'ArrowLeft']) {
    const prevented = await field(page).evaluate((input, name) => !input.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true })), key);
    assert.equal(prevented, false, key);
  }
  await page.context().close();
});

test('the list is painted where its options stand, within a pixel, at every density', async () => {
  for (const deviceScaleFactor of [1, 2]) {
    const page = await addressStep({ viewport: { width: 400, height: 900 }, deviceScaleFactor });
    await lookFor(page, '2 bis rue d alsace', "2 bis Rue d'Alsace");
    await page.evaluate(settled);
    const boxes = await options(page).evaluateAll((all) => all.map((option) => option.getBoundingClientRect()).map(({ left, right, top, bottom }) => ({ left, right, top, bottom })));
    const pixels = await pixelsOf(page);
    for (const { left, right, top, bottom } of boxes) {
      // From outside, the first pixel that differs is the frame's.
      const row = Math.round((top + (bottom - top) / 2) * deviceScaleFactor);
      for (const [edge, step] of [[left, 1], [right, -1]]) {
        const start = Math.round(edge * deviceScaleFactor) - step * 6 * deviceScaleFactor - (step < 0 ? 1 : 0);
        const ground = pixels.at(start, row);
        let found = NaN;
        for (let moved = 1; moved < 12 * deviceScaleFactor; ++moved)
          if (differ(pixels.at(start + step * moved, row), ground)) {
            found = moved / deviceScaleFactor - 6;
            break;
          }
        assert.ok(Math.abs(found) <= 1, `drift ${found} at ${deviceScaleFactor}`);
      }
    }
    await page.context().close();
  }
});

test('a key draws one frame at most, and an open list at rest none', async () => {
  const page = await addressStep();
  await lookFor(page, '2 rue d als', "2 Rue d'Alsace");
  const frames = () => page.evaluate(() => globalThis.foyer_frames);
  const rest = async () => {
    await answered(page);
    await page.evaluate(settled);
  };
  await rest();
  for (const key of ['a', 'c', 'ArrowDown', 'ArrowDown', 'Escape']) {
    const before = await frames();
    await page.keyboard.press(key);
    await rest();
    assert.ok((await frames()) - before <= 1, `${(await frames()) - before} frames for ${key}`);
  }
  await page.keyboard.press('ArrowDown');
  await rest();
  const open = await frames();
  await page.waitForTimeout(2000);
  assert.equal(await frames(), open, 'frames drawn in 2 s of rest');
  await page.context().close();
});

test('a birth place is found among the communes of France, and abroad it is typed', async () => {
  const page = await openPage(browser, DESK, `${server.origin}/saint-maur-des-fosses/inscription`);
  const visitor = new Visitor(page);
  await screens.welcome(visitor);
  await visitor.sees('Votre identité');
  const commune = page.getByRole('combobox', { name: /Commune de naissance/ });
  await commune.click();
  await page.keyboard.type('saint-deni');
  await eventually('communes are offered', async () => (await options(page).count()) > 2);
  assert.equal(await options(page).first().textContent(), 'Saint-Denis (93)');
  assert.deepEqual(await look(page), [], 'axe with an open list');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal(await commune.inputValue(), 'Saint-Denis');
  await page.getByRole('combobox', { name: /Pays de naissance/ }).selectOption({ label: 'Portugal' });
  await page.getByRole('textbox', { name: /Commune de naissance/ }).fill('Braga');
  assert.equal(await options(page).count(), 0);
  await finished(page);
});
