// Answers that come late at the console: the agent's hands were faster, and nothing that they have done since is undone. No
// older answer takes a newer one's place, nobody is moved away from where they have gone, no word is lost.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '../../support/eventually.mjs';
import { command } from '../../support/staff_api.mjs';
import { launchChromium } from '../support/chromium.mjs';
import { CLAIRE, MANAGER, agentAt, assertCalm, settled, startTownHall } from '../support/town_hall.mjs';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startTownHall({ requests: 300 }), launchChromium()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const rows = (page) => page.getByRole('table').getByRole('row').filter({ has: page.getByRole('rowheader') });
const numberIn = (row) => row.getByRole('rowheader').innerText();

// One interception for each page, for as long as it lives: between one that ends and the next a call may slip through.
const waiting = new WeakMap();
async function intercepted(page) {
  if (!waiting.has(page)) {
    const calls = [];
    waiting.set(page, calls);
    await page.route(/\/api\//, async (route) => {
      const at = calls.findIndex(({ address }) => address.test(route.request().url()));
      if (at < 0) return route.continue();
      const [{ isAsked, released }] = calls.splice(at, 1);
      const answer = await route.fetch();
      isAsked();
      await released;
      return route.fulfill({ response: answer });
    });
  }
  return waiting.get(page);
}

// The next call of this address is asked at once, and its answer comes when `come` is called. `asked` ends once it has been
// made, and fails where it never is.
async function late(page, address) {
  let come, isAsked;
  const released = new Promise((resolve) => { come = resolve; });
  const made = new Promise((resolve) => { isAsked = () => resolve(true); });
  (await intercepted(page)).push({ address, isAsked, released });
  return {
    come,
    asked: async () => {
      let timer;
      const tooLate = new Promise((resolve) => { timer = setTimeout(resolve, 20_000, false); });
      assert.ok(await Promise.race([made, tooLate]), `nothing asked for ${address}`);
      clearTimeout(timer);
    },
  };
}

test('a list that comes after a newer one is not shown', async () => {
  const page = await agentAt(browser, server, MANAGER, { rest: 'mon-compte' });
  const { asked, come } = await late(page, /\/mails\?state=dead/);
  await page.getByRole('link', { name: 'Courriels' }).click();
  await asked();
  await page.getByLabel('État').selectOption({ label: 'envoyé' });
  await rows(page).first().waitFor();
  come();
  await settled(page);
  for (const row of await rows(page).all()) await row.getByText('envoyé', { exact: true }).waitFor({ timeout: 1000 });
  assertCalm(page);
  await page.context().close();
});

test('the rows of one view are never under the name of another', async () => {
  const page = await agentAt(browser, server, CLAIRE);
  await rows(page).first().waitFor();
  const { asked, come } = await late(page, /\/submissions\?view=done/);
  // What the first picture after the press shows.
  const shown = await page.getByRole('navigation', { name: 'Files' }).getByRole('link', { name: /^Traitées/ }).evaluate((link) => new Promise((resolve) => {
    link.click();
    requestAnimationFrame(() => resolve(document.querySelectorAll('main tbody tr').length));
  }));
  assert.equal(shown, 0);
  await asked();
  come();
  await rows(page).first().waitFor();
  assertCalm(page);
  await page.context().close();
});

test('a decision that takes its time moves nobody who has gone on, and leaves what they type', async () => {
  const page = await agentAt(browser, server, CLAIRE);
  await rows(page).first().waitFor();
  const [first, , third] = await Promise.all((await rows(page).all()).slice(0, 3).map(numberIn));
  await page.getByRole('link', { name: first }).click();
  await page.getByRole('button', { name: 'Accepter' }).waitFor();
  const { asked, come } = await late(page, /\/bulk$/);
  await page.keyboard.press('a');
  await asked();
  for (const number of [null, third]) {
    await page.getByRole('heading', { name: 'Décision' }).waitFor();
    await page.keyboard.press('s');
    if (number) await page.getByRole('heading', { name: `Demande ${number}` }).waitFor();
    else await page.getByRole('heading', { name: `Demande ${first}` }).waitFor({ state: 'detached' });
  }
  await page.getByRole('heading', { name: 'Notes internes' }).waitFor();
  await page.keyboard.press('n');
  await page.keyboard.type('Rappeler');
  come();
  await page.getByRole('status').filter({ hasText: `${first} est acceptée.` }).waitFor();
  await page.keyboard.type(' lundi');
  assert.equal(await page.getByLabel('Nouvelle note').inputValue(), 'Rappeler lundi');
  await page.getByRole('heading', { name: `Demande ${third}` }).waitFor();

  // The next note is begun while the one before is on its way.
  const note = await late(page, /\/notes$/);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await note.asked();
  await page.getByLabel('Nouvelle note').fill('Et mardi aussi.');
  note.come();
  await page.getByText('La note est ajoutée.').waitFor();
  assert.equal(await page.getByLabel('Nouvelle note').inputValue(), 'Et mardi aussi.');
  assertCalm(page);
  await page.context().close();
});

test('a family that takes its time takes the focus from nobody who has gone on', async () => {
  const file = join(server.data, 'familles.csv');
  await writeFile(file, 'family_id;person_id;kind;first_names;birth_name;birth_date\nZ9;P1;representative;Solène;Kerbrat;03/11/1985\nZ8;P1;representative;Malo;Tanguy;03/11/1985\n');
  await command(server, 'families', 'import', file, '--portal', 'oudon');
  const page = await agentAt(browser, server, MANAGER, { rest: 'mon-compte' });
  const all = await late(page, /\/families\?limit=50$/);
  await page.getByRole('link', { name: 'Familles', exact: true }).click();
  await all.asked();
  const search = page.getByLabel('Chercher une famille');
  await search.fill('kerbrat');
  await page.keyboard.press('Enter');
  await page.getByText('1 famille affichée.').waitFor();
  all.come();
  await settled(page);
  await page.getByText('1 famille affichée.').waitFor({ timeout: 1000 });

  const family = await late(page, /\/families\/\d+$/);
  await page.getByRole('button', { name: 'Voir : Solène Kerbrat' }).click();
  await family.asked();
  await search.focus();
  await page.keyboard.type(' solè');
  family.come();
  await page.getByRole('heading', { name: 'Famille Z9' }).waitFor();
  await page.keyboard.type('ne');
  assert.equal(await search.inputValue(), 'kerbrat solène');
  // Who waits is brought there.
  await page.getByRole('button', { name: 'Voir : Solène Kerbrat' }).click();
  await page.getByRole('button', { name: 'Voir : Solène Kerbrat' }).click();
  await page.getByRole('heading', { name: 'Famille Z9' }).waitFor();
  await eventually('the family has the focus', () => page.getByRole('heading', { name: 'Famille Z9' }).evaluate((heading) => heading === document.activeElement));
  assertCalm(page);
  await page.context().close();
});
