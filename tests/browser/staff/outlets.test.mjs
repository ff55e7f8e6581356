// What leaves the town hall, at the console: a file of requests, one's calendar, a webhook that is tried; with axe.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually } from '../../support/eventually.mjs';
import { command } from '../../support/staff_api.mjs';
import { launchChromium } from '../support/chromium.mjs';
import { ADMINISTRATOR, CLAIRE, DESK_LIGHT, MANAGER, WALL_DARK, accessible, agentAt, assertCalm, startTownHall } from '../support/town_hall.mjs';

let server;
let browser;
let receiver;
let answer = 204;
const got = [];
before(async () => {
  [server, browser] = await Promise.all([startTownHall({ requests: 60, more: ['--hostile'] }), launchChromium()]);
  receiver = createServer((request, response) => {
    const status = answer; // as it is when the request comes
    got.push(request.headers);
    request.resume().on('end', () => response.writeHead(status).end());
  });
  await new Promise((resolve) => { receiver.listen(0, '127.0.0.1', resolve); });
});
after(async () => {
  receiver?.close();
  await browser?.close();
  await server?.stop();
});

test('an administrator downloads the requests, as Excel opens them, and sees the same call for a script', async () => {
  const page = await agentAt(browser, server, ADMINISTRATOR, { rest: 'exporter' });
  await page.getByRole('heading', { level: 1, name: 'Exporter' }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Télécharger le fichier' }).click()]);
  assert.match(download.suggestedFilename(), /^oudon-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  assert.ok(text.startsWith('\ufeff"number";"procedure"'));
  assert.ok(text.trimEnd().split('\r\n').length > 60);
  await page.getByLabel('Format').selectOption('jsonl');
  await page.getByLabel('Quelles demandes').selectOption('late');
  assert.match(await page.getByRole('region', { name: 'La même chose pour un programme' }).innerText(), /format=jsonl&view=late/);
  await accessible(page, 'the exports');
  assertCalm(page);
  await page.context().close();
});

test('an agent gets a calendar and no file', async () => {
  const page = await agentAt(browser, server, CLAIRE, { rest: 'exporter', options: WALL_DARK });
  await page.getByRole('heading', { level: 1, name: 'Exporter' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Télécharger le fichier' }).count(), 0);
  await page.getByRole('button', { name: 'Créer une adresse' }).click();
  const dialog = page.getByRole('dialog', { name: 'L’adresse de votre agenda' });
  const address = await dialog.getByRole('code').innerText();
  await accessible(page, 'the calendar');
  assert.match(await (await fetch(address)).text(), /BEGIN:VEVENT/);
  await dialog.getByRole('button', { name: 'C’est copié' }).click();
  await page.getByRole('button', { name: 'Fermer mon adresse' }).click();
  await page.getByText('Votre adresse d’agenda ne montre plus rien.').waitFor();
  assert.equal((await fetch(address)).status, 401);
  assertCalm(page);
  await page.context().close();
});

test('a request leads a manager to the data of whose it is; an agent is not led there', async () => {
  const page = await agentAt(browser, server, MANAGER, { rest: '?vue=all' });
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('link', { name: 'Ses données personnelles' }).click();
  await page.getByRole('heading', { level: 1, name: 'Données personnelles' }).waitFor();
  await page.getByRole('button', { name: 'Télécharger ses données (.zip)' }).waitFor();
  assert.match(page.url(), /\/donnees-personnelles\/[0-9a-f]{16}$/);
  await accessible(page, 'the data of one person');
  // The address is that person's, also after a reload; and from there it goes back to a request.
  await page.reload();
  await page.getByRole('button', { name: 'Télécharger ses données (.zip)' }).waitFor();
  await page.getByRole('table', { name: 'Ses demandes' }).getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: /^Demande / }).waitFor();
  assertCalm(page);
  await page.context().close();

  const agent = await agentAt(browser, server, CLAIRE, { rest: '?vue=all' });
  await agent.getByRole('table').getByRole('link').first().click();
  await agent.getByRole('heading', { level: 1, name: /^Demande / }).waitFor();
  assert.equal(await agent.getByRole('link', { name: 'Ses données personnelles' }).count(), 0);
  await agent.context().close();
});

test('a manager hands somebody of an imported family a copy of their data', async () => {
  const file = join(server.data, 'familles.csv');
  await writeFile(file, 'family_id;person_id;kind;first_names;birth_name;birth_date\nZ9;P1;representative;Solène;Kerbrat;03/11/1985\n');
  await command(server, 'families', 'import', file, '--portal', 'oudon');
  const page = await agentAt(browser, server, MANAGER, { rest: 'familles', options: WALL_DARK });
  await page.getByLabel('Chercher une famille').fill('kerbrat');
  await page.getByRole('button', { name: 'Chercher', exact: true }).click();
  await page.getByRole('button', { name: /Solène Kerbrat/ }).click();
  const archive = page.getByRole('button', { name: 'Télécharger ses données (.zip) : Solène Kerbrat' });
  await archive.waitFor();
  await accessible(page, 'a family with somebody who has no account');
  const [download] = await Promise.all([page.waitForEvent('download'), archive.click()]);
  assert.match(download.suggestedFilename(), /^oudon-donnees-k\d+\.zip$/);
  assert.equal((await readFile(await download.path())).subarray(0, 2).toString(), 'PK');
  assertCalm(page);
  await page.context().close();
});

test('a webhook is added, tried, seen to have arrived, sent again, seen to fail and removed', async () => {
  const page = await agentAt(browser, server, ADMINISTRATOR, { rest: 'webhooks', options: DESK_LIGHT });
  await page.getByText('Aucun programme n’est prévenu.').waitFor();
  await page.getByRole('button', { name: 'Ajouter une adresse' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ajouter une adresse' });
  await dialog.getByLabel('Adresse').fill('http://192.168.1.1/');
  await dialog.getByRole('button', { name: 'Ajouter une adresse' }).click();
  await dialog.getByText('Écrivez une adresse entière').waitFor();
  const url = `http://127.0.0.1:${receiver.address().port}/hook`;
  await dialog.getByLabel('Adresse').fill(url);
  await dialog.getByRole('button', { name: 'Ajouter une adresse' }).click();
  await page.getByRole('rowheader', { name: url }).waitFor();
  await page.getByRole('button', { name: `Essayer ${url}` }).click();
  // Nobody has to ask: the page looks again by itself.
  const arrived = page.getByRole('row').filter({ hasText: 'essai' }).filter({ hasText: 'reçu' });
  await arrived.waitFor();
  assert.ok(got[0]['signature-input'].includes('tag="webhook-v1"'));
  await accessible(page, 'the webhooks');
  await arrived.getByRole('button', { name: /^Renvoyer/ }).click();
  await page.getByText('L’envoi repart.').waitFor();
  await eventually('the event comes again', () => got.length === 2);

  // One that answers badly: what it said, and when it is tried again.
  answer = 500;
  await page.getByRole('button', { name: `Essayer ${url}` }).click();
  await page.getByText('réponse 500').waitFor();
  await page.getByText('échecs de suite : 1').waitFor();
  await accessible(page, 'a webhook that fails');

  await page.getByRole('button', { name: `Retirer ${url}` }).click();
  const sure = page.getByRole('dialog', { name: 'Retirer cette adresse ?' });
  await accessible(page, 'a webhook about to be removed');
  await sure.getByRole('button', { name: 'Retirer' }).click();
  await page.getByText('L’adresse est retirée').waitFor();
  await page.getByText('Aucun programme n’est prévenu.').waitFor();
  assertCalm(page);
  await page.context().close();
});
