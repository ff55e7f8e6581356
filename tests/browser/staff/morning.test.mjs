// A morning's work at the console, on invented requests: search, claim, compare, ask for a correction, accept, refuse,
// undo, with the mouse and with the keyboard alone; two agents on one request; hostile texts everywhere.
// On 10,000 requests.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '../../support/eventually.mjs';
import { launchChromium } from '../support/chromium.mjs';
import {
  CLAIRE, DESK_LIGHT, WALL_DARK, YOUSSEF, accessible, agentAt, assertCalm, consoleOf, startTownHall,
} from '../support/town_hall.mjs';

const REQUESTS = Number(process.env.FOYER_REQUESTS ?? 10_000);

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startTownHall({ requests: REQUESTS, more: ['--hostile'] }), launchChromium()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const rows = (page) => page.getByRole('table').getByRole('row').filter({ has: page.getByRole('rowheader') });
const numberIn = (row) => row.getByRole('rowheader').innerText();
const heading = (page) => page.getByRole('heading', { level: 1 }).innerText();
async function showView(page, name) {
  await page.getByRole('navigation', { name: 'Files' }).getByRole('link', { name }).click();
  await page.getByText(/demandes? affichées?\.|Il n’y a rien à faire ici/).waitFor();
}
// The counters have a call of their own, and may come after the rows.
const counter = async (page, name) => {
  const counted = page.getByRole('navigation', { name: 'Files' }).getByRole('link', { name }).filter({ hasText: /\d/ });
  return Number((await counted.innerText()).replace(/\D/g, ''));
};
const undone = (page) => page.getByRole('status').filter({ hasText: /annulées?\./ });

test('the queue: late ones first, kept counters, more rows by a press, the same order again', async () => {
  const page = await agentAt(browser, server, CLAIRE);
  await rows(page).first().waitFor();
  assert.ok(await counter(page, /^Nouvelles/) > 50, 'there is work to do');
  assert.equal(await rows(page).count(), 50);
  const late = (await rows(page).allInnerTexts()).map((text) => text.includes('en retard'));
  assert.ok(late[0], 'something is late');
  assert.equal(late.lastIndexOf(true) + 1, late.filter(Boolean).length, 'what is late comes first');
  const first = await Promise.all((await rows(page).all()).map(numberIn));
  await page.getByRole('button', { name: 'Afficher la suite' }).click();
  await eventually('the second page', async () => await rows(page).count() > 50);
  const all = await Promise.all((await rows(page).all()).map(numberIn));
  assert.deepEqual(all.slice(0, 50), first);
  assert.equal(new Set(all).size, all.length, 'no row twice');
  await accessible(page, 'the queue');
  assertCalm(page);
  await page.context().close();
});

test('search: by key, by a name without its accents, by number; nothing found is said', async () => {
  const page = await agentAt(browser, server, CLAIRE, { rest: '?vue=all' });
  await rows(page).first().waitFor();
  const wanted = await numberIn(rows(page).nth(12));
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('/');
  const box = page.getByRole('searchbox', { name: 'Chercher une demande' });
  assert.ok(await box.evaluate((element) => element === document.activeElement));
  const named = async () => (await rows(page).allInnerTexts()).filter((text) => /łucz/i.test(text)).length;
  const before = await named();
  await page.keyboard.type('lucz');
  // Some are found by the name of their birth, which the list does not show.
  await eventually('more of those called Łuczak', async () => (await named()) > before);
  await box.fill('');
  await eventually('all of them', async () => (await named()) === before);
  await page.keyboard.type('lucz '); // and a pause before the first name: the blank stays
  await eventually('those called Łuczak again', async () => (await named()) > before);
  await page.keyboard.type('m');
  assert.equal(await box.inputValue(), 'lucz m');
  await box.fill(wanted);
  await eventually('the request of that number', async () => (await rows(page).count()) === 1 && (await numberIn(rows(page).first())) === wanted);
  await box.fill('xyzzyx');
  await page.getByText('Aucune demande ne correspond').waitFor();
  assertCalm(page);
  await page.context().close();
});

test('two agents: a claim is seen, a look is told, and only one decision counts', async () => {
  const [claire, youssef] = [await agentAt(browser, server, CLAIRE), await agentAt(browser, server, YOUSSEF)];
  const row = rows(claire).filter({ has: claire.getByRole('button', { name: /^Prendre/ }) }).first();
  const number = await numberIn(row);
  await row.getByRole('button', { name: `Prendre ${number}` }).click();
  await claire.getByRole('row', { name: new RegExp(`${number}.*vous`) }).waitFor();

  // Who looks is told every fifteen seconds: the server has heard of the one before the other asks.
  const heard = (page) => page.waitForResponse((answer) => answer.url().endsWith(`/${number}/viewing`));
  await Promise.all([heard(youssef), youssef.goto(consoleOf(server, `demandes/${number}`))]);
  await youssef.getByText('prise par Claire Martin').waitFor();
  await Promise.all([heard(claire), claire.getByRole('link', { name: number }).click()]);
  await claire.getByText('Youssef Benali regarde aussi cette demande.').waitFor();
  await youssef.reload();
  await youssef.getByText('Claire Martin regarde aussi cette demande.').waitFor();
  await accessible(youssef, 'a request somebody else works on');

  await claire.getByRole('button', { name: 'Libérer' }).click();
  await claire.getByRole('button', { name: 'Prendre' }).waitFor();
  assertCalm(claire);
  await youssef.context().close();
  await claire.context().close();
});

test('a request is accepted, the next one opens, and the decision is taken back in time', async () => {
  const page = await agentAt(browser, server, CLAIRE);
  await rows(page).first().waitFor();
  const [first, second] = (await Promise.all((await rows(page).all()).slice(0, 2).map(numberIn)));
  await page.getByRole('link', { name: first }).click();
  await page.getByRole('button', { name: 'Accepter' }).click();
  await page.getByRole('heading', { name: `Demande ${second}` }).waitFor();
  const accepted = page.getByRole('status').filter({ hasText: `${first} est acceptée.` });
  await accepted.waitFor();
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await undone(page).waitFor();
  await page.getByRole('heading', { name: `Demande ${first}` }).waitFor();
  // Looked at when nothing hangs on the ten seconds any more, which may be over before axe is.
  await page.getByRole('button', { name: 'Accepter' }).click();
  await accepted.waitFor();
  await accessible(page, 'a decision that can be taken back');
  assertCalm(page);
  await page.context().close();
});

test('a refusal has a reason of the town\'s list and words, and is carried out when its time is over', async () => {
  const page = await agentAt(browser, server, CLAIRE);
  await rows(page).first().waitFor();
  const number = await numberIn(rows(page).nth(3));
  await page.getByRole('link', { name: number }).click();
  await page.getByRole('button', { name: 'Refuser…' }).click();
  await page.getByRole('button', { name: 'Refuser', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'Choisissez un motif' }).waitFor();
  await accessible(page, 'a refusal without a reason');
  await page.getByLabel('Motif').selectOption({ index: 1 });
  await page.getByLabel('Précisions pour la famille').fill('Appelez-nous : =1+1 <i>et</i> voilà.');
  await page.getByRole('button', { name: 'Refuser', exact: true }).click();
  await page.getByRole('status').filter({ hasText: `${number} est refusée.` }).waitFor();
  // Closing the tab loses nothing: somebody else sees it done.
  await page.context().close();
  const other = await agentAt(browser, server, YOUSSEF, { rest: `demandes/${number}` });
  await eventually('the refusal is carried out', async () => {
    await other.reload();
    await other.getByRole('heading', { level: 1 }).waitFor();
    await other.getByText('Décision').first().waitFor();
    return (await other.getByText('Cette demande est refusée').count()) === 1;
  }, { seconds: 30 });
  await other.getByText('Appelez-nous : =1+1 <i>et</i> voilà.').first().waitFor();
  await other.getByRole('table').getByText(/Oudon - /).first().waitFor(); // the mail about it
  assertCalm(other);
  await other.context().close();
});

test('a correction is asked of named fields; what is typed survives a session that ends', async () => {
  const page = await agentAt(browser, server, CLAIRE, { rest: '?demarche=entourage' });
  await rows(page).first().waitFor();
  const number = await numberIn(rows(page).first());
  await page.getByRole('link', { name: number }).click();
  await page.getByRole('button', { name: 'Demander une correction…' }).click();
  await page.getByRole('button', { name: 'Demander la correction' }).click();
  await page.getByRole('alert').filter({ hasText: 'Cochez au moins une réponse' }).waitFor();
  await page.getByRole('checkbox', { name: /Demander de corriger/ }).first().check();
  await page.getByLabel('Message pour la famille').fill('Merci de relire cette réponse.');
  await accessible(page, 'a correction to be asked for');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Demander la correction' }).click();
  const again = page.getByRole('dialog', { name: 'Votre session est terminée' });
  await again.getByLabel('Mot de passe').fill('Marée-haute-à-8-heures');
  await again.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('status').filter({ hasText: `Une correction est demandée pour ${number}.` }).waitFor();
  assertCalm(page);
  await page.context().close();
});

test('several at once: chosen, accepted, and all of it taken back', async () => {
  const page = await agentAt(browser, server, CLAIRE);
  await rows(page).first().waitFor();
  // What the tests before decided counts as new until its undo time is over.
  await eventually('nothing waits for its undo time', async () => {
    await page.reload();
    await rows(page).first().waitFor();
    return (await rows(page).filter({ hasText: 'décision en cours' }).count()) === 0;
  }, { seconds: 40 });
  const before = await counter(page, /^Nouvelles/);
  const numbers = await Promise.all((await rows(page).all()).slice(5, 8).map(numberIn));
  for (const number of numbers) await page.getByRole('checkbox', { name: `Choisir ${number}` }).check();
  await page.getByText('3 demandes choisies').waitFor();
  await accessible(page, 'several chosen');
  await page.getByRole('region', { name: 'Demandes choisies' }).getByRole('button', { name: 'Accepter' }).click();
  await page.getByRole('status').filter({ hasText: '3 demandes sont acceptées.' }).waitFor();
  await page.getByRole('button', { name: 'Annuler', exact: true }).click();
  await undone(page).waitFor();
  await eventually('the counter is what it was', async () => (await counter(page, /^Nouvelles/)) === before);
  for (const number of numbers) await page.getByRole('link', { name: number }).waitFor();
  assertCalm(page);
  await page.context().close();
});

test('a morning with the keyboard alone, and single keys that can be switched off', async () => {
  const page = await agentAt(browser, server, YOUSSEF);
  await rows(page).first().waitFor();
  await page.getByRole('heading', { level: 1 }).focus();
  // Past the first ones, on which a decision of the tests before may still wait for its undo time to end.
  for (let row = 0; row < 12; row += 1) await page.keyboard.press('j');
  const number = await page.evaluate(() => document.activeElement.textContent);
  assert.match(number, /^OUDON-\d{4}-\d{6}$/);
  await page.keyboard.press('x');
  assert.ok(await page.getByRole('checkbox', { name: `Choisir ${number}` }).isChecked());
  await page.keyboard.press('x');
  await page.keyboard.press('p');
  await page.getByRole('row', { name: new RegExp(`${number}.*vous`) }).or(page.getByRole('alert').filter({ hasText: /./ })).first().waitFor();
  assert.equal((await page.getByRole('alert').allInnerTexts()).join(''), '');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `Demande ${number}` }).waitFor();
  await eventually('the title has the focus', () => page.evaluate(() => document.activeElement.tagName === 'H1'));
  await page.getByRole('heading', { name: 'Notes internes' }).waitFor();
  await page.keyboard.press('n');
  await page.keyboard.type('Rappeler lundi : a, r et c ne décident de rien ici.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('La note est ajoutée.').waitFor(); // shown for some seconds only
  await page.getByText('Rappeler lundi').waitFor();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Raccourcis du clavier' });
  await help.waitFor();
  await accessible(page, 'the shortcuts');
  await help.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await page.keyboard.press('a');
  await page.keyboard.press('b');
  assert.equal(await heading(page), `Demande ${number}`, 'the keys are off');
  await page.getByRole('button', { name: /Raccourcis/ }).click();
  await help.getByRole('checkbox').check();
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await page.keyboard.press('a');
  await page.getByRole('status').filter({ hasText: `${number} est acceptée.` }).waitFor();
  await page.keyboard.press('u');
  await undone(page).waitFor();
  assertCalm(page);
  await page.context().close();
});

test('a correction is asked for, taken back, and made a refusal, all by the keyboard', async () => {
  const page = await agentAt(browser, server, YOUSSEF, { rest: '?demarche=entourage' });
  await rows(page).first().waitFor();
  await page.getByRole('heading', { level: 1 }).focus();
  for (let row = 0; row < 10; row += 1) await page.keyboard.press('j');
  const number = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press('Enter');
  const ready = page.getByRole('heading', { name: `Demande ${number}` });
  await ready.waitFor();
  await page.getByRole('button', { name: 'Accepter' }).waitFor();
  // Faster than the screen is painted: what has just opened does not take the focus back from where these keys lead.
  await page.evaluate(async () => {
    for (const key of ['c', 'j', 'j']) {
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await Promise.resolve();
      await Promise.resolve();
    }
  });
  await page.getByRole('heading', { name: 'Demander une correction' }).waitFor();
  await page.keyboard.press('Space');
  assert.ok(await page.getByRole('checkbox', { name: /Demander de corriger/ }).nth(1).isChecked());
  await page.keyboard.press('c');
  await page.keyboard.type('Merci de relire la seconde réponse : accord ou refus ?');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: `Une correction est demandée pour ${number}.` }).waitFor();
  await page.keyboard.press('u');
  await undone(page).waitFor();
  await ready.waitFor();
  await page.getByRole('button', { name: 'Accepter' }).waitFor();
  await page.keyboard.press('r');
  await page.getByRole('heading', { name: 'Refuser la demande' }).waitFor();
  await page.getByRole('combobox', { name: 'Motif' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Appelez-nous.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: `${number} est refusée.` }).waitFor();
  assertCalm(page);
  await page.context().close();
});

test('what is doubtful is explained in words; hostile texts are only ever text', async () => {
  const page = await agentAt(browser, server, CLAIRE, { options: WALL_DARK });
  await showView(page, /^À vérifier/);
  await rows(page).first().getByRole('link').first().click();
  const doubts = page.getByRole('heading', { name: 'À vérifier' });
  await doubts.waitFor();
  await accessible(page, 'a doubtful request, dark');
  await page.goto(consoleOf(server, '?vue=all'));
  await rows(page).first().waitFor();
  let hostile = 0;
  for (const number of await Promise.all((await rows(page).all()).slice(0, 50).map(numberIn))) {
    await page.goto(consoleOf(server, `demandes/${number}`));
    await page.getByRole('heading', { name: 'Décision' }).waitFor();
    if (/alert\(1\)|cmd\|/.test(await page.getByRole('main').innerText())) hostile += 1;
    if (hostile === 2) break;
  }
  assert.ok(hostile > 0, 'there was something hostile to show');
  assert.equal(await page.evaluate(() => document.querySelectorAll('main script, main img').length), 0);
  assertCalm(page);
  await page.context().close();
});

test('every view and the request pass axe in both lights, and nothing is wider than a phone', async () => {
  for (const options of [DESK_LIGHT, WALL_DARK]) {
    const page = await agentAt(browser, server, CLAIRE, { options });
    for (const name of [/^Les miennes/, /^En attente/, /^En retard/, /^Toutes/, /^Traitées/]) {
      await showView(page, name);
      await accessible(page, `${name} ${options.colorScheme}`);
    }
    await page.context().close();
  }
  const phone = await agentAt(browser, server, CLAIRE, { options: { ...DESK_LIGHT, viewport: { width: 360, height: 740 } } });
  await rows(phone).first().waitFor();
  const wide = () => phone.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(await wide() <= 0);
  await rows(phone).first().getByRole('link').first().click();
  await phone.getByRole('heading', { name: 'Décision' }).waitFor();
  assert.ok(await wide() <= 0);
  await phone.context().close();
});
