// An agent fills in the portal with a family that has no computer: from the console and back to it, marked as such, with
// nothing of the family left behind and nothing of the agent on the family's page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CHEAP_STAMPS, startServer, WITHOUT_LIMITS } from '../support/foyer_server.mjs';
import { hire, PASSWORD } from '../support/staff_api.mjs';
import { launchChromium, openPage, ready } from './support/chromium.mjs';
import { PORTALS, fillIn, register, screens, somebody } from './support/registration.mjs';
import { DESK_LIGHT, consoleOf, logIn } from './support/town_hall.mjs';
import { Visitor } from './support/visitor.mjs';

const AGENT = 'luc@oudon.example';

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer({ stampBits: CHEAP_STAMPS, extra: WITHOUT_LIMITS }), launchChromium()]);
  await hire(server, { email: AGENT, name: 'Luc Morin' });
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function agent() {
  const page = await openPage(browser, DESK_LIGHT);
  await page.goto(consoleOf(server, 'guichet'));
  await logIn(page, AGENT, PASSWORD);
  await page.getByRole('heading', { name: 'Au guichet', level: 1 }).waitFor();
  return page;
}

const strip = (page) => page.getByRole('region', { name: 'Saisie au guichet par la mairie' });

async function openFamilyPage(page) {
  await page.getByRole('button', { name: 'Remplir une demande au guichet' }).click();
  await page.waitForURL(`${server.origin}/oudon/**`);
  await ready(page);
  await strip(page).getByText(/est marqué « au guichet »/).waitFor();
  assert.equal(new URL(page.url()).hash, '', 'the ticket is in no address any more');
}

// What this computer keeps of families, on its disk: of every database and of what pages may write.
const left = (page) => page.evaluate(async () => {
  const found = Object.keys(localStorage).filter((key) => !/clock|time/.test(key));
  for (const { name, version } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name, version);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const store of database.objectStoreNames) {
      const keys = await new Promise((resolve, reject) => {
        const asking = database.transaction(store).objectStore(store).getAllKeys();
        asking.onsuccess = () => resolve(asking.result);
        asking.onerror = () => reject(asking.error);
      });
      found.push(...keys.map((key) => `${name}/${store}/${key}`));
    }
    database.close();
  }
  return found.filter((what) => /entr|receipt|draft|home|key|bound|counter/.test(what));
});

test('a request filled in with an agent is marked, and the next family starts clean', async () => {
  const page = await agent();
  await openFamilyPage(page);
  assert.equal(await page.evaluate(() => document.cookie), '', 'no script of the family’s page reads the agent’s session');
  const visitor = new Visitor(page);
  const person = somebody({ birthName: 'Premier' });
  const number = await register(visitor, PORTALS.oudon, person);
  await strip(page).getByText(`Demande reçue, n° ${number}, marquée « au guichet ».`).waitFor();
  assert.equal(await page.getByText(/garder mon brouillon/i).count(), 0, 'no draft is offered here');
  assert.deepEqual(await left(page), []);

  await page.goto(`${server.origin}/oudon/`); // loaded again, with another key
  await ready(page);
  await strip(page).getByText(/est marqué « au guichet »/).waitFor();
  const next = await register(visitor, PORTALS.oudon, somebody({ birthName: 'Premier' }));
  await strip(page).getByText(`Demande reçue, n° ${next}, marquée « au guichet ».`).waitFor();
  assert.deepEqual(await left(page), []);

  await strip(page).getByRole('button', { name: 'Terminer avec cette famille' }).click();
  await page.getByRole('heading', { name: 'Au guichet', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => Object.keys(sessionStorage).length), 0);
  await page.goBack();
  // The family's page anew, or the console's, where what was left leads to.
  await page.waitForFunction(() => document.documentElement.dataset.ready === 'yes' || location.pathname.endsWith('/mairie/guichet'));
  assert.ok(!(await page.content()).includes('Premier'), 'the way back shows nothing of the family');

  await page.goto(consoleOf(server, 'guichet'));
  await openFamilyPage(page);
  await screens.landing(visitor);
  await screens.welcome(visitor);
  await visitor.sees('Votre identité');
  assert.equal(await visitor.value('Nom de naissance'), '');
  await strip(page).getByRole('button', { name: 'Terminer avec cette famille' }).click();
  await page.getByRole('heading', { name: 'Au guichet', level: 1 }).waitFor();

  await page.goto(consoleOf(server, `demandes/${number}`));
  await page.getByText('au guichet', { exact: true }).waitFor();
  await page.getByText(/demande reçue, au guichet · Luc Morin/).waitFor();
  await page.context().close();
});

test('without a network, by keyboard: what waits is held, finishing asks first, and the request leaves marked', async () => {
  const page = await agent();
  await openFamilyPage(page);
  const visitor = new Visitor(page, 'keyboard');
  await page.route('**/api/v1/envelopes/*', (route) => route.abort());
  const person = somebody({ birthName: 'Second' });
  await fillIn(visitor, PORTALS.oudon, person);
  await visitor.press('VALIDER');
  await page.getByText(/Elle n’est que dans cette page/).waitFor();
  assert.deepEqual(await left(page), []);
  await visitor.reach(strip(page).getByRole('button', { name: 'Terminer avec cette famille' }));
  await page.keyboard.press('Enter');
  await strip(page).getByText(/Tout n’est pas envoyé/).waitFor();
  await strip(page).getByRole('button', { name: 'Effacer et terminer' }).waitFor();
  await page.unroute('**/api/v1/envelopes/*');
  await page.getByRole('button', { name: 'Envoyer maintenant' }).press('Enter');
  const number = await screens.confirmation(visitor, person, PORTALS.oudon);
  await strip(page).getByText(`Demande reçue, n° ${number}, marquée « au guichet ».`).waitFor();
  await strip(page).getByRole('button', { name: 'Terminer avec cette famille' }).press('Enter');
  await page.getByRole('heading', { name: 'Au guichet', level: 1 }).waitFor();
  await page.context().close();
});

test('a family that is stopped half-way leaves nothing once the agent has said so twice', async () => {
  const page = await agent();
  await openFamilyPage(page);
  const visitor = new Visitor(page);
  await screens.landing(visitor);
  await screens.welcome(visitor);
  await visitor.fill('Nom de naissance', 'Interrompu');
  await strip(page).getByRole('button', { name: 'Terminer avec cette famille' }).click();
  await strip(page).getByRole('button', { name: 'Effacer et terminer' }).click();
  await page.getByRole('heading', { name: 'Au guichet', level: 1 }).waitFor();
  assert.deepEqual(await left(page), []);
  await page.context().close();
});

test('a ticket that is over costs the mark, not the request, and the agent is told before and after', async () => {
  const page = await openPage(browser, DESK_LIGHT, `${server.origin}/oudon/#guichet=${'x'.repeat(43)}.1700000000`);
  await strip(page).getByText(/Le temps du guichet est passé/).waitFor();
  const number = await register(new Visitor(page), PORTALS.oudon, somebody());
  await strip(page).getByText(`Demande reçue, n° ${number}, comme une demande faite en ligne : le temps du guichet était passé.`).waitFor();
  await page.context().close();
});
