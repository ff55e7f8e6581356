// Statistics and personal data at the console: pictures with their numbers beside them, in both lights; a person is erased.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launchChromium } from '../support/chromium.mjs';
import { CLAIRE, DESK_LIGHT, MANAGER, WALL_DARK, accessible, agentAt, assertCalm, settled, startTownHall } from '../support/town_hall.mjs';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startTownHall({ requests: 300 }), launchChromium()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('statistics: a table of every day beside its picture, other periods, one procedure, the table as a file', async () => {
  for (const options of [DESK_LIGHT, WALL_DARK]) {
    const page = await agentAt(browser, server, MANAGER, { options, rest: 'statistiques' });
    await page.getByRole('heading', { level: 1, name: 'Statistiques' }).waitFor();
    const table = page.getByRole('table', { name: 'Demandes par jour' });
    await table.waitFor();
    assert.equal(await table.getByRole('rowheader').count(), 30);
    await page.locator('.chart canvas').first().waitFor(); // a picture has no name: the table is what is read
    await accessible(page, `statistics at ${options.viewport.width}`);
    await page.getByLabel('Période').selectOption({ label: '12 derniers mois' });
    await page.getByRole('table', { name: 'Demandes par semaine' }).waitFor();
    await Promise.all([page.waitForResponse((answer) => /statistics\?.*procedure=/.test(answer.url())), page.getByLabel('Démarche').selectOption({ index: 1 })]);
    await settled(page);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /Enregistrer le tableau.*Demandes/ }).click()]);
    const text = await readFile(await file.path(), 'utf8');
    assert.match(text, /^\uFEFFjour;Reçues;Acceptées;/);
    assert.equal(text.trim().split('\r\n').length, 54);
    assertCalm(page);
    await page.context().close();
  }
});

test('statistics: thirty days are thirty, whatever the clocks have done meanwhile', async () => {
  const page = await agentAt(browser, server, MANAGER);
  // Half an hour before midnight, four weeks after the end of summer time; and half an hour after, three weeks after its beginning.
  for (const [now, first] of [['2026-11-22T22:30:00Z', '24 oct. 2026'], ['2027-04-17T22:30:00Z', '20 mars 2027']]) {
    await page.clock.setFixedTime(new Date(now));
    await page.goto(`${server.origin}/oudon/mairie/statistiques`);
    const days = page.getByRole('table', { name: 'Demandes par jour' }).getByRole('rowheader');
    await days.first().waitFor();
    const shown = (await days.allInnerTexts()).map((text) => text.replace(/\s/g, ' '));
    assert.equal(shown.length, 30, now);
    assert.ok(shown.at(-1).endsWith(first), `${now}: ${shown.at(-1)}`);
  }
  assertCalm(page);
  await page.context().close();
});

test('a person is found by the number of a request and erased, and what became of them is said', async () => {
  const page = await agentAt(browser, server, MANAGER, { rest: '?vue=all' });
  const number = await page.getByRole('table').getByRole('rowheader').first().innerText();
  await page.goto(`${server.origin}/oudon/mairie/donnees-personnelles`);
  await page.getByRole('table', { name: 'Durées et dernier passage' }).waitFor();
  await page.getByLabel('Numéro de demande').fill(number.trim());
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await page.getByRole('table', { name: 'Ses demandes' }).waitFor();
  await accessible(page, 'personal data');
  await page.getByRole('button', { name: 'Effacer cette personne…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('table', { name: 'Ce que deviennent ses données' }).waitFor();
  await accessible(page, 'the question before an erasure');
  await dialog.getByRole('button', { name: 'Effacer définitivement' }).click();
  await dialog.getByRole('alert').filter({ hasText: /./ }).waitFor();
  const label = await dialog.getByLabel(/Recopiez la référence/).locator('xpath=../label').innerText();
  await dialog.getByLabel(/Recopiez la référence/).fill(/[0-9a-f]{16}/.exec(label)[0]);
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Effacer définitivement' }).click();
  await page.getByText('Cette personne est effacée.').waitFor();
  await accessible(page, 'after an erasure');
  assertCalm(page);
  await page.context().close();
});

test('an agent who is no manager is told whose pages these are', async () => {
  const page = await agentAt(browser, server, CLAIRE, { rest: 'donnees-personnelles' });
  await settled(page);
  assert.equal(await page.getByRole('table', { name: 'Durées et dernier passage' }).count(), 0);
  await page.context().close();
});
