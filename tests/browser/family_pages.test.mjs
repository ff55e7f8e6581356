// The pages of a family that is logged in: news moves nobody. What holds on each of them is in tests/a11y.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESK, PHONE, launchChromium } from './support/chromium.mjs';
import { startServer } from '../support/foyer_server.mjs';
import { FULL, REQUESTS } from './support/family_screens.mjs';
import { openAtHome, snapshot } from './support/family_town.mjs';
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

test('a decision is read out and shown without moving the focus or the page', async () => {
  const { page, town } = await openAtHome(browser, PHONE, server, 'oudon', 'tableau-de-bord', snapshot(1, FULL));
  const link = page.getByRole('link', { name: 'Voir le détail de la demande OUDON-2026-000001' });
  await link.focus();
  await link.scrollIntoViewIfNeeded();
  // Where the person looks: the day by which the town would answer goes from above it.
  const place = () => page.evaluate(() => ({ top: Math.round(document.activeElement.getBoundingClientRect().top), focus: document.activeElement.id }));
  const before = await place();
  assert.ok((await page.evaluate(() => scrollY)) > 200, 'far down the page');
  const accepted = REQUESTS.map((each) => (each.number.endsWith('2') ? { ...each, state: 'accepted', can_withdraw: false } : each));
  town.say(snapshot(2, { ...FULL, submissions: accepted }));
  await page.getByRole('status').filter({ hasText: 'Votre demande OUDON-2026-000002 est acceptée.' }).waitFor({ state: 'attached' });
  assert.equal(await page.locator('#request-OUDON-2026-000002-state').textContent(), 'Acceptée');
  assert.deepEqual(await place(), before);
  await page.context().close();
});

test('without a network the page keeps what it knows and says how old it is', async () => {
  const { page, town } = await openAtHome(browser, DESK, server, 'oudon', 'tableau-de-bord', snapshot(1, FULL));
  town.say('no network');
  await page.getByText('il y a moins d’une minute').waitFor();
  assert.equal(await page.getByRole('article', { name: 'Création de votre espace personnel' }).count(), 1);
  town.say(snapshot(2, FULL));
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await page.getByRole('button', { name: 'Réessayer' }).waitFor({ state: 'detached' });
  await page.context().close();
});

test('with the keyboard alone a withdrawal is asked about, and the answer that changes nothing comes first', async () => {
  const { page } = await openAtHome(browser, DESK, server, 'oudon', 'tableau-de-bord/demande/OUDON-2026-000002', snapshot(1, FULL));
  const visitor = new Visitor(page, 'keyboard');
  await visitor.press('Retirer ma demande');
  const no = page.getByRole('button', { name: 'Non, la garder' });
  await no.waitFor();
  assert.ok(await no.evaluate((element) => element === document.activeElement), 'the focus is on it');
  assert.ok((await page.getByRole('group', { name: /Retirer la demande OUDON-2026-000002/ }).count()) === 1, 'inside the question');
  await page.keyboard.press('Enter');
  const again = page.getByRole('button', { name: 'Retirer ma demande' });
  await again.waitFor();
  assert.ok(await again.evaluate((element) => element === document.activeElement), 'and back again');
  await page.context().close();
});
