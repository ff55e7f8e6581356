// What a morning brings beside the plain requests: the same person twice, mails that did not arrive, two agents who decide
// at the same moment, and texts that would like to be programs, in every place where the console shows one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../../support/eventually.mjs';
import { load } from '../../support/load.mjs';
import { launchChromium } from '../support/chromium.mjs';
import {
  ADMINISTRATOR, CLAIRE, MANAGER, YOUSSEF, accessible, agentAt, assertCalm, consoleOf, settled, startTownHall,
} from '../support/town_hall.mjs';

const { PAGES } = await load('staff/pages.ts');

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startTownHall({ requests: 400 }), launchChromium()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const rows = (page) => page.getByRole('table').getByRole('row').filter({ has: page.getByRole('rowheader') });
const numberIn = (row) => row.getByRole('rowheader').innerText();
const said = (page, text) => page.getByRole('status').filter({ hasText: text }).waitFor();

test('the same person twice: an agent sees why, a manager makes one of two and takes it back', async () => {
  const agent = await agentAt(browser, server, CLAIRE, { rest: '?vue=all&signalement=possible_duplicate' });
  await rows(agent).first().waitFor();
  const number = await numberIn(rows(agent).first());
  await agent.goto(consoleOf(server, `demandes/${number}`));
  await agent.getByRole('heading', { name: 'Doublons possibles' }).waitFor();
  await agent.getByText(/^Pourquoi\s: .*mêmes noms et même date de naissance/).first().waitFor();
  assert.equal(await agent.getByRole('button', { name: /réunir/ }).count(), 0, 'an agent asks a manager');
  await agent.getByText('Un responsable peut réunir les deux comptes.').first().waitFor();
  await agent.context().close();

  const manager = await agentAt(browser, server, MANAGER, { rest: `demandes/${number}` });
  const merge = manager.getByRole('button', { name: /C’est la même personne : réunir/ });
  await merge.first().waitFor();
  const pairs = await merge.count();
  await merge.first().click();
  await said(manager, 'Les deux comptes sont réunis.');
  await manager.getByText('Réunis par Anne Le Goff.').first().waitFor();
  await accessible(manager, 'two accounts made one');
  assert.equal(await merge.count(), pairs - 1, 'who was merged is not proposed again');
  await manager.getByRole('button', { name: 'Séparer de nouveau' }).click();
  await said(manager, 'Les deux comptes sont de nouveau séparés.');
  await eventually('who was separated is proposed again', async () => (await merge.count()) === pairs);
  assertCalm(manager);
  await manager.context().close();
});

test('a mail that did not arrive is sent again by one press; one that is no longer true is not', async () => {
  const manager = await agentAt(browser, server, MANAGER, { rest: 'courriers' });
  const dead = rows(manager).filter({ hasText: 'Votre demande est acceptée' }).first();
  await dead.waitFor();
  const address = await dead.locator('td.address').innerText();
  const before = (await server.mails()).length;
  await dead.getByRole('button', { name: /^Renvoyer/ }).click();
  await said(manager, `Le courriel part de nouveau à ${address}.`);
  await server.mailTo(address, 'Votre demande est acceptée');
  assert.equal((await server.mails()).length, before + 1);
  // Its account is active: a link to activate it would say what is no longer so.
  const activation = rows(manager).filter({ hasText: 'Création de votre espace personnel' }).filter({ has: manager.getByText('envoyé', { exact: true }) });
  await manager.getByLabel('État').selectOption({ label: 'envoyé' });
  await activation.first().waitFor();
  await activation.last().getByRole('button', { name: /^Renvoyer/ }).click();
  await manager.getByRole('alert').filter({ hasText: 'ne peut pas être renvoyé' }).waitFor();
  assert.equal((await server.mails()).length, before + 1);
  assertCalm(manager);
  await manager.context().close();
});

test('two agents decide at the same moment: one decision counts, the other agent is told and sees what came of it', async () => {
  const claire = await agentAt(browser, server, CLAIRE, { rest: '?demarche=entourage' });
  await rows(claire).first().waitFor();
  const number = await numberIn(rows(claire).first());
  const youssef = await agentAt(browser, server, YOUSSEF, { rest: `demandes/${number}` });
  await claire.getByRole('link', { name: number }).click();
  await claire.getByRole('button', { name: 'Accepter' }).waitFor();
  await youssef.getByRole('button', { name: 'Accepter' }).waitFor();
  await Promise.all([claire, youssef].map((page) => page.keyboard.press('a')));
  const done = (page) => page.getByRole('status').filter({ hasText: `${number} est acceptée.` });
  const refused = (page) => page.getByRole('alert').filter({ hasText: /déjà en train d’être décidée|a changé depuis/ });
  // Both at once: what is done is said for as long as it can be taken back, and no longer.
  await Promise.all([claire, youssef].map((page) => done(page).or(refused(page)).first().waitFor()));
  const told = await Promise.all([claire, youssef].map((page) => refused(page).count()));
  assert.deepEqual([...told].sort(), [0, 1], 'one of the two was told');
  const [loser] = told[0] ? [claire] : [youssef];
  // The page that was told shows by itself what the other one decided, once it can no longer be taken back.
  await loser.getByText('Cette demande est acceptée').waitFor({ timeout: 25_000 });
  assert.equal(await loser.getByRole('button', { name: 'Accepter' }).count(), 0);
  for (const page of [claire, youssef]) {
    assertCalm(page);
    await page.context().close();
  }
});

test('HTML and formulas in every text that the server gives stay text, on every page', async () => {
  const HOSTILE = '=1+1"><img src=x onerror="window.hacked=1"><script>window.hacked=1</script><svg onload="window.hacked=1">{{7*7}}';
  // What the pages need to be led by; everything else that is a text becomes a hostile one.
  const KEPT = new Set(['role', 'expires_at', 'moves', 'next', 'undo', 'until']);
  const soiled = (value) => {
    if (typeof value === 'string') return HOSTILE;
    if (Array.isArray(value)) return value.map(soiled);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, KEPT.has(key) ? inner : soiled(inner)]));
  };
  const page = await agentAt(browser, server, ADMINISTRATOR, { rest: '?vue=all&signalement=possible_duplicate' });
  await rows(page).first().waitFor();
  const number = await numberIn(rows(page).first());
  const dialogs = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.route('**/api/v1/**', async (route) => {
    const answer = await route.fetch();
    if (!(answer.headers()['content-type'] ?? '').includes('json')) return route.fulfill({ response: answer });
    return route.fulfill({ response: answer, json: soiled(await answer.json()) });
  });
  let shown = 0;
  for (const place of ['?vue=all', `demandes/${number}`, ...PAGES.map(({ folder }) => folder)]) {
    await page.goto(consoleOf(server, place));
    await settled(page);
    const main = await page.getByRole('main').innerText();
    if (main.includes('onerror="window.hacked=1"')) shown += 1;
    const found = await page.evaluate(() => ({
      hacked: window.hacked,
      elements: document.querySelectorAll('main img, main script, main iframe, main object, main svg[onload], main [onerror]').length,
      links: [...document.querySelectorAll('a')].filter((link) => !/^https?:$/.test(link.protocol)).length,
    }));
    assert.deepEqual(found, { hacked: undefined, elements: 0, links: 0 }, place);
  }
  assert.ok(shown >= 6, `hostile texts were shown on ${shown} pages`);
  assert.deepEqual(dialogs, []);
  assertCalm(page);
  await page.context().close();
});
